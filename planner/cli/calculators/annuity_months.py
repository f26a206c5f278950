"""`wenbao calc annuity-months`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Field, MonthOrDay, Record, Whole
from planner.policy import Pack
from planner.schemes.annuity import Age, annuity
from planner.schemes.outcome import Outcome
from planner.values import mark

AGE_FIELDS = (
    Field("years", Whole(0, 120), "Completed years of age.", True),
    Field("months", Whole(0, 11), "Further completed months.", True),
)


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = annuity(Age(values["years"], values["months"]), pack, values.get("retire"))
    return {"annuity_months": format(found.months, "f")}, found


CALCULATOR = Calculator(
    "annuity-months",
    mark("By how many months the account is divided at an age"),
    Record(*AGE_FIELDS, Field("retire", MonthOrDay(), "Month of retirement; the newest rule if left out.")),
    _answer,
    ({"years": 60, "months": 3}, {"years": 50, "months": 1, "retire": "2025-03"}),
)
