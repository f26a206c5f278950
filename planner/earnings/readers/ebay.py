"""eBay transaction report: an order is one row; its items below repeat it and are never added."""

from __future__ import annotations

import re

from planner.earnings.cells import currency_of
from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_DAY = ("Transaction creation date", "Datum der Transaktionserstellung")
_TYPE = ("Type", "Typ")
_ORDER = ("Order number", "Bestellnummer")
_NET = ("Net amount", "Betrag abzügl. Kosten")
_GROSS = ("Gross transaction amount", "Transaktionsbetrag (inkl. Kosten)")
_CURRENCY = ("Transaction currency", "Transaktionswährung")
_PAYOUT_CURRENCY = ("Payout currency", "Auszahlungswährung")
_PAYOUT_DAY = ("Payout date", "Auszahlungsdatum")
_ITEM = ("Item ID", "Artikelnummer")
_TITLE = ("Item title", "Angebotstitel", "Artikelbezeichnung")
_SUBTOTAL = ("Item subtotal", "Zwischensumme Artikel")
_REFERENCE = ("Reference ID", "Referenznummer")
_SALE = re.compile(r"order|bestellung", re.IGNORECASE)
_REFUND = re.compile(r"refund|erstattung|claim|dispute|zahlungsstreit|reklamation|fall", re.IGNORECASE)
_OWN = re.compile(r"payout|auszahlung|hold|einbehalt|transfer|übertrag", re.IGNORECASE)
_FEE = re.compile(r"fee\b|gebühr|label|versandetikett|charge\b|belastung", re.IGNORECASE)
_FEE_COLUMN = re.compile(r"\bfees?\b|gebühr|verkaufsprovision", re.IGNORECASE)


class Ebay(TableReader):
    """`--` is an empty cell; a payout or a hold moves money that was counted before."""

    source = "ebay"
    layouts = (
        Layout(
            "ebay_transaction_report", ("Transaction creation date", "Type", "Order number", "Net amount")
        ),
        Layout("ebay_transaction_report", ("Datum der Transaktionserstellung", "Typ", "Bestellnummer")),
    )
    amounts = (*_NET, *_GROSS)
    days = _DAY
    order = "dmy"

    def begin(self, table: Table) -> None:
        """Rows of items name no currency: they have that of the file's other rows."""
        codes = (
            currency_of(line.cell(*names))
            for names in (_CURRENCY, _PAYOUT_CURRENCY)
            for line in table.lines()
        )
        table.currency = next(filter(None, codes), "USD")
        table.memory["fees"] = [name for name in table.header.names if _FEE_COLUMN.search(name)]

    def line(self, line: Line) -> None:
        kind = line.cell(*_TYPE)
        placed = line.when(line.cell(*_DAY))
        payout = currency_of(line.cell(*_PAYOUT_CURRENCY)) or line.table.currency
        currency = line.currency_or(line.cell(*_CURRENCY), payout)
        parts = (kind, line.cell(*_ITEM), line.cell(*_REFERENCE), placed.day.isoformat())
        words = " ".join(filter(None, (line.cell(*_TITLE).strip("-"), kind)))
        if not line.cell(*_NET).strip("-"):  # an item of an order that stands in a row of its own
            verdict = (Kind.OTHER, "repeated_detail", False)
            amount = line.amount(currency, *_SUBTOTAL)
            key = line.key(line.cell(*_ORDER), *parts, "item", line.cell("Transaction ID"), amount)
            line.add(verdict, amount, currency, placed, key, party="eBay", words=words)
            return
        net = line.amount(payout, *_NET)
        gross = line.amount(currency, *_GROSS) if line.cell(*_GROSS).strip("-") else net
        verdict = judge(kind, gross)
        earned = verdict[0] in (Kind.INCOME, Kind.OTHER, Kind.IGNORED)
        amount = gross if earned else abs(gross) if verdict[0] is Kind.NEUTRAL else -gross
        key = line.key(line.cell(*_ORDER).strip("-"), *parts, gross, line.cell("Payout ID").strip("-"))
        settled = line.day_of(*_PAYOUT_DAY)
        line.add(verdict, amount, currency, placed, key, party="eBay", words=words, settled=settled)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            fees = gross - net if currency == payout else self._fees(line, currency)
            line.add_fee(fees, currency, placed, key, party="eBay")

    def _fees(self, line: Line, currency: str) -> int:
        """What was kept back of a sale that is paid out in another currency: the columns of fees."""
        return -sum(line.amount(currency, name) for name in line.table.memory["fees"])


def judge(kind: str, gross: int) -> tuple[Kind, str, bool]:
    """The verdict on a row by its type and sign."""
    if not gross:
        return Kind.IGNORED, "zero_amount", False
    if _OWN.search(kind):
        is_payout = re.search("payout|auszahlung", kind, re.IGNORECASE)
        return Kind.NEUTRAL, "withdrawal" if is_payout else "reserve_or_payout", False
    if _FEE.search(kind):
        return Kind.FEE, "marketplace_fee", False
    if _REFUND.search(kind):
        return Kind.REFUND, "sale_refund", False
    if _SALE.search(kind):
        return (Kind.INCOME, "sale", False) if gross > 0 else (Kind.REFUND, "sale_refund", False)
    return Kind.OTHER, "marketplace_other", False


READERS = (Ebay(),)
