"""Measures against sums done by hand on paths without chance, and against each other on random ones."""

from __future__ import annotations

import math

import numpy as np
import pytest

from planner.projection.engine import run
from planner.projection.measures import Measures
from planner.projection.plans import employee_tiers, late_start, nothing, resident_plans
from planner.projection.pricing import Pricing
from tests.projection.certain import case_of, ground_of

INCOME = 9_000.0


def measured(plan, ground, case):
    measures = Measures(ground, run(nothing(), ground), case.age_months)
    done = run(plan, ground)
    return done, measures.result(plan, done, measures.worth(done))


def test_one_future_measured_by_hand():
    case = case_of(born="1996-06")
    age_at_death = 80
    death = age_at_death * 12 - case.age_months - 1
    ground = ground_of(case, INCOME, death=death, discount=0.0)
    law = ground.law.employee
    plan = employee_tiers(law)[2]
    done, result = measured(plan, ground, case)

    months = law.draw + 1
    paid = law.monthly(plan.share) * months
    pension = float(done.drawn.pension[0])
    drawn_months = death - months
    left = max(float(done.drawn.account[0] - done.drawn.personal[0] * drawn_months), 0.0)
    assert result.monthly_cost == pytest.approx(law.monthly(plan.share))
    assert result.paid_total == pytest.approx(paid, rel=1e-5)
    assert result.pension.p5 == result.pension.p95 == pytest.approx(pension)
    assert result.reaches_minimum == 1.0
    assert result.replacement_rate == pytest.approx(pension / INCOME)
    assert result.heirs == pytest.approx(left, abs=1.0)
    assert result.net_value == pytest.approx(pension * drawn_months + left - paid, rel=1e-5)
    starts = (case.age_months + 1 + months) / 12
    assert result.break_even_age == pytest.approx(starts + paid / pension / 12, abs=0.01)
    assert result.irr is not None
    flows = np.zeros(death + 1)
    flows[:months] -= law.monthly(plan.share)
    flows[months:death] += pension
    flows[death] += left
    worth = np.sum(flows / (1 + result.irr) ** (np.arange(len(flows)) / 12))
    assert abs(worth) < 0.01 * paid


def test_a_return_of_a_half_a_year_or_more_is_said_as_a_half():
    """Whoever is about to draw buys fifteen cheap years at once, and has them back within one."""
    case = case_of(born="1966-12")
    ground = ground_of(case, INCOME, death=240)
    _done, result = measured(resident_plans(ground.law.resident)[0], ground, case)
    assert result.irr == pytest.approx(0.5, abs=1e-12)


def test_nothing_costs_nothing_and_gives_nothing_more():
    case = case_of()
    _done, result = measured(nothing(), ground_of(case, INCOME), case)
    assert (result.monthly_cost, result.paid_total, result.net_value, result.pension.p95) == (0, 0, 0, 0)
    assert (result.irr, result.break_even_age, result.reaches_minimum) == (None, None, 0.0)


def test_a_pension_that_comes_anyway_is_not_counted_as_a_gain():
    case = case_of(employee_months=260, average_index=1.0, account_balance=90_000)
    ground = ground_of(case, INCOME)
    measures = Measures(ground, run(nothing(), ground), case.age_months)
    worth = measures.worth(run(nothing(), ground))
    assert float(measures.nothing.drawn.pension[0]) > 2000
    assert not worth.value.any()


def test_who_dies_before_paying_back_has_a_loss_and_leaves_the_account():
    case = case_of()
    ground = ground_of(case, INCOME, death=60)
    _done, result = measured(employee_tiers(ground.law.employee)[0], ground, case)
    assert result.pension.p50 == 0.0
    assert result.break_even_age is None
    assert 0 < result.heirs < result.paid_total
    assert result.irr is not None
    assert result.irr < 0


