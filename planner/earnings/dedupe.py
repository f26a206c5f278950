"""The same payment in several exports counts once; what only looks the same is suggested, never decided."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from planner.earnings.marks import BUSINESS_COST, CLOSED, NO_ID, PAID_OUT, PENDING
from planner.earnings.overlaps import SOURCES, repeated
from planner.earnings.platforms import STATEMENTS, platform_of
from planner.values import Kind, LedgerEntry

_DAYS_TO_ARRIVE = {"withdrawal": timedelta(days=3), PAID_OUT: timedelta(days=7)}
_LONGEST = max(_DAYS_TO_ARRIVE.values())
_LONGEST_PAYOUT = timedelta(days=60)  # from a platform's last sale to a deposit that may still be for it
_FROM_CUSTOMERS = frozenset({"code_payment", "red_packet", "sale", "own_table"})  # no account pays these
_MOST_PAIRS = 500
_LONG_NUMBER = re.compile(r"[0-9A-Za-z_]{16,}")


def unique(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Each line once by its source and key, oldest first; the same answer in whatever order they come.

    A line that a later export shows as closed replaces itself; one that was pending gives way to the settled;
    of several reports on the same money the most exact counts.
    """
    best: dict[tuple[str, str], LedgerEntry] = {}
    for entry in entries:
        known = best.setdefault((entry.source, entry.key), entry)
        if known is not entry and _rank(entry) < _rank(known):
            best[entry.source, entry.key] = entry
    for source, key in [place for place in best if place[1].endswith((f"|{CLOSED}", f"|{PENDING}"))]:
        settled, _bar, ending = key.rpartition("|")
        if ending == CLOSED:
            best.pop((source, settled), None)
            best.pop((source, f"{settled}|{PENDING}"), None)
        elif (source, settled) in best:
            best.pop((source, key), None)
    for place in list(repeated([place for place in best if place[0] in SOURCES])):
        del best[place]
    return tuple(sorted(best.values(), key=_rank))


def counted(decided: Iterable[tuple[LedgerEntry, Kind, bool]]) -> tuple[LedgerEntry, ...]:
    """What counts of stored lines, each with the kind and the tick that the person gave it, once each.

    Money spent that the person calls a fee is a cost of their work (`business_cost`).
    """
    return unique(
        entry if entry.kind is kind else _as_decided(entry, kind)
        for entry, kind, included in decided
        if included
    )


def _as_decided(entry: LedgerEntry, kind: Kind) -> LedgerEntry:
    is_cost = entry.kind is Kind.EXPENSE and kind is Kind.FEE
    return replace(entry, kind=kind, reason=BUSINESS_COST if is_cost else entry.reason)


def _rank(entry: LedgerEntry) -> tuple[Any, ...]:
    return (
        entry.day,
        entry.source,
        entry.key,
        entry.kind.value,
        entry.money.minor,
        entry.reason,
        entry.description,
    )


@dataclass(frozen=True, slots=True)
class Suspected:
    """Two lines that may be one payment. `reason`: `same_payment`, or what the first is to the second:

    `withdrawal` from a wallet, or `paid_out` by a marketplace or a payment service in the second's currency
    (or, where its statement names no such amount, the marketplace's last sale before the second).
    """

    first: LedgerEntry
    second: LedgerEntry
    reason: str

    def as_json(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "lines": [
                {
                    "source": entry.source,
                    "date": entry.day.isoformat(),
                    "amount": str(entry.money),
                    "currency": entry.money.currency,
                    "counterparty": entry.counterparty,
                }
                for entry in (self.first, self.second)
            ],
        }


