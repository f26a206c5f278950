"""China Merchants Bank (招商银行): web CSV, the table of the debit PDF, the table of the credit-card bill."""

from __future__ import annotations

import re
from datetime import date

from planner.earnings.bank_words import judge_credit, judge_debit
from planner.earnings.cells import currency_of, minor_units, when
from planner.earnings.document import Document, Header, Row
from planner.earnings.reader import CERTAIN, LIKELY, NO_ID, Reading, declared_period
from planner.values import Kind, Money, Month

_WEB = ("交易日期", "交易时间", "收入", "支出", "余额", "交易类型", "交易备注")
_DEBIT = ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息")
_CREDIT = ("交易日", "记账日", "交易摘要", "人民币金额", "卡号末四位")
_STATEMENT_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_MONTH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_REPAYMENT = ("还款",)
_PARTY_TAIL = re.compile(r"[\s\d*]+$")


class CmbWeb:
    """`# 招商银行交易记录`: 收入 and 支出 in two columns, a tab inside each quoted cell."""

    source = "cmb"

    def recognise(self, document: Document) -> float:
        if not document.header(*_WEB):
            return 0.0
        return CERTAIN if "招商银行" in document.head_text else LIKELY

    def read(self, document: Document) -> Reading:
        header = document.header(*_WEB)
        assert header is not None
        reading = Reading("cmb_web_csv", self.source, last_day=document.last_day)
        reading.period = declared_period(document.head_text.split("\n"))
        currency = "CNY"
        if match := re.search(r"币\s*种\s*:?：?\s*\[?\s*([^\]\s\"]+)", document.head_text):
            currency = currency_of(match[1]) or "CNY"
        for row in _data_rows(document, header, reading):
            _web_row(row, header, currency, reading)
        return reading.finish()


def _data_rows(document: Document, header: Header, reading: Reading) -> list[Row]:
    rows = []
    for row, torn in document.whole_rows(header):
        if torn and not row.cells[0].startswith("#"):
            reading.skip(row.line, "truncated")
        elif row.cells[0].startswith("#") or len(row.filled) < 3:
            reading.skip(row.line, "not_a_row")
        else:
            reading.data_rows += 1
            rows.append(row)
    return rows


def _web_row(row: Row, header: Header, currency: str, reading: Reading) -> None:
    placed = when(f"{row.cell(header['交易日期'])} {row.cell(header['交易时间'])}".strip())
    try:
        credit = minor_units(row.cell(header["收入"]), currency) or 0
        debit = minor_units(row.cell(header["支出"]), currency) or 0
    except ValueError:
        reading.skip(row.line, "bad_amount")
        return
    if placed is None:
        reading.skip(row.line, "bad_date")
        return
    kind_words, note = row.cell(header["交易类型"]), row.cell(header["交易备注"])
    kind, reason, doubtful = _judge(credit - debit, kind_words, note, note)
    balance = row.cell(header["余额"])
    moment = placed.moment.replace(tzinfo=None)
    reading.add(
        row.line,
        _key(balance, moment.isoformat(), credit - debit, currency, note),
        kind,
        Money(abs(credit - debit), currency),
        placed.day,
        placed.month,
        reason=reason,
        counterparty=note,
        description=kind_words,
        doubtful=doubtful,
        moment=moment,
    )


def _judge(amount: int, kind_words: str, note: str, party: str) -> tuple[Kind, str, bool]:
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if amount > 0:
        return judge_credit(kind_words, note, party)
    return *judge_debit(kind_words, note), False


def _key(balance: str, *content: object) -> str:
    """Banks give no ids: time, amount, other side and the balance after it make one."""
    return "|".join((*map(str, content), balance)) if balance else "|".join((NO_ID, *map(str, content)))


class CmbDebitTable:
    """The table of 招商银行交易流水 as converters write it: one signed column, a date without time."""

    source = "cmb"

    def recognise(self, document: Document) -> float:
        return CERTAIN if document.header(*_DEBIT) else 0.0

    def read(self, document: Document) -> Reading:
        header = document.header(*_DEBIT)
        assert header is not None
        reading = Reading("cmb_debit_pdf_table", self.source, last_day=document.last_day)
        for row in _data_rows(document, header, reading):
            _debit_row(row, header, reading)
        return reading.finish()


def _debit_row(row: Row, header: Header, reading: Reading) -> None:
    placed = when(row.cell(header["记账日期"]))
    currency = currency_of(row.cell(header["货币"]))
    try:
        amount = minor_units(row.cell(header["交易金额"]), currency) if currency else None
    except ValueError:
        amount = None
    if placed is None or amount is None:
        reading.skip(row.line, "bad_date" if placed is None else "bad_amount")
        return
    summary, party = row.cell(header["交易摘要"]), _PARTY_TAIL.sub("", row.cell(header["对手信息"]))
    note = row.cell(header.find("客户摘要"))
    kind, reason, doubtful = _judge(amount, summary, note, party)
    reading.add(
        row.line,
        _key(row.cell(header["联机余额"]), placed.day.isoformat(), amount, currency, party),
        kind,
        Money(abs(amount), currency),
        placed.day,
        placed.month,
        reason=reason,
        counterparty=party,
        description=" ".join(filter(None, (summary, note))),
        doubtful=doubtful,
    )


class CmbCreditTable:
    """Credit-card bill: days without a year (it stands in the title), minus is money back or repayment."""

    source = "cmb_credit"

    def recognise(self, document: Document) -> float:
        return CERTAIN if document.header(*_CREDIT) else 0.0

    def read(self, document: Document) -> Reading:
        header = document.header(*_CREDIT)
        assert header is not None
        reading = Reading("cmb_credit_pdf_table", self.source, last_day=document.last_day)
        match = _STATEMENT_MONTH.search(document.head_text)
        statement = Month(int(match[1]), int(match[2])) if match and 1 <= int(match[2]) <= 12 else None
        for row in _data_rows(document, header, reading):
            _credit_row(row, header, statement, reading)
        return reading.finish()


def _credit_row(row: Row, header: Header, statement: Month | None, reading: Reading) -> None:
    day = _day_of(row.cell(header["交易日"]) or row.cell(header["记账日"]), statement)
    try:
        amount = minor_units(row.cell(header["人民币金额"]))
    except ValueError:
        amount = None
    if day is None or amount is None:
        reading.skip(row.line, "bad_date" if day is None else "bad_amount")
        return
    summary = row.cell(header["交易摘要"])
    reading.add(
        row.line,
        "|".join((NO_ID, day.isoformat(), str(amount), row.cell(header["卡号末四位"]), summary)),
        *_judge_card(amount, summary)[:1],
        Money(abs(amount)),
        day,
        Month.of(day),
        reason=_judge_card(amount, summary)[1],
        counterparty=summary,
        description=summary,
    )


def _judge_card(amount: int, summary: str) -> tuple[Kind, str]:
    """A card statement never gives income."""
    if not amount:
        return Kind.IGNORED, "zero_amount"
    if any(word in summary for word in _REPAYMENT):
        return Kind.NEUTRAL, "card_repayment"
    return (Kind.EXPENSE, "payment_made") if amount > 0 else (Kind.REFUND, "purchase_refund")


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
