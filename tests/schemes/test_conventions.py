"""Wages rounded inside the basic part, a second base, low indices, and deemed years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.conventions import money_rule, wage_rule, years_rule
from planner.schemes.pension import PensionInput, PensionResult, pension
from planner.values import InputError, Month, Place


def drawn(pack: Pack, place: str, **more: object) -> PensionResult:
    data: dict[str, object] = {
        "retire": Month(2025, 6),
        "contribution_months": Decimal(240),
        "average_index": Decimal("0.8"),
        "account_balance": Decimal(0),
    }
    return pension(PensionInput(place=Place(place), **(data | more)), pack)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("exact", "20001.0037"),
        ("indexed_fen", "20001.00"),
        ("half_sum_fen", "20001.00"),
        ("both_fen", "20001.00"),
    ],
)
def test_wages_are_rounded_where_the_forms_do(code: str, expected: str) -> None:
    assert wage_rule(code).sum_of(Decimal(10000), Decimal("1.00010037")) == Decimal(expected)


def test_the_half_sum_may_round_up_a_half_fen() -> None:
    one_fen_more = wage_rule("half_sum_fen").sum_of(Decimal("10000.01"), Decimal(1) / 2)
    assert one_fen_more == Decimal("15000.02")


def test_a_city_of_jilin_takes_its_own_base_and_the_provinces_for_the_indexed_wage(pack: Pack) -> None:
    city = pack.value("pension.benefit_base", Place("220100"), Month(2025, 6)).number
    province = pack.value("pension.benefit_base", Place("CN-JL"), Month(2025, 6)).number
    assert city != province
    expected = ((city + province * Decimal("0.8")) / 2 * 20 / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert drawn(pack, "220100").basic == expected
    assert drawn(pack, "220100", benefit_base=city).basic > expected


def test_guangdong_scales_the_basic_part_under_its_threshold_only(pack: Pack) -> None:
    def basic(index: str) -> Decimal:
        return drawn(pack, "CN-GD", benefit_base=Decimal(9000), average_index=Decimal(index)).basic

    assert (basic("0.6"), basic("0.3")) == (Decimal("1440.00"), Decimal("720.00"))
    other = drawn(pack, "CN-HN", benefit_base=Decimal(9000), average_index=Decimal("0.3"))
    assert other.basic == Decimal("1170.00")


def test_shanghai_counts_single_months_at_less_than_a_twelfth(pack: Pack) -> None:
    found = drawn(
        pack,
        "CN-SH",
        contribution_months=Decimal(386),
        average_index=Decimal("0.7986"),
        benefit_base=Decimal(12434),
    )
    assert found.basic == Decimal("3596.8")


def test_deemed_years_earn_a_transitional_part_at_the_rate_given(pack: Pack) -> None:
    given = {"deemed_months": Decimal(171), "transitional_rate": Decimal("0.012")}
    found = drawn(pack, "CN-HB", benefit_base=Decimal(7048), average_index=Decimal("0.9729"), **given)
    assert found.transitional == Decimal("1172.55")
    printed = drawn(pack, "CN-HB", transitional=Decimal(100), **given)
    assert printed.transitional == 100


@pytest.mark.parametrize(
    ("rule", "field"), [(years_rule, "years_rule"), (money_rule, "money_rule"), (wage_rule, "wage_rule")]
)
def test_an_unknown_rule_is_refused_by_its_field(rule: object, field: str) -> None:
    with pytest.raises(InputError) as caught:
        rule("5dp_magic")  # type: ignore[operator]
    assert caught.value.field == field
