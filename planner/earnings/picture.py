"""The income picture: what was earned month by month in yuan, how uneven it is, and where it comes from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import chain
from statistics import fmean, pstdev
from typing import Any

from planner.earnings.currency import Converted, to_yuan
from planner.earnings.marks import BUSINESS_COST, Work
from planner.values import InputError, Kind, LedgerEntry, Money, Month, half_up, mark, usual_month

ZERO = Decimal("0.00")
LOOKED_AT = 36  # months back from the last; what was earned before says little about today
ENOUGH_MONTHS = 3  # fewer say nothing about the worst tenth
ENOUGH_DAYS = 20  # of a month that a file must cover before the month's sum says anything
_MOST_TYPED = Decimal(100_000_000)  # yuan a month; more is a slip of the finger
_EARNED = frozenset({Kind.INCOME, Kind.REFUND, Kind.FEE})
_PRIVATE = frozenset({"purchase_refund"})  # money back for a purchase lowers no earnings


@dataclass(frozen=True, slots=True)
class TypedMonth:
    """A month that the person typed, for an app that exports nothing; `source` is the app's name.

    Without `cny` only orders or hours were typed, beside what the files say.
    """

    month: Month
    cny: Decimal | None
    source: str = "typed"
    orders: int | None = None
    hours: Decimal | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, field: str = "typed_months") -> TypedMonth:
        """From what `as_json` gives; an InputError names the field that cannot be read."""
        month = Month.parse(data.get("month"), field=f"{field}.month")
        cny = _typed_number(data.get("cny"), f"{field}.cny")
        orders = _typed_number(data.get("orders"), f"{field}.orders")
        hours = _typed_number(data.get("hours"), f"{field}.hours")
        if cny is None and orders is None and hours is None:
            raise InputError("bad_number", mark("{field} must be a number"), field=f"{field}.cny")
        source = str(data.get("source") or "typed")
        worth = half_up(cny) if cny is not None else None
        return cls(month, worth, source, int(orders) if orders is not None else None, hours)

    def as_json(self) -> dict[str, Any]:
        """For the store, amounts as decimal text."""
        answer: dict[str, Any] = {"month": str(self.month), "source": self.source}
        if self.cny is not None:
            answer["cny"] = f"{self.cny:f}"
        if self.orders is not None:
            answer["orders"] = self.orders
        if self.hours is not None:
            answer["hours"] = f"{self.hours:f}"
        return answer


def _typed_number(value: Any, field: str) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= _MOST_TYPED:
        raise InputError("bad_number", mark("{field} must be a number"), field=field)
    return number


@dataclass(frozen=True, slots=True)
class MonthIncome:
    """One month: `cny` is `gross` less `refunds`, `fees` and `costs`; `covered`: the files cover enough.

    `by_source` parts `cny`, `orders_by` and `hours_by` the orders and hours, by the source that names them.
    """

    month: Month
    cny: Decimal
    gross: Decimal = ZERO
    refunds: Decimal = ZERO
    fees: Decimal = ZERO
    by_source: Mapping[str, Decimal] = field(default_factory=dict)
    by_currency: Mapping[str, Decimal] = field(default_factory=dict)
    payments: int = 0
    covered: bool = True
    costs: Decimal = ZERO
    orders_by: Mapping[str, int] = field(default_factory=dict)
    hours_by: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def orders(self) -> int | None:
        """All orders of the month; None where nothing names any."""
        return sum(self.orders_by.values()) if self.orders_by else None

    @property
    def hours(self) -> Decimal | None:
        """All hours of the month; None where nothing names any."""
        return sum(self.hours_by.values(), ZERO) if self.hours_by else None

    def paid_by(self, sources: Collection[str]) -> Decimal:
        """What these sources paid; the whole month where the pay of one came with another's."""
        if not all(source in self.by_source for source in sources):
            return self.cny
        return sum((self.by_source[source] for source in sources), ZERO)


