"""Draws a person's months of income, row by row: one month of all paths at a time, in place.

The sum of the lasting part (AR(1)) and the transitory part of log income is drawn from one normal a month by
its innovations (a Kalman filter run forward), which has exactly the law of drawing both. Where swings have
heavy tails the two are drawn apart, the innovation of the lasting part being a Student-t.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.projection.currency import Exposure, Rates
from planner.projection.exits import Exits
from planner.projection.groups import Group
from planner.projection.parameters import Parameters
from planner.projection.shocks import WITHIN, Shock
from planner.projection.streams import CHANCES, Row, pick, stream, student_scales, throw

FREEDOM = 5  # of the Student-t of streamers' and sellers' swings
FARTHEST = 5.0  # deviations: the mean of the exponential of an unbounded Student-t would be infinite

_SETTLED = 36  # months after which the filter's gain no longer changes


@dataclass(frozen=True)
class Course:
    """What the months of a projection have in common.

    `seasons` (months,): multiples of the usual month; below zero where a seller's stock costs more than comes
    in. `trend` (months,): log of the person's own trend. `growth` (years, paths): log growth of income in
    each calendar year; `year_of_month` (months,): its row of each month.
    """

    seasons: NDArray[np.float64]
    trend: NDArray[np.float64]
    growth: Row
    year_of_month: NDArray[np.int32]


@dataclass(frozen=True)
class Earner:
    """One person's income on all paths; `fill` draws it from the first month to the last."""

    seed: int
    group: Group
    next_groups: tuple[Group, ...]
    drawn: Parameters
    course: Course
    exposure: Exposure | None
    shocks: tuple[Shock, ...]

    def fill(self, income: Row, each: Callable[[int], None] | None = None) -> None:
        """Fills `income` (months, paths); `each` is called with the number of each month when it is done."""
        months, paths = income.shape
        level = self.drawn.level.copy()
        swings = _Swings(self.drawn, self.group.heavy_tails, stream(self.seed, "income"))
        activity = _Activity(self.drawn, stream(self.seed, "activity"))
        rates = Rates(self.exposure, paths, stream(self.seed, "currency")) if self.exposure else None
        exits = Exits(self.group, self.next_groups, level, months, stream(self.seed, "exits"))
        log, factor = np.empty(paths, np.float32), np.empty(paths, np.float32)
        course = self.course
        for month in range(months):
            year = course.year_of_month[month]
            if month and year != course.year_of_month[month - 1]:
                level += course.growth[year]
            moves = exits.step(month)
            if moves is not None:
                level[moves.paths] += moves.change
                swings.widen(moves.paths, moves.ratio)
                activity.move(moves.paths, moves.p_off, moves.p_on)
                if rates:
                    rates.leave(moves.paths)
            self._strike(month, level, rates)
            swings.step(log)
            log += level
            season = course.seasons[month]
            scale = math.log(abs(season)) if season else -math.inf
            log += np.float32(scale + course.trend[month])
            row = income[month]
            np.exp(log, out=row)
            row *= activity.step()
            if season < 0:
                np.negative(row, out=row)
            if rates:
                row *= rates.step(factor)
            if each:
                each(month)

    def _strike(self, month: int, level: Row, rates: Rates | None) -> None:
        for shock in self.shocks:
            if month >= WITHIN:
                return
            struck = np.flatnonzero(shock.strikes == month)
            change = shock.log_change(self.exposure.foreign if self.exposure else 0.0)
            if change:
                level[struck] += np.float32(change)
            if rates and shock.name == "currency_down_10":
                rates.jump(struck, math.log1p(-shock.size))


class _Swings:
    """The part of log income that moves from month to month."""

    def __init__(self, drawn: Parameters, heavy: bool, random: np.random.Generator) -> None:
        self._random = random
        self._rho = drawn.rho
        self._normal = np.empty_like(drawn.rho)
        self._month = 0
        self._heavy = heavy
        self._state = drawn.swing.copy()
        if heavy:
            self._scales = student_scales(FREEDOM)
            self._mix = np.empty_like(drawn.rho)
            self._lasting = drawn.sd_lasting.copy()
            self._transitory = drawn.sd_transitory.copy()
            random.standard_normal(out=self._normal, dtype=np.float32)
            self._state += np.sqrt(drawn.swing_variance) * self._normal
        else:
            self._variance = drawn.swing_variance.copy()  # of the lasting part, before the month is seen
            self._transitory_variance = drawn.sd_transitory**2
            self._innovation = drawn.sd_lasting**2
            self._widening = np.ones_like(drawn.rho)  # of those who have changed work
            self._gain()

    def widen(self, paths: NDArray[np.int64], ratio: Row) -> None:
        """The swings of these paths are `ratio` times as wide from now on."""
        if self._heavy:
            self._lasting[paths] *= ratio
            self._transitory[paths] *= ratio
        else:
            self._widening[paths] *= ratio
            self._sd[paths] *= ratio

    def step(self, out: Row) -> None:
        """Puts this month's swing into `out` and goes on to the next month."""
        self._random.standard_normal(out=self._normal, dtype=np.float32)
        if self._heavy:
            self._step_heavy(out)
            return
        self._normal *= self._sd
        np.add(self._state, self._normal, out=out)
        self._normal *= self._weight
        self._state += self._normal
        self._state *= self._rho
        self._month += 1
        if self._month <= _SETTLED:
            self._gain()

    def _gain(self) -> None:
        """Deviation of the month's innovation, and the share of it that lasts."""
        total = self._variance + self._transitory_variance
        self._weight = self._variance / total
        self._sd = np.sqrt(total) * self._widening
        left = self._variance * (1 - self._weight)
        self._variance = self._rho**2 * left + self._innovation

    def _step_heavy(self, out: Row) -> None:
        """`_state` is the lasting part of this month."""
        np.multiply(self._normal, self._transitory, out=out)
        out += self._state
        self._random.standard_normal(out=self._normal, dtype=np.float32)
        pick(self._scales, self._random, self._mix)
        self._normal *= self._mix
        np.clip(self._normal, -FARTHEST, FARTHEST, out=self._normal)
        self._normal *= self._lasting
        self._state *= self._rho
        self._state += self._normal


class _Activity:
    """The two states: working or not."""

    def __init__(self, drawn: Parameters, random: np.random.Generator) -> None:
        self._random = random
        self._start = drawn.p_on * np.float32(CHANCES)
        self._more = (1 - drawn.p_off - drawn.p_on) * np.float32(CHANCES)  # for whoever works already
        self._working = drawn.working > 0
        self._thrown = np.empty_like(drawn.p_on)
        self._chance = np.empty_like(drawn.p_on)

    def step(self) -> NDArray[np.bool_]:
        """Who works this month; the same buffer each time."""
        throw(self._random, self._thrown)
        np.copyto(self._chance, self._working)
        self._chance *= self._more
        self._chance += self._start
        np.less(self._thrown, self._chance, out=self._working)
        return self._working

    def move(self, paths: NDArray[np.int64], p_off: Row, p_on: Row) -> None:
        """These paths have other work, with these chances from now on."""
        self._start[paths] = p_on * np.float32(CHANCES)
        self._more[paths] = (1 - p_off - p_on) * np.float32(CHANCES)
