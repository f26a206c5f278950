"""Amazon settlement report V2 (flat file): one row is one component of an order, signed for the seller."""

from __future__ import annotations

import re
from datetime import date

from planner.earnings.cells import currency_of, decimal_mark, minor_units, when, year_last_order
from planner.earnings.document import Document, Header, Row
from planner.earnings.marks import NO_ID, PAID_OUT
from planner.earnings.reader import CERTAIN, Reading
from planner.values import Kind, Money

_HEADER = ("settlement-id", "total-amount", "transaction-type", "amount-type", "amount-description", "amount")
_FEE_WORDS = re.compile(
    "fee|storage|postage|label|advertising|shipping ?services|(?:removal|disposal) ?complete", re.IGNORECASE
)
_SALES = frozenset({"principal", "shipping", "giftwrap"})
_REVERSALS = frozenset({"refund", "chargebackrefund", "chargeback", "atozguaranteerefund", "guaranteeclaim"})
_FEE_TYPES = frozenset({"servicefee", "shipment"})
DATE_ORDER = "mdy"  # of posted dates with slashes, where no day tells; dots are day first
_FEE_AMOUNTS = frozenset({"itemfees", "shipmentfees", "orderfees"})


class AmazonSettlementV2:
    """Headers are English in all markets; the summary row alone holds the total to which all rows add."""

    source = "amazon"

    def recognise(self, document: Document) -> float:
        return CERTAIN if document.header(*_HEADER) else 0.0

    def read(self, document: Document) -> Reading:
        header = document.header(*_HEADER)
        assert header is not None
        reading = Reading("amazon_settlement_v2", self.source, last_day=document.last_day)
        rows: list[Row] = []
        for row, torn in document.whole_rows(header):
            if torn:
                reading.skip(row.line, "truncated")
            else:
                rows.append(row)
        _Settlements(header, rows, reading).read()
        return reading.finish()


