"""`wenbao calc min-years`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Field, MonthOrDay, Record, Whole
from planner.policy import Pack
from planner.schemes.min_years import min_years, paying_on
from planner.schemes.outcome import Outcome
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = min_years(values["retire"], pack)
    if "paid_months" not in values:
        return {"months": found.months}, found
    on = paying_on(values["retire"], values["paid_months"], pack)
    both = Outcome(explain=lambda: (*found.steps, *on.steps))
    return {"months": found.months, "months_to_pay": on.months, "start": str(on.start)}, both


CALCULATOR = Calculator(
    "min-years",
    mark("Minimum contribution months for a monthly pension"),
    Record(
        Field("retire", MonthOrDay(), "Month of retirement.", True),
        Field(
            "paid_months", Whole(0, 1200), "Months paid by then: how long to pay on, and from when it pays."
        ),
    ),
    _answer,
    ({"retire": "2031-05"}, {"retire": "2029-06", "paid_months": 170}),
)
