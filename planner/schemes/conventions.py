"""How each province counts years and rounds money: the named conventions of the approval forms.

The codes are those of the policy data (`pension.years_rule`, `pension.money_rule`). Convention by convention:

- `exact`: months / 12, unrounded; `1dp_ceil`, `2dp_ceil`: any further decimal carries up; `2dp_half_up`,
  `4dp_half_up`; `printed`: the years as the person's form prints them;
  `whole_years*a%+residual_months*b%`: whole years earn a per cent each, months beyond them b per cent each.
- `fen`: each part half up to the fen. `jiao_half_up`: each part half up to the jiao. `jiao_ceil` (见分进角):
  each part cut to the fen, then up to the jiao. `part_jiao_ceil`: each part up to the jiao.
  `total_jiao_ceil`: parts to the fen, their sum up to the jiao. `total_yuan`, `yuan`, `basic_yuan`: sum, each
  part, or the basic part only, half up to the yuan.
- Wages inside the basic part (`pension.wage_rule`): `indexed_fen`: the indexed wage (指数化月平均缴费工资),
  base x index, half up to the fen first; `half_sum_fen`: the half sum of base and indexed wage; `both_fen`:
  the one, then the other. Elsewhere neither is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeVar

from planner.values import InputError, mark

_MONTHS = Decimal(12)
_ONE = Decimal(1)
_WRITTEN = {ROUND_HALF_UP: "half_up", ROUND_CEILING: "ceil_to", ROUND_FLOOR: "floor_to"}


class Cut:
    """A rounding of yuan in one or more stages, each to whole units of some fen."""

    def __init__(self, *stages: tuple[int, str]) -> None:
        """`stages`: fen of the unit (1, 10, 100) and the rounding mode of `decimal`, the first one first."""
        self.stages = stages
        self._quanta = tuple((_ONE.scaleb(len(str(fen)) - 3), mode) for fen, mode in stages)

    def __call__(self, amount: Decimal) -> Decimal:
        for quantum, mode in self._quanta:
            amount = amount.quantize(quantum, mode)
        return amount

    def written(self, formula: str) -> str:
        """`formula` inside this rounding, as steps write it."""
        for quantum, mode in self._quanta:
            formula = f"{_WRITTEN[mode]}({formula}, {quantum})"
        return formula


_AS_IT_IS = Cut()
_FEN = Cut((1, ROUND_HALF_UP))
_JIAO = Cut((10, ROUND_HALF_UP))
_JIAO_UP = Cut((10, ROUND_CEILING))
_JIAO_UP_SEEN_FEN = Cut((1, ROUND_FLOOR), (10, ROUND_CEILING))
_YUAN = Cut((100, ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """How a province rounds the basic part, every other part, and their sum (yuan a month)."""

    code: str
    basic: Cut
    part: Cut
    total: Cut


_MONEY = {
    rule.code: rule
    for rule in (
        MoneyRule("fen", _FEN, _FEN, _AS_IT_IS),
        MoneyRule("jiao_half_up", _JIAO, _JIAO, _AS_IT_IS),
        MoneyRule("jiao_ceil", _JIAO_UP_SEEN_FEN, _JIAO_UP_SEEN_FEN, _AS_IT_IS),
        MoneyRule("part_jiao_ceil", _JIAO_UP, _JIAO_UP, _AS_IT_IS),
        MoneyRule("total_jiao_ceil", _FEN, _FEN, _JIAO_UP),
        MoneyRule("total_yuan", _FEN, _FEN, _YUAN),
        MoneyRule("yuan", _YUAN, _YUAN, _AS_IT_IS),
        MoneyRule("basic_yuan", _YUAN, _FEN, _AS_IT_IS),
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

    def written(self, months: str) -> str:
        """The years as steps write them, from the months of that name."""
        if self.quantum is None:
            return f"{months} / 12"
        function = "ceil_to" if self.rounding == ROUND_CEILING else "half_up"
        return f"{function}({months} / 12, {self.quantum})"

    @property
    def formula(self) -> str:
        """The share as steps write it, from `contribution_months` and `per_year`."""
        if self.whole_year is not None:
            return (
                "contribution_months // 12 * share_per_whole_year"
                " + contribution_months % 12 * share_per_residual_month"
            )
        return f"{self.written('contribution_months')} * per_year"


_APART = re.compile(r"whole_years\*([\d.]+)%\+residual_months\*([\d.]+)%")
_DECIMALS = re.compile(r"(\d)dp_(half_up|ceil)")


@dataclass(frozen=True, slots=True)
class WageRule:
    """Which wages inside the basic part a province rounds to the fen before it goes on."""

    code: str
    indexed: bool = False
    half_sum: bool = False

    def indexed_wage(self, base: Decimal, index: Decimal) -> Decimal:
        """Base x index (指数化月平均缴费工资)."""
        return _FEN(base * index) if self.indexed else base * index

    def sum_of(self, base: Decimal, index: Decimal, index_base: Decimal | None = None) -> Decimal:
        """Base + indexed wage: twice the half sum that the accrued share is taken of.

        `index_base`: the base behind the indexed wage, where it is another one.
        """
        indexed = self.indexed_wage(base if index_base is None else index_base, index)
        return _FEN((base + indexed) / 2) * 2 if self.half_sum else base + indexed

    def indexed_written(self, index_base: str = "benefit_base") -> str:
        """The indexed wage as steps write it."""
        product = f"{index_base} * average_index"
        return _FEN.written(product) if self.indexed else product

    def written(self, index_base: str = "benefit_base") -> str:
        """The half sum as steps write it; `index_base` names the base behind the indexed wage."""
        half = f"(benefit_base + {self.indexed_written(index_base)}) / 2"
        return _FEN.written(half) if self.half_sum else half


_WAGE = {
    rule.code: rule
    for rule in (
        WageRule("exact"),
        WageRule("indexed_fen", indexed=True),
        WageRule("half_sum_fen", half_sum=True),
        WageRule("both_fen", indexed=True, half_sum=True),
    )
}


UNROUNDED_WAGES = _WAGE["exact"]


def wage_rule(code: str) -> WageRule:
    """The rule behind a code of the data; an unknown code is an InputError on `wage_rule`."""
    return _known(_WAGE, code, "wage_rule")


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
    return _known(_MONEY, code, "money_rule")


_Rule = TypeVar("_Rule")


def _known(rules: Mapping[str, _Rule], code: str, field: str) -> _Rule:
    rule = rules.get(code)
    if rule is None:
        raise InputError(
            "unknown_rule", mark("{field}: {value!r} is no known rounding rule"), field=field, value=code
        )
    return rule
