"""Refunds find their sale, by order number or by amount and buyer, never before it and never twice."""

from __future__ import annotations

from datetime import date

from planner.earnings import read_file, returned
from planner.values import Kind, LedgerEntry, Money, Month


def line(
    kind: Kind, amount: int, day: date, *, party: str = "", words: str = "", source: str = "shop"
) -> LedgerEntry:
    reason = "sale" if kind is Kind.INCOME else "sale_refund"
    return LedgerEntry(
        source,
        f"{kind}{amount}{day}{words}",
        kind,
        Money(amount, "USD"),
        day,
        Month.of(day),
        party,
        words,
        reason,
    )


def test_an_order_number_finds_the_sale_in_an_earlier_month():
    sale = line(Kind.INCOME, 5000, date(2026, 6, 20), words="111-0000001-0000001 SKU-1")
    other = line(Kind.INCOME, 5000, date(2026, 6, 25), words="111-0000002-0000002 SKU-1")
    refund = line(Kind.REFUND, 2000, date(2026, 7, 3), words="111-0000001-0000001 SKU-1 Principal")
    (pair,) = returned([refund, other, sale])
    assert (pair.sale, pair.by_order, pair.is_whole, pair.later_month) == (sale, True, False, True)


def test_without_a_number_amount_and_buyer_decide_and_a_sale_is_given_back_once():
    sale = line(Kind.INCOME, 5000, date(2026, 6, 20), party="Buyer A")
    refunds = [line(Kind.REFUND, 5000, date(2026, 6, 25), party="Buyer A", words=f"no {n}") for n in (1, 2)]
    pairs = returned([sale, *refunds])
    assert [pair.refund for pair in pairs] == refunds[:1]
    assert pairs[0].is_whole


def test_a_refund_before_its_sale_of_more_or_of_another_shop_finds_nothing():
    sale = line(Kind.INCOME, 5000, date(2026, 6, 20), party="Buyer A")
    assert not returned([sale, line(Kind.REFUND, 5000, date(2026, 6, 19), party="Buyer A")])
    assert not returned([sale, line(Kind.REFUND, 5001, date(2026, 6, 21), party="Buyer A")])
    assert not returned([sale, line(Kind.REFUND, 5000, date(2026, 6, 21), party="Buyer A", source="other")])
    assert not returned([sale, line(Kind.REFUND, 5000, date(2027, 6, 21), party="Buyer A")])


def test_the_refund_of_a_date_range_report_is_paired_with_its_order(samples):
    (pair,) = returned(read_file(samples / "amazon_date_range" / "syn_date_range_us.csv").entries)
    assert (str(pair.sale.money), pair.by_order, pair.later_month) == ("129.99", True, False)
    assert pair.sale.day == date(2026, 7, 31)
