"""`wenbao calc min-years`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Field, MonthOrDay, Record
from planner.policy import Pack
from planner.schemes.min_years import min_years
from planner.schemes.outcome import Outcome
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = min_years(values["retire"], pack)
    return {"months": found.months}, found


CALCULATOR = Calculator(
    "min-years",
    mark("Minimum contribution months for a monthly pension"),
    Record(Field("retire", MonthOrDay(), "Month of retirement.", True)),
    _answer,
    ({"retire": "2031-05"},),
)
