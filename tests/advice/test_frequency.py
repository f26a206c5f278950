"""How often a person is spoken to, and in which order: the log decides, and a no counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.advice import frequency
from planner.advice.choose import choose
from planner.advice.inputs import CHOICES, LogEntry
from planner.advice.nudge import Group
from planner.advice.situation import Situation

Make = Callable[..., Situation]
TODAY = date(2026, 11, 20)


def ago(days: int, id: str = "N08", choice: str = "declined") -> LogEntry:
    return LogEntry(TODAY - timedelta(days=days), id, choice)


@pytest.mark.parametrize(
    ("log", "cooling"),
    [
        ((), False),
        ((ago(29),), True),
        ((ago(30),), False),
        ((ago(200), ago(179)), True),
        ((ago(300), ago(180)), False),
        ((ago(2000, choice="never"),), True),
        ((ago(6, choice="later"),), True),
        ((ago(7, choice="later"),), False),
        ((ago(90), ago(60, choice="accepted"), ago(40)), False),  # a yes starts the count anew
        ((ago(5, id="N06"),), False),
        ((ago(5, choice="shown"),), False),
        ((ago(5), ago(5, choice="reversed")), False),
        ((ago(5, choice="never"), ago(4, choice="reversed")), False),
        ((ago(50), ago(5), ago(4, choice="reversed")), False),  # only the newest answer is taken back
        ((ago(9), ago(5), ago(4, choice="reversed")), True),
        ((ago(-3),), False),  # a no of the future says nothing today
    ],
)
def test_how_long_an_answer_counts(log: tuple[LogEntry, ...], cooling: bool) -> None:
    assert frequency.is_cooling_down("N08", log, TODAY) is cooling


@pytest.mark.parametrize(
    ("log", "full"),
    [
        ((ago(3),), False),
        ((ago(3), ago(2, id="N06")), True),
        ((ago(3, choice="shown"), ago(3)), False),  # one showing and its answer
        ((ago(29), ago(2, id="N06")), True),
        ((ago(30), ago(2, id="N06")), False),
        ((ago(3), ago(2, choice="done"), ago(1, choice="reversed")), False),
    ],
)
def test_two_cards_a_month(log: tuple[LogEntry, ...], full: bool) -> None:
    assert frequency.month_is_full(log, TODAY) is full


def test_the_open_card_stays_until_it_is_answered_or_a_month_old(make: Make, pay_more: Any) -> None:
    first, second = pay_more("N10"), pay_more("N04")
    shown = ago(20, id="N04", choice="shown")
    assert [card.id for card in choose(make(), nudges=(first, second)).cards] == ["N10"]
    assert [card.id for card in choose(make(log=(shown,)), nudges=(first, second)).cards] == ["N04"]
    old = ago(30, id="N04", choice="shown")
    assert [card.id for card in choose(make(log=(old,)), nudges=(first, second)).cards] == ["N10"]


def test_a_card_whose_answer_is_taken_back_is_open_again(make: Make, pay_more: Any) -> None:
    log = (ago(1, "N10", "shown"), ago(0, "N10", "declined"))
    assert frequency.active_card(log, TODAY) is None
    assert frequency.active_card((*log, ago(0, "N10", "reversed")), TODAY) == "N10"


def test_a_protective_card_does_not_wait_behind_an_open_other(make: Make, pay_more: Any) -> None:
    other, urgent = pay_more("N10"), pay_more("N03", group=Group.PROTECTIVE)
    shown = ago(2, id="N10", choice="shown")
    assert [card.id for card in choose(make(log=(shown,)), nudges=(other, urgent)).cards] == ["N03"]
    full = (ago(9, id="N08"), shown)
    assert [card.id for card in choose(make(log=full), nudges=(other, urgent)).cards] == ["N10"]


@pytest.mark.parametrize("group", list(Group))
def test_groups_go_in_the_order_of_the_catalogue(make: Make, pay_more: Any, group: Group) -> None:
    nudges = [pay_more(f"X{each.value}", group=each) for each in Group if each >= group]
    assert [card.id for card in choose(make(), nudges=list(reversed(nudges))).cards] == [f"X{group.value}"]


def test_a_yes_rests_before_the_card_may_come_again(make: Make, pay_more: Any) -> None:
    nudge = pay_more(repeat_days=90)
    for days, shown in ((89, False), (90, True)):
        advice = choose(make(log=(ago(days, id="N10", choice="accepted"),)), nudges=(nudge,))
        assert bool(advice.cards) is shown


def test_choices_without_a_proposal_take_turns_at_the_top_and_keep_still_while_open(make: Make) -> None:
    """Nobody's place in the list is advice, and nothing moves under the finger."""

    def order(*log: LogEntry) -> list[str]:
        advice = choose(make(log=log), off=("N08",))
        return [each.id for each in advice.cards[0].alternatives]

    first = order()
    assert order(ago(0, id="N06", choice="shown")) == first
    turned = order(ago(400, id="N06", choice="shown"))
    assert sorted(turned) == sorted(first)
    assert turned[0] != first[0]


ENTRIES = st.lists(
    st.builds(
        lambda days, id, choice: ago(days, id, choice),
        st.integers(0, 400),
        st.sampled_from(["N02", "N06", "N08"]),
        st.sampled_from(CHOICES),
    ),
    max_size=12,
).map(lambda log: tuple(sorted(log, key=lambda entry: entry.day)))


@given(ENTRIES)
def test_whatever_the_log_says_there_is_one_card_at_most_and_a_never_is_for_ever(
    log: tuple[LogEntry, ...],
) -> None:
    situation = _situation()
    advice = choose(replace(situation, log=log))
    assert len(advice.cards) <= 1
    log = frequency.standing(log)
    never = {entry.id for entry in log if entry.choice == "never"}
    assert not never & {card.id for card in advice.cards}
    declined = {entry.id for entry in log if entry.choice == "declined" and entry.day > TODAY - timedelta(30)}
    answered_later = {entry.id for entry in log if entry.choice == "accepted"}
    assert not (declined - answered_later) & {card.id for card in advice.cards}


_made: list[Situation] = []


@pytest.fixture(autouse=True)
def _keep(make: Make) -> None:
    if not _made:
        _made.append(make())


def _situation() -> Situation:
    return _made[0]
