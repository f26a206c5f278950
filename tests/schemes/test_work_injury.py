"""Work injury insurance: floors, leaving, grades of several injuries; what stacks; what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.policy import MissingValue, Pack
from planner.schemes.injury import Dependant, InjuryInput, InjuryResult, combined_grade, injury
from planner.values import Place


def hurt(pack: Pack, **more: object) -> InjuryResult:
    data = {
        "scheme": "wii",
        "place": Place("CN-BJ"),
        "date": date(2026, 3, 1),
        "event": "disability",
        "grade": 7,
        "monthly_wage": Decimal(9000),
    } | more
    return injury(InjuryInput(**data), pack)  # type: ignore[arg-type]


def amounts(found: InjuryResult) -> dict[str, tuple[Decimal, str]]:
    return {item.item: (item.amount, item.payer) for item in found.items}


def test_a_grade_seven_has_a_lump_sum_and_two_more_on_leaving(pack: Pack) -> None:
    found = amounts(hurt(pack))
    assert found["lump_disability"] == (Decimal("117000.00"), "fund")
    assert found["lump_medical_subsidy"][1] == "fund"
    assert found["lump_employment_subsidy"][1] == "employer"
    assert "monthly_disability_allowance" not in found


def test_severe_grades_draw_from_the_fund_and_do_not_leave(pack: Pack) -> None:
    found = amounts(hurt(pack, grade=1))
    assert found["monthly_disability_allowance"] == (Decimal("8100.00"), "fund")
    assert "lump_employment_subsidy" not in found


def test_an_allowance_is_made_up_to_the_minimum_wage(pack: Pack) -> None:
    least = pack.value("minimum_wage.month", Place("CN-GZ"), date(2026, 3, 1)).number
    found = hurt(pack, place=Place("CN-GZ"), grade=6, monthly_wage=Decimal(1500), wage_base=Decimal(3000))
    assert amounts(found)["monthly_disability_allowance"] == (least, "employer")


def test_a_province_whose_sums_on_leaving_are_unknown_says_so(pack: Pack) -> None:
    assert "subsidies_on_leaving_unknown" in {each.code for each in hurt(pack, place=Place("CN-HA")).warnings}


@pytest.mark.parametrize(
    ("grades", "expected"), [((8,), 8), ((8, 9), 8), ((8, 8), 7), ((8, 8, 8), 7), ((1, 1), 1), ((10, 10), 9)]
)
def test_several_injuries_are_graded_by_the_worst_and_at_most_one_better(
    grades: tuple[int, ...], expected: int
) -> None:
    assert combined_grade(grades) == expected


def test_further_grades_count_like_the_combined_one(pack: Pack) -> None:
    assert amounts(hurt(pack, grade=8, further_grades=(8,))) == amounts(hurt(pack, grade=7))


def test_the_monthly_allowances_of_dependants_round_half_up(pack: Pack) -> None:
    found = hurt(
        pack,
        scheme="oip",
        event="death",
        wage_base=Decimal("3531.75"),
        dependants=(Dependant("other"),),
    )
    assert amounts(found)["dependant_allowance"][0] == Decimal("1059.53")


def test_lump_sums_stack_and_a_medical_bill_does_not(pack: Pack) -> None:
    found = hurt(pack, medical=Decimal(5000))
    assert {item.item for item in found.items if not item.stacks} == {"medical"}


def test_a_part_whose_base_is_not_known_is_left_out_and_said(pack: Pack) -> None:
    """Before 2023 no wage of the pooling area is known: the death sum stands, the funeral money is named."""
    found = hurt(pack, event="death", date=date(2018, 6, 1), dependants=(Dependant("spouse"),))
    assert amounts(found) == {"death_lump": (Decimal("727920.00"), "fund")}
    left_out = [each.values["item"] for each in found.warnings if each.code == "part_not_counted"]
    assert left_out == ["funeral", "dependant_allowance"]


def test_an_event_without_any_known_sum_is_an_error_and_not_nothing(pack: Pack) -> None:
    with pytest.raises(MissingValue):
        hurt(pack, date=date(2018, 6, 1))
    with pytest.raises(MissingValue):
        hurt(pack, scheme="oip", event="treatment", date=date(2022, 8, 21), days=110)


def test_rules_without_an_official_page_are_said(pack: Pack) -> None:
    notice = next(each for each in hurt(pack).warnings if each.code == "uncertain_rule")
    assert notice.values["items"] == ["lump_medical_subsidy", "lump_employment_subsidy"]
