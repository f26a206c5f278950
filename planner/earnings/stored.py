"""What the store keeps beside the lines of a file (its summary), as the income picture takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from planner.earnings.marks import Work
from planner.values import Month


def stored_periods(summaries: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, date, date], ...]:
    """The periods in the summaries of files, as the income picture takes them."""
    periods = []
    for summary in summaries:
        if summary.get("period"):
            start, end = map(date.fromisoformat, summary["period"])
            periods.append((str(summary["source"]), start, end))
    return tuple(periods)


def stored_work(summaries: Iterable[Mapping[str, Any]]) -> tuple[Work, ...]:
    """Orders and hours in the summaries of files, as the income picture takes them."""
    return tuple(
        Work(
            str(record["source"]),
            Month.parse(record["month"]),
            record.get("orders"),
            Decimal(record["hours"]) if "hours" in record else None,
        )
        for summary in summaries
        for record in summary.get("work") or ()
    )
