"""A table that a person keeps: columns plain by their header words, or named in a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from planner.earnings.cells import (
    When,
    currency_of,
    decimal_mark,
    is_year_last,
    minor_units,
    placed,
    when,
    year_last_order,
)
from planner.earnings.document import Document, Header, Row, plain
from planner.earnings.known import foreign_format
from planner.earnings.limits import UnreadableError
from planner.earnings.reader import FEE_IN_ROW, NO_ID, Reading, own_key
from planner.earnings.table import is_total
from planner.values import InputError, Kind, Money, mark

GUESSED = 0.3  # any reader that knows its source is surer
_WORDS = {
    "date": "日期 时间 交易日期 交易时间 入账日期 收款日期 到账日期 结算日期 date paymentdate paiddate",
    "amount": "金额 交易金额 收款金额 到账金额 结算金额 amount netamount",
    "income": "收入 收入金额 income earnings",
    "expense": "支出 支出金额 expense expenses",
    "refund": "退款 退款金额 refund refunds",
    "fee": "手续费 服务费 佣金 平台费 fee fees commission",
    "currency": "币种 货币 币别 currency",
    "counterparty": "平台 来源 客户 对方 交易对方 付款方 付款人 platform source customer client payer",
    "description": "备注 说明 摘要 事由 note notes description memo",
    "id": "订单号 流水号 交易号 交易单号 orderid transactionid",
}
ROLE_WORDS = {
    **{role: frozenset(words.split()) for role, words in _WORDS.items()},
    "direction": frozenset(["收/支", "收支", "收支类型", "借贷", "方向", "类型", "type", "direction"]),
}
_ROLE_OF = {word: role for role in _WORDS for word in ROLE_WORDS[role]}
ROLES = tuple(ROLE_WORDS)
_UNIT = re.compile(r"(.+?)\((.+)\)")
_IN = frozenset(["收入", "收", "入", "in", "income", "credit", "贷", "贷方", "转入"])
_OUT = frozenset(["支出", "支", "出", "out", "expense", "debit", "借", "借方", "转出"])
DIRECTIONS = _IN | _OUT
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_051)  # 2000 to 2099
_MONTH_FIRST = frozenset({"USD", "CAD"})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column plays which role, and what the columns do not say."""

    columns: Mapping[str, str]
    currency: str = ""
    date_order: str = ""
    decimal: str = ""
    sheet: str = ""

    @classmethod
    def parse(cls, data: Any) -> ColumnMapping:
        """From the JSON of a mapping file; an InputError names what is wrong in it."""
        if not isinstance(data, Mapping) or not isinstance(data.get("columns"), Mapping):
            raise _bad(
                "columns", mark("A mapping needs an object named {field} with a column for each role.")
            )
        columns = data["columns"]
        for role, name in columns.items():
            if role not in ROLES or not isinstance(name, str) or not name.strip():
                raise _bad(f"columns.{role}", mark("{field} is no role that a column can play."))
        if "date" not in columns or not {"amount", "income", "expense"} & columns.keys():
            raise _bad("columns", mark("{field} must name the date and an amount, income or expense."))
        settings = {name: data.get(name, "") for name in ("currency", "date_order", "decimal", "sheet")}
        unknown = next((name for name in data if name not in {"columns", *settings}), None)
        if unknown is not None:
            raise _bad(str(unknown), mark("{field} is not part of a mapping."))
        allowed = {"date_order": ("", "ymd", "dmy", "mdy"), "decimal": ("", ".", ",")}
        for name, value in settings.items():
            if not isinstance(value, str) or value not in allowed.get(name, (value,)):
                raise _bad(name, mark("{field} has a value that a mapping cannot have."))
        currency = currency_of(settings["currency"])
        if settings["currency"] and not currency:
            raise _bad("currency", mark("{field} is no known currency."))
        order = settings["date_order"].replace("ymd", "")
        return cls(dict(columns), currency, order, settings["decimal"], settings["sheet"])


def _bad(field_: str, sentence: str) -> InputError:
    return InputError("bad_mapping", sentence, field=field_)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns found, the currency that the header names, and what the mapping adds."""

    header: Header
    places: Mapping[str, int]
    currency: str = ""
    order: str = ""
    decimal: str = ""


class Generic:
    """Reads what is unmistakable by itself, or what `mapping` names."""

    source = "generic"

    def __init__(self, mapping: ColumnMapping | None = None) -> None:
        self._mapping = mapping

    def recognise(self, document: Document) -> float:
        if self._mapping is not None:
            return GUESSED if self._layout(document) else 0.0
        if foreign_format(document):
            return 0.0
        return GUESSED if self._layout(document) else 0.0

    def read(self, document: Document) -> Reading:
        layout = self._layout(document)
        if layout is None:
            raise UnreadableError("mapping_mismatch")
        reading = Reading(
            "generic_xlsx" if document.is_sheet else "generic_csv", self.source, last_day=document.last_day
        )
        rows = []
        for row, torn in document.whole_rows(layout.header):
            if torn:
                reading.skip(row.line, "truncated")
            elif is_total(row):
                reading.skip(row.line, "total_row")
            else:
                rows.append(row)
        _Table(layout, rows, reading).read(document.is_sheet)
        return reading.finish()

    def _layout(self, document: Document) -> _Layout | None:
        if self._mapping is None:
            return next(filter(None, map(_plain_layout, document.heads)), None)
        mapping = self._mapping
        if mapping.sheet and document.is_sheet and mapping.sheet != document.name:
            return None
        header = document.header(*mapping.columns.values())
        if header is None:
            return None
        places = {role: header[name] for role, name in mapping.columns.items()}
        currency = mapping.currency
        if not currency and "currency" not in places:
            currency = _unit_of(header, places)
            if not currency:
                return None
        return _Layout(header, places, currency, mapping.date_order, mapping.decimal)


def _plain_layout(header: Header) -> _Layout | None:
    """The roles that the header words give, if they leave no doubt about day, amount and currency."""
    places: dict[str, int] = {}
    for column, name in enumerate(header.names):
        folded = plain(name)
        match = _UNIT.fullmatch(folded)
        role = _ROLE_OF.get(folded) or (match and _ROLE_OF.get(match[1]))
        if role:
            if role in places and role in ("date", "amount", "income", "currency"):
                return None
            places.setdefault(role, column)
    if "date" not in places or ("amount" in places) == ("income" in places):
        return None
    currency = _unit_of(header, places)
    if ("currency" in places) == bool(currency):
        return None
    return _Layout(header, places, currency)


def _unit_of(header: Header, places: Mapping[str, int]) -> str:
    """The currency in the parentheses behind an amount's name: 收入（元）."""
    for role in ("amount", "income", "expense"):
        if role in places and (match := _UNIT.fullmatch(plain(header.names[places[role]]))):
            return currency_of(match[2])
    return ""


