"""A member of a roster: what the row said, and what was assumed where it said nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planner.projection.case import Case, Cash, EarnedMonth, Record, Settings
from planner.values import Month, Place

INDEX_UNIT = 10_000
UNTOLD = ""  # an occupation nobody named

PENSION, MEDICAL, INJURY = "pension", "medical", "injury"
EMPLOYEE, RESIDENT, DRAWING = "employee", "resident", "drawing"
PER_ORDER, WORK_INJURY, ACCIDENT = "oip", "wii", "accident"

_PRIVATE_NUMBER = re.compile(r"\d{15}|\d{17}[\dXx]|1\d{10}")  # an identity card or a telephone
_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Money in fen, `average_index` in ten-thousandths; None where nothing was said, never zero for it.

    `cover`: for each risk that was answered the schemes in force (empty: none). `notes` are codes of
    `words.NOTES`: what was assumed.
    """

    line: int
    born: Month
    category: str
    place: Place
    number: str = ""
    name: str = ""
    area: str = ""
    hukou: Place | None = None
    occupation: str = UNTOLD
    platforms: tuple[str, ...] = ()
    employee_months: int | None = None
    average_index: int | None = None
    account_balance: int | None = None
    resident_months: int | None = None
    resident_balance: int | None = None
    essentials: int | None = None
    buffer: int | None = None
    income: int | None = None
    months: tuple[tuple[Month, int], ...] = ()
    cover: Mapping[str, frozenset[str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def home(self) -> Place:
        """Where the resident schemes are joined."""
        return self.hukou or self.place

    def has(self, risk: str, *schemes: str) -> bool:
        """Whether one of `schemes` is said to be in force."""
        return not self.cover.get(risk, frozenset()).isdisjoint(schemes)

    def is_without(self, risk: str) -> bool:
        """Whether it was said that nothing covers this risk."""
        return risk in self.cover and not self.cover[risk]


def short_name(name: str) -> str:
    """A name that its owner's adviser knows again and others do not: 王**, W. X."""
    words = name.split()
    if not words:
        return ""
    if name.isascii():
        return " ".join(f"{word[0]}." for word in words)
    letters = "".join(words)
    return letters[0] + "*" * max(len(letters) - 1, 1)


def shown_number(number: str) -> str:
    """The member number; of what looks like an identity card or telephone number only the end."""
    return f"…{number[-_SHOWN_DIGITS:]}" if _PRIVATE_NUMBER.fullmatch(number) else number


def case_of(member: Member, today: date, settings: Settings) -> Case:
    """The member as the projection takes a person; an income without months stands for the last three."""
    earned = member.months
    if not earned and member.income is not None:
        earned = tuple((Month.of(today) + back, member.income) for back in (-3, -2, -1))
    return Case(
        today=today,
        born=member.born,
        category=member.category,
        place=member.place,
        hukou=member.hukou,
        occupation=member.occupation or "other",
        platforms=member.platforms,
        record=Record(
            employee_months=member.employee_months or 0,
            average_index=None if member.average_index is None else member.average_index / INDEX_UNIT,
            account_balance=_yuan(member.account_balance),
            resident_months=member.resident_months or 0,
            resident_balance=_yuan(member.resident_balance),
        ),
        cash=Cash(_float(member.essentials), _float(member.buffer)),
        months=tuple(EarnedMonth(month, fen / 100) for month, fen in earned),
        settings=settings,
    )


def _yuan(fen: int | None) -> Decimal:
    return Decimal(fen or 0).scaleb(-2)


def _float(fen: int | None) -> float | None:
    return None if fen is None else fen / 100
