"""PayPal activity download (English) and the eighteen-column statement (English, German, Spanish, French)."""

from __future__ import annotations

import re

from planner.earnings.cells import (
    currency_of,
    decimal_mark,
    is_damaged_id,
    is_year_last,
    minor_units,
    when,
    year_last_order,
    zone_of,
)
from planner.earnings.document import Document, Header, Row
from planner.earnings.reader import CERTAIN, CLOSED, FEE_IN_ROW, PENDING, Reading, own_key
from planner.values import Kind, Money

_ACTIVITY = (
    "Date",
    "Time",
    "TimeZone",
    "Type",
    "Status",
    "Currency",
    "Gross",
    "Fee",
    "Net",
    "Transaction ID",
)
_STATEMENTS = (
    ("Date", "Time", "Time Zone", "Description", "Currency", "Gross", "Fee", "Net", "Transaction ID", "Name"),
    ("Datum", "Uhrzeit", "Zeitzone", "Beschreibung", "Währung", "Brutto", "Entgelt", "Netto", "Transaktionscode", "Name"),
    ("Fecha", "Hora", "Zona horaria", "Descripción", "Divisa", "Bruto", "Comisión", "Neto", "Id. de transacción", "Nombre"),
    ("Date", "Heure", "Fuseau horaire", "Description", "Devise", "Brut", "Frais", "Net", "Numéro de transaction", "Nom"),
)  # fmt: skip  # noqa: E501
_ENGLISH = ("Date", "Time", "TimeZone", "Type", "Currency", "Gross", "Fee", "Net", "Transaction ID", "Name")
_NEUTRAL = re.compile(
    r"conversion|withdraw|\bhold\b|\brelease\b|reserve|bank deposit|transfer to bank|user initiated"
    r"|währungsumrechnung|abbuchung|einbehalt|freigabe|bankgutschrift"
    r"|conversión|retirad|retención|liberación|virement|retenue|déblocage",
    re.IGNORECASE,
)
_REFUND = re.compile(
    r"refund|revers|chargeback(?! fee)|rückzahlung|rückbuchung|reembolso|remboursement", re.IGNORECASE
)
_FEE = re.compile(r"\bfees?\b|gebühr|entgelt|comisión|\bfrais\b", re.IGNORECASE)


class PayPal:
    """Dates follow the account's locale; a payment in another currency brings neutral rows of conversion."""

    source = "paypal"

    def recognise(self, document: Document) -> float:
        return CERTAIN if _names(document) else 0.0

    def read(self, document: Document) -> Reading:
        found = _names(document)
        assert found is not None
        header, names, format_ = found
        reading = Reading(format_, self.source, last_day=document.last_day)
        rows = []
        for row, torn in document.whole_rows(header):
            if torn:
                reading.skip(row.line, "truncated")
            elif row.cell(header[names[0]]) or row.cell(header[names[5]]):
                rows.append(row)
            else:
                reading.skip(row.line, "not_a_row")
        days = [row.cell(header[names[0]]) for row in rows]
        order = year_last_order(days)
        if not order and any(map(is_year_last, days)):
            order = _order_of_zone(rows, header, names)
            if not order:
                order = "mdy" if names[0] == "Date" and names[1] == "Time" else "dmy"
                reading.warnings.add("ambiguous_date")
        mark = decimal_mark(row.cell(header[name]) for row in rows for name in names[5:8])
        for row in rows:
            _read_row(row, header, names, order, mark, reading)
        return reading.finish()


def _names(document: Document) -> tuple[Header, tuple[str, ...], str] | None:
    header = document.header(*_ACTIVITY)
    if header:
        return header, _ENGLISH, "paypal_activity_csv"
    for names in _STATEMENTS:
        header = document.header(*names[:9])
        if header:
            return header, names, "paypal_statement_csv"
    return None


def _order_of_zone(rows: list[Row], header: Header, names: tuple[str, ...]) -> str:
    zone = next((row.cell(header[names[2]]) for row in rows if row.cell(header[names[2]])), "")
    if zone in ("PST", "PDT", "EST", "EDT", "CDT", "MDT") or zone.startswith("America/"):
        return "mdy"
    return "dmy" if zone.startswith("Europe/") or zone in ("CET", "CEST", "BST") else ""


def _read_row(
    row: Row, header: Header, names: tuple[str, ...], order: str, mark: str, reading: Reading
) -> None:
    date_, time, zone, words, currency_, gross_, fee_, net_, identity_, name = names
    reading.data_rows += 1
    placed = when(
        f"{row.cell(header[date_])} {row.cell(header[time])}".strip(),
        order=order,
        zone=zone_of(row.cell(header[zone])),
    )
    currency = currency_of(row.cell(header[currency_]))
    try:
        gross = minor_units(row.cell(header[gross_]), currency, mark) or 0
        fee = minor_units(row.cell(header[fee_]), currency, mark) or 0
    except ValueError:
        currency, gross, fee = "", 0, 0
    if placed is None or not currency:
        reading.skip(row.line, "bad_date" if placed is None else "bad_amount")
        return
    description, identity = row.cell(header[words]), row.cell(header[identity_])
    if is_damaged_id(identity):
        reading.warnings.add("ids_damaged")
    kind, reason = judge(row.cell(header.find("Status")), description, gross)
    party = row.cell(header.find(name))
    key = own_key(identity, placed.moment.isoformat(), gross, currency, description)
    reading.add(
        row.line,
        f"{key}|{reason}" if reason in (PENDING, CLOSED) else key,
        kind,
        Money(-gross if kind is Kind.FEE else abs(gross), currency),
        placed.day,
        placed.month,
        reason=reason,
        counterparty=party,
        description=description,
        moment=placed.moment,
    )
    if fee and kind in (Kind.INCOME, Kind.REFUND) and placed.day <= reading.last_day:
        reading.add(
            row.line,
            f"{key}|{FEE_IN_ROW}",
            Kind.FEE,
            Money(-fee, currency),
            placed.day,
            placed.month,
            reason=FEE_IN_ROW,
            counterparty=party,
            description=description,
            moment=placed.moment,
        )


def judge(status: str, description: str, gross: int) -> tuple[Kind, str]:
    """Kind and reason by status (statements have none: all completed), type and sign."""
    if status and status.casefold() not in ("completed", "partially refunded", "refunded"):
        return Kind.IGNORED, PENDING if status.casefold() in ("pending", "uncleared", "held") else CLOSED
    if not gross:
        return Kind.IGNORED, "zero_amount"
    if _NEUTRAL.search(description):
        return Kind.NEUTRAL, "withdrawal" if re.search(
            "withdraw|abbuchung|retir|virement", description, re.I
        ) else "own_money"
    if _REFUND.search(description):
        return Kind.REFUND, "sale_refund" if gross < 0 else "purchase_refund"
    if _FEE.search(description):
        return Kind.FEE, "account_fee"
    return (Kind.INCOME, "payment_received") if gross > 0 else (Kind.EXPENSE, "payment_made")


READERS = (PayPal(),)
