"""The national economy of each path: prices, wages, contribution limits, interest on accounts.

One national factor moves wages, limits and account interest together; every series is a row of log growth a
year, so that its moments have closed forms. Assumptions come from the policy table `economy`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import Assumed
from planner.projection.streams import Row

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.policy import Row as TableRow

PERCENT = 0.01

_DRAWS = 6  # normals a path and year: factor, prices, base, employee account, resident account, deposit


@dataclass(frozen=True)
class Series:
    """A yearly variable: `middle[y]` the mean and `sd[y]` its deviation, as fractions; `ar1` its memory."""

    middle: NDArray[np.float64]
    sd: NDArray[np.float64]
    ar1: float

    @property
    def log_middle(self) -> NDArray[np.float64]:
        """The mean log growth that makes the mean growth `middle`."""
        log: NDArray[np.float64] = np.log1p(self.middle) - self.sd**2 / 2
        return log


@dataclass(frozen=True)
class Outlook:
    """The assumptions of the economy, each over the years `first_year - 1` on (the first row is a lag).

    `known_bookkeeping`: rates already announced, by row; NaN where none is.
    `base_follows` is True in the rows where limits follow last year's wages, and `base` then holds what is
    added to these.
    """

    cpi: Series
    wage: Series
    base: Series
    base_follows: NDArray[np.bool_]
    bookkeeping: Series
    bookkeeping_band: NDArray[np.float64]  # (2, years): lowest, highest
    known_bookkeeping: NDArray[np.float64]
    resident: Series
    deposit: Series
    price_wage: float
    wage_base: float
    wage_account: float


@dataclass(frozen=True)
class Economy:
    """Arrays (years, paths) of float32; see `Paths`. `wage_growth`: log real growth of each year."""

    base: Row
    wage: Row
    price: Row
    bookkeeping: Row
    resident_rate: Row
    deposit: Row
    wage_growth: Row


def read_outlook(assumed: Assumed, pack: Pack, today_year: int, years: int) -> Outlook:
    """The assumptions for `today_year` and the `years` after it."""
    span = range(today_year, today_year + years + 1)
    table = _Table(assumed, pack, span)
    limits = table.series("base_growth")
    follows = np.array([year >= table.begins("base_growth_less_nominal_wage") for year in span])
    added = table.series("base_growth_less_nominal_wage")
    bookkeeping = table.series("bookkeeping_rate")
    band = table.band("bookkeeping_rate")
    return Outlook(
        cpi=table.series("cpi"),
        wage=table.series("real_wage_growth"),
        base=Series(
            np.where(follows, added.middle, limits.middle), np.where(follows, added.sd, limits.sd), 0.0
        ),
        base_follows=follows,
        bookkeeping=bookkeeping,
        bookkeeping_band=band,
        known_bookkeeping=_announced(pack, span),
        resident=table.series("resident_account_rate"),
        deposit=table.series("deposit_1y"),
        price_wage=table.single("correlation.cpi_wage"),
        wage_base=table.single("correlation.wage_base"),
        wage_account=table.single("correlation.wage_bookkeeping"),
    )


def draw_economy(
    outlook: Outlook, today_year: int, first_year: int, years: int, paths: int, random: np.random.Generator
) -> Economy:
    """`years` rows from `first_year` on; every index is 1.0 in `today_year`, the year of the values in force.

    The factor and the prices start from their long-run spread, not from zero: where the economy stands today
    is not known any better.
    """
    shape = (years, paths)
    made = {name: np.empty(shape, np.float32) for name in Economy.__dataclass_fields__}
    draws = np.empty((_DRAWS, paths), np.float32)
    random.standard_normal(out=draws, dtype=np.float32)
    prices_memory, memory = outlook.cpi.ar1, outlook.wage.ar1
    slow_memory = _account_memory(outlook)
    factor = draws[0].copy()
    prices = _mixed(outlook.price_wage, factor, draws[1])
    slow = draws[3].copy()
    log_price, log_wage, log_base = (np.zeros(paths, np.float32) for _ in range(3))
    growth_price, growth_wage = _growth(outlook.cpi, 0, prices), _growth(outlook.wage, 0, factor)
    skipped = first_year - today_year
    for at in range(skipped + years):
        row = at - skipped
        lagged = factor.copy()
        if at:
            random.standard_normal(out=draws, dtype=np.float32)
            base_growth = _base_growth(outlook, at, growth_price, growth_wage, lagged, draws[2])
            shock = draws[0] * math.sqrt(1 - memory**2)
            factor = memory * factor + shock
            told = _mixed(outlook.price_wage, draws[0], draws[1])
            prices = prices_memory * prices + math.sqrt(1 - prices_memory**2) * told
            slow = slow_memory * slow + math.sqrt(1 - slow_memory**2) * draws[3]
            growth_price, growth_wage = _growth(outlook.cpi, at, prices), _growth(outlook.wage, at, factor)
            log_price += growth_price
            log_wage += growth_wage
            log_base += base_growth
        if row < 0:
            continue
        np.exp(log_price, out=made["price"][row])
        np.exp(log_wage, out=made["wage"][row])
        np.exp(log_base - log_price, out=made["base"][row])
        made["wage_growth"][row] = growth_wage if at else 0
        _bookkeeping(outlook, at, lagged, slow, made["bookkeeping"][row])
        resident = _mixed(outlook.wage_account, lagged, draws[4])
        _level(outlook.resident, at, resident, made["resident_rate"][row])
        _level(outlook.deposit, at, draws[5], made["deposit"][row])
    return Economy(**made)


def _base_growth(outlook: Outlook, at: int, price: Row, wage: Row, factor: Row, own: Row) -> Row:
    """Log growth of limits and benefit base: never below zero (没有下调过), with last year's wages."""
    sd = np.float32(outlook.base.sd[at])
    if outlook.base_follows[at]:
        growth = price + wage + np.float32(outlook.base.middle[at]) + sd * own
    else:
        growth = np.float32(math.log1p(outlook.base.middle[at])) + sd * _mixed(outlook.wage_base, factor, own)
    return np.maximum(growth, 0, out=growth)


