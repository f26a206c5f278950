"""What a person asks of their months: on whom they depend, what an order and an hour bring, where it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from planner.earnings.currency import to_yuan
from planner.earnings.picture import ZERO, IncomePicture, MonthIncome
from planner.earnings.platforms import platform_of
from planner.values import Kind, LedgerEntry, Month, half_up

_LEAST_FOR_TREND = 6  # months with orders; fewer show nothing but noise
SWING_OF_RATE = Decimal("0.05")


@dataclass(frozen=True)
class MonthWork:
    """A month with its orders or hours: yuan an order, yuan an hour, orders a day.

    An order and an hour bring what the sources paid that name them, not what others paid in that month.
    """

    month: Month
    per_order: Decimal | None = None
    per_hour: Decimal | None = None
    orders_a_day: Decimal | None = None


@dataclass(frozen=True)
class Statistics:
    """`platform_shares` are fractions of the gross income in yuan, the largest first.

    `per_hour` and `per_order` are medians of the months that know them, yuan. `order_trend` is the change of
    pay per order in a year as a fraction (None under six months). `payout_days`: by source the median of days
    from a sale to its payout, where files name both. `ranges`: the lowest and
    highest income of a month if its foreign money were worth 5 % less or more.
    """

    platform_shares: Mapping[str, float] = field(default_factory=dict)
    work: tuple[MonthWork, ...] = ()
    per_order: Decimal | None = None
    per_hour: Decimal | None = None
    orders_a_day: Decimal | None = None
    order_trend: float | None = None
    payout_days: Mapping[str, int] = field(default_factory=dict)
    ranges: Mapping[Month, tuple[Decimal, Decimal]] = field(default_factory=dict)

    @property
    def largest_platform(self) -> tuple[str, float] | None:
        """The platform that pays most and its share; nothing where no payment names one."""
        named = [(name, share) for name, share in self.platform_shares.items() if name]
        return max(named, key=lambda each: each[1]) if named else None


def statistics(picture: IncomePicture, entries: Sequence[LedgerEntry]) -> Statistics:
    """The measures over the covered months of a picture and the lines it was made of."""
    work = tuple(_work(month) for month in picture.covered if month.orders or month.hours)
    return Statistics(
        platform_shares=_platform_shares(entries),
        work=work,
        per_order=_median(each.per_order for each in work),
        per_hour=_median(each.per_hour for each in work),
        orders_a_day=_median(each.orders_a_day for each in work),
        payout_days=_payout_days(entries),
        order_trend=_trend([(each.month, each.per_order) for each in work if each.per_order is not None]),
        ranges={month.month: _range(month) for month in picture.months if _foreign(month) > 0},
    )


def _work(month: MonthIncome) -> MonthWork:
    orders, hours = month.orders or 0, month.hours or ZERO
    days = month.month.last_day.day
    return MonthWork(
        month.month,
        half_up(month.paid_by(month.orders_by) / orders) if orders else None,
        half_up(month.paid_by(month.hours_by) / hours) if hours else None,
        half_up(Decimal(orders) / days) if orders else None,
    )


def _payout_days(entries: Iterable[LedgerEntry]) -> dict[str, int]:
    waits: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.INCOME and (days := entry.days_to_payout) is not None:
            waits[entry.source].append(days)
    return {source: round(median(days)) for source, days in sorted(waits.items())}


def _median(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return half_up(median(known)) if known else None


def _trend(points: Sequence[tuple[Month, Decimal]]) -> float | None:
    """The median of all slopes between two months (Theil and Sen), a year's change over the median level."""
    if len(points) < _LEAST_FOR_TREND:
        return None
    slopes = [
        float(later[1] - earlier[1]) / (later[0] - earlier[0])
        for place, earlier in enumerate(points)
        for later in points[place + 1 :]
    ]
    level = float(median(value for _month, value in points))
    return 12 * median(slopes) / level if level > 0 else None


def _foreign(month: MonthIncome) -> Decimal:
    return sum((yuan for name, yuan in month.by_currency.items() if name != "CNY"), start=ZERO)


def _range(month: MonthIncome) -> tuple[Decimal, Decimal]:
    swing = half_up(_foreign(month) * SWING_OF_RATE)
    return month.cny - swing, month.cny + swing


def _platform_shares(entries: Iterable[LedgerEntry]) -> dict[str, float]:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        if entry.kind is Kind.INCOME and (converted := to_yuan(entry.money, entry.day)) is not None:
            sums[platform_of(entry)] += converted.yuan
    whole = sum(sums.values(), start=ZERO)
    largest_first = sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    return {name: float(yuan / whole) for name, yuan in largest_first} if whole > 0 else {}
