"""Wise statement CSV: one currency a file, fees as rows that repeat the id of their transfer."""

from __future__ import annotations

import re

from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_FEE = re.compile(r"^(?:Wise|TransferWise) Charges for", re.IGNORECASE)
_OWN = re.compile(r"^Topped up|^Converted|^Conversion|^Sent money|^Moved", re.IGNORECASE)
_REFUND = re.compile(r"refund|cashback revers", re.IGNORECASE)
_EARNED = "DEPOSIT"
_PAID = frozenset({"CARD", "DIRECT_DEBIT"})
_NEUTRAL_TYPES = frozenset(
    {"CONVERSION", "MONEY_ADDED", "CONVERT", "INVESTMENT_TRADE_ORDER", "BALANCE_CASHBACK"}
)


class Wise(TableReader):
    """Older files lack the details type: then the description tells."""

    source = "wise"
    layouts = (
        Layout("wise_statement_csv", ("TransferWise ID", "Date", "Amount", "Currency", "Description")),
    )
    amounts = ("Amount", "Running Balance")
    days = ("Date",)
    order = "dmy"
    has_totals = False

    def line(self, line: Line) -> None:
        currency = line.currency("Currency")
        amount = line.must_amount(currency, "Amount")
        placed = line.when(line.cell("Date Time"), line.cell("Date"))
        words, details = line.cell("Description"), line.cell("Transaction Details Type").upper()
        verdict = judge(details, words, amount)
        line.add(
            verdict,
            abs(amount),
            currency,
            placed,
            line.key(line.cell("TransferWise ID"), placed.day.isoformat(), amount, currency, words[:12]),
            party=line.first("Payer Name", "Payee Name", "Merchant"),
            words=words,
        )


def judge(details: str, words: str, amount: int) -> tuple[Kind, str, bool]:
    """The verdict on a row by its details type, words and sign."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if _FEE.search(words):
        return Kind.FEE, "account_fee", False
    if details in _NEUTRAL_TYPES or (_OWN.search(words) and (amount > 0 or details in ("", "TRANSFER"))):
        return Kind.NEUTRAL, "withdrawal" if words.startswith("Sent money") else "own_money", False
    if amount < 0:
        return (
            (Kind.NEUTRAL, "withdrawal", False)
            if details == "TRANSFER"
            else (Kind.EXPENSE, "payment_made", False)
        )
    if details in _PAID or _REFUND.search(words):
        return Kind.REFUND, "purchase_refund", False
    if details not in ("", _EARNED):  # a transfer that came back, interest, money between own balances
        return Kind.NEUTRAL, "own_money", False
    return Kind.INCOME, "payment_received", False


READERS = (Wise(),)
