"""TikTok Shop settlement: a row an order, dated by the day it was settled."""

from __future__ import annotations

import re

from planner.earnings.document import plain
from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_IDENTITY = ("Order/adjustment ID", "ID đơn hàng/điều chỉnh")
_TYPE = ("Type", "Transaction type", "Loại giao dịch")
_TOTAL = ("Total settlement amount", "Tổng số tiền quyết toán")
_REVENUE = ("Total Revenue", "Tổng doanh thu")
_FEES = ("Total Fees", "Tổng phí")
_CURRENCY = ("Currency", "Đơn vị tiền tệ")
_SETTLED = ("Order settled time", "Thời gian quyết toán", "Statement date")  # a zone may stand behind
_CREATED = ("Order created time", "Thời gian tạo đơn hàng")
_SALE = frozenset({"order", "đơn hàng"})
_REFUND = re.compile("refund|hoàn tiền")
_FEE = re.compile(r"\bfee|commission|\bphí\b|hoa hồng")
_OWN = re.compile("reimbursement|withdraw|bồi hoàn|bồi thường")


class TikTokShop(TableReader):
    """The spelling of the columns drifts; spaces and case do not count."""

    source = "tiktok_shop"
    layouts = tuple(
        Layout("tiktok_shop_income_xlsx", (identity, kind, total))
        for identity, kinds, total in (
            (_IDENTITY[0], _TYPE[:2], _TOTAL[0]),
            (_IDENTITY[1], _TYPE[2:], _TOTAL[1]),
        )
        for kind in kinds
    )
    amounts = (*_TOTAL, *_REVENUE)

    def begin(self, table: Table) -> None:
        for role, beginnings in (("settled", _SETTLED), ("created", _CREATED)):
            table.memory[role] = [
                name
                for beginning in map(plain, beginnings)
                for name in table.header.names
                if plain(name).startswith(beginning)
            ]

    def line(self, line: Line) -> None:
        currency = line.currency(*_CURRENCY)
        settled, kind = line.must_amount(currency, *_TOTAL), line.cell(*_TYPE).casefold()
        revenue = line.amount(currency, *_REVENUE)
        placed = line.when(*map(line.cell, line.table.memory["settled"]))
        verdict, amount = judge(kind, revenue, settled)
        key = line.key(line.cell(*_IDENTITY), kind, placed.day.isoformat(), settled)
        words = " ".join((line.cell(*_IDENTITY), line.cell(*_TYPE)))
        sold = line.day_in(*line.table.memory["created"])
        line.add(verdict, amount, currency, placed, key, party="TikTok Shop", words=words, sold=sold)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(-line.amount(currency, *_FEES), currency, placed, key, party="TikTok Shop")


def judge(kind: str, revenue: int, settled: int) -> tuple[tuple[Kind, str, bool], int]:
    """The verdict on a row, and the amount that goes with it."""
    if kind in _SALE and revenue > 0:
        return (Kind.INCOME, "sale", False), revenue
    if _REFUND.search(kind) or (kind in _SALE and revenue < 0):
        return (Kind.REFUND, "sale_refund", False), -(revenue or settled)
    if not settled:
        return (Kind.IGNORED, "zero_amount", False), 0
    if _FEE.search(kind):
        return (Kind.FEE, "marketplace_fee", False), -settled
    if _OWN.search(kind):
        return (Kind.NEUTRAL, "reserve_or_payout", False), abs(settled)
    return (Kind.OTHER, "marketplace_other", False), settled


READERS = (TikTokShop(),)
