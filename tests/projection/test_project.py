"""The whole projection: its answer is complete, repeats, and says what the person asked."""

from __future__ import annotations

import itertools
import json
from threading import Thread

import numpy as np
import pytest

from planner.projection import case_from_json, foresight, frontier, project
from planner.projection.engine import run
from planner.projection.paths import Cancelled
from planner.projection.plans import POSTPONING, Plan
from planner.values import InputError
from tests.projection.certain import case_of, ground_of, pack

RIDER = {
    "today": "2026-11-25",
    "worker": {
        "born": "1994-05",
        "category": "male_60",
        "province": "CN-GD",
        "area": "440100",
        "occupation": "food_rider_committed",
    },
    "cash": {"essentials": 2800, "buffer": 9000},
    "earnings": {
        "monthly": [
            {"month": f"2026-{month:02d}", "cny": yuan}
            for month, yuan in zip(
                range(1, 11), [7200, 5900, 6900, 7800, 8200, 7100, 8900, 9200, 7500, 7900], strict=True
            )
        ]
    },
    "settings": {"paths": 1500},
}


def case(**sections):
    return case_from_json({**RIDER, **sections}, pack())


@pytest.fixture(scope="module")
def projection():
    return project(case(), pack())


def test_the_answer_has_every_field_of_the_contract(projection):
    answer = json.loads(json.dumps(projection.as_json("en")))
    assert {
        "plans",
        "recommended",
        "frontier",
        "foresight_gap",
        "assumptions",
        "seed",
        "paths",
        "seconds",
    } <= set(answer)
    for plan in answer["plans"]:
        assert {"id", "label", "monthly_cost", "replacement_rate", "reaches_minimum", "paid_total"} <= set(
            plan
        )
        assert set(plan["pension"]) >= {"p5", "p25", "p50", "p75", "p95"}
        assert set(plan["lapse"]) == {"p12", "p24", "p36", "expected_months"}
        assert "p50" in plan["break_even_age"]
        assert "p50" in plan["irr"]
        assert "mean" in plan["regret"]
        assert plan["label"]
    assert len({plan["id"] for plan in answer["plans"]}) == len(answer["plans"])
    assert answer["plans"][0]["id"] == "nothing"
    names = [assumption["name"] for assumption in answer["assumptions"]]
    assert len(names) == len(set(names))
    assert {"catch_up", "buffer_target", "real_discount_rate", "cpi.2031"} <= set(names)


def test_the_same_seed_gives_the_same_bytes(projection):
    again = project(case(), pack()).as_json()
    first = projection.as_json()
    for answer in (first, again):
        answer.pop("seconds")
    assert json.dumps(again) == json.dumps(first)
    other = project(case(settings={"paths": 1500, "seed": 5}), pack()).as_json()
    assert other["plans"][10]["pension"] != first["plans"][10]["pension"]


def test_quantiles_and_lapses_are_in_order(projection):
    for plan in projection.plans:
        q = plan.pension
        assert q.p5 <= q.p25 <= q.p50 <= q.p75 <= q.p95, plan.plan.id
        assert plan.lapse.p12 <= plan.lapse.p24 <= plan.lapse.p36
    tiers = [plan for plan in projection.plans if plan.plan.family == "employee"]
    assert [plan.monthly_cost for plan in tiers] == sorted(plan.monthly_cost for plan in tiers)
    assert [plan.lapse.p36 for plan in tiers] == sorted(plan.lapse.p36 for plan in tiers)


def test_the_lower_tier_returns_more_per_yuan(projection):
    tiers = [plan for plan in projection.plans if plan.plan.family == "employee"]
    assert tiers[0].irr > tiers[3].irr > tiers[6].irr


def test_what_is_recommended_is_kept_and_worth_most(projection):
    chosen = projection.plan(projection.recommended)
    assert chosen.lapse.p12 <= projection.case.settings.max_lapse
    for plan in projection.plans:
        inside = plan.lapse.p12 <= projection.case.settings.max_lapse and plan.pension.p50 > 0
        if inside and plan.plan.family not in POSTPONING:
            assert plan.net_value <= chosen.net_value
            assert plan.pension_mean <= projection.plan(projection.highest_kept).pension_mean


