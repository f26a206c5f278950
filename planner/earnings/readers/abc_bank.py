"""Agricultural Bank of China (中国农业银行): table of the account's PDF, one signed column."""

from __future__ import annotations

from planner.earnings.bank import enter
from planner.earnings.table import Layout, Line, TableReader


class AbcDebit(TableReader):
    """Days as YYYYMMDD, times as HHMMSS or empty; the last columns may be missing."""

    source = "abc"
    layouts = (Layout("abc_debit_pdf_table", ("交易日期", "交易时间", "交易摘要", "交易金额", "本次余额")),)
    amounts = ("交易金额", "本次余额")

    def line(self, line: Line) -> None:
        enter(
            line,
            line.must_amount("CNY", "交易金额"),
            "CNY",
            line.when_at(line.cell("交易日期"), line.cell("交易时间")),
            kind=line.cell("交易摘要"),
            words=line.cell("交易附言"),
            party=line.cell("对手信息").strip("-"),
            balance=line.cell("本次余额"),
            identity=line.cell("日志号"),
        )


READERS = (AbcDebit(),)
