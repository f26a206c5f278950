"""Words for the next three payments of a plan and for the smallest fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.projection.plans import RESIDENT
from planner.report.plan_words import REASONS, SURE, chance, name_of
from planner.text import _, yuan
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import Fix, PlanResult, Projection

_MISSED = mark("{plan}: in {share} of futures one of the next three payments is missed when it is due")
_MISSED_YEARS = mark("{plan}: in {share} of futures one of the next three yearly payments is missed")


def radar_sentence(result: PlanResult) -> str:
    """The chance of a missed payment and its main reason."""
    plan, radar = name_of(result), result.radar
    if result.plan.scheme == "none":
        return _("{plan}: there is no payment to miss.", plan=plan)
    if radar.chance < 1 - SURE:
        return _("{plan}: the next three payments are as good as safe.", plan=plan)
    first = _(
        _MISSED_YEARS if result.plan.family == RESIDENT else _MISSED, plan=plan, share=chance(radar.chance)
    )
    if radar.reason not in REASONS:
        return _("{sentence}.", sentence=first)
    return _("{sentence}, mostly because of {reason}.", sentence=first, reason=_(REASONS[radar.reason]))


def fix_sentence(projection: Projection, fix: Fix | None) -> str:
    """The smallest change that helps, and what is left of the chance; empty where none is needed or known."""
    if fix is None:
        return ""
    left = chance(fix.chance)
    if fix.kind == "buffer":
        return _(
            "Smallest fix: put {amount} more by before it begins; the chance falls to {share}.",
            amount=yuan(fix.amount),
            share=left,
        )
    other = projection.priced(fix.plan_id)
    if other is None:
        return ""
    if fix.kind == "lower":
        message = mark("Smallest fix: {plan} instead; the chance falls to {share}.")
    else:
        message = mark("Smallest fix: one payment a year from any good month, {plan}; then it is {share}.")
    return _(message, plan=name_of(other), share=left)
