"""On whom a person depends, what an order and an hour bring, and how far foreign money may swing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.earnings import TypedMonth, Work, income_picture, statistics
from planner.earnings.platforms import platform_of
from planner.values import Kind, LedgerEntry, Money, Month


def paid(amount: int, day: date, party: str, currency: str = "CNY", *, source: str = "alipay") -> LedgerEntry:
    return LedgerEntry(
        source, f"{amount}{day}{party}", Kind.INCOME, Money(amount, currency), day, Month.of(day), party
    )


def test_the_shares_of_platforms_add_up_and_the_largest_is_named():
    day = date(2026, 6, 15)
    entries = [
        paid(60000, day, "美团众包配送"),
        paid(20000, day, "滴滴出行科技有限公司"),
        paid(20000, day, "张三"),
    ]
    found = statistics(income_picture(entries), entries)
    assert found.platform_shares == {"美团": 0.6, "": 0.2, "滴滴": 0.2}
    assert found.largest_platform == ("美团", 0.6)


@pytest.mark.parametrize(
    ("party", "platform"),
    [("蜂鸟众包", "饿了么"), ("北京三快在线科技有限公司", "美团"), ("Amazon.com", "Amazon"), ("李四", "")],
)
def test_platforms_are_known_by_the_names_in_bills(party, platform):
    assert platform_of(paid(1, date(2026, 1, 1), party)) == platform


def test_pay_per_order_and_hour_and_their_trend():
    first = Month(2025, 7)
    typed = [
        TypedMonth(first + n, Decimal(6000 - 60 * n), orders=1000, hours=Decimal(200)) for n in range(12)
    ]
    found = statistics(income_picture([], typed), [])
    assert found.work[0].per_order == Decimal("6.00")
    assert found.work[0].per_hour == Decimal("30.00")
    assert found.per_order == Decimal("5.67")
    assert found.order_trend == pytest.approx(12 * -0.06 / 5.67, rel=0.01)
    assert statistics(income_picture([], typed[:5]), []).order_trend is None


def test_orders_of_a_file_belong_to_its_month_and_two_files_do_not_double_them():
    entries = [paid(100000, date(2026, 6, day), f"p{day}") for day in (1, 30)]
    work = [
        Work("open", Month(2026, 6), 500),
        Work("open", Month(2026, 6), 480),
        Work("other", Month(2026, 6), 20),
    ]
    picture = income_picture(entries, work=work)
    assert picture.months[0].orders == 520
    assert picture.monthly_json()[0]["orders"] == 520


def test_an_order_brings_what_its_own_source_paid():
    month = Month(2026, 6)
    entries = [paid(500000, date(2026, 6, 10), "甲", source="open"), paid(300000, date(2026, 6, 11), "乙")]
    own = income_picture(entries, work=[Work("open", month, 1000, Decimal(100))])
    assert statistics(own, entries).work[0].per_order == Decimal("5.00")
    assert statistics(own, entries).work[0].per_hour == Decimal("50.00")
    in_a_wallet = income_picture(entries, work=[Work("platform", month, 1000)])
    assert statistics(in_a_wallet, entries).work[0].per_order == Decimal("8.00")
    typed = income_picture(entries, [TypedMonth(month, None, orders=1000)])
    assert statistics(typed, entries).work[0].per_order == Decimal("8.00")


def test_foreign_money_may_swing_by_a_twentieth():
    entries = [paid(100000, date(2026, 6, 15), "x", "USD"), paid(100000, date(2026, 6, 30), "y")]
    picture = income_picture(entries)
    low, high = statistics(picture, entries).ranges[Month(2026, 6)]
    foreign = picture.months[0].by_currency["USD"]
    assert (picture.months[0].cny - low) == (high - picture.months[0].cny)
    assert float(high - low) == pytest.approx(float(foreign) * 0.1, abs=0.02)
