"""Amazon date-range and monthly transaction reports: a row an order, its parts in columns; many languages."""

from __future__ import annotations

import re

from planner.earnings.cells import currency_of
from planner.earnings.reader import NO_ID
from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_TIME = (
    "date/time",
    "Datum/Uhrzeit",
    "date/heure",
    "日付/時間",
    "fecha y hora",
    "Data/Ora:",
    "Data/Ora",
    "datum/tijd",
)
_SETTLEMENT = (
    "settlement id",
    "Abrechnungsnummer",
    "numéro de versement",
    "決済番号",
    "Identificador de pago",
    "Numero pagamento",
    "schikkings-ID",
)
_TYPE = ("type", "Typ", "トランザクションの種類", "tipo")
_ORDER = (
    "order id",
    "Bestellnummer",
    "numéro de la commande",
    "注文番号",
    "número de pedido",
    "Numero ordine",
    "bestelnummer",
)
_DESCRIPTION = ("description", "Beschreibung", "説明", "descripción", "Descrizione", "beschrijving")
_TOTAL = ("total", "Gesamt", "合計", "totale", "totaal")
_SALES = (
    "product sales",
    "Umsätze",
    "ventes de produits",
    "商品売上",
    "商品の売上",
    "ventas de productos",
    "Vendite",
    "verkoop van producten",
)
_JAPANESE_TAX = ("商品の売上税",)  # the seller receives it, so it is part of what was earned
_SHIPPING = (
    "shipping credits",
    "Gutschrift für Versandkosten",
    "crédits d'expédition",
    "crédits d’expédition",
    "配送料",
    "abonos de envío",
    "Accrediti per le spedizioni",
    "Verzendtegoeden",
)
_GIFT = (
    "gift wrap credits",
    "Gutschrift für Geschenkverpackung",
    "crédits sur l'emballage cadeau",
    "crédits sur l’emballage cadeau",
    "ギフト包装手数料",
    "abonos de envoltorio para regalo",
    "Accrediti per confezioni regalo",
    "kredietpunten cadeauverpakking",
)
_FEES = (
    (
        "selling fees",
        "Verkaufsgebühren",
        "frais de vente",
        "手数料",
        "tarifas de venta",
        "Commissioni di vendita",
        "verkoopkosten",
    ),
    (
        "fba fees",
        "Gebühren zu Versand durch Amazon",
        "Frais Expédié par Amazon",
        "FBA 手数料",
        "tarifas de Logística de Amazon",
        "Costi del servizio Logistica di Amazon",
        "fba-vergoedingen",
    ),
    (
        "other transaction fees",
        "Andere Transaktionsgebühren",
        "autres frais de transaction",
        "トランザクションに関するその他の手数料",
        "tarifas de otras transacciones",
        "Altri costi relativi alle transazioni",
        "overige transactiekosten",
    ),
)
_ORDERS = ("order", "bestellung", "commande", "ordine", "pedido", "bestelling", "注文")
_REFUNDS = (
    "refund",
    "erstattung",
    "remboursement",
    "rimborso",
    "reembolso",
    "terugbetaling",
    "返金",
    "chargeback refund",
    "a-to-z guarantee claim",
)
_TRANSFERS = (
    "transfer",
    "übertrag",
    "transfert",
    "trasferimento",
    "transferir",
    "overdracht",
    "振込み",
    "振込",
)
_FEE_TYPES = re.compile(
    r"fee|gebühr|frais|servicekosten|注文外料金|tarifa|costo|commissione|storage|lager", re.IGNORECASE
)
_CURRENCY_LINE = re.compile(
    r"\b(?:in|en|im|w)\s+([A-Z]{3})\b|\b(Euro)\b|単位は(円)|(dólares)|\bi\s+(kr)\b|\bw\s+(zł)"
)
_WORDS = {"Euro": "EUR", "円": "JPY", "dólares": "MXN", "kr": "SEK", "zł": "PLN"}


class AmazonDateRange(TableReader):
    """Income is sales, shipping and gift wrap of an order, before promotions, fees and tax."""

    source = "amazon_date_range"
    layouts = tuple(
        Layout("amazon_date_range_csv", names)
        for names in (
            ("date/time", "type", "order id", "product sales"),
            ("Datum/Uhrzeit", "Typ", "Bestellnummer"),
            ("date/heure", "type", "numéro de la commande"),
            ("日付/時間", "トランザクションの種類", "注文番号"),
            ("fecha y hora", "tipo", "número de pedido"),
            ("Data/Ora:", "Tipo", "Numero ordine"),
            ("datum/tijd", "type", "bestelnummer"),
        )
    )
    amounts = (*_TOTAL, *_SALES)
    days = _TIME
    order = "dmy"

    def begin(self, table: Table) -> None:
        head = "\n".join(table.document.head_text.split("\n")[:6])
        match = _CURRENCY_LINE.search(head)
        word = next(filter(None, match.groups()), "") if match else ""
        table.settle_currency(_WORDS.get(word) or currency_of(word), "USD")

    def line(self, line: Line) -> None:
        currency, kind = line.table.currency, line.cell(*_TYPE).casefold()
        placed = line.when(line.cell(*_TIME))
        total = line.amount(currency, *_TOTAL)
        gross = sum(line.amount(currency, *names) for names in (_SALES, _JAPANESE_TAX, _SHIPPING, _GIFT))
        fees = -sum(line.amount(currency, *names) for names in _FEES)
        verdict, amount = judge(kind, line.cell(*_DESCRIPTION), gross, total)
        parts = (NO_ID, *(line.cell(*names) for names in (_SETTLEMENT, _ORDER)), line.cell("sku"), kind)
        key = "|".join((*parts, placed.moment.isoformat(), str(total)))
        words = " ".join(filter(None, (line.cell(*_ORDER), line.cell(*_DESCRIPTION))))
        settled = line.day_of("Transaction Release Date")
        line.add(verdict, amount, currency, placed, key, party="Amazon", words=words, settled=settled)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(fees, currency, placed, key, party="Amazon")


def judge(kind: str, description: str, gross: int, total: int) -> tuple[tuple[Kind, str, bool], int]:
    """The verdict on a row by its type, and the amount that goes with it."""
    if kind in _TRANSFERS:
        return (Kind.NEUTRAL, "withdrawal", False), abs(total)
    if kind in _ORDERS and gross > 0:
        return (Kind.INCOME, "sale", False), gross
    if kind in _REFUNDS or (kind in _ORDERS and gross < 0):
        return (Kind.REFUND, "sale_refund", False), -gross
    if not total:
        return (Kind.IGNORED, "zero_amount", False), 0
    if _FEE_TYPES.search(kind) or (not kind and _FEE_TYPES.search(description)):
        return (Kind.FEE, "marketplace_fee", False), -total
    return (Kind.OTHER, "marketplace_other", False), total


READERS = (AmazonDateRange(),)
