"""China Merchants Bank (招商银行): web CSV, the table of the debit PDF, the table of the credit-card bill."""

from __future__ import annotations

import re
from datetime import date

from planner.earnings.bank import enter, enter_card
from planner.earnings.cells import currency_of, when
from planner.earnings.table import Layout, Line, OddCellError, Table, TableReader
from planner.values import Month

_HEAD_CURRENCY = re.compile(r"币\s*种\s*:?：?\s*\[?\s*([^\]\s\"]+)")
_STATEMENT_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_MONTH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_PARTY_TAIL = re.compile(r"[\s\d*]+$")


class CmbWeb(TableReader):
    """`# 招商银行交易记录`: 收入 and 支出 in two columns, a tab inside each quoted cell."""

    source = "cmb"
    layouts = (
        Layout(
            "cmb_web_csv",
            ("交易日期", "交易时间", "收入", "支出", "余额", "交易类型", "交易备注"),
            "招商银行",
        ),
    )
    amounts = ("收入", "支出", "余额")

    def begin(self, table: Table) -> None:
        match = _HEAD_CURRENCY.search(table.document.head_text)
        table.currency = (currency_of(match[1]) if match else "") or "CNY"

    def line(self, line: Line) -> None:
        currency, note = line.table.currency, line.cell("交易备注")
        enter(
            line,
            line.amount(currency, "收入") - line.amount(currency, "支出"),
            currency,
            line.when_at(line.cell("交易日期"), line.cell("交易时间")),
            kind=line.cell("交易类型"),
            words=note,
            party=note,
            balance=line.cell("余额"),
        )


class CmbDebitTable(TableReader):
    """The table of 招商银行交易流水 as converters write it: one signed column, a date without time."""

    source = "cmb"
    layouts = (
        Layout("cmb_debit_pdf_table", ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息")),
    )
    amounts = ("交易金额", "联机余额")

    def line(self, line: Line) -> None:
        currency = line.currency("货币")
        enter(
            line,
            line.must_amount(currency, "交易金额"),
            currency,
            line.when(line.cell("记账日期")),
            kind=line.cell("交易摘要"),
            words=line.cell("客户摘要"),
            party=_PARTY_TAIL.sub("", line.cell("对手信息")),
            balance=line.cell("联机余额"),
        )


class CmbCreditTable(TableReader):
    """Credit-card bill: days without a year (it stands in the title), minus is money back or repayment."""

    source = "cmb_credit"
    layouts = (Layout("cmb_credit_pdf_table", ("交易日", "记账日", "交易摘要", "人民币金额", "卡号末四位")),)
    amounts = ("人民币金额",)

    def line(self, line: Line) -> None:
        match = _STATEMENT_MONTH.search(line.table.document.head_text)
        statement = Month(int(match[1]), int(match[2])) if match and 1 <= int(match[2]) <= 12 else None
        day = _day_of(line.first("交易日", "记账日"), statement)
        if day is None:
            raise OddCellError("bad_date")
        enter_card(
            line,
            line.must_amount("CNY", "人民币金额"),
            "CNY",
            line.when(day.isoformat()),
            card=line.cell("卡号末四位"),
            words=line.cell("交易摘要"),
        )


def _day_of(text: str, statement: Month | None) -> date | None:
    """The day of `MM/DD` by the statement's month; a month after it belongs to the year before."""
    if placed := when(text):
        return placed.day
    match = _MONTH_DAY.fullmatch(text)
    if not match or statement is None:
        return None
    month, day = int(match[1]), int(match[2])
    try:
        return date(statement.year - (1 if month > statement.month else 0), month, day)
    except ValueError:
        return None


READERS = (CmbWeb(), CmbDebitTable(), CmbCreditTable())
