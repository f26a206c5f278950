"""Which plans no other beats, which one is advised and how far each is from the best of its path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.projection.plans import NOTHING, POSTPONING
from planner.projection.results import FrontierPoint, PlanResult


def frontier_of(results: Iterable[PlanResult]) -> tuple[FrontierPoint, ...]:
    """The plans of which no other has both a lower chance of a lapse and a higher mean pension.

    By rising chance; of two plans alike in both the cheaper one stands for both.
    """
    ordered = sorted(
        (one for one in results if one.plan.family not in POSTPONING),
        key=lambda one: (one.lapse.p12, -one.pension_mean, one.paid_total),
    )
    found: list[FrontierPoint] = []
    for one in ordered:
        if not found or one.pension_mean > found[-1].pension:
            found.append(FrontierPoint(one.plan.id, one.lapse.p12, one.pension_mean))
    return tuple(found)


def kept(results: Iterable[PlanResult], max_lapse: float) -> tuple[PlanResult, ...]:
    """The plans that may be recommended: within the accepted chance of a lapse, and with a pension at all.

    A plan whose cost the cash does not cover lapses, so the bound on lapses is also one on the cost.
    """
    return tuple(
        one
        for one in results
        if one.plan.family not in POSTPONING
        and (one.plan.family == NOTHING or (one.lapse.p12 <= max_lapse and one.pension.p50 > 0))
    )


def recommended(candidates: Sequence[PlanResult]) -> str:
    """The plan of the highest mean net value; `nothing` (value 0) unless another is worth its cost."""
    return max(candidates, key=lambda one: (one.net_value, -one.paid_total)).plan.id


def highest_kept(candidates: Sequence[PlanResult]) -> str:
    """The plan of the highest mean pension."""
    return max(candidates, key=lambda one: (one.pension_mean, -one.paid_total)).plan.id


def best_return(candidates: Sequence[PlanResult]) -> str:
    """The plan with the highest middle return; `nothing` if no other has any."""
    paying = [one for one in candidates if one.irr is not None]
    if not paying:
        return candidates[0].plan.id
    return max(paying, key=lambda one: (one.irr or 0.0, -one.paid_total)).plan.id
