"""The facts of many are those of one: to the fen, in any order, alone or in a batch."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.casework.facts import IN_TIME, LATER, MET, UNKNOWN, facts_of, lowest_tier
from planner.casework.incomes import incomes_of
from planner.casework.member import Member, short_name, shown_number
from planner.casework.order_cover import order_cover
from planner.policy import load_pack
from planner.schemes.annuity import Age
from planner.schemes.contribution import ContributionInput, allowed_bases, contribution
from planner.schemes.min_years import paying_on
from planner.schemes.pension import PensionInput, pension
from planner.schemes.retirement_age import CATEGORIES, retirement_age
from planner.values import Month, Place
from planner.values.place import PROVINCES
from tests.casework.conftest import TODAY

PACK = load_pack()
NOW = Month.of(TODAY)
PLACES = (*PROVINCES, Place("440300"), Place("420100"), Place("210200"), Place("220100"))

MEMBERS = st.builds(
    Member,
    line=st.integers(1, 10**6),
    born=st.integers(NOW.index - 1200, NOW.index - 192).map(Month.from_index),
    category=st.sampled_from(CATEGORIES),
    place=st.sampled_from(PLACES),
    employee_months=st.none() | st.integers(0, 480),
    average_index=st.none() | st.integers(1, 100_000),
    account_balance=st.none() | st.integers(0, 10**10),
    occupation=st.sampled_from(["", "food_rider_crowd", "courier", "other"]),
    platforms=st.sampled_from([(), ("美团",), ("美团", "无名"), ("美团外卖",)]),
)


def fen(amount: Decimal) -> int:
    return int(amount * 100)


@settings(max_examples=100)
@given(st.lists(MEMBERS, min_size=1, max_size=12), st.randoms())
def test_alone_or_in_any_company_the_facts_are_the_same(members, chance):
    together = dict(zip(map(id, members), facts_of(members, PACK, TODAY), strict=True))
    shuffled = chance.sample(members, len(members))
    assert facts_of(shuffled, PACK, TODAY) == [together[id(one)] for one in shuffled]
    for member in members:
        assert facts_of([member], PACK, TODAY) == [together[id(member)]]


@settings(max_examples=200)
@given(MEMBERS)
def test_the_arrays_give_what_the_calculators_give(member):
    (facts,) = facts_of([member], PACK, TODAY)
    age = retirement_age(member.category, member.born, PACK)
    retire = age.statutory.month
    assert (facts.retire, facts.minimum) == (retire, age.min_contribution_months)
    left = max(retire - NOW, 0)
    assert facts.months_left == left
    if member.employee_months is None:
        assert (facts.reach, facts.missing, facts.pension_now, facts.pension_on) == (
            UNKNOWN,
            None,
            None,
            None,
        )
        return
    paid = member.employee_months
    first = max(retire, NOW)
    extra = 0 if paid + left >= facts.minimum else paying_on(first, paid + left, PACK).months
    assert facts.start == first + extra
    assert facts.reach == (MET if paid >= facts.minimum else LATER if extra else IN_TIME)
    tier = facts.tier
    if tier is None or facts.pension_on is None:
        assert facts.doubts
        return
    index = tier.index if member.average_index is None else member.average_index
    balance = member.account_balance or 0
    if paid >= facts.minimum:
        assert facts.pension_now == one_pension(member, paid, index, balance, first)
    more = left + extra
    whole = max(paid + more, 1)
    later = int(
        (Decimal(paid * index + more * tier.index) / whole + Decimal("0.5")).to_integral_value("ROUND_FLOOR")
    )
    assert facts.pension_on == one_pension(
        member, paid + more, later, balance + more * tier.account, first + extra
    )


def one_pension(member: Member, months: int, index: int, balance: int, drawn: Month) -> int:
    found = pension(
        PensionInput(
            place=member.place,
            retire=NOW,
            contribution_months=Decimal(months),
            average_index=Decimal(index).scaleb(-4),
            account_balance=Decimal(balance).scaleb(-2),
            age=Age(*divmod(drawn - member.born, 12)),
        ),
        PACK,
    )
    return fen(found.total)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_lowest_tier_is_the_calculators(place):
    choice = allowed_bases(place, NOW, PACK)
    base = min(choice.fixed) if choice.fixed else choice.lower
    paid = contribution(ContributionInput(place=place, month=NOW, base=base, area=choice.area), PACK)
    tier = lowest_tier(place, NOW, PACK)
    assert tier is not None
    assert (tier.monthly, tier.account) == (fen(paid.monthly), fen(paid.account))


BASE = Member(line=2, born=Month(1990, 5), category="male_60", place=Place("CN-GD"))


@pytest.mark.parametrize(
    ("occupation", "platforms", "verdict", "why"),
    [
        ("food_rider_crowd", ("美团",), "yes", "platform_listed"),
        ("food_rider_crowd", (), "yes", "platform_assumed_listed"),
        ("food_rider_crowd", ("某某快跑",), "no", "platform_not_listed"),
        ("food_rider_crowd", ("美团外卖",), "grey", "near_a_listed_name"),
        ("food_rider_crowd", ("美团", "某某快跑"), "grey", "some_platforms"),
        ("courier", (), "no", "occupation_not_in_scheme"),
        ("ride_hailing_driver", ("美团",), "grey", "platform_of_another_industry"),
        ("", (), "grey", "occupation_not_named"),
    ],
)
def test_cover_on_an_order(occupation, platforms, verdict, why):
    assert order_cover(occupation, platforms, Place("CN-GD"), TODAY, PACK) == (verdict, why)


def test_the_usual_and_the_bad_month_are_of_the_last_whole_months():
    months = tuple((NOW + back, 100 * abs(back)) for back in range(-14, 1))
    found = incomes_of(replace(BASE, months=months, income=5), NOW)
    assert (found.usual, found.low, found.months) == (650, 320, 12)
    assert incomes_of(replace(BASE, income=5), NOW).low is None
    assert incomes_of(replace(BASE, months=months[-3:-1], income=5), NOW).usual == 150


def test_the_share_of_the_income():
    (facts,) = facts_of([replace(BASE, income=500_000)], PACK, TODAY)
    assert facts.tier is not None
    assert facts.share_of_income == (Decimal(facts.tier.monthly) / 500_000).quantize(Decimal("0.0001"))
    (without,) = facts_of([replace(BASE, income=-1)], PACK, TODAY)
    assert without.share_of_income is None


@pytest.mark.parametrize(
    ("name", "short"),
    [("王小明", "王**"), ("李四", "李*"), ("Wang Xiaoming", "W. X."), ("", ""), ("阿", "阿*")],
)
def test_a_shortened_name(name, short):
    assert short_name(name) == short


def test_a_number_that_identifies_is_cut():
    assert shown_number("110101199003078888") == "…8888"
    assert shown_number("13800138000") == "…8000"
    assert shown_number("A-0001") == "A-0001"