def test_no_accepted_risk_leaves_only_plans_that_never_lapse():
    strict = project(case(settings={"paths": 1500, "max_lapse": 0.0}), pack())
    assert strict.plan(strict.recommended).lapse.p12 == 0.0
    assert strict.plan(strict.highest_kept).lapse.p12 == 0.0


def test_no_cash_at_all_recommends_nothing():
    poor = project(case(cash={"essentials": 90_000, "buffer": 0}), pack())
    assert poor.recommended == poor.highest_kept == "nothing"
    assert poor.foresight_gap is None
    assert poor.waiting_cost is None
    assert poor.safe_contribution == 0.0


def test_no_point_of_the_frontier_is_beaten(projection):
    points = {point.id: point for point in projection.frontier}
    assert points
    for plan in projection.plans:
        if plan.plan.family in POSTPONING:
            continue
        beaten = any(
            point.lapse <= plan.lapse.p12 and point.pension >= plan.pension_mean for point in points.values()
        )
        assert beaten, plan.plan.id
    for one, two in itertools.permutations(points.values(), 2):
        assert not (one.lapse <= two.lapse and one.pension >= two.pension)


def test_exploring_a_tier_gives_what_the_projection_gave(projection):
    tier = next(plan for plan in projection.plans if plan.plan.id == "employee_100")
    explored = projection.explore(1.0)
    assert explored.as_json() == tier.as_json()
    assert not explored.approximate
    rough = projection.explore(1.0, quick=True)
    assert rough.approximate
    assert rough.pension.p50 == pytest.approx(tier.pension.p50, rel=0.05)


