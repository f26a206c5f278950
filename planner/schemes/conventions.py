"""How each province counts years and rounds money: the named conventions of the approval forms.

The codes are those of the policy data (`pension.years_rule`, `pension.money_rule`). Convention by convention:

- `exact`: months / 12, unrounded; `1dp_ceil`, `2dp_ceil`: any further decimal carries up; `2dp_half_up`,
  `4dp_half_up`; `printed`: the years as the person's form prints them;
  `whole_years*a%+residual_months*b%`: whole years earn a per cent each, months beyond them b per cent each.
- `fen`: each part half up to the fen. `jiao_half_up`: each part half up to the jiao. `jiao_ceil` (见分进角):
  each part cut to the fen, then up to the jiao. `part_jiao_ceil`: each part up to the jiao.
  `total_jiao_ceil`: parts to the fen, their sum up to the jiao. `total_yuan`, `yuan`, `basic_yuan`: sum, each
  part, or the basic part only, half up to the yuan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from planner.values import InputError, mark

_MONTHS = Decimal(12)
_ONE = Decimal(1)
_FEN = Decimal("0.01")
_JIAO = Decimal("0.1")


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(_FEN, ROUND_HALF_UP)


def _jiao(amount: Decimal) -> Decimal:
    return amount.quantize(_JIAO, ROUND_HALF_UP)


def _jiao_up(amount: Decimal) -> Decimal:
    return amount.quantize(_JIAO, ROUND_CEILING)


def _jiao_up_seen_fen(amount: Decimal) -> Decimal:
    return amount.quantize(_FEN, ROUND_FLOOR).quantize(_JIAO, ROUND_CEILING)


def _yuan(amount: Decimal) -> Decimal:
    return amount.quantize(_ONE, ROUND_HALF_UP)


def _as_it_is(amount: Decimal) -> Decimal:
    return amount


_FORMULAS: dict[Callable[[Decimal], Decimal], str] = {
    _fen: "half_up({}, 0.01)",
    _jiao: "half_up({}, 0.1)",
    _jiao_up: "ceil_to({}, 0.1)",
    _jiao_up_seen_fen: "ceil_to(floor_to({}, 0.01), 0.1)",
    _yuan: "half_up({}, 1)",
    _as_it_is: "{}",
}


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """How a province rounds the basic part, every other part, and their sum (yuan a month)."""

    code: str
    basic: Callable[[Decimal], Decimal]
    part: Callable[[Decimal], Decimal]
    total: Callable[[Decimal], Decimal]

    def written(self, which: str, formula: str) -> str:
        """`formula` inside the rounding of `basic`, `part` or `total`, as steps write it."""
        return _FORMULAS[getattr(self, which)].format(formula)


_MONEY = {
    rule.code: rule
    for rule in (
        MoneyRule("fen", _fen, _fen, _as_it_is),
        MoneyRule("jiao_half_up", _jiao, _jiao, _as_it_is),
        MoneyRule("jiao_ceil", _jiao_up_seen_fen, _jiao_up_seen_fen, _as_it_is),
        MoneyRule("part_jiao_ceil", _jiao_up, _jiao_up, _as_it_is),
        MoneyRule("total_jiao_ceil", _fen, _fen, _jiao_up),
        MoneyRule("total_yuan", _fen, _fen, _yuan),
        MoneyRule("yuan", _yuan, _yuan, _as_it_is),
        MoneyRule("basic_yuan", _yuan, _fen, _as_it_is),
    )
}
MONEY_RULES = tuple(_MONEY)


@dataclass(frozen=True, slots=True)
class YearsRule:
    """How a province turns months into the accrued share of the base.

    `quantum` and `rounding` are those of the years (None: unrounded); `whole_year` and `residual_month` are
    shares of the base when whole years and single months earn apart.
    """

    code: str
    quantum: Decimal | None = None
    rounding: str = ""
    whole_year: Decimal | None = None
    residual_month: Decimal | None = None

    def count(self, months: Decimal) -> tuple[Decimal, Decimal]:
        """Years as a fraction (numerator, denominator), so that the division can come last."""
        if self.quantum is None:
            return months, _MONTHS
        return (months / _MONTHS).quantize(self.quantum, self.rounding), _ONE

    def share(self, months: Decimal, per_year: Decimal) -> tuple[Decimal, Decimal]:
        """The accrued share of the base (`per_year` for each year) as a fraction."""
        if self.whole_year is not None and self.residual_month is not None:
            years = months // _MONTHS
            return years * self.whole_year + (months - years * _MONTHS) * self.residual_month, _ONE
        numerator, denominator = self.count(months)
        return numerator * per_year, denominator

    @property
    def formula(self) -> str:
        """The share as steps write it, from `contribution_months` and `per_year`."""
        if self.whole_year is not None:
            return (
                "contribution_months // 12 * share_per_whole_year"
                " + contribution_months % 12 * share_per_residual_month"
            )
        if self.quantum is None:
            return "contribution_months / 12 * per_year"
        function = "ceil_to" if self.rounding == ROUND_CEILING else "half_up"
        return f"{function}(contribution_months / 12, {self.quantum}) * per_year"


_APART = re.compile(r"whole_years\*([\d.]+)%\+residual_months\*([\d.]+)%")
_DECIMALS = re.compile(r"(\d)dp_(half_up|ceil)")


@lru_cache
def years_rule(code: str) -> YearsRule:
    """The rule behind a code of the data; unknown codes are an InputError on `years_rule`."""
    if code in ("exact", "printed"):
        return YearsRule(code)
    if match := _DECIMALS.fullmatch(code):
        rounding = ROUND_CEILING if match[2] == "ceil" else ROUND_HALF_UP
        return YearsRule(code, _ONE.scaleb(-int(match[1])), rounding)
    if match := _APART.fullmatch(code):
        percent = Decimal("0.01")
        return YearsRule(
            code, whole_year=Decimal(match[1]) * percent, residual_month=Decimal(match[2]) * percent
        )
    raise InputError(
        "unknown_rule",
        mark("{field}: {value!r} is no known rounding rule"),
        field="years_rule",
        value=code,
    )


def money_rule(code: str) -> MoneyRule:
    """The rule behind a code of the data; unknown codes are an InputError on `money_rule`."""
    rule = _MONEY.get(code)
    if rule is None:
        raise InputError(
            "unknown_rule",
            mark("{field}: {value!r} is no known rounding rule"),
            field="money_rule",
            value=code,
        )
    return rule
