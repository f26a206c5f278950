"""The calendar of what is known: for each source and month whether files cover it, partly or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from planner.earnings.picture import ENOUGH_DAYS, TypedMonth, spans_of
from planner.values import LedgerEntry, Month


class Known(Enum):
    """How much of a month a source's files show; `typed`: the person typed it."""

    WHOLE = "whole"
    MOSTLY = "mostly"
    PARTLY = "partly"
    MISSING = "missing"
    TYPED = "typed"


@dataclass(frozen=True)
class Coverage:
    """`months` from the first known to the last; `by_source` holds a state for each of them."""

    months: tuple[Month, ...] = ()
    by_source: Mapping[str, Mapping[Month, Known]] = field(default_factory=dict)

    def state(self, month: Month) -> Known:
        """The worst state of a month over the sources that were in use around it; typed months are known."""
        states = [known[month] for known in self.by_source.values() if month in known]
        if not states:
            return Known.MISSING
        for worst in (Known.MISSING, Known.PARTLY, Known.MOSTLY):
            if worst in states:
                return worst
        return Known.TYPED if set(states) == {Known.TYPED} else Known.WHOLE

    def recent(self, months: int) -> Coverage:
        """The same without what lies further back than so many months, nor sources only seen there."""
        kept = self.months[-months:]
        by_source = {
            source: {month: known[month] for month in kept if month in known}
            for source, known in self.by_source.items()
        }
        return Coverage(kept, {source: known for source, known in by_source.items() if known})

    @property
    def gaps(self) -> tuple[tuple[str, Month], ...]:
        """Months that a source leaves out between others that it shows."""
        return tuple(
            (source, month)
            for source, known in sorted(self.by_source.items())
            for month in self.months
            if known.get(month) is Known.MISSING
        )


def coverage(
    entries: Iterable[LedgerEntry],
    periods: Iterable[tuple[str, date, date]] = (),
    typed: Iterable[TypedMonth] = (),
) -> Coverage:
    """What is known by source and month.

    `periods` are what files say they cover; the lines of a source outside of them (all, if its files say
    nothing) are taken to cover the days from the first to the last.
    """
    spans = spans_of(periods)
    seen: dict[str, tuple[date, date]] = {}
    for entry in entries:
        if not any(start <= entry.day <= end for start, end in spans.get(entry.source, ())):
            first, last = seen.get(entry.source, (entry.day, entry.day))
            seen[entry.source] = (min(first, entry.day), max(last, entry.day))
    for source, span in seen.items():
        spans.setdefault(source, []).append(span)
    by_source: dict[str, dict[Month, Known]] = {source: _months(several) for source, several in spans.items()}
    for month in typed:
        if month.cny is None:
            continue
        by_source.setdefault(month.source, {})[month.month] = Known.TYPED
    known = sorted({month for states in by_source.values() for month in states})
    if not known:
        return Coverage()
    months = tuple(known[0] + ahead for ahead in range(known[-1] - known[0] + 1))
    return Coverage(months, by_source)


def _months(spans: Iterable[tuple[date, date]]) -> dict[Month, Known]:
    days: dict[Month, set[int]] = defaultdict(set)
    for start, end in spans:
        for ahead in range(Month.of(end) - Month.of(start) + 1):
            month = Month.of(start) + ahead
            since, until = max(start, month.first_day), min(end, month.last_day)
            days[month].update(range(since.day, until.day + 1))
    first, last = min(days), max(days)
    states = {}
    for ahead in range(last - first + 1):
        month = first + ahead
        count = len(days.get(month, ()))
        whole = month.last_day.day
        states[month] = (
            Known.WHOLE
            if count == whole
            else Known.MOSTLY
            if count >= ENOUGH_DAYS
            else Known.PARTLY
            if count
            else Known.MISSING
        )
    return states


def next_export(coverage: Coverage, source: str, today: date) -> tuple[date, date] | None:
    """The days for which a person could fetch the next bill of a source: after what is known, until today."""
    states = coverage.by_source.get(source, {})
    known = [month for month, state in states.items() if state is not Known.MISSING]
    if not known:
        return None
    last = max(known)
    start = last.first_day if states[last] is Known.PARTLY else (last + 1).first_day
    return (start, today - timedelta(days=1)) if start < today else None
