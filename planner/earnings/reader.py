"""What a reader of one source is, and what it fills while it reads: entries, skipped rows, warnings.

A reader is an object with `recognise` and `read`. Those of the program are the modules of
`planner.earnings.readers`; another distribution offers its own by the entry point group `wenbao.readers`,
each entry point naming such an object. Recognition goes by content only: the answer is between 0 (not mine)
and 1 (certainly mine), and the surest reader reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from zlib import crc32

from planner.earnings.cells import is_damaged_id
from planner.earnings.marks import NO_ID, Work
from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow

if TYPE_CHECKING:
    from planner.earnings.document import Document

ENTRY_POINTS = "wenbao.readers"
CERTAIN = 0.9  # the source's own words and its columns
LIKELY = 0.7  # its columns alone
IGNORED_ROWS = frozenset({"bad_date", "bad_amount", "duplicate_row"})  # skipped, and counted as ignored


@runtime_checkable
class Reader(Protocol):
    """One source. `source` names it across its formats (a CSV and an XLSX of one wallet are one source)."""

    source: str

    def recognise(self, document: Document) -> float:
        """How surely the document is this source's, from 0 to 1."""

    def read(self, document: Document) -> Reading:
        """Every row as entries or as skipped; raises nothing but WenbaoError."""


@dataclass
class Reading:
    """What was found in one document, row by row."""

    format: str
    source: str
    entries: list[LedgerEntry] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    warnings: set[str] = field(default_factory=set)
    data_rows: int = 0
    period: tuple[date, date] | None = None
    last_day: date = date.max
    work: list[Work] = field(default_factory=list)
    assumed_currency: str = ""  # where the file names none and the person said nothing
    own_currency: str = ""  # the person's, where they said another than would be assumed

    def add(
        self,
        line: int,
        key: str,
        kind: Kind,
        money: Money,
        day: date,
        month: Month,
        *,
        reason: str,
        counterparty: str = "",
        description: str = "",
        doubtful: bool = False,
        moment: datetime | None = None,
        settled: date | None = None,
        sold: date | None = None,
    ) -> None:
        """One entry; a day that has not come yet makes it ignored."""
        if day > self.last_day:
            kind, reason, doubtful = Kind.IGNORED, "future_date", False
            self.warnings.add("future_date")
        self.entries.append(
            LedgerEntry(
                self.source,
                key,
                kind,
                money,
                day,
                month,
                counterparty,
                description,
                reason,
                doubtful,
                moment,
                line,
                settled,
                sold,
            )
        )

    def skip(self, line: int, reason: str) -> None:
        """A row that becomes no entry, and why."""
        self.skipped.append(SkippedRow(line, reason))
        if reason in ("bad_date", "bad_amount", "truncated"):
            self.warnings.add(reason)

    def finish(self) -> Reading:
        """Takes out lines that the source's own id shows twice, numbers equal ones without an id, warns."""
        if len(set(map(attrgetter("key"), self.entries))) != len(self.entries):
            self._part_equal_keys()
        if not self.data_rows:
            self.warnings.add("no_rows")
        self.skipped.sort(key=lambda row: row.line)
        return self

    def _part_equal_keys(self) -> None:
        """Equal keys: numbered where the source gives no ids, else one line twice or parts of one payment."""
        alike: dict[str, list[LedgerEntry]] = {}
        for entry in self.entries:
            alike.setdefault(entry.key, []).append(entry)
        repeated: set[int] = set()
        self.entries = []
        for key, group in alike.items():
            if key.startswith(NO_ID):
                self.entries.extend(
                    replace(entry, key=f"{key}#{number}") if number > 1 else entry
                    for number, entry in enumerate(group, 1)
                )
                continue
            parts: dict[tuple[object, ...], LedgerEntry] = {}
            for entry in group:
                content = (entry.money.minor, entry.money.currency, entry.counterparty, entry.description)
                if parts.setdefault(content, entry) is not entry:
                    repeated.add(entry.line)
            if len(parts) > 1:
                self.entries.extend(replace(entry, key=_part_key(entry)) for entry in parts.values())
            else:
                self.entries.extend(parts.values())
        self.entries.sort(key=attrgetter("line"))
        for line in sorted(repeated):
            self.skip(line, "duplicate_row")
        if repeated:
            self.warnings.add("duplicate_rows")


def _part_key(entry: LedgerEntry) -> str:
    """The key of one of several lines with the same id and time, by what tells them apart."""
    content = f"{entry.money.minor}|{entry.counterparty}|{entry.description}"
    return f"{entry.key}|{crc32(content.encode()):08x}"


def own_key(identity: str, *content: object) -> str:
    """The key of a line by the source's own id and what makes the id safe (time, amount, party).

    Without an id (or with one that a spreadsheet damaged) equal lines may be two payments: such keys are
    numbered within a file and never used to call two lines one.
    """
    usable = identity.strip("/- ") != "" and not is_damaged_id(identity)
    return "|".join((identity if usable else NO_ID, *map(str, content)))


_DAY = re.compile(r"(?<!\d)(\d{4})[-/年]?(\d{2})[-/月]?(\d{2})(?!\d)")
_SPAN = re.compile(r"起始|起止|区间")
_START, _END = re.compile(r"起始"), re.compile(r"终止|结束|截止")


def declared_period(lines: Iterable[str]) -> tuple[date, date] | None:
    """The period that a preamble names in a line or two: 起始时间：[…] 终止时间：[…], 交易区间：… 至 …"""
    start: date | None = None
    for line in lines:
        days = [day for parts in _DAY.findall(line) if (day := _day_of(*map(int, parts)))]
        if len(days) == 2 and _SPAN.search(line):
            return (days[0], days[1]) if days[0] <= days[1] else None
        if len(days) == 1 and _START.search(line):
            start = days[0]
        elif len(days) == 1 and start and _END.search(line):
            return (start, days[0]) if start <= days[0] else None
    return None


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
