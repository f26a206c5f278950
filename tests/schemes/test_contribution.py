"""Bases of the employee pension: limits, published floors, fixed lists, regions; the resident pension."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.policy import MissingValue, Pack
from planner.schemes.contribution import ContributionInput, ContributionResult, allowed_bases, contribution
from planner.schemes.resident import Payment, ResidentInput, resident_pension
from planner.values import Month, Place


def paid(pack: Pack, place: str, month: str = "2025-09", **more: object) -> ContributionResult:
    data = ContributionInput(place=Place(place), month=Month.parse(month), **more)  # type: ignore[arg-type]
    return contribution(data, pack)


def codes(found: ContributionResult) -> set[str]:
    return {notice.code for notice in found.warnings}


def test_a_tier_at_a_limit_takes_the_published_base_not_a_recomputed_one(pack: Pack) -> None:
    for place in pack.places():
        choice = allowed_bases(place, Month(2025, 11), pack)
        if choice.average_wage is None or choice.area:
            continue
        top = paid(pack, place.code, "2025-11", tier=Decimal(3))
        if abs(choice.average_wage * 3 - choice.upper) < 1:
            assert top.base == choice.upper, place


def test_pool_and_account_add_up_and_the_account_gets_eight_percent(pack: Pack) -> None:
    found = paid(pack, "CN-SD", base=Decimal("5123.45"))
    assert (found.monthly, found.account) == (Decimal("1024.69"), Decimal("409.88"))
    assert found.pool + found.account == found.monthly


def test_shanghais_rate_fell_in_march_2024(pack: Pack) -> None:
    by_month = [paid(pack, "CN-SH", month, base=Decimal(10000)).monthly for month in ("2024-02", "2024-03")]
    assert by_month == [Decimal(2400), Decimal(2000)]


@pytest.mark.parametrize(("base", "code"), [("1000", "below_lower_limit"), ("90000", "above_upper_limit")])
def test_a_base_outside_the_limits_is_computed_with_a_warning(pack: Pack, base: str, code: str) -> None:
    found = paid(pack, "CN-BJ", base=Decimal(base))
    assert found.base == Decimal(base)
    assert code in codes(found)


def test_a_place_with_a_list_of_bases_names_the_nearest(pack: Pack) -> None:
    found = paid(pack, "CN-JS", base=Decimal(6400))
    notice = next(each for each in found.warnings if each.code == "not_a_fixed_base")
    assert notice.values["nearest"] == Decimal(6000)


def test_regions_of_a_province_differ_and_the_lowest_is_assumed_aloud(pack: Pack) -> None:
    assert "area_assumed" in codes(paid(pack, "CN-GD", tier=Decimal("0.6")))
    cities = [allowed_bases(Place(code), Month(2025, 9), pack).lower for code in ("440100", "441300")]
    assert cities[0] > cities[1]


def test_a_resident_account_is_divided_by_139_at_any_age(pack: Pack) -> None:
    payments = tuple(Payment(2001 + at, Decimal(1000), Decimal(60)) for at in range(15))
    found = resident_pension(ResidentInput(base_pension=Decimal(123), payments=payments), pack)
    assert (found.account_balance, found.personal) == (Decimal(15900), Decimal("114.39"))
    assert found.total == Decimal("237.39")


def test_a_years_payment_earns_nothing_in_its_own_year(pack: Pack) -> None:
    payments = (Payment(2024, Decimal(1000)), Payment(2025, Decimal(1000)))
    found = resident_pension(
        ResidentInput(base_pension=Decimal(0), payments=payments, rate=Decimal("0.03")), pack
    )
    assert found.account_balance == Decimal("2030.00")


def test_a_tier_of_a_known_wage_is_computed_where_a_limit_is_not_known(pack: Pack) -> None:
    found = paid(pack, "CN-FJ", "2023-05", tier=Decimal("0.6"))
    assert found.base == Decimal("4212.00")
    assert "limits_unknown" in codes(found)


def test_a_city_is_not_given_the_wage_or_the_floor_of_a_class_it_is_not_in(pack: Pack) -> None:
    """In 2024 the wage of Hubei's second class is known, its floor is not: Wuhan's is no stand-in."""
    found = paid(pack, "420500", "2024-05", tier=Decimal(1))
    assert found.base == Decimal("6948.00")
    assert "area_assumed" not in codes(found)
    assert "limits_unknown" in codes(found)
    assert "limits_unknown" in codes(paid(pack, "440600", "2024-05", tier=Decimal(1)))
    with pytest.raises(MissingValue):
        paid(pack, "420500", "2023-05", tier=Decimal(1))


def test_a_tier_of_a_wage_that_is_carried_on_says_so(pack: Pack) -> None:
    found = paid(pack, "CN-JS", "2026-09", tier=Decimal("1.1"))
    keys = {each.values.get("key") for each in found.warnings if each.code == "provisional_value"}
    assert "pension.average_wage" in keys


@pytest.mark.parametrize(("month", "stands_in"), [("2023-05", True), ("2025-05", False)])
def test_the_national_minimum_in_place_of_an_unknown_base_pension_is_said(
    pack: Pack, month: str, stands_in: bool
) -> None:
    asked = ResidentInput(place=Place("CN-BJ"), month=Month.parse(month), account_balance=Decimal(0))
    codes = {notice.code for notice in resident_pension(asked, pack).warnings}
    assert ("national_minimum_used" in codes) == stands_in
