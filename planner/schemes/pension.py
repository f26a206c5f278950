"""The monthly employee pension (企业职工基本养老金) on the day it starts.

Basic pension = benefit base x (1 + average index) / 2 x accrued share; account pension = balance / annuity
months. Rounding of years and money follows the province (`conventions`). Where a place scales the basic
pension of low indices (`pension.low_index_threshold`), the half sum is taken at the threshold and reduced in
proportion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial

from planner.policy import Pack, Value
from planner.schemes.annuity import Age, annuity
from planner.schemes.conventions import (
    UNROUNDED_WAGES,
    MoneyRule,
    WageRule,
    YearsRule,
    money_rule,
    wage_rule,
    years_rule,
)
from planner.schemes.index import HistoryYear, average_index
from planner.schemes.lookup import regional_or_none
from planner.schemes.min_years import min_months
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, joined, source_of
from planner.values import InputError, Month, Place, Source, Step, mark

_ZERO = Decimal(0)
_ONE = Decimal(1)
_TWO = Decimal(2)
_TWELVE = Decimal(12)
_FEN = Decimal("0.01")


@dataclass(slots=True, kw_only=True)  # not frozen: a roster makes a hundred thousand; never change one
class PensionInput:
    """What the pension office sees on the day of retirement; money in yuan, `benefit_base` yuan a month.

    Months or `years`, `average_index` or `history`, `age` or `annuity_months`; what is None comes from the
    pack. `history` also gives the months when neither months nor years are given. `index_base` is the base
    behind the indexed wage, where it is another one. `transitional` is what the office printed; else
    `transitional_rate` (set by the province, 0.01 to 0.014) for each year of `deemed_months`: months deemed
    contributed (视同缴费), which are among the contribution months.
    """

    place: Place
    retire: Month
    account_balance: Decimal
    contribution_months: Decimal | None = None
    years: Decimal | None = None
    average_index: Decimal | None = None
    history: tuple[HistoryYear, ...] = ()
    age: Age | None = None
    annuity_months: Decimal | None = None
    benefit_base: Decimal | None = None
    index_base: Decimal | None = None
    transitional: Decimal | None = None
    deemed_months: Decimal = _ZERO
    transitional_rate: Decimal = _ZERO
    extras: Decimal = _ZERO
    years_rule: str = ""
    money_rule: str = ""
    area: str = ""


@dataclass(frozen=True, kw_only=True)
class PensionResult(Outcome):
    """Yuan a month."""

    basic: Decimal
    personal: Decimal
    transitional: Decimal
    extras: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class BasicLaw:
    """What a place and a retirement month fix before any person is known."""

    benefit_base: Value | None
    index_base: Value | None
    years: YearsRule
    money: MoneyRule
    accrual: Value
    threshold: Value | None
    wage: WageRule
    minimum_months: int
    doubts: tuple[Notice, ...]
    years_source: Source
    money_source: Source


def pension(data: PensionInput, pack: Pack) -> PensionResult:
    """The parts and their sum."""
    law = law_of(data.place, data.retire, pack, data.area)
    years = years_rule(data.years_rule) if data.years_rule else law.years
    money = money_rule(data.money_rule) if data.money_rule else law.money
    notices: list[Notice] = []
    index, paid_months = data.average_index, data.contribution_months
    if index is None:
        found = average_index(data.history, data.place, pack)
        index = found.average_index
        notices.extend(found.warnings)
        if paid_months is None and data.years is None:
            paid_months = Decimal(found.contribution_months)
    months = data.years * _TWELVE if data.years is not None else paid_months
    if months is None:
        raise InputError("missing_field", mark("{field} is missing"), field="contribution_months")
    base = data.benefit_base
    if base is None:
        if law.benefit_base is None:
            pack.value("pension.benefit_base", data.place, data.retire, area=data.area)
            raise AssertionError("a missing benefit base is an error of the pack's own")
        base = law.benefit_base.number
        notices.extend(law.doubts)
    if months < law.minimum_months:
        notices.append(
            Notice(
                "below_minimum_years",
                mark("{months} months are fewer than the {minimum} months needed for a monthly pension."),
                {"months": _counted(months), "minimum": law.minimum_months},
            )
        )
    threshold = law.threshold.number if law.threshold is not None else None
    if threshold is not None and index < threshold:
        notices.extend(doubts(law.threshold))
    accrual = law.accrual.number
    second = data.index_base
    if second is None and law.index_base is not None and data.benefit_base is None:
        second = law.index_base.number
        notices.extend(each for each in doubts(law.index_base) if each not in notices)
    basic = money.basic(
        basic_pension(base, index, months, years, accrual, threshold, data.years, law.wage, second)
    )
    divisor = data.annuity_months
    if divisor is None and data.age is not None:
        by_age = annuity(data.age, pack, data.retire)
        divisor = by_age.months
        notices.extend(by_age.warnings)
    if divisor is None and data.account_balance:
        raise InputError("missing_field", mark("{field} is missing"), field="age")
    personal = money.part(data.account_balance / divisor) if divisor is not None else _ZERO
    transitional = money.part(_transitional(data, years, law.wage.indexed_wage(base, index)))
    extras = data.extras.quantize(_FEN, ROUND_HALF_UP) if data.extras else _ZERO
    total = money.total(basic + personal + transitional + extras)
    parts = (basic, personal, transitional, extras, total)
    return PensionResult(
        basic=basic,
        personal=personal,
        transitional=transitional,
        extras=extras,
        total=total,
        warnings=tuple(notices),
        explain=partial(_steps, data, pack, law, years, money, base, second, index, months, divisor, parts),
    )


def basic_pension(
    base: Decimal,
    index: Decimal,
    months: Decimal,
    years: YearsRule,
    per_year: Decimal,
    threshold: Decimal | None = None,
    printed_years: Decimal | None = None,
    wage: WageRule = UNROUNDED_WAGES,
    index_base: Decimal | None = None,
) -> Decimal:
    """The basic part before rounding: one division, at the end, so that exact halves stay exact.

    `printed_years` are the years of the person's form where months are not known: they are not rounded again
    unless years and months earn apart.
    """
    if printed_years is not None and years.whole_year is None:
        numerator, denominator = printed_years * per_year, _ONE
    else:
        numerator, denominator = years.share(months, per_year)
    if threshold is not None and index < threshold:
        at_threshold = base + (base if index_base is None else index_base) * threshold
        return at_threshold * index * numerator / (_TWO * threshold * denominator)
    return wage.sum_of(base, index, index_base) * numerator / (_TWO * denominator)


def _counted(months: Decimal) -> Decimal | int:
    """Months as a sentence says them: whole ones without a point."""
    return int(months) if months == months.to_integral_value() else months


def _transitional(data: PensionInput, years: YearsRule, indexed_wage: Decimal) -> Decimal:
    """Indexed wage x deemed years x rate, before rounding; most flexible workers have none."""
    if data.transitional is not None:
        return data.transitional
    if not data.deemed_months or not data.transitional_rate:
        return _ZERO
    numerator, denominator = years.count(data.deemed_months)
    return indexed_wage * numerator * data.transitional_rate / denominator


@lru_cache(maxsize=4096)
def law_of(place: Place, retire: Month, pack: Pack, area: str = "") -> BasicLaw:
    """The benefit base (None where the pack has none) and the conventions of a place in a month."""
    years_code = pack.value("pension.years_rule", place, retire)
    money_code = pack.value("pension.money_rule", place, retire)
    wage_code = pack.find("pension.wage_rule", place, retire)
    benefit_base, assumed = regional_or_none("pension.benefit_base", place, retire, pack, area)
    return BasicLaw(
        benefit_base=benefit_base,
        index_base=_index_base(benefit_base, place, retire, pack),
        years=years_rule(str(years_code.value)),
        money=money_rule(str(money_code.value)),
        accrual=pack.value("pension.accrual_per_year", place, retire),
        threshold=pack.find("pension.low_index_threshold", place, retire),
        wage=wage_rule(str(wage_code.value)) if wage_code is not None else UNROUNDED_WAGES,
        minimum_months=min_months(retire, pack),
        doubts=(*assumed, *doubts(benefit_base)),
        years_source=source_of(years_code),
        money_source=source_of(money_code),
    )


def _index_base(own: Value | None, place: Place, retire: Month, pack: Pack) -> Value | None:
    """The province's base, where a city has its own and the indexed wage is still the province's."""
    rule = pack.find("pension.index_base", place, retire)
    if own is None or rule is None or rule.value != "province":
        return None
    wider = pack.find("pension.benefit_base", place.province, retire)
    return wider if wider is not None and wider.number != own.number else None


def _steps(
    data: PensionInput,
    pack: Pack,
    law: BasicLaw,
    years: YearsRule,
    money: MoneyRule,
    base: Decimal,
    second: Decimal | None,
    index: Decimal,
    months: Decimal,
    divisor: Decimal | None,
    parts: tuple[Decimal, Decimal, Decimal, Decimal, Decimal],
) -> tuple[Step, ...]:
    basic, personal, transitional, extras, total = parts
    steps: list[Step] = []
    if data.average_index is None:
        steps.extend(average_index(data.history, data.place, pack).steps)
    base_source = OWN_INPUT if data.benefit_base is not None else source_of(law.benefit_base)
    years_source = OWN_INPUT if data.years_rule else law.years_source
    money_source = OWN_INPUT if data.money_rule else law.money_source
    formula, values = _basic_formula(data, law, years, base, second, index, months)
    steps.append(
        Step(
            "pension.basic",
            money.basic.written(formula),
            values,
            basic,
            joined(law.accrual.source, base_source, years_source, money_source),
        )
    )
    if divisor is not None:
        if data.annuity_months is None and data.age is not None:
            steps.extend(annuity(data.age, pack, data.retire).steps)
        steps.append(
            Step(
                "pension.personal",
                money.part.written("account_balance / annuity_months"),
                {"account_balance": data.account_balance, "annuity_months": divisor},
                personal,
                joined(law.accrual.source, money_source),
            )
        )
    if data.transitional is None and data.deemed_months and data.transitional_rate:
        steps.append(
            Step(
                "pension.transitional",
                money.part.written(
                    f"{law.wage.indexed_written()} * {years.written('deemed_months')} * transitional_rate"
                ),
                {
                    "benefit_base": base,
                    "average_index": index,
                    "deemed_months": data.deemed_months,
                    "transitional_rate": data.transitional_rate,
                },
                transitional,
                joined(OWN_INPUT, base_source, years_source, money_source),
            )
        )
    steps.append(
        Step(
            "pension.total",
            money.total.written("basic + personal + transitional + extras"),
            {"basic": basic, "personal": personal, "transitional": transitional, "extras": extras},
            total,
            money_source,
        )
    )
    return tuple(steps)


def _basic_formula(
    data: PensionInput,
    law: BasicLaw,
    years: YearsRule,
    base: Decimal,
    second: Decimal | None,
    index: Decimal,
    months: Decimal,
) -> tuple[str, Mapping[str, Decimal]]:
    values = {"benefit_base": base, "average_index": index}
    index_base = "benefit_base"
    if second is not None:
        index_base = "index_base"
        values["index_base"] = second
    if data.years is not None and years.whole_year is None:
        share = "years * per_year"
        values |= {"years": data.years, "per_year": law.accrual.number}
    elif years.whole_year is not None and years.residual_month is not None:
        share = f"({years.formula})"
        values |= {
            "contribution_months": months,
            "share_per_whole_year": years.whole_year,
            "share_per_residual_month": years.residual_month,
        }
    else:
        share = years.formula
        values |= {"contribution_months": months, "per_year": law.accrual.number}
    threshold = law.threshold.number if law.threshold is not None else None
    if threshold is not None and index < threshold:
        values["low_index_threshold"] = threshold
        half_sum = (
            f"(benefit_base + {index_base} * low_index_threshold) / 2 * average_index / low_index_threshold"
        )
    else:
        half_sum = law.wage.written(index_base)
    return f"{half_sum} * {share}", values
