"""What the readers of tables share: rows in and out, the file's punctuation, keys, and errors listed by row.

A reader names its layouts and turns one `Line` into entries; a cell that cannot be read is an `OddCell` and
lists its row. All amounts are in minor units and signed as the file writes them.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from planner.earnings.cells import (
    When,
    clock_text,
    currency_of,
    decimal_mark,
    is_damaged_id,
    is_year_last,
    minor_units,
    when,
    year_last_order,
    zone_of,
)
from planner.earnings.document import Document, Header, Row
from planner.earnings.marks import FEE_IN_ROW, NO_ID, REFUND_IN_ROW
from planner.earnings.reader import CERTAIN, LIKELY, Reading, declared_period, own_key
from planner.values import Kind, Money

Verdict = tuple[Kind, str, bool]  # kind, reason code, doubtful
_LEAST_CELLS = 3  # a row with fewer is a note, a title or a line of dashes
_TOTAL = re.compile(
    r"[^\d,，]{0,4}[合总小共累][计計](?:金额)?[:：]?|totals?:?|subtotal:?|sum:?", re.IGNORECASE
)


def is_total(row: Row) -> bool:
    """Whether a row is a line of sums, whichever of its cells says so."""
    return any(map(_TOTAL.fullmatch, row.filled))


class OddCellError(Exception):
    """A cell that is no date, amount or currency; the argument is the reason code of its row."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape of a source's file: the name of the format and the columns that it cannot lack.

    `mark`: words of the source's own near the top, without which the columns alone are only likely.
    """

    format: str
    required: tuple[str, ...]
    mark: str = ""


@dataclass
class Table:
    """A file being read. `mark` and `order` are the punctuation and the order of day and month it proves."""

    document: Document
    layout: Layout
    header: Header
    reading: Reading
    rows: list[Row] = field(default_factory=list)
    mark: str = "."
    order: str = ""
    currency: str = ""
    memory: dict[str, Any] = field(default_factory=dict)  # what a reader learns before its rows

    def settle_currency(self, written: str, assumed: str) -> None:
        """The file's currency: as written, else as the person said, else assumed and said to be so."""
        self.currency = written or self.document.currency or assumed
        if not written and self.document.currency not in ("", assumed):
            self.reading.own_currency = self.document.currency
        if not (written or self.document.currency):
            self.reading.assumed_currency = assumed

    @classmethod
    def without_columns(cls, document: Document, reading: Reading) -> Table:
        """For files that are no tables and whose readers enter their lines like rows."""
        return cls(document, Layout(reading.format, ()), Header(0, "", {}, ()), reading)

    def line(self, number: int) -> Line:
        """A line without cells."""
        return Line(self, Row(number, []))

    def has(self, *names: str) -> bool:
        return self.header.find(*names) is not None

    def lines(self) -> Iterator[Line]:
        for row in self.rows:
            yield Line(self, row)


@dataclass(frozen=True, slots=True)
class Line:
    """One row, its cells asked for by the names of their columns; of several names the first there is."""

    table: Table
    row: Row

    def cell(self, *names: str) -> str:
        return self.row.cell(self.table.header.find(*names))

    def first(self, *names: str) -> str:
        """The first of these columns that is filled in this row."""
        return next(filter(None, (self.cell(name) for name in names)), "")

    def amount(self, currency: str, *names: str) -> int:
        """The signed amount; nothing written is nothing."""
        try:
            return minor_units(self.cell(*names), currency, self.table.mark) or 0
        except ValueError as error:
            raise OddCellError("bad_amount") from error

    def amount_of(self, text: str, currency: str) -> int:
        """The amount in a text that has to be one."""
        try:
            found = minor_units(text, currency, self.table.mark)
        except ValueError:
            found = None
        if found is None:
            raise OddCellError("bad_amount")
        return found

    def must_amount(self, currency: str, *names: str) -> int:
        """The signed amount of a cell that has to hold one."""
        return self.amount_of(self.cell(*names), currency)

    def currency(self, *names: str) -> str:
        code = currency_of(self.cell(*names))
        if not code:
            raise OddCellError("bad_currency" if self.cell(*names) else "bad_amount")
        return code

    def currency_or(self, text: str, otherwise: str) -> str:
        """The currency of a cell that may be empty."""
        return currency_of(text) or otherwise

    def when(self, *texts: str, zone: str | tzinfo | None = None) -> When:
        """The first of `texts` that is filled, read as a time of this file."""
        wanted = next(filter(None, map(str.strip, texts)), "")
        place = zone_of(zone) if isinstance(zone, str) else zone
        found = when(wanted, order=self.table.order, zone=place, may_be_serial=True)
        if found is None:
            raise OddCellError("bad_date")
        return found

    def when_at(self, day: str, clock: str, *, zone: str | tzinfo | None = None) -> When:
        """A day and a time in cells of their own; a time that is none leaves the day as it is."""
        placed = self.when(day, zone=zone)
        if not clock:
            return placed
        try:
            return self.when(f"{placed.day.isoformat()} {clock_text(clock)}", zone=zone)
        except OddCellError:
            return placed

    def day_in(self, *names: str) -> date | None:
        """The day in the first of these columns that holds one in this row."""
        return next(filter(None, map(self.day_of, names)), None)

    def day_of(self, *names: str) -> date | None:
        """The day in a column beside the one that counts, if the file has it."""
        found = when(self.cell(*names), order=self.table.order, may_be_serial=True)
        return found.day if found else None

    def add(
        self,
        verdict: Verdict,
        amount: int,
        currency: str,
        placed: When,
        key: str,
        *,
        party: str = "",
        words: str = "",
        settled: date | None = None,
        sold: date | None = None,
    ) -> None:
        """One entry of this row, `amount` as the kind counts it (positive unless it was given back)."""
        kind, reason, doubtful = verdict
        if kind is Kind.INCOME and amount <= 0:  # a sale of nothing, or one that was taken back
            kind, reason = (Kind.REFUND, "sale_refund") if amount else (Kind.IGNORED, "zero_amount")
            amount, doubtful = -amount, False
        self.table.reading.add(
            self.row.line,
            key,
            kind,
            Money(amount, currency),
            placed.day,
            placed.month,
            reason=reason,
            counterparty=party,
            description=words,
            doubtful=doubtful,
            moment=placed.moment,
            settled=settled,
            sold=sold,
        )

    def add_fee(self, fee: int, currency: str, placed: When, key: str, *, party: str = "") -> None:
        """A fee column beside an amount, positive where it was kept back: an entry, but not a row."""
        if fee and placed.day <= self.table.reading.last_day:
            verdict = (Kind.FEE, FEE_IN_ROW, False)
            self.add(verdict, fee, currency, placed, f"{key}|{FEE_IN_ROW}", party=party)

    def add_refund(self, refund: int, currency: str, placed: When, key: str, *, party: str = "") -> None:
        """What was given back of a sale by a column beside it: an entry, but not a row."""
        if refund and placed.day <= self.table.reading.last_day:
            verdict = (Kind.REFUND, REFUND_IN_ROW, False)
            self.add(verdict, refund, currency, placed, f"{key}|{REFUND_IN_ROW}", party=party)

    def key(self, identity: str, *content: object) -> str:
        """The source's own id with what makes it safe; damaged ids are noticed."""
        if is_damaged_id(identity):
            self.table.reading.warnings.add("ids_damaged")
        return own_key(identity, *content)

    def key_by(self, balance: str, *content: object) -> str:
        """For banks, which give no ids: time, amount, other side and the balance after it make one.

        A balance without a digit is masked: it tells no two lines apart.
        """
        told = any(map(str.isdigit, balance))
        return "|".join((*map(str, content), balance) if told else (NO_ID, *map(str, content)))


