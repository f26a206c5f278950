"""Rolling a personal account (个人账户) forward: yearly compounding, simple interest inside the year.

Methods: `month_product` (月积数法): a month's credit earns for that month and those left in the year; `year`
(年度计算法): the year's credits earn for the factor of the rule, halved; `none`: the year's credits earn
nothing in their own year. Balances are rounded half up to the fen at each year's end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from planner.policy import Pack, Value
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, source_of
from planner.values import InputError, Month, Source, Step, mark

METHODS = ("month_product", "year", "none")

_FEN = Decimal("0.01")
_ZERO = Decimal(0)
_PERCENT = Decimal("0.01")
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Credit:
    """`monthly` yuan credited to the account in each of `months` (1..12) of `year`."""

    year: int
    monthly: Decimal
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInput:
    """`balance` stands at the start of `first_year`; `rates` in percent override the pack's.

    `until` is the last month rolled; a pension that starts after the month `retired` ends the roll there.
    """

    first_year: int
    balance: Decimal
    credits: tuple[Credit, ...]
    until: Month
    rates: Mapping[int, Decimal] = field(default_factory=dict)
    method: str = "month_product"
    retired: Month | None = None


@dataclass(frozen=True, kw_only=True)
class AccountRoll(Outcome):
    """Yuan at the end of each year, oldest first."""

    balances: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class _Rate:
    percent: Decimal
    source: Source


def roll(data: AccountInput, pack: Pack) -> AccountRoll:
    """The balance at the end of every year from `first_year` to the last."""
    last = min(data.until, data.retired) if data.retired is not None else data.until
    notices: list[Notice] = []
    credits = _by_month(data, last, notices)
    balances: dict[int, Decimal] = {}
    steps: list[Step] = []
    balance = data.balance
    for year in range(data.first_year, last.year + 1):
        through = last.month if year == last.year else _DECEMBER
        monthly = {month: amount for (at, month), amount in credits.items() if at == year}
        if balance or monthly:
            retiring = data.retired is not None and year == last.year == data.retired.year
            rate = _rate(year, data, pack, retiring, notices)
            before, balance = balance, year_end(balance, monthly, rate.percent, data.method, pack, through)
            steps.append(_step(year, before, monthly, rate, data.method, pack, through, balance))
        else:
            nothing = {"year": year, "opening": balance}
            steps.append(Step("account.empty_year", "opening", nothing, balance, OWN_INPUT))
        balances[year] = balance.quantize(_FEN, ROUND_HALF_UP)
    found = tuple(steps)
    return AccountRoll(balances=balances, warnings=tuple(notices), explain=lambda: found)


def year_end(
    opening: Decimal,
    monthly: Mapping[int, Decimal],
    percent: Decimal,
    method: str,
    pack: Pack,
    through: int = _DECEMBER,
) -> Decimal:
    """The balance at the end of month `through`: opening and credits (month -> yuan) with their interest."""
    credited = sum(monthly.values(), _ZERO)
    weight = earning_months(monthly, through, method, pack)
    exact = opening + credited + (opening * through + weight) * percent * _PERCENT / _DECEMBER
    return exact.quantize(_FEN, ROUND_HALF_UP)


def earning_months(monthly: Mapping[int, Decimal], through: int, method: str, pack: Pack) -> Decimal:
    """Sum of each credit times the months it earns: by the month, by the year's factor, or not at all."""
    if method == "none":
        return _ZERO
    if method == "year" and through == _DECEMBER:
        factor = pack.value("account.year_method_factor").number
        return sum(monthly.values(), _ZERO) * factor * _DECEMBER / 2
    return sum((amount * (through + 1 - month) for month, amount in monthly.items()), _ZERO)


def _by_month(data: AccountInput, last: Month, notices: list[Notice]) -> dict[tuple[int, int], Decimal]:
    """Credits by (year, month); what lies before the opening or after the end is refused."""
    credits: dict[tuple[int, int], Decimal] = {}
    for at, credit in enumerate(data.credits):
        if credit.year < data.first_year:
            raise InputError(
                "before_opening",
                mark("{field} is before the year of the opening balance"),
                field=f"credits[{at}].year",
            )
        for month in credit.months:
            if (credit.year, month) > (last.year, last.month):
                raise InputError(
                    "after_end",
                    mark("{field} has a month after the last month, {last}"),
                    field=f"credits[{at}].months",
                    last=str(last),
                )
            key = (credit.year, month)
            if key in credits:
                notices.append(
                    Notice(
                        "month_credited_twice",
                        mark("{month} is credited more than once; the amounts were added up."),
                        {"month": str(Month(*key))},
                    )
                )
            credits[key] = credits.get(key, _ZERO) + credit.monthly
    return credits


def _rate(year: int, data: AccountInput, pack: Pack, retiring: bool, notices: list[Notice]) -> _Rate:
    """The year's rate; in the year of retirement it is not out yet, so the last published one stands in."""
    if year in data.rates:
        return _Rate(data.rates[year], OWN_INPUT)
    published = year - 1 if retiring else year
    if published in data.rates:
        value: Value | None = None
        rate = _Rate(data.rates[published], OWN_INPUT)
    else:
        value = pack.value("pension.bookkeeping_rate", on=Month(published, _DECEMBER))
        rate = _Rate(value.number, source_of(value))
    notices.extend(each for each in doubts(value) if each not in notices)
    if retiring:
        notices.append(
            Notice(
                "retirement_year_rate",
                mark(
                    "{year}: offices use the last published rate in the year of retirement; this is assumed."
                ),
                {"year": year, "percent": rate.percent},
            )
        )
    return rate


def _step(
    year: int,
    opening: Decimal,
    monthly: Mapping[int, Decimal],
    rate: _Rate,
    method: str,
    pack: Pack,
    through: int,
    result: Decimal,
) -> Step:
    values = {
        "year": year,
        "opening": opening,
        "months": tuple(sorted(monthly)),
        "credits": tuple(monthly[month] for month in sorted(monthly)),
        "rate_percent": rate.percent,
        "through": through,
    }
    if method == "none":
        weight = "0"
    elif method == "year" and through == _DECEMBER:
        values["year_factor"] = pack.value("account.year_method_factor").number
        weight = "sum(credits) * year_factor * 12 / 2"
    else:
        weight = "(sum(credits) * (through + 1) - dot(credits, months))"
    formula = (
        f"half_up(opening + sum(credits) + (opening * through + {weight}) * rate_percent / 100 / 12, 0.01)"
    )
    return Step("account.year_end", formula, values, result, rate.source)
