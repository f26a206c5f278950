"""Costs of the work: only what the person ticks is taken off, under a name of its own."""

from __future__ import annotations

from datetime import date

from planner.earnings import counted, income_picture, spendings
from planner.values import Kind, LedgerEntry, Money, Month

DAY = date(2026, 7, 15)


def line(kind: Kind, fen: int, party: str, number: int = 0) -> LedgerEntry:
    reason = "payment_made" if kind is Kind.EXPENSE else "code_payment"
    key = f"{party}{fen}{number}"
    return LedgerEntry("wechat", key, kind, Money(fen), DAY, Month.of(DAY), party, reason=reason)


PAID = line(Kind.INCOME, 500_000, "美团众包配送")
FUEL = [line(Kind.EXPENSE, 20_000, "中石化加油站", number) for number in range(3)]
FOOD = line(Kind.EXPENSE, 90_000, "示例餐饮店")


def test_what_looks_like_a_cost_stands_first_and_counts_only_when_ticked():
    found = spendings([(n, entry, entry.kind) for n, entry in enumerate([PAID, *FUEL, FOOD])])
    assert [(one.likeness[2], one.looks, one.yuan, one.is_cost) for one in found] == [
        ("中石化加油站", "fuel", 600, False),
        ("示例餐饮店", "", 900, False),
    ]
    assert found[0].entries == (1, 2, 3)
    assert income_picture([PAID, *FUEL, FOOD]).total == 5000


def test_a_ticked_cost_is_taken_off_and_told_apart_from_fees():
    fee = line(Kind.FEE, 1_000, "手续费")
    lines = counted(
        [(PAID, PAID.kind, True), (fee, fee.kind, True), *((one, Kind.FEE, True) for one in FUEL)]
    )
    (month,) = income_picture(lines).months
    assert (month.gross, month.fees, month.costs, month.cny) == (5000, 10, 600, 4390)
    assert month.by_source == {"wechat": 4390}


def test_some_of_a_payees_rows_may_be_costs():
    kinds = [Kind.FEE, Kind.EXPENSE, Kind.EXPENSE]
    (one,) = spendings((n, entry, kind) for n, (entry, kind) in enumerate(zip(FUEL, kinds, strict=True)))
    assert (one.costs, one.is_cost) == (1, False)
