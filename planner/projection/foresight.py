"""How far a plan's rule stays below someone who knows all their months in advance and pays the same.

Knowing the future helps in one way: never to spend what a later payment will need. Whoever saves without
limit and pays each month as soon as the cash covers it is the best of all who pay those amounts: a payment
costs no less later (bases do not fall), counts the same, and money kept back can only be lost to needs. So
the month-by-month problem needs no search: the plan with an unlimited reserve is its exact answer.
"""

from __future__ import annotations

from dataclasses import replace

from planner.projection.plans import Plan

UNLIMITED = 100_000
"""A reserve of so many contributions, which no cash ever fills."""


def with_foresight(plan: Plan) -> Plan:
    """The plan as paid by someone who saves everything that a later payment could need."""
    return replace(plan, id=f"{plan.id}_foreseen", reserve_months=UNLIMITED)


def gap(pension: float, foreseen: float) -> float | None:
    """The part of the best mean pension that the rule misses; None where there is none to have."""
    return max(1.0 - pension / foreseen, 0.0) if foreseen > 0 else None
