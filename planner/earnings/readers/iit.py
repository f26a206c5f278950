"""Individual income tax (个人所得税): the app's list of income as the person types it, and the tax record."""

from __future__ import annotations

import re

from planner.earnings.cells import minor_units, month_start, when
from planner.earnings.document import Document
from planner.earnings.marks import NO_ID
from planner.earnings.reader import CERTAIN, Reading
from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind, Money

_TITLE = "纳税记录"
_RECORD = re.compile(
    r"(\d{4}-\d{2}-\d{2})\s+(-?[\d,]+\.\d{2})\s+(\d{4}-\d{2}-\d{2}|-)?\s*(\S+)\s+(\d{4}-\d{2})"
)


class IncomeList(TableReader):
    """收入纳税明细: a month, a payer, a sort of income; the payer's own figure, before costs."""

    source = "iit"
    layouts = (Layout("iit_income_list_xlsx", ("税款所属期", "所得项目", "收入", "已申报税额")),)
    amounts = ("收入", "已申报税额")

    def line(self, line: Line) -> None:
        amount = line.must_amount("CNY", "收入")
        month = line.cell("税款所属期")
        placed = line.when(month_start(month) or month)
        payer, sort = line.cell("扣缴义务人"), line.cell("所得项目小类") or line.cell("所得项目")
        verdict = (
            (Kind.INCOME, "declared_income", False) if amount > 0 else (Kind.IGNORED, "zero_amount", False)
        )
        key = line.key_by("", str(placed.month), payer, sort, amount)
        line.add(verdict, amount, "CNY", placed, key, party=payer, words=sort)


class TaxRecord:
    """纳税记录: it lists tax paid, not income; nothing of it is ever earned."""

    source = "iit_record"

    def recognise(self, document: Document) -> float:
        return CERTAIN if _TITLE in document.head_text and "实缴" in document.head_text else 0.0

    def read(self, document: Document) -> Reading:
        reading = Reading("iit_tax_record_pdf_text", self.source, last_day=document.last_day)
        rows = [" ".join(row) for row in document.grid] if document.grid is not None else document.lines
        for number, text in enumerate(rows, 1):
            match = _RECORD.search(text)
            if match is None:
                if text.strip():
                    reading.skip(number, "not_a_row")
                continue
            reading.data_rows += 1
            placed, tax = when(match[1]), minor_units(match[2]) or 0
            if placed is None:
                reading.skip(number, "bad_date")
                continue
            reading.add(
                number,
                "|".join((NO_ID, match[1], match[2], match[4], match[5])),
                Kind.OTHER,
                Money(tax),
                placed.day,
                placed.month,
                reason="tax_paid",
                description=match[4],
                moment=placed.moment,
            )
        return reading.finish()


READERS = (IncomeList(), TaxRecord())
