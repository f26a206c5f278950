"""Income tax, the half tax of individual businesses, and what an individual pension is worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.income_tax import IncomeTaxInput, income_tax
from planner.schemes.personal_pension import PersonalPensionInput, personal_pension_tax
from planner.values import InputError


def tax(pack: Pack, kind: str, income: str, **more: object) -> Decimal:
    data = IncomeTaxInput(income_kind=kind, taxable_income=Decimal(income), **more)  # type: ignore[arg-type]
    return income_tax(data, pack).tax


@pytest.mark.parametrize(
    ("kind", "income", "expected"),
    [
        ("comprehensive", "0", "0.00"),
        ("comprehensive", "36000", "1080.00"),
        ("comprehensive", "36000.01", "1080.00"),
        ("comprehensive", "144000", "11880.00"),
        ("comprehensive", "960001", "250080.45"),
        ("business", "30000", "1500.00"),
        ("business", "500000", "109500.00"),
    ],
)
def test_the_tax_table_is_continuous_at_its_edges(pack: Pack, kind: str, income: str, expected: str) -> None:
    assert tax(pack, kind, income) == Decimal(expected)


def test_an_individual_business_pays_half_only_up_to_the_ceiling(pack: Pack) -> None:
    assert tax(pack, "business", "80000", half_tax=True) == Decimal("3250.00")
    whole, part = tax(pack, "business", "2000001"), tax(pack, "business", "2000001", half_tax=True)
    assert whole - part == Decimal("317250.00")
    assert tax(pack, "business", "2800000", half_tax=True, year=2022) == Decimal("772250.00")


def test_the_marginal_rate_is_that_of_the_last_yuan(pack: Pack) -> None:
    def rate(income: str, kind: str = "business") -> Decimal:
        data = IncomeTaxInput(income_kind=kind, taxable_income=Decimal(income), half_tax=True)
        return income_tax(data, pack).marginal_rate

    assert [rate(each) for each in ("0", "30000", "30001", "2000001")] == [
        Decimal(each) for each in ("0", "0.025", "0.05", "0.35")
    ]
    assert rate("30000", "comprehensive") == Decimal("0.03")


def test_half_tax_is_refused_to_labour_income_and_said(pack: Pack) -> None:
    data = IncomeTaxInput(income_kind="comprehensive", taxable_income=Decimal(50000), half_tax=True)
    found = income_tax(data, pack)
    assert found.tax == tax(pack, "comprehensive", "50000")
    assert [notice.code for notice in found.warnings] == ["half_tax_only_for_businesses"]


def test_a_year_after_the_half_tax_ends_is_provisional(pack: Pack) -> None:
    data = IncomeTaxInput(income_kind="business", taxable_income=Decimal(50000), half_tax=True, year=2028)
    assert "provisional_value" in {notice.code for notice in income_tax(data, pack).warnings}


def test_a_year_before_the_table_is_missing(pack: Pack) -> None:
    with pytest.raises(InputError) as caught:
        tax(pack, "business", "50000", year=2018)
    assert (caught.value.code, caught.value.field) == ("missing_value", "year")


def net(pack: Pack, **data: object) -> Decimal:
    return personal_pension_tax(PersonalPensionInput(**data), pack).net  # type: ignore[arg-type]


def test_the_lowest_halved_band_loses_on_an_individual_pension(pack: Pack) -> None:
    income = Decimal(29000)
    given = {"taxable_income": income, "contribution": Decimal(12000)}
    assert net(pack, income_kind="business", half_tax=True, **given) == Decimal("-60.00")
    assert net(pack, income_kind="business", **given) == Decimal("240.00")
    assert net(pack, income_kind="comprehensive", **given) == 0
    assert (
        net(pack, income_kind="comprehensive", taxable_income=Decimal(0), contribution=Decimal(12000)) == -360
    )


def test_only_the_yearly_cap_counts(pack: Pack) -> None:
    found = personal_pension_tax(
        PersonalPensionInput(
            income_kind="comprehensive", taxable_income=Decimal(340000), contribution=Decimal(20000)
        ),
        pack,
    )
    assert (found.saved_now, found.tax_on_withdrawal) == (Decimal("3000.00"), Decimal("360.00"))
    assert "above_yearly_cap" in {notice.code for notice in found.warnings}
