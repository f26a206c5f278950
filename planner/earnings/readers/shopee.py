"""Shopee "My Income": an order and its goods are rows of the same money; a column names the currency."""

from __future__ import annotations

import re

from planner.earnings.cells import currency_of
from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_MARKETS = {
    "RM": "MYR",
    "฿": "THB",
    "₫": "VND",
    "S$": "SGD",
    "NT$": "TWD",
    "₱": "PHP",
    "RP": "IDR",
    "R$": "BRL",
}
_FEE = re.compile(r"^(?:commission|service|transaction|ams commission|.*handling) fee", re.IGNORECASE)


class Shopee(TableReader):
    """The real header stands in the third row, under rows of merged groups."""

    source = "shopee"
    layouts = (
        Layout("shopee_income_xlsx", ("View By", "Order ID", "Payout Completed Date", "Product Price")),
    )
    amounts = ("Product Price", "Refund Amount")

    def begin(self, table: Table) -> None:
        signs = re.findall(r"\(([^()]{1,4})\)", " ".join(table.header.names[::-1]))
        codes = (_MARKETS.get(sign.upper()) or currency_of(sign) for sign in signs)
        table.settle_currency(next(filter(None, codes), ""), "MYR")
        table.memory["fees"] = [name for name in table.header.names if _FEE.match(name)]

    def line(self, line: Line) -> None:
        currency = line.table.currency
        price, back = line.amount(currency, "Product Price"), line.amount(currency, "Refund Amount")
        placed = line.when(line.cell("Payout Completed Date"))
        key = line.key(line.cell("Order ID"), line.cell("refund id"))
        words = " ".join(filter(None, (line.cell("Order ID"), line.cell("Product Name").strip("-"))))
        if line.cell("View By").casefold() != "order":
            detail = (Kind.OTHER, "repeated_detail", False)
            key = f"{key}|{line.cell('View By')}|{line.cell('Product ID')}|{price}"
            line.add(detail, price, currency, placed, key, party="Shopee", words=words)
            return
        sale = (Kind.INCOME, "sale", False) if price > 0 else (Kind.IGNORED, "zero_amount", False)
        sold = line.day_of("Order Creation Date")
        line.add(sale, price, currency, placed, key, party="Shopee", words=words, sold=sold)
        if back:
            refund = (Kind.REFUND, "sale_refund", False)
            line.add(refund, abs(back), currency, placed, f"{key}|refund", party="Shopee", words=words)
        fees = -sum(line.amount(currency, name) for name in line.table.memory["fees"])
        line.add_fee(fees, currency, placed, key, party="Shopee")


READERS = (Shopee(),)
