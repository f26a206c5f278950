"""What the page of tiers shows of a projection: a plan by its id, and the pictures' numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.projection.plans import EMPLOYEE, RESIDENT
from planner.report.plan_words import name_of
from planner.report.tier_words import in_order

if TYPE_CHECKING:
    from planner import charts
    from planner.projection.results import PlanResult, Projection

CHOSEN = "chosen_plan"  # the answer that keeps the id of the person's own plan
CHOSEN_RULES = "chosen_plan_rules"  # the version of the rules it was chosen by
MOST_SPREADS = 12
HIGHEST_SHARE = 3.0  # of the average wage, that a base may be
_ANY_TIER = re.compile(r"employee_(\d{1,3})")


def plan_of(projection: Projection, plan_id: str) -> PlanResult | None:
    """A plan of the projection, one that can be found, or any tier; None if there is no such plan."""
    found = projection.priced(plan_id)
    if found is not None:
        return found
    tier = _ANY_TIER.fullmatch(plan_id)
    share = int(tier[1]) / 100 if tier else 0.0
    return projection.explore(share) if 0 < share <= HIGHEST_SHARE else None


def spreads(projection: Projection, mine: str) -> list[charts.PlanSpread]:
    """The plans of the picture, cheapest scheme first; of a long list the ones that matter."""
    from planner import charts

    return [
        charts.PlanSpread(
            name_of(plan),
            (plan.pension.p5, plan.pension.p25, plan.pension.p50, plan.pension.p75, plan.pension.p95),
            recommended=plan.plan.id == projection.recommended,
        )
        for plan in picked(projection, mine)
    ]


def picked(projection: Projection, mine: str) -> list[PlanResult]:
    """At most so many plans: what is suggested, chosen, highest or best for a yuan, and doing nothing; the
    first and last of each scheme and the likeliest of each other family; then tiers, evenly."""
    plans = in_order(projection)
    if len(plans) <= MOST_SPREADS:
        return plans
    tiers = [plan for plan in plans if plan.plan.family == EMPLOYEE]
    wanted = [projection.recommended, projection.highest_kept, projection.best_return, mine]
    for family in dict.fromkeys(plan.plan.family for plan in plans):
        alike = [plan for plan in plans if plan.plan.family == family]
        if family in (RESIDENT, EMPLOYEE):
            wanted += [alike[0].plan.id, alike[-1].plan.id]
        else:
            wanted.append(min(alike, key=lambda plan: (plan.lapse.p12, -plan.pension_mean)).plan.id)
    for step in (4, 2, 1):
        wanted += [plan.plan.id for plan in tiers[::step]]
    kept = set(list(dict.fromkeys(name for name in wanted if name))[:MOST_SPREADS])
    return [plan for plan in plans if plan.plan.id in kept]


def points(projection: Projection) -> list[charts.PlanPoint]:
    """The plans as points of pension against the chance of a gap within a year.

    Those that pay nothing for most of that year are left out: their chance of a gap says nothing.
    """
    best = {point.id for point in projection.frontier}
    return [
        point_of(plan, best=plan.plan.id in best, recommended=plan.plan.id == projection.recommended)
        for plan in in_order(projection)
        if plan.plan.start == 0
    ]


def point_of(plan: PlanResult, *, best: bool = False, recommended: bool = False) -> charts.PlanPoint:
    from planner import charts

    return charts.PlanPoint(name_of(plan), plan.lapse.p12, plan.pension_mean, best, recommended)


def fans_of(projection: Projection, plan: PlanResult) -> charts.TierFans:
    from planner import charts

    return charts.TierFans(plan.pension_fan, plan.cash_fan, projection.case.first)


def is_small(plan: PlanResult) -> bool:
    """Whether its pension is of another order than the employee scheme's, and needs axes of its own."""
    return plan.plan.scheme != EMPLOYEE


def tallest(projection: Projection, shares: Sequence[float], *, small: bool) -> tuple[charts.TierFans, ...]:
    """The fans that axes must hold so that they need not move.

    Of the small plans, or of the others together with the ends of the slider.
    """
    ends = [] if small else [projection.explore(share, quick=True) for share in shares]
    plans = [plan for plan in projection.plans if is_small(plan) is small]
    return tuple(fans_of(projection, plan) for plan in (*plans, *ends))
