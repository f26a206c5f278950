"""`wenbao calc death-benefit`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Day, Field, Number, PlaceName, Record, Whole
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.death import DeathInput, death_benefit
from planner.schemes.outcome import Outcome
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = death_benefit(DeathInput(place=values.pop("province"), **values), pack)
    return {
        "funeral": money(found.funeral),
        "survivor": money(found.survivor),
        "survivor_months": found.survivor_months,
        "account": money(found.account) if found.account is not None else None,
    }, found


CALCULATOR = Calculator(
    "death-benefit",
    mark("What a family gets from the employee pension scheme after a death"),
    Record(
        Field("province", PlaceName(), "Where the person was insured.", True),
        Field("date", Day(), "Day of death.", True),
        Field("contribution_months", Whole(0, 1200), "Months contributed, with deemed ones.", True),
        Field("pension_years_drawn", Number("0", "80"), "Years of pension drawn; leave out if none began."),
        Field("income_per_head", Number("1", "1e7"), "Urban income per head, yuan, of the year before."),
        Field("account_balance", Number("0", "1e9"), "What is left of the personal account, yuan."),
    ),
    _answer,
    (
        {"province": "福建", "date": "2023-06-01", "contribution_months": 372},
        {
            "province": "CN-HB",
            "date": "2026-03-15",
            "contribution_months": 330,
            "pension_years_drawn": 10.5,
            "income_per_head": "46987",
            "account_balance": 31250.4,
        },
    ),
)
