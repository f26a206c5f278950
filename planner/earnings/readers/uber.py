"""Uber's payments by trip (abroad): a flattened tree; what was earned, never what was paid out."""

from __future__ import annotations

import re

from planner.earnings.table import Layout, Line, OddCellError, Table, TableReader
from planner.values import Kind

_PAID, _EARNED = "Paid to you", "Paid to you : Your earnings"
_ZONE_NAME = re.compile(r"\s+[A-Z]{3,4}$")  # written behind the offset, which says the same


class Uber(TableReader):
    """A cash trip pays nothing out and is still earned; no column names the currency."""

    source = "uber"
    layouts = (
        Layout("uber_payments_order_csv", ("transaction UUID", "Driver UUID", _EARNED)),
        Layout("uber_payments_order_csv", ("transaction UUID", "Driver UUID", "Paid to you:Your earnings")),
    )
    amounts = (_PAID, _EARNED)

    def begin(self, table: Table) -> None:
        table.settle_currency("", "USD")

    def line(self, line: Line) -> None:
        currency, words = line.table.currency, line.cell("Description")
        earned = line.amount(currency, _EARNED, "Paid to you:Your earnings")
        paid = line.amount(currency, _PAID)
        time = next((cell for cell in line.row.cells if re.match(r"\d{4}-\d\d-\d\d \d\d:", cell)), "")
        if not time:
            raise OddCellError("bad_date")
        placed = line.when(_ZONE_NAME.sub("", time))
        key = line.key(line.cell("transaction UUID"))
        if "payout" in words.casefold():
            verdict, amount = (Kind.NEUTRAL, "withdrawal", False), abs(paid)
        elif earned > 0:
            verdict, amount = (Kind.INCOME, "payment_received", False), earned
        elif earned < 0:
            verdict, amount = (Kind.REFUND, "sale_refund", False), -earned
        else:
            verdict, amount = (Kind.OTHER if paid else Kind.IGNORED, "zero_amount", False), paid
        line.add(verdict, amount, currency, placed, key, party="Uber", words=words)


READERS = (Uber(),)
