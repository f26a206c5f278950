"""`wenbao calc personal-pension-tax`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Field, Number, Record
from planner.cli.calculators.income_tax import INCOME_FIELDS
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.schemes.personal_pension import PersonalPensionInput, personal_pension_tax
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = personal_pension_tax(PersonalPensionInput(**values), pack)
    return {
        "saved_now": money(found.saved_now),
        "tax_on_withdrawal": money(found.tax_on_withdrawal),
        "net": money(found.net),
        "marginal_rate": format(found.marginal_rate, "f"),
    }, found


CALCULATOR = Calculator(
    "personal-pension-tax",
    mark("What an individual pension saves in tax now and costs later"),
    Record(*INCOME_FIELDS, Field("contribution", Number("0", "1e9"), "Yuan paid in during the year.", True)),
    _answer,
    (
        {"income_kind": "comprehensive", "taxable_income": 240000, "contribution": 12000},
        {"income_kind": "business", "taxable_income": 25000, "contribution": "12000", "half_tax": True},
    ),
)