def suspected(entries: Iterable[LedgerEntry]) -> tuple[Suspected, ...]:
    """Pairs to show to the person: equal income in two places, what left one account for another.

    And deposits of a platform whose own statement shows the sales before them.
    """
    entries = list(entries)
    by_amount: dict[tuple[int, str], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.INCOME or (entry.kind is Kind.NEUTRAL and entry.reason in _DAYS_TO_ARRIVE):
            by_amount[entry.money.minor, entry.money.currency].append(entry)
    found: list[Suspected] = []
    for alike in by_amount.values():
        if len(alike) > 1:
            found.extend(_pairs(sorted(alike, key=_rank)))
        if len(found) >= _MOST_PAIRS:
            break
    found.extend(_deposits_of_platforms(entries, {(pair.second.source, pair.second.key) for pair in found}))
    return tuple(sorted(found, key=lambda pair: (_rank(pair.first), _rank(pair.second))))[:_MOST_PAIRS]


def _deposits_of_platforms(
    entries: Iterable[LedgerEntry], known: set[tuple[str, str]]
) -> Iterator[Suspected]:
    """Deposits that bear a platform's name while its own statement shows what it paid them from.

    Statements that list no payouts (Shopee, Lazada, TikTok Shop) and payouts in another currency leave
    amounts that match nothing; the first line is the last sale before the deposit.
    """
    sales: dict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.INCOME and entry.source in STATEMENTS:
            sales[STATEMENTS[entry.source]].append(entry)
    for several in sales.values():
        several.sort(key=_rank)
    days = {platform: [sale.day for sale in several] for platform, several in sales.items()}
    for entry in entries if sales else ():
        if entry.kind is not Kind.INCOME or entry.source in STATEMENTS or (entry.source, entry.key) in known:
            continue
        before = bisect_right(days.get(platform := platform_of(entry), ()), entry.day)
        if before and entry.day - days[platform][before - 1] <= _LONGEST_PAYOUT:
            yield Suspected(sales[platform][before - 1], entry, PAID_OUT)


def _pairs(alike: list[LedgerEntry]) -> Iterator[Suspected]:
    for index, first in enumerate(alike[:200]):
        for second in alike[index + 1 : index + 40]:
            if second.day - first.day > _LONGEST:
                break
            if first.kind is second.kind is Kind.INCOME:
                if first.day == second.day and _same_payment(first, second):
                    yield Suspected(first, second, "same_payment")
            elif first.kind is not second.kind:
                leaving, deposit = (first, second) if first.kind is Kind.NEUTRAL else (second, first)
                if _arrives(leaving, deposit):
                    yield Suspected(leaving, deposit, leaving.reason)


def _arrives(leaving: LedgerEntry, deposit: LedgerEntry) -> bool:
    """Another account, within the days that such money takes; a day earlier where two calendars differ."""
    days = deposit.day - leaving.day
    return (
        leaving.source != deposit.source
        and deposit.reason not in _FROM_CUSTOMERS
        and timedelta(days=-1) <= days <= _DAYS_TO_ARRIVE[leaving.reason]
    )


def _same_payment(first: LedgerEntry, second: LedgerEntry) -> bool:
    """Equal amount and day; the same name or platform too, or one side without a name to compare."""
    if first.source == second.source and first.key.startswith(NO_ID) == second.key.startswith(NO_ID):
        # one source with sound ids tells its own lines apart; only its exports may give a line two times
        return _own_number(first) == _own_number(second) != ""
    names = first.counterparty.strip("/ "), second.counterparty.strip("/ ")
    if not all(names) or names[0] in names[1] or names[1] in names[0]:
        return True
    platform = platform_of(first)  # a platform's firm has another name in each account
    return platform != "" and platform == platform_of(second)


def _own_number(entry: LedgerEntry) -> str:
    """The long number that the source itself gave a line, if it gave one."""
    number = entry.key.partition("|")[0]
    return number if _LONG_NUMBER.fullmatch(number) else ""


def like_key(entry: LedgerEntry) -> tuple[str, str, str]:
    """Lines that a person means by "all like this one": same source, same reason, same other side."""
    return entry.source, entry.reason, entry.counterparty
