"""`wenbao calc injury`."""

from __future__ import annotations

from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import (
    Choice,
    Day,
    Field,
    Kind,
    Many,
    Number,
    PlaceName,
    Record,
    Text,
    Whole,
    YesNo,
)
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.injury import (
    CARE_LEVELS,
    EVENTS,
    ORDER_STATES,
    RELATIONS,
    SCALES,
    SCHEMES,
    Dependant,
    InjuryInput,
    PolicyTerms,
    injury,
)
from planner.schemes.outcome import Outcome
from planner.values import mark


class _Policy(Kind):
    """A product's name, or the terms of one's own policy."""

    terms = Record(
        Field("name", Text(), "A product of the policy data whose terms fill the gaps."),
        Field("death_disability_sum", Number("0", "1e9"), "Sum insured, yuan."),
        Field("medical_limit", Number("0", "1e9"), "Most that is paid of medical bills, yuan."),
        Field("deductible", Number("0", "1e9"), "Yuan of a bill that are not paid."),
        Field("rate", Number("0", "1"), "Share of the bill above the deductible."),
        Field("daily_allowance", Number("0", "1e6"), "Yuan a day of treatment."),
        Field("annual_premium", Number("0", "1e7"), "Yuan a year."),
        one_of=(("name", "death_disability_sum"),),
    )

    def read(self, raw: Any, path: str, pack: Pack) -> PolicyTerms:
        if type(raw) is str:
            return PolicyTerms(name=Text().read(raw, path, pack))
        return PolicyTerms(**self.terms.read(raw, path, pack))

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [Text().schema(), self.terms.schema()]}


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    scheme = values["scheme"]
    values["place"] = values.pop("province")
    values["dependants"] = tuple(Dependant(**each) for each in values.pop("dependants", ()))
    found = injury(InjuryInput(**values), pack)
    answered: dict[str, Any] = {
        "items": [
            {
                "item": each.item,
                "amount": money(each.amount),
                "period": each.period,
                "payer": each.payer,
                "stacks": each.stacks,
            }
            for each in found.items
        ],
        "covered": found.covered,
        "total_lump": money(found.total_lump),
        "why": list(found.why),
        "scale": SCALES[scheme],
    }
    if found.premium_year is not None:
        answered["premium_year"] = money(found.premium_year)
    return answered, found


CALCULATOR = Calculator(
    "injury",
    mark("Whether an injury is covered, by whom, and what is paid"),
    Record(
        Field(
            "scheme",
            Choice(*SCHEMES),
            "Which cover: per-order, work injury insurance, accident policy.",
            True,
        ),
        Field("province", PlaceName(), "Where it happened.", True),
        Field("date", Day(), "Day of the injury or death.", True),
        Field("event", Choice(*EVENTS), "What happened.", True),
        Field("grade", Whole(1, 10), "Disability grade on the scale of this scheme."),
        Field(
            "further_grades",
            Many(Whole(1, 10), longest=20),
            "Grades of the other injuries of the same accident, on the same scale.",
        ),
        Field("monthly_wage", Number("0", "1e9"), "Own average monthly wage, yuan."),
        Field("wage_base", Number("0", "1e9"), "The scheme's wage base, yuan a month."),
        Field("days", Whole(0, 3660), "Confirmed days of treatment."),
        Field("medical", Number("0", "1e9"), "Medical cost inside the catalogue, yuan."),
        Field("occupation", Text(), "Occupation code."),
        Field("platform", Text(), "Platform whose order it was."),
        Field("order_state", Choice(*ORDER_STATES), "What was going on."),
        Field("policy", _Policy(), "Accident policy: a product's name or its terms."),
        Field("care", Choice(*CARE_LEVELS), "How much care is needed."),
        Field(
            "dependants",
            Many(
                Record(
                    Field("relation", Choice(*RELATIONS), "Spouse or other kin.", True),
                    Field("alone", YesNo(), "An orphan, or an old person left alone."),
                ),
                longest=20,
            ),
            "Whom the dead person kept.",
        ),
    ),
    _answer,
    (
        {
            "scheme": "oip",
            "province": "CN-GD",
            "date": "2026-08-01",
            "event": "disability",
            "grade": 8,
            "occupation": "food_rider_crowd",
            "platform": "美团",
            "order_state": "on_order",
            "days": 60,
            "medical": 12000,
        },
        {
            "scheme": "oip",
            "province": "广东",
            "date": "2026-08-01",
            "event": "treatment",
            "occupation": "livestreamer_independent",
        },
        {
            "scheme": "accident",
            "province": "上海",
            "date": "2026-03-15",
            "event": "death",
            "policy": "platform_rider_meituan_crowd",
        },
        {
            "scheme": "wii",
            "province": "北京",
            "date": "2025-06-01",
            "event": "death",
            "monthly_wage": 9000,
            "dependants": [{"relation": "spouse"}, {"relation": "other", "alone": True}],
        },
    ),
)