class TableReader(ABC):
    """A source whose files are tables. `amounts` and `days` name the columns that prove marks and order."""

    source: str = ""
    layouts: Sequence[Layout] = ()
    amounts: Sequence[str] = ()
    days: Sequence[str] = ()
    order: str = ""  # of day and month where nothing in the file tells
    has_totals = (
        True  # else only a line that begins with the word is one of sums: a party may be called Total
    )

    def recognise(self, document: Document) -> float:
        found = self.find(document)
        if found is None:
            return 0.0
        return CERTAIN if found[0].mark in document.head_text else LIKELY

    def find(self, document: Document) -> tuple[Layout, Header] | None:
        """The layout that the document has, with its header."""
        for layout in self.layouts:
            if header := document.header(*layout.required):
                return layout, header
        return None

    def read(self, document: Document) -> Reading:
        found = self.find(document)
        assert found is not None
        layout, header = found
        table = Table(
            document, layout, header, Reading(layout.format, self.source, last_day=document.last_day)
        )
        table.reading.period = declared_period(document.head_text.split("\n"))
        self._gather(table)
        self._learn(table)
        self.begin(table)
        for line in table.lines():
            table.reading.data_rows += 1
            try:
                self.line(line)
            except OddCellError as error:
                table.reading.skip(line.row.line, str(error))
        self.end(table)
        return table.reading.finish()

    def is_row(self, row: Row) -> bool:
        """Whether a row is a payment at all; totals, notes and dashes are not."""
        filled = row.filled
        return len(filled) >= _LEAST_CELLS and not (
            is_total(row) if self.has_totals else _TOTAL.fullmatch(filled[0])
        )

    def day_order(self, _table: Table) -> str:
        """The order of day and month of days that could be read in two ways; empty: ask by a warning."""
        return self.order

    def begin(self, table: Table) -> None:  # noqa: B027  # most files tell nothing before their rows
        """What the preamble tells beside the period."""

    @abstractmethod
    def line(self, line: Line) -> None:
        """One row as entries; OddCellError lists it instead."""

    def end(self, table: Table) -> None:  # noqa: B027
        """What only the whole file tells."""

    def _gather(self, table: Table) -> None:
        for row, torn in table.document.whole_rows(table.header):
            if torn and not row.cells[0].startswith(("#", "---")):
                table.reading.skip(row.line, "truncated")
            elif self.is_row(row) and not table.header.repeats_in(row):
                table.rows.append(row)
            else:
                table.reading.skip(row.line, "not_a_row")

    def _learn(self, table: Table) -> None:
        columns = [column for name in self.amounts if (column := table.header.find(name)) is not None]
        table.mark = decimal_mark(row.cell(column) for row in table.rows for column in columns)
        days = [
            row.cell(column)
            for name in self.days
            if (column := table.header.find(name)) is not None
            for row in table.rows
        ]
        in_doubt = any(map(is_year_last, days))
        table.order = year_last_order(days) or (self.day_order(table) if in_doubt else self.order)
        if in_doubt and not table.order:
            table.reading.warnings.add("ambiguous_date")
