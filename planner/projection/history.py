"""A person's months made ready for estimation: one amount a month, its season beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import OWN_ASSUMPTION, Assumed
from planner.projection.groups import Group
from planner.projection.seasons import CROSS_BORDER, read_seasons, read_seller_cash

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection.case import Case
    from planner.values import Month

LEAST_FOR_SEASONS = 12  # months
OUTLIER = 3.0  # robust standard deviations
SWING_SD = 0.5  # how unsure it is, before any month is seen, how strongly a seller's cash swings
LEAST_SEASON = 0.1  # of the usual month: below it a season says nothing of the level

_MAD_TO_SD = 1.4826


@dataclass(frozen=True)
class History:
    """Months from the first known one to the last month before today.

    `amounts`: yuan, NaN where missing. `seasons`: log of the group's season index of each month.
    """

    amounts: NDArray[np.float64]
    seasons: NDArray[np.float64]

    @cached_property
    def log_income(self) -> NDArray[np.float64]:
        """Log of each month with income; a loss counts as the worst usual month; outliers pulled in."""
        found = np.full(len(self.amounts), np.nan)
        earned = self.amounts > 0
        found[earned] = np.log(self.amounts[earned])
        if not earned.any():
            return found
        level = found - self.seasons
        middle = np.nanmedian(level)
        spread = _MAD_TO_SD * np.nanmedian(np.abs(level - middle))
        lost = self.amounts < 0
        found[lost] = -np.inf if spread > 0 else middle + self.seasons[lost]
        if spread > 0:
            found = np.clip(found - self.seasons, middle - OUTLIER * spread, middle + OUTLIER * spread)
            found += self.seasons
        return found

    @property
    def working(self) -> NDArray[np.float64]:
        """1 in a month with work, 0 in one without, NaN where nothing is known."""
        return np.where(np.isnan(self.amounts), np.nan, (self.amounts != 0).astype(float))


def read_history(case: Case, assumed: Assumed, group: Group, pack: Pack) -> History:
    """The case's months before this one, business costs taken off where the person said how much they are."""
    costs = assumed.value("cost_ratio", 0.0, "share of income", low=0.0, high=0.9, source=OWN_ASSUMPTION)
    known: Mapping[Month, float] = {
        row.month: row.cny * (1 - costs if row.cny > 0 else 1)
        for row in case.months
        if row.month < case.this_month
    }
    if not known:
        return History(np.empty(0), np.empty(0))
    first = min(known)
    count = case.this_month - first
    amounts = np.array([known.get(first + at, math.nan) for at in range(count)])
    return History(amounts, np.log(read_seasons(group.profile, pack).over(first, count)))


def sellers_history(history: History, first: Month, assumed: Assumed, pack: Pack) -> tuple[History, float]:
    """A seller's months with the seasons of cash, as strongly as they show, and that strength.

    Cash may fall below zero, which has no logarithm: the strength is a regression of the amounts themselves,
    weighed against what is assumed by the precision of both.
    """
    seller = read_seller_cash(assumed, pack)
    cash = seller.cash(read_seasons(CROSS_BORDER, pack), first, len(history.amounts)) - 1
    strength = seller.swing
    known = np.isfinite(history.amounts) & (history.amounts != 0)
    if known.sum() >= LEAST_FOR_SEASONS and history.amounts[known].mean() > 0:
        y = history.amounts[known] / history.amounts[known].mean() - 1
        x = cash[known] - cash[known].mean()
        slope = float(x @ y / (x @ x))
        noise = float(np.mean((y - slope * x) ** 2)) or 1e-6
        weight, prior = float(x @ x) / noise, 1 / SWING_SD**2
        strength = min(1.0, max(0.0, (weight * slope + prior * seller.swing) / (weight + prior)))
    shown = np.maximum(LEAST_SEASON, 1 + strength * cash)
    return History(history.amounts, np.log(shown)), strength


def recent_shares(case: Case, months: int = 12) -> Mapping[str, float]:
    """The share of income in each foreign currency over the last `months` months with income."""
    known = [row for row in case.months if row.cny > 0 and row.month < case.this_month]
    rows = sorted(known, key=lambda row: row.month)[-months:]
    total = sum(row.cny for row in rows)
    shares: dict[str, float] = {}
    for row in rows:
        for currency, share in row.shares.items():
            if currency != "CNY" and share > 0:
                shares[currency] = shares.get(currency, 0.0) + row.cny * share / total
    return shares
