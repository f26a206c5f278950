"""Which province pays after moves, temporary accounts, and joining the two pension schemes."""

from __future__ import annotations

import pytest

from planner.policy import Pack
from planner.schemes.drawing_place import Stay, drawing_place
from planner.schemes.switching import SwitchInput, switch_scheme
from planner.values import InputError, Month, Place

HOME, SOUTH, EAST = Place("CN-HA"), Place("CN-GD"), Place("CN-ZJ")


@pytest.mark.parametrize(
    ("relation", "stays", "expected", "why"),
    [
        (HOME, (Stay(SOUTH, 300), Stay(HOME, 1)), HOME, "relation_at_hukou"),
        (SOUTH, (Stay(SOUTH, 120),), SOUTH, "enough_years_at_relation"),
        (SOUTH, (Stay(SOUTH, 119),), HOME, "collected_at_hukou"),
        (SOUTH, (Stay(SOUTH, 60), Stay(EAST, 12), Stay(SOUTH, 60)), SOUTH, "enough_years_at_relation"),
        (SOUTH, (Stay(EAST, 120), Stay(SOUTH, 119)), EAST, "last_place_with_enough_years"),
        (
            SOUTH,
            (Stay(EAST, 130), Stay(Place("CN-JS"), 125), Stay(SOUTH, 1)),
            Place("CN-JS"),
            "last_place_with_enough_years",
        ),
        (SOUTH, (Stay(SOUTH, 200, True),), HOME, "collected_at_hukou"),
        (
            Place("440300"),
            (Stay(Place("440100"), 70), Stay(Place("440300"), 50)),
            SOUTH,
            "enough_years_at_relation",
        ),
    ],
)
def test_the_order_of_the_law(
    pack: Pack, relation: Place, stays: tuple[Stay, ...], expected: Place, why: str
) -> None:
    found = drawing_place(HOME, relation, stays, pack)
    assert (found.province, found.why) == (expected, why)
    assert found.total_months == sum(stay.months for stay in stays)


@pytest.mark.parametrize(
    ("sex", "age", "expected"),
    [("female", 39, SOUTH), ("female", 40, HOME), ("male", 49, SOUTH), ("male", 50, HOME)],
)
def test_who_joins_elsewhere_too_late_cannot_gain_a_drawing_place(
    pack: Pack, sex: str, age: int, expected: Place
) -> None:
    found = drawing_place(HOME, SOUTH, (Stay(SOUTH, 150, age=age),), pack, sex=sex)
    assert found.province == expected


def test_a_return_home_or_to_a_known_province_is_never_temporary(pack: Pack) -> None:
    young_then_old = (Stay(SOUTH, 60, age=30), Stay(EAST, 12, age=38), Stay(SOUTH, 60, age=52))
    assert drawing_place(HOME, SOUTH, young_then_old, pack, sex="male").province == SOUTH


def switch(pack: Pack, employee: int, resident: int, retire: str, both: int = 0) -> tuple[str, int]:
    found = switch_scheme(
        SwitchInput(
            employee_months=employee, resident_months=resident, retire=Month.parse(retire), both_months=both
        ),
        pack,
    )
    return found.direction, found.counts_months


def test_the_minimum_of_the_year_decides_the_direction(pack: Pack) -> None:
    assert switch(pack, 180, 60, "2029-12") == ("resident_to_employee", 180)
    assert switch(pack, 180, 60, "2030-01") == ("employee_to_resident", 240)
    assert switch(pack, 240, 0, "2040-01") == ("none", 240)
    assert switch(pack, 0, 200, "2026-01") == ("none", 200)


def test_a_month_in_both_schemes_counts_once(pack: Pack) -> None:
    assert switch(pack, 100, 60, "2026-01", both=12) == ("employee_to_resident", 148)
    with pytest.raises(InputError) as caught:
        switch(pack, 10, 60, "2026-01", both=11)
    assert caught.value.field == "both_months"
