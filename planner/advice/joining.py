"""The steps of joining a pension scheme, or of choosing another amount in it."""

from __future__ import annotations

from planner.advice.card import Alternative
from planner.advice.nudge import StepPattern
from planner.advice.offices import COMMUNITY, HOUSEHOLD_REGISTER, IDENTITY_CARD, OFFICE, SOCIAL_CARD
from planner.advice.options import RESIDENT
from planner.values import mark

_JOIN = (
    StepPattern(
        mark("Ask what joining needs at your place, from which month it counts and how to leave again."),
        OFFICE,
        (IDENTITY_CARD, HOUSEHOLD_REGISTER),
        in_days=14,
    ),
    StepPattern(
        mark("Enrol and choose the base or tier yourself."),
        OFFICE,
        (IDENTITY_CARD, SOCIAL_CARD),
        in_days=30,
    ),
)

_JOIN_RESIDENT = (
    StepPattern(
        mark("Ask which tiers there are, what the government adds, and until when this year's is paid."),
        COMMUNITY,
        (IDENTITY_CARD, HOUSEHOLD_REGISTER),
        in_days=14,
    ),
    StepPattern(
        mark("Enrol, choose the tier yourself and pay it once for the year."),
        COMMUNITY,
        (IDENTITY_CARD, SOCIAL_CARD),
        in_days=30,
    ),
)


def joining_steps(way: Alternative) -> tuple[StepPattern, ...]:
    return _JOIN_RESIDENT if way.more.get("scheme") == RESIDENT else _JOIN
