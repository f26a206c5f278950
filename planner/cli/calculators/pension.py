"""`wenbao calc pension`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.annuity_months import AGE_FIELDS
from planner.cli.calculators.average_index import HISTORY, history_of
from planner.cli.calculators.fields import Field, MonthOrDay, Number, PlaceName, Record, Text
from planner.policy import Pack
from planner.schemes.annuity import Age
from planner.schemes.outcome import Outcome
from planner.schemes.pension import PensionInput, pension
from planner.values import mark

_MONEY = Number("0", "1e12")


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    place = values.pop("province")
    if "history" in values:
        values["history"] = history_of(values["history"])
    if "age" in values:
        values["age"] = Age(**values["age"])
    found = pension(PensionInput(place=place, **values), pack)
    return {
        "basic": money(found.basic),
        "personal": money(found.personal),
        "transitional": money(found.transitional),
        "extras": money(found.extras),
        "total": money(found.total),
    }, found


def money(amount: Any) -> str:
    """Yuan with two decimals."""
    return f"{amount:.2f}"


CALCULATOR = Calculator(
    "pension",
    mark("The monthly employee pension at its start"),
    Record(
        Field("province", PlaceName(), "The place that pays the pension.", True),
        Field("retire", MonthOrDay(), "Month of retirement.", True),
        Field(
            "contribution_months", Number("0", "1200"), "Months contributed, with months deemed contributed."
        ),
        Field("years", Number("0", "100"), "Years, instead of months."),
        Field("average_index", Number("0", "1000"), "Average contribution index."),
        Field("history", HISTORY, "Contribution history, instead of an average index."),
        Field("account_balance", _MONEY, "Balance of the personal account, yuan.", True),
        Field("age", Record(*AGE_FIELDS), "Age at the first pension month."),
        Field("annuity_months", Number("1", "1000"), "Divisor of the account, instead of the age."),
        Field(
            "benefit_base", Number("0", "1e9"), "Benefit base, yuan a month, instead of the policy data's."
        ),
        Field("index_base", Number("0", "1e9"), "Base behind the indexed wage, where it is another one."),
        Field("area", Text(), "The place's own benefit base area, where a province has several."),
        Field("transitional", _MONEY, "Transitional pension, yuan a month."),
        Field(
            "deemed_months", Number("0", "1200"), "Months deemed contributed, among the contribution months."
        ),
        Field("transitional_rate", Number("0", "0.1"), "Transitional pension: share for each deemed year."),
        Field("extras", _MONEY, "Local allowances, yuan a month."),
        Field("years_rule", Text(), "How years are rounded, instead of the place's convention."),
        Field("money_rule", Text(), "How money is rounded, instead of the place's convention."),
        one_of=(
            ("contribution_months", "years", "history"),
            ("average_index", "history"),
        ),
        not_both=(("transitional", "transitional_rate"),),
    ),
    _answer,
    (
        {
            "province": "CN-ZJ",
            "retire": "2026-02",
            "contribution_months": 376,
            "average_index": 0.8794,
            "account_balance": "78149.09",
            "age": {"years": 50, "months": 5},
        },
        {
            "province": "上海",
            "retire": "2026-01",
            "years": 32,
            "average_index": "0.7986",
            "account_balance": 0,
            "annuity_months": 139,
            "benefit_base": 12434,
        },
        {
            "province": "湖北",
            "retire": "2025-05",
            "contribution_months": 294,
            "average_index": 0.9729,
            "account_balance": 25843.25,
            "annuity_months": 139,
            "benefit_base": 7048,
            "deemed_months": 171,
            "transitional_rate": 0.012,
        },
    ),
)
