"""China Construction Bank (中国建设银行): the app's workbook; a newer layout with one signed column."""

from __future__ import annotations

import re

from planner.earnings.bank import enter
from planner.earnings.cells import currency_of
from planner.earnings.table import Layout, Line, Table, TableReader

_HEAD_CURRENCY = re.compile(r"币\s*种\s*[:：],*\s*([^\s,]+)")


class Ccb(TableReader):
    """支出 and 收入 side by side (0 for the empty one), or 交易金额 with its sign."""

    source = "ccb"
    layouts = (
        Layout("ccb_xls", ("记账日", "交易日期", "支出", "收入", "账户余额"), "China Construction Bank"),
        Layout("ccb_xls", ("序号", "摘要", "币别", "交易日期", "交易金额", "账户余额")),
    )
    amounts = ("支出", "收入", "交易金额")

    def begin(self, table: Table) -> None:
        match = _HEAD_CURRENCY.search(table.document.head_text)
        table.currency = (currency_of(match[1]) if match else "") or "CNY"

    def line(self, line: Line) -> None:
        currency = line.currency("币种", "币别") if line.table.has("币种", "币别") else line.table.currency
        if line.table.has("交易金额"):
            amount = line.must_amount(currency, "交易金额")
        else:
            amount = line.amount(currency, "收入") - line.amount(currency, "支出")
        enter(
            line,
            amount,
            currency,
            line.when_at(line.first("交易日期", "记账日"), line.cell("交易时间")),
            kind=line.cell("摘要"),
            words=line.cell("交易地点", "交易地点/附言"),
            party=line.cell("对方户名", "对方账号与户名"),
            balance=line.cell("账户余额"),
        )


READERS = (Ccb(),)
