"""`wenbao calc medical-wait`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Field, PlaceName, Record, Whole
from planner.policy import Pack
from planner.schemes.medical_wait import SCHEMES, MedicalWaitInput, medical_wait
from planner.schemes.outcome import Outcome
from planner.values import mark

_SHORT = {name.removesuffix("_medical"): name for name in SCHEMES}


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    scheme = values.pop("scheme")
    found = medical_wait(
        MedicalWaitInput(scheme=_SHORT.get(scheme, scheme), place=values.pop("city", None), **values), pack
    )
    return {"months": found.months}, found


CALCULATOR = Calculator(
    "medical-wait",
    mark("How long medical insurance does not pay after a break"),
    Record(
        Field("scheme", Choice(*SCHEMES, *_SHORT), "Which medical insurance is joined again.", True),
        Field("gap_months", Whole(0, 1200), "Months of the break."),
        Field("gap_years", Whole(0, 100), "Whole years missed; 0 if only the enrolment season was missed."),
        Field("city", PlaceName(), "Where it is joined: city or province."),
        Field("bought_back", Whole(0, 100), "Missed years paid for afterwards."),
        one_of=(("gap_months", "gap_years"),),
        not_both=(("gap_months", "gap_years"),),
    ),
    _answer,
    (
        {"scheme": "resident_medical", "gap_years": 2},
        {"scheme": "resident_medical", "gap_years": 10, "bought_back": 2},
        {"scheme": "employee_medical", "gap_months": 5, "city": "上海"},
    ),
)
