"""When each entry of the catalogue fires and when not, and what it then says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from planner.advice.card import Card
from planner.advice.catalogue import NUDGES
from planner.advice.choose import choose
from planner.advice.inputs import Cover, Event, LogEntry
from planner.advice.sentence import in_english, of_a_hundred
from planner.advice.situation import Situation
from planner.advice.steps import plan_steps
from planner.values import Month, Name, Place

Make = Callable[..., Situation]
TODAY = date(2026, 11, 20)


def card_of(id: str, situation: Situation) -> Card | None:
    advice = choose(situation, nudges=[nudge for nudge in NUDGES if nudge.id == id])
    return advice.cards[0] if advice.cards else None


def why_not(id: str, situation: Situation) -> set[str]:
    advice = choose(situation, nudges=[nudge for nudge in NUDGES if nudge.id == id])
    assert not advice.cards
    return {each.because for each in advice.held_back}


def facts(card: Card | None) -> dict[str, str]:
    assert card is not None
    return {fact.code: fact.text.said(in_english) for fact in card.facts}


# N02, low-month bend


@pytest.fixture
def low(make: Make, own_pension: Any, incomes: Any) -> Callable[..., Situation]:
    """¥4,200 in the last month against essentials of ¥3,000 and ¥1,500 of contributions."""

    def made(last: int = 4200, **changes: Any) -> Situation:
        months = incomes(*[7000] * 11, last)
        return make(**{"cover": (own_pension(1500),), "incomes": months, **changes})

    return made


def test_n02_fires_when_the_last_month_is_short(low: Any) -> None:
    card = card_of("N02", low())
    assert card is not None
    assert card.reason.said(in_english) == (
        "In 2026-10 you earned ¥4,200. Essentials and contribution together come to ¥4,500."
        " You may lawfully pay less or pause."
    )
    assert "¥300 short" in card.what_if_nothing.said(in_english)


def test_n02_does_not_fire_when_the_months_carry_it(low: Any) -> None:
    assert why_not("N02", low(4500, low_income=Decimal(4500))) == set()


def test_n02_fires_when_one_month_in_five_ahead_would_be_short(low: Any) -> None:
    card = card_of("N02", low(6000, low_income=Decimal(4400)))
    assert card is not None
    assert "one month in five ahead" in card.reason.said(in_english)


def test_n02_counts_what_is_paid_for_other_cover_too(low: Any, own_pension: Any) -> None:
    medical = Cover("medical", "employee", paid_by="worker", monthly=Decimal(400))
    covers = (own_pension(1500), medical)
    assert why_not("N02", low(4600, low_income=Decimal(4600))) == set()
    assert card_of("N02", low(4600, low_income=Decimal(4900), cover=covers)) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"cover": ()},
        {"cover": None},
        {"need": None},
        {"incomes": ()},
    ],
)
def test_n02_needs_a_cover_of_ones_own_and_numbers(low: Any, changes: dict[str, Any]) -> None:
    assert why_not("N02", low(**changes)) == set()


def test_n02_is_silent_about_what_an_employer_pays_or_what_has_ended(low: Any, own_pension: Any) -> None:
    assert why_not("N02", low(cover=(own_pension(1500, paid_by="employer"),))) == set()
    assert why_not("N02", low(cover=(own_pension(1500, until=date(2026, 10, 31)),))) == set()


def test_n02_is_stopped_by_unclear_rules_alone(low: Any, without_rule: Any) -> None:
    """An empty purse, short months, debt and illness are when it is needed most."""
    events = (Event(date(2026, 10, 1), "debt"), Event(date(2026, 10, 5), "injury"))
    assert card_of("N02", low(1000, buffer=Decimal(0), events=events)) is not None
    assert why_not("N02", low(pack=without_rule("pension.base_upper"))) == {"G7"}


def test_n02_proposes_the_lowest_payment_when_the_month_carries_it(low: Any) -> None:
    card = card_of("N02", low())
    assert card is not None
    lowest = next(each for each in card.alternatives if each.id == "lowest")
    assert card.default == "lowest"
    assert card.cost_month == lowest.cost_month
    assert lowest.cost_month is not None
    assert lowest.cost_month < 1500
    assert lowest.cost_year == card.cost_year == lowest.cost_month * 12


def test_n02_restarts_in_the_first_month_whose_season_carries_it(low: Any) -> None:
    """A rider's best month is July, with 1.08 of the usual; December comes close with 1.07."""
    card = card_of("N02", low())
    assert card is not None
    needed = Decimal(3000) + card.cost_month
    for share, starts in (("1.00", "2026-12"), ("1.075", "2027-07")):
        tight = card_of("N02", low(usual_month=needed / Decimal(share)))
        assert tight is not None
        assert next(each.more["restart"] for each in tight.alternatives if each.id == "pause") == starts


