"""The search against pricing every plan, what it costs, and what it may not do."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from planner.projection import case_from_json, project
from planner.projection.case import Settings
from planner.projection.choosing import Chooser
from planner.projection.engine import chance_of_a_gap, run
from planner.projection.law import law_for
from planner.projection.plans import PEAK_SAVER, plans_of, searched
from planner.projection.pricing import Pricing
from planner.projection.search import Bounds, Search, by_pension, by_value
from tests.projection.certain import case_of, ground_of, pack

CASES = 200
PLACES = ("CN-GD", "CN-JS", "CN-HE", "CN-SC", "CN-ZJ")
PATHS = 150
A_FAMILY = 9  # plans of a family in a small case


def small_case(seed: int):
    """A few years before the pension, months of any level, spread and gaps, any cash put by."""
    random = np.random.default_rng(seed)
    born = f"{random.integers(1967, 1971)}-{random.integers(1, 10):02}"
    paid = int(random.integers(100, 260))
    case = case_of(str(random.choice(PLACES)), born=born, employee_months=paid, average_index=0.7)
    months, level = law_for(case, pack()).horizon, random.uniform(3000, 12000)
    spread = random.uniform(0.05, 0.6) * random.standard_normal((months, PATHS))
    income = level * np.exp(spread + 0.3 * random.standard_normal(PATHS))
    income *= random.random((months, PATHS)) > random.uniform(0.0, 0.1)
    ground = ground_of(
        case,
        income,
        count=PATHS,
        essentials=level * random.uniform(0.2, 0.7),
        buffer=random.uniform(0, 20_000),
        target=random.uniform(0, 15_000),
        death=random.integers(24, 600, PATHS),
    )
    bounds = Bounds(float(random.choice((0.05, 0.1, 0.2))), float(random.choice((0.0, 0.0, 500.0, 1500.0))))
    return Pricing(ground, case.age_months), bounds


def thinned(family):
    return family[:: max(len(family) // (A_FAMILY - 1), 1)]


def usual(families, every):
    """The results known beforehand: every fourth plan, as the usual steps are in a whole projection."""
    known = {plan for family in families for plan in family[::4]}
    return [one for one in every if one.plan in known]


@pytest.mark.parametrize("seed", range(CASES))
def test_it_finds_what_pricing_every_plan_finds(seed):
    pricing, bounds = small_case(seed)
    families = [thinned(family) for family in searched(pricing.ground.law)]
    every = [pricing.price_one(plan) for family in families for plan in family]
    within = [
        one for one in every if one.lapse.p12 <= bounds.max_lapse and one.pension.p5 >= bounds.least_pension
    ]
    search = Search(families, pricing.price_one, pricing.chance, usual(families, every))
    for aim in (by_value, by_pension):
        found = search.best(bounds, (aim,))
        best = max(within, key=aim, default=None)
        assert [one.plan.id for one in found] == ([best.plan.id] if best else [])


def test_it_prices_few_of_them():
    runs, plans = [], []
    for seed in range(10):
        pricing, bounds = small_case(seed)
        families = searched(pricing.ground.law)
        listed = pricing.price_all(plans_of(pricing.ground.law))
        search = Search(families, pricing.price_one, pricing.chance, listed)
        search.best(replace(bounds, least_pension=0.0))
        runs.append(search.runs)
        plans.append(sum(len(family) for family in families))
    assert np.mean(runs) < 12
    assert max(np.divide(runs, plans)) < 0.15


@pytest.mark.parametrize("seed", range(12))
def test_a_dearer_plan_never_lapses_on_fewer_futures(seed):
    pricing, _bounds = small_case(seed)
    for family in searched(pricing.ground.law):
        if family[0].family != PEAK_SAVER:
            chances = [pricing.chance(plan) for plan in thinned(family)]
            assert chances == sorted(chances)


@pytest.mark.parametrize("seed", range(6))
def test_the_short_run_has_the_chance_of_the_whole_one(seed):
    pricing, _bounds = small_case(seed)
    for plan in plans_of(pricing.ground.law):
        whole = run(plan, pricing.ground).lapses[0]
        assert chance_of_a_gap(plan, pricing.ground) == np.count_nonzero(whole > 0) / PATHS


# On a whole projection


RIDER, DRIVER = "crowd_rider_8_months", "driver_36_months"


def worker(name=RIDER, **settings):
    file = Path(__file__).parents[1] / "data" / "cases" / f"{name}.json"
    case = case_from_json(json.loads(file.read_text("utf-8"))["case"], pack())
    return replace(case, settings=Settings(paths=600, **settings))


@cache
def projected(name=RIDER, **settings):
    return project(worker(name, **settings), pack())


def test_what_is_found_joins_the_list_under_its_own_id_and_says_so():
    found = [one for one in projected(max_lapse=0.2).plans if one.plan.found]
    assert found
    listed = {plan.id for plan in plans_of(law_for(worker(), pack()))}
    for one in found:
        assert one.plan.id not in listed
        assert one.as_json()["found"]
        assert one.lapse.p12 <= 0.2


@pytest.mark.parametrize("risk", [0.05, 0.1, 0.2])
def test_another_risk_chooses_anew_as_if_it_had_been_set_at_first(risk):
    moved, direct = projected().at_risk(risk).as_json(), projected(max_lapse=risk).as_json()
    assert {**moved, "seconds": 0} == {**direct, "seconds": 0}


def test_another_risk_simulates_nothing(monkeypatch):
    projection = projected()
    monkeypatch.setattr("planner.projection.paths.draw_paths", None)
    monkeypatch.setattr(Pricing, "price_all", None)
    assert projection.at_risk(0.2).case.settings.max_lapse == 0.2


def test_the_offers_say_what_each_risk_gives():
    projection = projected()
    offers = {offer.max_lapse: offer for offer in projection.offers}
    assert set(offers) == {0.05, 0.1, 0.2}
    for risk, offer in offers.items():
        assert offer.plan.plan.id == projection.at_risk(risk).recommended
    values = [offers[risk].plan.net_value for risk in sorted(offers)]
    assert values == sorted(values)


def test_a_floor_is_kept_where_a_plan_reaches_it():
    free = projected(DRIVER, max_lapse=0.2)
    kept = [plan.pension.p5 for plan in free.plans if plan.lapse.p12 <= 0.2]
    floor = (free.plan(free.recommended).pension.p5 + max(kept)) / 2
    assert floor > free.plan(free.recommended).pension.p5
    held = projected(DRIVER, max_lapse=0.2, least_pension=floor)
    assert held.floor_met
    assert held.plan(held.recommended).pension.p5 >= floor
    assert held.plan(held.recommended).lapse.p12 <= 0.2


def test_a_floor_out_of_reach_is_left_aside_and_said():
    free, asked = projected(max_lapse=0.2), projected(max_lapse=0.2, least_pension=50_000.0)
    assert not asked.floor_met
    assert asked.recommended == free.recommended


def test_any_plan_that_could_be_found_is_known_by_its_id():
    projection = projected()
    assert projection.priced("matched_13").plan.income_share == 0.13
    assert projection.priced("employee_63").plan.share == pytest.approx(0.63, abs=0.001)
    assert projection.priced("resident_300") is projection.plan("resident_300")
    assert projection.priced("no_such_plan") is None


def test_calling_it_off_stops_the_search():
    class OffError(Exception):
        pass

    def stop() -> None:
        raise OffError

    pricing, _bounds = small_case(3)
    chooser = Chooser(pricing, (), 0.0, stop)
    with pytest.raises(OffError):
        chooser.choice(1.0)
