"""The seasons of income: twelve indices of an occupation, and the Spring Festival (春节) that moves.

A profile is written for years whose festival falls in February. Where it falls in January, the dip moves
there: the two months change places, so that a year's mean stays 1. Policy tables: `seasonality`,
`spring_festival`, `seller_cash`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.values import Month

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection.assumptions import Assumed

MOVING = frozenset({"food", "parcel", "live"})  # profiles that dip at the festival
CROSS_BORDER = "xborder"

_FEBRUARY = 2


@dataclass(frozen=True)
class Seasons:
    """`indices`: January to December, mean 1, festival in February; `festivals`: its month in each year."""

    profile: str
    indices: NDArray[np.float64]
    festivals: Mapping[int, int]

    def year(self, year: int) -> NDArray[np.float64]:
        """The twelve indices of a year; their mean is 1 whenever the festival falls."""
        found = self.indices.copy()
        # The month that holds most of the 21 days centred on a day is the month of that day.
        if self.profile in MOVING and self.festivals.get(year, _FEBRUARY) == 1:
            found[[0, 1]] = found[[1, 0]]
        return found

    def index(self, month: Month) -> float:
        return float(self.year(month.year)[month.month - 1])

    def over(self, first: Month, months: int) -> NDArray[np.float64]:
        """The index of each of `months` months from `first` on."""
        whole = np.concatenate(
            [self.year(year) for year in range(first.year, (first + max(0, months - 1)).year + 1)]
        )
        return whole[first.month - 1 : first.month - 1 + months]

    def raised(self, first: Month, months: int, power: float) -> NDArray[np.float64]:
        """Indices to a person's own `power` (0: no seasons, 1: as the group), each year's mean still 1."""
        found = []
        for year in range(first.year, (first + max(0, months - 1)).year + 1):
            one = self.year(year) ** power
            found.append(one / one.mean())
        return np.concatenate(found)[first.month - 1 : first.month - 1 + months]


@dataclass(frozen=True)
class SellerCash:
    """When a cross-border seller's money moves: payouts after the sale, stock before it.

    Shares are of sales; `payout_lag` and `stock_lead` in months. `swing`: how much of this timing reaches the
    seller's own income.
    """

    net_margin: float
    stock_share: float
    stock_lead: int
    payout_lag: float
    swing: float

    def cash(self, seasons: Seasons, first: Month, months: int) -> NDArray[np.float64]:
        """The seasons of cash: payouts less stock for what sells `stock_lead` months later, less other costs.

        As multiples of a mean month's profit, so below zero where stock costs more than comes in. Cash is
        tightest just before the peak and fullest just after it.
        """
        lead, margin = self.stock_lead, self.net_margin
        sales = seasons.over(first + -1, months + lead + 1)
        before, now, later = sales[:months], sales[1 : months + 1], sales[lead + 1 :]
        lag = min(1.0, self.payout_lag)
        paid = (1 - lag) * now + lag * before
        # Whoever keeps a large part of each yuan sold has no room left for so much stock.
        stock = min(self.stock_share, 1 - margin)
        cash: NDArray[np.float64] = (paid - stock * later - (1 - margin - stock) * now) / margin
        return cash


def read_seasons(profile: str, pack: Pack) -> Seasons:
    """The seasons of a profile; an unknown one is a KeyError."""
    rows = sorted(
        (row for row in pack.table("seasonality") if row["profile"] == profile),
        key=lambda row: int(row["month"]),
    )
    if len(rows) != 12:
        raise KeyError(profile)
    indices = np.array([float(row["index"]) for row in rows])
    days = [date.fromisoformat(row["day"]) for row in pack.table("spring_festival")]
    return Seasons(profile, indices / indices.mean(), {day.year: day.month for day in days})


def read_seller_cash(assumed: Assumed, pack: Pack) -> SellerCash:
    """A seller's margin and timing, whatever the scenario of the economy."""
    rows = {row["name"]: row for row in pack.table("seller_cash")}

    def taken(name: str) -> float:
        return assumed.row(name, rows[name], scenario="central")

    return SellerCash(
        net_margin=min(1.0, max(0.01, taken("net_margin"))),
        stock_share=min(1.0, max(0.0, taken("stock_share"))),
        stock_lead=max(0, round(taken("stock_lead"))),
        payout_lag=max(0.0, taken("payout_lag")) / 30,
        swing=min(1.0, max(0.0, taken("cash_swing"))),
    )