@dataclass(frozen=True)
class IncomePicture:
    """The months of the last three years from the first pay on, and the measures over those that are covered.

    `older_months` had pay too and are too long ago to say anything.

    `worst_tenth` is the mean of the worst tenth of the covered months (`worst_months`, at least one), `swing`
    the standard deviation over the mean, `dry_months` how many covered months brought nothing.
    `currency_shares` and `source_shares` are fractions of the gross income in yuan.
    """

    months: tuple[MonthIncome, ...] = ()
    mean: Decimal | None = None
    median: Decimal | None = None
    worst_tenth: Decimal | None = None
    worst_months: tuple[Month, ...] = ()
    swing: float | None = None
    dry_months: int = 0
    uncovered: tuple[Month, ...] = ()
    source_shares: Mapping[str, float] = field(default_factory=dict)
    currency_shares: Mapping[str, float] = field(default_factory=dict)
    doubtful: Decimal = ZERO
    unconverted: Mapping[str, Money] = field(default_factory=dict)
    old_rates: Mapping[str, date] = field(default_factory=dict)
    total: Decimal = ZERO
    older_months: int = 0

    @property
    def covered(self) -> tuple[MonthIncome, ...]:
        return tuple(month for month in self.months if month.covered)

    @property
    def paid(self) -> tuple[MonthIncome, ...]:
        """The covered months that brought something."""
        return tuple(month for month in self.covered if month.cny > 0)

    @property
    def worst_says_something(self) -> bool:
        """Whether there are months enough to call one of them the worst."""
        return len(self.covered) >= ENOUGH_MONTHS

    def monthly_json(self) -> list[dict[str, Any]]:
        """The covered months as a projection case takes them (`earnings.monthly`)."""
        return [_case_month(month) for month in self.covered]


def _case_month(month: MonthIncome) -> dict[str, Any]:
    answer: dict[str, Any] = {"month": str(month.month), "cny": float(month.cny)}
    if month.orders is not None:
        answer["orders"] = month.orders
    if month.hours is not None:
        answer["hours"] = float(month.hours)
    foreign = {name: float(yuan) for name, yuan in month.by_currency.items() if name != "CNY" and yuan > 0}
    if foreign and month.gross > 0:
        answer["shares"] = {
            name: round(yuan / float(month.gross), 4) for name, yuan in sorted(foreign.items())
        }
    return answer


def income_picture(
    entries: Iterable[LedgerEntry],
    typed: Iterable[TypedMonth] = (),
    *,
    periods: Iterable[tuple[str, date, date]] = (),
    work: Iterable[Work] = (),
) -> IncomePicture:
    """The picture of the entries that the person lets count, together with the months they typed.

    `periods` (source, first day, last day) are what the files say they cover; the entries of a source outside
    of them (all, if its files say nothing) are taken to cover the months from the first to the last. A typed
    month is covered. `work`:
    orders and hours that files name; of two files with the same month of a source the larger count holds.
    """
    months: dict[Month, _Sums] = defaultdict(_Sums)
    unconverted: dict[str, int] = defaultdict(int)
    old_rates: dict[str, date] = {}
    doubtful = ZERO
    spans = spans_of(periods)
    seen: dict[str, tuple[Month, Month]] = {}
    for entry in entries:
        if not any(start <= entry.day <= end for start, end in spans.get(entry.source, ())):
            first, last = seen.get(entry.source, (entry.month, entry.month))
            seen[entry.source] = (min(first, entry.month), max(last, entry.month))
        if not _says_something(entry):
            continue
        converted = to_yuan(entry.money, entry.day)
        if converted is None:
            if entry.kind is Kind.INCOME:
                unconverted[entry.money.currency] += entry.money.minor
            continue
        if converted.old:
            old_rates[entry.money.currency] = converted.rate_day
        months[entry.month].add(entry, converted)
        if entry.doubtful and entry.kind is Kind.INCOME:
            doubtful += converted.yuan
    _add_work(months, work)
    typed_months = _add_typed(months, typed)
    covered = _covered(seen.values(), spans) | typed_months
    return _measured(months, covered, unconverted, old_rates, doubtful)


def _says_something(entry: LedgerEntry) -> bool:
    """Whether the line moves the sums of its month."""
    return entry.kind in _EARNED and entry.reason not in _PRIVATE and bool(entry.money.minor)


