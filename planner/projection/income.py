"""What a person's own months say about their income, and how far the group's figures stand in for the rest.

The model of a month, in yuan net of fees and business costs: two states (working or not, a Markov chain);
while working, log income = level + trend + season + persistent part (AR(1)) + transitory part. Each number
is the posterior of the person's months and the group's prior (policy table `income_priors`): with few months
the group shows through, and `based_on_group` says so. Zero months tell only about the two states; months
that are missing tell nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection import LEAST_MONTHS
from planner.projection.assumptions import OWN_ASSUMPTION, Assumed
from planner.projection.groups import Group, read_group
from planner.projection.history import LEAST_FOR_SEASONS, History, read_history, sellers_history
from planner.projection.seasons import CROSS_BORDER

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection.case import Case

LEAST_FOR_TREND = 18
TREND_MONTHS = 36  # a personal trend is never carried on for longer

TRANSITORY = 0.4  # share of the variance within a person that does not last
PRIOR_FREEDOM = 8.0  # degrees of freedom behind the prior variance
PRIOR_SEASON_MONTHS = 24.0
PRIOR_TREND_MONTHS = 60.0
PRIOR_OFF_MONTHS, PRIOR_ON_MONTHS = 40.0, 10.0
PRIOR_FISHER_PRECISION = 1 / 0.25**2
MOST_RHO = 0.9
MOST_TREND = 0.10  # a year
BREAK = 2.5  # standard errors


@dataclass(frozen=True)
class IncomeFit:
    """The posterior of one person's income; amounts in yuan of today a month.

    - `months_used`: months with income that were used; `zero_months`: months known to be without.
    - `own_weight`: 0..1, how far the level rests on the person's own months.
    - `based_on_group`: fewer than six months, so the group's figures are used alone.
    - `median`: income of a usual working month now; `low`, `high`: where it lies in eight of ten cases.
    - `variation`: standard deviation of log income within the person; `rho`: how long a swing lasts.
    - `p_off`, `p_on`: chance a month of stopping work, and of starting again.
    - `trend`: own growth a year; `season_power`: how strongly the group's seasons (a cross-border
      seller's: those of cash) show in the person's months; 1 is fully.
    - `working`: in the last month that is known, `months_since` months before this one; None if none is.
    - `job_changed`: the last three months are so far off that the work may have changed.
    """

    group: Group
    months_used: int
    zero_months: int
    own_weight: float
    based_on_group: bool
    level: float
    level_weight: float
    variance: float
    freedom: float
    fisher: float
    fisher_precision: float
    off_counts: tuple[float, float]
    on_counts: tuple[float, float]
    trend: float | None
    season_power: float
    job_changed: bool
    working: bool | None
    months_since: int
    residuals: tuple[float, ...]
    """Log income of each month up to this one, without season and trend; NaN where there is none."""

    @property
    def median(self) -> float:
        return math.exp(self.level)

    @property
    def level_sd(self) -> float:
        """Standard deviation of the level, in logs."""
        return math.sqrt(self.variance / self.level_weight)

    @property
    def low(self) -> float:
        return math.exp(self.level - 1.2816 * self.level_sd)

    @property
    def high(self) -> float:
        return math.exp(self.level + 1.2816 * self.level_sd)

    @property
    def variation(self) -> float:
        return math.sqrt(self.variance)

    @property
    def rho(self) -> float:
        return min(MOST_RHO, max(0.0, math.tanh(self.fisher)))

    @property
    def p_off(self) -> float:
        return self.off_counts[0] / sum(self.off_counts)

    @property
    def p_on(self) -> float:
        return self.on_counts[0] / sum(self.on_counts)

    @property
    def active_share(self) -> float:
        """The share of months with work, in the long run."""
        return self.p_on / (self.p_on + self.p_off)

    def as_json(self) -> dict[str, object]:
        return {
            "months_used": self.months_used,
            "zero_months": self.zero_months,
            "own_weight": round(self.own_weight, 4),
            "based_on_group": self.based_on_group,
            "median": round(self.median, 2),
            "low": round(self.low, 2),
            "high": round(self.high, 2),
            "variation": round(self.variation, 4),
            "rho": round(self.rho, 4),
            "p_off": round(self.p_off, 4),
            "p_on": round(self.p_on, 4),
            "trend": self.trend,
            "season_power": round(self.season_power, 4),
            "job_changed": self.job_changed,
        }


def fit_income(case: Case, pack: Pack, assumed: Assumed | None = None) -> IncomeFit:
    """The posterior from the case's months; see the module. The current month is partial and left out."""
    assumed = assumed or Assumed(case.settings.assumptions, case.settings.scenario)
    group = read_group(case, pack, assumed)
    history = read_history(case, assumed, group, pack)
    power = None
    if group.profile == CROSS_BORDER:
        history, power = sellers_history(history, case.this_month + -len(history.amounts), assumed, pack)
    return _posterior(history, group, assumed, power)


