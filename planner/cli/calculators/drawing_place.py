"""`wenbao calc drawing-place`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Field, Many, PlaceName, Record, Whole, YesNo
from planner.policy import Pack
from planner.schemes.drawing_place import SEXES, Stay, drawing_place
from planner.schemes.outcome import Outcome
from planner.values import mark

_STAYS = Many(
    Record(
        Field("province", PlaceName(), "Where was paid.", True),
        Field("months", Whole(0, 1200), "Months paid there.", True),
        Field("temporary", YesNo(), "Paid into a temporary account; told by age and sex if left out."),
        Field("age", Whole(0, 120), "Age in years when joining there."),
    ),
    longest=60,
    shortest=1,
)


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    stays = tuple(Stay(each.pop("province"), **each) for each in values["places"])
    found = drawing_place(values["hukou"], values["relation"], stays, pack, sex=values.get("sex", ""))
    return {
        "province": str(found.province),
        "why": [found.why],
        "total_months": found.total_months,
    }, found


CALCULATOR = Calculator(
    "drawing-place",
    mark("Which province pays the pension after moves"),
    Record(
        Field("hukou", PlaceName(), "Province of the household registration.", True),
        Field("relation", PlaceName(), "Where the person is insured now, or was last.", True),
        Field("places", _STAYS, "Stays in the order of time.", True),
        Field("sex", Choice(*SEXES), "Tells with the age who gets a temporary account."),
    ),
    _answer,
    (
        {
            "hukou": "江苏",
            "relation": "上海",
            "places": [{"province": "浙江", "months": 132}, {"province": "上海", "months": 132}],
        },
        {
            "hukou": "CN-HA",
            "relation": "CN-GD",
            "places": [
                {"province": "CN-ZJ", "months": 130},
                {"province": "CN-GD", "months": 150, "temporary": True},
            ],
        },
        {
            "hukou": "CN-HA",
            "relation": "CN-GD",
            "sex": "female",
            "places": [{"province": "CN-GD", "months": 150, "age": 41}],
        },
    ),
)
