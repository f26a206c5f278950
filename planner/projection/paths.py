"""The futures that every plan is priced on: income, economy and length of life, drawn together.

Everything is in yuan of today; `price` says what a yuan of today costs in each year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import Assumed, Assumption
from planner.projection.currency import read_exposure
from planner.projection.earning import Course, Earner
from planner.projection.economy import draw_economy, read_outlook
from planner.projection.groups import decline, growth_weight, next_groups
from planner.projection.income import TREND_MONTHS, IncomeFit, fit_income
from planner.projection.lifetime import draw_deaths, lasting_ages, lives_of
from planner.projection.parameters import draw_parameters
from planner.projection.seasons import CROSS_BORDER, read_seasons, read_seller_cash
from planner.projection.setbacks import Setbacks, draw_setbacks, read_hazards
from planner.projection.shocks import Shock, read_shocks
from planner.projection.streams import Row, stream
from planner.values import Month

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection.case import Case

HURT_MONTHS = 36  # for how long it is kept which paths are off work ill or hurt

_HURT = 0.75  # a month with less than this left of its income counts as one off work


@dataclass(frozen=True)
class Paths:
    """Drawn futures, as C-contiguous float32 arrays of shape `(months, paths)` or `(years, paths)`.

    A month is one contiguous row, because plans are priced month by month over all paths at once: a row of
    10,000 paths and the few rows worked on with it stay in the processor's cache.

    - `first`: the first projected month; row t of `income` is month `first + t`.
    - `income` (months, paths): yuan of today a month, net of platform fees and business costs, before
      contributions and tax; a seller's may be negative.
    - `year_of_month` (months,): the row of the yearly arrays that each month falls in; row 0 is `first.year`.
    - `base` (years, paths): real index of the contribution limits and the benefit base, 1.0 at those in
      force today; the nominal one is `base * price`.
    - `wage` (years, paths): real index of the average wage, 1.0 today.
    - `price` (years, paths): price level, 1.0 today.
    - `bookkeeping`, `resident_rate`, `deposit` (years, paths): nominal yearly rates as fractions, of the
      employee scheme's personal account (记账利率), the resident scheme's account and a one-year deposit.
    - `death_month` (paths,) int32: months from `first` until death; may lie beyond the last row.
    - `hurt` (up to 36 months, paths) bool: a week or more of that month off work, ill or hurt.
    - `fit`: what the person's own months say; `lasting_ages`: beyond which half, and one in ten, live.
    - `assumptions`: every uncertain number that entered, once.
    """

    first: Month
    income: NDArray[np.float32]
    year_of_month: NDArray[np.int32]
    base: NDArray[np.float32]
    wage: NDArray[np.float32]
    price: NDArray[np.float32]
    bookkeeping: NDArray[np.float32]
    resident_rate: NDArray[np.float32]
    deposit: NDArray[np.float32]
    death_month: NDArray[np.int32]
    hurt: NDArray[np.bool_]
    fit: IncomeFit
    lasting_ages: tuple[float, float]
    assumptions: tuple[Assumption, ...] = ()

    @property
    def count(self) -> int:
        """How many paths."""
        return int(self.income.shape[1])

    @property
    def months(self) -> int:
        return int(self.income.shape[0])

    @property
    def years(self) -> int:
        """Calendar years touched, from `first.year` on."""
        return int(self.base.shape[0])

    def head(self, count: int) -> Paths:
        """The first `count` of the same paths, as views: no copy is made, rows are no longer adjacent."""
        return replace(
            self,
            income=self.income[:, :count],
            base=self.base[:, :count],
            wage=self.wage[:, :count],
            price=self.price[:, :count],
            bookkeeping=self.bookkeeping[:, :count],
            resident_rate=self.resident_rate[:, :count],
            deposit=self.deposit[:, :count],
            death_month=self.death_month[:count],
            hurt=self.hurt[:, :count],
        )


def draw_paths(
    case: Case,
    pack: Pack,
    months: int,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Paths:
    """The futures of a case over `months` months from `case.first`; the same for the same seed, always.

    `progress` is told the share that is done; when `cancelled` answers True, `Cancelled` is raised. An
    assumption of the person's with an unknown name, or an unknown shock, is an InputError.
    """
    count, seed = case.settings.paths, case.settings.seed
    assumed = Assumed(case.settings.assumptions, case.settings.scenario)
    fit = fit_income(case, pack, assumed)
    first, today_year = case.first, case.today.year
    year_of_month = np.array([(first + at).year - first.year for at in range(months)], np.int32)
    years = int(year_of_month[-1]) + 1 if months else 1
    outlook = read_outlook(assumed, pack, today_year, first.year - today_year + years)
    economy = draw_economy(outlook, today_year, first.year, years, count, stream(seed, "economy"))
    lives = lives_of(case, assumed, pack)
    death = draw_deaths(lives, count, stream(seed, "lifetime"))
    hazards = read_hazards(case, assumed, pack)
    shocks = read_shocks(case, count, assumed, pack)
    factor = assumed.taken("city_factor")
    income = np.empty((months, count), np.float32)
    Earner(
        seed=seed,
        group=fit.group,
        next_groups=next_groups(pack, factor),
        drawn=draw_parameters(fit, count, stream(seed, "parameters")),
        course=_course(case, pack, assumed, fit, economy.wage_growth, year_of_month),
        exposure=read_exposure(case, fit.group.name, assumed, pack),
        shocks=shocks,
    ).fill(income, _watch(months, progress, cancelled))
    hurt = np.zeros((min(months, HURT_MONTHS), count), np.bool_)
    setbacks = draw_setbacks(hazards, months, count, stream(seed, "setbacks"))
    _set_back(setbacks, income, hurt, death)
    for shock in shocks:
        if shock.stops_work:
            _stop(shock, income, hurt)
    return Paths(
        first=first,
        income=income,
        year_of_month=year_of_month,
        base=economy.base,
        wage=economy.wage,
        price=economy.price,
        bookkeeping=economy.bookkeeping,
        resident_rate=economy.resident_rate,
        deposit=economy.deposit,
        death_month=death,
        hurt=hurt,
        fit=fit,
        lasting_ages=lasting_ages(lives),
        assumptions=assumed.listed(),
    )


class Cancelled(Exception):  # noqa: N818  # not an error: the person changed their mind
    """The drawing was called off."""


def _watch(
    months: int, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None
) -> Callable[[int], None] | None:
    """Reports and asks once a projected year."""
    if progress is None and cancelled is None:
        return None

    def each(month: int) -> None:
        if month % 12:
            return
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(month / months)

    return each


def _course(
    case: Case,
    pack: Pack,
    assumed: Assumed,
    fit: IncomeFit,
    wage_growth: Row,
    year_of_month: NDArray[np.int32],
) -> Course:
    """Seasons, the person's own trend for its three years, and growth with wages and age after it."""
    months = len(year_of_month)
    seasons = read_seasons(fit.group.profile, pack)
    if seasons.profile == CROSS_BORDER:
        seller = read_seller_cash(assumed, pack)
        indices = 1 + fit.season_power * (seller.cash(seasons, case.first, months) - 1)
    else:
        indices = seasons.raised(case.first, months, fit.season_power)
    trend = np.zeros(months)
    growth = np.zeros_like(wage_growth)
    for year in range(1, len(growth)):
        start = int(np.searchsorted(year_of_month, year))
        age = (case.age_months + start) / 12
        if fit.trend is None or start >= TREND_MONTHS:
            growth[year] = np.float32(growth_weight(age, start / 12)) * wage_growth[year]
            growth[year] -= np.float32(decline(age) if fit.group.heavy_work else 0.0)
    if fit.trend is not None:
        trend = np.log1p(fit.trend) * np.minimum(np.arange(1, months + 1), TREND_MONTHS) / 12
    return Course(indices, trend, growth, year_of_month)


def _set_back(setbacks: Setbacks, income: Row, hurt: NDArray[np.bool_], death: NDArray[np.int32]) -> None:
    """Takes from income what setbacks cost; fatal accidents end a path's life."""
    count = income.shape[1]
    flat = income.reshape(-1)
    places = setbacks.months.astype(np.int64) * count + setbacks.paths
    working = flat[places] > 0
    np.multiply.at(flat, places[working], setbacks.left[working])
    seen = working & (setbacks.left < _HURT) & (setbacks.months < len(hurt))
    hurt[setbacks.months[seen], setbacks.paths[seen]] = True
    for month, path in setbacks.ended:
        income[month:, path] = 0
        hurt[month:, path] = True
    for month, path in setbacks.deaths:
        death[path] = min(death[path], month)


def _stop(shock: Shock, income: Row, hurt: NDArray[np.bool_]) -> None:
    """No income for the months of a shock, on each path from the month it strikes."""
    for step in range(round(shock.size)):
        months = shock.strikes + step
        within = np.flatnonzero(months < len(income))
        income[months[within], within] = 0
        if shock.name == "illness":
            seen = np.flatnonzero(months < len(hurt))
            hurt[months[seen], seen] = True
