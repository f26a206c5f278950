"""What a place pays back of contributions, and for how long."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.subsidy import Subsidy, SubsidyInput, subsidy
from planner.values import Month, Place


def given(pack: Pack, place: str, paid: str, month: str = "2026-03", **more: object) -> Subsidy:
    data = {"group": "hard_to_employ"} | more
    return subsidy(
        SubsidyInput(place=Place(place), month=Month.parse(month), paid_monthly=Decimal(paid), **data),  # type: ignore[arg-type]
        pack,
    )


@pytest.mark.parametrize(
    ("place", "paid", "more", "expected"),
    [
        ("CN-BJ", "900", {}, "600.00"),
        ("CN-BJ", "3000", {}, "1392.63"),
        ("CN-SH", "2000", {}, "1000.00"),
        ("CN-TJ", "1500", {}, "800.00"),
        ("CN-TJ", "1500", {"kinds": "medical"}, "200.00"),
        ("CN-TJ", "150", {"kinds": "medical"}, "150.00"),
        ("440300", "1200", {}, "600.00"),
        ("440300", "600", {"group": "graduate"}, "400.00"),
        ("320500", "1000", {"group": "graduate"}, "500.00"),
        ("CN-GS", "1000", {}, "666.67"),
    ],
)
def test_a_share_a_cap_or_a_fixed_sum_of_what_was_paid(
    pack: Pack, place: str, paid: str, more: dict[str, object], expected: str
) -> None:
    assert given(pack, place, paid, **more).monthly == Decimal(expected)


def test_nanjing_gives_less_of_what_is_above_the_least_contribution(pack: Pack) -> None:
    """Two thirds of 990.40 (20 % of the floor 4,952) and half of the rest."""
    assert given(pack, "320100", "1400", "2025-08").monthly == Decimal("865.07")


def test_months_run_out_and_a_person_near_retirement_keeps_it_until_then(pack: Pack) -> None:
    assert given(pack, "CN-CQ", "500", months_used=30).months_left == 6
    assert given(pack, "CN-CQ", "500", months_used=30, months_to_retirement=59).months_left == 29
    assert given(pack, "CN-CQ", "500", months_used=30, months_to_retirement=60).months_left == 6
    used_up = given(pack, "CN-CQ", "500", months_used=36)
    assert (used_up.monthly, used_up.months_left) == (0, 0)
    assert given(pack, "CN-GS", "500", group="graduate").months_left == 24


def test_a_rule_that_has_ended_and_national_limits_are_said(pack: Pack) -> None:
    ended = given(pack, "CN-GD", "500")
    assert "rule_has_ended" in {notice.code for notice in ended.warnings}
    assert "national_limits_used" in {notice.code for notice in given(pack, "CN-GS", "500").warnings}


@pytest.mark.parametrize(
    ("month", "most"), [("2024-08", "1107.60"), ("2025-08", "1119.00"), ("2026-08", "1131.90")]
)
def test_shanghais_cap_is_half_the_least_contribution_of_its_year(pack: Pack, month: str, most: str) -> None:
    assert given(pack, "CN-SH", "9000", month).monthly == Decimal(most)


def test_an_amount_of_an_earlier_year_and_an_unconfirmed_rule_are_said(pack: Pack) -> None:
    assert "amount_carried_on" in {each.code for each in given(pack, "CN-BJ", "900", "2026-08").warnings}
    assert "amount_carried_on" not in {each.code for each in given(pack, "CN-BJ", "900").warnings}
    assert "uncertain_rule" in {each.code for each in given(pack, "CN-HB", "900").warnings}
