"""Reads a wallet's bill column by column: one amount, one direction, one status a row.

Wallet bills are the largest files a person has, so each column is turned at once (times, amounts, verdicts)
instead of each row; rows whose time or amount cannot be read leave the columns first and are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from operator import itemgetter

from planner.earnings.cells import is_damaged_id, minor_units, when
from planner.earnings.document import Document, Header
from planner.earnings.reader import CLOSED, NO_ID, PENDING, Reading, declared_period
from planner.values import Kind, LedgerEntry, Money, Month

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
    document: Document, header: Header, reading: Reading, names: WalletColumns, judge: Callable[..., Verdict]
) -> Reading:
    """All rows of a wallet's bill in yuan; `judge` answers a verdict for the judged cells of a row."""
    reading.period = declared_period(document.head_text.split("\n"))
    table = _Table.of(document, header, reading, names)
    moments = _moments(table, names.time, reading)
    amounts = _amounts(table, names.amount, reading)
    if None in moments or None in amounts:
        keep = [
            index
            for index, (moment, amount) in enumerate(zip(moments, amounts, strict=True))
            if moment is not None and amount is not None
        ]
        table = table.only(keep)
        moments, amounts = [moments[index] for index in keep], [amounts[index] for index in keep]
    _fill(reading, table, names, moments, amounts, judge)  # type: ignore[arg-type]
    return reading.finish()


@dataclass
class _Table:
    """Columns of equal length by name, and the line of each row."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, document: Document, header: Header, reading: Reading, names: WalletColumns) -> _Table:
        wanted = dict.fromkeys(
            (names.time, names.amount, names.party, names.goods, names.identity, *names.judged)
        )
        places = [header.find(name) for name in wanted]
        needed = (header.find(names.time), header.find(names.amount))
        lines: list[int] = []
        rows: list[list[str]] = []
        for row, torn in document.whole_rows(header):
            if torn:
                reading.skip(row.line, "truncated")
            elif any(row.cell(place) for place in needed):
                lines.append(row.line)
                rows.append([row.cell(place) for place in places])
            else:
                reading.skip(row.line, "not_a_row")
        reading.data_rows = len(lines)
        columns = zip(*rows, strict=True) if rows else ([] for _ in places)
        return cls(lines, dict(zip(wanted, columns, strict=True)))

    def __getitem__(self, name: str) -> Sequence[str]:
        return self.columns[name]

    def only(self, keep: Sequence[int]) -> _Table:
        return _Table(
            [self.lines[index] for index in keep],
            {name: [column[index] for index in keep] for name, column in self.columns.items()},
        )


def _moments(table: _Table, name: str, reading: Reading) -> Sequence[datetime | None]:
    """The times; a cell that is none is listed and answered None."""
    cells = table[name]
    if set(map(len, cells)) == {19} and set(map(itemgetter(10), cells)) == {" "}:
        try:
            return list(map(datetime.fromisoformat, cells))
        except ValueError:
            pass
    moments: list[datetime | None] = []
    for line, cell in zip(table.lines, cells, strict=True):
        found = when(cell)
        if found is None:
            reading.skip(line, "bad_date")
        moments.append(found.moment.replace(tzinfo=None) if found else None)
    return moments


def _amounts(table: _Table, name: str, reading: Reading) -> Sequence[int | None]:
    """The amounts in fen without their sign (the direction has its own column)."""
    known: dict[str, int | None] = {}
    for cell in set(table[name]):
        try:
            amount = minor_units(cell)
            known[cell] = abs(amount) if amount is not None else None
        except ValueError:
            known[cell] = None
    if None in known.values():
        listed = {row.line for row in reading.skipped}
        for line, cell in zip(table.lines, table[name], strict=True):
            if known[cell] is None and line not in listed:
                reading.skip(line, "bad_amount")
    return [known[cell] for cell in table[name]]


class _Verdicts(dict[tuple[str, ...], Verdict]):
    """Each combination of the judged cells is judged once."""

    def __init__(self, judge: Callable[..., Verdict]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, cells: tuple[str, ...]) -> Verdict:
        verdict = self[cells] = self._judge(*cells)
        return verdict


def _fill(
    reading: Reading,
    table: _Table,
    names: WalletColumns,
    moments: Sequence[datetime],
    amounts: Sequence[int],
    judge: Callable[..., Verdict],
) -> None:
    verdicts = list(
        map(_Verdicts(judge).__getitem__, zip(*(table[name] for name in names.judged), strict=True))
    )
    kinds, reasons, doubts = (list(map(itemgetter(index), verdicts)) for index in range(3))
    days = list(map(datetime.date, moments))
    for index, amount in enumerate(amounts) if 0 in amounts else ():
        if not amount:
            kinds[index], reasons[index], doubts[index] = Kind.IGNORED, "zero_amount", False
    for index, day in enumerate(days) if days and max(days) > reading.last_day else ():
        if day > reading.last_day:
            kinds[index], reasons[index], doubts[index] = Kind.IGNORED, "future_date", False
            reading.warnings.add("future_date")
    reading.entries = list(
        map(
            LedgerEntry,
            repeat(reading.source),
            _keys(table, names, moments, amounts, reasons, reading),
            kinds,
            map(Money, amounts),
            days,
            _months(days),
            table[names.party],
            table[names.goods],
            reasons,
            doubts,
            moments,
            table.lines,
        )
    )


def _months(days: Sequence[date]) -> list[Month]:
    """The month of each day; wallets write China time, so it is the day's own."""
    months = {day: Month(day.year, day.month) for day in set(days)}
    return list(map(months.__getitem__, days))


def _keys(
    table: _Table,
    names: WalletColumns,
    moments: Sequence[datetime],
    amounts: Sequence[int],
    reasons: Sequence[str],
    reading: Reading,
) -> list[str]:
    """Id, time, amount and party: wallets repeat an id for the parts of one payment."""
    identities: Sequence[str] = table[names.identity]
    if any(map(is_damaged_id, identities)):
        reading.warnings.add("ids_damaged")
    unusable = {one for one in set(identities) if not one.strip("/- ") or is_damaged_id(one)}
    if unusable:
        identities = [NO_ID if one in unusable else one for one in identities]
    keys = list(
        map("|".join, zip(identities, map(str, moments), map(str, amounts), table[names.party], strict=True))
    )
    if CLOSED in reasons or PENDING in reasons:
        keys = [
            f"{key}|{reason}" if reason in (CLOSED, PENDING) else key
            for key, reason in zip(keys, reasons, strict=True)
        ]
    return keys
