"""Amazon's three reports of the same settlements: what a more exact one holds is not counted from another.

Their keys all begin with no id of a line and the id of the settlement, which is the same in each report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.earnings.reader import NO_ID

SOURCES = frozenset({"amazon", "amazon_date_range"})
_COMPONENTS, _WIDE, _DATE_RANGE = range(3)  # flat file V2, flat file V1, date-range report: the best first

Place = tuple[str, str]  # source and key of a line


def repeated(places: Collection[Place]) -> Iterator[Place]:
    """The lines among these that a more exact report of the same settlement holds too.

    A line of an order repeats that order's lines, one without an order (a fee, a transfer) its settlement's.
    """
    reports = [(place, found) for place in places if (found := _report_of(*place)) is not None]
    if len({report for _place, (report, _settlement, _order) in reports}) < 2:
        return
    holds: dict[tuple[str, str], int] = {}
    for _place, (report, settlement, order) in reports:
        for known in ((settlement, order), (settlement, "")):
            holds[known] = min(report, holds.get(known, report))
    for place, (report, settlement, order) in reports:
        if holds[settlement, order] < report:
            yield place


def _report_of(source: str, key: str) -> tuple[int, str, str] | None:
    """The report that a line comes from, its settlement and its order; None where the key tells neither."""
    start, *parts = key.split("|", 6)
    if start != NO_ID or len(parts) < 5 or not parts[0]:
        return None
    if source == "amazon_date_range":
        return _DATE_RANGE, parts[0], parts[1]
    sort = parts[2]
    return _WIDE if sort.endswith("-amount") or sort == "quantity" else _COMPONENTS, parts[0], parts[4]
