"""Payoneer transaction list: credits and debits in two unsigned columns, a balance in each currency."""

from __future__ import annotations

import re

from planner.earnings.cells import When, currency_of
from planner.earnings.marks import PAID_OUT, PENDING
from planner.earnings.table import Layout, Line, OddCellError, TableReader, Verdict
from planner.values import Kind

_COLUMNS = ("Transaction Date", "Credit Amount", "Debit Amount", "Currency", "Status", "Description")
_FEE = re.compile(r"\bfees?\b|\bcharge\b", re.IGNORECASE)
_REFUND = re.compile(r"\brefund|\bchargeback|\brevers", re.IGNORECASE)
_OWN = re.compile(
    r"\bwithdraw|transfer between|between (?:your )?balances|currency conversion|\bconver(?:t|sion)"
    r"|\bexchange\b|\btop.?up\b|\btransfer to (?:your |own )?(?:bank|card)",
    re.IGNORECASE,
)


class Payoneer(TableReader):
    """Both column sets: with transaction id, and the older one by payout method without."""

    source = "payoneer"
    layouts = (
        Layout("payoneer_csv", (*_COLUMNS, "Transaction ID")),
        Layout("payoneer_csv", (*_COLUMNS, "Payout method")),
        Layout("payoneer_csv", _COLUMNS, mark="Payoneer"),
    )
    amounts = ("Credit Amount", "Debit Amount")
    days = ("Transaction Date",)
    order = "mdy"
    has_totals = False

    def line(self, line: Line) -> None:
        placed = line.when_at(
            line.cell("Transaction Date"), line.cell("Transaction Time"), zone=line.cell("Time Zone")
        )
        currency = line.currency("Currency")
        credit, debit = line.amount(currency, "Credit Amount"), line.amount(currency, "Debit Amount")
        words = line.cell("Description")
        verdict = judge(line.cell("Status"), words, abs(credit), abs(debit))
        amount = abs(credit) or abs(debit)
        if verdict[0] is Kind.FEE and credit:
            amount = -amount
        balance = line.cell("Running Balance")
        key = line.key(
            line.cell("Transaction ID"), placed.moment.isoformat(), credit, debit, currency, balance
        )
        key = f"{key}|{PENDING}" if verdict[1] == PENDING else key
        party = line.cell("Source") or words.removeprefix("Payment from ").strip()
        line.add(verdict, amount, currency, placed, key, party=party, words=words)
        if verdict[1] == "withdrawal":
            _add_arrival(line, key, placed)


def _add_arrival(line: Line, key: str, placed: When) -> None:
    """The amount that a withdrawal puts on the bank account, in the account's currency."""
    currency = currency_of(line.cell("Transfer Amount Currency"))
    try:
        amount = line.amount(currency, "Transfer Amount") if currency else 0
    except OddCellError:
        return
    if amount:
        verdict = (Kind.NEUTRAL, PAID_OUT, False)
        line.add(verdict, abs(amount), currency, placed, f"{key}|{PAID_OUT}")


def judge(status: str, description: str, credit: int, debit: int) -> Verdict:
    """The verdict by status, words and direction."""
    state = status.casefold()
    if state != "completed":
        return Kind.IGNORED, PENDING if "pend" in state or "progress" in state else "closed", False
    if not (credit or debit):
        return Kind.IGNORED, "zero_amount", False
    paid_in = description.casefold().startswith("payment from")
    if _FEE.search(description) and not paid_in:
        return Kind.FEE, "account_fee", False
    if _OWN.search(description) and not paid_in:
        reason = "withdrawal" if "withdraw" in description.casefold() else "own_money"
        return Kind.NEUTRAL, reason, False
    if _REFUND.search(description) and not paid_in:
        return Kind.REFUND, "purchase_refund" if credit else "sale_refund", False
    return (Kind.INCOME, "payment_received", False) if credit else (Kind.EXPENSE, "payment_made", False)


READERS = (Payoneer(),)
