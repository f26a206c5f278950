"""Per-order protection: place, platform, day and order decide; the worst of them counts."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from planner.policy import Pack
from planner.schemes.injury import InjuryInput, InjuryResult, injury
from planner.values import Place

TRADE = {
    "ride_hailing": "ride_hailing_driver",
    "instant_delivery": "food_rider_crowd",
    "city_freight": "city_freight_driver",
}
FIRST = {"CN-BJ", "CN-SH", "CN-JS", "CN-GD", "CN-HI", "CN-CQ", "CN-SC"}
SECOND = {"CN-TJ", "CN-HE", "CN-LN", "CN-ZJ", "CN-AH", "CN-FJ", "CN-SD", "CN-HB", "CN-GX", "CN-NX"}
DAYS = [
    date(2022, 6, 30),
    date(2022, 7, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
]


def asked(
    pack: Pack, platform: str, trade: str, day: date, place: str = "CN-GD", **more: str
) -> InjuryResult:
    data = {"order_state": "on_order"} | more
    return injury(
        InjuryInput(
            scheme="oip",
            place=Place(place),
            date=day,
            event="treatment",
            occupation=TRADE.get(trade, trade),
            platform=platform,
            **data,  # type: ignore[arg-type]
        ),
        pack,
    )


def test_every_province_platform_and_start_day(pack: Pack) -> None:
    """Three waves of provinces and of platforms; Beijing is open to licensed ride-hailing from 2025-07."""
    for place, row, day in product(pack.places(), pack.table("oip_platforms"), DAYS):
        start = 2022 if place.code in FIRST else 2025 if place.code in SECOND else 2026
        listed = {"1": 2022, "2": 2025, "3": 2026}[row["wave"]]
        runs, has = date(start, 7, 1) <= day, date(listed, 7, 1) <= day
        open_there = place.code == "CN-BJ" and row["sector"] == "ride_hailing" and day >= date(2025, 7, 1)
        wanted = "no" if not runs else "yes" if has else "grey" if open_there else "no"
        found = asked(pack, row["platform"], row["sector"], day, place.code)
        assert found.covered == wanted, (place, row["platform"], day)


@pytest.mark.parametrize(
    ("platform", "trade", "covered", "why"),
    [
        ("滴滴", "ride_hailing", "yes", "platform_listed"),
        ("阳光", "ride_hailing", "yes", "platform_listed"),
        ("T3出行", "ride_hailing", "yes", "platform_listed"),
        (" meituan ", "instant_delivery", "yes", "platform_listed"),
        ("美团众包", "instant_delivery", "yes", "platform_listed"),
        ("美团某某", "instant_delivery", "grey", "near_a_listed_name"),
        ("满帮", "city_freight", "no", "platform_not_listed"),
        ("顺丰", "instant_delivery", "no", "platform_not_listed"),
        ("美团打车", "instant_delivery", "grey", "platform_of_another_industry"),
        ("圆通", "courier", "no", "occupation_not_in_scheme"),
    ],
)
def test_a_platform_is_known_by_its_usual_names_but_not_by_its_parent(
    pack: Pack, platform: str, trade: str, covered: str, why: str
) -> None:
    found = asked(pack, platform, trade, date(2026, 8, 1))
    assert found.covered == covered
    assert why in found.why


def test_a_licensed_platform_in_beijing_is_probably_in(pack: Pack) -> None:
    found = asked(pack, "某某出行", "ride_hailing", date(2025, 8, 1), "CN-BJ")
    assert (found.covered, found.why) == ("grey", ("open_to_licensed_platforms",))
    assert asked(pack, "某某出行", "ride_hailing", date(2025, 8, 1), "CN-SH").covered == "no"


@pytest.mark.parametrize(
    ("state", "covered"),
    [
        ("on_order", "yes"),
        ("online_between_orders", "grey"),
        ("platform_ordered_activity", "grey"),
        ("offline_commute", "no"),
        ("off_duty", "no"),
    ],
)
def test_the_order_decides(pack: Pack, state: str, covered: str) -> None:
    assert asked(pack, "美团", "instant_delivery", date(2026, 8, 1), order_state=state).covered == covered


def test_a_platform_on_a_list_that_was_only_reported_is_said(pack: Pack) -> None:
    said = {
        name: {each.code for each in asked(pack, name, "ride_hailing", date(2026, 8, 1)).warnings}
        for name in ("T3", "滴滴出行")
    }
    assert [name for name in said if "platform_list_unconfirmed" in said[name]] == ["T3"]