def _posterior(history: History, group: Group, assumed: Assumed, strength: float | None) -> IncomeFit:
    """`strength`: that of a seller's seasons of cash, which the history's seasons already have."""
    logs = history.log_income
    count = int(np.isfinite(logs).sum())
    zeros = int((history.amounts == 0).sum())
    own = count >= LEAST_MONTHS
    if not own:
        logs = np.full(len(logs), np.nan)
    n = count if own else 0
    power = _season_power(logs, history.seasons, n) if strength is None else 1.0
    flat = logs - power * history.seasons
    trend = _trend(flat, n, group)
    ages = np.arange(len(flat), 0, -1.0)  # months before today
    flat = flat + (trend or 0.0) * ages / 12
    weights = _weights(ages, flat, assumed)
    effective = weights.sum() ** 2 / (weights**2).sum() if n else 0.0
    mean = float(np.nansum(weights * np.nan_to_num(flat)) / weights.sum()) if n else 0.0
    independent = effective * (1 - group.rho) / (1 + group.rho)
    shrink = group.within**2 / group.between**2
    level = float((independent * mean + shrink * group.level) / (independent + shrink))
    squares = float(np.nansum(weights * (flat - mean) ** 2) / weights.sum() * n) if n else 0.0
    freedom = PRIOR_FREEDOM + max(0, n - 1)
    variance = (PRIOR_FREEDOM * group.within**2 + squares) / freedom
    fisher, precision = _persistence(flat - mean, n, group)
    off, on = _states(history.working, group)
    known = np.flatnonzero(np.isfinite(history.working))
    return IncomeFit(
        group=group,
        months_used=n,
        zero_months=zeros,
        own_weight=float(independent / (independent + shrink)),
        based_on_group=not own,
        level=level,
        level_weight=float(independent + shrink),
        variance=variance,
        freedom=freedom,
        fisher=fisher,
        fisher_precision=precision,
        off_counts=off,
        on_counts=on,
        trend=trend,
        season_power=power if strength is None else strength,
        job_changed=own and _broken(history, power, group),
        working=bool(history.working[known[-1]]) if len(known) else None,
        months_since=len(history.working) - int(known[-1]) if len(known) else 0,
        residuals=tuple(flat.tolist()),
    )


def _season_power(logs: NDArray[np.float64], seasons: NDArray[np.float64], n: int) -> float:
    """How strongly the group's seasons show in this person's months: regression, shrunk towards 1."""
    known = np.isfinite(logs)
    if n < LEAST_FOR_SEASONS or np.ptp(seasons[known]) == 0:
        return 1.0
    x = seasons[known] - seasons[known].mean()
    slope = float(x @ logs[known] / (x @ x))
    return min(2.0, max(0.0, (n * slope + PRIOR_SEASON_MONTHS) / (n + PRIOR_SEASON_MONTHS)))


