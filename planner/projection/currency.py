"""What exchange rates do to income in foreign money.

Monthly log changes without drift, Student-t with six degrees of freedom, correlated between currencies; the
dollar's keep a quarter of the month before. Policy tables `fx`, `fx_correlation`. A seller whose costs are in
yuan feels a change by 1 / net margin, until prices have followed; a freelancer feels it once, for good.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import OWN_ASSUMPTION, Assumed
from planner.projection.groups import CROSS_BORDER, SELLERS
from planner.projection.history import recent_shares
from planner.projection.streams import Row, pick, student_scales

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection.case import Case

FREEDOM = 6
PEGGED = {"HKD": "USD"}

_UNKNOWN_VOLATILITY = 8.5  # percent a year, as the widest one known


@dataclass(frozen=True)
class Exposure:
    """How income hangs on exchange rates.

    `shares` (currencies,): of income in each, at most 1 in all; `monthly_sd`, `ar1` (currencies,): of the log
    change of a month; `correlation` (currencies, currencies) of these; `lever`: percent of income for a
    percent of the rate; `keeps`: what is left of a change after a month.
    """

    currencies: tuple[str, ...]
    shares: NDArray[np.float64]
    monthly_sd: NDArray[np.float64]
    ar1: NDArray[np.float64]
    correlation: NDArray[np.float64]
    lever: float
    keeps: float

    @property
    def foreign(self) -> float:
        """The share of income in foreign money."""
        return float(self.shares.sum())

    def basket(self) -> Basket:
        """The log change of the person's basket, as one series: an ARMA(1, 1).

        Currencies without memory add white noise to those that have one; where memories differ, the longest
        stands for all.
        """
        memory = float(self.ar1.max())
        # The innovation that leaves the change of a month with the deviation that is assumed.
        parts = np.sqrt(1 - self.ar1**2) * self.monthly_sd * self.shares / self.foreign
        covariance = parts[:, None] * self.correlation * parts
        lasting = self.ar1 > 0
        white = float(covariance[~lasting][:, ~lasting].sum())
        shared = float(covariance[lasting][:, ~lasting].sum())
        # Change less memory times the change before it is a moving average with these autocovariances.
        now = float(covariance[lasting][:, lasting].sum()) + (1 + memory**2) * white + 2 * shared
        before = -memory * (white + shared)
        echo = 2 * before / (now + math.sqrt(max(0.0, now**2 - 4 * before**2))) if now else 0.0
        return Basket(memory, echo, math.sqrt(now / (1 + echo**2)))


@dataclass(frozen=True)
class Basket:
    """change = memory * change before + shock + echo * shock before; `sd` of a shock."""

    memory: float
    echo: float
    sd: float


def read_exposure(case: Case, group: str, assumed: Assumed, pack: Pack) -> Exposure | None:
    """The exposure of a case; None where all is in yuan."""
    shares = dict(recent_shares(case))
    if not shares and group in CROSS_BORDER:
        shares = {
            "USD": assumed.value(
                "foreign_share", 1.0, "share of income", low=0.5, high=1.0, source=OWN_ASSUMPTION
            )
        }
    shares = {currency: share for currency, share in shares.items() if share > 0}
    if not shares:
        return None
    currencies = tuple(sorted(shares))
    total = max(1.0, sum(shares.values()))
    table = {row["currency"]: row for row in pack.table("fx")}
    volatility = []
    for currency in currencies:
        row = table.get(currency)
        volatility.append(
            assumed.value(
                f"fx.{currency}",
                float(row["vol_central"]) if row else _UNKNOWN_VOLATILITY,
                "percent a year",
                low=float(row["vol_low"]) if row else None,
                high=float(row["vol_high"]) if row else None,
                source=row.source if row else OWN_ASSUMPTION,
            )
        )
    lever, keeps = 1.0, 1.0
    if group in SELLERS:
        rows = {row["name"]: row for row in pack.table("seller_cash")}
        lever = 1 / max(0.01, assumed.row("net_margin", rows["net_margin"], scenario="central"))
        keeps = 1 - 1 / max(1.0, assumed.row("repricing", rows["repricing"], scenario="central"))
    return Exposure(
        currencies=currencies,
        shares=np.array([shares[currency] / total for currency in currencies]),
        monthly_sd=np.array(volatility) / 100 / math.sqrt(12),
        ar1=np.array([float(table[one]["ar1"]) if one in table else 0.0 for one in currencies]),
        correlation=correlations(currencies, pack),
        lever=lever,
        keeps=keeps,
    )


def correlations(currencies: tuple[str, ...], pack: Pack) -> NDArray[np.float64]:
    """Correlations of monthly changes; a pegged currency moves with others as the one it is pegged to."""
    known: Mapping[frozenset[str], float] = {
        frozenset((row["first"], row["second"])): float(row["correlation"])
        for row in pack.table("fx_correlation")
    }

    def between(one: str, other: str) -> float:
        if one == other:
            return 1.0
        direct = known.get(frozenset((one, other)))
        if direct is not None:
            return direct
        for pegged, to in PEGGED.items():
            if pegged in (one, other) and to not in (one, other):
                rest = other if one == pegged else one
                return known[frozenset((pegged, to))] * between(to, rest)
        return 0.0

    return np.array([[between(one, other) for other in currencies] for one in currencies])


class Rates:
    """The exchange rates of all paths, month after month; only the person's own basket of them is drawn."""

    def __init__(self, exposure: Exposure, paths: int, random: np.random.Generator) -> None:
        self._random = random
        self._scales = student_scales(FREEDOM)
        self._basket = exposure.basket()
        self._keeps = np.float32(exposure.keeps)
        self._normal, self._mix, self._change, self._echo, self._moved = np.zeros((5, paths), np.float32)
        self._foreign = np.full(paths, np.float32(exposure.foreign * exposure.lever))

    def step(self, out: Row) -> Row:
        """Moves on by a month and puts the factor on income into `out` (paths,)."""
        basket = self._basket
        self._random.standard_normal(out=self._normal, dtype=np.float32)
        pick(self._scales, self._random, self._mix)
        self._normal *= self._mix
        self._normal *= np.float32(basket.sd)
        self._change *= np.float32(basket.memory)
        self._change += self._echo
        self._change += self._normal
        np.multiply(self._normal, np.float32(basket.echo), out=self._echo)
        # `_moved`: the log change of the basket that prices have not followed yet.
        self._moved *= self._keeps
        self._moved += self._change
        np.expm1(self._moved, out=out)
        out *= self._foreign
        out += 1
        return out

    def jump(self, paths: NDArray[np.int64], log_change: float) -> None:
        """Foreign money changes at once by `log_change` on these paths."""
        self._moved[paths] += np.float32(log_change)

    def leave(self, paths: NDArray[np.int64]) -> None:
        """These paths have left work that is paid in foreign money."""
        self._foreign[paths] = 0
