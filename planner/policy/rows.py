"""What a pack is made of: dated values, rows of tables, and how both are read from CSV text.

Every CSV has the provenance columns `source_title`, `source_url`, `confidence`, `checked`, `valid_from`,
`valid_to` and `note` beside its own. An empty `valid_to` means that no end is known.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path

from planner.values import Confidence, InputError, Origin, Place, Source, State, mark

Content = Decimal | str | tuple[Decimal, ...]

_LIST = " "


@dataclass(frozen=True)
class Value:
    """One value of the law for a place and a time.

    `value` is a Decimal, a code, or a list of Decimals in `unit`. `state` is that of the day asked for:
    provisional when the row itself is (last year's limits carried on) or when its period has ended and
    nothing newer is known. `area` names the regional class of the place, if the row is one's. `note` and
    `note_zh` say the same in English and Chinese.
    """

    key: str
    value: Content
    unit: str
    place: Place
    valid_from: date
    valid_to: date | None
    published_on: date | None
    state: State
    source: Source
    note: str = ""
    area: str = ""
    corrected: bool = False
    note_zh: str = ""

    def note_in(self, language: str) -> str:
        """The note in Chinese where there is one, else as it is."""
        return self.note_zh or self.note if language == "zh" else self.note

    @property
    def number(self) -> Decimal:
        """The value where it is a single number."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.key} is no single number")
        return self.value


class Row(Mapping[str, str]):
    """A row of a table: its columns as text, its provenance as a `Source`."""

    def __init__(self, columns: dict[str, str], where: str, table: str = "", line: int = 0) -> None:
        self._columns = columns
        self.where = where  # file and line
        self.table, self.line = table, line

    def __getitem__(self, column: str) -> str:
        return self._columns[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return f"Row({self.where}: {self._columns})"

    @cached_property
    def source(self) -> Source:
        """The document behind the row, with the row itself as its origin."""
        source = read_source(self._columns, self.where)
        return replace(source, origins=(self._origin(),)) if self.table else source

    def _origin(self) -> Origin:
        start = self._columns["valid_from"]
        first = _day(start, self.where) if start else date.min
        return Origin(self.table, self._columns.get("place") or "CN", "", first, self.line)

    def decimal(self, column: str) -> Decimal:
        """The number in `column`; text that is none is an error that names the file and line."""
        return _decimal(self._columns[column], f"{self.where}, {column}")


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV file (UTF-8, header in the first line)."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return tuple(
            Row(dict(columns), f"{path.name}:{reader.line_num}", path.stem, reader.line_num)
            for columns in reader
        )


def read_value(row: Row) -> Value:
    """The dated value that a row of a value file states."""
    where = row.where
    try:
        return Value(
            key=row["key"],
            value=_content(row["value"], where),
            unit=row["unit"],
            place=Place(row["place"]),
            valid_from=_day(row["valid_from"], where),
            valid_to=_day(row["valid_to"], where) if row["valid_to"] else None,
            published_on=_day(row["published_on"], where) if row["published_on"] else None,
            state=State(row["state"]),
            source=replace(row.source, origins=(_origin(row),)),
            note=row["note"],
            area=row["area"],
            note_zh=row.get("note_zh", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(where, str(error)) from error


def _origin(row: Row) -> Origin:
    return Origin(row["key"], row["place"], row["area"], date.fromisoformat(row["valid_from"]))


def read_source(columns: Mapping[str, str], where: str) -> Source:
    """The provenance columns as a Source."""
    try:
        confidence = Confidence(columns["confidence"])
    except ValueError as error:
        raise damaged(where, columns["confidence"]) from error
    return Source(
        columns["source_title"],
        columns["source_url"],
        confidence,
        _day(columns["checked"], where) if columns["checked"] else None,
        columns.get("note", ""),
    )


def _content(text: str, where: str) -> Content:
    if _LIST in text:
        return tuple(_decimal(part, where) for part in text.split(_LIST))
    try:
        return Decimal(text)
    except InvalidOperation:
        if not text:
            raise damaged(where, text) from None
        return text


def _decimal(text: str, where: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise damaged(where, text) from None


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise damaged(where, text) from None


def damaged(where: str, text: str) -> InputError:
    """The error of a pack that cannot be read at `where` (file and line)."""
    return InputError(
        "damaged_pack",
        mark("The policy data is damaged at {field}: {value!r}. Install the program or the pack again."),
        field=where,
        value=text,
    )