def test_the_fans_hold_the_same_quantiles():
    case = case_of()
    random = np.random.default_rng(1)
    months = ground_of(case, 0.0).paths.months
    income = random.uniform(2500, 9000, (months, 1)) + random.normal(0, 900, (months, 2000))
    ground = ground_of(case, income, count=2000)
    _done, result = measured(employee_tiers(ground.law.employee)[0], ground, case)
    fan = result.pension_fan
    assert fan.quantiles.shape == (5, len(fan.at))
    assert (np.diff(fan.quantiles, axis=0) >= 0).all()
    assert fan.quantiles[:, -1].tolist() == pytest.approx(
        [result.pension.p5, result.pension.p25, result.pension.p50, result.pension.p75, result.pension.p95]
    )
    assert result.cash_fan.quantiles.shape == (5, 36)
    assert (np.diff(result.cash_fan.quantiles, axis=0) >= 0).all()


def test_reasons_of_lapses_are_told_apart():
    case = case_of("CN-SH")
    ground = ground_of(case, 0.0, count=4)
    cost = ground.law.employee.monthly(ground.law.employee.least)
    income = np.full((ground.paths.months, 4), 2000.0 + 3 * cost)
    income[0, 0] = 0.0
    income[0, 1] = 1500.0
    income[0, 2] = 2000.0 + cost / 2
    ground = ground_of(case, income, count=4, target=0.0)
    ground.paths.hurt[1, 3] = True
    ground.net[1, 3] = -2000.0
    _done, result = measured(employee_tiers(ground.law.employee)[0], ground, case)
    assert result.lapse_reasons == pytest.approx(
        {"no_income": 0.25, "low_income": 0.25, "cost": 0.25, "hurt": 0.25}
    )


def test_errors_are_those_of_repeated_draws():
    """The standard error that is told is the spread of the measure over independent draws."""
    case = case_of("CN-SH", born="1990-06")
    months = ground_of(case, 0.0).paths.months
    told, means, lapses, told_lapse = [], [], [], []
    for seed in range(60):
        random = np.random.default_rng(seed)
        works = random.random((months, 200)) > 0.08
        ground = ground_of(case, np.where(works, 9000.0, 0.0), count=200, target=500.0)
        _done, result = measured(employee_tiers(ground.law.employee)[0], ground, case)
        means.append(result.pension_mean)
        told.append(result.errors["pension.mean"])
        lapses.append(result.lapse.p12)
        told_lapse.append(result.errors["lapse.p12"])
    assert np.mean(told) == pytest.approx(np.std(means), rel=0.35)
    assert np.mean(told_lapse) == pytest.approx(np.std(lapses), rel=0.35)


def test_regret_is_measured_against_the_best_plan_of_each_path():
    case = case_of()
    random = np.random.default_rng(2)
    months = ground_of(case, 0.0).paths.months
    ground = ground_of(case, random.uniform(1500, 7000, (months, 300)), count=300)
    plans = (nothing(), *resident_plans(ground.law.resident)[:2], *employee_tiers(ground.law.employee)[:3])
    pricing = Pricing(ground, case.age_months)
    results = pricing.price_all(plans)
    assert all(result.regret >= -1e-6 for result in results)
    best = max(results, key=lambda one: one.net_value)
    assert min(result.regret for result in results) == best.regret
    for result in results:
        assert result.regret - best.regret == pytest.approx(best.net_value - result.net_value, abs=1.0)


def test_waiting_lowers_the_pension():
    case = case_of()
    ground = ground_of(case, INCOME)
    tier = employee_tiers(ground.law.employee)[0]
    _done, now = measured(tier, ground, case)
    _done, later = measured(late_start(tier, 12), ground, case)
    assert now.pension_mean > later.pension_mean
    assert later.paid_total == pytest.approx(now.paid_total - 12 * now.monthly_cost, rel=1e-5)


def test_discounting_is_continuous_in_the_pension():
    case = case_of()
    ground = ground_of(case, INCOME, death=900, discount=0.03)
    plan = employee_tiers(ground.law.employee)[0]
    done, result = measured(plan, ground, case)
    months = ground.law.employee.draw + 1
    v = 1.03 ** (-1 / 12)
    paid = sum(result.monthly_cost * v**at for at in range(months))
    drawn = sum(float(done.drawn.pension[0]) * v**at for at in range(months, 900))
    left = max(float(done.drawn.account[0] - done.drawn.personal[0] * (900 - months)), 0.0) * v**900
    assert result.net_value == pytest.approx(drawn + left - paid, rel=0.005)
    assert math.isfinite(result.errors["net_value.mean"])
