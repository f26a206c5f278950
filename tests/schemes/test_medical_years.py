"""Years of employee medical insurance for lifelong cover, and pool and account of its contribution."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.contribution import ContributionInput, contribution
from planner.schemes.death import DeathInput, death_benefit
from planner.schemes.medical_years import MedicalYearsInput, medical_years
from planner.values import InputError, Month, Place

GUANGDONG, SHANGHAI = Place("CN-GD"), Place("CN-SH")


@pytest.mark.parametrize(
    ("place", "day", "sex", "paid", "here", "left"),
    [
        (SHANGHAI, date(2026, 11, 1), "female", 130, None, 50),
        (SHANGHAI, date(2026, 11, 1), "male", 180, 0, 0),
        (GUANGDONG, date(2031, 5, 1), "male", 300, 90, 60),  # 360 in all are further than 120 here
        (GUANGDONG, date(2031, 5, 1), "male", 350, 90, 30),  # 120 here are further
        (GUANGDONG, date(2031, 5, 1), "female", 300, 120, 0),
    ],
)
def test_the_months_left(
    pack: Pack, place: Place, day: date, sex: str, paid: int, here: int | None, left: int
) -> None:
    asked = MedicalYearsInput(place=place, date=day, sex=sex, paid_months=paid, paid_here_months=here)
    found = medical_years(asked, pack)
    assert found.months_left == left
    codes = {notice.code for notice in found.warnings}
    assert ("medical_paying_on" in codes) == bool(left)
    assert ("all_paid_here_assumed" in codes) == (here is None)


def test_a_place_whose_years_are_not_known_is_not_guessed(pack: Pack) -> None:
    asked = MedicalYearsInput(place=Place("CN-BJ"), date=date(2026, 11, 1), sex="male", paid_months=100)
    with pytest.raises(InputError) as refused:
        medical_years(asked, pack)
    assert (refused.value.code, refused.value.field) == ("missing_value", "medical.lifetime_years_male")


def test_more_months_here_than_at_all_are_refused(pack: Pack) -> None:
    asked = MedicalYearsInput(
        place=SHANGHAI, date=date(2026, 11, 1), sex="male", paid_months=10, paid_here_months=11
    )
    with pytest.raises(InputError) as refused:
        medical_years(asked, pack)
    assert refused.value.field == "paid_here_months"


def test_a_tier_without_an_account_goes_to_the_fund_alone(pack: Pack) -> None:
    asked = ContributionInput(place=Place("CN-CQ"), month=Month(2026, 3), scheme="employee_medical")
    found = contribution(asked, pack)
    assert (found.pool, found.account) == (found.monthly, Decimal("0.00"))
    assert "medical_account_unknown" not in {notice.code for notice in found.warnings}
    assert [step.rule for step in found.steps][-2:] == ["contribution.account", "contribution.pool"]


def test_where_the_split_is_not_known_that_is_said(pack: Pack) -> None:
    asked = ContributionInput(place=SHANGHAI, month=Month(2026, 10), scheme="employee_medical")
    assert "medical_account_unknown" in {notice.code for notice in contribution(asked, pack).warnings}


@pytest.mark.parametrize(
    ("day", "drawn", "told"), [(2024, None, False), (2026, None, True), (2026, 3, False)]
)
def test_the_disability_allowance_is_told_where_it_could_have_been_claimed(
    pack: Pack, day: int, drawn: int | None, told: bool
) -> None:
    asked = DeathInput(
        place=Place("CN-BJ"),
        date=date(day, 6, 1),
        contribution_months=200,
        pension_years_drawn=None if drawn is None else Decimal(drawn),
        income_per_head=Decimal(50000),
    )
    found = [
        notice for notice in death_benefit(asked, pack).warnings if notice.code == "disability_allowance"
    ]
    assert bool(found) == told
    assert not told or found[0].values["document"] == "人社部发〔2024〕72号"
