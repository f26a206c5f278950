"""The engine against plain NumPy on the same machine, one thread: all plans, one more plan, and growth."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.projection.case import Settings
from planner.projection.choosing import Chooser
from planner.projection.engine import run
from planner.projection.ground import Ground, Habits, PastPaid
from planner.projection.law import law_for
from planner.projection.measures import Measures
from planner.projection.paths import draw_paths
from planner.projection.plans import nothing, plans_of
from planner.projection.pricing import Pricing
from tests.projection.certain import case_of, pack

PATHS, MONTHS = 10_000, 480
ALL_BAR, ALL_AIM = 6.0, 3.0
ONE_BAR, ONE_AIM = 20.0, 10.0
LINEAR_BAR = 1.35  # seconds a path and month at the largest size, against the mean of all sizes
ROUNDS = 5

TWELVE = (
    "nothing",
    "resident_180",
    "resident_4800",
    "employee_52",
    "employee_60",
    "employee_80",
    "employee_100",
    "employee_150",
    "employee_200",
    "matched_12",
    "peak_saver_52",
    "step_up_12",
)


def person(paths: int = PATHS, born: str = "2003-11"):
    """Someone whose months to the pension age are 480 or a few more."""
    return replace(
        case_of("CN-GD", born=born, today=date(2026, 11, 25)),
        occupation="food_rider_crowd",
        settings=Settings(paths=paths),
    )


def twelve(law):
    plans = {plan.id: plan for plan in plans_of(law)}
    return [plans[name] for name in TWELVE]


def grounded(case, law, paths):
    return Ground.of(paths, law, Habits(2800.0, 4000.0, (4200.0,) * 12), PastPaid(monthly_income=6000.0))


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    result = work()
    spent = time.perf_counter() - start
    del result
    return spent


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    return min(seconds(work) for _round in range(rounds))


def normals() -> None:
    random = np.random.default_rng(1)
    for _array in range(3):
        random.standard_normal((PATHS, MONTHS))


@pytest.mark.benchmark
def test_the_whole_projection(report_ratio):
    """Futures drawn and twelve plans priced and measured, against three arrays of normal numbers."""
    case = person()
    law = law_for(case, pack())
    assert 480 <= law.horizon <= 482
    plans = twelve(law)

    def whole() -> object:
        ground = grounded(case, law, draw_paths(case, pack(), law.horizon))
        return Pricing(ground, case.age_months).price_all(plans)

    whole()
    ours, theirs = [], []
    for _round in range(ROUNDS):
        theirs.append(seconds(normals))
        ours.append(seconds(whole))
    report_ratio("a projection of 10,000 x 480 x 12 plans", min(ours) / min(theirs), ALL_BAR, ALL_AIM)


@pytest.mark.benchmark
def test_one_more_plan(report_ratio):
    case = person()
    law = law_for(case, pack())
    ground = grounded(case, law, draw_paths(case, pack(), law.horizon))
    measures = Measures(ground, run(nothing(), ground), case.age_months)
    plan = next(plan for plan in plans_of(law) if plan.id == "employee_100")

    def one() -> object:
        done = run(plan, ground)
        return measures.result(plan, done, measures.worth(done))

    one_array, other, out = (np.ones((PATHS, MONTHS)) for _array in range(3))
    ours, theirs = [], []
    for _round in range(3 * ROUNDS):
        theirs.append(seconds(lambda: np.multiply(one_array, other, out=out)))
        ours.append(seconds(one))
    report_ratio("one more plan on 10,000 x 480", min(ours) / min(theirs), ONE_BAR, ONE_AIM)


@pytest.mark.benchmark
def test_time_grows_with_paths_and_months(report_ratio):
    """Four sizes: the time of a path and month does not grow with their number."""
    rates = []
    for paths, born in ((2_500, "2003-11"), (5_000, "2003-11"), (10_000, "1982-07"), (10_000, "2003-11")):
        case = person(paths, born)
        law = law_for(case, pack())
        ground = grounded(case, law, draw_paths(case, pack(), law.horizon))
        plans = twelve(law)
        spent = best(lambda g=ground, p=plans: [run(plan, g) for plan in p], 3)
        rates.append(spent / (paths * law.horizon))
    ratio = rates[-1] / float(np.mean(rates))
    report_ratio("time a path and month at the largest size", ratio, LINEAR_BAR, 1.0)


@pytest.mark.benchmark
def test_the_memory_of_the_command(report_ratio, tmp_path):
    """`wenbao project` for the longest working life, in a process of its own, in parts of 600 MB."""
    resource = pytest.importorskip("resource")
    file = tmp_path / "case.json"
    worker = {"born": "2003-11", "category": "male_60", "province": "CN-GD", "occupation": "food_rider_crowd"}
    file.write_text(json.dumps({"today": "2026-11-25", "worker": worker}), "utf-8")
    answered = subprocess.run(
        [sys.executable, "-m", "planner", "project", str(file)], check=True, capture_output=True
    )
    assert len(json.loads(answered.stdout)["plans"]) > 30
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    report_ratio("peak memory of wenbao project, of 600 MB", peak * unit / 600e6, 1.0, 0.5)


@pytest.mark.benchmark
def test_the_search_and_a_move_of_the_slider(report_ratio):
    """What finding the best plan at three risks adds to pricing the usual ones; a rough answer, of 10 ms."""
    case = person()
    law = law_for(case, pack())
    ground = grounded(case, law, draw_paths(case, pack(), law.horizon))
    pricing = Pricing(ground, case.age_months)
    start = time.perf_counter()
    listed = pricing.price_all(plans_of(law))
    priced = time.perf_counter() - start
    found = best(lambda: Chooser(pricing, listed, 0.0).fields(0.05), 3)
    report_ratio("the search, of the time that the usual plans take", found / priced, 0.8, 0.4)
    pricing.price_share(0.6, True)
    moved = best(lambda: pricing.price_share(0.83, True), 20)
    report_ratio("a rough answer while the slider moves, of 10 ms", moved / 0.010, 1.5, 1.0)
