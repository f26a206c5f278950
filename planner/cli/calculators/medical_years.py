"""`wenbao calc medical-years`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Day, Field, PlaceName, Record, Whole
from planner.policy import Pack
from planner.schemes.medical_years import SEXES, MedicalYearsInput, medical_years
from planner.schemes.outcome import Outcome
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = medical_years(MedicalYearsInput(place=values.pop("city"), **values), pack)
    return {
        "needed_months": found.needed_months,
        "needed_here_months": found.needed_here_months,
        "months_left": found.months_left,
    }, found


CALCULATOR = Calculator(
    "medical-years",
    mark("Years of employee medical insurance for lifelong cover, and what is missing"),
    Record(
        Field("city", PlaceName(), "Where one retires: city or province.", True),
        Field("date", Day(), "The day of retirement.", True),
        Field("sex", Choice(*SEXES), "Places ask men and women for different years.", True),
        Field("paid_months", Whole(0, 1200), "Months of employee medical insurance so far.", True),
        Field("paid_here_months", Whole(0, 1200), "Of these, months really paid in the place."),
    ),
    _answer,
    (
        {"city": "上海", "date": "2026-11-01", "sex": "female", "paid_months": 130},
        {"city": "广东", "date": "2031-05-01", "sex": "male", "paid_months": 300, "paid_here_months": 90},
    ),
)
