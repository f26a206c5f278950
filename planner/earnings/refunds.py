"""Money given back to buyers, paired with the sale it takes back, in the same month or an earlier one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from planner.values import Kind, LedgerEntry

_SINCE = timedelta(days=180)  # a marketplace takes nothing back later
_ORDER = re.compile(r"#\d{3,}|\d{2,}(?:-\d{4,})+|[A-Z0-9]{0,6}\d{6,}[A-Z0-9]*")


@dataclass(frozen=True, slots=True)
class Returned:
    """A refund and its sale; `by_order`: both name the same order, else amount and buyer agree."""

    refund: LedgerEntry
    sale: LedgerEntry
    by_order: bool

    @property
    def is_whole(self) -> bool:
        """Whether all of the sale was given back."""
        return self.refund.money.minor >= self.sale.money.minor

    @property
    def later_month(self) -> bool:
        """Whether the sale counted in a month before the refund's."""
        return self.sale.month < self.refund.month


def returned(entries: Iterable[LedgerEntry]) -> tuple[Returned, ...]:
    """Each refund to a buyer with its sale, the sale not used twice for whole refunds."""
    sales: dict[tuple[str, str], list[LedgerEntry]] = defaultdict(list)
    refunds = []
    for entry in entries:
        if entry.kind is Kind.INCOME:
            sales[entry.source, entry.money.currency].append(entry)
        elif entry.kind is Kind.REFUND and entry.reason == "sale_refund" and entry.money.minor > 0:
            refunds.append(entry)
    for several in sales.values():
        several.sort(key=lambda entry: entry.day)
    return tuple(_paired(refunds, sales))


def _paired(
    refunds: list[LedgerEntry], sales: dict[tuple[str, str], list[LedgerEntry]]
) -> Iterator[Returned]:
    used: set[int] = set()
    by_order: dict[tuple[str, str, str], list[LedgerEntry]] = defaultdict(list)
    alike: dict[tuple[str, str, int, str], list[LedgerEntry]] = defaultdict(list)
    for (source, currency), several in sales.items():
        for sale in several:
            alike[source, currency, sale.money.minor, sale.counterparty].append(sale)
            for order in _orders(sale):
                by_order[source, currency, order].append(sale)
    for refund in sorted(refunds, key=lambda entry: entry.day):
        place = (refund.source, refund.money.currency)
        named = [sale for order in _orders(refund) for sale in by_order.get((*place, order), ())]
        found = _latest(refund, named, used)
        is_named = found is not None
        if found is None and refund.counterparty:
            same = alike.get((*place, refund.money.minor, refund.counterparty), [])
            found = _latest(refund, same, used)
        if found is not None:
            if refund.money.minor >= found.money.minor:
                used.add(id(found))
            yield Returned(refund, found, is_named)


def _latest(refund: LedgerEntry, several: list[LedgerEntry], used: set[int]) -> LedgerEntry | None:
    """The last sale before the refund that can have been given back so much."""
    possible = [
        sale
        for sale in several
        if id(sale) not in used
        and sale.day <= refund.day <= sale.day + _SINCE
        and sale.money.minor >= refund.money.minor
    ]
    return max(possible, key=lambda sale: sale.day) if possible else None


def _orders(entry: LedgerEntry) -> frozenset[str]:
    """The order numbers that a line names in its words or its key."""
    return frozenset(match.lstrip("#") for match in _ORDER.findall(entry.description))
