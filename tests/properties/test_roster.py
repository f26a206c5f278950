"""The pensions of a roster come out to the same fen as one by one, for every province and convention."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.policy import Pack, load_pack
from planner.schemes.annuity import Age
from planner.schemes.pension import PensionInput, pension
from planner.schemes.vector import Pensions, Roster, pensions
from planner.values import InputError, Month, Place
from planner.values.place import PROVINCES

FEN = Decimal("0.01")
CITIES = (Place("220100"), Place("440300"), Place("210200"), Place("420100"))
PLACES = (*PROVINCES, *CITIES)
PARTS = ("basic", "personal", "transitional", "extras", "total")
Member = tuple[int, int, int, int, int, int, int, int, int]


@lru_cache
def pack() -> Pack:
    return load_pack()


def roster(members: list[Member]) -> Roster:
    columns = [np.array(column, np.int64) for column in zip(*members, strict=True)]
    place, retire, months, index, balance, age, base, transitional, extras = columns
    return Roster(
        places=PLACES,
        place=place,
        retire=retire,
        months=months,
        index=index,
        balance=balance,
        age=age,
        benefit_base=base,
        transitional=transitional,
        extras=extras,
    )


def one_by_one(member: Member) -> list[int]:
    place, retire, months, index, balance, age, base, transitional, extras = member
    found = pension(
        PensionInput(
            place=PLACES[place],
            retire=Month.from_index(retire),
            contribution_months=Decimal(months),
            average_index=Decimal(index).scaleb(-4),
            account_balance=Decimal(balance) * FEN,
            age=Age(age // 12, age % 12),
            benefit_base=Decimal(base) * FEN if base else None,
            transitional=Decimal(transitional) * FEN,
            extras=Decimal(extras) * FEN,
        ),
        pack(),
    )
    return [int(getattr(found, part) * 100) for part in PARTS]


def fen(found: Pensions, at: int) -> list[int]:
    return [int(getattr(found, part)[at]) for part in PARTS]


members = st.tuples(
    st.integers(0, len(PLACES) - 1),
    st.integers(Month(2024, 1).index, Month(2026, 12).index),
    st.integers(0, 700),
    st.integers(0, 45_000) | st.sampled_from([5_999, 6_000, 6_001]),
    st.integers(0, 200_000_000),
    st.integers(38 * 12, 72 * 12),
    st.just(0) | st.integers(300_000, 2_000_000),
    st.just(0) | st.integers(0, 500_000),
    st.just(0) | st.integers(0, 500_000),
)


@settings(max_examples=150)
@given(st.lists(members, min_size=1, max_size=40))
def test_a_roster_is_worth_the_same_fen_as_its_members(listed: list[Member]) -> None:
    found = pensions(roster(listed), pack())
    for at, member in enumerate(listed):
        assert fen(found, at) == one_by_one(member), member


@pytest.mark.parametrize("place", range(len(PLACES)), ids=[str(place) for place in PLACES])
def test_every_province_on_a_grid_of_months_indices_and_ages(place: int) -> None:
    listed: list[Member] = [
        (place, Month(2026, 3).index, months, index, 12_345_678 + 13 * months, age, 0, 0, 0)
        for months in range(175, 499, 7)
        for index in (3_807, 5_999, 6_000, 8_794, 12_345)
        for age in (600, 601, 605, 723, 756)
    ]
    found = pensions(roster(listed), pack())
    assert all(fen(found, at) == one_by_one(member) for at, member in enumerate(listed))


def test_the_short_of_years_are_told_by_the_minimum_of_their_year() -> None:
    listed: list[Member] = [
        (0, Month(year, 1).index, months, 10_000, 0, 720, 1_000_000, 0, 0)
        for year, months in ((2026, 179), (2026, 180), (2030, 185), (2030, 186), (2039, 239), (2039, 240))
    ]
    assert list(pensions(roster(listed), pack()).short) == [True, False, True, False, True, False]


def test_an_empty_roster_has_no_pensions() -> None:
    none = np.zeros(0, np.int64)
    empty = Roster(places=PLACES, place=none, retire=none, months=none, index=none, balance=none, age=none)
    assert len(pensions(empty, pack()).total) == 0


@pytest.mark.parametrize(
    ("at", "value", "field"),
    [(2, -1, "months"), (4, -1, "balance"), (3, -1, "index"), (5, 1500, "age"), (6, -5, "benefit_base")],
)
def test_what_no_record_can_hold_is_refused_by_name(at: int, value: int, field: str) -> None:
    member = [0, Month(2026, 1).index, 200, 10_000, 0, 720, 0, 0, 0]
    member[at] = value
    with pytest.raises(InputError) as caught:
        pensions(roster([tuple(member)]), pack())  # type: ignore[list-item]
    assert caught.value.field == field


def test_a_number_beyond_64_bits_is_refused_not_wrapped() -> None:
    member: Member = (0, Month(2026, 1).index, 1200, 10_000_000, 0, 720, 10**9, 0, 0)
    with pytest.raises(InputError):
        pensions(roster([member]), pack())


def test_a_place_without_a_benefit_base_then_is_an_error_that_names_it() -> None:
    with pytest.raises(InputError) as caught:
        pensions(roster([(0, Month(1999, 1).index, 200, 10_000, 0, 720, 0, 0, 0)]), pack())
    assert caught.value.code == "missing_value"
