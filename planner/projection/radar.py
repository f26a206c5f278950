"""The smallest change that makes the next three payments of a plan safe enough, tried on the same futures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.projection.engine import misses_a_payment
from planner.projection.ground import Ground
from planner.projection.plans import EMPLOYEE, Plan, resident_plans
from planner.projection.results import Fix

_STEP = 100  # yuan; nobody puts by a smaller part
_MOST_COSTS = 6  # more than so many payments at once is no small thing to put by
_MOST_YUAN = 20_000


def chance_of_missing(plan: Plan, ground: Ground, more: float = 0.0) -> float:
    """The chance of missing one of the next three payments with `more` yuan put by today and kept for it."""
    if more:
        habits = ground.habits
        target = tuple(kept + more for kept in habits.target)
        ground = replace(ground, habits=replace(habits, buffer=habits.buffer + more, target=target))
    return float(np.mean(misses_a_payment(plan, ground)))


def smallest_fix(
    plan: Plan, ground: Ground, monthly_cost: float, accepted: float, tiers: Sequence[Plan]
) -> Fix | None:
    """None where the chance is accepted already, or nothing helps.

    A sum put by, where a few payments' worth is enough: it changes nothing else. Otherwise a lower tier
    (`tiers`, by rising cost); otherwise one payment a year in the resident scheme.
    """
    now = chance_of_missing(plan, ground)
    if now <= accepted:
        return None
    most = min(max(_MOST_COSTS * monthly_cost, _STEP), _MOST_YUAN)
    steps = math.ceil(most / _STEP)
    if chance_of_missing(plan, ground, steps * _STEP) <= accepted:
        low, high = 0, steps  # not enough, enough
        while high - low > 1:
            middle = (low + high) // 2
            if chance_of_missing(plan, ground, middle * _STEP) <= accepted:
                high = middle
            else:
                low = middle
        return Fix("buffer", float(high * _STEP), "", chance_of_missing(plan, ground, high * _STEP))
    lower = [one for one in tiers if one.share < plan.share - 1e-9] if plan.family == EMPLOYEE else []
    if lower and chance_of_missing(lower[0], ground) <= accepted:
        low, high = 0, len(lower)  # safe enough, not
        while high - low > 1:
            middle = (low + high) // 2
            if chance_of_missing(lower[middle], ground) <= accepted:
                low = middle
            else:
                high = middle
        return Fix("lower", 0.0, lower[low].id, chance_of_missing(lower[low], ground))
    yearly = resident_plans(ground.law.resident)[:1]
    if plan.scheme == "employee" and yearly:
        left = chance_of_missing(yearly[0], ground)
        if left < now:
            return Fix("yearly", 0.0, yearly[0].id, left)
    return None
