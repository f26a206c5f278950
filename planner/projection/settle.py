"""The day of drawing: what the months, the index and the account are worth, in yuan of today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.projection.ground import Doubles, Ground


@dataclass
class Drawn:
    """Per path: `row` of the last month before drawing (-1: none), real yuan a month `pension` and its part
    `personal` from the account, real yuan `account` behind it, and `refund`: the account paid back at once.

    `settled`: draws, has had the refund, or died before.
    """

    settled: NDArray[np.bool_]
    row: NDArray[np.int32]
    pension: Doubles
    personal: Doubles
    account: Doubles
    refund: Doubles

    @classmethod
    def nobody(cls, count: int) -> Drawn:
        return cls(
            np.zeros(count, np.bool_),
            np.full(count, -1, np.int32),
            np.zeros(count),
            np.zeros(count),
            np.zeros(count),
            np.zeros(count),
        )


def draw_employee(
    ground: Ground,
    drawn: Drawn,
    who: NDArray[np.bool_],
    later: int,
    row: int,
    year: int,
    months: Doubles,
    index: Doubles,
    account: Doubles,
) -> None:
    """The employee pension (国发〔2005〕38号) of `who`, `later` months after the draw age.

    `account` is nominal, the resident one that moves along in it.
    """
    at = np.flatnonzero(who)
    law, base = ground.law.employee, ground.paths.base[year, at].astype(np.float64)
    price = ground.paths.price[year, at].astype(np.float64)
    earned = law.accrued[np.rint(months[at]).astype(np.intp)]
    average = index[at]
    half_sum = (1.0 + average) / 2.0
    if law.low_index is not None:
        low = (1.0 + law.low_index) / 2.0 * average / law.low_index
        half_sum = np.where(average < law.low_index, low, half_sum)
    real = account[at] / price
    personal = real / law.divisor[later]
    _settle(drawn, at, row)
    drawn.pension[at] = law.benefit_base * base * half_sum * earned + personal
    drawn.personal[at] = personal
    drawn.account[at] = real


def draw_resident(
    ground: Ground,
    drawn: Drawn,
    who: NDArray[np.bool_],
    row: int,
    year: int,
    months: Doubles,
    account: Doubles,
) -> None:
    """The resident pension of `who` with enough `months` of both schemes; the others get `account` back."""
    at = np.flatnonzero(who)
    law, paths = ground.law.resident, ground.paths
    real = account[at] / paths.price[year, at]
    enough = months[at] >= law.minimum
    _settle(drawn, at, row)
    personal = np.where(enough, real / law.divisor, 0.0)
    base = law.base * paths.base[year, at].astype(np.float64) ** ground.habits.resident_follows
    drawn.pension[at] = np.where(enough, base + personal, 0.0)
    drawn.personal[at] = personal
    drawn.account[at] = np.where(enough, real, 0.0)
    drawn.refund[at] = np.where(enough, 0.0, real)


def _settle(drawn: Drawn, at: NDArray[np.intp], row: int) -> None:
    drawn.settled[at] = True
    drawn.row[at] = row