def test_n02_proposes_the_pause_when_no_payment_fits(low: Any) -> None:
    card = card_of("N02", low(3100))
    assert card is not None
    assert (card.default, card.cost_month) == ("pause", 0)


@pytest.mark.parametrize(
    ("changes", "proposed"),
    [
        ({}, "lowest"),
        ({"net_value_p25": Decimal(-1)}, "pause"),
        ({"cash_kept": 0.9}, ""),
        ({"is_steady": False}, ""),  # a plan with rules says nothing of the plain lowest payment
        (None, ""),
    ],
)
def test_n02_proposes_the_lowest_payment_only_if_e6_agrees(
    low: Any, option: Any, changes: dict[str, Any] | None, proposed: str
) -> None:
    """In doubt nothing is filled in, for a pause costs months of the pension."""
    options = () if changes is None else (option("employee", 900, **changes),)
    card = card_of("N02", low(options=options))
    assert card is not None
    assert card.default == proposed
    assert {each.id for each in card.alternatives} == {"lowest", "pause", "nothing"}


def test_n02_names_what_a_month_of_pause_costs_and_the_earliest_restart(low: Any) -> None:
    said = facts(card_of("N02", low()))
    assert "each month not paid" in said["lost_by_a_month"].lower()
    assert "You can start again in any month" in said["restart"]
    assert said["months_to_minimum"].startswith("You have 24 of the ")
    card = card_of("N02", low())
    assert card is not None
    lost = next(fact for fact in card.facts if fact.code == "lost_by_a_month")
    assert isinstance(lost.value, Decimal)
    assert Decimal(2) < lost.value < Decimal(12)
    assert lost.source is not None


def test_n02_of_the_resident_scheme_speaks_of_its_tiers(low: Any, own_pension: Any) -> None:
    card = card_of("N02", low(2000, cover=(own_pension(100, scheme="resident"),)))
    assert card is not None
    assert card.rule_id == "resident.tiers"


# N06, your own example


def test_n06_fires_at_the_first_visit_with_three_choices_none_filled_in(make: Make) -> None:
    card = card_of("N06", make())
    assert card is not None
    assert not card.is_default
    assert len(card.alternatives) == 3
    assert {each.id for each in card.alternatives} == {"nothing", "resident_200", "employee_60"}
    said = facts(card)
    assert said["own_case"] == "Counted for age 36, Guangdong, and a usual month of ¥7,000."
    assert "recoup.employee_60" in said
    assert "survivor.employee_60" in said
    assert "not_covered" in said


def test_n06_says_whose_months_it_counts_with_where_most_were_without_pay(make: Make, incomes: Any) -> None:
    months = incomes(*[0, 4000, 0, 0, 18000, 0, 0, 9000, 0, 0, 3000, 7000, 22000, 0])
    card = card_of("N06", make(incomes=months, usual_month=Decimal(0)))
    assert card is not None
    assert facts(card)["own_case"] == (
        "Counted for age 36, Guangdong, and your own months: 6 of 14 had pay, about ¥8,000 in the middle"
        " of those."
    )
    few = incomes(*[0] * 9, 18000, 0, 9000, 0, 22000)
    work = {"occupation": "livestreamer_independent", "platforms": ()}
    card = card_of("N06", make(incomes=few, usual_month=Decimal(0), **work))
    assert card is not None
    said = facts(card)["own_case"]
    assert "about ¥1,500 a month as people in your work earn" in said
    assert "with pay in 3 of 14 months" in said
    assert card.facts[0].source is not None
    assert card.facts[0].source.title != "your own months"


def test_n06_says_plainly_where_there_is_no_pension(make: Make, option: Any) -> None:
    options = (option("nothing", 0), option("resident", 17), option("employee", 900))
    card = card_of("N06", make(options=options))
    assert card is not None
    assert facts(card)["pension.nothing"] == "nothing: no monthly pension."
    assert "gives no monthly pension" in card.what_if_nothing.said(in_english)


