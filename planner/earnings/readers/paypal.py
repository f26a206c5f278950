"""PayPal activity download and the eighteen-column statement, in five languages."""

from __future__ import annotations

import re

from planner.earnings.marks import CLOSED, PENDING
from planner.earnings.table import Layout, Line, Table, TableReader, Verdict
from planner.values import Kind

_DAY = ("Date", "Datum", "Fecha", "Data")
_CLOCK = ("Time", "Uhrzeit", "Hora", "Heure", "Ora", "Orario")
_ZONE = ("TimeZone", "Zeitzone", "Zona horaria", "Fuseau horaire", "Fuso orario")
_TYPE = ("Type", "Typ", "Tipo")
_DESCRIPTION = ("Description", "Beschreibung", "Descripción", "Descrizione")
_STATUS = ("Status", "Estado", "État", "Stato")
_CURRENCY = ("Currency", "Währung", "Divisa", "Devise", "Valuta")
_GROSS = ("Gross", "Brutto", "Bruto", "Brut", "Avant commission", "Lordo")
_FEE_OF_ROW = ("Fee", "Entgelt", "Gebühr", "Comisión", "Tarifa", "Frais", "Commission", "Tariffa")
_NET = ("Net", "Netto", "Neto")
_IDENTITY = (
    *("Transaction ID", "Transaktionscode", "Id. de transacción", "Numéro de transaction"),
    *("Codice transazione", "ID transazione"),
)
_PARTY = ("Name", "Nombre", "Nom", "Nome")
_IMPACT = ("Balance Impact", "Auswirkung auf Guthaben", "Impacto en el saldo", "Impact sur le solde")
_LANGUAGES = (
    ("Date", "Time", "Type", "Description", "Currency", "Gross", "Net", "Transaction ID"),
    ("Datum", "Uhrzeit", "Typ", "Beschreibung", "Währung", "Brutto", "Netto", "Transaktionscode"),
    ("Fecha", "Hora", "Tipo", "Descripción", "Divisa", "Bruto", "Neto", "Id. de transacción"),
    ("Date", "Heure", "Type", "Description", "Devise", "Brut", "Net", "Numéro de transaction"),
    ("Date", "Heure", "Type", "Description", "Devise", "Avant commission", "Net", "Numéro de transaction"),
    ("Data", "Ora", "Tipo", "Descrizione", "Valuta", "Lordo", "Netto", "Codice transazione"),
    ("Data", "Orario", "Tipo", "Descrizione", "Valuta", "Lordo", "Netto", "Codice transazione"),
)
_COUNTS = frozenset(
    (
        *("completed", "partially refunded", "refunded", "abgeschlossen", "completado", "completada"),
        *("terminé", "effectué", "completata", "completato"),
    )
)
_WAITS = frozenset(
    ("pending", "uncleared", "held", "ausstehend", "pendiente", "en attente", "in sospeso", "in attesa")
)
_NEUTRAL = re.compile(
    r"conversion|withdraw|\bhold\b|\brelease\b|reserve|(?:bank|card) deposit|transfer to bank|user initiated"
    r"|währungsumrechnung|abbuchung|einbehalt|freigabe|bankgutschrift"
    r"|conversión|retirad|retención|liberación|virement|retenue|déblocage"
    r"|conversione|prelievo|sospensione|rilascio",
    re.IGNORECASE,
)
_WITHDRAWAL = re.compile("withdraw|abbuchung|retir|virement|prelievo", re.IGNORECASE)
_REFUND = re.compile(
    r"refund|revers|chargeback(?! fee)|rückzahlung|rückbuchung|rückerstattung|reembolso|remboursement"
    r"|rimborso",
    re.IGNORECASE,
)
_FEE = re.compile(r"\bfees?\b|gebühr|entgelt|comisión|\bfrais\b|\btariffa\b", re.IGNORECASE)
_DETAIL = re.compile(
    "shopping cart item|warenkorbartikel|artículo del carro|article du panier", re.IGNORECASE
)
_AMERICAN = re.compile("[PECM][SD]T|America/.*")
_EUROPEAN = re.compile("CES?T|MES?Z|BST|Europe/.*")


class PayPal(TableReader):
    """Dates follow the account's locale; a payment in another currency brings neutral rows of conversion."""

    source = "paypal"
    layouts = tuple(
        Layout(name, (day, clock, words, *rest))
        for day, clock, kind, description, *rest in _LANGUAGES
        for name, words in (("paypal_activity_csv", kind), ("paypal_statement_csv", description))
    )
    amounts = (*_GROSS, *_FEE_OF_ROW, *_NET)
    days = _DAY
    has_totals = False

    def day_order(self, table: Table) -> str:
        """By the account's zone; without one by the language, and the person is asked to look."""
        zone = next(filter(None, (line.cell(*_ZONE) for line in table.lines())), "")
        if _AMERICAN.fullmatch(zone):
            return "mdy"
        if not _EUROPEAN.fullmatch(zone):
            table.reading.warnings.add("ambiguous_date")
        return "mdy" if table.has(_CLOCK[0]) and not _EUROPEAN.fullmatch(zone) else "dmy"

    def line(self, line: Line) -> None:
        placed = line.when_at(line.cell(*_DAY), line.cell(*_CLOCK), zone=line.cell(*_ZONE))
        currency = line.currency(*_CURRENCY)
        gross, fee = line.amount(currency, *_GROSS), line.amount(currency, *_FEE_OF_ROW)
        words, party = line.cell(*_TYPE) or line.cell(*_DESCRIPTION), line.cell(*_PARTY)
        verdict = judge(line.cell(*_STATUS), words, gross, line.cell(*_IMPACT))
        reason = verdict[1]
        key = line.key(line.cell(*_IDENTITY), placed.moment.isoformat(), gross, currency, words)
        key = f"{key}|{reason}" if reason in (PENDING, CLOSED) else key
        amount = -gross if verdict[0] is Kind.FEE else abs(gross)
        line.add(verdict, amount, currency, placed, key, party=party, words=words)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(-fee, currency, placed, key, party=party)


def judge(status: str, description: str, gross: int, impact: str = "") -> Verdict:
    """The verdict by status (statements have none: all completed), type, sign and effect on the balance."""
    if status and status.casefold() not in _COUNTS:
        return Kind.IGNORED, PENDING if status.casefold() in _WAITS else CLOSED, False
    if not gross:
        return Kind.IGNORED, "zero_amount", False
    if _DETAIL.search(description):
        return Kind.OTHER, "repeated_detail", False
    if _NEUTRAL.search(description):
        return Kind.NEUTRAL, "withdrawal" if _WITHDRAWAL.search(description) else "own_money", False
    if impact.casefold() == "memo":  # an order, an authorisation: no money moved yet
        return Kind.OTHER, "repeated_detail", False
    if _FEE.search(description):
        return Kind.FEE, "account_fee", False
    if _REFUND.search(description):
        return Kind.REFUND, "sale_refund" if gross < 0 else "purchase_refund", False
    return (Kind.INCOME, "payment_received", False) if gross > 0 else (Kind.EXPENSE, "payment_made", False)


READERS = (PayPal(),)
