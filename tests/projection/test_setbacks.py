"""Months lost to injury and illness, against the rates they are drawn from."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from planner.policy import load_pack
from planner.projection.assumptions import Assumed
from planner.projection.setbacks import draw_setbacks, read_hazards
from planner.projection.streams import stream
from planner.values import Month
from tests.projection.simulated import earned, person

PACK = load_pack()
MONTHS, PATHS = 120, 20_000


def _hazards(case=None, **own):
    return read_hazards(case or person(), Assumed(own), PACK)


def _only(hazards, kind):
    return replace(hazards, kinds={name: float(name == kind) for name in hazards.kinds}, illnesses=0.0)


def test_the_kinds_of_injury_are_all_there_are():
    hazards = _hazards()
    assert sum(hazards.kinds.values()) == pytest.approx(1)
    assert hazards.kinds["minor"] == pytest.approx(0.694)
    graded = sum(share for kind, share in hazards.kinds.items() if kind.startswith("disability"))
    assert graded * hazards.injuries == pytest.approx(0.003)
    assert hazards.kinds["death"] * hazards.injuries == pytest.approx(0.00008)


def test_income_lost_is_rate_times_length():
    """Of lost-time injuries: a lognormal number of days, cut where the projection or two years end."""
    hazards = _only(_hazards(), "lost_time")
    drawn = draw_setbacks(hazards, MONTHS, PATHS, stream(3, "setbacks"))
    lost = (1 - drawn.left.astype(float)).sum()
    events = hazards.injuries / 12 * MONTHS * PATHS
    mean = 21 / 30 * math.exp(0.8**2 / 2)
    # frailty leaves the number of all events a Poisson number; lengths vary by their own spread
    spread = math.sqrt(events * mean**2 * math.exp(0.8**2))
    assert lost == pytest.approx(events * mean, abs=3 * spread + 0.01 * events * mean)


def test_some_people_are_hurt_again_and_again():
    """Counts over a year are negative binomial: variance is mean + mean squared / k."""
    hazards = replace(_only(_hazards(), "lost_time"), injuries=2.0)
    drawn = draw_setbacks(replace(hazards, days={"lost_time": 1e-3}), 12, PATHS, stream(3, "setbacks"))
    started = np.bincount(drawn.paths, minlength=PATHS)
    assert started.mean() == pytest.approx(2.0, abs=0.05)
    assert started.var() == pytest.approx(2.0 + 4 / 1.5, rel=0.06)


def test_a_spell_never_takes_more_than_the_month_has():
    drawn = draw_setbacks(_hazards(), MONTHS, PATHS, stream(3, "setbacks"))
    assert drawn.left.min() >= -1e-6
    assert drawn.left.max() < 1
    assert drawn.months.min() >= 0
    assert drawn.months.max() < MONTHS


def test_the_worst_grades_end_work_and_accidents_can_kill():
    hazards = _hazards(**{"injury.rate": 5.0})
    drawn = draw_setbacks(hazards, MONTHS, PATHS, stream(3, "setbacks"))
    years = MONTHS / 12 * PATHS
    for found, kind in ((drawn.ended, "disability_4_1"), (drawn.deaths, "death")):
        expected = hazards.injuries * hazards.kinds[kind] * years
        assert len(found) == pytest.approx(expected, abs=4 * math.sqrt(expected) + 1)


def test_fewer_orders_mean_fewer_injuries():
    half = person(earned([4000.0] * 8, orders=417))
    full = person(earned([8000.0] * 8, orders=833))
    assert _hazards(half).injuries == pytest.approx(0.06, rel=0.01)
    assert _hazards(full).injuries == pytest.approx(0.12, rel=0.01)


def test_hours_count_where_there_are_no_orders():
    courier = person(earned([4000.0] * 8, hours=100.0), occupation="courier")
    assert _hazards(courier).injuries == pytest.approx(0.04)


def test_no_hazard_gives_no_event():
    drawn = draw_setbacks(
        _hazards(**{"injury.rate": 0.0, "illness.rate": 0.0}), MONTHS, PATHS, stream(3, "setbacks")
    )
    assert len(drawn.left) == len(drawn.ended) == len(drawn.deaths) == 0


@pytest.mark.parametrize("row", load_pack().table("occupations"), ids=lambda row: row["code"])
def test_every_occupation_has_a_hazard(row):
    hazards = _hazards(person(occupation=row["code"], born=Month(1990, 1)))
    assert hazards.injuries > 0
    assert sum(hazards.kinds.values()) == pytest.approx(1)
