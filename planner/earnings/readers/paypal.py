"""PayPal activity download (English) and the eighteen-column statement (English, German, Spanish, French)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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

_STATUS = "Status"


@dataclass(frozen=True, slots=True)
class _Names:
    """What one language and layout calls the columns."""

    format: str
    day: str
    time: str
    zone: str
    words: str
    currency: str
    gross: str
    fee: str
    net: str
    identity: str
    party: str

    @property
    def required(self) -> tuple[str, ...]:
        return (self.day, self.time, self.words, self.currency, self.gross, self.fee, self.net, self.identity)


_LAYOUTS = (
    _Names(
        "paypal_activity_csv",
        *("Date", "Time", "TimeZone", "Type", "Currency", "Gross", "Fee", "Net", "Transaction ID", "Name"),
    ),
    _Names(
        "paypal_statement_csv",
        *(
            "Date",
            "Time",
            "Time Zone",
            "Description",
            "Currency",
            "Gross",
            "Fee",
            "Net",
            "Transaction ID",
            "Name",
        ),
    ),
    _Names(
        "paypal_statement_csv",
        *("Datum", "Uhrzeit", "Zeitzone", "Beschreibung", "Währung", "Brutto", "Entgelt", "Netto"),
        *("Transaktionscode", "Name"),
    ),
    _Names(
        "paypal_statement_csv",
        *("Fecha", "Hora", "Zona horaria", "Descripción", "Divisa", "Bruto", "Comisión", "Neto"),
        *("Id. de transacción", "Nombre"),
    ),
    _Names(
        "paypal_statement_csv",
        *("Date", "Heure", "Fuseau horaire", "Description", "Devise", "Brut", "Frais", "Net"),
        *("Numéro de transaction", "Nom"),
    ),
)
_NEUTRAL = re.compile(
    r"conversion|withdraw|\bhold\b|\brelease\b|reserve|bank deposit|transfer to bank|user initiated"
    r"|währungsumrechnung|abbuchung|einbehalt|freigabe|bankgutschrift"
    r"|conversión|retirad|retención|liberación|virement|retenue|déblocage",
    re.IGNORECASE,
)
_WITHDRAWAL = re.compile("withdraw|abbuchung|retir|virement", re.IGNORECASE)
_REFUND = re.compile(
    r"refund|revers|chargeback(?! fee)|rückzahlung|rückbuchung|reembolso|remboursement", re.IGNORECASE
)
_FEE = re.compile(r"\bfees?\b|gebühr|entgelt|comisión|\bfrais\b", re.IGNORECASE)


class PayPal:
    """Dates follow the account's locale; a payment in another currency brings neutral rows of conversion."""

    source = "paypal"

    def recognise(self, document: Document) -> float:
        return CERTAIN if _layout(document) else 0.0

    def read(self, document: Document) -> Reading:
        found = _layout(document)
        assert found is not None
        header, names = found
        reading = Reading(names.format, self.source, last_day=document.last_day)
        rows = []
        for row, torn in document.whole_rows(header):
            if torn:
                reading.skip(row.line, "truncated")
            elif row.cell(header[names.day]) or row.cell(header[names.gross]):
                rows.append(row)
            else:
                reading.skip(row.line, "not_a_row")
        order = _order(rows, header, names, reading)
        amounts = (names.gross, names.fee, names.net)
        mark = decimal_mark(row.cell(header[name]) for row in rows for name in amounts)
        for row in rows:
            _read_row(row, header, names, order, mark, reading)
        return reading.finish()


def _layout(document: Document) -> tuple[Header, _Names] | None:
    for names in _LAYOUTS:
        if header := document.header(*names.required):
            return header, names
    return None


def _order(rows: Sequence[Row], header: Header, names: _Names, reading: Reading) -> str:
    """Day or month first: as a day after the twelfth proves, else by the account's zone, else by language."""
    days = [row.cell(header[names.day]) for row in rows]
    if order := year_last_order(days):
        return order
    if not any(map(is_year_last, days)):
        return ""
    zone = next((row.cell(header.find(names.zone)) for row in rows if row.cell(header.find(names.zone))), "")
    if zone in ("PST", "PDT", "EST", "EDT", "CDT", "MDT") or zone.startswith("America/"):
        return "mdy"
    if zone.startswith("Europe/") or zone in ("CET", "CEST", "BST"):
        return "dmy"
    reading.warnings.add("ambiguous_date")
    return "mdy" if names.time == "Time" else "dmy"


def _read_row(row: Row, header: Header, names: _Names, order: str, mark: str, reading: Reading) -> None:
    reading.data_rows += 1
    placed = when(
        f"{row.cell(header[names.day])} {row.cell(header[names.time])}".strip(),
        order=order,
        zone=zone_of(row.cell(header.find(names.zone))),
    )
    currency = currency_of(row.cell(header[names.currency]))
    try:
        gross = minor_units(row.cell(header[names.gross]), currency, mark) or 0
        fee = minor_units(row.cell(header[names.fee]), currency, mark) or 0
    except ValueError:
        currency, gross, fee = "", 0, 0
    if placed is None or not currency:
        reading.skip(row.line, "bad_date" if placed is None else "bad_amount")
        return
    description, identity = row.cell(header[names.words]), row.cell(header[names.identity])
    if is_damaged_id(identity):
        reading.warnings.add("ids_damaged")
    kind, reason = judge(row.cell(header.find(_STATUS)), description, gross)
    party = row.cell(header.find(names.party))
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
        return Kind.NEUTRAL, "withdrawal" if _WITHDRAWAL.search(description) else "own_money"
    if _REFUND.search(description):
        return Kind.REFUND, "sale_refund" if gross < 0 else "purchase_refund"
    if _FEE.search(description):
        return Kind.FEE, "account_fee"
    return (Kind.INCOME, "payment_received") if gross > 0 else (Kind.EXPENSE, "payment_made")


READERS = (PayPal(),)
