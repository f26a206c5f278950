"""The next three payments: chances that can be counted by hand, and fixes as small as they can be."""

from __future__ import annotations

import numpy as np
import pytest

from planner.projection.engine import NEXT_PAYMENTS, run
from planner.projection.measures import Measures
from planner.projection.plans import employee_plan, nothing, resident_plans, searched
from planner.projection.pricing import Pricing
from planner.projection.radar import chance_of_missing, smallest_fix
from tests.projection.certain import case_of, ground_of

COUNT, NEEDS = 10, 2000.0


def grounds(short: int, level: float = 9000.0, target: float = 0.0):
    """The second month brings nothing on `short` of ten paths; all else is plenty."""
    case = case_of(born="1970-06", employee_months=200, average_index=0.7)
    months = 200
    income = np.full((months, COUNT), level)
    income[1, :short] = 0.0
    ground = ground_of(case, income[:1], count=COUNT, essentials=NEEDS, target=target)
    ground.paths.income[:] = level
    ground.paths.income[1, :short] = 0.0
    ground.net[:] = ground.paths.income - NEEDS
    return case, ground


def radar(plan, case, ground):
    pricing = Pricing(ground, case.age_months)
    return pricing.price_one(plan).radar


@pytest.mark.parametrize("short", [0, 3, 10])
def test_the_chance_is_the_share_of_futures_with_a_month_that_cannot_be_paid(short):
    case, ground = grounds(short)
    plan = employee_plan(ground.law.employee, 0.6)
    told = radar(plan, case, ground)
    assert told.chance == short / COUNT
    assert told.chance == chance_of_missing(plan, ground)
    assert told.reason == ("no_income" if short else "")


def test_the_next_three_are_the_first_three_months_only():
    case, ground = grounds(0)
    ground.net[NEXT_PAYMENTS] = -5000.0
    plan = employee_plan(ground.law.employee, 0.6)
    assert radar(plan, case, ground).chance == 0.0
    assert run(plan, ground).unpaid[NEXT_PAYMENTS].all()


def test_who_pays_nothing_misses_nothing():
    case, ground = grounds(10)
    assert Measures(ground, run(nothing(), ground), case.age_months).nothing is not None
    assert radar(nothing(), case, ground).chance == 0.0


def test_nothing_needs_fixing_within_the_accepted_chance():
    _case, ground = grounds(3)
    plan = employee_plan(ground.law.employee, 0.6)
    assert smallest_fix(plan, ground, 800.0, 0.3, searched(ground.law)[0]) is None


def test_the_sum_put_by_is_the_smallest_that_is_enough():
    _case, ground = grounds(3, level=4000.0)
    plan = employee_plan(ground.law.employee, 0.6)
    cost = ground.law.employee.monthly(plan.share)
    fix = smallest_fix(plan, ground, cost, 0.0, searched(ground.law)[0])
    assert fix.kind == "buffer"
    assert chance_of_missing(plan, ground, fix.amount) == fix.chance == 0.0
    assert chance_of_missing(plan, ground, fix.amount - 100.0) > 0.0


def test_a_lower_tier_where_no_few_payments_put_by_would_do():
    _case, ground = grounds(0, level=3000.0)
    law = ground.law.employee
    high = employee_plan(law, 3.0)
    tiers = searched(ground.law)[0]
    fix = smallest_fix(high, ground, 1.0, 0.0, tiers)
    assert fix.kind == "lower"
    place = [plan.id for plan in tiers].index(fix.plan_id)
    assert law.monthly(tiers[place].share) <= 1000.0 < law.monthly(tiers[place + 1].share)


def test_one_payment_a_year_where_no_tier_can_be_paid():
    _case, ground = grounds(0, level=2100.0, target=3000.0)
    lowest = employee_plan(ground.law.employee, 0.6)
    fix = smallest_fix(lowest, ground, 1.0, 0.0, searched(ground.law)[0])
    assert fix.kind == "yearly"
    assert fix.plan_id == resident_plans(ground.law.resident)[0].id
    assert fix.chance < 1.0
