"""From what a plan did on each path to the few measures that are shown, each with its Monte Carlo error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.projection.engine import NEXT_PAYMENTS, Run
from planner.projection.ground import Doubles, Ground
from planner.projection.lapses import HORIZONS
from planner.projection.plans import MATCHED, RESIDENT, STEP_UP, Plan
from planner.projection.results import POINTS, FanRows, Lapse, PlanResult, Quantiles, Radar

OLDEST = 110  # years; nothing is expected beyond
FAN_AGE = 95  # years; where the picture of the pension ends
FAN_PATHS = 4_000  # a picture needs no more
RETURN_PATHS = 500  # the middle return is found on so many paths

_LOWEST_RETURN, _HIGHEST_RETURN, _HALVINGS = -0.9, 0.5, 18  # a year; what is beyond counts as the end


@dataclass(frozen=True)
class Worth:
    """What a plan is worth on each path beyond doing nothing, real yuan discounted to today."""

    value: Doubles
    gain: Doubles  # of the pension, yuan a month
    paid: Doubles


class Measures:
    """Measures plans against `nothing`, the run of the plan that pays nothing on the same ground."""

    def __init__(self, ground: Ground, nothing: Run, age_months: int, *, rough: bool = False) -> None:
        self.ground = ground
        self.age = age_months / 12.0  # years of age in the month before the first projected one
        self.nothing = nothing
        self.rough = rough  # without the return, which takes longest
        self.death = ground.paths.death_month.astype(np.float64) / 12.0

    @cached_property
    def mean_income(self) -> float:
        """Mean monthly income of the next twelve months, yuan."""
        return float(np.mean(self.ground.paths.income[:12], dtype=np.float64))

    @cached_property
    def _nothing_benefits(self) -> Doubles:
        return self._benefits(self.nothing)

    def worth(self, run: Run) -> Worth:
        """Discounted benefits less discounted payments, both beyond doing nothing."""
        paid = self._discounted(run.paid)
        value = self._benefits(run) - self._nothing_benefits - paid
        gain = run.drawn.pension - self.nothing.drawn.pension
        return Worth(value, gain, run.paid.sum(axis=0, dtype=np.float64))

    def result(self, plan: Plan, run: Run, worth: Worth) -> PlanResult:
        """The measures of a plan but for the regret, which needs the other plans."""
        pension, reached, drawers = self._pension(run)
        lapse, errors = _lapses(run)
        heirs = self._heirs(run)
        count = self.ground.count
        value_quarter = float(np.partition(worth.value, count // 4)[count // 4])
        quantiles = _quantiles(pension)
        pays = plan.scheme != "none"
        monthly, worst = self._costs(plan, run)
        mean_income = self.mean_income
        first_year = run.left[:12]
        age, age_error = self._break_even(run, worth) if pays else (None, 0.0)
        rate, rate_error = self._return(run) if pays and not self.rough else (None, 0.0)
        errors |= {
            "pension.mean": _error(pension),
            "pension.p50": _median_error(pension),
            "replacement_rate": _median_error(pension) / mean_income if mean_income > 0 else 0.0,
            "reaches_minimum": math.sqrt(reached * (1.0 - reached) / max(drawers, 1)),
            "paid_total": _error(worth.paid),
            "break_even_age": age_error,
            "irr": rate_error,
            "net_value.mean": _error(worth.value),
            "heirs": _error(heirs),
        }
        return PlanResult(
            plan=plan,
            name=plan.name,
            monthly_cost=monthly,
            worst_month_cost=worst,
            pension=quantiles,
            pension_mean=float(np.mean(pension)) if len(pension) else 0.0,
            replacement_rate=quantiles.p50 / mean_income if mean_income > 0 else 0.0,
            lapse=lapse,
            reaches_minimum=reached,
            paid_total=float(np.mean(worth.paid)),
            break_even_age=age,
            irr=rate,
            net_value=float(np.mean(worth.value)),
            net_value_p25=value_quarter,
            regret=0.0,
            heirs=float(np.mean(heirs)),
            cash_kept=float(np.mean(first_year >= 0.0)) if first_year.size else 1.0,
            pension_fan=self._pension_fan(run),
            cash_fan=_cash_fan(run),
            lapse_reasons=self._reasons(run),
            radar=self._radar(plan, run),
            price_level=self._price_level(run),
            errors=errors if count > 1 else {},  # one future says nothing of others
        )

    # Money over time

    def _discounted(self, paid: NDArray[np.float32]) -> Doubles:
        """Yearly payments at their worth today, each as in the middle of its months."""
        weights = (1.0 + self.ground.habits.discount) ** -np.asarray(self.ground.middles)
        discounted: Doubles = weights @ paid
        return discounted

    def _benefits(self, run: Run) -> Doubles:
        """Pension, refund and what heirs get, at their worth today."""
        drawn, habits = run.drawn, self.ground.habits
        start = (drawn.row + 1) / 12.0
        force = math.log1p(habits.discount)
        growth = math.log1p(habits.uprating)
        net = force - growth if abs(force - growth) > 1e-9 else 1e-9
        lasts = np.maximum(self.death - start, 0.0)
        factor = np.exp(-force * start) * -np.expm1(-net * lasts) * (12.0 / net)
        left = self._left_of_account(run)
        benefits: Doubles = np.where(drawn.row >= 0, drawn.pension * factor, 0.0)
        benefits += np.where(drawn.refund > 0, drawn.refund * np.exp(-force * start), 0.0)
        benefits += (left + run.heirs) * np.exp(-force * self.death)
        return benefits

    def _left_of_account(self, run: Run) -> Doubles:
        """What heirs get of those who drew: the account less what was paid from it, real yuan."""
        drawn = run.drawn
        months = np.maximum(self.death * 12.0 - drawn.row - 1, 0.0)
        left: Doubles = np.maximum(drawn.account - drawn.personal * months, 0.0)
        return left

    def _heirs(self, run: Run) -> Doubles:
        return run.heirs + self._left_of_account(run)

    # Measures

    def _pension(self, run: Run) -> tuple[Doubles, float, int]:
        """The pensions of those who live to draw or to be refused one, the share that draws, and how many."""
        lived = run.drawn.row >= 0
        pension = run.drawn.pension[lived]
        return pension, float(np.mean(pension > 0)) if len(pension) else 0.0, len(pension)

    def _costs(self, plan: Plan, run: Run) -> tuple[float, float]:
        """Yuan a month in the first year of paying: as a rule, and in the worst tenth of the months."""
        if plan.scheme == "none":
            return 0.0, 0.0
        if plan.scheme == RESIDENT:
            return plan.tier / 12.0, plan.tier / 12.0
        employee = self.ground.law.employee
        if plan.family not in (MATCHED, STEP_UP):
            return employee.monthly(plan.share), employee.monthly(plan.share)
        costs, income = run.costs[:12], self.ground.paths.income[:12][: run.costs.shape[0]]
        paying = costs > 0
        if not paying.any():
            return employee.monthly(employee.least), employee.monthly(employee.least)
        low = income <= np.partition(income, income.size // 10, axis=None)[income.size // 10]
        poor = costs[paying & low]
        typical = float(np.median(costs[paying]))
        return typical, float(np.mean(poor)) if len(poor) else min(typical, employee.monthly(employee.least))

    def _break_even(self, run: Run, worth: Worth) -> tuple[float | None, float]:
        """The age at which the middle path has drawn as much more than nothing gives as it paid."""
        lived = run.drawn.row >= 0
        if not lived.any():
            return None, 0.0
        start = self.age + (run.drawn.row[lived] + 2) / 12.0
        gain = worth.gain[lived]
        owing = worth.paid[lived] - run.drawn.refund[lived] + self.nothing.drawn.refund[lived]
        growth = math.log1p(self.ground.habits.uprating)
        with np.errstate(divide="ignore", invalid="ignore"):
            years = owing / (12.0 * gain)
            if growth:
                years = np.log1p(years * growth) / growth
        ages = np.where((gain > 0) & np.isfinite(years), start + np.maximum(years, 0.0), np.inf)
        middle = _point(ages, 0.5)
        if not middle < OLDEST:
            return None, 0.0
        error = _median_error(ages)
        return middle, error if math.isfinite(error) else 0.0

    def _return(self, run: Run) -> tuple[float | None, float]:
        """The middle real return: the yearly rate at which benefits are worth the payments on a path."""
        count = min(RETURN_PATHS, self.ground.count)
        paid = np.ascontiguousarray(run.paid[:, :count], np.float64)
        if not paid.any():
            return None, 0.0
        drawn, nothing = run.drawn, self.nothing.drawn
        starts = [(part.row[:count] + 1) / 12.0 for part in (drawn, nothing)]
        pensions = [part.pension[:count] for part in (drawn, nothing)]
        refunds = [part.refund[:count] for part in (drawn, nothing)]
        heirs = self._heirs(run)[:count] - self._heirs(self.nothing)[:count]
        death = self.death[:count]
        times = self.ground.middles
        growth = math.log1p(self.ground.habits.uprating)
        used = np.flatnonzero(paid.any(axis=1))
        start_year, last_year = int(used[0]), int(used[-1])
        lowest, highest = math.log1p(_LOWEST_RETURN), math.log1p(_HIGHEST_RETURN)
        low, high = np.full(count, lowest), np.full(count, highest)
        for _halving in range(_HALVINGS):
            force = (low + high) / 2.0
            step = np.exp(-force)
            cost = np.zeros(count)
            for year in range(last_year, start_year, -1):
                cost += paid[year]
                apart = times[year] - times[year - 1]
                cost *= step if abs(apart - 1.0) < 1e-9 else np.exp(-force * apart)
            cost += paid[start_year]
            cost *= np.exp(-force * times[start_year])
            net = force - growth
            net = np.where(np.abs(net) > 1e-9, net, 1e-9)
            gain = heirs * np.exp(-force * death)
            for sign, start, pension, refund in zip((1, -1), starts, pensions, refunds, strict=True):
                lasts = np.maximum(death - start, 0.0)
                now = np.exp(-force * start)
                gain += sign * now * (pension * -np.expm1(-net * lasts) * (12.0 / net) + refund)
            better = gain > cost
            low, high = np.where(better, force, low), np.where(better, high, force)
        middle = np.where(high == highest, highest, np.where(low == lowest, lowest, (low + high) / 2.0))
        rates = np.expm1(middle)
        some = paid.any(axis=0)
        rates = rates[some]
        return _point(rates, 0.5), _median_error(rates)

    def _reasons(self, run: Run) -> Mapping[str, float]:
        """The main reason of each period that went unpaid when due, as shares of them all."""
        total = int(np.count_nonzero(run.unpaid))
        if not total:
            return {}
        shares = {
            name: int(np.count_nonzero(run.unpaid & holds)) / total
            for name, holds in self.ground.reasons.items()
        }
        shares["cost"] = max(1.0 - sum(shares.values()), 0.0)
        return {name: share for name, share in shares.items() if share > 0.0005}

    def _radar(self, plan: Plan, run: Run) -> Radar:
        """The next three payments, and why one of them is missed where one is."""
        if plan.scheme == "none":
            return Radar(0.0)
        if plan.scheme == RESIDENT:
            missed, rows = run.lapses[-1] > 0, run.unpaid
        else:
            rows = run.unpaid[:NEXT_PAYMENTS]
            missed = rows.any(axis=0)
        count = int(np.count_nonzero(missed))
        if not count:
            return Radar(0.0)
        found = {
            name: int(np.count_nonzero(rows & holds[: len(rows)]))
            for name, holds in self.ground.reasons.items()
        }
        found["cost"] = int(np.count_nonzero(rows)) - sum(found.values())
        return Radar(count / self.ground.count, max(found, key=found.__getitem__))

    def _price_level(self, run: Run) -> float:
        """The mean price level when the pension starts; when it could start where nobody draws."""
        price, start = self.ground.paths.price, run.drawn.row + 1
        lived = np.flatnonzero(run.drawn.row >= 0)
        last = len(price) - 1
        if not len(lived):
            return float(np.mean(price[min(self.ground.year_of(self.ground.law.employee.draw + 1), last)]))
        years = np.minimum((self.ground.paths.first.month - 1 + start[lived]) // 12, last)
        return float(np.mean(price[years, lived], dtype=np.float64))

    def _pension_fan(self, run: Run) -> FanRows:
        """Pensions by age of those alive; 0 until they start. Held in real terms but for the uprating."""
        drawn = run.drawn
        lived = np.flatnonzero(drawn.row >= 0)[:FAN_PATHS]
        if not len(lived):
            start = self.age + (max(self.ground.law.employee.draw, 0) + 2) / 12.0
            ages = np.arange(math.ceil(start), max(FAN_AGE, math.ceil(start)) + 1, dtype=np.float64)
            return FanRows(ages, *np.zeros((5, len(ages))))
        starts = self.age + (drawn.row[lived] + 2) / 12.0
        pension = drawn.pension[lived]
        first, settled = math.ceil(float(starts.min())), math.ceil(float(starts.max()))
        ages = np.arange(first, max(FAN_AGE, settled) + 1, dtype=np.float64)
        rows = np.empty((5, len(ages)))
        final = np.sort(pension)[_places(len(pension))]
        for at, age in enumerate(ages):
            if age < settled:
                rows[:, at] = np.sort(np.where(starts <= age, pension, 0.0))[_places(len(pension))]
            else:
                rows[:, at] = final * (1.0 + self.ground.habits.uprating) ** (age - settled)
        return FanRows(ages, *rows)


def _cash_fan(run: Run) -> FanRows:
    """Yuan left after needs and payments, by month."""
    left = np.sort(run.left[:, :FAN_PATHS], axis=1)
    rows = left[:, _places(left.shape[1])].T.astype(np.float64)
    return FanRows(np.arange(left.shape[0], dtype=np.float64), *rows)


def _lapses(run: Run) -> tuple[Lapse, dict[str, float]]:
    count = run.lapses.shape[1]
    shares = np.count_nonzero(run.lapses > 0, axis=1) / count
    expected = run.lapses[-1]
    errors = {
        f"lapse.p{months}": math.sqrt(share * (1.0 - share) / count)
        for months, share in zip(HORIZONS, shares.tolist(), strict=True)
    }
    errors["lapse.expected_months"] = _error(expected.astype(np.float64))
    p12, p24, p36 = shares.tolist()
    return Lapse(p12, p24, p36, float(expected.mean(dtype=np.float64))), errors


def _places(count: int) -> NDArray[np.intp]:
    """Where the quantiles stand among so many sorted values."""
    return np.minimum((np.asarray(POINTS) * count).astype(np.intp), count - 1)


def _quantiles(values: Doubles) -> Quantiles:
    if not len(values):
        return Quantiles(0.0, 0.0, 0.0, 0.0, 0.0)
    return Quantiles(*np.sort(values)[_places(len(values))].tolist())


def _point(values: Doubles, share: float) -> float:
    at = min(int(share * len(values)), len(values) - 1)
    return float(np.partition(values, at)[at])


def _error(values: Doubles) -> float:
    """The standard error of a mean."""
    return float(np.std(values)) / math.sqrt(len(values)) if len(values) else 0.0


def _median_error(values: Doubles) -> float:
    """The standard error of the middle, from the values half a standard error of its rank away."""
    count = len(values)
    if count < 2:
        return 0.0
    half = 0.5 / math.sqrt(count)
    low, high = (min(int((0.5 + sign * half) * count), count - 1) for sign in (-1, 1))
    part = np.partition(values, (low, high))
    return float(part[high] - part[low]) / 2.0
