"""The ethics gates that a card passes before it may pre-fill anything: E5, E6, E13, E14."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from planner.advice.card import PUBLIC_FUND, WORKER, Gate
from planner.advice.nudge import Draft, Nudge
from planner.advice.options import Option
from planner.advice.situation import Situation

MAY_GAIN = frozenset({WORKER, PUBLIC_FUND})
CASH_KEPT = 0.95
GROWN_UP = 16
REVIEW_LASTS = timedelta(days=366)


def who_gains(beneficiaries: frozenset[str]) -> Gate:
    """E5: a default may pay nobody but the worker and a public fund."""
    return Gate(
        "E5", bool(beneficiaries) and beneficiaries <= MAY_GAIN, {"beneficiaries": sorted(beneficiaries)}
    )


def own_interest(option: Option | None, cost_month: Decimal) -> Gate:
    """E6: worth it at the 25th percentile, and cash covers the essentials in 95 % of the next twelve months.

    What costs nothing passes; what costs and was not projected does not.
    """
    if not cost_month:
        return Gate("E6", True, {"cost_month": cost_month})
    value = option.net_value_p25 if option else None
    kept = option.cash_kept if option else None
    passed = value is not None and kept is not None and value >= 0 and kept >= CASH_KEPT
    return Gate("E6", passed, {"cost_month": cost_month, "net_value_p25": value, "cash_kept": kept})


def grown_up(situation: Situation) -> Gate:
    """E13: children get information only."""
    return Gate("E13", situation.age >= GROWN_UP, {"age": situation.age})


def reviewed(nudge: Nudge, today: date) -> Gate:
    """E14: an evidence label that nobody has looked at for a year carries no default."""
    return Gate("E14", today - nudge.reviewed <= REVIEW_LASTS, {"reviewed": nudge.reviewed.isoformat()})


def gates(nudge: Nudge, draft: Draft, situation: Situation) -> tuple[Gate, ...]:
    """The answers of all the gates for what the card would pre-fill."""
    proposed = next((each for each in draft.alternatives if each.id == draft.proposal), None)
    gain = nudge.beneficiaries | (proposed.beneficiaries if proposed else frozenset())
    return (
        who_gains(gain),
        own_interest(draft.priced, draft.cost_month if draft.proposal else Decimal(0)),
        grown_up(situation),
        reviewed(nudge, situation.today),
    )
