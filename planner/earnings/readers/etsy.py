"""Etsy monthly statement: sales, fees and taxes as rows; the amount of a deposit stands in its title."""

from __future__ import annotations

import html
import re

from planner.earnings.cells import minor_units
from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_KINDS = {
    "sale": "sale", "venta": "sale", "vente": "sale", "verkauf": "sale",
    "refund": "refund", "reembolso": "refund", "remboursement": "refund", "rückerstattung": "refund",
    "fee": "fee", "tarifa": "fee", "frais": "fee", "gebühr": "fee", "marketing": "fee", "shipping": "fee",
    "tax": "tax", "vat": "tax", "impuesto": "tax", "iva": "tax", "taxe": "tax", "steuer": "tax",
    "deposit": "deposit", "depósito": "deposit", "versement": "deposit", "einzahlung": "deposit",
}  # fmt: skip
_DEPOSITED = re.compile(r"[A-Z]{0,3}[$€£]?\s?[\d.,]+")


class Etsy(TableReader):
    """A sale holds the buyer's sales tax, which a row of its own takes out again."""

    source = "etsy"
    layouts = (
        Layout("etsy_statement_csv", ("Date", "Type", "Title", "Info", "Currency")),
        Layout("etsy_statement_csv", ("Fecha", "Tipo", "Título", "Información")),
    )
    amounts = ("Amount", "Net", "Importe", "Neto")
    days = ("Date", "Fecha")

    def line(self, line: Line) -> None:
        currency = line.currency("Currency", "Divisa", "Moneda")
        title = html.unescape(line.cell("Title", "Título"))
        amount, net = line.amount(currency, "Amount", "Importe"), line.amount(currency, "Net", "Neto")
        placed = line.when(line.cell("Date", "Fecha"))
        sort = _KINDS.get(line.cell("Type", "Tipo").casefold(), "other")
        if sort == "deposit":
            verdict, signed = (
                (Kind.NEUTRAL, "withdrawal", False),
                _deposited(title, currency, line.table.mark),
            )
        elif sort == "sale":
            verdict, signed = (Kind.INCOME, "sale", False), amount or net
        elif sort == "refund":
            verdict, signed = (Kind.REFUND, "sale_refund", False), -(amount or net)
        elif sort == "fee":
            verdict, signed = (Kind.FEE, "marketplace_fee", False), -(net or amount)
        else:
            verdict, signed = (Kind.OTHER, "marketplace_other", False), net or amount
        info = html.unescape(line.cell("Info", "Información"))
        key = line.key_by("", info, sort, title, placed.day, signed)
        line.add(
            verdict, signed, currency, placed, key, party="Etsy", words=" ".join(filter(None, (title, info)))
        )


def _deposited(title: str, currency: str, mark: str) -> int:
    match = _DEPOSITED.search(title)
    try:
        return abs(minor_units(match[0], currency, mark) or 0) if match else 0
    except ValueError:
        return 0


READERS = (Etsy(),)
