"""Foreign money in yuan by the European Central Bank's reference rates, which come with a package, offline.

The rate is the cross rate through the euro of the day; where none was published (weekend, holiday), that of
the last day before. It is an estimate: income tax goes by the yuan's central parity of the month before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from planner.values import Money, half_up

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

SOURCE = "ECB"
USUAL_GAP = 7  # days between two published rates at most, holidays and all
OLDEST = 400  # days after which a last known rate is no rate at all


@dataclass(frozen=True, slots=True)
class Rate:
    """Yuan for one unit of the currency, published on `day`; `old`: long before the payment."""

    yuan: Decimal
    day: date
    old: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """`yuan` to the fen at `rate` of `rate_day`; `source` is empty for money that was yuan already."""

    yuan: Decimal
    rate: Decimal
    rate_day: date
    source: str = ""
    old: bool = False


def to_yuan(money: Money, day: date) -> Converted | None:
    """The value of `money` on `day`, or None where no rate is known for its currency or time."""
    if money.currency == "CNY":
        return Converted(money.amount, Decimal(1), day)
    rate = yuan_rate(money.currency, day)
    if rate is None:
        return None
    return Converted(half_up(money.amount * rate.yuan), rate.yuan, rate.day, SOURCE, rate.old)


@lru_cache(maxsize=16384)
def yuan_rate(currency: str, day: date) -> Rate | None:
    """The rate of the day, or of the last published day before it."""
    table = _table()
    if currency == "CNY":
        return Rate(Decimal(1), day)
    if currency not in table.currencies:
        return None
    last = min(table.bounds["CNY"].last_date, table.bounds[currency].last_date)
    first = max(table.bounds["CNY"].first_date, table.bounds[currency].first_date)
    for start in (day, min(day, last)):
        for back in range(USUAL_GAP + 1):
            candidate = start - timedelta(days=back)
            if first <= candidate <= last and (yuan := _published(currency, candidate)) is not None:
                age = (day - candidate).days
                return Rate(yuan, candidate, age > USUAL_GAP) if age <= OLDEST else None
    return None


def _published(currency: str, day: date) -> Decimal | None:
    from currency_converter import RateNotFoundError

    try:
        return Decimal(_table().convert(Decimal(1), currency, "CNY", day))
    except RateNotFoundError:
        return None


def last_rate_day() -> date:
    """The day of the newest rate that the program carries."""
    day: date = _table().bounds["CNY"].last_date
    return day


@cache
def _table() -> CurrencyConverter:
    """The whole history; loading it takes a tenth of a second or two, so only when first asked."""
    from currency_converter import CurrencyConverter

    return CurrencyConverter(decimal=True)
