"""A table that a person keeps: columns plain by their header words, or named in a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from planner.earnings.cells import (
    When,
    clock_text,
    currency_of,
    decimal_mark,
    is_year_last,
    minor_units,
    month_start,
    when,
    year_last_order,
)
from planner.earnings.document import Document, Header, Row, plain
from planner.earnings.known import foreign_format
from planner.earnings.limits import UnreadableError
from planner.earnings.marks import CLOSED, FEE_IN_ROW, NO_ID, PENDING
from planner.earnings.reader import Reading, own_key
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
    "direction": "收/支 收支 收支类型 收支方向 方向 借贷 借贷标志 direction",
    "status": "状态 交易状态 订单状态 支付状态 结算状态 status state",
    "counterparty": "平台 来源 客户 对方 交易对方 付款方 付款人 platform source customer client payer",
    "description": "备注 说明 摘要 事由 note notes description memo",
    "id": "订单号 流水号 交易号 交易单号 orderid transactionid",
}
_KINDS = frozenset(["类型", "交易类型", "收支类别", "type", "kind"])  # in and out, if their cells say so
_MONTHS = ("月份", "month")  # serve as day where there is none
_DAY_AND_CLOCK = (("日期", "时间"), ("交易日期", "交易时间"), ("date", "time"))
# Words that leave a doubt, and serve for a proposal to the person only.
_MORE_WORDS = {
    "date": "完成时间 下单时间 创建时间 结算时间 付款时间 支付时间 到账时间 账期"
    " day paidon postingdate valuedate",
    "amount": "实结金额 实收金额 实收 实际到账 到手 合计 总计 总额 收益 报酬 工资 提成 净额"
    " total net payout sum value",
    "income": "存入 存入金额 贷方 贷方金额 转入金额 进账 收"
    " credit creditamount moneyin paidin deposit deposits",
    "expense": "取出 取出金额 借方 借方金额 转出金额 出账 支"
    " debit debitamount moneyout paidout withdrawal withdrawals",
    "refund": "退货 退货金额 returned",
    "fee": "平台服务费 平台佣金 抽成 扣款 charge charges",
    "time": "时间 交易时间 time",
    "counterparty": "对方户名 对方姓名 店铺 站点 商户 buyer from name payee",
    "id": "单号 订单编号 编号 id reference ref",
}
_NET = frozenset(
    (
        *("到手", "实收", "实收金额", "实结金额", "实际到账", "到账金额", "结算金额", "净额", "净收入"),
        *("net", "netamount", "payout"),
    )
)
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words.split()}
ROLE_WORDS = {
    role: frozenset(f"{_WORDS.get(role, '')} {_MORE_WORDS.get(role, '')}".split())
    for role in (*_WORDS, "time")
}
ROLE_WORDS["direction"] |= _KINDS
ROLE_WORDS["date"] |= frozenset(_MONTHS)
ROLES = tuple(ROLE_WORDS)
_PAID = ("amount", "income", "expense", "refund", "fee")
_UNIT = re.compile(r"(.+?)\((.+)\)")
_IN = frozenset(["收入", "收", "入", "in", "income", "credit", "贷", "贷方", "转入", "收款", "入账"])
_OUT = frozenset(["支出", "支", "出", "out", "expense", "debit", "借", "借方", "转出", "付款", "出账"])
_BACK = frozenset(["退款", "退货", "退", "refund", "refunded", "return"])
_KEPT = frozenset(["手续费", "服务费", "佣金", "平台费", "fee", "fees", "commission"])
DIRECTIONS = _IN | _OUT | _BACK | _KEPT
_MONTH_FIRST = frozenset({"USD", "CAD"})
_NEVER = re.compile(r"关闭|失败|取消|撤销|作废|无效|cancel|fail|void|declin|reject|expired", re.IGNORECASE)
_GIVEN_BACK = re.compile(r"退款|退货|refund|return", re.IGNORECASE)
_NOT_YET = re.compile(
    r"^待|^未(?!退)|等待|处理中|审核中|进行中|pending|processing|unpaid|on hold", re.IGNORECASE
)


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
    other_kinds_in: bool = False  # a kind that is none of the words for in and out goes by the sign


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
            elif is_total(row) or layout.header.repeats_in(row):
                reading.skip(row.line, "total_row" if is_total(row) else "not_a_row")
            else:
                rows.append(row)
        if self._mapping is None:
            layout = _with_kinds(layout, rows)
        _Table(layout, rows, reading).read()
        return reading.finish()

    def alike(self, document: Document, others: Sequence[Document]) -> list[Document]:
        """Those of the other sheets of a workbook that have the same columns: people keep a sheet a month."""
        layout = self._layout(document)
        names = layout.header.columns.keys() if layout else ()
        return [
            other
            for other in others
            if other is not document
            and (found := self._layout(other))
            and found.header.columns.keys() == names
        ]

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
    for day, clock in _DAY_AND_CLOCK:
        if day in header.columns and clock in header.columns:
            places = {"date": header.columns[day], "time": header.columns[clock]}
    for column, name in enumerate(header.names):
        folded = plain(name)
        match = _UNIT.fullmatch(folded)
        role = _ROLE_OF.get(folded) or (match and _ROLE_OF.get(match[1]))
        if role and column not in places.values():
            if role in places and role in ("date", "amount", "income", "currency", "direction"):
                return None
            places.setdefault(role, column)
    if "date" not in places and (month := header.find(*_MONTHS)) is not None:
        places["date"] = month
    if "date" not in places or ("amount" in places) == ("income" in places):
        return None
    currency = _unit_of(header, places)
    if ("currency" in places) == bool(currency):
        return None
    if "amount" in places and is_net(header.names[places["amount"]]):
        places.pop("fee", None)
    return _Layout(header, places, currency)


def is_net(name: str) -> bool:
    """Whether a column by its name holds what is left: a fee beside it is taken off already."""
    return plain(name).split("(")[0] in _NET


def _with_kinds(layout: _Layout, rows: Sequence[Row]) -> _Layout:
    """The layout with a column of kinds (类型) as direction, if any of its cells says one."""
    if "amount" not in layout.places or "direction" in layout.places:
        return layout
    for name in _KINDS & layout.header.columns.keys():
        column = layout.header.columns[name]
        said = {plain(row.cell(column)) for row in rows}
        if said & DIRECTIONS:
            places = {**layout.places, "direction": column}
            return replace(layout, places=places, other_kinds_in=not said & (_IN | _OUT))
    return layout


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

    def read(self) -> None:
        self.decimal = self.layout.decimal or decimal_mark(
            self.cell(row, role) for row in self.rows for role in _PAID
        )
        days = [self.cell(row, "date") for row in self.rows]
        self.order = self.layout.order or year_last_order(days)
        if not self.order and any(map(is_year_last, days)):
            self.order = "mdy" if self.layout.currency in _MONTH_FIRST else "dmy"
            self.reading.warnings.add("ambiguous_date")
        for row in self.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        reading = self.reading
        amount_cells = [self.cell(row, role) for role in _PAID]
        placed_ = self._when(row)
        if placed_ is None and not any(amount_cells):
            reading.skip(row.line, "not_a_row")
            return
        reading.data_rows += 1
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

    def _when(self, row: Row) -> When | None:
        """The day with the time of a column beside it; a month alone is its first day."""
        day, clock = self.cell(row, "date"), clock_text(self.cell(row, "time"))
        found = when(day, order=self.order, may_be_serial=True)
        if found is None:
            return when(month_start(day))
        return (when(f"{found.day.isoformat()} {clock}") if clock else None) or found

    def _entries(self, row: Row, placed_: When, currency: str, values: Sequence[int]) -> None:
        party, note, identity = (self.cell(row, role) for role in ("counterparty", "description", "id"))
        given_back = _GIVEN_BACK.search(self.cell(row, "status")) is not None  # of it all, or of a part
        for kind, reason, minor in self._parts(row, values):
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
                doubtful=given_back and kind is Kind.INCOME,
                moment=placed_.moment if placed_.moment.time() != datetime.min.time() else None,
            )

    def _parts(self, row: Row, values: Sequence[int]) -> list[tuple[Kind, str, int]]:
        """Kind, reason and amount of each thing that a row says."""
        amount, income, expense, refund, fee = values
        status = self.cell(row, "status")
        if _NEVER.search(status) or _NOT_YET.search(status):
            whole = abs(amount or income or expense or refund)
            return [(Kind.IGNORED, CLOSED if _NEVER.search(status) else PENDING, whole)]
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
        return parts

    def _signed(self, row: Row, amount: int) -> tuple[Kind, str]:
        if "direction" not in self.layout.places:
            return (Kind.INCOME, "own_table") if amount > 0 else (Kind.EXPENSE, "payment_made")
        word = plain(self.cell(row, "direction"))
        if word in _BACK:
            return Kind.REFUND, "sale_refund"
        if word in _KEPT:
            return Kind.FEE, "account_fee"
        if word in _IN:
            return Kind.INCOME, "own_table"
        if word in _OUT or (amount < 0 and word):
            return Kind.EXPENSE, "payment_made"
        if self.layout.other_kinds_in:
            return Kind.INCOME, "own_table"
        return Kind.NEUTRAL, "direction_unknown"


READERS = (Generic(),)
