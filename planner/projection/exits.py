"""Leaving one kind of work for another (转行), drawn as single events.

Whoever leaves takes the level of the new group, and keeps half of what set them apart in the old one,
measured by how far people differ there: a streamer who earns four times the usual will not do so as a rider.
The rest is drawn anew, so that people in the new work differ as much as people in it do. Swings and spells
without work become the new group's; seasons and hazards stay those of the old work, for simplicity.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.projection.groups import Group
from planner.projection.streams import Row

KEPT_EFFECT = 0.5

_FIGURES = ("level", "between", "within", "p_off", "p_on", "exit")


@dataclass(frozen=True)
class Moves:
    """The paths that change work in a month and what it changes, each (paths,).

    `change` of the level in logs; `ratio` of the width of swings; chances `p_off`, `p_on` from now on.
    """

    paths: NDArray[np.int64]
    change: Row
    ratio: Row
    p_off: Row
    p_on: Row


class Exits:
    """The changes of work of all paths, month after month."""

    def __init__(
        self, own: Group, others: tuple[Group, ...], level: Row, months: int, random: np.random.Generator
    ) -> None:
        groups = (own, *others)
        self._figures = {
            name: np.array([getattr(group, name) for group in groups], np.float32) for name in _FIGURES
        }
        self._group = np.zeros(len(level), np.int64)
        self._effect = level - np.float32(own.level)
        rate = float(self._figures["exit"].max())
        # Events come at the highest rate of any group; each is kept at its own group's share of that.
        self._kept = self._figures["exit"] / np.float32(rate or 1.0)
        monthly = -math.log1p(-min(0.99, rate)) / 12
        self._ends = np.cumsum(random.poisson(monthly * len(level), months))
        count = int(self._ends[-1]) if months else 0
        self._who = random.integers(0, len(level), count)
        self._luck = random.random(count, dtype=np.float32)
        self._fresh = random.standard_normal(count, dtype=np.float32)
        self._to = random.integers(1, len(groups), count)
        self._at = 0

    def step(self, month: int) -> Moves | None:
        """The moves of `month`, None if there are none; months are asked for in order."""
        events = slice(self._at, int(self._ends[month]))
        self._at = events.stop
        who = self._who[events]
        leaving = self._luck[events] < self._kept[self._group[who]]
        paths = who[leaving]
        if not len(paths):
            return None
        # A path that is drawn twice in a month makes the later move only: the last assignment stands.
        old, new = self._group[paths], self._to[events][leaving]
        given = self._figures
        effect = KEPT_EFFECT * self._effect[paths] / given["between"][old]
        effect += math.sqrt(1 - KEPT_EFFECT**2) * self._fresh[events][leaving]
        effect *= given["between"][new]
        change = given["level"][new] + effect - given["level"][old] - self._effect[paths]
        self._group[paths], self._effect[paths] = new, effect
        return Moves(
            paths,
            change,
            given["within"][new] / given["within"][old],
            given["p_off"][new],
            given["p_on"][new],
        )
