"""Personal income tax of a year (个人所得税): comprehensive income (综合所得) or business income (经营所得).

The owner of an individual business (个体工商户) has part of the tax waived (减半征收) up to a ceiling of
income; other reliefs are taken off first, in proportion to the income under the ceiling. Someone paid by the
order (劳务报酬) has comprehensive income and no such waiver.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from planner.policy import Pack, Value
from planner.schemes.outcome import Notice, Outcome, doubts, source_of
from planner.values import InputError, Source, Step, mark

INCOME_KINDS = ("comprehensive", "business")

_FEN = Decimal("0.01")
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A row of the tax table: income above `over` is taxed at `percent`; `deduction` makes it one product."""

    over: Decimal
    up_to: Decimal | None
    percent: Decimal
    deduction: Decimal
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeTaxInput:
    """`taxable_income` yuan a year after every deduction; `half_tax`: an individual business.

    `other_relief` yuan of other reliefs (disability, lone elders); `year` None: the year of the pack.
    """

    income_kind: str
    taxable_income: Decimal
    half_tax: bool = False
    other_relief: Decimal = _ZERO
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class IncomeTax(Outcome):
    """Yuan a year: `tax` after `relief`; `marginal_rate` is the share of the last yuan that is taxed."""

    tax: Decimal
    relief: Decimal
    marginal_rate: Decimal


def income_tax(data: IncomeTaxInput, pack: Pack) -> IncomeTax:
    """The tax of the year by the table, less reliefs."""
    year = data.year if data.year is not None else pack.issued_on.year
    table = brackets(data.income_kind, year, pack)
    income = data.taxable_income
    bracket = _bracket_of(income, table)
    full = _by_table(income, bracket)
    waived, ceiling = _waiver(data, year, pack)
    relief = _ZERO.quantize(_FEN)
    steps: list[Step] = []
    if waived is not None and ceiling is not None:
        part = min(income, ceiling.number)
        below = _bracket_of(part, table)
        relief = _relief(part, below, data, waived.number)
        steps.append(_relief_step(data, below, ceiling, waived, relief))
    tax = max((full - data.other_relief - relief).quantize(_FEN, ROUND_HALF_UP), _ZERO.quantize(_FEN))
    steps.append(
        Step(
            "income_tax.tax",
            "max(half_up(taxable_income * percent / 100 - quick_deduction - other_relief - relief, 0.01), 0)",
            {
                "taxable_income": income,
                "percent": bracket.percent,
                "quick_deduction": bracket.deduction,
                "other_relief": data.other_relief,
                "relief": relief,
            },
            tax,
            bracket.source,
        )
    )
    found = tuple(steps)
    return IncomeTax(
        tax=tax,
        relief=relief,
        marginal_rate=_marginal(income, bracket, waived, ceiling),
        warnings=_notices(data, waived, ceiling),
        explain=lambda: found,
    )


@lru_cache(maxsize=256)
def brackets(income_kind: str, year: int, pack: Pack) -> tuple[Bracket, ...]:
    """The tax table of a kind of income in a year, the lowest bracket first."""
    day = date(year, 12, 31)
    rows = [
        row
        for row in pack.table("income_tax_brackets")
        if row["schedule"] == income_kind and date.fromisoformat(row["valid_from"]) <= day
    ]
    if not rows:
        raise InputError(
            "missing_value", mark("{field}: the tax table of {year} is not known"), field="year", year=year
        )
    found = [
        Bracket(
            row.decimal("over"),
            row.decimal("up_to") if row["up_to"] else None,
            row.decimal("rate_percent"),
            row.decimal("quick_deduction"),
            row.source,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda bracket: bracket.over))


def _bracket_of(income: Decimal, table: tuple[Bracket, ...]) -> Bracket:
    """The bracket of the last yuan: its upper edge still belongs to it."""
    return next(each for each in table if each.up_to is None or income <= each.up_to)


def _by_table(income: Decimal, bracket: Bracket) -> Decimal:
    return income * bracket.percent / _HUNDRED - bracket.deduction


def _waiver(data: IncomeTaxInput, year: int, pack: Pack) -> tuple[Value | None, Value | None]:
    """The waived share and up to which income, where the person has a right to it."""
    if not data.half_tax or data.income_kind != "business":
        return None, None
    day = date(year, 12, 31)
    return pack.value("income_tax.half_relief_share", on=day), pack.value(
        "income_tax.half_relief_ceiling", on=day
    )


def _relief(part: Decimal, bracket: Bracket, data: IncomeTaxInput, share: Decimal) -> Decimal:
    other = data.other_relief * part / data.taxable_income if data.taxable_income else _ZERO
    return max((_by_table(part, bracket) - other) * share, _ZERO).quantize(_FEN, ROUND_HALF_UP)


def _relief_step(
    data: IncomeTaxInput, bracket: Bracket, ceiling: Value, waived: Value, relief: Decimal
) -> Step:
    part = "min(taxable_income, ceiling)"
    values = {
        "taxable_income": data.taxable_income,
        "ceiling": ceiling.number,
        "percent": bracket.percent,
        "quick_deduction": bracket.deduction,
        "share": waived.number,
    }
    formula = f"{part} * percent / 100 - quick_deduction"
    if data.other_relief and data.taxable_income:
        values["other_relief"] = data.other_relief
        formula += f" - other_relief * {part} / taxable_income"
    formula = f"half_up(max(({formula}) * share, 0), 0.01)"
    return Step("income_tax.half_relief", formula, values, relief, source_of(ceiling))


def _marginal(income: Decimal, bracket: Bracket, waived: Value | None, ceiling: Value | None) -> Decimal:
    if income <= 0:
        return _ZERO
    rate = bracket.percent / _HUNDRED
    if waived is not None and ceiling is not None and income <= ceiling.number:
        rate *= 1 - waived.number
    return rate.normalize()


def _notices(data: IncomeTaxInput, waived: Value | None, ceiling: Value | None) -> tuple[Notice, ...]:
    if data.half_tax and data.income_kind != "business":
        return (
            Notice(
                "half_tax_only_for_businesses",
                mark("Half tax is for the income of an individual business; it was not counted here."),
            ),
        )
    return doubts(waived, ceiling)
