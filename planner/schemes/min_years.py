"""Minimum contribution months (最低缴费年限) for a monthly pension, by the year of retirement.

Someone short of them at the retirement age may go on paying (延长缴费). The months needed are read at the
month in which the pension would start, so that paying on across a year's end can ask for more; the law's own
words for that case were not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.values import Month, Source, Step


@dataclass(frozen=True, kw_only=True)
class MinYears(Outcome):
    """`months` that must be contributed when the pension starts in that year."""

    months: int


def min_months(retire: Month, pack: Pack) -> int:
    """The months alone."""
    return _row(retire, pack)[1]


def min_years(retire: Month, pack: Pack) -> MinYears:
    """The months with the row of the law they come from."""
    year, months, source = _row(retire, pack)

    def explain() -> tuple[Step, ...]:
        values = {"months_of_year": months, "year": year}
        return (Step("min_years.by_retirement_year", "months_of_year", values, months, source),)

    return MinYears(months=months, explain=explain)


@dataclass(frozen=True, kw_only=True)
class PayingOn(Outcome):
    """`months` still to pay, and `start`, the month in which the pension can begin."""

    months: int
    start: Month


def paying_on(retire: Month, paid_months: int, pack: Pack) -> PayingOn:
    """How long someone who reaches the retirement age in `retire` with `paid_months` pays on."""
    months = 0
    while paid_months + months < min_months(retire + months, pack):
        months += 1
    start = retire + months
    _year, minimum, source = _row(start, pack)

    def explain() -> tuple[Step, ...]:
        return (
            Step(
                "min_years.months_to_pay",
                "max(months_of_year - paid_months, 0)",
                {"months_of_year": minimum, "paid_months": paid_months, "year": start.year},
                months,
                source,
            ),
            Step(
                "min_years.start",
                "add_months(retire, months_to_pay)",
                {"retire": retire, "months_to_pay": months},
                start,
                source,
            ),
        )

    return PayingOn(months=months, start=start, explain=explain)


def _row(retire: Month, pack: Pack) -> tuple[int, int, Source]:
    """The newest row that is not after the retirement year.

    Years beyond the table stay at its last row, years before it at its first.
    """
    rows = _rows(pack)
    return next((row for row in reversed(rows) if row[0] <= retire.year), rows[0])


@lru_cache(maxsize=16)
def _rows(pack: Pack) -> tuple[tuple[int, int, Source], ...]:
    rows = pack.table("min_contribution_years")
    return tuple(sorted(((int(row["year"]), int(row["min_months"]), row.source) for row in rows), key=_year))


def _year(row: tuple[int, int, Source]) -> int:
    return row[0]
