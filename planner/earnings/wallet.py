"""Reads a wallet's bill: one amount, one direction, one status a row, in China time.

Wallet bills are the largest files a person has. Each batch of rows is turned column by column (times,
amounts, verdicts); rows whose time or amount cannot be read leave the columns first and are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import repeat

from planner.earnings.bulk import Batch, IrregularError, regular_batches, row_batches
from planner.earnings.cells import is_damaged_id, is_year_last, minor_units, when, year_last_order
from planner.earnings.collector import collector_paused
from planner.earnings.document import Document, Header, Row
from planner.earnings.marks import CLOSED, NO_ID, PENDING
from planner.earnings.reader import Reading, declared_period
from planner.values import Kind, LedgerEntry, Money, Month

_SHORTEST_ID = 4  # characters; shorter cells are a dash, a stroke or nothing

Verdict = tuple[Kind, str, bool]  # kind, reason code, doubtful


@dataclass(frozen=True, slots=True)
class WalletColumns:
    """The names a wallet gives its columns; `judged` are those its verdict looks at."""

    time: str
    amount: str
    party: str
    goods: str
    identity: str
    judged: tuple[str, ...]


def read_wallet(
    document: Document,
    header: Header,
    new_reading: Callable[[], Reading],
    names: WalletColumns,
    judge: Callable[..., Verdict],
) -> Reading:
    """All rows of a wallet's bill in yuan; `judge` answers a verdict for the judged cells of a row."""
    wanted = (names.time, names.amount, names.party, names.goods, names.identity, *names.judged)
    places = [header.find(name) for name in wanted]
    with collector_paused():
        try:
            bill = _Bill(new_reading(), judge)
            bill.take_all(regular_batches(document, header, places))
        except IrregularError:
            bill = _Bill(new_reading(), judge)
            bill.take_all(row_batches(_rows(document, header, places, bill.reading), places))
        bill.reading.period = declared_period(document.head_text.split("\n"))
        return bill.reading.finish()


def _rows(
    document: Document, header: Header, places: Sequence[int | None], reading: Reading
) -> Iterator[Row]:
    """The rows that are payments; the others are listed."""
    for row, torn in document.whole_rows(header):
        if torn:
            reading.skip(row.line, "truncated")
        elif _is_payment(row.cell(places[0]), row.cell(places[1])) and not header.repeats_in(row):
            yield row
        else:
            reading.skip(row.line, "not_a_row")


def _is_payment(time: str, amount: str) -> bool:
    """Whether a row has an amount, or at least a time; a line of dashes or of words has neither."""
    return amount.strip() != "" or when(time, may_be_serial=True) is not None


@dataclass
class _Columns:
    """The cells of one batch; all columns have the length of `lines`."""

    lines: Sequence[int]
    times: Sequence[str]
    amounts: Sequence[str]
    parties: Sequence[str]
    goods: Sequence[str]
    identities: Sequence[str]
    judged: list[Sequence[str]]

    @property
    def all_cells(self) -> Sequence[Sequence[str]]:
        return self.times, self.amounts, self.parties, self.goods, self.identities, *self.judged

    def only(self, keep: Iterable[int]) -> _Columns:
        rows = list(keep)

        def picked(column: Sequence[str]) -> Sequence[str]:
            return [column[row] for row in rows]

        return _Columns(
            lines=[self.lines[row] for row in rows],
            times=picked(self.times),
            amounts=picked(self.amounts),
            parties=picked(self.parties),
            goods=picked(self.goods),
            identities=picked(self.identities),
            judged=[picked(column) for column in self.judged],
        )


