"""How long people live: a period table, its improvement, and one unsure factor for everyone on a path.

Never one date of death is shown: `lasting_ages` says beyond which age half, and one in ten, of people of
the same age and sex live. Table and assumptions: policy tables `mortality` and `economy`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import Assumed

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection.case import Case
    from planner.values import Month

TABLE = "wpp2024_2025_2030"
IMPROVEMENT_FROM = 2026
IMPROVES_TO, IMPROVES_NO_MORE = 80, 100  # age; between them the improvement falls linearly to nothing
UNSURE_BY = 2050

_QUADRATURE = 15


@dataclass(frozen=True)
class Lives:
    """Yearly steps from a month on, each a year of age: the first may be shorter.

    `months` (steps,): length in months. `force` (steps,): deaths a month at the middle of the assumptions.
    `unsure` (steps,): log-deviation of the path's factor in that step. `age_months`: at the start.
    """

    months: NDArray[np.int64]
    force: NDArray[np.float64]
    unsure: NDArray[np.float64]
    age_months: int

    def survival(self, months: NDArray[np.int64]) -> NDArray[np.float64]:
        """The exact share alive after so many months, over the unsure factor (Gauss-Hermite sums)."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(_QUADRATURE)
        weights = weights / weights.sum()
        ends = np.cumsum(self.months)
        lived = np.clip(
            np.asarray(months)[:, None] - (ends - self.months)[None, :], 0, self.months[None, :]
        )  # months spent in each step
        alive = np.zeros(len(lived))
        for node, weight in zip(nodes, weights, strict=True):
            alive += weight * np.exp(-(lived * self.force * np.exp(self.unsure * node)).sum(axis=1))
        return alive


def lives_of(case: Case, assumed: Assumed, pack: Pack) -> Lives:
    """The table for this person's sex from the first projected month on."""
    return read_lives(case.first, case.first - case.born, case.category.startswith("male"), assumed, pack)


def read_lives(start: Month, age_months: int, male: bool, assumed: Assumed, pack: Pack) -> Lives:
    """The chances of death by the UN table, improved year by year (死亡率改善)."""
    column = f"{TABLE}_{'m' if male else 'f'}"
    table = {int(row["age"]): float(row[column]) for row in pack.table("mortality")}
    given = {row["variable"]: row for row in pack.table("economy")}
    # These have nothing to do with how the economy fares: always the central value.
    rate = assumed.row("mortality_improvement", given["mortality_improvement"], scenario="central") / 100
    scale = assumed.row("mortality_scale", given["mortality_scale"], scenario="central")
    unsure = assumed.row("mortality_log_sd_2050", given["mortality_log_sd_2050"], scenario="central")
    lengths, forces, deviations = [], [], []
    month, age = start, age_months
    last = max(table)
    while age // 12 <= last:
        length = 12 - age % 12
        years = month.year - IMPROVEMENT_FROM
        q = min(1.0, table[age // 12])
        if q < 1:
            q = min(0.999, q * scale * (1 - rate * _improves(age // 12)) ** max(0, years))
        lengths.append(length)
        forces.append(-math.log1p(-q) / 12 if q < 1 else math.inf)
        deviations.append(unsure * math.sqrt(max(0, years) / (UNSURE_BY - IMPROVEMENT_FROM)))
        month, age = month + length, age + length
    if not lengths:  # older than the table
        lengths, forces, deviations = [12], [math.inf], [0.0]
    force = np.array(forces)
    force[np.isinf(force)] = 50.0  # nobody outlives the first month of the table's last year
    return Lives(np.array(lengths), force, np.array(deviations), age_months)


def draw_deaths(lives: Lives, paths: int, random: np.random.Generator) -> NDArray[np.int32]:
    """Months until death (paths,): at least 0, at most the end of the table."""
    factor = random.standard_normal(paths, dtype=np.float32)
    left = random.standard_exponential(paths, dtype=np.float32)
    death = np.zeros(paths, np.float32)
    alive = np.ones(paths, bool)
    for length, force, unsure in zip(lives.months, lives.force, lives.unsure, strict=True):
        forces = np.exp(factor * np.float32(unsure))
        forces *= np.float32(force)
        lasts = np.minimum(left / forces, np.float32(length))
        death += np.where(alive, lasts, 0)
        left -= forces * np.float32(length)
        alive &= left > 0
        if not alive.any():
            break
    return death.astype(np.int32)


def lasting_ages(lives: Lives) -> tuple[float, float]:
    """The ages in years beyond which half, and one in ten, of people like this one live; exact sums."""
    months = np.arange(int(lives.months.sum()) + 1)
    alive = lives.survival(months)
    half, tenth = (float(np.interp(-share, -alive, months)) for share in (0.5, 0.1))
    return (lives.age_months + half) / 12, (lives.age_months + tenth) / 12


def _improves(age: int) -> float:
    return min(1.0, max(0.0, (IMPROVES_NO_MORE - age) / (IMPROVES_NO_MORE - IMPROVES_TO)))