def test_n06_stays_while_it_is_open_and_rests_for_a_year(make: Make, own_pension: Any) -> None:
    covered = (own_pension(900),)

    def seen(days: int, choice: str) -> Card | None:
        log = (LogEntry(TODAY - timedelta(days=days), "N06", choice),)
        return card_of("N06", make(cover=covered, log=log))

    assert seen(3, "shown") is not None
    assert seen(40, "shown") is None
    assert seen(364, "accepted") is None
    assert seen(365, "accepted") is not None


def test_n06_comes_back_earlier_only_for_who_has_no_cover(make: Make, own_pension: Any) -> None:
    log = (LogEntry(TODAY - timedelta(days=40), "N06", "declined"),)
    assert card_of("N06", make(log=log)) is not None
    assert card_of("N06", make(log=log, cover=(own_pension(900),))) is None


def test_n06_is_silent_without_a_projection(make: Make) -> None:
    assert why_not("N06", make(options=())) == set()


def test_n06_heeds_g6_and_g7_only(make: Make, incomes: Any) -> None:
    assert why_not("N06", make(incomes=incomes(7000, 7000))) == {"G6"}
    assert card_of("N06", make(buffer=Decimal(0))) is not None


def test_n06_takes_the_recommended_tier_of_a_scheme_else_the_cheapest(make: Make, option: Any) -> None:
    options = (
        option("nothing", 0),
        option("resident", 17),
        option("employee", 900),
        option("employee", 1200, id="employee_80", is_recommended=True),
    )
    card = card_of("N06", make(options=options))
    assert card is not None
    assert {each.id for each in card.alternatives} == {"nothing", "resident_200", "employee_80"}


# N08, injury gap


def test_n08_says_that_the_orders_are_covered_and_what_remains(make: Make) -> None:
    card = card_of("N08", make())
    assert card is not None
    assert card.default == "checklist"
    said = facts(card)
    assert "is covered" in said["coverage.美团"]
    assert "Meituan" in said["coverage.美团"] or "美团" in said["coverage.美团"]
    assert {"pays.grade_10", "pays.death", "gap", "how_often", "loss_range", "check_per_order"} <= set(said)
    assert all(fact.source is not None for fact in card.facts if fact.code.startswith(("coverage", "pays")))


def test_n08_tells_a_livestreamer_plainly(make: Make) -> None:
    card = card_of("N08", make(occupation="livestreamer_independent", platforms=(), place=Place("CN-ZJ")))
    assert card is not None
    assert card.reason.said(in_english).startswith("No per-order injury scheme covers your work")


@pytest.mark.parametrize("platforms", [(), ("抖音",)])
@pytest.mark.parametrize("work", ["livestreamer_independent", "cross_border_seller"])
def test_n08_asks_nobody_about_orders_that_no_scheme_covers(
    make: Make, work: str, platforms: tuple[str, ...]
) -> None:
    card = card_of("N08", make(occupation=work, platforms=platforms))
    assert card is not None
    assert card.default == "papers"
    assert "checklist" not in {each.id for each in card.alternatives}
    assert "check_per_order" not in facts(card)
    steps = plan_steps(card, "papers", TODAY, deed="click")
    said = "\n".join(each.text.said(in_english) for each in card.alternatives)
    said += "\n".join(step.what.said(in_english) for step in steps)
    assert len(steps) == 2
    assert "platform" not in said
    assert "order" not in said


@pytest.mark.parametrize("paid_by", ["worker", "employer", "platform"])
def test_n08_does_not_fire_for_who_is_covered(make: Make, paid_by: str) -> None:
    assert why_not("N08", make(cover=(Cover("injury", "accident", paid_by=paid_by),))) == set()


def test_n08_fires_when_nobody_asked_about_cover_or_it_lapsed(make: Make) -> None:
    lapsed = Cover("injury", "accident", until=date(2026, 10, 1))
    assert card_of("N08", make(cover=None)) is not None
    assert card_of("N08", make(cover=(lapsed,))) is not None


def test_n08_offers_no_purchase_where_the_orders_are_covered(make: Make) -> None:
    card = card_of("N08", make())
    assert card is not None
    assert all(each.beneficiaries == {"worker"} for each in card.alternatives)
    uncovered = card_of("N08", make(platforms=("没有的平台",)))
    assert uncovered is not None
    sold = [each for each in uncovered.alternatives if "insurer" in each.beneficiaries]
    assert [each.id for each in sold] == ["own_policy"]
    assert uncovered.default == "checklist"
    assert "The insurer earns on it" in sold[0].text.said(in_english)


