"""What a usual month is: one meaning for every page, sum and sheet."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planner.values.rounding import half_up


def usual_month(months: Iterable[Decimal]) -> Decimal | None:
    """The one in the middle of the months that count, yuan to the fen; None where there is none."""
    known = sorted(months)
    middle = len(known) // 2
    return half_up((known[middle] + known[-1 - middle]) / 2) if known else None
