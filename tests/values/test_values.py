"""The plain types keep their promises for every value they admit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.values import Confidence, InputError, Money, Month, Place, Rounding, half_up
from planner.values.place import PROVINCES

months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False)


@given(months, st.integers(-600, 600))
def test_moving_a_month_and_back_is_the_same_month(month: Month, by: int) -> None:
    assert (month + by) + -by == month
    assert (month + by) - month == by


@given(months)
def test_a_month_reads_back_what_it_writes(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.parse(f"{month}-01") == month
    assert month.first_day <= month.last_day < (month + 1).first_day


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "202608", "2026-8", "2026-02-30", "", None, 202608, "2026-08 "]
)
def test_what_is_no_month_names_its_field(text: object) -> None:
    with pytest.raises(InputError) as caught:
        Month.parse(text, field="worker.born")
    assert caught.value.code == "bad_month"
    assert caught.value.field == "worker.born"
    assert "worker.born" in str(caught.value)


def test_halves_go_away_from_zero() -> None:
    assert half_up(Decimal("137.25"), Decimal("0.1")) == Decimal("137.3")
    assert half_up(Decimal("0.005")) == Decimal("0.01")
    assert half_up(Decimal("-0.005")) == Decimal("-0.01")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("fen", "12.35"),
        ("jiao_half", "12.3"),
        ("jiao_up", "12.4"),
        ("yuan_half", "12"),
        ("yuan_up", "13"),
        ("yuan_down", "12"),
    ],
)
def test_each_rounding_rule_of_the_law(rule: str, expected: str) -> None:
    assert Rounding(rule).apply(Decimal("12.345")) == Decimal(expected)


@given(amounts, st.sampled_from(["CNY", "USD", "JPY"]))
def test_money_never_gains_or_loses_more_than_half_a_minor_unit(amount: Decimal, currency: str) -> None:
    money = Money.of(amount, currency)
    unit = Decimal(1) if currency == "JPY" else Decimal("0.01")
    assert abs(money.amount - amount) <= unit / 2


def test_two_currencies_never_add_up() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "CNY") + Money(1, "USD")


def test_a_city_lies_in_its_province_and_the_nation() -> None:
    assert Place("440300").lineage == (Place("440300"), Place("CN-GD"), Place("CN"))
    assert Place("CN").lineage == (Place("CN"),)
    assert len(PROVINCES) == 31


@pytest.mark.parametrize("code", ["CN-ZZ", "999999", "GD", "cn-gd", ""])
def test_what_is_no_place_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a place code"):
        Place(code)


def test_a_result_is_no_surer_than_its_weakest_input() -> None:
    assert Confidence.weakest(Confidence.SOURCED, Confidence.UNCERTAIN) is Confidence.UNCERTAIN
    assert Confidence.weakest() is Confidence.SOURCED


def test_months_of_days() -> None:
    assert Month.of(date(2026, 8, 31)) == Month(2026, 8)
