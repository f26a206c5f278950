"""Which columns of an unknown table hold day, amount, direction, currency and party: a proposal to confirm.

Names weigh most (whole words, then parts of them), contents decide between them: a column is a day if its
cells are days. What is proposed is never stored by itself; the person sees it beside the rows and agrees.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.earnings.cells import (
    clock_text,
    currency_of,
    decimal_mark,
    minor_units,
    month_start,
    serial_moment,
    when,
    year_last_order,
)
from planner.earnings.container import open_file
from planner.earnings.document import Document, Header, Row, plain
from planner.earnings.reader import Reading
from planner.earnings.readers.generic import DIRECTIONS, ROLE_WORDS, ColumnMapping, Generic, is_net
from planner.earnings.table import is_total
from planner.values import WenbaoError

PREVIEW = 8  # rows shown beside the proposal
_SEEN = 60  # rows that are looked at
_LEAST_ROWS = 1
_NEEDED = 0.6  # share of the filled cells that must fit a role
_BY_NAME, _BY_PART, _BY_CONTENT = 3.0, 1.5, 1.0
_FRACTIONS = 0.4  # amounts have cents where quantities and numbers have none
_PAID = ("amount", "income", "expense")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_LONGEST_STATUS = 12


@dataclass(frozen=True)
class Guess:
    """`columns` maps roles to names of columns, `sure` each of them to how sure it is (0 to 1).

    `missing`: roles without which nothing can be read (`currency`). `names` are all columns, `rows`
    the first under them. `digest` names the header, by which a mapping is remembered.
    """

    names: tuple[str, ...]
    columns: Mapping[str, str]
    sure: Mapping[str, float]
    rows: tuple[tuple[str, ...], ...]
    digest: str
    currency: str = ""
    date_order: str = ""
    decimal: str = ""
    sheet: str = ""
    missing: tuple[str, ...] = field(default=())

    def as_mapping(self) -> dict[str, Any]:
        """In the form of a mapping file; without what is not known."""
        told = {"currency": self.currency, "date_order": self.date_order, "decimal": self.decimal}
        return {"columns": dict(self.columns), **{name: value for name, value in told.items() if value}}


def guess_file(path: Path, password: str | None = None) -> Guess | None:
    """The best proposal for any table in a file; None where none has a column of days and one of amounts."""
    try:
        documents = [document for opened in open_file(path, password) for document in opened.documents]
        guesses = [found for document in documents if (found := guess(document)) is not None]
    except WenbaoError:
        return None
    return max(guesses, key=_worth, default=None)


def guess(document: Document) -> Guess | None:
    """The proposal for one document."""
    best: Guess | None = None
    for header in document.heads:
        if any(map(_is_day, header.names)):
            continue  # a payment
        rows = _rows(document, header)
        if len(rows) < _LEAST_ROWS:
            continue
        found = _proposal(header, rows, document.name if document.is_sheet else "")
        if found is not None and (best is None or _worth(found) > _worth(best)):
            best = found
    return best


def preview(found: Guess, mapping: Mapping[str, Any]) -> Reading:
    """What the rows of a proposal come to under a mapping; InputError says what is wrong with it."""
    return Generic(ColumnMapping.parse(mapping)).read(Document("", grid=[found.names, *found.rows]))


def header_digest(names: Sequence[str]) -> str:
    """Names a header whatever the order, case and spaces of its columns."""
    return hashlib.sha256("|".join(sorted(map(plain, filter(None, names)))).encode()).hexdigest()[:32]


def _worth(found: Guess) -> float:
    return sum(found.sure.values()) - 2 * len(found.missing)


def _rows(document: Document, header: Header) -> list[Row]:
    rows = []
    for row in document.rows(header):
        if len(row.filled) >= 2 and not is_total(row):
            rows.append(row)
        if len(rows) >= _SEEN:
            break
    return rows


def _proposal(header: Header, rows: Sequence[Row], sheet: str) -> Guess | None:
    cells = {
        name: [row.cell(column) for row in rows if row.cell(column)]
        for column, name in enumerate(header.names)
        if name
    }
    scores: list[tuple[float, float, str, str]] = []
    for name, column in cells.items():
        for role, fits in _FITS.items():
            is_called_day = role == "date" and _by_name(role, name) > 0
            share = _share(column, _is_named_day if is_called_day else fits) if column else 0.0
            if share >= _NEEDED:
                money = _share(column, _has_fraction) * _FRACTIONS if role in _PAID else 0.0
                scores.append((_by_name(role, name) + _BY_CONTENT * share + money, share, role, name))
    columns: dict[str, str] = {}
    sure: dict[str, float] = {}
    for score, share, role, name in sorted(scores, key=lambda each: -each[0]):
        free = role not in columns and name not in columns.values()
        if free and (score > _BY_CONTENT * share + _FRACTIONS or role in _BY_CONTENT_ALONE):
            columns[role] = name
            sure[role] = min(1.0, score / (_BY_NAME + _BY_CONTENT))
    for role in _twice(columns, sure):
        del columns[role], sure[role]
    if "date" not in columns or not set(_PAID) & columns.keys():
        return None
    paid = [columns[role] for role in _PAID if role in columns]
    named = [place for place, name in enumerate(header.names) if name]
    currency = _currency_of_names(header.names)
    missing = () if currency or "currency" in columns else ("currency",)
    return Guess(
        names=tuple(name for name in header.names if name),
        columns=columns,
        sure=sure,
        rows=tuple(tuple(row.cell(place) for place in named) for row in rows[:PREVIEW]),
        digest=header_digest(header.names),
        currency=currency,
        date_order=year_last_order(cells[columns["date"]]),
        decimal=decimal_mark(cell for name in paid for cell in cells[name]),
        sheet=sheet,
        missing=missing,
    )


def _twice(columns: Mapping[str, str], sure: Mapping[str, float]) -> tuple[str, ...]:
    """The roles that would count the same money again beside an amount, or that amount."""
    if "amount" not in columns:
        return ()
    sides = [role for role in ("income", "expense") if role in columns]
    if sides and (len(sides) == 2 or sure["amount"] < sure[sides[0]]):
        return ("amount",)
    taken_off = [role for role in ("fee", "refund") if role in columns and is_net(columns["amount"])]
    return (*sides, *taken_off)


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, cells)) / len(cells)


def _by_name(role: str, name: str) -> float:
    folded = plain(name)
    words = ROLE_WORDS[role]
    if folded in words or folded.split("(")[0] in words:
        return _BY_NAME
    return _BY_PART if any(len(word) > 1 and word in folded for word in words) else 0.0


def _currency_of_names(names: Sequence[str]) -> str:
    """The currency in parentheses behind a column's name: 收入（元）, Amount (USD)."""
    for name in names:
        inside = plain(name).partition("(")[2].rstrip(")")
        if inside and (code := currency_of(inside)):
            return code
    return ""


