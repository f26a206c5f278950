"""Upwork: transaction history, and the report of earnings by contract."""

from __future__ import annotations

from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_EARNED = ("hourly", "fixed price", "fixed-price", "bonus", "milestone", "expense reimbursement", "overtime")


class UpworkTransactions(TableReader):
    """Newest first; the service fee is a row of its own."""

    source = "upwork"
    layouts = (Layout("upwork_transactions_csv", ("Date", "Ref ID", "Type", "Freelancer", "Amount")),)
    amounts = ("Amount", "Balance")
    days = ("Date",)
    order = "mdy"

    def line(self, line: Line) -> None:
        currency = line.currency_or(line.cell("Currency"), "USD")
        amount, kind = line.must_amount(currency, "Amount"), line.cell("Type")
        placed = line.when(line.cell("Date"))
        verdict = judge(kind.casefold(), amount)
        signed = abs(amount) if verdict[0] in (Kind.INCOME, Kind.NEUTRAL, Kind.EXPENSE) else -amount
        if verdict[0] in (Kind.OTHER, Kind.IGNORED):
            signed = amount
        key = line.key(line.cell("Ref ID"), placed.day.isoformat(), kind, amount)
        party, words = line.first("Account Name", "Team"), line.cell("Description")
        line.add(verdict, signed, currency, placed, key, party=party, words=" ".join((kind, words)).strip())


class UpworkEarnings(TableReader):
    """`Date, Contract, Hours, Amount, Payment type`: gross pay by contract."""

    source = "upwork_earnings"
    layouts = (Layout("upwork_earnings_csv", ("Date", "Contract", "Hours", "Amount", "Payment type")),)
    amounts = ("Amount",)
    days = ("Date",)
    order = "mdy"

    def begin(self, table: Table) -> None:
        table.settle_currency("", "USD")

    def line(self, line: Line) -> None:
        amount = line.must_amount(line.table.currency, "Amount")
        placed = line.when(line.cell("Date"))
        verdict = judge(line.cell("Payment type").casefold() or "hourly", amount)
        key = line.key_by("", placed.day, line.cell("Contract"), amount, line.cell("Payment type"))
        line.add(verdict, abs(amount), line.table.currency, placed, key, party=line.cell("Contract"))


def judge(kind: str, amount: int) -> tuple[Kind, str, bool]:
    """The verdict on a row by its type."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if "fee" in kind or "connects" in kind or "membership" in kind:
        return Kind.FEE, "marketplace_fee" if "withdrawal" not in kind else "account_fee", False
    if "withdrawal" in kind or "payment method" in kind:
        return Kind.NEUTRAL, "withdrawal", False
    if "refund" in kind or "chargeback" in kind:
        return Kind.REFUND, "sale_refund", False
    if kind.startswith(_EARNED):
        return (Kind.INCOME, "payment_received", False) if amount > 0 else (Kind.REFUND, "sale_refund", False)
    return Kind.OTHER, "marketplace_other", False


READERS = (UpworkTransactions(), UpworkEarnings())