@dataclass
class _Bill:
    """A bill while it is read; what one batch has learnt (verdicts, days, amounts) serves the next."""

    reading: Reading
    judge: Callable[..., Verdict]
    verdicts: _Verdicts = field(init=False)
    days: _Days = field(init=False)
    amounts: _Amounts = field(init=False)
    order: str = ""  # of day and month, as a spreadsheet of another country writes them

    def __post_init__(self) -> None:
        self.verdicts, self.days, self.amounts = _Verdicts(self.judge), _Days(), _Amounts()

    def take_all(self, batches: Iterable[Batch]) -> None:
        for lines, (times, amounts, parties, goods, identities, *judged) in batches:
            self._take(_Columns(lines, times, amounts, parties, goods, identities, judged))

    def _take(self, batch: _Columns) -> None:
        reading = self.reading
        if not (all(batch.times) and all(batch.amounts)):
            batch = batch.only(self._payments(batch))
        reading.data_rows += len(batch.lines)
        moments = self._moments(batch)
        amounts = list(map(self.amounts.__getitem__, batch.amounts))
        if None in moments or (self.amounts.with_unreadable and any(each is None for each in amounts)):
            keep = []
            for row, (line, moment, amount) in enumerate(zip(batch.lines, moments, amounts, strict=True)):
                if moment is None:
                    reading.skip(line, "bad_date")
                elif amount is None:
                    reading.skip(line, "bad_amount")
                else:
                    keep.append(row)
            batch = batch.only(keep)
            moments, amounts = [moments[row] for row in keep], [amounts[row] for row in keep]
        self._enter(batch, moments, amounts)  # type: ignore[arg-type]

    def _payments(self, batch: _Columns) -> Iterator[int]:
        """The places of the rows that are payments; the others are listed, unless they are empty."""
        for row, cells in enumerate(zip(batch.times, batch.amounts, strict=True)):
            if _is_payment(*cells):
                yield row
            elif any(column[row].strip() for column in batch.all_cells):
                self.reading.skip(batch.lines[row], "not_a_row")

    def _moments(self, batch: _Columns) -> Sequence[datetime | None]:
        """The times; a cell that is none is answered None. Other spellings become the usual one."""
        if _are_usual(batch.times):
            try:
                return list(map(datetime.fromisoformat, batch.times))
            except ValueError:
                pass
        self.order = year_last_order(batch.times) or self.order
        if not self.order and any(map(is_year_last, batch.times)):
            self.reading.warnings.add("ambiguous_date")
        found = [when(cell, order=self.order, may_be_serial=True) for cell in batch.times]
        moments = [each.moment.replace(tzinfo=None) if each else None for each in found]
        batch.times = list(map(str, moments))
        return moments

    def _enter(self, batch: _Columns, moments: Sequence[datetime], amounts: Sequence[Money]) -> None:
        reading = self.reading
        verdicts = list(map(self.verdicts.__getitem__, zip(*batch.judged, strict=True)))
        days = list(map(self.days.__getitem__, map(datetime.toordinal, moments)))
        if self.amounts.with_zero:
            verdicts = [
                verdict if amount else _ZERO for verdict, amount in zip(verdicts, amounts, strict=True)
            ]
        if self.days.latest > reading.last_day:
            verdicts = [
                verdict if day <= reading.last_day else _FUTURE
                for verdict, (day, _month) in zip(verdicts, days, strict=True)
            ]
            if _FUTURE in verdicts:
                reading.warnings.add("future_date")
        if not verdicts:
            return
        kinds, reasons, doubts = zip(*verdicts, strict=True)
        reading.entries.extend(
            map(
                LedgerEntry,
                repeat(reading.source),
                self._keys(batch, amounts, verdicts),
                kinds,
                amounts,
                *zip(*days, strict=True),
                map(str.strip, batch.parties),
                map(str.strip, batch.goods),
                reasons,
                doubts,
                moments,
                batch.lines,
            )
        )

    def _keys(self, batch: _Columns, amounts: Sequence[Money], verdicts: Sequence[Verdict]) -> Iterable[str]:
        """Id and time; where there is no id, or a spreadsheet damaged it, amount and party stand for it."""
        identities = list(map(str.strip, batch.identities))
        damaged = "+" in "".join(identities) and any(map(is_damaged_id, identities))
        if damaged:
            self.reading.warnings.add("ids_damaged")
        if damaged or min(map(len, identities), default=0) < _SHORTEST_ID:
            identities = [
                identity
                if identity.strip("/- ") and not is_damaged_id(identity)
                else f"{NO_ID}{amount.minor}|{party.strip()}"
                for identity, amount, party in zip(identities, amounts, batch.parties, strict=True)
            ]
        keys = map("|".join, zip(identities, batch.times, strict=True))
        if self.verdicts.with_endings:
            return [
                f"{key}|{verdict[1]}" if verdict[1] in _ENDINGS else key
                for key, verdict in zip(keys, verdicts, strict=True)
            ]
        return keys


_ZERO: Verdict = (Kind.IGNORED, "zero_amount", False)
_FUTURE: Verdict = (Kind.IGNORED, "future_date", False)
_ENDINGS = (CLOSED, PENDING)


def _are_usual(times: Sequence[str]) -> bool:
    """Whether all are written `YYYY-MM-DD HH:MM:SS`, as far as the marks between the digits tell."""
    together, count = "".join(times), len(times)
    if len(together) != 19 * count:
        return False
    marks = ((4, "-"), (7, "-"), (10, " "), (13, ":"), (16, ":"))
    return all(together[place::19] == mark * count for place, mark in marks)


class _Verdicts(dict[tuple[str, ...], Verdict]):
    """Each combination of the judged cells is judged once."""

    def __init__(self, judge: Callable[..., Verdict]) -> None:
        super().__init__()
        self._judge = judge
        self.with_endings = False

    def __missing__(self, cells: tuple[str, ...]) -> Verdict:
        verdict = self[cells] = self._judge(*map(str.strip, cells))
        self.with_endings = self.with_endings or verdict[1] in _ENDINGS
        return verdict


class _Days(dict[int, tuple[date, Month]]):
    """One day and month for each date, by its ordinal."""

    latest = date.min

    def __missing__(self, ordinal: int) -> tuple[date, Month]:
        day = date.fromordinal(ordinal)
        self.latest = max(self.latest, day)
        known = self[ordinal] = (day, Month(day.year, day.month))
        return known


class _Amounts(dict[str, Money | None]):
    """Each amount without its sign (the direction has its own column); None for a cell that is none."""

    def __init__(self) -> None:
        super().__init__()
        self.with_zero = self.with_unreadable = False

    def __missing__(self, cell: str) -> Money | None:
        try:
            fen = minor_units(cell)
        except ValueError:
            fen = None
        known = self[cell] = None if fen is None else Money(abs(fen))
        self.with_unreadable = self.with_unreadable or fen is None
        self.with_zero = self.with_zero or fen == 0
        return known
