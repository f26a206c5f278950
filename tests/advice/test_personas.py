"""Ten people one could do wrong by: which card they see, and that none is asked for money they lack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.advice.catalogue import NUDGES
from planner.advice.choose import choose
from planner.advice.inputs import Cover, Event
from planner.advice.situation import Situation
from planner.values import Month, Place

Make = Callable[..., Situation]
RESIDENT = Cover("pension", "resident", Place("CN-HN"), paid_by="worker", monthly=Decimal(25))


def _own(monthly: int, place: str = "CN-GD") -> Cover:
    return Cover("pension", "employee", Place(place), paid_by="worker", monthly=Decimal(monthly))


PERSONAS: dict[str, tuple[dict[str, Any], str | None, set[str]]] = {
    "a rider who is injured": (
        {
            "events": (Event(date(2026, 10, 20), "injury"),),
            "earned": [7000] * 11 + [800],
            "cover": (_own(1200),),
        },
        "N02",
        {"G4"},
    ),
    "a mother whose medical cover lapsed": (
        {
            "category": "female_55",
            "events": (Event(date(2026, 9, 1), "birth"),),
            "cover": (Cover("medical", "employee", until=date(2026, 8, 31)),),
        },
        "N06",
        {"G4"},
    ),
    "a seller with all the money in stock": (
        {
            "occupation": "cross_border_seller",
            "platforms": (),
            "buffer": Decimal(500),
            "earned": [-8000, 30000, 2000] * 4,
        },
        "N06",
        {"G2"},
    ),
    "two pensions in two places": ({"cover": (_own(1200), RESIDENT), "options": ()}, "N08", {"G5"}),
    "somebody of 62": ({"born": Month(1963, 5)}, None, {"G9"}),
    "an income below the minimum wage": ({"earned": [1500] * 12, "need": Decimal(1200)}, "N06", {"G1"}),
    "work in one place, cover in another": ({"cover": (_own(1200, "CN-ZJ"),)}, "N06", {"G5"}),
    "overdue debt": ({"events": (Event(date(2026, 6, 1), "debt"),)}, "N06", {"G3"}),
    "a streamer with one lucky month": (
        {
            "occupation": "livestreamer_independent",
            "platforms": (),
            "need": Decimal(2950),
            "earned": [2900] * 11 + [90000],
        },
        "N06",
        {"G3"},
    ),
    "paid twice a year": ({"earned": [0, 0, 0, 0, 0, 40000] * 2}, "N06", {"G3"}),
}  # fmt: skip


@pytest.mark.parametrize("who", PERSONAS)
def test_the_card_each_person_sees_and_the_rule_that_spares_them(
    make: Make, incomes: Any, pay_more: Any, who: str
) -> None:
    changes, expected, spared_by = PERSONAS[who]
    changes = dict(changes)
    if "earned" in changes:
        changes["incomes"] = incomes(*changes.pop("earned"))
    advice = choose(make(**changes), nudges=(*NUDGES, pay_more()))
    assert [card.id for card in advice.cards] == ([expected] if expected else [])
    assert {held.because for held in advice.held_back if held.id == "N10"} >= spared_by
    for card in advice.cards:
        paid = next((way.cost_month for way in card.alternatives if way.id == "nothing"), None) or 0
        assert card.cost_month <= paid, "what is filled in never costs more than what is paid now"
