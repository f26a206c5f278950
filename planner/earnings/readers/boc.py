"""Bank of China (中国银行): the tables of the account's PDF and of the credit-card bill."""

from __future__ import annotations

import re

from planner.earnings.bank import enter, enter_card
from planner.earnings.table import Layout, Line, TableReader

_DASHES = re.compile(r"-{5,}\s*")


class BocDebit(TableReader):
    """One signed column; a row of dashes in a cell means nothing was written."""

    source = "boc"
    layouts = (Layout("boc_debit_pdf_table", ("记账日期", "记账时间", "币别", "金额", "余额", "交易名称")),)
    amounts = ("金额", "余额")

    def line(self, line: Line) -> None:
        currency = line.currency("币别")
        enter(
            line,
            line.must_amount(currency, "金额"),
            currency,
            line.when_at(line.cell("记账日期"), line.cell("记账时间")),
            kind=line.cell("交易名称"),
            words=_DASHES.sub("", line.cell("附言")),
            party=_DASHES.sub("", line.cell("对方账户名")),
            balance=line.cell("余额"),
        )


class BocCredit(TableReader):
    """存入 is money back or a repayment, 支出 a purchase; several currencies in one bill."""

    source = "boc_credit"
    layouts = (Layout("boc_credit_pdf_table", ("交易日", "银行记账日", "交易描述", "存入", "支出")),)
    amounts = ("存入", "支出")

    def line(self, line: Line) -> None:
        currency = line.currency("币种") if line.table.has("币种") else "CNY"
        enter_card(
            line,
            line.amount(currency, "支出") - line.amount(currency, "存入"),
            currency,
            line.when(line.cell("交易日"), line.cell("银行记账日")),
            card=line.cell("卡号后四位"),
            words=line.cell("交易描述"),
        )


READERS = (BocDebit(), BocCredit())
