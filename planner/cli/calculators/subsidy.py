"""`wenbao calc subsidy`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Field, MonthOrDay, Number, PlaceName, Record, Whole
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.schemes.subsidy import GROUPS, KINDS, SubsidyInput, subsidy
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    province, city = values.pop("province", None), values.pop("city", None)
    found = subsidy(SubsidyInput(place=city or province, **values), pack)
    return {"monthly": money(found.monthly), "months_left": found.months_left}, found


CALCULATOR = Calculator(
    "subsidy",
    mark("What a place pays back of the contributions, and for how long"),
    Record(
        Field("province", PlaceName(), "Where the work is registered."),
        Field("city", PlaceName(), "The city, where it has rules of its own."),
        Field("group", Choice(*GROUPS), "Difficulty in finding work, or graduated within two years.", True),
        Field("month", MonthOrDay(), "Month of the contribution.", True),
        Field("paid_monthly", Number("0", "1e6"), "Yuan a month really paid.", True),
        Field("kinds", Choice(*KINDS), "Which insurance that paid for; both if left out."),
        Field("months_used", Whole(0, 1200), "Months of subsidy had so far."),
        Field("months_to_retirement", Whole(0, 1200), "Months to retirement at the first approval."),
        one_of=(("province", "city"),),
    ),
    _answer,
    (
        {"province": "重庆", "group": "hard_to_employ", "month": "2026-03", "paid_monthly": 900},
        {
            "city": "天津",
            "group": "hard_to_employ",
            "month": "2026-03",
            "paid_monthly": 1500,
            "kinds": "pension",
        },
        {"city": "深圳", "group": "graduate", "month": "2026-03", "paid_monthly": "800", "months_used": 3},
        {"city": "南京", "group": "hard_to_employ", "month": "2025-08", "paid_monthly": 1400},
    ),
)
