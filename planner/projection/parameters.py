"""The unknown numbers of a person's income, drawn once a path from their posterior.

Plugging in point values would make the futures look surer than they are: the level of somebody with six
months of history is itself a guess.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.projection.income import MOST_RHO, TRANSITORY, IncomeFit
from planner.projection.streams import Row, spread_normals


@dataclass(frozen=True)
class Parameters:
    """Rows (paths,) of float32.

    `level`: log of a usual working month now. `rho`, `sd_lasting` (of a month's innovation),
    `sd_transitory`: of the two parts of log income. `p_off`, `p_on`: a month. `swing`, `swing_variance`: what
    the months before today say of the lasting part in the first month. `working`: in the current month.
    """

    level: Row
    rho: Row
    sd_lasting: Row
    sd_transitory: Row
    p_off: Row
    p_on: Row
    swing: Row
    swing_variance: Row
    working: Row


def draw_parameters(fit: IncomeFit, paths: int, random: np.random.Generator) -> Parameters:
    """One draw a path of level, variance, persistence and the two states, and where the income stands."""
    variance = fit.freedom * fit.variance / random.chisquare(fit.freedom, paths)
    level = fit.level + np.sqrt(variance / fit.level_weight) * spread_normals(paths, random)
    fisher = fit.fisher + random.standard_normal(paths) / math.sqrt(fit.fisher_precision)
    rho = np.clip(np.tanh(fisher), 0.0, MOST_RHO)
    p_off = random.beta(*fit.off_counts, paths)
    p_on = random.beta(*fit.on_counts, paths)
    lasting = (1 - TRANSITORY) * variance
    swing, unsure = _filtered(fit, level, rho, lasting, TRANSITORY * variance)
    usual = p_on / (p_on + p_off)
    known = usual if fit.working is None else float(fit.working)
    # The chain forgets the last known month step by step, up to the current one.
    chance = usual + (known - usual) * (1 - p_off - p_on) ** fit.months_since
    drawn = {
        "level": level,
        "rho": rho,
        "sd_lasting": np.sqrt(lasting * (1 - rho**2)),
        "sd_transitory": np.sqrt(TRANSITORY * variance),
        "p_off": p_off,
        "p_on": p_on,
        "swing": swing,
        "swing_variance": unsure,
        "working": random.random(paths) < chance,
    }
    return Parameters(**{name: np.asarray(row, np.float32) for name, row in drawn.items()})


def _filtered(
    fit: IncomeFit,
    level: np.ndarray[tuple[int], np.dtype[np.float64]],
    rho: np.ndarray[tuple[int], np.dtype[np.float64]],
    lasting: np.ndarray[tuple[int], np.dtype[np.float64]],
    transitory: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Mean and variance of the lasting part in the first projected month: a Kalman filter over the history.

    The current month is partial and was left out, so the first projected month comes two steps after the
    last one that was used.
    """
    mean, spread = np.zeros_like(level), lasting.copy()
    innovation = lasting * (1 - rho**2)
    for seen in (*fit.residuals, math.nan):
        if math.isfinite(seen):
            gain = spread / (spread + transitory)
            mean += gain * (seen - level - mean)
            spread *= 1 - gain
        mean *= rho
        spread = rho**2 * spread + innovation
    return mean, spread
