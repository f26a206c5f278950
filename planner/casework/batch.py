"""A roster from its first row to the counts: in parts of bounded size, so that memory stays small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from planner.casework.enrolment import Opening, openings_of
from planner.casework.facts import facts_of
from planner.casework.member import Member
from planner.casework.person import Person, person_of
from planner.casework.risks import Finding, findings_of
from planner.casework.roster import Refused, Roster
from planner.projection.paths import Cancelled

PART = 2_000  # rows worked out together


@dataclass(frozen=True, slots=True)
class Assessed:
    """Everything that is said of one member."""

    person: Person
    findings: tuple[Finding, ...]
    openings: tuple[Opening, ...]

    @property
    def member(self) -> Member:
        return self.person.member


@dataclass(slots=True)
class Counts:
    """What a batch came to: rows read, members answered, rows refused, and how often what was found.

    `cost`: fen a period of the scheme if all of the `priced` joined; what they would cost the others is not
    known.
    """

    rows: int = 0
    members: int = 0
    refused: int = 0
    at_risk: int = 0
    risks: Counter[str] = field(default_factory=Counter)
    openings: Counter[str] = field(default_factory=Counter)
    priced: Counter[str] = field(default_factory=Counter)
    cost: Counter[str] = field(default_factory=Counter)
    order_cover: Counter[str] = field(default_factory=Counter)
    reach: Counter[str] = field(default_factory=Counter)

    def add(self, one: Assessed) -> None:
        self.members += 1
        self.at_risk += any(not finding.risk.open for finding in one.findings)
        self.risks.update(finding.risk.id for finding in one.findings)
        self.order_cover[one.person.facts.order_cover] += 1
        self.reach[one.person.facts.reach] += 1
        for opening in one.openings:
            self.openings[opening.scheme.id] += 1
            if opening.cost is not None:
                self.priced[opening.scheme.id] += 1
                self.cost[opening.scheme.id] += opening.cost


def assess(members: Sequence[Member], roster: Roster) -> list[Assessed]:
    """The members of one part, in their order; each comes out as it would alone."""
    pack, today = roster.pack, roster.today
    found = []
    for member, facts in zip(members, facts_of(members, pack, today), strict=True):
        person = person_of(member, facts, today, pack)
        found.append(Assessed(person, findings_of(person), openings_of(person, pack)))
    return found


def run(
    roster: Roster,
    counts: Counts,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Assessed | tuple[Refused, ...]]:
    """Every row answered or refused, in the order of the roster, `counts` kept up on the way.

    `progress` is told the rows done; when `cancelled` answers True, `Cancelled` is raised.
    """
    rows = roster.rows()
    while part := list(islice(rows, PART)):
        if cancelled is not None and cancelled():
            raise Cancelled
        assessed = iter(assess([row for row in part if isinstance(row, Member)], roster))
        for row in part:
            counts.rows += 1
            if isinstance(row, Member):
                one = next(assessed)
                counts.add(one)
                yield one
            else:
                counts.refused += 1
                yield row
        if progress is not None:
            progress(counts.rows)
