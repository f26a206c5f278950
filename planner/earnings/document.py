"""One table-like thing inside a file (a text or a sheet), seen as rows of stripped cells."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from planner.earnings.encoding import decode
from planner.earnings.limits import (
    MAX_COLUMNS,
    MAX_FIELD,
    MAX_FILE_BYTES,
    MAX_LINE,
    MAX_ROWS,
    UnreadableError,
    unreadable,
)

LARGE = 1 << 20  # bytes from which a text is not decoded before it is known whose it is
HEAD_BYTES = 1 << 17
HEAD_ROWS = 120  # a header stands among the first rows, whatever the preamble
DELIMITERS = (",", "\t", ";", "|")
_LONGEST_RECORD = 40  # lines that one quoted cell may span


@dataclass(frozen=True, slots=True)
class Row:
    """`line` counts from 1 as a person counts them; cells are stripped of spaces, tabs and hard spaces."""

    line: int
    cells: list[str]

    def cell(self, column: int | None) -> str:
        """The cell, or nothing where the row or the file has no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns' names stand: row index, delimiter (empty in a sheet), plain name -> column."""

    row: int
    delimiter: str
    columns: Mapping[str, int]
    names: tuple[str, ...]

    def find(self, *names: str) -> int | None:
        """The column of the first of `names` that the file has."""
        columns = self.columns
        for name in _plain(names):
            if name in columns:
                return columns[name]
        return None

    def __getitem__(self, name: str) -> int:
        return self.columns[plain(name)]

    def repeats_in(self, row: Row) -> bool:
        """Whether a row is the header once more, as on the next page or of the next file put behind."""
        begins = row.cells[0] == self.names[0]
        return begins and row.filled == [name for name in self.names if name]


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a text: at hand (`raw`), or in a file from which they are read when needed."""

    raw: bytes = b""
    path: Path | None = None

    @property
    def size(self) -> int:
        """In bytes; UnreadableError if the file is gone since it was recognised."""
        try:
            return len(self.raw) if self.path is None else self.path.stat().st_size
        except OSError as error:
            raise unreadable(error) from None

    def read(self, most: int = -1) -> bytes:
        """All bytes, or the first `most`; UnreadableError as for `size`, and for a file grown too large."""
        if self.path is None:
            return self.raw if most < 0 else self.raw[:most]
        try:
            with self.open() as file:
                found = file.read(MAX_FILE_BYTES + 1 if most < 0 else most)
        except OSError as error:
            raise unreadable(error) from None
        if len(found) > MAX_FILE_BYTES:
            raise UnreadableError("too_large")
        return found

    def open(self) -> BinaryIO:
        """The bytes as a file; large ones need not be in memory at once."""
        try:
            return BytesIO(self.raw) if self.path is None else self.path.open("rb")
        except OSError as error:
            raise unreadable(error) from None


@dataclass
class Document:
    """`content` for a text, `grid` for a sheet; a text is decoded when its lines are first asked for.

    `lossy`: characters were lost. `cut`: the bytes end inside a character. `ends_open`: no line end behind
    the last row. `last_day`: what is dated later has not happened yet. `currency`: the
    person's word on a file that names none.
    """

    name: str
    encoding: str = ""
    content: Content = Content()
    grid: Sequence[Sequence[str]] | None = None
    lossy: bool = False
    cut: bool = False
    ends_open: bool = False
    last_day: date = date.max
    currency: str = ""
    broken_lines: list[int] = field(default_factory=list)

    @property
    def is_sheet(self) -> bool:
        return self.grid is not None

    @cached_property
    def is_large(self) -> bool:
        return self.content.size > LARGE

    @cached_property
    def lines(self) -> Sequence[str]:
        """The physical lines of a text, in its encoding."""
        found = decode(self.content.read())
        self.encoding, self.lossy, self.cut = found.encoding, found.lossy, found.cut
        lines = split_lines(found.text)
        self.ends_open = bool(lines[-1].strip())
        if not lines[-1]:
            lines.pop()
        if len(lines) > MAX_ROWS + HEAD_ROWS:
            raise UnreadableError("too_large")
        return lines

    @cached_property
    def head_lines(self) -> Sequence[str]:
        """The first lines; of a large text no more than its beginning is decoded for them."""
        if not self.is_large:
            return self.lines[:HEAD_ROWS]
        found = decode(self.content.read(HEAD_BYTES))
        self.encoding = found.encoding
        return split_lines(found.text)[:-1][:HEAD_ROWS] or self.lines[:HEAD_ROWS]

    @cached_property
    def head_text(self) -> str:
        """The first lines as one text, to look for a source's own words."""
        if self.grid is not None:
            return "\n".join(",".join(row) for row in self.grid[:HEAD_ROWS])[:MAX_FIELD]
        return "\n".join(self.head_lines)[:MAX_FIELD]

    @cached_property
    def _heads(self) -> list[Header]:
        """Every row that could be a header, under every delimiter that it holds."""
        found = []
        if self.grid is not None:
            for index, cells in enumerate(self.grid[:HEAD_ROWS]):
                found.append(_header(index, "", cells))
        else:
            for index, line in enumerate(self.head_lines):
                if len(line) <= MAX_FIELD:
                    held = (delimiter for delimiter in DELIMITERS if delimiter in line)
                    found.extend(_header(index, delimiter, _cells(line, delimiter)) for delimiter in held)
        return [head for head in found if len(head.columns) > 1]

    @cached_property
    def _names(self) -> frozenset[str]:
        """The plain names of all columns of all possible headers."""
        return frozenset().union(*(head.columns for head in self._heads))

    def header(self, *required: str) -> Header | None:
        """The first row that has all the required column names, in any order."""
        wanted = set(_plain(required))
        if not wanted <= self._names:
            return None
        return next((head for head in self._heads if wanted <= head.columns.keys()), None)

    @property
    def heads(self) -> Sequence[Header]:
        return self._heads

    def rows(self, header: Header) -> Iterator[Row]:
        """The rows below the header that hold anything; a cell that spans lines is put together."""
        if self.grid is not None:
            for index in range(header.row + 1, len(self.grid)):
                cells = [cell.strip() for cell in self.grid[index]]
                if any(cells):
                    yield Row(index + 1, cells)
            return
        yield from self._text_rows(header)

    def whole_rows(self, header: Header) -> Iterator[tuple[Row, bool]]:
        """The rows, each with whether it is torn: the beginning of the last row of a half-written file."""
        width, last = len(header.names), 0 if self.is_sheet else len(self.lines)
        for row in self.rows(header):
            torn = (
                not self.is_sheet
                and row.line == last
                and (
                    self.cut or (self.ends_open and (len(row.cells) < width or row.line in self.broken_lines))
                )
            )
            if len(row.cells) > 1:
                width = len(row.cells)
            yield row, torn

    def _text_rows(self, header: Header) -> Iterator[Row]:
        lines, delimiter, width = self.lines, header.delimiter, len(header.names)
        index = header.row + 1
        while index < len(lines):
            line = lines[index]
            start = index
            index += 1
            if len(line) > MAX_LINE:
                raise UnreadableError("too_large")
            if '"' not in line:
                cells = line.split(delimiter)
            else:
                cells = _cells(line, delimiter)
                if (len(cells) != width or index == len(lines)) and ends_inside_quotes(line, delimiter):
                    cells, index = self._spanning(start, delimiter, width)
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield Row(start + 1, stripped)

    def _spanning(self, start: int, delimiter: str, width: int) -> tuple[list[str], int]:
        """A record whose quoted cell goes on over lines; a stray quote leaves its line to itself."""
        record = self.lines[start]
        for end in range(start + 1, min(start + _LONGEST_RECORD, len(self.lines))):
            record += "\n" + self.lines[end]
            if not ends_inside_quotes(record, delimiter):
                cells = _cells(record, delimiter)
                if len(cells) == width:
                    return cells, end + 1
                break
        self.broken_lines.append(start + 1)
        return [cell.strip('"') for cell in self.lines[start].split(delimiter)], start + 1


