"""Several reports of one source on the same money: what a more exact one holds is not counted from another.

Amazon tells of a settlement in three reports, all with its id; Stripe of a payment in its list of payments
and in its balance, both with the payment's id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.earnings.marks import NO_ID

SOURCES = frozenset({"amazon", "amazon_date_range", "stripe", "stripe_balance"})
_COMPONENTS, _WIDE, _DATE_RANGE = range(3)  # flat file V2, flat file V1, date-range report: the best first
_BALANCE, _PAYMENTS = range(2)

Place = tuple[str, str]  # source and key of a line


def repeated(places: Collection[Place]) -> Iterator[Place]:
    """The lines among these that a more exact report holds too.

    A line of an order repeats that order's lines, one without an order (a fee, a transfer) its settlement's.
    """
    reports = [(place, found) for place in places if (found := _report_of(*place)) is not None]
    holds: dict[tuple[str, str], int] = {}
    for _place, (report, settlement, order) in reports:
        for known in ((settlement, order), (settlement, "")):
            holds[known] = min(report, holds.get(known, report))
    for place, (report, settlement, order) in reports:
        if holds[settlement, order] < report:
            yield place


def _report_of(source: str, key: str) -> tuple[int, str, str] | None:
    """How exact a line's report is, its settlement and its order; None where the key tells neither."""
    start, *parts = key.split("|", 6)
    if source == "stripe":
        return (_PAYMENTS, source, start) if start != NO_ID else None
    if source == "stripe_balance":
        return (_BALANCE, "stripe", parts[0]) if parts and parts[0] else None
    if start != NO_ID or len(parts) < 5 or not parts[0]:
        return None
    if source == "amazon_date_range":
        return _DATE_RANGE, parts[0], parts[1]
    sort = parts[2]
    return _WIDE if sort.endswith("-amount") or sort == "quantity" else _COMPONENTS, parts[0], parts[4]
