"""The person's own corrections (their city's notice is newer than ours): beside the pack, shown as theirs.

They live in one CSV file in the data folder, so that an update of the pack does not touch them.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner.policy.rows import Content, Value, read_rows
from planner.policy.writing import writing
from planner.values import Confidence, InputError, Origin, Place, Source, State, mark

FILE = "corrections.csv"
KEY = ("key", "place", "area", "valid_from")  # what a correction is told apart by
_COLUMNS = (*KEY, "valid_to", "value", "entered_on", "note")

_CODE = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class Correction:
    """`value` of `key` at `place` (regional class `area`) from `valid_from` to `valid_to`.

    Without an end it holds until the pack states something newer that is in force (not merely carried on), so
    that it does not hide next year's notice.
    """

    key: str
    place: Place
    value: Content
    valid_from: date
    valid_to: date | None = None
    area: str = ""
    entered_on: date | None = None
    note: str = ""

    def laid_over(self, rows: Sequence[Value], unit: str) -> list[Value]:
        """`rows` with the corrected period cut out and the correction in its place."""
        end = self._end(rows)
        kept = []
        for row in rows:
            kept.extend(self._around(row, end))
        own = Value(
            key=self.key,
            value=self.value,
            unit=unit,
            place=self.place,
            valid_from=self.valid_from,
            valid_to=end,
            published_on=None,
            state=State.IN_FORCE,
            source=Source(
                mark("your own correction"),
                confidence=Confidence.UNCERTAIN,
                checked=self.entered_on,
                note=self.note,
                origins=(Origin(self.key, self.place.code, self.area, self.valid_from),),
            ),
            note=self.note,
            area=self.area,
            corrected=True,
        )
        return [*kept, own]

    def _end(self, rows: Sequence[Value]) -> date | None:
        newer = [
            row.valid_from
            for row in rows
            if row.valid_from > self.valid_from and row.state is State.IN_FORCE and not row.corrected
        ]
        return self.valid_to or (min(newer) - timedelta(days=1) if newer else None)

    def _around(self, row: Value, end: date | None) -> list[Value]:
        """What is left of `row` before and after the correction, whose last day is `end`."""
        day = timedelta(days=1)
        parts = []
        if row.valid_from < self.valid_from:
            last = self.valid_from - day
            kept_to = last if row.valid_to is None or row.valid_to > last else row.valid_to
            parts.append(replace(row, valid_to=kept_to))
        if end is not None and (row.valid_to is None or row.valid_to > end):
            parts.append(replace(row, valid_from=max(row.valid_from, end + day)))
        return parts


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections kept in `folder`; none if there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        rows = read_rows(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _damaged(path, str(error)) from error
    found = []
    for row in rows:
        try:
            found.append(_read(row))
        except (ArithmeticError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise _damaged(path, repr(row)) from error
    return tuple(found)


def _read(row: Mapping[str, str]) -> Correction:
    return Correction(
        key=row["key"],
        place=Place(row["place"]),
        value=_content(row["value"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        area=row["area"],
        entered_on=date.fromisoformat(row["entered_on"]) if row["entered_on"] else None,
        note=row["note"],
    )


def _damaged(path: Path, where: str) -> InputError:
    return InputError(
        "damaged_corrections",
        mark("Your corrections file cannot be read at {field}. Mend or remove {path}."),
        field=where,
        path=str(path),
    )


def _content(text: str) -> Content:
    """A number, a list of numbers, or the code of a rule (`4dp_half_up`)."""
    if _CODE.fullmatch(text) and "_" in text:
        return text
    numbers = tuple(Decimal(part) for part in text.split())
    if not numbers or not all(number.is_finite() for number in numbers):
        raise ValueError(text)
    return numbers[0] if len(numbers) == 1 else numbers


def write_corrections(folder: Path, corrections: Sequence[Correction]) -> None:
    """Keep `corrections` in `folder`: written aside, synced, then put in place; an InputError if not."""
    with writing(folder):
        _write(folder, corrections)


def _write(folder: Path, corrections: Sequence[Correction]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{FILE}.new"
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows([row[name] for name in _COLUMNS] for row in map(row_of, corrections))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / FILE)


def row_of(one: Correction) -> dict[str, str]:
    """A correction as its file has it: column -> text."""
    listed = one.value if isinstance(one.value, tuple) else (one.value,)
    return {
        "key": one.key,
        "place": one.place.code,
        "area": one.area,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else "",
        "value": " ".join(str(part) for part in listed),
        "entered_on": one.entered_on.isoformat() if one.entered_on else "",
        "note": one.note,
    }


class CorrectionRows:
    """The corrections kept in `folder`, row by row as an undo journal turns them.

    A row has the columns of the file but for its key, and its place in the file as `at`: of two that overlap
    the later one counts. What another program has corrected meanwhile stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, key: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row at `key` (the columns of `KEY`); None if there is none."""
        for at, one in enumerate(read_corrections(self._folder)):
            row: dict[str, Any] = row_of(one)
            if all(row[name] == key[name] for name in KEY):
                return {**{name: row[name] for name in _COLUMNS if name not in KEY}, "at": at}
        return None

    def write(self, key: Mapping[str, Any], row: Mapping[str, Any] | None) -> None:
        """The row at `key` becomes `row`, at its place (None: no row); an InputError if it cannot be kept."""
        kept = [
            one
            for one in read_corrections(self._folder)
            if any(row_of(one)[name] != key[name] for name in KEY)
        ]
        if row is not None:
            kept.insert(row["at"], _read({name: str(text) for name, text in {**row, **key}.items()}))
        write_corrections(self._folder, kept)