@dataclass
class _Table:
    """The rows of one table, read by one layout."""

    layout: _Layout
    rows: Sequence[Row]
    reading: Reading
    order: str = ""
    decimal: str = field(default=".")

    def cell(self, row: Row, role: str) -> str:
        return row.cell(self.layout.places.get(role))

    def read(self, is_sheet: bool) -> None:
        amounts = ("amount", "income", "expense", "refund", "fee")
        self.decimal = self.layout.decimal or decimal_mark(
            self.cell(row, role) for row in self.rows for role in amounts
        )
        days = [self.cell(row, "date") for row in self.rows]
        self.order = self.layout.order or year_last_order(days)
        if not self.order and any(map(is_year_last, days)):
            self.order = "mdy" if self.layout.currency in _MONTH_FIRST else "dmy"
            self.reading.warnings.add("ambiguous_date")
        for row in self.rows:
            self._row(row, is_sheet)

    def _row(self, row: Row, is_sheet: bool) -> None:
        reading = self.reading
        day_cell = self.cell(row, "date")
        amount_cells = [self.cell(row, role) for role in ("amount", "income", "expense", "refund", "fee")]
        if not day_cell and not any(amount_cells):
            reading.skip(row.line, "not_a_row")
            return
        reading.data_rows += 1
        placed_ = _serial(day_cell) if is_sheet else None
        placed_ = placed_ or when(day_cell, order=self.order)
        currency = self.layout.currency or currency_of(self.cell(row, "currency"))
        if placed_ is None or not currency:
            reading.skip(row.line, "bad_date" if placed_ is None else "bad_currency")
            return
        try:
            values = [minor_units(cell, currency, self.decimal) or 0 for cell in amount_cells]
        except ValueError:
            reading.skip(row.line, "bad_amount")
            return
        self._entries(row, placed_, currency, values)

    def _entries(self, row: Row, placed_: When, currency: str, values: Sequence[int]) -> None:
        amount, income, expense, refund, fee = values
        parts: list[tuple[Kind, str, int]] = []
        if amount:
            parts.append((*self._signed(row, amount), abs(amount)))
        if income:
            parts.append(
                (Kind.INCOME, "own_table", income) if income > 0 else (Kind.REFUND, "sale_refund", -income)
            )
        if expense:
            parts.append((Kind.EXPENSE, "payment_made", abs(expense)))
        if refund:
            parts.append((Kind.REFUND, "sale_refund", abs(refund)))
        if fee:
            parts.append((Kind.FEE, FEE_IN_ROW, abs(fee)))
        if not (amount or income or expense or refund):
            parts.insert(0, (Kind.IGNORED, "zero_amount", 0))
        party, note, identity = (self.cell(row, role) for role in ("counterparty", "description", "id"))
        for kind, reason, minor in parts:
            content = (placed_.moment.isoformat(), minor, currency, kind.value, party, note)
            self.reading.add(
                row.line,
                own_key(identity, *content) if identity else "|".join((NO_ID, *map(str, content))),
                kind,
                Money(minor, currency),
                placed_.day,
                placed_.month,
                reason=reason,
                counterparty=party,
                description=note,
                moment=placed_.moment if placed_.moment.time() != datetime.min.time() else None,
            )

    def _signed(self, row: Row, amount: int) -> tuple[Kind, str]:
        word = plain(self.cell(row, "direction"))
        if "direction" in self.layout.places:
            if word in _IN:
                return Kind.INCOME, "own_table"
            return (Kind.EXPENSE, "payment_made") if word in _OUT else (Kind.NEUTRAL, "direction_unknown")
        return (Kind.INCOME, "own_table") if amount > 0 else (Kind.EXPENSE, "payment_made")


def _serial(cell: str) -> When | None:
    """A day that a spreadsheet shows as its number of days."""
    if cell.isdecimal() and len(cell) == 5 and int(cell) in _EXCEL_DAYS:
        day = _EXCEL_EPOCH + timedelta(days=int(cell))
        return placed(datetime(day.year, day.month, day.day))  # noqa: DTZ001
    return None


READERS = (Generic(),)
