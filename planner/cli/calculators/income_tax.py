"""`wenbao calc income-tax`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Field, Number, Record, Whole, YesNo
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.income_tax import INCOME_KINDS, IncomeTaxInput, income_tax
from planner.schemes.outcome import Outcome
from planner.values import mark

INCOME_FIELDS = (
    Field("income_kind", Choice(*INCOME_KINDS), "Comprehensive (also labour income) or business.", True),
    Field("taxable_income", Number("0", "1e10"), "Yuan a year after every deduction.", True),
    Field("half_tax", YesNo(), "An individual business, whose tax is halved up to a ceiling."),
    Field("year", Whole(2019, 2199), "Tax year; that of the policy data if left out."),
)


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = income_tax(IncomeTaxInput(**values), pack)
    return {
        "tax": money(found.tax),
        "relief": money(found.relief),
        "marginal_rate": format(found.marginal_rate, "f"),
    }, found


CALCULATOR = Calculator(
    "income-tax",
    mark("Personal income tax of a year"),
    Record(*INCOME_FIELDS, Field("other_relief", Number("0", "1e9"), "Yuan of other reliefs.")),
    _answer,
    (
        {"income_kind": "comprehensive", "taxable_income": 145000},
        {"income_kind": "business", "taxable_income": "2400000", "half_tax": True, "other_relief": 6000},
        {"income_kind": "business", "taxable_income": 2800000, "half_tax": True, "year": 2022},
    ),
)
