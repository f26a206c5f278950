"""Minimum months by the year of retirement, and paying on when they are short."""

from __future__ import annotations

import pytest

from planner.policy import Pack
from planner.schemes.min_years import min_months, paying_on
from planner.values import Month


@pytest.mark.parametrize("year", [1995, 2011, 2029, 2030, 2035, 2038, 2039, 2060])
def test_six_months_more_a_year_from_2030_to_twenty_years(pack: Pack, year: int) -> None:
    expected = 180 if year <= 2029 else min(240, 180 + 6 * (year - 2029))
    assert min_months(Month(year, 7), pack) == expected


@pytest.mark.parametrize(
    ("retire", "paid", "months", "start"),
    [
        ("2026-05", 180, 0, "2026-05"),
        ("2026-05", 170, 10, "2027-03"),
        ("2029-06", 170, 16, "2030-10"),
        ("2029-12", 179, 7, "2030-07"),
        ("2045-01", 0, 240, "2065-01"),
    ],
)
def test_paying_on_across_a_years_end_meets_that_years_minimum(
    pack: Pack, retire: str, paid: int, months: int, start: str
) -> None:
    found = paying_on(Month.parse(retire), paid, pack)
    assert (found.months, str(found.start)) == (months, start)
