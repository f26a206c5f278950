"""Waiting after a break of medical insurance, and what a month of it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.contribution import ContributionInput, ContributionResult, contribution
from planner.schemes.medical_wait import MedicalWaitInput, medical_wait
from planner.values import InputError, Month, Place


def wait(pack: Pack, scheme: str, **more: object) -> int:
    return medical_wait(MedicalWaitInput(scheme=f"{scheme}_medical", **more), pack).months  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("years", "back", "expected"),
    [(0, 0, 3), (1, 0, 3), (2, 0, 4), (2, 5, 3), (3, 1, 4), (4, 3, 6), (10, 0, 12), (10, 2, 10), (10, 9, 6)],
)
def test_the_resident_wait_grows_with_missed_years_and_shrinks_with_those_paid_back(
    pack: Pack, years: int, back: int, expected: int
) -> None:
    assert wait(pack, "resident", gap_years=years, bought_back=back) == expected


def test_months_of_a_break_count_as_whole_missed_years(pack: Pack) -> None:
    assert [wait(pack, "resident", gap_months=each) for each in (0, 1, 23, 24)] == [0, 3, 3, 4]


def test_a_short_break_of_the_employee_scheme_needs_no_wait(pack: Pack) -> None:
    shanghai = Place("CN-SH")
    assert [wait(pack, "employee", gap_months=each, place=shanghai) for each in (0, 3, 4)] == [0, 0, 6]


def test_an_unknown_place_takes_the_longest_wait_and_says_so(pack: Pack) -> None:
    found = medical_wait(
        MedicalWaitInput(scheme="employee_medical", gap_months=9, place=Place("CN-HN")), pack
    )
    assert found.months == 6
    assert "longest_wait_assumed" in {notice.code for notice in found.warnings}


def paid(pack: Pack, place: str, month: str = "2026-09", **more: object) -> ContributionResult:
    data = {"scheme": "employee_medical"} | more
    return contribution(
        ContributionInput(place=Place(place), month=Month.parse(month), **data),  # type: ignore[arg-type]
        pack,
    )


def codes(found: ContributionResult) -> set[str]:
    return {notice.code for notice in found.warnings}


def test_a_rate_of_a_chosen_base_with_the_large_amount_supplement(pack: Pack) -> None:
    found = paid(pack, "CN-HB", "2022-05", base=Decimal(6795), rate=Decimal("0.06"), fixed_addon=Decimal(7))
    assert (found.base, found.monthly) == (Decimal("6795.00"), Decimal("414.70"))


def test_the_medical_limits_are_not_those_of_the_pension(pack: Pack) -> None:
    assert "below_lower_limit" in codes(paid(pack, "440300", base=Decimal(5000)))
    assert "above_upper_limit" in codes(paid(pack, "440300", base=Decimal(34000)))
    assert not codes(paid(pack, "440300", base=Decimal(8000))) & {"below_lower_limit", "above_upper_limit"}


def test_rates_are_those_of_their_time(pack: Pack) -> None:
    by_month = [paid(pack, "440100", month, base=Decimal(10000)).monthly for month in ("2025-12", "2026-01")]
    assert by_month == [Decimal("650.00"), Decimal("800.00")]


def test_a_place_with_one_amount_takes_it_whatever_base_is_chosen(pack: Pack) -> None:
    plain, chosen = paid(pack, "CN-BJ"), paid(pack, "CN-BJ", tier=Decimal(2))
    assert plain.monthly == chosen.monthly == Decimal("584.92")
    assert "one_amount_for_all" in codes(chosen)


def test_a_rate_without_a_base_takes_the_lowest_medical_base(pack: Pack) -> None:
    found = paid(pack, "CN-SD", rate=Decimal("0.09"))
    assert (found.base, found.monthly) == (Decimal(4573), Decimal("411.57"))
    assert "lowest_base_assumed" in codes(found)


def test_the_resident_scheme_is_a_twelfth_of_the_year(pack: Pack) -> None:
    found = paid(pack, "CN-GZ", scheme="resident_medical")
    assert (found.monthly, found.account) == (Decimal("33.33"), 0)
    assert "paid_once_a_year" in codes(found)


def test_an_unknown_rate_is_missing_not_guessed(pack: Pack) -> None:
    with pytest.raises(InputError) as caught:
        paid(pack, "CN-HA", base=Decimal(5000))
    assert (caught.value.code, caught.value.field) == ("missing_value", "medical.flex_rate")
