"""Funeral grant, survivor lump sum and the inherited account."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.death import DeathBenefit, DeathInput, death_benefit
from planner.values import InputError, Place

DAY = date(2026, 5, 1)


def died(pack: Pack, months: int, drawn: str | None = None, **more: object) -> DeathBenefit:
    data = {"place": Place("CN-SC"), "date": DAY, "income_per_head": Decimal(48000)} | more
    drawn_years = Decimal(drawn) if drawn is not None else None
    return death_benefit(
        DeathInput(contribution_months=months, pension_years_drawn=drawn_years, **data),  # type: ignore[arg-type]
        pack,
    )


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (1, 3),
        (59, 3),
        (60, 6),
        (119, 6),
        (120, 9),
        (180, 9),
        (191, 9),
        (192, 10),
        (359, 23),
        (360, 24),
        (480, 24),
    ],
)
def test_months_of_the_lump_sum_by_whole_years(pack: Pack, months: int, expected: int) -> None:
    found = died(pack, months)
    assert found.survivor_months == expected
    assert found.survivor == expected * 4000
    assert found.funeral == 8000


@pytest.mark.parametrize(("drawn", "expected"), [("0", 21), ("0.9", 21), ("10", 11), ("12", 9), ("30", 9)])
def test_a_pension_drawn_takes_a_month_a_year_down_to_the_floor(
    pack: Pack, drawn: str, expected: int
) -> None:
    assert died(pack, 27 * 12, drawn).survivor_months == expected


def test_without_a_contribution_nothing_but_the_account_is_due(pack: Pack) -> None:
    found = died(pack, 0, account_balance=Decimal("120.5"))
    assert (found.funeral, found.survivor, found.account) == (0, 0, Decimal("120.50"))


def test_the_nations_income_stands_in_for_an_unknown_province_and_is_said(pack: Pack) -> None:
    found = died(pack, 120, income_per_head=None)
    assert found.survivor == Decimal("42376.50")
    assert "provisional_value" in {notice.code for notice in found.warnings}


def test_a_known_province_uses_its_own_income(pack: Pack) -> None:
    found = died(pack, 360, income_per_head=None, place=Place("CN-FJ"), date=date(2023, 2, 1))
    assert found.survivor == Decimal("107634.00")


def test_a_death_before_the_rules_is_refused(pack: Pack) -> None:
    with pytest.raises(InputError) as caught:
        died(pack, 120, date=date(2021, 8, 31))
    assert caught.value.code == "missing_value"


def test_the_unconfirmed_edges_of_the_lump_sum_are_said(pack: Pack) -> None:
    said = {months: {notice.code for notice in died(pack, months).warnings} for months in (48, 144, 372)}
    assert [months for months in said if "uncertain_rule" in said[months]] == [144]
