"""`wenbao calc switch-scheme`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Field, MonthOrDay, Record, Whole
from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.schemes.switching import SwitchInput, switch_scheme
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = switch_scheme(SwitchInput(**values), pack)
    return {
        "direction": found.direction,
        "counts_months": found.counts_months,
        "minimum_months": found.minimum_months,
        "why": [found.why],
    }, found


CALCULATOR = Calculator(
    "switch-scheme",
    mark("Joining employee and resident pension at the pension age"),
    Record(
        Field("employee_months", Whole(0, 1200), "Months paid in the employee scheme.", True),
        Field("resident_months", Whole(0, 1200), "Months paid in the resident scheme.", True),
        Field("retire", MonthOrDay(), "Month in which the pension age is reached.", True),
        Field("both_months", Whole(0, 1200), "Months that are in both counts."),
    ),
    _answer,
    (
        {"employee_months": 186, "resident_months": 60, "retire": "2031-03"},
        {"employee_months": 200, "resident_months": 60, "retire": "2028-03", "both_months": 12},
    ),
)