def _bookkeeping(outlook: Outlook, at: int, lagged: Row, slow: Row, out: Row) -> None:
    known = outlook.known_bookkeeping[at]
    if not math.isnan(known):
        out.fill(known)
        return
    _level(outlook.bookkeeping, at, _mixed(outlook.wage_account, lagged, slow), out)
    lowest, highest = outlook.bookkeeping_band[:, at]
    np.clip(out, lowest, highest, out=out)


def _account_memory(outlook: Outlook) -> float:
    """The memory of the account's own part, so that the whole rate has the memory that is assumed."""
    shared = outlook.wage_account**2
    own = (outlook.bookkeeping.ar1 - shared * outlook.wage.ar1) / (1 - shared) if shared < 1 else 0.0
    return min(0.99, max(0.0, own))


def _growth(series: Series, at: int, deviation: Row) -> Row:
    return np.float32(series.log_middle[at]) + np.float32(series.sd[at]) * deviation


def _level(series: Series, at: int, deviation: Row, out: Row) -> None:
    """An interest rate: never below zero."""
    np.multiply(deviation, np.float32(series.sd[at]), out=out)
    out += np.float32(series.middle[at])
    np.maximum(out, 0, out=out)


def _mixed(correlation: float, common: Row, own: Row) -> Row:
    """Standard normals correlated with `common`."""
    return np.float32(correlation) * common + np.float32(math.sqrt(1 - correlation**2)) * own


def _announced(pack: Pack, span: Sequence[int]) -> NDArray[np.float64]:
    known = {
        value.valid_from.year: float(value.number) * PERCENT
        for value in pack.series("pension.bookkeeping_rate")
    }
    return np.array([known.get(year, math.nan) for year in span])


class _Table:
    """The table `economy`, read for a span of years; each of its rows that is used becomes an assumption."""

    def __init__(self, assumed: Assumed, pack: Pack, span: Sequence[int]) -> None:
        self._assumed = assumed
        self._span = span
        self._rows: dict[str, list[TableRow]] = {}
        for row in pack.table("economy"):
            self._rows.setdefault(row["variable"], []).append(row)

    def begins(self, variable: str) -> int:
        return int(self._rows[variable][0]["period_from"])

    def single(self, variable: str) -> float:
        return self._assumed.row(variable, self._rows[variable][0])

    def series(self, variable: str) -> Series:
        values = self._values(variable)
        rows = [self._of(variable, year) for year in self._span]
        middle = np.array([values[row["period_from"]] for row in rows]) * PERCENT
        sd = np.array([float(row["sd"]) for row in rows]) * PERCENT
        return Series(middle, sd, float(rows[-1]["ar1"] or 0))

    def band(self, variable: str) -> NDArray[np.float64]:
        """The band from low to high of each year, moved with the value in use; (2, years)."""
        values = self._values(variable)
        lowest, highest = [], []
        for year in self._span:
            row = self._of(variable, year)
            moved = values[row["period_from"]] - float(row["central"])
            lowest.append(max(0.0, float(row["low"]) + moved) * PERCENT)
            highest.append((float(row["high"]) + moved) * PERCENT)
        return np.array([lowest, highest])

    def _of(self, variable: str, year: int) -> TableRow:
        """The row whose period holds the year; the first before any, for lack of a better one."""
        rows = self._rows[variable]
        begun = [row for row in rows if int(row["period_from"]) <= year]
        return begun[-1] if begun else rows[0]

    def _values(self, variable: str) -> Mapping[str, float]:
        """The value of each period by its first year, whether the projection comes so far or not."""
        rows = self._rows[variable]
        return {
            row["period_from"]: self._assumed.row(
                f"{variable}.{row['period_from']}" if len(rows) > 1 else variable, row
            )
            for row in rows
        }
