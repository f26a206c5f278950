"""Stripe: the payments export, the itemised balance report, and the list of all activity."""

from __future__ import annotations

from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_TIMES = ("Created (UTC)", "Created date (UTC)", "created", "created_utc")
_PAID_OUT = (
    *("automatic_payout_effective_at_utc", "automatic_payout_effective_at", "Transfer Date (UTC)"),
    *("available_on_utc", "Available On (UTC)", "available_on"),
)
_REFUNDED = ("Amount Refunded", "amount_refunded")
_CATEGORIES = {
    "charge": "sale",
    "payment": "sale",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund",
    "payment_failure_refund": "refund",
    "dispute": "refund",
    "dispute_reversal": "refund",
    "fee": "fee",
    "stripe_fee": "fee",
    "network_cost": "fee",
    "tax_fee": "fee",
    "payout": "own",
    "payout_reversal": "own",
    "transfer": "own",
    "transfer_reversal": "own",
    "topup": "own",
    "topup_reversal": "own",
    "advance": "own",
    "reserve_transaction": "own",
    "reserved_funds": "own",
    "payout_cancel": "own",
    "payout_failure": "own",
}


class StripePayments(TableReader):
    """Every payment with what was refunded of it in the same row; test payments are no money."""

    source = "stripe"
    layouts = tuple(
        Layout("stripe_charges_csv", ("id", "Amount", refunded, "Currency", "Status"))
        for refunded in _REFUNDED
    )
    amounts = ("Amount", *_REFUNDED)
    days = _TIMES
    order = "mdy"

    def line(self, line: Line) -> None:
        currency = line.currency("Currency")
        amount = line.must_amount(currency, "Amount")
        placed = line.when(line.cell(*_TIMES), zone="UTC")
        status, is_test = line.cell("Status").casefold(), line.cell("Mode").casefold() == "test"
        if is_test:
            line.table.reading.warnings.add("test_mode_rows")
        counts = not is_test and status in ("paid", "refunded", "succeeded", "partially refunded")
        verdict = (Kind.INCOME, "sale", False) if counts else (Kind.IGNORED, "closed", False)
        key = line.key(line.cell("id"))
        party = line.cell("Customer Description", "customer_description") or line.cell("Description")
        line.add(verdict, amount, currency, placed, key, party=party, words=line.cell("Description"))
        refunded = line.amount(currency, *_REFUNDED)
        if counts and refunded:
            back = (Kind.REFUND, "sale_refund", False)
            line.add(back, abs(refunded), currency, placed, f"{key}|refund", party=party)
        if counts and line.cell("Fee"):
            fee_currency = line.currency_or(line.cell("Converted Currency", "converted_currency"), currency)
            line.add_fee(line.amount(fee_currency, "Fee"), fee_currency, placed, key, party=party)


class StripeBalance(TableReader):
    """The balance: a category or a type says what a row is."""

    source = "stripe_balance"
    layouts = (
        Layout(
            "stripe_balance_itemized_csv", ("balance_transaction_id", "reporting_category", "gross", "net")
        ),
        Layout("stripe_activity_csv", ("id", "Type", "Source", "Amount", "Fee", "Net", "Currency")),
    )
    amounts = ("gross", "Amount")
    days = _TIMES
    order = "mdy"

    def line(self, line: Line) -> None:
        currency = line.currency("currency")
        gross, fee = line.must_amount(currency, "gross", "Amount"), line.amount(currency, "Fee")
        placed = line.when(line.cell(*_TIMES), zone="UTC")
        verdict = judge(line.cell("reporting_category", "Type").casefold(), gross)
        amount = abs(gross) if verdict[0] is Kind.NEUTRAL else gross
        if verdict[0] in (Kind.FEE, Kind.REFUND):
            amount = -gross
        key = line.key(line.cell("balance_transaction_id", "id"), line.cell("source_id", "Source"))
        words, settled = line.cell("Description"), line.day_in(*_PAID_OUT)
        line.add(verdict, amount, currency, placed, key, party="Stripe", words=words, settled=settled)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(fee, currency, placed, key, party="Stripe")


def judge(category: str, gross: int) -> tuple[Kind, str, bool]:
    """The verdict on a row of the balance."""
    sort = _CATEGORIES.get(category.replace(" ", "_"), "other")
    if not gross:
        return Kind.IGNORED, "zero_amount", False
    if sort == "own":
        return Kind.NEUTRAL, "withdrawal" if category == "payout" else "own_money", False
    if sort == "refund" or (sort == "sale" and gross < 0):
        return Kind.REFUND, "sale_refund", False
    if sort == "fee":
        return Kind.FEE, "account_fee", False
    return (Kind.INCOME, "sale", False) if sort == "sale" else (Kind.OTHER, "marketplace_other", False)


READERS = (StripePayments(), StripeBalance())
