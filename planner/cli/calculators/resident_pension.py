"""`wenbao calc resident-pension`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import (
    Choice,
    Field,
    Many,
    MonthOrDay,
    Number,
    PlaceName,
    Record,
    Whole,
)
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.schemes.resident import ROUNDINGS, Payment, ResidentInput, resident_pension
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    if "province" in values:
        values["place"] = values.pop("province")
    if "payments" in values:
        values["payments"] = tuple(Payment(**payment) for payment in values["payments"])
    found = resident_pension(ResidentInput(**values), pack)
    return {
        "basic": money(found.basic),
        "personal": money(found.personal),
        "extras": money(found.extras),
        "total": money(found.total),
    }, found


CALCULATOR = Calculator(
    "resident-pension",
    mark("The monthly resident pension"),
    Record(
        Field("base_pension", Number("0", "1e6"), "Base pension, yuan a month."),
        Field("province", PlaceName(), "Where it is drawn, to look the base pension up."),
        Field("month", MonthOrDay(), "First pension month, to look the base pension up."),
        Field("account_balance", Number("0", "1e12"), "Balance of the account, yuan."),
        Field(
            "payments",
            Many(
                Record(
                    Field("year", Whole(1990, 2199), "Calendar year.", True),
                    Field("tier", Number("0", "1e6"), "Own payment, yuan a year.", True),
                    Field("subsidy", Number("0", "1e6"), "Public subsidy, yuan a year."),
                )
            ),
            "Payments, instead of a balance.",
        ),
        Field("rate", Number("0", "1"), "Yearly interest on the account as a fraction; none if left out."),
        Field("extras", Number("0", "1e6"), "Local additions, yuan a month."),
        Field("rounding", Choice(*ROUNDINGS), "How the account part is rounded; to the fen if left out."),
        one_of=(("base_pension", "province"), ("account_balance", "payments")),
        not_both=(("account_balance", "payments"),),
    ),
    _answer,
    (
        {"base_pension": 175, "account_balance": 30000},
        {
            "province": "CN-BJ",
            "month": "2025-05",
            "payments": [{"year": 2023, "tier": 1000, "subsidy": 60}, {"year": 2024, "tier": 1000}],
            "rate": "0.03",
        },
    ),
)
