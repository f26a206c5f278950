"""The later retirement at the edges of its steps, the early window, and annuity months by month of age."""

from __future__ import annotations

import pytest

from planner.policy import Pack
from planner.schemes.annuity import annuity_months
from planner.schemes.retirement_age import retirement_age
from planner.values import Month


@pytest.mark.parametrize(
    ("category", "born", "age", "month"),
    [
        ("male_60", "1964-12", (60, 0), "2024-12"),
        ("male_60", "1965-01", (60, 1), "2025-02"),
        ("male_60", "1965-04", (60, 1), "2025-05"),
        ("male_60", "1965-05", (60, 2), "2025-07"),
        ("male_60", "1976-08", (62, 11), "2039-07"),
        ("male_60", "1976-09", (63, 0), "2039-09"),
        ("female_55", "1970-01", (55, 1), "2025-02"),
        ("female_55", "1981-09", (58, 0), "2039-09"),
        ("female_50", "1975-02", (50, 1), "2025-03"),
        ("female_50", "1975-03", (50, 2), "2025-05"),
        ("female_50", "1984-11", (55, 0), "2039-11"),
        ("female_50", "1995-12", (55, 0), "2050-12"),
    ],
)
def test_the_step_rule_at_its_edges(
    pack: Pack, category: str, born: str, age: tuple[int, int], month: str
) -> None:
    found = retirement_age(category, Month.parse(born), pack).statutory
    assert ((found.years, found.months), str(found.month)) == (age, month)


@pytest.mark.parametrize(
    ("category", "born", "earliest"),
    [
        ("male_60", "1964-01", "2024-01"),
        ("male_60", "1970-05", "2030-05"),
        ("male_60", "1980-01", "2040-01"),
        ("female_50", "1979-01", "2029-01"),
        ("female_50", "1990-06", "2042-06"),
    ],
)
def test_early_is_three_years_at_most_and_never_before_the_old_age(
    pack: Pack, category: str, born: str, earliest: str
) -> None:
    found = retirement_age(category, Month.parse(born), pack)
    assert str(found.earliest.month) == earliest
    assert found.statutory.month - found.earliest.month <= 36


@pytest.mark.parametrize(
    ("years", "months", "retire", "expected"),
    [
        (60, 1, "2025-02", "138.4"),
        (50, 1, "2025-02", "194.6"),
        (60, 3, "2025-12", "137.3"),
        (60, 3, "2024-12", "139"),
        (47, 0, "2026-01", "208"),
        (30, 5, "2026-01", "233"),
        (75, 5, "2026-01", "56"),
    ],
)
def test_annuity_months_are_split_by_month_of_age_since_2025(
    pack: Pack, years: int, months: int, retire: str, expected: str
) -> None:
    assert str(annuity_months(years, months, pack, Month.parse(retire))) == expected
