"""`wenbao calc retirement-age`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Field, MonthOrDay, Record
from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.schemes.retirement_age import CATEGORIES, AgeMonth, retirement_age
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = retirement_age(values["category"], values["born"], pack)
    return {
        "original": _age(found.original),
        "statutory": _age(found.statutory),
        "earliest": _age(found.earliest),
        "min_contribution_months": found.min_contribution_months,
    }, found


def _age(age: AgeMonth) -> dict[str, Any]:
    return {"years": age.years, "months": age.months, "month": str(age.month)}


CALCULATOR = Calculator(
    "retirement-age",
    mark("Statutory retirement age and the earliest flexible month"),
    Record(
        Field("category", Choice(*CATEGORIES), "The group and its age before the postponement.", True),
        Field("born", MonthOrDay(), "Month or day of birth.", True),
    ),
    _answer,
    ({"category": "male_60", "born": "1972-09"}, {"category": "female_55", "born": "1971-04-15"}),
)
