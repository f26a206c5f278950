"""Lengths of life against exact sums of the table."""

from __future__ import annotations

import math

import numpy as np
import pytest

from planner.policy import load_pack
from planner.projection.assumptions import Assumed
from planner.projection.lifetime import draw_deaths, lasting_ages, read_lives
from planner.projection.streams import stream
from planner.values import Month

PACK = load_pack()
PATHS = 50_000
START = Month(2026, 12)
PERIOD = {"mortality_improvement": 0.0, "mortality_scale": 1.0, "mortality_log_sd_2050": 0.0}


@pytest.mark.parametrize("male", [True, False])
@pytest.mark.parametrize("age", [20 * 12, 35 * 12 + 5, 59 * 12 + 11])
def test_the_drawn_shares_alive_are_the_exact_ones(male, age):
    lives = read_lives(START, age, male, Assumed({}), PACK)
    death = draw_deaths(lives, PATHS, stream(4, "lifetime"))
    months = np.array([120, 300, 480, 600])
    for at, exact in zip(months, lives.survival(months), strict=True):
        error = math.sqrt(exact * (1 - exact) / PATHS)
        assert abs((death >= at).mean() - exact) <= 3 * error + 1e-9


def test_quantiles_of_drawn_lives_are_those_that_are_shown():
    lives = read_lives(START, 35 * 12, False, Assumed({}), PACK)
    death = draw_deaths(lives, PATHS, stream(4, "lifetime"))
    for age, share in zip(lasting_ages(lives), (0.5, 0.9), strict=True):
        # three standard errors of a quantile, in shares; deaths are cut to whole months
        below = (death < age * 12 - lives.age_months).mean()
        assert below == pytest.approx(share, abs=3 * math.sqrt(share * (1 - share) / PATHS) + 0.002)


@pytest.mark.parametrize(("male", "expected"), [(True, 20.7), (False, 24.6)])
def test_the_plain_period_table_gives_the_published_expectation_at_sixty(male, expected):
    lives = read_lives(START, 60 * 12, male, Assumed(PERIOD), PACK)
    alive = lives.survival(np.arange(int(lives.months.sum())))
    assert alive.sum() / 12 == pytest.approx(expected, abs=0.1)


def test_with_improvement_people_live_longer():
    lives = [
        read_lives(START, 35 * 12, True, Assumed({"mortality_improvement": rate}), PACK)
        for rate in (0.8, 2.3)
    ]
    assert lasting_ages(lives[0]) < lasting_ages(lives[1])


def test_the_unsure_factor_is_the_same_for_a_whole_life():
    """With it lives differ more between paths, but its median life is the one without."""
    sure, unsure = (
        read_lives(START, 35 * 12, True, Assumed({"mortality_log_sd_2050": sd}), PACK) for sd in (0.0, 0.25)
    )
    assert lasting_ages(unsure)[0] == pytest.approx(lasting_ages(sure)[0], abs=0.2)
    assert lasting_ages(unsure)[1] > lasting_ages(sure)[1]


def test_somebody_older_than_the_table_has_a_length_of_life():
    lives = read_lives(START, 110 * 12, True, Assumed({}), PACK)
    assert (draw_deaths(lives, 100, stream(1, "lifetime")) <= 12).all()


def test_everybody_dies_within_the_table():
    lives = read_lives(START, 16 * 12, False, Assumed({}), PACK)
    death = draw_deaths(lives, PATHS, stream(2, "lifetime"))
    assert death.min() >= 0
    assert death.max() <= (106 - 16) * 12
