"""Etsy monthly statement: sales, fees and taxes as rows; the amount of a deposit stands in its title."""

from __future__ import annotations

import html
import re

from planner.earnings.cells import minor_units
from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_DATE = ("Date", "Fecha", "Datum", "Data")
_TYPE = ("Type", "Tipo", "Typ")
_TITLE = ("Title", "Título", "Titel", "Titre", "Titolo")
_INFO = ("Info", "Información", "Infos", "Informazioni")
_CURRENCY = ("Currency", "Divisa", "Moneda", "Währung", "Devise", "Valuta")
_AMOUNT = ("Amount", "Importe", "Cantidad", "Betrag", "Montant", "Importo")
_NET = ("Net", "Neto", "Netto", "Importe neto", "Nettobetrag")
_AVAILABLE = ("Availability Date", "Fecha de disponibilidad", "Verfügbarkeitsdatum")
_KINDS = {
    "sale": "sale", "venta": "sale", "vente": "sale", "verkauf": "sale", "vendita": "sale",
    "refund": "refund", "reembolso": "refund", "remboursement": "refund", "rückerstattung": "refund",
    "rimborso": "refund",
    "fee": "fee", "tarifa": "fee", "comisión": "fee", "frais": "fee", "gebühr": "fee", "commissione": "fee",
    "tariffa": "fee", "marketing": "fee", "shipping": "fee", "envío": "fee", "versand": "fee",
    "tax": "tax", "vat": "tax", "impuesto": "tax", "iva": "tax", "taxe": "tax", "steuer": "tax", "tva": "tax",
    "mwst": "tax", "ust": "tax", "gst": "tax", "imposta": "tax",
    "deposit": "deposit", "depósito": "deposit", "versement": "deposit", "einzahlung": "deposit",
    "deposito": "deposit", "virement": "deposit", "dépôt": "deposit", "reserve": "deposit",
}  # fmt: skip
_DEPOSITED = re.compile(r"[A-Z]{0,3}[$€£]?\s?\d[\d.,\s]*")


class Etsy(TableReader):
    """A sale holds the buyer's sales tax, which a row of its own takes out again."""

    source = "etsy"
    layouts = (
        Layout("etsy_statement_csv", ("Date", "Type", "Title", "Info", "Currency")),
        Layout("etsy_statement_csv", ("Fecha", "Tipo", "Título", "Información")),
        Layout("etsy_statement_csv", ("Datum", "Typ", "Titel", "Info", "Währung")),
        Layout("etsy_statement_csv", ("Date", "Type", "Titre", "Info", "Devise")),
        Layout("etsy_statement_csv", ("Data", "Tipo", "Titolo", "Valuta")),
    )
    amounts = (*_AMOUNT, *_NET)
    days = _DATE

    def line(self, line: Line) -> None:
        currency = line.currency(*_CURRENCY)
        title, info = html.unescape(line.cell(*_TITLE)), html.unescape(line.cell(*_INFO))
        amount, net = line.amount(currency, *_AMOUNT), line.amount(currency, *_NET)
        placed = line.when(line.cell(*_DATE))
        sort = _KINDS.get(line.cell(*_TYPE).casefold(), "other")
        if sort == "deposit":
            verdict = (Kind.NEUTRAL, "withdrawal", False)
            signed = _deposited(title, currency, line.table.mark) or abs(net or amount)
        elif sort == "sale":
            verdict, signed = (Kind.INCOME, "sale", False), amount or net
        elif sort == "refund":
            verdict, signed = (Kind.REFUND, "sale_refund", False), -(amount or net)
        elif sort == "fee":
            verdict, signed = (Kind.FEE, "marketplace_fee", False), -(net or amount)
        else:
            verdict, signed = (Kind.OTHER, "marketplace_other", False), net or amount
        key = line.key_by("", info, sort, title, placed.day, signed)
        words, settled = " ".join(filter(None, (title, info))), line.day_of(*_AVAILABLE)
        line.add(verdict, signed, currency, placed, key, party="Etsy", words=words, settled=settled)


def _deposited(title: str, currency: str, mark: str) -> int:
    match = _DEPOSITED.search(title)
    try:
        return abs(minor_units(match[0], currency, mark) or 0) if match else 0
    except ValueError:
        return 0


READERS = (Etsy(),)
