"""G1 to G9: a card that would have one pay more is held back while any of them holds, each by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from planner.advice import guardrails
from planner.advice.choose import choose
from planner.advice.inputs import Cover, Event, LogEntry
from planner.advice.situation import Situation
from planner.values import Month, Place

Make = Callable[..., Situation]
TODAY = date(2026, 11, 20)


def held(situation: Situation, nudge: Any) -> set[str]:
    """Why the pay-more card was held back; empty if it was shown."""
    advice = choose(situation, nudges=(nudge,))
    assert len(advice.cards) + bool(advice.held_back) == 1
    return {each.because for each in advice.held_back}


def test_nothing_holds_the_card_back_in_good_times(make: Make, pay_more: Any) -> None:
    assert held(make(), pay_more()) == set()


def test_g1_income_below_the_minimum_wage(make: Make, pay_more: Any, incomes: Any) -> None:
    wage = make().minimum_wage
    assert wage is not None
    just, below = int(wage.number) + 1, int(wage.number) - 1
    assert held(make(need=Decimal(900), incomes=incomes(9000, just, just, just)), pay_more()) == set()
    assert held(make(need=Decimal(900), incomes=incomes(9000, below, below, below)), pay_more()) == {"G1"}


@pytest.mark.parametrize(("buffer", "expected"), [(3000, set()), (2999, {"G2"}), (None, {"G2"})])
def test_g2_less_than_a_month_at_hand(
    make: Make, pay_more: Any, buffer: int | None, expected: set[str]
) -> None:
    money = None if buffer is None else Decimal(buffer)
    assert held(make(buffer=money), pay_more()) == expected


@pytest.mark.parametrize(("buffer", "expected"), [(4500, set()), (4499, {"G2"})])
def test_g2_an_uneven_income_needs_a_month_and_a_half(
    make: Make, pay_more: Any, incomes: Any, buffer: int, expected: set[str]
) -> None:
    uneven = make(buffer=Decimal(buffer), incomes=incomes(*[4000, 14000] * 6))
    assert uneven.sigma >= guardrails.UNEVEN_SIGMA
    assert held(uneven, pay_more()) == expected


def test_g3_overdue_debt_until_it_is_paid(make: Make, pay_more: Any) -> None:
    debt, paid = Event(date(2026, 9, 1), "debt"), Event(date(2026, 11, 1), "debt_paid")
    assert held(make(events=(debt,)), pay_more()) == {"G3"}
    assert held(make(events=(debt, paid)), pay_more()) == set()
    assert held(make(events=(Event(TODAY + timedelta(days=1), "debt"),)), pay_more()) == set()


def test_g3_two_of_three_months_short(make: Make, pay_more: Any, incomes: Any) -> None:
    once, twice = incomes(7000, 7000, 2990, 7000), incomes(7000, 2990, 7000, 2990)
    assert held(make(incomes=once), pay_more()) == set()
    assert held(make(incomes=twice), pay_more()) == {"G3"}


def test_g3_what_is_paid_for_cover_counts_as_going_out(
    make: Make, pay_more: Any, incomes: Any, own_pension: Any
) -> None:
    """¥4,000 carries essentials of ¥3,000 but not ¥1,200 of contributions beside them."""
    months = incomes(7000, 4000, 4000, 7000)
    step_up = pay_more(changes_own_cover=True)
    assert held(make(incomes=months), step_up) == set()
    assert held(make(incomes=months, cover=(own_pension(1200),)), step_up) == {"G3"}


@pytest.mark.parametrize("kind", ["injury", "sickness", "illness", "birth", "maternity", "job_loss"])
def test_g4_a_spell_that_goes_on(make: Make, pay_more: Any, kind: str) -> None:
    began = date(2026, 10, 1)
    assert held(make(events=(Event(began, kind),)), pay_more()) == {"G4"}
    assert held(make(events=(Event(began, kind, TODAY - timedelta(days=1)),)), pay_more()) == set()
    over = Event(date(2026, 11, 10), "back_to_work")
    assert held(make(events=(Event(began, kind), over)), pay_more()) == set()


def test_g4_a_move_is_no_spell(make: Make, pay_more: Any) -> None:
    assert held(make(events=(Event(date(2026, 10, 1), "move"),)), pay_more()) == set()


@pytest.mark.parametrize("paid_by", ["worker", "employer", "platform", "government", ""])
def test_g5_covered_already_anywhere_by_anybody(
    make: Make, pay_more: Any, own_pension: Any, paid_by: str
) -> None:
    elsewhere = own_pension(None, paid_by=paid_by, place=Place("CN-ZJ"))
    ended = own_pension(None, paid_by=paid_by, until=TODAY - timedelta(days=1))
    other_risk = Cover("medical", "employee", paid_by=paid_by)
    assert held(make(cover=(elsewhere,)), pay_more()) == {"G5"}
    assert held(make(cover=(ended, other_risk)), pay_more()) == set()


def test_g5_lets_one_change_the_own_cover_but_not_add_to_anothers(
    make: Make, pay_more: Any, own_pension: Any
) -> None:
    step_up = pay_more(changes_own_cover=True)
    assert held(make(cover=(own_pension(300),)), step_up) == set()
    assert held(make(cover=(own_pension(300, paid_by="employer"),)), step_up) == {"G5"}
    assert held(make(cover=(own_pension(300), own_pension(None, place=Place("CN-ZJ")))), step_up) == {"G5"}


@pytest.mark.parametrize(
    ("last", "count", "expected"),
    [
        (Month(2026, 10), 3, set()),
        (Month(2026, 10), 2, {"G6"}),
        (Month(2026, 9), 12, set()),  # ended 51 days ago
        (Month(2026, 8), 12, {"G6"}),  # ended 81 days ago
    ],
)
def test_g6_old_or_few_months(
    make: Make, pay_more: Any, incomes: Any, last: Month, count: int, expected: set[str]
) -> None:
    assert held(make(incomes=incomes(*[7000] * count, last=last)), pay_more()) == expected


@pytest.mark.parametrize(("days", "expected"), [(60, set()), (61, {"G6"})])
def test_g6_sixty_days_and_not_one_more(make: Make, pay_more: Any, days: int, expected: set[str]) -> None:
    today = Month(2026, 10).last_day + timedelta(days=days)
    assert held(make(today=today), pay_more()) == expected


def test_g6_no_months_at_all(make: Make, pay_more: Any) -> None:
    assert held(make(incomes=()), pay_more()) == {"G6"}


@pytest.mark.parametrize("key", ["pension.base_lower", "pension.base_upper", "minimum_wage.month"])
def test_g7_a_rule_of_the_place_missing_or_long_ended(
    make: Make, pay_more: Any, without_rule: Any, key: str
) -> None:
    assert "G7" in held(make(pack=without_rule(key)), pay_more())
    assert "G7" in held(make(pack=without_rule(key, TODAY - timedelta(days=400))), pay_more())
    assert held(make(pack=without_rule(key, TODAY - timedelta(days=30))), pay_more()) == set()


def test_g8_a_no_to_one_pay_more_card_holds_all_of_them_back(make: Make, pay_more: Any) -> None:
    no = LogEntry(TODAY - timedelta(days=29), "N10", "declined")
    long_ago = LogEntry(TODAY - timedelta(days=30), "N10", "declined")
    nudges = (pay_more("N10"), pay_more("N04"))
    other = {each.because for each in choose(make(log=(no,)), nudges=nudges).held_back if each.id == "N04"}
    assert other == {"G8"}
    assert [card.id for card in choose(make(log=(long_ago,)), nudges=nudges).cards] == ["N10"]


@pytest.mark.parametrize(("months_left", "expected"), [(4, set()), (2, {"G9"}), (0, {"G9"}), (-5, {"G9"})])
def test_g9_close_to_the_pension_age(make: Make, pay_more: Any, months_left: int, expected: set[str]) -> None:
    born = next(
        born
        for born in (Month(1960, 1) + at for at in range(120))
        if make(born=born).retire == Month(2026, 11) + months_left
    )
    assert held(make(born=born), pay_more()) == expected


def test_g9_around_the_claim_of_a_benefit(make: Make, pay_more: Any) -> None:
    near, far = Event(TODAY + timedelta(days=90), "benefit_claim"), Event(date(2026, 6, 1), "benefit_claim")
    assert held(make(events=(near,)), pay_more()) == {"G9"}
    assert held(make(events=(far,)), pay_more()) == set()
