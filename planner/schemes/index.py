"""The average contribution index (平均缴费工资指数): what was paid on against the drawing place's wage.

Only contributed months count, unless the province says otherwise of years without any
(`pension.unpaid_index`); how many decimals are kept is the province's too (`pension.index_decimals`).
Yearly indices are never clamped: old floors were below today's.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from planner.policy import Pack, Value
from planner.schemes.lookup import regional, regional_or_none
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, joined, source_of
from planner.values import InputError, Month, Place, Source, Step, mark

_ZERO = Decimal(0)
_DECIMALS = 4  # where the place says nothing


class LeftOut(Enum):
    """Says that years without contributions do not count."""

    YES = "excluded"


LEFT_OUT = LeftOut.YES


@dataclass(frozen=True, slots=True)
class HistoryYear:
    """A year of contributions: `base` in yuan a month or its `index`; `average_wage` overrides the pack's."""

    year: int
    months: int
    base: Decimal | None = None
    index: Decimal | None = None
    average_wage: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class AverageIndex(Outcome):
    """`average_index` to four decimals or as many as the place prints, `contribution_months` as paid."""

    average_index: Decimal
    contribution_months: int


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    months: int
    index: Decimal
    base: Decimal | None
    wage: Decimal | None
    source: Source


def average_index(
    history: tuple[HistoryYear, ...],
    place: Place,
    pack: Pack,
    *,
    unpaid_index: Decimal | LeftOut | None = None,
) -> AverageIndex:
    """Month-weighted mean of the yearly indices.

    `unpaid_index`: the index at which whole years without contributions between the first and the last year
    count (0 where they only lengthen the divisor), or `LEFT_OUT`, the national rule; None: as the place does.
    """
    if not history:
        raise InputError("empty", mark("{field} must not be empty"), field="history")
    notices: list[Notice] = []
    years = [_year_of(row, place, pack, notices, f"history[{at}]") for at, row in enumerate(history)]
    weighted = sum((each.index * each.months for each in years), Decimal(0))
    months = sum(each.months for each in years)
    seen = {each.year for each in years}
    gaps = max(seen) - min(seen) + 1 - len(seen)
    there = pack.find("pension.unpaid_index", place) if unpaid_index is None and gaps else None
    notices.extend(each for each in doubts(there) if each not in notices)
    at_index = there.number if there is not None else unpaid_index
    if not isinstance(at_index, Decimal):
        at_index, gaps = _ZERO, 0
    unpaid_months = gaps * 12
    printed = pack.find("pension.index_decimals", place)
    quantum = Decimal(1).scaleb(-int(printed.number) if printed is not None else -_DECIMALS)
    mean = ((weighted + at_index * unpaid_months) / (months + unpaid_months)).quantize(quantum, ROUND_HALF_UP)

    def explain() -> tuple[Step, ...]:
        steps = [
            Step(
                "index.year",
                "base / average_wage",
                {"year": each.year, "base": each.base, "average_wage": each.wage},
                each.index,
                each.source,
            )
            for each in years
            if each.base is not None
        ]
        rule = pack.value("pension.accrual_per_year", place).source
        values = {
            "indices": [each.index for each in years],
            "months": [each.months for each in years],
            "unpaid_index": at_index,
            "unpaid_months": unpaid_months,
        }
        formula = (
            "half_up((dot(indices, months) + unpaid_index * unpaid_months)"
            f" / (sum(months) + unpaid_months), {quantum})"
        )
        inputs = [each.source for each in years]
        inputs += [source_of(value) for value in (there, printed) if value is not None]
        return (*steps, Step("index.average", formula, values, mean, joined(rule, *inputs)))

    return AverageIndex(
        average_index=mean,
        contribution_months=months,
        warnings=tuple(notices),
        explain=explain,
    )


def _year_of(row: HistoryYear, place: Place, pack: Pack, notices: list[Notice], field: str) -> _Year:
    """The year's index: as given, or its base over the reference wage of the drawing place."""
    if row.index is not None:
        return _Year(row.year, row.months, row.index, None, None, OWN_INPUT)
    if row.base is None:
        raise InputError("missing_field", mark("{field} is missing"), field=f"{field}.base")
    if row.average_wage is not None:
        return _Year(row.year, row.months, row.base / row.average_wage, row.base, row.average_wage, OWN_INPUT)
    value = _reference_wage(row.year, place, pack, notices)
    notices.extend(each for each in doubts(value) if each not in notices)
    wage = value.number
    return _Year(row.year, row.months, row.base / wage, row.base, wage, source_of(value))


def _reference_wage(year: int, place: Place, pack: Pack, notices: list[Notice]) -> Value:
    """The wage behind the limits of the contribution year that starts in `year`."""
    later, assumed = regional("pension.average_wage", place, Month(year, 12), pack)
    earlier, _assumed = regional_or_none("pension.average_wage", place, Month(year, 1), pack)
    notices.extend(each for each in assumed if each not in notices)
    if earlier is not None and earlier.number != later.number:
        notices.append(
            Notice(
                "two_wages_in_year",
                mark(
                    "{year}: the reference wage changed inside this year; the one of its second half is used."
                    " Give average_wage for an exact index."
                ),
                {"year": year, "first_half": earlier.number, "second_half": later.number},
            )
        )
    return later
