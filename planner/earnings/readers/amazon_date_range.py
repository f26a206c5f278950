"""Amazon date-range and monthly transaction reports: a row an order, its parts in columns; many languages."""

from __future__ import annotations

import re

from planner.earnings.cells import currency_of
from planner.earnings.marks import NO_ID
from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

# Names of the columns and of the types: English, German, French, Italian, Spanish (Spain, Mexico), Dutch,
# Swedish, Japanese.
_TIME = (
    *("date/time", "Datum/Uhrzeit", "date/heure", "Data/Ora:", "Data/Ora", "fecha y hora", "fecha/hora"),
    *("datum/tijd", "datum/tid", "日付/時間"),
)
_SETTLEMENT = (
    *("settlement id", "Abrechnungsnummer", "numéro de versement", "Numero pagamento"),
    *("Identificador de pago", "Id. de liquidación", "schikkings-ID", "reglerings-id"),
    "決済番号",
)
_TYPE = ("type", "Typ", "Tipo", "トランザクションの種類")
_ORDER = (
    *("order id", "Bestellnummer", "numéro de la commande", "Numero ordine", "número de pedido"),
    *("Id. del pedido", "bestelnummer", "beställnings-id", "注文番号"),
)
_DESCRIPTION = (
    *("description", "Beschreibung", "Descrizione", "descripción", "beschrijving", "beskrivning"),
    "説明",
)
_TOTAL = ("total", "Gesamt", "totale", "totaal", "totalt", "合計")
_SALES = (
    *("product sales", "Umsätze", "ventes de produits", "Vendite", "ventas de productos"),
    *("verkoop van producten", "försäljning av produkter", "商品売上", "商品の売上"),
)
_JAPANESE_TAX = ("商品の売上税",)  # the seller receives it, so it is part of what was earned
_SHIPPING = (
    *("shipping credits", "postage credits", "Gutschrift für Versandkosten", "crédits d'expédition"),
    *("Accrediti per le spedizioni", "abonos de envío", "créditos de envío", "Verzendtegoeden"),
    *("fraktkrediter", "配送料"),
)
_GIFT = (
    *("gift wrap credits", "Gutschrift für Geschenkverpackung", "crédits sur l'emballage cadeau"),
    *("crédits d'emballage-cadeau", "Accrediti per confezioni regalo", "abonos de envoltorio para regalo"),
    *("créditos por envoltorio de regalo", "kredietpunten cadeauverpakking"),
    *("krediter för presentinslagning", "ギフト包装手数料"),
)
_FEES = (
    (
        *("selling fees", "Verkaufsgebühren", "frais de vente", "Commissioni di vendita"),
        *("tarifas de venta", "verkoopkosten", "försäljningsavgifter", "手数料"),
    ),
    (
        *("fba fees", "fulfilment by amazon fees", "fulfillment by amazon fees"),
        *("Gebühren zu Versand durch Amazon", "Frais Expédié par Amazon"),
        *("Frais pour le service Expédié par Amazon", "Costi del servizio Logistica di Amazon"),
        *("tarifas de Logística de Amazon", "tarifas fba", "fba-vergoedingen", "fba-avgifter"),
        "FBA 手数料",
    ),
    (
        *("other transaction fees", "Andere Transaktionsgebühren", "autres frais de transaction"),
        *("Altri costi relativi alle transazioni", "tarifas de otras transacciones"),
        *("tarifas de otra transacción", "overige transactiekosten", "övriga transaktionsavgifter"),
        "トランザクションに関するその他の手数料",
    ),
)
_RELEASED = (
    *("Transaction Release Date", "Freigabedatum der Transaktion", "Date de sortie de la transaction"),
    *("Date de délivrance de la transaction", "Data di rilascio della transazione"),
    *("Fecha de liberación de la transacción", "Publicatiedatum van transactie"),
    *("Transaktionens utgivningsdatum", "トランザクション開始日"),
)
_ORDERS = frozenset(
    ("order", "bestellung", "commande", "ordine", "pedido", "bestelling", "beställning", "注文")
)
_REFUNDS = frozenset(
    (
        *("refund", "chargeback refund", "a-to-z guarantee claim", "erstattung", "remboursement", "rimborso"),
        *("reembolso", "terugbetaling", "återbetalning", "återbäring", "返金"),
    )
)
_TRANSFERS = frozenset(
    (
        *("transfer", "übertrag", "transfert", "transférer", "trasferimento", "transferir", "transferencia"),
        *("overdracht", "overboeking", "överföring", "振込み", "振込"),
    )
)
_FEE_TYPES = re.compile(
    r"fee\b|fees\b|gebühr|frais|kosten|tarifa|cost[oi]\b|commission|avgift|手数料|料金"
    r"|storage|lager|shipping services|postage",
    re.IGNORECASE,
)
_CURRENCY_LINE = re.compile(
    r"\b(?:in|en|im|i|w)\s+(?:([A-Z]{3})\b|(Euro)\b|(kr)\b|(zł))|単位は(円)",
)
_WORDS = {"Euro": "EUR", "円": "JPY", "kr": "SEK", "zł": "PLN"}
_MARKETPLACE = ("marketplace", "web de Amazon", "marknadsplats", "Amazon 出品サービス")
_CURRENCIES = {
    "com": "USD", "ca": "CAD", "com.mx": "MXN", "com.br": "BRL", "co.uk": "GBP", "de": "EUR", "fr": "EUR",
    "it": "EUR", "es": "EUR", "nl": "EUR", "com.be": "EUR", "ie": "EUR", "se": "SEK", "pl": "PLN",
    "com.tr": "TRY", "ae": "AED", "sa": "SAR", "eg": "EGP", "in": "INR", "sg": "SGD", "com.au": "AUD",
    "co.jp": "JPY", "jp": "JPY",
}  # fmt: skip  # by the end of the site's name


