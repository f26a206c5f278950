"""Accident policies by their own terms and by the terms of known products."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.injury import InjuryInput, InjuryResult, PolicyTerms, injury
from planner.values import Place


def insured(pack: Pack, policy: str | PolicyTerms, **more: object) -> InjuryResult:
    terms = PolicyTerms(name=policy) if isinstance(policy, str) else policy
    data = {"event": "treatment", "medical": Decimal(20000)} | more
    return injury(
        InjuryInput(
            scheme="accident",
            place=Place("CN-SH"),
            date=date(2026, 3, 15),
            policy=terms,
            **data,  # type: ignore[arg-type]
        ),
        pack,
    )


def amounts(found: InjuryResult) -> dict[str, Decimal]:
    return {item.item: item.amount for item in found.items}


def codes(found: InjuryResult) -> list[str]:
    return [notice.code for notice in found.warnings]


def test_a_limit_that_is_a_share_of_the_sum_is_taken_of_it(pack: Pack) -> None:
    """Employer liability pays bills up to a tenth of at least 300,000, after 100."""
    found = insured(pack, "employer_liability_group", medical=Decimal(90000))
    assert amounts(found) == {"medical": Decimal("30000.00")}
    assert amounts(insured(pack, "employer_liability_group")) == {"medical": Decimal("19900.00")}


def test_of_a_range_the_end_is_taken_that_pays_less(pack: Pack) -> None:
    found = insured(pack, "individual_accident_class1_3_desk")
    assert amounts(found) == {"medical": Decimal("15920.00")}  # 0.8 of what is above 100
    assert "terms_are_a_range" in codes(found)


def test_a_daily_allowance_in_words_is_said_to_be_unknown(pack: Pack) -> None:
    found = insured(pack, "employer_liability_group", days=30)
    assert "daily_allowance" not in amounts(found)
    unknown = [notice.values["term"] for notice in found.warnings if notice.code == "policy_term_unknown"]
    assert unknown == ["daily_allowance"]


@pytest.mark.parametrize(
    ("policy", "covered"),
    [
        ("individual_accident_class4", "yes"),
        ("million_medical_age30_39", "yes"),
        ("individual_accident_class5_6_driver", "grey"),
        ("employer_liability_group", "no"),
        ("platform_rider_meituan_crowd", "no"),
    ],
)
def test_off_duty_only_what_runs_all_day_covers_for_certain(pack: Pack, policy: str, covered: str) -> None:
    assert insured(pack, policy, order_state="off_duty").covered == covered


def test_a_policy_without_a_sum_pays_none_for_a_death(pack: Pack) -> None:
    assert amounts(insured(pack, "huiminbao_city_supplement", event="death", medical=None)) == {}


@pytest.mark.parametrize(("grade", "percent"), [(1, 100), (5, 60), (10, 10)])
def test_a_grade_of_the_insurers_scale_is_a_tenth_less_each(pack: Pack, grade: int, percent: int) -> None:
    own = PolicyTerms(death_disability_sum=Decimal(250000))
    found = insured(pack, own, event="disability", grade=grade, medical=None)
    assert amounts(found) == {"disability_sum": Decimal(2500 * percent)}
