"""The catalogue: every nudge that the program knows, in the order in which it is named.

A new nudge is one module in `planner.advice.nudges` (its entry and its trigger) and one name here.
"""

from __future__ import annotations

from datetime import date

from planner.advice.ethics import REVIEW_LASTS
from planner.advice.nudge import Nudge
from planner.advice.nudges import fitting_base, injury_gap, low_month, own_example

NUDGES: tuple[Nudge, ...] = (
    low_month.NUDGE,
    fitting_base.NUDGE,
    own_example.NUDGE,
    injury_gap.NUDGE,
)


def overdue(today: date, nudges: tuple[Nudge, ...] = NUDGES) -> tuple[str, ...]:
    """The ids whose evidence nobody has reviewed for a year (E14)."""
    return tuple(nudge.id for nudge in nudges if today - nudge.reviewed > REVIEW_LASTS)