def test_exploring_is_safe_from_many_threads(projection):
    shares = [0.6, 0.8, 1.0, 1.5, 2.0, 3.0]
    alone = [projection.explore(share, quick=True).as_json() for share in shares]
    found = [None] * len(shares)

    def work(at):
        found[at] = projection.explore(shares[at], quick=True).as_json()

    threads = [Thread(target=work, args=(at,)) for at in range(len(shares))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


def test_a_share_outside_the_limits_is_moved_inside(projection):
    assert projection.explore(0.1, quick=True).plan.share == pytest.approx(5510 / 9183)
    assert projection.explore(9.0, quick=True).plan.share == pytest.approx(27549 / 9183)


def test_progress_ends_at_one_and_a_cancel_is_heard():
    told = []
    project(case(settings={"paths": 200}), pack(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(Cancelled):
        project(case(settings={"paths": 200}), pack(), cancelled=lambda: True)
    calls = iter(range(10_000))
    with pytest.raises(Cancelled):
        project(case(settings={"paths": 200}), pack(), cancelled=lambda: next(calls) > 40)


def test_own_values_replace_assumed_ones_and_unknown_names_are_refused():
    own = project(case(cash={}, settings={"paths": 300, "assumptions": {"essentials": 1234.0}}), pack())
    listed = {one.name: one for one in own.assumptions}
    assert listed["essentials"].own
    assert listed["essentials"].value == 1234.0
    with pytest.raises(InputError) as caught:
        project(case(settings={"paths": 300, "assumptions": {"luck": 1.0}}), pack())
    assert caught.value.field == "settings.assumptions.luck"


@pytest.mark.parametrize(("months", "code"), [(180, "retired_already"), (179, "retired_short")])
def test_a_person_of_pension_age_is_told_so_and_what_is_missing(months, code):
    old = {**RIDER["worker"], "born": "1960-01"}
    with pytest.raises(InputError) as caught:
        project(case(worker=old, record={"employee_months": months}), pack())
    assert (caught.value.code, caught.value.field) == (code, "worker.born")
    assert (code == "retired_short") == ("missing: 1." in str(caught.value))


@pytest.mark.parametrize(
    ("worker", "record"),
    [
        ({"born": "2009-12", "category": "male_60", "province": "CN-XZ"}, {}),
        ({"born": "1978-05", "category": "female_50", "province": "CN-JS"}, {"employee_months": 132}),
        ({"born": "1976-12", "category": "female_50", "province": "CN-LN"}, {"employee_months": 200}),
        ({"born": "1968-01", "category": "male_60", "province": "CN-BJ"}, {"resident_months": 120}),
        ({"born": "1966-07", "category": "male_60", "province": "CN-SH"}, {"employee_months": 300}),
    ],
)
def test_every_age_and_place_can_be_projected(worker, record):
    found = project(case(worker=worker, record=record, earnings={}, settings={"paths": 200}), pack())
    for plan in found.plans:
        numbers = [plan.pension_mean, plan.paid_total, plan.net_value, plan.regret, plan.heirs]
        assert np.isfinite(numbers).all(), plan.plan.id
        assert plan.paid_total >= 0
        assert plan.regret >= -0.01
    assert found.recommended in {plan.plan.id for plan in found.plans}


# Foresight and choice against exhaustive search


def _most_months(net: list[float], cost: float, buffer: float, year: int) -> int:
    """Tries every number of payments in every month: the most months that can be paid by the end."""
    best = 0
    stack = [(0, buffer, 0, 0)]
    while stack:
        row, held, owed, paid = stack.pop()
        if row == len(net):
            best = max(best, paid)
            continue
        cash = max(held + net[row], 0.0)
        due = (0 if row % year == 0 else owed) + 1
        stack.extend(
            (row + 1, cash - count * cost, due - count, paid + count)
            for count in range(due + 1)
            if count * cost <= cash * (1 + 1e-6)
        )
    return best


def test_foresight_equals_exhaustive_search_on_small_cases():
    person = case_of(born="1966-12")
    ground = ground_of(person, 0.0)
    rows = ground.law.employee.draw + 1
    assert rows <= 9
    cost = ground.law.employee.monthly(ground.law.employee.least)
    random = np.random.default_rng(11)
    income = 2000.0 + cost * random.uniform(-1.5, 3.0, (ground.paths.months, 200))
    for buffer in (0.0, 2500.0):
        ground = ground_of(person, income, count=200, buffer=buffer, target=200.0)
        plan = foresight.with_foresight(Plan("x", "employee", "employee", share=ground.law.employee.least))
        paid = np.rint(run(plan, ground).costs[:rows].sum(axis=0) / cost)
        for path in range(200):
            net = ground.net[:rows, path].astype(float).tolist()
            assert paid[path] == _most_months(net, cost, buffer, 12), path


def test_choice_equals_exhaustive_search_on_small_cases():
    """The chosen plans are those that trying every plan against the rule finds."""
    random = np.random.default_rng(3)
    full = project(case(settings={"paths": 300}), pack())
    for _case in range(200):
        some = tuple(
            full.plans[at] for at in sorted({0, *random.choice(len(full.plans), 6, replace=False).tolist()})
        )
        risk = float(random.uniform(0, 0.4))
        allowed = [
            one
            for one in some
            if one.plan.id == "nothing"
            or (one.plan.family not in POSTPONING and one.lapse.p12 <= risk and one.pension.p50 > 0)
        ]
        candidates = frontier.kept(some, risk)
        assert [one.plan.id for one in candidates] == [one.plan.id for one in allowed]
        by_id = {one.plan.id: one for one in some}
        assert by_id[frontier.recommended(candidates)].net_value == max(one.net_value for one in allowed)
        assert by_id[frontier.highest_kept(candidates)].pension_mean == max(
            one.pension_mean for one in allowed
        )


@pytest.mark.parametrize("paths", [1, 2, 7])
def test_a_handful_of_futures_is_answered_and_one_claims_no_error(paths):
    answer = project(case(settings={"paths": paths}), pack()).as_json("en")
    assert json.loads(json.dumps(answer, allow_nan=False))["paths"] == paths
    assert all(bool(plan["errors"]) == (paths > 1) for plan in answer["plans"])
