"""A calendar month, the unit in which contributions, incomes and rules are dated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from planner.values.errors import InputError
from planner.values.words import mark

_FORM = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year, `month` 1..12; adding an integer moves by months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"not a month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: object, *, field: str = "") -> Month:
        """The month of `YYYY-MM` or `YYYY-MM-DD`; anything else is an InputError naming `field`."""
        match = _FORM.fullmatch(text) if isinstance(text, str) else None
        if match:
            try:
                if match[3]:
                    date.fromisoformat(match[0])
                return cls(int(match[1]), int(match[2]))
            except ValueError:
                pass
        raise InputError(
            "bad_month",
            mark("{field} must be a month such as 2026-08, not {value!r}"),
            field=field,
            value=text,
        )

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> Month:
        """The inverse of `index`."""
        return cls(index // 12, index % 12 + 1)

    @property
    def index(self) -> int:
        """Months since January of year 0; differences of indices are numbers of months."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        if self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def __add__(self, months: int) -> Month:
        return Month.from_index(self.index + months)

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
