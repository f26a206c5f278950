"""Shopify Payments: the transactions, and the payouts that gather them."""

from __future__ import annotations

from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind


class ShopifyTransactions(TableReader):
    """Amounts are in Currency, never in the shopper's Presentment Currency; whatever the payout's state."""

    source = "shopify"
    layouts = (
        Layout("shopify_payments_csv", ("Transaction Date", "Type", "Order", "Payout Status", "Amount")),
    )
    amounts = ("Amount", "Net")

    def line(self, line: Line) -> None:
        currency = line.currency("Currency")
        amount = line.must_amount(currency, "Amount")
        placed = line.when(line.cell("Transaction Date"))
        verdict = judge(line.cell("Type").casefold(), amount)
        signed = amount if verdict[0] in (Kind.INCOME, Kind.OTHER, Kind.IGNORED) else -amount
        if verdict[0] is Kind.NEUTRAL:
            signed = abs(amount)
        identity = (line.cell("Checkout"), line.cell("Order"), line.cell("Type"))
        key = line.key("|".join(identity), placed.moment.isoformat(), amount)
        words, settled = line.cell("Order"), line.day_of("Payout Date")
        line.add(verdict, signed, currency, placed, key, party="Shopify", words=words, settled=settled)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(line.amount(currency, "Fee"), currency, placed, key, party="Shopify")


class ShopifyPayouts(TableReader):
    """Only sums of the transactions: money moved to the bank, never earned a second time."""

    source = "shopify_payouts"
    layouts = (
        Layout("shopify_payouts_csv", ("Payout Date", "Status", "Charges", "Refunds", "Total", "Currency")),
    )
    amounts = ("Charges", "Total")

    def line(self, line: Line) -> None:
        currency = line.currency("Currency")
        total = line.must_amount(currency, "Total")
        placed = line.when(line.cell("Payout Date"))
        gone = line.cell("Status").casefold() in ("failed", "canceled", "cancelled")
        verdict = (Kind.IGNORED, "closed", False) if gone else (Kind.NEUTRAL, "withdrawal", False)
        key = line.key(f"{placed.day}|{currency}", total)
        line.add(verdict, abs(total), currency, placed, key, party="Shopify", words="payout")


def judge(kind: str, amount: int) -> tuple[Kind, str, bool]:
    """The verdict on a transaction by its type."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if kind.startswith("payout") or "reserve" in kind or "transfer" in kind:
        return Kind.NEUTRAL, "withdrawal" if kind == "payout" else "reserve_or_payout", False
    if kind in ("refund", "chargeback", "dispute", "refund_failure", "chargeback won") or (
        kind == "charge" and amount < 0
    ):
        return Kind.REFUND, "sale_refund", False
    if kind == "charge":
        return Kind.INCOME, "sale", False
    return (Kind.FEE, "marketplace_fee", False) if "fee" in kind else (Kind.OTHER, "marketplace_other", False)


READERS = (ShopifyTransactions(), ShopifyPayouts())