def adjusted(
    picture: IncomePicture, *, more: Iterable[LedgerEntry] = (), fewer: Iterable[LedgerEntry] = ()
) -> IncomePicture:
    """The picture once `more` lines count and `fewer` do not, at once, without adding up all the others.

    The months stay covered as they are: a whole `income_picture` alone knows whether that changes.
    """
    months = {month.month: _Sums.of(month) for month in picture.months}
    doubtful = picture.doubtful
    for sign, entries in ((1, more), (-1, fewer)):
        for entry in filter(_says_something, entries):
            converted = to_yuan(entry.money, entry.day)
            if converted is None or entry.month not in months:
                continue
            months[entry.month].add(entry, converted, sign)
            if entry.doubtful and entry.kind is Kind.INCOME:
                doubtful += sign * converted.yuan
    covered = {month.month for month in picture.months if month.covered}
    measured = _measured(months, covered, {}, picture.old_rates, doubtful)
    return replace(measured, unconverted=picture.unconverted, older_months=picture.older_months)


@dataclass
class _Sums:
    """The sums of one month while they are collected, in yuan."""

    gross: Decimal = ZERO
    refunds: Decimal = ZERO
    fees: Decimal = ZERO
    costs: Decimal = ZERO
    by_source: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    by_currency: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    payments: int = 0
    orders_by: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours_by: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    @classmethod
    def of(cls, month: MonthIncome) -> _Sums:
        sums = cls(month.gross, month.refunds, month.fees, month.costs)
        sums.by_source.update(month.by_source)
        sums.by_currency.update(month.by_currency)
        sums.orders_by.update(month.orders_by)
        sums.hours_by.update(month.hours_by)
        sums.payments = month.payments
        return sums

    def add(self, entry: LedgerEntry, converted: Converted, sign: int = 1) -> None:
        yuan = sign * converted.yuan
        if entry.kind is Kind.INCOME:
            self.gross += yuan
            self.payments += sign
            self.by_currency[entry.money.currency] += yuan
        elif entry.kind is Kind.REFUND:
            self.refunds += yuan
            yuan = -yuan
        elif entry.reason == BUSINESS_COST:
            self.costs += yuan
            yuan = -yuan
        else:
            self.fees += yuan
            yuan = -yuan
        self.by_source[entry.source] += yuan

    @property
    def is_any(self) -> bool:
        return bool(self.gross or self.refunds or self.fees)

    def month_income(self, month: Month, covered: bool) -> MonthIncome:
        return MonthIncome(
            month,
            self.gross - self.refunds - self.fees - self.costs,
            self.gross,
            self.refunds,
            self.fees,
            dict(sorted(self.by_source.items())),
            dict(sorted(self.by_currency.items())),
            self.payments,
            covered,
            self.costs,
            dict(sorted(self.orders_by.items())),
            dict(sorted(self.hours_by.items())),
        )


def _add_work(months: dict[Month, _Sums], work: Iterable[Work]) -> None:
    """Orders and hours of the months that have income; overlapping files name the same work."""
    for record in work:
        if record.month not in months:
            continue
        sums, source = months[record.month], record.source
        if record.orders is not None:
            sums.orders_by[source] = max(sums.orders_by[source], record.orders)
        if record.hours is not None:
            sums.hours_by[source] = max(sums.hours_by[source], record.hours)


def _add_typed(months: dict[Month, _Sums], typed: Iterable[TypedMonth]) -> set[Month]:
    """Typed months stand beside what the files show: another source of the same month."""
    touched = set()
    for entry in typed:
        if entry.cny is None and entry.month not in months:
            continue  # orders of a month whose income nothing tells
        sums = months[entry.month]
        if entry.cny is not None:
            sums.gross += entry.cny
            sums.by_source[entry.source] += entry.cny
            sums.by_currency["CNY"] += entry.cny
            touched.add(entry.month)
        if entry.orders is not None:
            sums.orders_by[entry.source] += entry.orders
        if entry.hours is not None:
            sums.hours_by[entry.source] += entry.hours
    return touched


def spans_of(periods: Iterable[tuple[str, date, date]]) -> dict[str, list[tuple[date, date]]]:
    """The declared spans of days by source."""
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for source, start, end in periods:
        spans[source].append((start, end))
    return dict(spans)


