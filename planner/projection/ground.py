"""What all plans share on the same futures: the cash of each month, what a base costs, who lives how long.

Worked out once a projection, so that one more plan costs only its own months.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from planner.projection.law import Law
from planner.projection.paths import Paths

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

NOTED = 36
"""Months in which lapses, reasons and cash are noted one by one."""

DEAD = -1e9  # cash of a month after death: nothing is paid from it


@dataclass(frozen=True)
class Habits:
    """How someone lives, yuan of today: `essentials` a month, `buffer` at the start.

    `target` [12]: the buffer kept beside in each calendar month; what is earned beyond it is spent.
    `uprating`: real yearly growth of pensions in payment. `discount`: real yearly rate that compares early
    and late money. `resident_follows`: how far the resident base pension grows with the benefit base (0: not
    at all).
    """

    essentials: float
    buffer: float
    target: tuple[float, ...]
    uprating: float = 0.0
    discount: float = 0.02
    resident_follows: float = 1.0


@dataclass(frozen=True)
class PastPaid:
    """What was before the first projected month; `index` is the average index, `monthly_income` yuan."""

    months: int = 0
    index: float = 0.0
    account: float = 0.0
    resident_months: int = 0
    resident_account: float = 0.0
    monthly_income: float = 0.0


@dataclass(frozen=True)
class Ground:
    """Paths, law, habits and past of one case, and what follows from them.

    `net` (months, paths): income less essentials, `DEAD` after death. `unit` (years, paths): real yuan a
    month that a base of the whole reference wage costs.
    """

    paths: Paths
    law: Law
    habits: Habits
    past: PastPaid
    net: Floats
    unit: Floats
    _heads: dict[int, Ground] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @classmethod
    def of(cls, paths: Paths, law: Law, habits: Habits, past: PastPaid) -> Ground:
        net = np.subtract(paths.income, np.float32(habits.essentials))
        gone = np.flatnonzero(paths.death_month < paths.months)
        for row, path in zip(paths.death_month[gone].tolist(), gone.tolist(), strict=True):
            net[row:, path] = DEAD
        whole = np.float32(law.employee.rate * law.employee.wage)
        return cls(paths, law, habits, past, net, np.multiply(paths.base, whole))

    @property
    def count(self) -> int:
        return self.paths.count

    @property
    def start_year(self) -> int:
        return self.paths.first.year

    def months_of(self, year: int) -> Iterator[tuple[int, int]]:
        """The rows of the projected year number `year` with their calendar months 1..12."""
        first = self.paths.first.month - 1
        start = max(12 * year - first, 0)
        for row in range(start, min(12 * (year + 1) - first, self.paths.months)):
            yield row, (first + row) % 12 + 1

    def year_of(self, row: int) -> int:
        """The projected year number of a row."""
        return (self.paths.first.month - 1 + row) // 12

    def calendar_month(self, row: int) -> int:
        return (self.paths.first.month - 1 + row) % 12 + 1

    def last_rates(self, year: int) -> NDArray[np.float64]:
        """The newest bookkeeping rate that is out while `year` runs: that of the year before."""
        if year == 0:
            return np.full(self.count, self.law.employee.last_rate)
        return np.asarray(self.paths.bookkeeping[year - 1], np.float64)

    @cached_property
    def deaths(self) -> dict[int, NDArray[np.intp]]:
        """The paths that die in each projected year, within the rows."""
        gone = np.flatnonzero(self.paths.death_month < self.paths.months)
        years = (self.paths.first.month - 1 + self.paths.death_month[gone]) // 12
        return {int(year): gone[years == year] for year in np.unique(years)}

    @cached_property
    def middles(self) -> list[float]:
        """Years from today to the middle of the projected months of each calendar year."""
        found = []
        for year in range(self.paths.years):
            rows = [row for row, _month in self.months_of(year)]
            found.append((rows[0] + rows[-1] + 1) / 24.0 if rows else 0.0)
        return found

    @cached_property
    def yearly_income(self) -> Floats:
        """(years, paths): mean monthly income of the projected months of each calendar year."""
        means = np.zeros((self.paths.years, self.count), np.float32)
        for year in range(self.paths.years):
            rows = [row for row, _month in self.months_of(year)]
            if rows:
                np.mean(self.paths.income[rows[0] : rows[-1] + 1], axis=0, out=means[year])
        return means

    @cached_property
    def alive_noted(self) -> NDArray[np.bool_]:
        """Who lives through the noted months and the closing day after them."""
        return self.paths.death_month >= min(NOTED + 12, self.paths.months)

    @cached_property
    def reasons(self) -> dict[str, NDArray[np.bool_]]:
        """Why a noted month may go unpaid, each (noted months, paths), the first that holds counts."""
        rows = min(NOTED, self.paths.months)
        income, hurt = self.paths.income[:rows], np.zeros((rows, self.count), np.bool_)
        known = self.paths.hurt[:rows]
        hurt[: known.shape[0]] = known
        idle = (income <= 0) & ~hurt
        low = (income < self.habits.essentials) & ~hurt & ~idle
        return {"hurt": hurt, "no_income": idle, "low_income": low}

    def head(self, count: int) -> Ground:
        """The first paths only, copied so that their rows are adjacent; made once."""
        with self._lock:
            if count not in self._heads:
                paths = self.paths.head(min(count, self.count))
                self._heads[count] = Ground(
                    paths,
                    self.law,
                    self.habits,
                    self.past,
                    np.ascontiguousarray(self.net[:, :count]),
                    np.ascontiguousarray(self.unit[:, :count]),
                )
            return self._heads[count]
