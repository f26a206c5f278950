"""Lazada statements: a row is one fee line of an order; no column names the currency."""

from __future__ import annotations

import re

from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_AMOUNT = ("Amount(Include Tax)", "Est Release Amount(Include Tax)", "Amount")
_DAY = ("Transaction Date",)
_SALES = frozenset({"item price credit", "product price paid by buyer"})
_REFUND = re.compile(r"reversal item price|refund|product price.*revers", re.IGNORECASE)
_NEUTRAL = re.compile(r"credit|subsid|voucher|payout|reimburs|wallet|claim", re.IGNORECASE)
_OWN = re.compile(r"\bpayouts?\b|\bwithdraw", re.IGNORECASE)
_OTHER = re.compile(
    r"paid by (?:customer|buyer)|promotion|voucher|flexi|discount|adjustment|\b(?:vat|gst|wht|tax)\b",
    re.IGNORECASE,
)
_ESTIMATE = "Est release amount is not final"


class Lazada(TableReader):
    """Semicolons, days like `05 Jul 2026`; an estimate says so above its header."""

    source = "lazada"
    layouts = (
        Layout("lazada_income_csv", ("Fee Name", "Transaction Date", "Order Line ID")),
        Layout("lazada_income_csv", ("Fee Name", "Statement Number", "Transaction Date")),
        Layout("lazada_income_csv", ("Transaction Date", "Transaction Type", "Fee Name", "Amount")),
    )
    amounts = _AMOUNT
    days = _DAY
    order = "dmy"

    def begin(self, table: Table) -> None:
        table.settle_currency("", "MYR")
        if _ESTIMATE in table.document.head_text or table.has("Est Release Amount(Include Tax)"):
            table.reading.warnings.add("estimate_not_final")

    def line(self, line: Line) -> None:
        currency, name = line.table.currency, line.cell("Fee Name")
        amount = line.must_amount(currency, *_AMOUNT)
        placed = line.when(line.cell(*_DAY))
        verdict = judge(name, amount)
        signed = amount if verdict[0] in (Kind.INCOME, Kind.OTHER, Kind.IGNORED) else -amount
        if verdict[0] is Kind.NEUTRAL:
            signed = abs(amount)
        identity = line.first("Order Line ID", "Order Item No.", "Order Number", "Order No.")
        key = line.key(identity, name, line.cell("Statement Number", "Statement"), placed.day, amount)
        words = " ".join(filter(None, (line.cell("Order Number", "Order No."), name)))
        settled = line.day_of("Release Date")
        line.add(verdict, signed, currency, placed, key, party="Lazada", words=words, settled=settled)


def judge(name: str, amount: int) -> tuple[Kind, str, bool]:
    """The verdict on a fee line by its name and sign."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if name.casefold() in _SALES:
        return (Kind.INCOME, "sale", False) if amount > 0 else (Kind.REFUND, "sale_refund", False)
    if _REFUND.search(name):
        return Kind.REFUND, "sale_refund", False
    if _OWN.search(name) or (amount > 0 and _NEUTRAL.search(name)):
        return Kind.NEUTRAL, "reserve_or_payout", False
    if _OTHER.search(name):
        return Kind.OTHER, "marketplace_other", False
    return Kind.FEE, "marketplace_fee", False


READERS = (Lazada(),)