# Those near the pension


@pytest.mark.parametrize("id", [nudge.id for nudge in NUDGES])
def test_near_the_pension_age_none_of_these_cards_speaks(make: Make, low: Any, id: str) -> None:
    old = (low if id == "N02" else make)(born=Month(1963, 5))
    assert old.days_to_retirement <= 90
    assert "G9" in why_not(id, old)


# Steps


def test_every_way_of_every_card_leads_to_steps_or_to_nothing(make: Make, low: Any) -> None:
    situations = (low(), make(), make(platforms=("没有的平台",)))
    for situation in situations:
        for nudge in NUDGES:
            card = card_of(nudge.id, situation)
            for way in card.alternatives if card else ():
                steps = plan_steps(card, way.id, TODAY, "click") if card else ()
                assert bool(steps) is (way.id != "nothing"), (nudge.id, way.id)
                for step in steps:
                    assert step.what.said(in_english)
                    assert step.where.said(in_english)
                    assert step.due is None or step.due >= TODAY


def test_a_pause_has_its_restart_among_the_steps(low: Any) -> None:
    card = card_of("N02", low(3100))
    assert card is not None
    restart = next(each.more["restart"] for each in card.alternatives if each.id == "pause")
    steps = plan_steps(card, "pause", TODAY, "click")
    assert steps[-1].due == Month.parse(str(restart)).first_day


def test_n06_tells_the_risk_of_a_gap_beside_the_cost(make: Make) -> None:
    card = card_of("N06", make(usual_month=Decimal("6543.21")))
    assert card is not None
    said = facts(card)
    assert said["gap.employee_60"] == "employee: of 100 futures, 2 have a payment missed within a year."
    assert "gap.nothing" not in said
    assert said["own_case"].endswith("a usual month of ¥6,543.")
    assert {way.id: way.more["lapse_year"] for way in card.alternatives}["employee_60"] == 0.02


def test_n06_says_from_when_each_scheme_pays(make: Make) -> None:
    situation = make(born=Month(1990, 5), category="male_60")
    card = card_of("N06", situation)
    assert card is not None
    said = facts(card)
    resident = next(words for code, words in said.items() if code.startswith("pension.resident"))
    employee = next(words for code, words in said.items() if code.startswith("pension.employee"))
    assert "from 2050-05" in resident  # at 60, whatever the retirement age
    assert f"from {situation.retire}" in employee


def test_a_small_chance_is_not_said_to_be_none_nor_a_large_one_all() -> None:
    assert [of_a_hundred(share) for share in (0, 0.024, 0.5, 1)] == ["0", "2", "50", "100"]
    assert of_a_hundred(0.004) == Name("fewer than 1", "不到 1")
    assert of_a_hundred(0.996) == Name("more than 99", "超过 99")


# N04, a payment that the months can carry


@pytest.fixture
def tiers(option: Any) -> Callable[..., tuple[Any, ...]]:
    """Doing nothing, two tiers of the resident scheme and three of the employee scheme."""

    def made(**changes: Any) -> tuple[Any, ...]:
        return (
            option("nothing", 0),
            option("resident", 17, **changes),
            option("resident", 33, id="resident_400", **changes),
            option("employee", 900, **changes),
            option("employee", 1500, id="employee_100", **changes),
            option("employee", 4500, id="employee_300", **changes),
        )

    return made


def test_n04_proposes_the_recommended_plan_where_low_months_carry_it(make: Make, tiers: Any) -> None:
    card = card_of("N04", make(options=tiers(), recommended="employee_100"))
    assert card is not None
    assert (card.default, card.cost_month, card.cost_year) == ("employee_100", 1500, 18_000)
    assert [way.id for way in card.alternatives] == ["employee_60", "employee_100", "employee_300", "nothing"]
    said = facts(card)
    assert "¥1,500 a month, ¥18,000 a year, 21 % of a low month (¥7,000)" in said["cost.employee_100"]
    assert "¥560" in said["comfort_line"]
    assert {"pension.employee_60", "pension.employee_100", "pension.employee_300"} <= set(said)
    assert card.beneficiaries == {"worker", "public_fund"}


