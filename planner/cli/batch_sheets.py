"""One printed page a member: the gravest point, two pensions, the cover on an order, next steps."""

from __future__ import annotations

from collections.abc import Iterator

from planner.casework import words
from planner.casework.batch import Assessed
from planner.casework.enrolment import MONTH, YEAR
from planner.cli.batch_tables import Tables
from planner.report.sheet import Sheet, Table
from planner.text import _, language, month, number, yuan
from planner.values import mark

PERIOD_COSTS = {MONTH: mark("{amount} a month"), YEAR: mark("{amount} a year")}
_MOST = 4  # risks spelled out; more would not be read


def member_sheet(one: Assessed, tables: Tables) -> Sheet:
    """The page in the language in use."""
    member, facts = one.member, one.person.facts
    findings = one.findings[:_MOST]
    return Sheet(
        person=tables.label(member),
        day=one.person.today.isoformat(),
        sentence=_(findings[0].risk.title) if findings else _("Nothing urgent was found."),
        detail="\n".join(finding.reason.said(_) for finding in findings),
        plans=_pensions(one),
        plans_note=" ".join(_lines(one)),
        injury=_(
            "Per-order protection: {verdict} ({why}).",
            verdict=_(words.VERDICTS[facts.order_cover]),
            why=_(words.ORDER_WHY[facts.order_why]),
        ),
        next_step=_(findings[0].risk.step)
        if findings
        else _("Ask again in a year, or when something changes."),
        next_lines=(*(_(finding.risk.step) for finding in findings[1:]), *_openings(one)),
        assumptions=tuple(filter(None, tables.notes(one).split("；" if language() == "zh" else "; "))),
        sources=(_("Rules of {version}.", version=tables.rules),),
        words={"title": _("Wenbao: for the talk with {person}", person=tables.label(member))},
    )


def _pensions(one: Assessed) -> Table | None:
    facts = one.person.facts
    if facts.pension_on is None or facts.tier is None:
        return None
    stopped = _("none: months are missing") if facts.pension_now is None else _fen(facts.pension_now)
    rows = [
        (_("Pay nothing more"), _fen(0), month(facts.retire), stopped),
        (
            _("The lowest employee tier, every month"),
            _fen(facts.tier.monthly),
            month(facts.start or facts.retire),
            _fen(facts.pension_on),
        ),
    ]
    header = (_("Way"), _("Cost a month"), _("Pension from"), _("Pension a month"))
    return Table(header, tuple(rows))


def _openings(one: Assessed) -> Iterator[str]:
    """What the member could join, with the cost where it is known and what to bring."""
    for opening in one.openings:
        scheme = opening.scheme
        parts = [_("Open to the member: {scheme}", scheme=_(scheme.title))]
        if opening.cost:
            parts.append(_(PERIOD_COSTS[scheme.period], amount=_fen(opening.cost)))
        yield " · ".join((*parts, *(_(paper) for paper in scheme.papers)))


def _lines(one: Assessed) -> list[str]:
    facts, lines = one.person.facts, []
    lines.append(
        _("Amounts are at today's values. The pension age is reached in {month}.", month=month(facts.retire))
    )
    if facts.missing is not None:
        lines.append(
            _(
                "{minimum} months are needed then; {missing} are still missing and {left} are left.",
                minimum=facts.minimum,
                missing=facts.missing,
                left=facts.months_left,
            )
        )
    if facts.share_of_income is not None:
        lines.append(
            _(
                "The lowest tier takes {percent} % of the usual income.",
                percent=number(facts.share_of_income * 100, 1),
            )
        )
    return lines


def _fen(fen: int) -> str:
    return yuan(fen / 100)
