"""Drawing the futures of a rider and of a seller, against drawing three arrays of standard normals."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from planner.policy import load_pack
from planner.projection.case import Case, EarnedMonth, Settings
from planner.projection.paths import draw_paths
from planner.values import Month, Place

PATHS, MONTHS = 10_000, 480
BARS = {"food_rider_crowd": (1.2, 0.9), "cross_border_seller": (2.4, 1.8)}
ROUNDS = 5


def _case(occupation: str) -> Case:
    random = np.random.default_rng(11)
    shares = {"USD": 0.6, "EUR": 0.3} if occupation == "cross_border_seller" else {}
    months = tuple(
        EarnedMonth(Month(2024, 11) + at, float(7000 * np.exp(0.3 * random.standard_normal())), shares=shares)
        for at in range(24)
    )
    return Case(
        today=date(2026, 11, 25),
        born=Month(1991, 5),
        category="male_60",
        place=Place("CN-GD"),
        occupation=occupation,
        months=months,
        settings=Settings(paths=PATHS),
    )


def _normals() -> object:
    random = np.random.default_rng(1)
    return [random.standard_normal((PATHS, MONTHS)) for _ in range(3)]


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    del result
    return seconds


@pytest.mark.benchmark
@pytest.mark.parametrize("occupation", BARS)
def test_drawing_the_futures(occupation, report_ratio):
    pack, case = load_pack(), _case(occupation)
    draw_paths(case, pack, MONTHS)
    ours, theirs = [], []
    for _round in range(ROUNDS):
        theirs.append(_seconds(_normals))
        ours.append(_seconds(lambda: draw_paths(case, pack, MONTHS)))
    report_ratio(f"paths of a {occupation}, {PATHS:,} x {MONTHS}", min(ours) / min(theirs), *BARS[occupation])
