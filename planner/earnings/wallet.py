"""Reads a wallet's bill: one amount, one direction, one status a row, in China time.

Wallet bills are the largest files a person has. Each batch of rows is turned column by column (times,
amounts, verdicts); rows whose time or amount cannot be read leave the columns first and are listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import repeat
from operator import itemgetter

from planner.earnings.bulk import Batch, IrregularError, regular_batches, row_batches
from planner.earnings.cells import is_damaged_id, minor_units, when
from planner.earnings.collector import collector_paused
from planner.earnings.document import Document, Header, Row
from planner.earnings.reader import CLOSED, NO_ID, PENDING, Reading, declared_period
from planner.values import Kind, LedgerEntry, Money, Month

_ALIKE = re.compile(r"(?:[¥￥]?[0-9]{1,12}\.[0-9]{2}\n)*[¥￥]?[0-9]{1,12}\.[0-9]{2}")
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
    """The rows with a time or an amount; the others are listed."""
    for row, torn in document.whole_rows(header):
        if torn:
            reading.skip(row.line, "truncated")
        elif row.cell(places[0]) or row.cell(places[1]):
            yield row
        else:
            reading.skip(row.line, "not_a_row")


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
    values: _Values = field(init=False)

    def __post_init__(self) -> None:
        self.verdicts, self.days, self.values = _Verdicts(self.judge), _Days(), _Values()

    def take_all(self, batches: Iterable[Batch]) -> None:
        for lines, (times, amounts, parties, goods, identities, *judged) in batches:
            self._take(_Columns(lines, times, amounts, parties, goods, identities, judged))

    def _take(self, batch: _Columns) -> None:
        reading = self.reading
        if not (all(batch.times) and all(batch.amounts)):
            batch = batch.only(
                row
                for row, cells in enumerate(zip(batch.times, batch.amounts, strict=True))
                if any(map(str.strip, cells))
            )
        reading.data_rows += len(batch.lines)
        moments = _moments(batch, reading)
        amounts = _amounts(batch, reading)
        if None in moments or None in amounts:
            keep = [row for row, known in enumerate(zip(moments, amounts, strict=True)) if None not in known]
            batch = batch.only(keep)
            moments, amounts = [moments[row] for row in keep], [amounts[row] for row in keep]
        self._enter(batch, moments, amounts)  # type: ignore[arg-type]

    def _enter(self, batch: _Columns, moments: Sequence[datetime], amounts: Sequence[int]) -> None:
        reading = self.reading
        verdicts = list(map(self.verdicts.__getitem__, zip(*batch.judged, strict=True)))
        days = list(map(self.days.__getitem__, map(itemgetter(slice(10)), batch.times)))
        if 0 in amounts:
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
                map(self.values.__getitem__, amounts),
                *zip(*days, strict=True),
                map(str.strip, batch.parties),
                map(str.strip, batch.goods),
                reasons,
                doubts,
                moments,
                batch.lines,
            )
        )

    def _keys(self, batch: _Columns, amounts: Sequence[int], verdicts: Sequence[Verdict]) -> Iterable[str]:
        """Id and time; where there is no id, or a spreadsheet damaged it, amount and party stand for it."""
        identities = list(map(str.strip, batch.identities))
        damaged = "+" in "".join(identities) and any(map(is_damaged_id, identities))
        if damaged:
            self.reading.warnings.add("ids_damaged")
        if damaged or min(map(len, identities), default=0) < _SHORTEST_ID:
            identities = [
                identity
                if identity.strip("/- ") and not is_damaged_id(identity)
                else f"{NO_ID}{amount}|{party.strip()}"
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


def _moments(batch: _Columns, reading: Reading) -> Sequence[datetime | None]:
    """The times; a cell that is none is listed and answered None. Other spellings become the usual one."""
    if _are_usual(batch.times):
        try:
            return list(map(datetime.fromisoformat, batch.times))
        except ValueError:
            pass
    moments: list[datetime | None] = []
    for line, cell in zip(batch.lines, batch.times, strict=True):
        found = when(cell)
        if found is None:
            reading.skip(line, "bad_date")
        moments.append(found.moment.replace(tzinfo=None) if found else None)
    batch.times = list(map(str, moments))
    return moments


def _are_usual(times: Sequence[str]) -> bool:
    """Whether all are written `YYYY-MM-DD HH:MM:SS`, as far as the marks between the digits tell."""
    together, count = "".join(times), len(times)
    if len(together) != 19 * count:
        return False
    marks = ((4, "-"), (7, "-"), (10, " "), (13, ":"), (16, ":"))
    return all(together[place::19] == mark * count for place, mark in marks)


def _amounts(batch: _Columns, reading: Reading) -> Sequence[int | None]:
    """The amounts in fen without their sign (the direction has its own column)."""
    together = "\n".join(batch.amounts)
    if _ALIKE.fullmatch(together):
        digits = together.replace("¥", "").replace("￥", "").replace(".", "")
        return list(map(int, digits.split("\n")))
    listed = {row.line for row in reading.skipped if row.reason == "bad_date"}
    amounts: list[int | None] = []
    for line, cell in zip(batch.lines, batch.amounts, strict=True):
        try:
            amount = minor_units(cell)
        except ValueError:
            amount = None
        if amount is None and line not in listed:
            reading.skip(line, "bad_amount")
        amounts.append(abs(amount) if amount is not None else None)
    return amounts


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


class _Days(dict[str, tuple[date, Month]]):
    """One day and month for each date, by the beginning of the time."""

    latest = date.min

    def __missing__(self, text: str) -> tuple[date, Month]:
        day = date.fromisoformat(text)
        self.latest = max(self.latest, day)
        known = self[text] = (day, Month(day.year, day.month))
        return known


class _Values(dict[int, Money]):
    """Each amount of fen as money."""

    def __missing__(self, fen: int) -> Money:
        value = self[fen] = Money(fen)
        return value
