"""The tables of a batch in the language in use: headings and cells, names shortened unless asked for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planner.casework import words
from planner.casework.batch import Assessed
from planner.casework.columns import COLUMNS
from planner.casework.enrolment import ENROLS, Opening
from planner.casework.member import INJURY, MEDICAL, PENSION, Member, short_name, shown_number
from planner.casework.projecting import Projected
from planner.casework.roster import Refused
from planner.policy import Pack
from planner.text import _, language
from planner.values import Month, mark

Cell = str | int | Decimal | None

_WHO = (mark("Row"), mark("Member number"), mark("Name"))
MEMBERS = (
    *_WHO,
    mark("Born"),
    mark("Retirement category"),
    mark("Place"),
    mark("Occupation"),
    mark("Pension age reached in"),
    mark("Months paid"),
    mark("Months needed"),
    mark("Months still missing"),
    mark("Months left before the pension age"),
    mark("Enough months"),
    mark("Pension from, if every month is paid"),
    mark("Pension on the present record (yuan a month, today's values)"),
    mark("Pension at the lowest tier until then (yuan a month, today's values)"),
    mark("Lowest employee tier (yuan a month)"),
    mark("Part of the usual income (%)"),
    mark("Usual income (yuan a month)"),
    mark("A bad month (yuan)"),
    mark("Per-order injury protection"),
    mark("Why"),
    mark("Pension"),
    mark("Medical insurance"),
    mark("Injury cover"),
    mark("Assumed or not known"),
)
RISKS = (
    mark("Rank"),
    *_WHO,
    mark("Gravest risk"),
    mark("Next step"),
    mark("Why, in words"),
    mark("Other risks"),
    mark("Their next steps"),
)
ENROLMENT = (
    *_WHO,
    mark("Scheme that could be joined"),
    mark("Cost (yuan)"),
    mark("each"),
    mark("Who enrols"),
    mark("Where"),
    mark("What is needed"),
    mark("Mind"),
)
REFUSED = (mark("Row"), mark("Column"), mark("Why"))
REFUSED_GIVEN = mark("What stood there")
PROJECTIONS = (
    *_WHO,
    mark("Suggested plan"),
    mark("Cost now (yuan a month)"),
    mark("Chance of a missed payment within a year (%)"),
    mark("Pension, lower quarter (yuan a month, today's money)"),
    mark("Pension, middle (yuan a month, today's money)"),
    mark("Pension when nothing more is paid (yuan a month, today's money)"),
    mark("Chance of enough months (%)"),
    mark("Why there is none"),
)
_PERIODS = {"month": mark("month"), "year": mark("year")}
_TITLES = {column.name: column.title for column in COLUMNS}


class Tables:
    """Rows as lists of cells; `names`: whole names and months of birth."""

    def __init__(self, pack: Pack, *, names: bool) -> None:
        self._pack = pack
        self._names = names
        self._trades = {
            row["code"]: row["name_zh" if language() == "zh" else "name_en"]
            for row in pack.table("occupations")
        }

    @property
    def rules(self) -> str:
        """The version of the rules that the sums were made by."""
        return self._pack.version

    def who(self, member: Member) -> list[Cell]:
        if self._names:
            return [member.line, member.number, member.name]
        return [member.line, shown_number(member.number), short_name(member.name)]

    def label(self, member: Member) -> str:
        """One short text for a member: number and name, or the row."""
        _line, number, name = self.who(member)
        known = " ".join(str(part) for part in (number, name) if part)
        return known or _("row {line}", line=member.line)

    def place(self, member: Member) -> str:
        if member.area:
            return self._pack.spoken_place(member.place.province, member.area, language())
        return self._pack.place_name(member.place, language())

    def occupation(self, member: Member) -> str:
        return self._trades.get(member.occupation, "")

    def member(self, one: Assessed) -> list[Cell]:
        member, facts = one.member, one.person.facts
        tier = None if one.person.is_drawing else facts.tier
        share, states = facts.share_of_income if tier else None, one.person.cover_states
        return [
            *self.who(member),
            str(member.born) if self._names else member.born.year,
            _(words.CATEGORIES[member.category]),
            self.place(member),
            self.occupation(member),
            str(facts.retire),
            member.employee_months,
            facts.minimum,
            facts.missing,
            facts.months_left,
            _(words.REACH[facts.reach]),
            _month(facts.start),
            yuan(facts.pension_now),
            yuan(facts.pension_on),
            yuan(tier.monthly if tier else None),
            None if share is None else format(share * 100, ".1f"),
            yuan(facts.incomes.usual),
            yuan(facts.incomes.low),
            _(words.VERDICTS[facts.order_cover]),
            _(words.ORDER_WHY[facts.order_why]),
            *(_(words.STATES[states[risk]]) if risk in states else "" for risk in (PENSION, MEDICAL, INJURY)),
            self.notes(one),
        ]

    def notes(self, one: Assessed) -> str:
        codes = dict.fromkeys((*one.member.notes, *one.person.facts.doubts))
        return _joined(_(words.NOTES[code]) for code in codes if code in words.NOTES)

    def risk(self, one: Assessed) -> list[Cell]:
        """Without the rank."""
        first, *others = one.findings
        return [
            *self.who(one.member),
            _(first.risk.title),
            _(first.risk.step),
            _joined(finding.reason.said(_) for finding in one.findings),
            _joined(_(finding.risk.title) for finding in others),
            _joined(_(finding.risk.step) for finding in others),
        ]

    def opening(self, member: Member, opening: Opening) -> list[Cell]:
        scheme = opening.scheme
        return [
            *self.who(member),
            _(scheme.title),
            yuan(opening.cost),
            _(_PERIODS[scheme.period]) if opening.cost is not None else "",
            _(ENROLS[scheme.enrols]),
            _(scheme.where),
            _joined(_(paper) for paper in scheme.papers),
            _(scheme.mind),
        ]

    def refused(self, one: Refused) -> list[Cell]:
        cells: list[Cell] = [one.line, column_title(one.field), reason(one)]
        return [*cells, one.given] if self._names else cells

    def refused_header(self) -> tuple[str, ...]:
        return (*REFUSED, REFUSED_GIVEN) if self._names else REFUSED

    def projection(self, one: Projected) -> list[Cell]:
        who = self.who(one.member)
        if one.why_none is not None:
            return [*who, *[None] * 7, one.why_none.said(_)]
        assert one.plan is not None
        return [
            *who,
            one.plan.said(language()),
            format(one.monthly_cost, ".2f"),
            _percent(one.lapse_year),
            format(one.pension_low, ".0f"),
            format(one.pension, ".0f"),
            format(one.pension_nothing, ".0f"),
            _percent(one.reaches_minimum),
            "",
        ]


def column_title(name: str) -> str:
    """A column by its heading in the language in use; a month as it is."""
    return _(_TITLES[name]) if name in _TITLES else name


def reason(one: Refused) -> str:
    return _(one.error.message, **one.error.values)


def yuan(fen: int | None) -> Decimal | None:
    """Yuan as a number of two decimals: what is below zero must not be taken for a formula."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)


def _percent(share: float) -> str:
    return format(100 * share, ".1f")


def _joined(parts: Iterable[str]) -> str:
    """Sentences and phrases one after the other, without a stop before the mark that parts them."""
    bare = [part.rstrip("。.") for part in parts]
    return ("；" if language() == "zh" else "; ").join(bare)
