"""Industrial and Commercial Bank of China (中国工商银行): web CSV of account and card, table of the PDF."""

from __future__ import annotations

import re

from planner.earnings.bank import enter, enter_card
from planner.earnings.table import Layout, Line, TableReader

_MARK = "明细查询文件下载"
_NOTHING = re.compile(r"[(（]空[)）]")
_IN, _OUT = "记账金额(收入)", "记账金额(支出)"


class IcbcWeb(TableReader):
    """Two booked columns; the masked balance of a donated file (`xx,yyyy.zz`) is only text here."""

    source = "icbc"
    layouts = (Layout("icbc_csv", ("交易日期", "摘要", _IN, _OUT), _MARK),)
    amounts = (_IN, _OUT)

    def line(self, line: Line) -> None:
        currency = line.currency("记账币种", "交易币种")
        amount = line.amount(currency, _IN) - line.amount(currency, _OUT)
        placed = line.when(line.cell("交易日期"), line.cell("记账日期"))
        if line.table.has("记账日期"):
            words = " ".join(filter(None, (line.cell("摘要"), line.cell("交易场所"))))
            enter_card(line, -amount, currency, placed, card="", words=words)
            return
        enter(
            line,
            amount,
            currency,
            placed,
            kind=line.cell("摘要"),
            words=" ".join(filter(None, map(line.cell, ("交易详情", "交易场所")))),
            party=line.cell("对方户名"),
            balance=line.cell("余额"),
        )


class IcbcDebitTable(TableReader):
    """The table of 借记账户历史明细（电子版）: one signed column."""

    source = "icbc"
    layouts = (Layout("icbc_debit_pdf_table", ("交易日期", "储种", "序号", "摘要", "收入/支出金额")),)
    amounts = ("收入/支出金额",)

    def line(self, line: Line) -> None:
        currency = line.currency("币种")
        enter(
            line,
            line.must_amount(currency, "收入/支出金额"),
            currency,
            line.when(line.cell("交易日期")),
            kind=line.cell("摘要"),
            party=_NOTHING.sub("", line.cell("对方户名")),
            balance=line.cell("余额"),
        )


READERS = (IcbcWeb(), IcbcDebitTable())
