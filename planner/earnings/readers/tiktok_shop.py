"""TikTok Shop settlement: a row an order, dated by the day it was settled."""

from __future__ import annotations

from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_IDENTITY = ("Order/adjustment ID", "Order/Adjustment ID")
_TYPE = ("Type", "Transaction type")
_SETTLED = ("Order settled time", "Order settled time(UTC)", "Statement date")


class TikTokShop(TableReader):
    """The spelling of the columns drifts; spaces and case do not count."""

    source = "tiktok_shop"
    layouts = tuple(
        Layout("tiktok_shop_income_xlsx", ("Order/adjustment ID", kind, "Total settlement amount"))
        for kind in _TYPE
    )
    amounts = ("Total settlement amount", "Total Revenue")
    days = _SETTLED

    def line(self, line: Line) -> None:
        currency = line.currency("Currency")
        settled, kind = line.must_amount(currency, "Total settlement amount"), line.cell(*_TYPE).casefold()
        revenue = line.amount(currency, "Total Revenue")
        placed = line.when(*map(line.cell, _SETTLED))
        verdict, amount = judge(kind, revenue, settled)
        key = line.key(line.cell(*_IDENTITY), kind, placed.day.isoformat(), settled)
        words = " ".join((line.cell(*_IDENTITY), line.cell(*_TYPE)))
        sold = line.day_of("Order created time", "Order created time(UTC)")
        line.add(verdict, amount, currency, placed, key, party="TikTok Shop", words=words, sold=sold)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(-line.amount(currency, "Total Fees"), currency, placed, key, party="TikTok Shop")


def judge(kind: str, revenue: int, settled: int) -> tuple[tuple[Kind, str, bool], int]:
    """The verdict on a row, and the amount that goes with it."""
    if kind == "order" and revenue > 0:
        return (Kind.INCOME, "sale", False), revenue
    if "refund" in kind or (kind == "order" and revenue < 0):
        return (Kind.REFUND, "sale_refund", False), -(revenue or settled)
    if not settled:
        return (Kind.IGNORED, "zero_amount", False), 0
    if "fee" in kind or "commission" in kind:
        return (Kind.FEE, "marketplace_fee", False), -settled
    if "reimbursement" in kind or "withdraw" in kind:
        return (Kind.NEUTRAL, "reserve_or_payout", False), abs(settled)
    return (Kind.OTHER, "marketplace_other", False), settled


READERS = (TikTokShop(),)
