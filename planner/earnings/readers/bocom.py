"""Bank of Communications (交通银行): the table of the account's PDF, the direction in a column of its own."""

from __future__ import annotations

from planner.earnings.bank import enter
from planner.earnings.table import Layout, Line, OddCellError, TableReader


class BocomDebit(TableReader):
    """贷 Cr is money in, 借 Dr money out; the amount has no sign."""

    source = "bocom"
    layouts = (Layout("bocom_debit_pdf_table", ("交易日期", "交易类型", "借贷", "交易金额", "余额")),)
    amounts = ("交易金额", "余额")

    def line(self, line: Line) -> None:
        amount = abs(line.must_amount("CNY", "交易金额"))
        direction = line.cell("借贷")
        if not direction.startswith(("贷", "借")):
            raise OddCellError("bad_amount")
        enter(
            line,
            amount if direction.startswith("贷") else -amount,
            "CNY",
            line.when_at(line.cell("交易日期"), line.cell("交易时间")),
            kind=line.cell("交易类型"),
            words=line.cell("摘要"),
            party=line.cell("对方户名"),
            balance=line.cell("余额"),
        )


READERS = (BocomDebit(),)
