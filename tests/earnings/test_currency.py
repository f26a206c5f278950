"""Conversion by the day's reference rate, or by an earlier one that is named."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.earnings.currency import USUAL_GAP, last_rate_day, to_yuan
from planner.values import Money


def test_a_dollar_amount_by_the_published_cross_rate():
    converted = to_yuan(Money(10000, "USD"), date(2026, 6, 30))
    assert converted is not None
    assert (converted.yuan, converted.rate_day, converted.source) == (
        Decimal("678.55"),
        date(2026, 6, 30),
        "ECB",
    )


def test_a_weekend_takes_the_friday_before_and_says_so():
    converted = to_yuan(Money(10000, "USD"), date(2026, 7, 5))
    assert converted is not None
    assert converted.rate_day == date(2026, 7, 3)
    assert not converted.old


def test_days_after_the_newest_rate_take_it_and_say_that_it_is_old():
    newest = last_rate_day()
    near = to_yuan(Money(10000, "EUR"), newest + timedelta(days=USUAL_GAP))
    far = to_yuan(Money(10000, "EUR"), newest + timedelta(days=USUAL_GAP + 1))
    assert near is not None
    assert far is not None
    assert (near.rate_day, near.old, far.rate_day, far.old) == (newest, False, newest, True)


def test_yen_have_no_decimals():
    converted = to_yuan(Money(5000, "JPY"), date(2026, 7, 3))
    assert converted is not None
    assert Decimal(150) < converted.yuan < Decimal(400)


def test_yuan_stay_what_they_are():
    converted = to_yuan(Money(12345, "CNY"), date(1990, 1, 1))
    assert converted is not None
    assert (converted.yuan, converted.source) == (Decimal("123.45"), "")


@pytest.mark.parametrize("currency", ["AED", "SAR", "VND", "TWD", "XXX"])
def test_a_currency_without_a_rate_has_no_value(currency):
    assert to_yuan(Money(100, currency), date(2026, 7, 3)) is None


def test_a_rate_that_stopped_years_ago_is_no_rate():
    assert to_yuan(Money(100, "RUB"), date(2021, 7, 1)) is not None
    assert to_yuan(Money(100, "RUB"), date(2026, 7, 1)) is None
    assert to_yuan(Money(100, "USD"), date(2004, 7, 1)) is None


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=20), st.dates(date(2010, 1, 1), date(2026, 10, 30))
)
def test_conversion_makes_no_money(amounts, day):
    whole = to_yuan(Money(sum(amounts), "USD"), day)
    parts = [to_yuan(Money(amount, "USD"), day) for amount in amounts]
    assert whole is not None
    total = sum(part.yuan for part in parts if part is not None)
    assert abs(total - whole.yuan) <= Decimal("0.005") * (len(amounts) + 1)
