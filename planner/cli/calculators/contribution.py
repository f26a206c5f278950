"""`wenbao calc contribution`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Field, MonthOrDay, Number, PlaceName, Record, Text
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.contribution import BASE_ROUNDINGS, SCHEMES, ContributionInput, contribution
from planner.schemes.outcome import Outcome
from planner.values import mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    found = contribution(ContributionInput(place=values.pop("province"), **values), pack)
    return {
        "base": money(found.base),
        "monthly": money(found.monthly),
        "pool": money(found.pool),
        "account": money(found.account),
    }, found


CALCULATOR = Calculator(
    "contribution",
    mark("What a month of contributions costs and where it goes"),
    Record(
        Field("province", PlaceName(), "Where it is paid.", True),
        Field("month", MonthOrDay(), "Contribution month.", True),
        Field("tier", Number("0.0001", "3"), "Share of the reference wage, 1 for 100 %."),
        Field("base", Number("0", "1e9"), "Contribution base, yuan a month, instead of a tier."),
        Field("scheme", Choice(*SCHEMES), "Which insurance; the employee pension if left out."),
        Field("area", Text(), "Regional class inside the province."),
        Field(
            "average_wage", Number("1", "1e9"), "Reference wage, yuan a month, instead of the policy data's."
        ),
        Field("rate", Number("0", "1"), "Contribution rate as a fraction."),
        Field("base_rounding", Choice(*BASE_ROUNDINGS), "How the base is rounded."),
        Field("fixed_addon", Number("0", "1e6"), "Fixed yuan a month on top."),
        not_both=(("tier", "base"),),
    ),
    _answer,
    (
        {"province": "CN-JS", "month": "2025-03", "tier": 0.6},
        {"province": "甘肃", "month": "2025-05", "tier": "1.5", "average_wage": 7338, "rate": 0.2},
        {
            "province": "湖北",
            "month": "2022-05",
            "scheme": "employee_medical",
            "base": 6795,
            "rate": 0.06,
            "fixed_addon": 7,
        },
    ),
)