def _covered(
    seen: Iterable[tuple[Month, Month]], spans: Mapping[str, Sequence[tuple[date, date]]]
) -> set[Month]:
    covered = {first + ahead for first, last in seen for ahead in range(last - first + 1)}
    days: dict[Month, set[int]] = defaultdict(set)
    for start, end in chain.from_iterable(spans.values()):
        for ahead in range(Month.of(end) - Month.of(start) + 1):
            month = Month.of(start) + ahead
            since, until = max(start, month.first_day), min(end, month.last_day)
            days[month].update(range(since.day, until.day + 1))
    return covered | {month for month, known in days.items() if len(known) >= ENOUGH_DAYS}


def _measured(
    sums: Mapping[Month, _Sums],
    covered: set[Month],
    unconverted: Mapping[str, int],
    old_rates: Mapping[str, date],
    doubtful: Decimal,
) -> IncomePicture:
    lost = {currency: Money(minor, currency) for currency, minor in sorted(unconverted.items())}
    if not sums:
        return IncomePicture(unconverted=lost)
    if not covered & sums.keys():
        covered = set(sums)  # nothing but parts of months: then they are all there is to measure
    first, last = min(sums), max(sums)
    whole = sorted(month for month in covered if month < first or month > last)
    first, last = min([first, *whole]), max([last, *whole])
    start = max(first, last + (1 - LOOKED_AT))
    # a wallet is older than the work: months before its first money say nothing about it
    start = min((month for month, one in sums.items() if month >= start and one.is_any), default=start)
    older = sum(month < start and one.gross > 0 for month, one in sums.items())
    first, covered = start, {month for month in covered if month >= start}
    if not covered:
        covered = {month for month in sums if month >= start}
    nothing = _Sums()
    months = tuple(
        sums.get(month, nothing).month_income(month, month in covered)
        for month in (first + ahead for ahead in range(last - first + 1))
    )
    counted = [month for month in months if month.covered]
    nets = [month.cny for month in counted]
    worst = sorted(counted, key=lambda month: (month.cny, month.month))[: math.ceil(len(counted) / 10)]
    mean = fmean(map(float, nets))
    gross = sum((month.gross for month in months), start=ZERO)
    return IncomePicture(
        months=months,
        mean=half_up(sum(nets, start=ZERO) / len(nets)),
        median=usual_month(nets),
        worst_tenth=half_up(sum((month.cny for month in worst), start=ZERO) / len(worst)),
        worst_months=tuple(sorted(month.month for month in worst)),
        swing=pstdev(map(float, nets)) / mean if mean > 0 else None,
        dry_months=sum(month.gross <= 0 for month in counted),
        uncovered=tuple(month.month for month in months if not month.covered),
        source_shares=_shares((month.by_source for month in months), None),
        currency_shares=_shares((month.by_currency for month in months), gross),
        doubtful=doubtful,
        unconverted=lost,
        old_rates=dict(sorted(old_rates.items())),
        total=sum((month.cny for month in months), start=ZERO),
        older_months=older,
    )


def _shares(parts: Iterable[Mapping[str, Decimal]], whole: Decimal | None) -> dict[str, float]:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for part in parts:
        for name, yuan in part.items():
            sums[name] += yuan
    base = sum(sums.values(), start=ZERO) if whole is None else whole
    return {name: float(yuan / base) for name, yuan in sorted(sums.items())} if base > 0 else {}


def gross_yuan(entries: Iterable[LedgerEntry]) -> tuple[dict[Month, Decimal], dict[str, Money]]:
    """Income before refunds and fees by month in China, in yuan, and what no rate converts, by currency."""
    months: dict[Month, Decimal] = defaultdict(lambda: ZERO)
    unconverted: dict[str, int] = defaultdict(int)
    for entry in entries:
        if entry.kind is not Kind.INCOME:
            continue
        converted = to_yuan(entry.money, entry.day)
        if converted is None:
            unconverted[entry.money.currency] += entry.money.minor
        else:
            months[entry.month] += converted.yuan
    return (
        {month: months[month] for month in sorted(months)},
        {currency: Money(minor, currency) for currency, minor in sorted(unconverted.items())},
    )