class _Settlements:
    """The settlements of one file, each with its own currency and total."""

    def __init__(self, header: Header, rows: list[Row], reading: Reading) -> None:
        self.reading, self.rows = reading, rows
        self.settlement, self.total_column = header["settlement-id"], header["total-amount"]
        self.type, self.amount_type = header["transaction-type"], header["amount-type"]
        self.description, self.amount = header["amount-description"], header["amount"]
        self.currency_column, self.deposit = header.find("currency"), header.find("deposit-date")
        self.time, self.posted = header.find("posted-date-time"), header.find("posted-date")
        self.order, self.sku = header.find("order-id"), header.find("sku")
        self.identities = [
            header.find(name)
            for name in (
                "order-id",
                "order-item-code",
                "adjustment-id",
                "shipment-id",
                "sku",
                "quantity-purchased",
            )
        ]
        self.mark = decimal_mark(
            row.cell(column) for row in rows for column in (self.total_column, self.amount)
        )
        written = (row.cell(column) for row in rows for column in (self.time, self.posted))
        self.date_order = year_last_order(written) or DATE_ORDER
        self.currencies: dict[str, str] = {}
        self.deposits: dict[str, date] = {}
        self.declared: dict[str, int] = {}
        self.sums: dict[str, int] = {}

    def read(self) -> None:
        for row in self.rows:
            if row.cell(self.total_column) and not row.cell(self.type):
                self._summary(row)
        for row in self.rows:
            if not row.cell(self.total_column) or row.cell(self.type):
                self._component(row)
        if any(self.sums.get(settlement, 0) != total for settlement, total in self.declared.items()):
            self.reading.warnings.add("total_mismatch")

    def _summary(self, row: Row) -> None:
        settlement, currency = row.cell(self.settlement), currency_of(row.cell(self.currency_column))
        self.currencies[settlement] = currency
        try:
            total = minor_units(row.cell(self.total_column), currency or "USD", self.mark)
        except ValueError:
            self.reading.skip(row.line, "bad_amount")
            return
        self.declared[settlement] = total or 0
        deposit = when(row.cell(self.deposit), order=self.date_order)
        if deposit is not None:
            self.deposits[settlement] = deposit.day
        if not total or total < 0 or not currency or deposit is None:
            self.reading.skip(row.line, "total_row")
        else:
            self.reading.add(
                row.line,
                f"{settlement}|{PAID_OUT}",
                Kind.NEUTRAL,
                Money(total, currency),
                deposit.day,
                deposit.month,
                reason=PAID_OUT,
                counterparty="Amazon",
                moment=deposit.moment,
            )

    def _component(self, row: Row) -> None:
        reading, settlement = self.reading, row.cell(self.settlement)
        if not (row.cell(self.type) or row.cell(self.amount)):
            reading.skip(row.line, "not_a_row")
            return
        reading.data_rows += 1
        currency = currency_of(row.cell(self.currency_column)) or self.currencies.get(settlement, "")
        placed = when(row.cell(self.time) or row.cell(self.posted), order=self.date_order)
        try:
            amount = minor_units(row.cell(self.amount), currency, self.mark) if currency else None
        except ValueError:
            amount = None
        if amount is not None:
            self.sums[settlement] = self.sums.get(settlement, 0) + amount
        if placed is None or amount is None:
            reading.skip(row.line, "bad_date" if placed is None else "bad_amount")
            return
        triple = (row.cell(self.type), row.cell(self.amount_type), row.cell(self.description))
        kind, reason = judge(*triple, amount)
        earned = kind in (Kind.INCOME, Kind.OTHER, Kind.NEUTRAL, Kind.IGNORED)
        reading.add(
            row.line,
            "|".join(
                (NO_ID, settlement, *triple, *map(row.cell, self.identities), str(placed.moment), str(amount))
            ),
            kind,
            Money(amount if earned else -amount, currency),
            placed.day,
            placed.month,
            reason=reason,
            counterparty="Amazon",
            description=" ".join(filter(None, (row.cell(self.order), row.cell(self.sku), triple[2]))),
            moment=placed.moment,
            settled=self.deposits.get(settlement),
        )


def judge(transaction: str, amount_type: str, description: str, amount: int) -> tuple[Kind, str]:
    """Kind and reason of a component by its triple and the sign of its amount."""
    words = f"{amount_type} {description}"
    transaction, amount_type = _word(transaction), _word(amount_type)
    if not amount:
        return Kind.IGNORED, "zero_amount"
    if is_transfer(transaction) or "reserveamount" in _word(description):
        return Kind.NEUTRAL, "reserve_or_payout"
    if amount_type == "itemprice" and _word(description) in _SALES:
        if transaction in _REVERSALS or amount < 0:
            return Kind.REFUND, "sale_refund"
        if transaction == "order":
            return Kind.INCOME, "sale"
    if is_fee(transaction) or amount_type in _FEE_AMOUNTS:
        return Kind.FEE, "marketplace_fee"
    if transaction == "othertransaction" and _FEE_WORDS.search(words):
        return Kind.FEE, "marketplace_fee"
    return Kind.OTHER, "marketplace_other"


def is_sale(sort: str) -> bool:
    """Whether a price is part of what the buyer pays for the goods."""
    return _word(sort) in _SALES


def is_reversal(transaction: str) -> bool:
    """Whether a type takes a sale back."""
    return _word(transaction) in _REVERSALS


def is_transfer(transaction: str) -> bool:
    """Whether a type moves money to or from the seller's own account."""
    return _word(transaction) == "transfer"


def is_fee(transaction: str) -> bool:
    """Whether a type is a fee whatever its sort."""
    return _word(transaction) in _FEE_TYPES or _FEE_WORDS.search(transaction) is not None


def _word(text: str) -> str:
    return text.casefold().replace(" ", "").replace("_", "").replace("-", "")


READERS = (AmazonSettlementV2(),)