def _trend(flat: NDArray[np.float64], n: int, group: Group) -> float | None:
    """Own growth a year, shrunk towards the group's; None with too few months to tell."""
    if n < LEAST_FOR_TREND:
        return None
    known = np.isfinite(flat)
    x = np.flatnonzero(known) / 12
    x = x - x.mean()
    slope = float(x @ flat[known] / (x @ x))
    mixed = (n * slope + PRIOR_TREND_MONTHS * group.growth) / (n + PRIOR_TREND_MONTHS)
    return min(MOST_TREND, max(-MOST_TREND, mixed))


def _weights(ages: NDArray[np.float64], flat: NDArray[np.float64], assumed: Assumed) -> NDArray[np.float64]:
    """1 for each month, or less for older ones where the person says that the work has changed."""
    fading = assumed.value(
        "fading", 1.0, "weight of a month against the next", low=0.97, high=1.0, source=OWN_ASSUMPTION
    )
    return np.where(np.isfinite(flat), fading**ages, 0.0)


def _persistence(deviations: NDArray[np.float64], n: int, group: Group) -> tuple[float, float]:
    """Mean and precision of rho on Fisher's scale.

    Neighbouring months correlate by rho times the lasting share of the variance; the transitory part hides
    the rest, so the estimate is put right by that share and trusted less by its square.
    """
    prior = math.atanh(group.rho)
    before, after = deviations[:-1], deviations[1:]
    pairs = np.isfinite(before) & np.isfinite(after)
    if n <= 3 or pairs.sum() < 3 or not (before[pairs] @ before[pairs]) > 0:
        return prior, PRIOR_FISHER_PRECISION
    lasting = 1 - TRANSITORY
    plain = float(before[pairs] @ after[pairs] / (before[pairs] @ before[pairs]))
    plain += (1 + 3 * plain) / n
    own = math.atanh(min(0.95, max(-0.95, plain / lasting)))
    weight = (n - 3) * lasting**2
    precision = weight + PRIOR_FISHER_PRECISION
    return (weight * own + PRIOR_FISHER_PRECISION * prior) / precision, precision


def _states(working: NDArray[np.float64], group: Group) -> tuple[tuple[float, float], tuple[float, float]]:
    """Beta posteriors of stopping and of starting again: (happened, did not)."""
    off = [PRIOR_OFF_MONTHS * group.p_off, PRIOR_OFF_MONTHS * (1 - group.p_off)]
    on = [PRIOR_ON_MONTHS * group.p_on, PRIOR_ON_MONTHS * (1 - group.p_on)]
    if np.isfinite(working).sum() >= LEAST_MONTHS:
        before, after = working[:-1], working[1:]
        both = np.isfinite(before) & np.isfinite(after)
        was, is_now = before[both] == 1, after[both] == 1
        off[0] += float((was & ~is_now).sum())
        off[1] += float((was & is_now).sum())
        on[0] += float((~was & is_now).sum())
        on[1] += float((~was & ~is_now).sum())
    return (off[0], off[1]), (on[0], on[1])


def _broken(history: History, power: float, group: Group) -> bool:
    """Whether the last three months stand out from the ones before them, which alone say what is usual."""
    earned = history.amounts > 0
    known = np.log(history.amounts[earned]) - power * history.seasons[earned]
    last, before = known[-3:], known[:-3]
    if len(before) < 3:
        return False
    squares = float(((before - before.mean()) ** 2).sum())
    variance = (PRIOR_FREEDOM * group.within**2 + squares) / (PRIOR_FREEDOM + len(before) - 1)
    lasting = 1 - TRANSITORY
    neighbours = (3 + 4 * lasting * group.rho + 2 * lasting * group.rho**2) / 9
    error = math.sqrt(variance * (neighbours + 1 / len(before)))
    return bool(abs(last.mean() - before.mean()) > BREAK * error)
