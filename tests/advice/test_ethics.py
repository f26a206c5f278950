"""E1 to E14: one promise to the worker each, that cards, log and plan would break without its rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from planner.advice import ethics
from planner.advice.card import Alternative, Card
from planner.advice.catalogue import NUDGES, overdue
from planner.advice.choose import choose, neutral
from planner.advice.inputs import LogEntry
from planner.advice.sentence import Sentence
from planner.advice.situation import Situation
from planner.advice.steps import PlanStep, plan_steps
from planner.values import Month

Make = Callable[..., Situation]
TODAY = date(2026, 11, 20)


def one(situation: Situation, *nudges: Any) -> Card:
    advice = choose(situation, nudges=nudges or NUDGES)
    assert len(advice.cards) == 1, advice.held_back
    return advice.cards[0]


@pytest.fixture
def cards(make: Make, own_pension: Any, incomes: Any) -> dict[str, Card]:
    """One card of each entry of the catalogue, by its id."""
    own = make(cover=(own_pension(1500),), incomes=incomes(*[7000] * 11, 4200))
    found = {nudge.id: one(own if nudge.id == "N02" else make(), nudge) for nudge in NUDGES}
    assert set(found) == {"N02", "N04", "N06", "N08"}
    return found


def sentences(card: Card) -> Iterator[Sentence]:
    yield Sentence(card.title)
    yield card.reason
    yield card.what_if_nothing
    yield from (fact.text for fact in card.facts)
    yield from (each.text for each in card.alternatives)


def test_e1_nothing_follows_without_a_deed_of_the_person(cards: dict[str, Card]) -> None:
    card = cards["N08"]
    with pytest.raises(ValueError, match="did"):
        plan_steps(card, "checklist", TODAY, deed="")
    steps = plan_steps(card, "checklist", TODAY, deed="click-1")
    assert steps
    assert {step.deed for step in steps} == {"click-1"}
    assert PlanStep.from_document(steps[0].as_document()) == steps[0]


def test_e2_a_card_says_what_it_proposes_what_it_costs_and_what_happens_without(
    cards: dict[str, Card],
) -> None:
    for card in cards.values():
        written = card.as_json()
        assert {"is_default", "reason", "alternatives", "cost_month", "cost_year", "what_if_nothing"} <= set(
            written
        )
        assert len(written["alternatives"]) >= 2
        assert "nothing" in {each["id"] for each in written["alternatives"]}
        assert all(written[name] for name in ("reason", "what_if_nothing", "title"))
        assert written["cost_year"] == pytest.approx(written["cost_month"] * 12)


@pytest.mark.parametrize("ways", [("nothing",), ("pay", "wait"), ("nothing", "nothing")])
def test_e2_a_card_without_doing_nothing_or_without_a_choice_cannot_be_made(
    cards: dict[str, Card], ways: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="at least two ways"):
        replace(cards["N08"], default="", alternatives=tuple(Alternative(id, Sentence("x")) for id in ways))


def test_e3_a_no_is_kept_until_its_time_is_over(make: Make) -> None:
    no = LogEntry(TODAY, "N08", "declined")
    for days, shown in ((1, False), (29, False), (30, True)):
        day = TODAY + timedelta(days=days)
        advice = choose(make(today=day, log=(no,)), nudges=[n for n in NUDGES if n.id == "N08"])
        assert bool(advice.cards) is shown, days


def test_e3_no_choice_is_worded_with_guilt_or_pressure(cards: dict[str, Card]) -> None:
    """Neither in the words that decline nor in those that accept."""
    for card in cards.values():
        for each in card.alternatives:
            assert not _PUSHY.search(each.text.said(_english)), each


def test_e4_a_deadline_needs_its_rule_and_its_date(cards: dict[str, Card]) -> None:
    with pytest.raises(ValueError, match="rule"):
        replace(cards["N02"], deadline=date(2026, 12, 31), rule_id="")
    dated = replace(cards["N02"], deadline=date(2026, 12, 31)).as_json()
    assert (dated["deadline"], dated["rule_id"]) == ("2026-12-31", "pension.base_lower")
    assert all(card.deadline is None for card in cards.values())


@pytest.mark.parametrize("gains", ["insurer", "bank", "platform", "author"])
def test_e5_what_pays_anybody_else_is_never_filled_in(make: Make, pay_more: Any, gains: str) -> None:
    assert one(make(), pay_more()).is_default
    card = one(make(), pay_more(beneficiaries=frozenset({"worker", gains})))
    assert not card.is_default
    assert card.cost_month == 0


def test_e5_a_way_that_pays_an_insurer_is_listed_but_not_proposed(make: Make, pay_more: Any) -> None:
    nudge = pay_more()
    draft = nudge.trigger(make())
    paid = replace(draft.alternatives[0], beneficiaries=frozenset({"worker", "insurer"}))
    sold = replace(nudge, trigger=lambda _s: replace(draft, alternatives=(paid, draft.alternatives[1])))
    assert not one(make(), sold).is_default


def test_e5_the_catalogue_proposes_no_purchase(cards: dict[str, Card]) -> None:
    for card in cards.values():
        assert card.beneficiaries <= ethics.MAY_GAIN
        if card.default:
            taken = next(each for each in card.alternatives if each.id == card.default)
            assert taken.beneficiaries <= ethics.MAY_GAIN


@pytest.mark.parametrize(
    ("changes", "is_default"),
    [
        ({"net_value_p25": Decimal(0), "cash_kept": 0.95}, True),
        ({"net_value_p25": Decimal(-1), "cash_kept": 0.99}, False),
        ({"net_value_p25": Decimal(100), "cash_kept": 0.949}, False),
        ({"net_value_p25": None, "cash_kept": None}, False),
    ],
)
def test_e6_a_proposal_must_be_worth_it_in_a_bad_quarter_and_leave_enough_cash(
    make: Make, pay_more: Any, option: Any, changes: dict[str, Any], is_default: bool
) -> None:
    nudge = pay_more()
    priced = replace(nudge.trigger(make()), priced=option("employee", 900, **changes))
    card = one(make(), replace(nudge, trigger=lambda _s: priced))
    assert card.is_default is is_default
    gate = next(each for each in card.gates if each.id == "E6")
    assert gate.passed is is_default


def test_e7_liquidity_goes_before_every_proposal_to_pay_more(make: Make, pay_more: Any) -> None:
    """However good it is: whoever has less than a month at hand sees no card that asks for money."""
    advice = choose(make(buffer=Decimal(100)), nudges=(pay_more(),))
    assert not advice.cards
    assert [each.because for each in advice.held_back] == ["G2"]


def test_e7_what_lowers_the_cost_is_not_stopped_by_an_empty_purse(
    make: Make, own_pension: Any, incomes: Any
) -> None:
    poor = make(
        buffer=Decimal(0), cover=(own_pension(1500),), incomes=incomes(2000, 1900, 1800), need=Decimal(3000)
    )
    assert one(poor).id == "N02"


_PUSHY = re.compile(
    r"\b(everyone|everybody|most people|other riders|others like you|regret|shame|foolish|guilt|terrible|"
    r"hurry|last chance|only today|don't miss|don’t miss|act now|before it is too late|irresponsible)\b|"
    r"大家都|别人都|其他骑手|多数人|后悔|可惜|丢人|傻|最后机会|赶紧|抓紧|错过|仅限|可怕|惨",
    re.IGNORECASE,
)


def _english(message: str, /, **values: Any) -> str:
    return message.format(**values)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_e8_no_fear_no_invented_crowd_no_urgency(cards: dict[str, Card], language: str) -> None:
    from planner import text

    text.use(language)
    for card in cards.values():
        for sentence in sentences(card):
            assert not _PUSHY.search(sentence.said(text._)), sentence


def test_e8_a_pension_is_never_said_as_one_number_alone(cards: dict[str, Card]) -> None:
    facts = {fact.code: fact for fact in cards["N06"].facts}
    pensions = [fact for code, fact in facts.items() if code.startswith("pension.")]
    assert len(pensions) == 3
    for fact in pensions:
        assert {"low", "middle", "high"} <= set(fact.text.values)
        assert fact.source is not None
        assert fact.source.confidence.value == "uncertain"
    assert "in force since" in facts["rules_of"].text.said(_english)
    losses = {fact.code: fact for fact in cards["N08"].facts}
    assert {"low", "high"} <= set(losses["how_often"].text.values)
    assert {"low", "high"} <= set(losses["loss_range"].text.values)


def test_e9_facts_about_health_are_kept_only_under_their_own_consent() -> None:
    from planner.vault import PURPOSES, Store

    assert {"income", "wallets", "health", "trips", "preferences", "export"} == set(PURPOSES)
    store = Store.in_memory()
    person = store.create_person("Wang").id
    assert store.consents(person) == ()
    store.give_consent(person, "health")
    store.save_answers(person, {"born": "1990-06", "events": [{"date": "2026-10-01", "kind": "injury"}]})
    store.withdraw_consent(person, "health")
    assert store.answers(person) == {"born": "1990-06"}
    store.close()


def test_e10_without_tailoring_everybody_reads_the_same(make: Make) -> None:
    advice = neutral()
    assert not advice.tailored
    assert [card.id for card in advice.cards] == [nudge.id for nudge in NUDGES]
    for card in advice.cards:
        assert not card.is_default
        assert not card.facts
        assert not card.trigger
        assert (card.cost_month, card.cost_year) == (0, 0)
    written = str(advice.as_json())
    assert not re.search(r"\d{3,}|Guangdong|7,?000", written)


def test_e11_the_log_of_a_showing_holds_version_trigger_gates_and_what_was_read(
    cards: dict[str, Card],
) -> None:
    kept = cards["N02"].as_log()
    assert kept["version"] == 1
    assert kept["trigger"]["need"] == "3000"
    assert {gate["id"] for gate in kept["gates"]} == {"E5", "E6", "E13", "E14"}
    assert all({"passed", "values"} <= set(gate) for gate in kept["gates"])
    assert kept["reason"] == cards["N02"].as_json()["reason"]
    import json

    assert json.loads(json.dumps(kept)) == kept


def test_e11_the_log_cannot_be_changed() -> None:
    from planner.vault import Store

    store = Store.in_memory()
    person = store.create_person("Wang").id
    store.log_card(person, TODAY, "N06", "shown", {"version": 1})
    for statement in ("UPDATE card_log SET choice = 'accepted'", "DELETE FROM card_log"):
        with pytest.raises(Exception, match="append-only"), store._transaction() as connection:
            connection.execute(statement)
    assert [entry["choice"] for entry in store.card_log(person)] == ["shown"]
    store.close()


def test_e12_one_card_at_a_time_and_two_a_month(make: Make, own_pension: Any, incomes: Any) -> None:
    low = make(cover=(own_pension(1500),), incomes=incomes(*[7000] * 11, 4200))
    advice = choose(low)
    assert [card.id for card in advice.cards] == ["N02"]
    assert ("N06", "E12") in {(each.id, each.because) for each in advice.held_back}
    two = tuple(LogEntry(TODAY - timedelta(days=day), id, "later") for day, id in ((9, "N02"), (8, "N08")))
    assert not choose(replace_log(low, two)).cards
    assert len(choose(replace_log(low, two[:1])).cards) == 1


def replace_log(situation: Situation, log: tuple[LogEntry, ...]) -> Situation:
    return replace(situation, log=log)


@pytest.mark.parametrize(("born", "is_default"), [(Month(2010, 11), True), (Month(2010, 12), False)])
def test_e13_a_child_gets_information_only(make: Make, born: Month, is_default: bool) -> None:
    advice = choose(make(born=born), nudges=[n for n in NUDGES if n.id == "N08"])
    assert [card.is_default for card in advice.cards] == [is_default]


def test_e13_a_child_is_never_asked_for_money(make: Make, pay_more: Any) -> None:
    advice = choose(make(born=Month(2011, 1)), nudges=(pay_more(),))
    assert not advice.cards
    assert "E13" in {each.because for each in advice.held_back}


def test_e13_nobody_is_scored_and_no_trait_is_inferred(cards: dict[str, Card]) -> None:
    banned = re.compile(
        r"score|rank|percentile|gender|sex\b|ethnic|religio|marri|orient|politic|credit", re.IGNORECASE
    )
    names = {each.name for each in fields(Situation)} | {each.name for each in fields(Card)}
    assert not [name for name in names if banned.search(name)]
    for card in cards.values():
        assert not banned.search(str(list(card.trigger)))
        for sentence in sentences(card):
            assert not banned.search(sentence.said(_english)), sentence


def test_e14_each_card_can_be_switched_off(make: Make, own_pension: Any, incomes: Any) -> None:
    low = make(cover=(own_pension(1500),), incomes=incomes(*[7000] * 11, 4200))
    off: set[str] = set()
    for expected in ("N02", "N06", "N08", "N04"):
        advice = choose(low, off=off)
        assert [card.id for card in advice.cards] == [expected]
        off.add(expected)
    advice = choose(low, off=off)
    assert not advice.cards
    assert {(each.id, each.because) for each in advice.held_back} == {(id, "E14") for id in off}
    assert not neutral(off=off).cards


def test_e14_evidence_that_nobody_reviewed_for_a_year_carries_no_proposal(make: Make, pay_more: Any) -> None:
    fresh, stale = date(2025, 11, 20), date(2025, 11, 18)
    assert one(make(), pay_more(reviewed=fresh)).is_default
    assert not one(make(), pay_more(reviewed=stale)).is_default
    assert overdue(TODAY, (pay_more(reviewed=stale),)) == ("N10",)
    assert overdue(TODAY) == ()
