"""Counts the periods that are left unpaid for good, where they fell due."""

from __future__ import annotations

import numpy as np

from planner.projection.ground import Floats

HORIZONS = (12, 24, 36)


class Lapses:
    """`within` (3, paths): months lapsed that fell due within 12, 24 and 36 months; `weight` months a period.

    A period is lost at the closing day of its year. One that fell due before a horizon and is still open then
    counts for it only if it is not caught up by that day; the older ones of a year are caught up first.
    """

    def __init__(self, count: int, weight: float) -> None:
        self.within = np.zeros((len(HORIZONS), count), np.float32)
        self._weight = weight
        self._lost = np.zeros(count, np.float32)
        self.passed = 0  # horizons that are settled
        self._waiting = False  # whether the next one has open periods
        self._open = self._lost

    def month(self, row: int, owed: Floats, caught_up: Floats, closes: bool) -> None:
        """After a month: `owed` periods are open; `caught_up` (negative: none) older ones were paid in it."""
        if self.passed < len(HORIZONS):
            if self._waiting:
                self._open = np.maximum(self._open - np.maximum(caught_up, 0.0), 0.0)
            if row + 1 == HORIZONS[self.passed]:
                self._waiting, self._open = True, owed.copy()
            if closes:
                if self._waiting:
                    self.within[self.passed] = self._lost + self._weight * self._open
                    self.passed, self._waiting = self.passed + 1, False
                self._lost += self._weight * owed
        if closes:
            owed.fill(0.0)

    @property
    def counting(self) -> bool:
        """Whether a horizon is still ahead."""
        return self.passed < len(HORIZONS)

    def finish(self) -> None:
        """Nothing falls due any more: the horizons ahead have what was lost so far."""
        self.within[self.passed :] = self._lost
