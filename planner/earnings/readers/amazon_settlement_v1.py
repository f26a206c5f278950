"""Amazon settlement report V1 (flat file): a row holds one amount, in the column of its sort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.earnings.cells import currency_of, minor_units, when
from planner.earnings.document import Row
from planner.earnings.marks import NO_ID, PAID_OUT
from planner.earnings.readers.amazon_settlement_v2 import (
    DATE_ORDER,
    is_fee,
    is_reversal,
    is_sale,
    is_transfer,
)
from planner.earnings.table import Layout, Line, OddCellError, Table, TableReader
from planner.values import Kind, Money

_FEES = ("shipment-fee-amount", "order-fee-amount", "item-related-fee-amount")
_OTHERS = ("promotion-amount", "direct-payment-amount")
_MISCELLANEOUS = ("misc-fee-amount", "other-fee-amount", "other-amount")
_IDENTITY = ("order-id", "adjustment-id", "shipment-id", "order-item-code", "sku", "quantity-purchased")


@dataclass(frozen=True, slots=True)
class _Summary:
    """What the first row of a settlement says of all its rows: currency, total in minor units, payout day."""

    currency: str = ""
    total: int = 0
    deposit: date | None = None


class AmazonSettlementV1(TableReader):
    """The summary row alone holds currency and total; rows of a quantity alone bring nothing."""

    source = "amazon"
    layouts = (
        Layout("amazon_settlement_v1", ("settlement-id", "total-amount", "price-type", "price-amount")),
    )
    amounts = ("total-amount", "price-amount", "item-related-fee-amount", "other-amount")
    days = ("posted-date", "deposit-date")
    order = DATE_ORDER

    def is_row(self, row: Row) -> bool:
        return len(row.filled) >= 2

    def begin(self, table: Table) -> None:
        """The summaries tell each settlement's currency; they are no payments."""
        self._take_summaries(table)

    def line(self, line: Line) -> None:
        settlement = line.cell("settlement-id")
        summary = _summaries(line.table).get(settlement, _Summary())
        currency = line.cell("currency") and line.currency("currency")
        currency = currency or summary.currency
        if not currency:
            raise OddCellError("bad_currency")
        placed = line.when(line.cell("posted-date"))
        transaction = line.cell("transaction-type")
        found = False
        for column in ("price-amount", *_FEES, *_OTHERS, *_MISCELLANEOUS):
            if not line.cell(column):
                continue
            found = True
            amount = line.must_amount(currency, column)
            sort = line.cell(column.removesuffix("-amount") + "-type")
            kind, reason = judge(transaction, column, sort, amount)
            parts = (NO_ID, settlement, transaction, column, sort, *map(line.cell, _IDENTITY))
            line.add(
                (kind, reason, False),
                -amount if kind in (Kind.FEE, Kind.REFUND) else amount,
                currency,
                placed,
                "|".join((*parts, placed.moment.isoformat(), str(amount))),
                party="Amazon",
                words=" ".join(filter(None, (line.cell("order-id"), line.cell("sku"), sort))),
                settled=summary.deposit,
            )
        if not found:
            key = "|".join((NO_ID, settlement, transaction, "quantity", "", *map(line.cell, _IDENTITY)))
            verdict = (Kind.OTHER, "zero_amount", False)
            line.add(verdict, 0, currency, placed, key, party="Amazon", words=line.cell("order-id"))

    def end(self, table: Table) -> None:
        """All rows must add up to the totals that the file names."""
        outward = (Kind.FEE, Kind.REFUND)
        net = sum(
            -entry.money.minor if entry.kind in outward else entry.money.minor
            for entry in table.reading.entries
            if entry.reason != PAID_OUT
        )
        if net != sum(summary.total for summary in _summaries(table).values()):
            table.reading.warnings.add("total_mismatch")

    def _take_summaries(self, table: Table) -> None:
        rows, table.rows = table.rows, []
        for row in rows:
            line = Line(table, row)
            if not (line.cell("total-amount") and not line.cell("transaction-type")):
                table.rows.append(row)
                continue
            self._summary(line)

    def _summary(self, line: Line) -> None:
        reading, settlement = line.table.reading, line.cell("settlement-id")
        currency = currency_of(line.cell("currency"))
        try:
            total = minor_units(line.cell("total-amount"), currency or "USD", line.table.mark) or 0
        except ValueError:
            reading.skip(line.row.line, "bad_amount")
            return
        deposit = when(line.cell("deposit-date"), order=line.table.order)
        _summaries(line.table)[settlement] = _Summary(currency, total, deposit.day if deposit else None)
        if total > 0 and currency and deposit is not None:
            reading.add(
                line.row.line,
                f"{settlement}|{PAID_OUT}",
                Kind.NEUTRAL,
                Money(total, currency),
                deposit.day,
                deposit.month,
                reason=PAID_OUT,
                counterparty="Amazon",
                moment=deposit.moment,
            )
        else:
            reading.skip(line.row.line, "total_row")


def _summaries(table: Table) -> dict[str, _Summary]:
    found: dict[str, _Summary] = table.memory.setdefault("summaries", {})
    return found


def judge(transaction: str, column: str, sort: str, amount: int) -> tuple[Kind, str]:
    """Kind and reason of an amount by its column, its sort and the row's type."""
    if not amount:
        return Kind.IGNORED, "zero_amount"
    if is_transfer(transaction) or "reserve" in transaction.casefold():
        return Kind.NEUTRAL, "reserve_or_payout"
    if column == "price-amount":
        if is_sale(sort):
            reversed_sale = is_reversal(transaction) or amount < 0
            return (Kind.REFUND, "sale_refund") if reversed_sale else (Kind.INCOME, "sale")
        return Kind.OTHER, "marketplace_other"
    if column in _FEES or column in ("misc-fee-amount", "other-fee-amount") or is_fee(transaction):
        return Kind.FEE, "marketplace_fee"
    return Kind.OTHER, "marketplace_other"


READERS = (AmazonSettlementV1(),)
