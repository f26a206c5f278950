"""From files to a ledger: open, recognise, read, put together; one file's trouble stays with it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from planner.earnings.container import Opened, open_file
from planner.earnings.dedupe import suspected, unique
from planner.earnings.document import Document
from planner.earnings.known import foreign_format
from planner.earnings.limits import unreadable
from planner.earnings.marks import PARTS, Work
from planner.earnings.memory import Memory
from planner.earnings.picture import gross_yuan
from planner.earnings.reader import IGNORED_ROWS, Reader, Reading
from planner.earnings.readers.generic import ColumnMapping, Generic
from planner.earnings.registry import surest
from planner.earnings.remembering import remembered_readers
from planner.earnings.stored import stored_periods
from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow, WenbaoError

_ZERO = Decimal("0.00")
RELEASED = date(2026, 11, 24)  # a clock that is behind must not turn real payments into future ones


@dataclass(frozen=True)
class FileResult:
    """What one file gave. `error` is a code, and then there are no entries; `warnings` are codes.

    `looks_like` names a known format that has no reader. `assumed_currency`: the file names none, and this
    one was taken until the person says otherwise. `period` is what the file itself says it covers.
    """

    file: str
    format: str = ""
    source: str = ""
    encoding: str = ""
    entries: tuple[LedgerEntry, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    data_rows: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None
    looks_like: str = ""
    assumed_currency: str = ""
    work: tuple[Work, ...] = ()
    period: tuple[date, date] | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what was found, by which a file is known again under any name and in any archive."""
        found = hashlib.sha256(self.format.encode())
        for entry in self.entries:
            found.update(f"{entry.key}\t{entry.kind.value}\t{entry.money.minor}\t{entry.day}\n".encode())
        for row in self.skipped:
            found.update(f"{row.line}\t{row.reason}\n".encode())
        return found.hexdigest()

    @property
    def summary(self) -> dict[str, Any]:
        """What the store keeps beside the entries, in JSON's own types."""
        first, last = self.income_days or (None, None)
        return {
            "encoding": self.encoding,
            "data_rows": self.data_rows,
            "rows": {kind.value: count for kind, count in self.rows.items() if count},
            "income_sum": _text(self.total(Kind.INCOME)),
            "first_date": first.isoformat() if first else None,
            "last_date": last.isoformat() if last else None,
            "warnings": list(self.warnings),
            "source": self.source,
            "work": [{"source": record.source, **record.as_json()} for record in self.work],
            "period": [day.isoformat() for day in self.period] if self.period else None,
            "assumed_currency": self.assumed_currency,
        }

    @cached_property
    def rows(self) -> Mapping[Kind, int]:
        """How many rows are of each kind; a row of a wide layout counts under several."""
        counts = dict.fromkeys(Kind, 0)
        for entry in self.entries:
            if entry.reason not in PARTS:
                counts[entry.kind] += 1
        counts[Kind.IGNORED] += sum(row.reason in IGNORED_ROWS for row in self.skipped)
        return counts

    def total(self, kind: Kind) -> dict[str, Money]:
        """The amounts of a kind by currency; fees are added whichever way they went."""
        totals: dict[str, int] = defaultdict(int)
        for entry in self.entries:
            if entry.kind is kind and entry.reason not in PARTS:
                totals[entry.money.currency] += abs(entry.money.minor)
        return {currency: Money(totals[currency], currency) for currency in sorted(totals)}

    @cached_property
    def income_days(self) -> tuple[date, date] | None:
        """The first and the last day with income, as the file writes them."""
        days = [entry.day for entry in self.entries if entry.kind is Kind.INCOME]
        return (min(days), max(days)) if days else None

    @cached_property
    def monthly_income(self) -> dict[Month, dict[str, Money]]:
        """Income before refunds and fees, by the file's own calendar."""
        sums: dict[Month, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for entry in self.entries:
            if entry.kind is Kind.INCOME:
                sums[Month.of(entry.day)][entry.money.currency] += entry.money.minor
        return {
            month: {currency: Money(minor, currency) for currency, minor in sorted(sums[month].items())}
            for month in sorted(sums)
        }

    def as_json(self) -> dict[str, Any]:
        """The fields of `wenbao import --json` for one file."""
        first, last = self.income_days or (None, None)
        return {
            "file": self.file,
            "format": self.format or None,
            "encoding": self.encoding or None,
            "data_rows": self.data_rows,
            "income_rows": self.rows[Kind.INCOME],
            "refund_rows": self.rows[Kind.REFUND],
            "expense_rows": self.rows[Kind.EXPENSE],
            "neutral_rows": self.rows[Kind.NEUTRAL],
            "fee_rows": self.rows[Kind.FEE],
            "ignored_rows": self.rows[Kind.IGNORED],
            "other_rows": self.rows[Kind.OTHER],
            "income_sum": _text(self.total(Kind.INCOME)),
            "refund_sum": _text(self.total(Kind.REFUND)),
            "fee_sum": _text(self.total(Kind.FEE)),
            "first_date": first.isoformat() if first else None,
            "last_date": last.isoformat() if last else None,
            "monthly_income": {str(month): _text(sums) for month, sums in self.monthly_income.items()},
            "error": self.error,
            "warnings": list(self.warnings),
            "assumed_currency": self.assumed_currency or None,
            "skipped": [{"line": row.line, "reason": row.reason} for row in self.skipped],
        }


def _text(sums: Mapping[str, Money]) -> dict[str, str]:
    return {currency: str(money) for currency, money in sums.items()}


def read_file(
    path: Path | str,
    *,
    password: str | None = None,
    mapping: Mapping[str, Any] | None = None,
    today: date | None = None,
    currency: str = "",
    memory: Memory | None = None,
) -> FileResult:
    """The ledger of one file; never raises for what the file is or holds.

    `mapping` names the columns of a table that no reader knows, `currency` the money of a file that names
    none, `memory` what was confirmed for earlier files. An archive answers its first statement (and warns
    `more_files` if it holds several: `read_files` answers them all). A bad mapping is an InputError.
    """
    results = list(_results(Path(path), password, mapping, today, currency, memory or Memory()))
    first = next((result for result in results if result.error is None), _most_telling(results))
    if sum(result.error is None for result in results) > 1:
        first = _with_warning(first, "more_files")
    return first


def read_files(
    paths: Iterable[Path | str],
    *,
    password: str | None = None,
    mapping: Mapping[str, Any] | None = None,
    today: date | None = None,
    currency: str = "",
    memory: Memory | None = None,
) -> Iterator[FileResult]:
    """The results of several files one by one; an archive gives one for each statement in it."""
    for path in paths:
        results = list(_results(Path(path), password, mapping, today, currency, memory or Memory()))
        told = [result for result in results if result.error != "unknown_format"]
        yield from told or results[:1]  # a note beside a statement is nothing to tell of


def _most_telling(results: Sequence[FileResult]) -> FileResult:
    """Of an archive without a statement the result to show: that a note in it is none says the least."""
    return min(results, key=lambda result: result.error == "unknown_format")


def _results(
    path: Path,
    password: str | None,
    mapping: Mapping[str, Any] | None,
    today: date | None,
    currency: str,
    memory: Memory,
) -> Iterator[FileResult]:
    own: list[Reader] = (
        [Generic(ColumnMapping.parse(mapping))] if mapping is not None else remembered_readers(memory)
    )
    last_day = max(today or datetime.now(UTC).date(), RELEASED) + timedelta(days=1)
    try:
        for opened in open_file(path, password):
            yield _read(opened, own, last_day, currency, memory)
    except WenbaoError as error:
        yield FileResult(path.name, error=error.code)
    except (RecursionError, MemoryError):
        yield FileResult(path.name, error="too_large")
    except OSError as error:  # a drive that is pulled out while it is read
        yield FileResult(path.name, error=unreadable(error).code)


def _read(opened: Opened, own: Sequence[Reader], last_day: date, currency: str, memory: Memory) -> FileResult:
    """The surest reader's reading of the surest of the documents in one file."""
    best: tuple[float, Document, Reader] | None = None
    for document in opened.documents:
        document.last_day = last_day
        reader, confidence = surest(document, *own)
        if reader is not None and (best is None or confidence > best[0]):
            best = (confidence, document, reader)
    if best is None:
        known = next(filter(None, map(foreign_format, opened.documents)), "")
        return FileResult(opened.name, error="unknown_format", looks_like=known)
    _confidence, document, reader = best
    document.currency = currency or memory.currencies.get(reader.source, "")
    try:
        reading = reader.read(document)
        if isinstance(reader, Generic):
            for sheet in reader.alike(document, opened.documents):
                _add_sheet(reading, reader.read(sheet))
    except WenbaoError as error:
        return FileResult(opened.name, error=error.code)
    return _result(opened.name, document, reading)


def _add_sheet(reading: Reading, sheet: Reading) -> None:
    """The lines of another sheet; one that copies lines of those before it adds nothing."""
    known = {entry.key for entry in reading.entries}
    again = {entry.line for entry in sheet.entries if entry.key in known}
    reading.entries.extend(entry for entry in sheet.entries if entry.key not in known)
    reading.skipped.extend(sheet.skipped)
    reading.skipped.extend(SkippedRow(line, "duplicate_row") for line in sorted(again))
    reading.data_rows += sheet.data_rows
    reading.warnings |= sheet.warnings - {"no_rows"}
    if again:
        reading.warnings.add("duplicate_rows")
    if reading.data_rows:
        reading.warnings.discard("no_rows")


def _result(name: str, document: Document, reading: Reading) -> FileResult:
    warnings = set(reading.warnings)
    if document.lossy:
        warnings.add("encoding_loss")
    if document.cut:
        warnings.add("truncated")
    return FileResult(
        file=name,
        format=reading.format,
        source=reading.source,
        encoding=document.encoding,
        entries=_keyed(reading),
        skipped=tuple(reading.skipped),
        data_rows=reading.data_rows,
        warnings=tuple(sorted(warnings)),
        period=_covered(reading) if "truncated" in warnings else reading.period,
        assumed_currency=reading.assumed_currency,
        work=tuple(reading.work),
    )


def _covered(reading: Reading) -> tuple[date, date] | None:
    """What is left of the declared period of a file that breaks off: as far as its rows go."""
    if reading.period is None or not reading.entries:
        return None
    start, end = reading.period
    first, last = reading.entries[0].day, reading.entries[-1].day  # as they stand in the file
    start, end = (start, min(end, last)) if first <= last else (max(start, last), end)
    return (start, end) if start <= end else None


def _keyed(reading: Reading) -> tuple[LedgerEntry, ...]:
    """The entries; in a currency of the person's choice they are other lines than in the assumed one."""
    if not reading.own_currency:
        return tuple(reading.entries)
    return tuple(replace(entry, key=f"{entry.key}|{reading.own_currency}") for entry in reading.entries)


def _with_warning(result: FileResult, code: str) -> FileResult:
    return replace(result, warnings=tuple(sorted({*result.warnings, code})))


@dataclass(frozen=True)
class ImportReport:
    """Several files together: what is left when each payment counts once, and its value in yuan."""

    files: Sequence[FileResult]

    @cached_property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """Every line once, whatever number of exports it stands in, oldest first."""
        return unique(entry for result in self.files for entry in result.entries)

    @property
    def duplicates(self) -> int:
        """How many rows were left out because another file, or the same one, already shows them."""
        within = sum(row.reason == "duplicate_row" for result in self.files for row in result.skipped)
        return sum(len(result.entries) for result in self.files) - len(self.entries) + within

    @property
    def periods(self) -> tuple[tuple[str, date, date], ...]:
        """What the files say they cover, each with its source."""
        return stored_periods(result.summary for result in self.files)

    @property
    def work(self) -> tuple[Work, ...]:
        """Orders and hours that the files name."""
        return tuple(record for result in self.files for record in result.work)

    @property
    def failed(self) -> bool:
        return any(result.error for result in self.files)

    def as_json(self) -> dict[str, Any]:
        """The whole answer of `wenbao import --json`."""
        months, unconverted = gross_yuan(self.entries)
        return {
            "files": [result.as_json() for result in self.files],
            "duplicates": self.duplicates,
            "monthly_cny": {str(month): f"{yuan:f}" for month, yuan in months.items()},
            "total_cny": f"{sum(months.values(), start=_ZERO):f}",
            "unconverted": _text(unconverted),
            "suspected": [pair.as_json() for pair in suspected(self.entries)],
        }
