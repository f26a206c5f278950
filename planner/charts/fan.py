"""A fan: the middle of many futures as a line, the likely half and nine tenths as bands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from planner.charts.style import Style

WIDE, NARROW = 0.16, 0.34  # how much colour the outer and the inner band have


class Fan(Protocol):
    """The 5, 25, 50, 75 and 95 % of the futures at the times `at`; the projection's `FanRows` is one."""

    @property
    def at(self) -> ArrayLike: ...
    @property
    def p5(self) -> ArrayLike: ...
    @property
    def p25(self) -> ArrayLike: ...
    @property
    def p50(self) -> ArrayLike: ...
    @property
    def p75(self) -> ArrayLike: ...
    @property
    def p95(self) -> ArrayLike: ...


class FanArtists:
    """The moving parts of a fan in one panel; `update` changes their data and nothing else."""

    def __init__(self, panel: Axes, fan: Fan, style: Style, colour: str, label: str) -> None:
        at, rows = _numbers(fan)
        self.outer = panel.fill_between(at, rows[0], rows[4], color=colour, alpha=WIDE, linewidth=0)
        self.inner = panel.fill_between(at, rows[1], rows[3], color=colour, alpha=NARROW, linewidth=0)
        (self.middle,) = panel.plot(at, rows[2], color=colour, linewidth=2.2, label=label)
        (self.low,) = panel.plot(at, rows[0], color=style.worst, linewidth=1.6, linestyle=(0, (4, 2)))

    @property
    def artists(self) -> tuple[Artist, ...]:
        return (self.outer, self.inner, self.middle, self.low)

    def update(self, fan: Fan) -> None:
        at, rows = _numbers(fan)
        self.outer.set_data(at, rows[0], rows[4])
        self.inner.set_data(at, rows[1], rows[3])
        self.middle.set_data(at, rows[2])
        self.low.set_data(at, rows[0])


def fan_rows(fan: Fan, times: Sequence[Any]) -> list[list[Any]]:
    """A row a time: the time as it is said, then the five quantiles."""
    _at, rows = _numbers(fan)
    return [[time, *(round(float(value), 2) for value in rows[:, place])] for place, time in enumerate(times)]


def ceiling(*fans: Fan) -> float:
    """The height that holds the outer bands of all fans."""
    return max([float(_numbers(fan)[1].max(initial=0.0)) for fan in fans] + [1.0])


def floor(*fans: Fan) -> float:
    """The lowest value of the outer bands, at most zero."""
    return min([float(_numbers(fan)[1].min(initial=0.0)) for fan in fans] + [0.0])


def _numbers(fan: Fan) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows = np.array([fan.p5, fan.p25, fan.p50, fan.p75, fan.p95], dtype=np.float64)
    return np.asarray(fan.at, dtype=np.float64), rows
