"""The personal account rolled forward: interest by the month, by the year, in the year of retirement."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.policy import Pack
from planner.schemes.account import year_end


def all_year(amount: str) -> dict[int, Decimal]:
    return {month: Decimal(amount) for month in range(1, 13)}


def test_four_hundred_a_month_over_two_years(pack: Pack) -> None:
    """The check of the national rules: 2.62 % for 2024, 1.50 % for 2025."""
    first = year_end(Decimal(0), all_year("400"), Decimal("2.62"), "month_product", pack)
    second = year_end(first, all_year("400"), Decimal("1.50"), "month_product", pack)
    assert (first, second) == (Decimal("4868.12"), Decimal("9780.14"))


def test_a_credit_earns_from_its_own_month_on(pack: Pack) -> None:
    def with_credit_in(month: int) -> Decimal:
        return year_end(Decimal(0), {month: Decimal(1200)}, Decimal(12), "month_product", pack)

    assert [with_credit_in(month) for month in (1, 7, 12)] == [Decimal(1344), Decimal(1272), Decimal(1212)]


def test_interest_is_simple_inside_a_year_and_compound_between_years(pack: Pack) -> None:
    once = year_end(Decimal(10000), {}, Decimal(6), "month_product", pack)
    assert once == Decimal(10600)
    assert year_end(once, {}, Decimal(6), "month_product", pack) == Decimal(11236)
    assert year_end(Decimal(10000), {}, Decimal(6), "month_product", pack, through=6) == Decimal(10300)


@pytest.mark.parametrize("rate", ["1.50", "6.12", "8.31"])
def test_the_year_method_is_near_the_month_method_for_a_full_year(pack: Pack, rate: str) -> None:
    month = year_end(Decimal(0), all_year("400"), Decimal(rate), "month_product", pack)
    year = year_end(Decimal(0), all_year("400"), Decimal(rate), "year", pack)
    assert abs(month - year) < Decimal("0.20")


def test_without_interest_on_the_year_only_the_opening_earns(pack: Pack) -> None:
    assert year_end(Decimal(1000), all_year("100"), Decimal(10), "none", pack) == Decimal(2300)
