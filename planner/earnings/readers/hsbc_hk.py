"""HSBC Hong Kong (香港汇丰): account and card CSV, several currencies in one account."""

from __future__ import annotations

import re

from planner.earnings.bank import enter_card
from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_INTEREST = re.compile(r"\binterest\b", re.IGNORECASE)
_REFUND = re.compile(r"\brefund|\brevers", re.IGNORECASE)
_TRANSFER = re.compile(r"\bfund transfer\b|\btransfer from\b|\bfps\b", re.IGNORECASE)
_OWN = re.compile(r"\bcard payment\b|\bcredit card\b|\bown account\b|\btime deposit\b", re.IGNORECASE)


class HsbcHongKong(TableReader):
    """DD/MM/YYYY; the amount signed, a tab behind it."""

    source = "hsbc_hk"
    layouts = (
        Layout("hsbc_hk_csv", ("Post date", "Transaction date", "Description", "Billing amount")),
        Layout("hsbc_hk_csv", ("Date", "Description", "Billing amount", "Billing currency")),
    )
    amounts = ("Billing amount", "Balance")
    days = ("Date", "Transaction date", "Post date")
    order = "dmy"

    def line(self, line: Line) -> None:
        currency = line.currency("Billing currency")
        amount = line.must_amount(currency, "Billing amount")
        placed = line.when(line.cell("Date", "Transaction date"), line.cell("Post date"))
        words = " ".join(line.cell("Description").split())
        if line.table.has("Post date"):
            enter_card(line, -amount, currency, placed, card="", words=words)
            return
        key = line.key_by(line.cell("Balance"), placed.day.isoformat(), amount, currency, words)
        line.add(judge(amount, words), abs(amount), currency, placed, key, party=words, words=words)


def judge(amount: int, words: str) -> tuple[Kind, str, bool]:
    """The verdict on a line of the account by its sign and words."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if _OWN.search(words):
        return Kind.NEUTRAL, "own_money", False
    if amount < 0:
        return Kind.EXPENSE, "payment_made", False
    if _REFUND.search(words):
        return Kind.REFUND, "purchase_refund", False
    if _INTEREST.search(words):
        return Kind.INCOME, "interest", True
    if _TRANSFER.search(words):
        return Kind.INCOME, "person_transfer", True
    return Kind.INCOME, "bank_credit", False


READERS = (HsbcHongKong(),)
