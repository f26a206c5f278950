"""The engine against the same rules in plain Python, path by path, in futures as wild as any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.projection.engine import run
from planner.projection.ground import Ground, Habits
from planner.projection.plans import plans_of
from planner.schemes.min_years import min_months
from planner.values import Month
from tests.projection.certain import case_of, ground_of, pack
from tests.projection.plainly import live

PATHS = 12

LIVES = {
    "young": {"born": "1997-04", "employee_months": 31, "average_index": 0.62, "account_balance": 11_000},
    "both schemes": {
        "province": "CN-BJ",
        "born": "1972-03",
        "category": "female_55",
        "employee_months": 100,
        "average_index": 0.8,
        "account_balance": 30_000,
        "resident_months": 36,
        "resident_balance": 3_000,
    },
    "short at fifty": {
        "province": "CN-SH",
        "born": "1979-08",
        "category": "female_50",
        "employee_months": 90,
        "average_index": 1.1,
        "account_balance": 50_000,
    },
    "short at fifty-eight": {"province": "CN-SC", "born": "1985-01", "category": "female_55"},
    "past hope": {"province": "CN-ZJ", "born": "1968-05", "employee_months": 90, "average_index": 0.6},
    "years to buy": {
        "province": "CN-HB",
        "born": "1968-02",
        "resident_months": 60,
        "resident_balance": 4_000,
    },
    "fixed bases": {"province": "CN-XJ", "born": "1980-11", "employee_months": 60, "average_index": 0.7},
}


def wild(who: dict[str, object], seed: int) -> Ground:
    """Poor months, idle years, early deaths, and an economy that moves."""
    random = np.random.default_rng(seed)
    case = case_of(**who)  # type: ignore[arg-type]
    start = ground_of(case, 0.0, count=PATHS)
    months, years = start.paths.months, start.paths.years

    def drift(middle: float, spread: float) -> np.ndarray:
        steps = random.normal(middle, spread, (years, PATHS))
        steps[0] = 0.0
        return np.exp(np.cumsum(steps, axis=0)).astype(np.float32)

    income = random.lognormal(8.75, 0.4, (months, PATHS)) * (random.random((months, PATHS)) < 0.85)
    paths = replace(
        start.paths,
        income=income.astype(np.float32),
        base=drift(0.01, 0.01),
        price=drift(0.015, 0.01),
        bookkeeping=random.uniform(0.0, 0.05, (years, PATHS)).astype(np.float32),
        resident_rate=random.uniform(0.0, 0.05, (years, PATHS)).astype(np.float32),
        death_month=np.where(random.random(PATHS) < 0.2, random.integers(40, months, PATHS), 5000).astype(
            np.int32
        ),
    )
    habits = Habits(4_500.0, 16_000.0, tuple(7_000.0 + 500.0 * month for month in range(12)))
    return Ground.of(paths, start.law, habits, start.past)


@pytest.mark.parametrize("catch_up", [True, False])
@pytest.mark.parametrize("who", LIVES)
def test_every_plan_does_what_the_rules_say_on_every_path(who, catch_up):
    ground = wild(LIVES[who], seed=len(who))
    ground = replace(ground, law=replace(ground.law, catch_up=catch_up))
    minimum = {year: min_months(Month(year, 1), pack()) for year in range(2026, 2100)}
    for plan in plans_of(ground.law):
        done = run(plan, ground)
        for path in range(PATHS):
            alone = live(plan, ground, path, minimum)
            told = f"{plan.id} on path {path}"
            assert done.drawn.row[path] == alone.row, told
            assert done.drawn.pension[path] == pytest.approx(alone.pension, rel=1e-4, abs=0.01), told
            assert done.drawn.refund[path] == pytest.approx(alone.refund, rel=1e-4, abs=0.01), told
            assert done.paid[:, path].sum() == pytest.approx(alone.paid, rel=1e-4, abs=0.01), told
            if ground.alive_noted[path]:
                weight = 12 if plan.scheme == "resident" else 1
                assert tuple(done.lapses[:, path]) == alone.lapsed(weight), told
