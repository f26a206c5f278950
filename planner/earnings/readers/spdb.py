"""Shanghai Pudong Development Bank (浦发银行): the account's workbook."""

from __future__ import annotations

from planner.earnings.bank import enter
from planner.earnings.table import Layout, Line, TableReader

_TIMES = ("交易时间", "交易日期", "记账日期")


class Spdb(TableReader):
    """存入金额 and 取出金额 side by side; two spaces part the date from the time."""

    source = "spdb"
    layouts = tuple(Layout("spdb_xls", (day, "存入金额", "取出金额")) for day in _TIMES)
    amounts = ("存入金额", "取出金额")

    def line(self, line: Line) -> None:
        day = line.first(*_TIMES[1:])
        enter(
            line,
            line.amount("CNY", "存入金额") - line.amount("CNY", "取出金额"),
            "CNY",
            line.when_at(day, line.cell("交易时间")) if day else line.when(line.cell("交易时间")),
            kind=line.cell("交易名称", "交易摘要", "摘要"),
            words=line.cell("附言", "备注"),
            party=line.cell("对手姓名", "对方户名", "交易对手"),
            balance=line.cell("余额", "账户余额"),
        )


READERS = (Spdb(),)