def _is_day(cell: str) -> bool:
    return (
        when(cell) is not None or when(cell, order="dmy") is not None or when(cell, order="mdy") is not None
    )


def _is_named_day(cell: str) -> bool:
    """What is a day where the column's name says that its cells are some."""
    return _is_day(cell) or serial_moment(cell) is not None or month_start(cell) != ""


def _is_amount(cell: str) -> bool:
    if not all(map(currency_of, re.findall(r"[A-Za-z]+\$?", cell))):
        return False  # PO-17 is no amount
    for mark in (".", ","):
        try:
            if minor_units(cell, "CNY", mark) is not None:
                return True
        except ValueError:
            continue
    return False


def _has_fraction(cell: str) -> bool:
    return re.search(r"[.,]\d{1,2}\D*$", cell) is not None


def _is_text(cell: str) -> bool:
    return not _is_day(cell) and not _is_amount(cell)


_FITS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_day,
    "amount": lambda cell: _is_amount(cell) and not _is_day(cell),
    "income": lambda cell: _is_amount(cell) and not _is_day(cell),
    "expense": lambda cell: _is_amount(cell) and not _is_day(cell),
    "refund": lambda cell: _is_amount(cell) and not _is_day(cell),
    "fee": lambda cell: _is_amount(cell) and not _is_day(cell),
    "currency": lambda cell: bool(currency_of(cell)),
    "time": lambda cell: _CLOCK.fullmatch(clock_text(cell)) is not None,
    "status": lambda cell: _is_text(cell) and len(cell) <= _LONGEST_STATUS,
    "direction": lambda cell: plain(cell) in DIRECTIONS,
    "counterparty": _is_text,
    "description": lambda _cell: True,
    "id": lambda cell: any(letter.isdigit() for letter in cell),
}
_BY_CONTENT_ALONE = frozenset({"date", "amount", "currency", "direction"})