@pytest.mark.parametrize(
    ("need", "expected"),
    [(3000, "employee_100"), (5500, "employee_100"), (5501, "employee_60"), (6500, "resident_400")],
)
def test_n04_is_lowered_until_it_fits_what_a_low_month_leaves(
    make: Make, tiers: Any, need: int, expected: str
) -> None:
    card = card_of("N04", make(options=tiers(), recommended="employee_100", need=Decimal(need)))
    assert card is not None
    assert card.default == expected
    assert expected in {way.id for way in card.alternatives}


@pytest.mark.parametrize(
    "changes", [{"cash_kept": 0.94}, {"net_value_p25": Decimal(-1)}, {"net_value_p25": None}]
)
def test_n04_suggests_nothing_that_fails_e6(make: Make, tiers: Any, changes: dict[str, Any]) -> None:
    card = card_of("N04", make(options=tiers(**changes), recommended="employee_100"))
    assert card is not None
    assert (card.is_default, card.cost_month, card.cost_year) == (False, 0, 0)
    assert card.reason.said(in_english).startswith("No tier is suggested to you")
    assert {way.id for way in card.alternatives} == {"resident_200", "employee_60", "employee_100", "nothing"}


def test_n04_does_not_fire_without_a_priced_plan_a_low_month_or_essentials(make: Make, tiers: Any) -> None:
    assert why_not("N04", make(options=())) == set()
    assert why_not("N04", make(options=tiers(), recommended="")) == set()
    assert why_not("N04", make(options=tiers(), need=None)) == set()


def test_n04_is_silent_where_what_is_paid_is_what_fits(make: Make, tiers: Any, own_pension: Any) -> None:
    pays = make(options=tiers(), recommended="employee_100", cover=(own_pension(1500),))
    assert why_not("N04", pays) == set()
    less = card_of("N04", make(options=tiers(), recommended="employee_100", cover=(own_pension(900),)))
    assert less is not None
    nothing = next(way for way in less.alternatives if way.id == "nothing")
    assert (nothing.cost_month, nothing.cost_year) == (900, 10_800)


def test_n04_changes_the_own_base_and_joins_where_there_is_none(
    make: Make, tiers: Any, own_pension: Any
) -> None:
    joins = card_of("N04", make(options=tiers(), recommended="employee_100"))
    changes = card_of("N04", make(options=tiers(), recommended="employee_100", cover=(own_pension(900),)))
    assert joins is not None
    assert changes is not None
    first = [plan_steps(card, "employee_100", TODAY, deed="click")[0] for card in (joins, changes)]
    assert "joining" in first[0].what.said(in_english)
    assert "base can be changed" in first[1].what.said(in_english)


def test_n04_fills_the_three_up_from_the_other_scheme(make: Make, option: Any) -> None:
    options = (option("nothing", 0), option("resident", 17), option("employee", 900))
    card = card_of("N04", make(options=options, recommended="resident_200"))
    assert card is not None
    assert [way.id for way in card.alternatives] == ["resident_200", "employee_60", "nothing"]


@pytest.mark.parametrize(
    ("changes", "guardrail"),
    [
        ({"buffer": Decimal(2000)}, "G2"),
        ({"events": (Event(date(2026, 10, 1), "debt"),)}, "G3"),
        ({"events": (Event(date(2026, 11, 1), "injury"),)}, "G4"),
        ({"cover": (Cover("pension", "employee", paid_by="employer"),)}, "G5"),
        ({"today": date(2027, 3, 1)}, "G6"),
        ({"log": (LogEntry(date(2026, 11, 10), "N04", "declined"),)}, "G8"),
    ],
)
def test_n04_is_held_back_by_every_guardrail(
    make: Make, tiers: Any, changes: dict[str, Any], guardrail: str
) -> None:
    assert guardrail in why_not("N04", make(options=tiers(), recommended="employee_100", **changes))


def test_a_year_costs_what_the_year_asks_for_not_twelve_rounded_months(make: Make, option: Any) -> None:
    options = (
        option("nothing", 0),
        option("resident", 0, monthly_cost=Decimal("33.33"), yearly_cost=Decimal(400)),
        option("employee", 900),
    )
    for id in ("N04", "N06"):
        card = card_of(id, make(options=options, recommended="resident_200"))
        assert card is not None
        way = next(way for way in card.alternatives if way.id == "resident_200")
        assert (way.cost_month, way.cost_year) == (Decimal("33.33"), Decimal(400))
