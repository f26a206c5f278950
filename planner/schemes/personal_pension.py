"""What a year's payment into an individual pension (个人养老金) saves in tax now and costs when it is drawn.

Saved now: the tax without and with the payment as a deduction. Later: a flat share of everything drawn. Where
the rate that really applies (after the half tax of individual businesses) is below that share, it costs
money.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.policy import Pack, Value
from planner.schemes.income_tax import IncomeTaxInput, income_tax
from planner.schemes.outcome import Notice, Outcome, source_of
from planner.values import Step, mark

_FEN = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalPensionInput:
    """`contribution` yuan in the year; the rest as `IncomeTaxInput`."""

    income_kind: str
    taxable_income: Decimal
    contribution: Decimal
    half_tax: bool = False
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class PersonalPensionTax(Outcome):
    """Yuan; `net` is what is left of the saving after the tax on drawing; `marginal_rate` a fraction."""

    saved_now: Decimal
    tax_on_withdrawal: Decimal
    net: Decimal
    marginal_rate: Decimal


def personal_pension_tax(data: PersonalPensionInput, pack: Pack) -> PersonalPensionTax:
    """The payment counts up to the yearly cap."""
    year = data.year if data.year is not None else pack.issued_on.year
    day = date(year, 12, 31)
    cap = pack.value("personal_pension.yearly_cap", on=day)
    later = pack.value("personal_pension.withdrawal_tax", on=day)
    counted = min(data.contribution, cap.number)
    before = income_tax(_tax_input(data, data.taxable_income), pack)
    left = max(data.taxable_income - counted, _ZERO)
    after = income_tax(_tax_input(data, left), pack)
    saved = before.tax - after.tax
    cost = (counted * later.number).quantize(_FEN, ROUND_HALF_UP)
    net = saved - cost
    notices = [*before.warnings, *_notices(data, cap, net)]

    def explain() -> tuple[Step, ...]:
        return (
            *(replace(step, rule=f"{step.rule}.before") for step in before.steps),
            Step(
                "personal_pension.taxable_after",
                "max(taxable_income - min(contribution, yearly_cap), 0)",
                {
                    "taxable_income": data.taxable_income,
                    "contribution": data.contribution,
                    "yearly_cap": cap.number,
                },
                left,
                source_of(cap),
            ),
            *(replace(step, rule=f"{step.rule}.after") for step in after.steps),
            Step(
                "personal_pension.saved_now",
                "tax_before - tax_after",
                {"tax_before": before.tax, "tax_after": after.tax},
                saved,
                source_of(later),
            ),
            Step(
                "personal_pension.tax_on_withdrawal",
                "half_up(min(contribution, yearly_cap) * rate, 0.01)",
                {"contribution": data.contribution, "yearly_cap": cap.number, "rate": later.number},
                cost,
                source_of(later),
            ),
            Step(
                "personal_pension.net",
                "saved_now - tax_on_withdrawal",
                {"saved_now": saved, "tax_on_withdrawal": cost},
                net,
                source_of(later),
            ),
        )

    return PersonalPensionTax(
        saved_now=saved,
        tax_on_withdrawal=cost,
        net=net,
        marginal_rate=before.marginal_rate,
        warnings=tuple(notices),
        explain=explain,
    )


def _tax_input(data: PersonalPensionInput, taxable: Decimal) -> IncomeTaxInput:
    return IncomeTaxInput(
        income_kind=data.income_kind, taxable_income=taxable, half_tax=data.half_tax, year=data.year
    )


def _notices(data: PersonalPensionInput, cap: Value, net: Decimal) -> list[Notice]:
    found = []
    if data.contribution > cap.number:
        found.append(
            Notice(
                "above_yearly_cap",
                mark("At most {cap} a year can be paid in; the rest was not counted."),
                {"cap": cap.number},
            )
        )
    if net < 0:
        found.append(
            Notice(
                "costs_more_tax_than_it_saves",
                mark("At this income the tax on drawing is more than the tax saved now."),
            )
        )
    return found