def split_lines(text: str) -> list[str]:
    body = text.removeprefix("\ufeff")
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return body.split("\n")


@lru_cache(maxsize=1024)
def _plain(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that a reader asks for, row after row."""
    return tuple(map(plain, names))


def plain(name: str) -> str:
    """A column name as compared: full-width forms and apostrophes folded, no spaces or quotes, lower case."""
    folded = unicodedata.normalize("NFKC", name.strip("\ufeff")).replace("’", "'")
    return "".join(folded.split()).strip('"').casefold()


def _header(index: int, delimiter: str, cells: Sequence[str]) -> Header:
    names = tuple(cell.strip() for cell in cells)
    columns: dict[str, int] = {}
    if len(names) <= MAX_COLUMNS:
        for column, name in enumerate(names):
            if name:
                columns.setdefault(plain(name), column)
    return Header(index, delimiter, columns, names)


def _cells(record: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([record], delimiter=delimiter), [])
    except csv.Error as error:
        if len(record) > MAX_FIELD:
            raise UnreadableError("too_large") from error
        return record.split(delimiter)


def ends_inside_quotes(record: str, delimiter: str) -> bool:
    """Whether the record's last cell was opened by a quote that nothing closes."""
    position, end = 0, len(record)
    while position < end:
        if record[position] != '"':
            following = record.find(delimiter, position)
            if following < 0:
                return False
            position = following + 1
            continue
        closing = record.find('"', position + 1)
        while closing >= 0 and record.startswith('"', closing + 1):
            closing = record.find('"', closing + 2)
        if closing < 0:
            return True
        following = record.find(delimiter, closing + 1)
        if following < 0:
            return False
        position = following + 1
    return False
