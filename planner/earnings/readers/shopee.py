"""Shopee "My Income": an order and its goods are rows of the same money; a column names the currency."""

from __future__ import annotations

import re

from planner.earnings.cells import currency_of
from planner.earnings.table import Layout, Line, Table, TableReader
from planner.values import Kind

_VIEW = ("View By", "Đơn hàng / Sản phẩm")
_ORDER = ("Order ID", "Mã đơn hàng")
_RETURN = ("refund id", "Mã yêu cầu hoàn tiền")
_PRODUCT = ("Product ID", "Mã sản phẩm")
_NAME = ("Product Name", "Tên sản phẩm")
_PRICE = ("Product Price", "Giá sản phẩm")
_BACK = ("Refund Amount", "Số tiền hoàn lại")
_PAID_OUT = ("Payout Completed Date", "Ngày hoàn thành thanh toán")
_ORDERED = ("Order Creation Date", "Ngày đặt hàng")
_FEE = re.compile(
    r"^(?:commission|service|transaction|ams commission|.*handling) fee"
    r"|^phí (?:cố định|dịch vụ|thanh toán|hoa hồng|xử lý)",
    re.IGNORECASE,
)


class Shopee(TableReader):
    """The real header stands in the third row, under rows of merged groups."""

    source = "shopee"
    layouts = (
        Layout("shopee_income_xlsx", ("Order ID", "Payout Completed Date", "Product Price")),
        Layout("shopee_income_xlsx", ("Mã đơn hàng", "Ngày hoàn thành thanh toán", "Giá sản phẩm")),
    )
    amounts = (*_PRICE, *_BACK)
    days = (*_PAID_OUT, *_ORDERED)
    order = "dmy"

    def begin(self, table: Table) -> None:
        signs = re.findall(r"\(([^()]{1,4})\)", " ".join(table.header.names[::-1]))
        table.settle_currency(next(filter(None, map(currency_of, signs)), ""), "MYR")
        table.memory["fees"] = [name for name in table.header.names if _FEE.match(name)]

    def line(self, line: Line) -> None:
        currency, view = line.table.currency, line.cell(*_VIEW)
        price, back = line.amount(currency, *_PRICE), line.amount(currency, *_BACK)
        placed = line.when(line.cell(*_PAID_OUT))
        key = line.key(line.cell(*_ORDER), line.cell(*_RETURN))
        words = " ".join(filter(None, (line.cell(*_ORDER), line.cell(*_NAME).strip("-"))))
        if line.table.has(*_VIEW) and view.casefold() != "order":
            detail = (Kind.OTHER, "repeated_detail", False)
            key = f"{key}|{view}|{line.cell(*_PRODUCT)}|{price}"
            line.add(detail, price, currency, placed, key, party="Shopee", words=words)
            return
        sale = (Kind.INCOME, "sale", False) if price > 0 else (Kind.IGNORED, "zero_amount", False)
        sold = line.day_of(*_ORDERED)
        line.add(sale, price, currency, placed, key, party="Shopee", words=words, sold=sold)
        if back:
            refund = (Kind.REFUND, "sale_refund", False)
            line.add(refund, abs(back), currency, placed, f"{key}|refund", party="Shopee", words=words)
        fees = -sum(line.amount(currency, name) for name in line.table.memory["fees"])
        line.add_fee(fees, currency, placed, key, party="Shopee")


READERS = (Shopee(),)