class AmazonDateRange(TableReader):
    """Income is sales, shipping and gift wrap of an order, before promotions, fees and tax."""

    source = "amazon_date_range"
    layouts = tuple(
        Layout("amazon_date_range_csv", names)
        for names in (
            ("date/time", "type", "order id", "product sales"),
            ("Datum/Uhrzeit", "Typ", "Bestellnummer"),
            ("date/heure", "type", "numéro de la commande"),
            ("Data/Ora:", "Tipo", "Numero ordine"),
            ("Data/Ora", "Tipo", "Numero ordine"),
            ("fecha y hora", "tipo", "número de pedido"),
            ("fecha/hora", "tipo", "Id. del pedido"),
            ("datum/tijd", "type", "bestelnummer"),
            ("datum/tid", "typ", "beställnings-id"),
            ("日付/時間", "トランザクションの種類", "注文番号"),
        )
    )
    amounts = (*_TOTAL, *_SALES)
    days = _TIME
    order = "dmy"

    def begin(self, table: Table) -> None:
        head = "\n".join(table.document.head_text.split("\n")[:6])
        words = (next(filter(None, match.groups())) for match in _CURRENCY_LINE.finditer(head))
        codes = (_WORDS.get(word) or currency_of(word) for word in words)
        table.settle_currency(next(filter(None, codes), ""), _usual_currency(table))

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
        settled = line.day_of(*_RELEASED)
        line.add(verdict, amount, currency, placed, key, party="Amazon", words=words, settled=settled)
        if verdict[0] in (Kind.INCOME, Kind.REFUND):
            line.add_fee(fees, currency, placed, key, party="Amazon")


def _usual_currency(table: Table) -> str:
    """That of the site where the head names none, or calls pesos dollars; the person is asked."""
    sites = (line.cell(*_MARKETPLACE).casefold().partition("amazon.")[2] for line in table.lines())
    return next(filter(None, map(_CURRENCIES.get, sites)), "USD")


def judge(kind: str, description: str, gross: int, total: int) -> tuple[tuple[Kind, str, bool], int]:
    """The verdict on a row by its type, and the amount that goes with it."""
    if kind in _TRANSFERS:
        return (Kind.NEUTRAL, "withdrawal", False), abs(total)
    if kind in _ORDERS and gross > 0:
        return (Kind.INCOME, "sale", False), gross
    if (kind in _REFUNDS and (gross or total)) or (kind in _ORDERS and gross < 0):
        return (Kind.REFUND, "sale_refund", False), -(gross or total)
    if not total:
        return (Kind.IGNORED, "zero_amount", False), 0
    if _FEE_TYPES.search(kind) or (not kind and _FEE_TYPES.search(description)):
        return (Kind.FEE, "marketplace_fee", False), -total
    return (Kind.OTHER, "marketplace_other", False), total


READERS = (AmazonDateRange(),)
