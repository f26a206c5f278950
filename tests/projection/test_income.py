"""What is estimated from a person's months, against workers whose parameters are known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from planner.policy import load_pack
from planner.projection.assumptions import Assumed
from planner.projection.earning import Course, Earner
from planner.projection.income import fit_income
from planner.projection.parameters import draw_parameters
from planner.projection.seasons import read_seasons, read_seller_cash
from planner.projection.streams import stream
from planner.values import Month
from tests.projection.simulated import Truth, earned, group_of, live, person, seasons_of, truths

PACK = load_pack()
WORKERS = 800
PATHS = 300
STEADY = Truth(level=math.log(7000), sd=0.3, rho=0.5, p_off=0.06, p_on=0.4)


@pytest.fixture(scope="module", params=[12, 36])
def backtest(request):
    """Workers drawn from the group: their months, the fit, and 12 predicted months against the true ones."""
    months = request.param
    random = np.random.default_rng(20261125)
    group = group_of(person(), PACK)
    seasons = seasons_of(group, person().this_month + -months, months + 13, PACK)
    inside, level, p_off = [], [], []
    for number, truth in enumerate(truths(group, WORKERS, random)):
        lived = live(truth, seasons, random)
        case = person(earned(lived[:months].tolist()), seed=number)
        fit = fit_income(case, PACK)
        total = _year(case, fit).sum(axis=0)
        low, high = np.quantile(total, [0.1, 0.9])
        inside.append(low <= lived[months + 1 :].sum() <= high)
        level.append(fit.level - truth.level)
        p_off.append(fit.p_off - truth.p_off)
    return months, np.mean(inside), np.mean(level), np.mean(p_off)


def _year(case, fit):
    """The next twelve months on `PATHS` paths, without a change of work."""
    indices = read_seasons(fit.group.profile, PACK).raised(case.first, 12, fit.season_power)
    trend = np.log1p(fit.trend or 0) * np.arange(1, 13) / 12
    years = np.array([(case.first + at).year - case.first.year for at in range(12)], np.int32)
    course = Course(indices, trend, np.zeros((2, PATHS), np.float32), years)
    income = np.empty((12, PATHS), np.float32)
    seed = case.settings.seed
    drawn = draw_parameters(fit, PATHS, stream(seed, "parameters"))
    Earner(seed, replace(fit.group, exit=0.0), (), drawn, course, None, ()).fill(income)
    return income


def test_eight_of_ten_workers_earn_within_the_interval_that_should_hold_eight(backtest):
    _months, inside, _level, _p_off = backtest
    assert 0.76 <= inside <= 0.84


def test_the_level_is_not_biased(backtest):
    _months, _inside, level, _p_off = backtest
    assert abs(math.expm1(level)) < 0.02


def test_the_chance_of_stopping_is_not_biased(backtest):
    _months, _inside, _level, p_off = backtest
    assert abs(p_off) < 0.01


def test_months_without_work_change_only_the_chances_of_stopping_and_starting():
    amounts = [6200.0, 5800, 7100, 5300, 6600, 0, 7000, 5900, 0, 6400, 0, 6100, 5700, 6900]
    known = fit_income(person(earned(amounts)), PACK)
    missing = fit_income(person(earned([amount or math.nan for amount in amounts])), PACK)
    assert known.level == missing.level
    assert (known.variance, known.fisher, known.trend) == (missing.variance, missing.fisher, missing.trend)
    assert known.p_off > missing.p_off
    assert (known.zero_months, missing.zero_months) == (3, 0)


def test_without_months_the_group_stands_for_the_person():
    fit = fit_income(person(), PACK)
    assert fit.based_on_group
    assert fit.own_weight == 0
    assert fit.level == pytest.approx(fit.group.level)
    assert fit.level_sd == pytest.approx(fit.group.between)
    assert fit.variation == pytest.approx(fit.group.within)
    assert (fit.rho, fit.p_off, fit.p_on) == pytest.approx((0.4, 0.08, 0.35))


def test_with_five_months_the_group_is_used_and_it_says_so():
    five, none = (fit_income(person(earned(amounts)), PACK) for amounts in ([20_000.0] * 5, []))
    assert five.based_on_group
    assert five.median == none.median
    assert not fit_income(person(earned([20_000.0] * 6)), PACK).based_on_group


def test_with_very_many_months_the_fit_is_the_sample():
    random = np.random.default_rng(3)
    months = 12_000
    born = Month(1979, 11)
    group = group_of(person(), PACK)
    first = person().this_month + -months
    seasons = seasons_of(group, first, months, PACK)
    lived = live(STEADY, seasons, random)
    fit = fit_income(person(earned(lived.tolist()), born=born), PACK)
    logs = np.log(lived[lived > 0]) - np.log(seasons[lived > 0])
    assert fit.level == pytest.approx(logs.mean(), abs=0.05)
    assert fit.variation == pytest.approx(logs.std(ddof=1), rel=0.02)
    assert fit.season_power == pytest.approx(1.0, abs=0.1)
    assert fit.p_off == pytest.approx(STEADY.p_off, abs=0.01)
    assert fit.p_on == pytest.approx(STEADY.p_on, abs=0.03)
    assert fit.rho == pytest.approx(STEADY.rho, abs=0.05)


def test_more_months_weigh_more():
    weights = [fit_income(person(earned([6000.0] * n)), PACK).own_weight for n in (6, 12, 24)]
    assert weights == pytest.approx([0.82, 0.90, 0.95], abs=0.01)


def test_the_current_month_is_partial_and_left_out():
    months = earned([6000.0] * 12)
    today = person().this_month
    partial = (*months, replace(months[0], month=today, cny=100.0))
    assert fit_income(person(partial), PACK) == fit_income(person(months), PACK)


def test_a_single_wild_month_is_pulled_in():
    calm = [6000.0 * (1 + 0.05 * (-1) ** at) for at in range(12)]
    wild = [*calm[:6], 600_000.0, *calm[7:]]
    fits = [fit_income(person(earned(amounts)), PACK) for amounts in (calm, wild)]
    assert fits[1].median < 1.1 * fits[0].median


def test_a_sudden_change_of_the_last_three_months_is_noticed():
    random = np.random.default_rng(5)
    steady = (6000 * np.exp(0.1 * random.standard_normal(24))).tolist()
    assert not fit_income(person(earned(steady)), PACK).job_changed
    assert fit_income(person(earned([*steady[:21], *(2.5 * x for x in steady[21:])])), PACK).job_changed


def test_older_months_can_be_made_to_count_less():
    months = earned([4000.0] * 12 + [8000.0] * 5)
    plain = fit_income(person(months), PACK)
    faded = fit_income(person(months, assumptions={"fading": 0.9}), PACK)
    assert faded.median > plain.median


def test_a_trend_is_believed_only_after_a_year_and_a_half_and_never_more_than_a_tenth():
    rising = [6000 * 1.03**at for at in range(30)]
    assert fit_income(person(earned(rising[:17])), PACK).trend is None
    assert fit_income(person(earned(rising)), PACK).trend == pytest.approx(0.10)


def test_a_sellers_loss_counts_as_a_bad_month_not_as_none():
    random = np.random.default_rng(9)
    amounts = (9000 * np.exp(0.4 * random.standard_normal(18))).tolist()
    amounts[4] = -3000.0
    fit = fit_income(person(earned(amounts), occupation="cross_border_seller"), PACK)
    assert fit.months_used == 18
    assert fit.zero_months == 0
    assert math.isfinite(fit.median)


def test_own_figures_replace_the_groups():
    fit = fit_income(person(assumptions={"income.median": 9000.0, "city_factor": 1.0}), PACK)
    assert fit.median == pytest.approx(9000)


@pytest.mark.parametrize("profile", ["food", "ride", "parcel", "live", "xborder", "none"])
@pytest.mark.parametrize("power", [0.0, 0.7, 1.0, 2.0])
def test_the_seasons_of_every_year_have_a_mean_of_one(profile, power):
    seasons = read_seasons(profile, PACK)
    whole = seasons.raised(Month(2025, 1), 12 * 50, power).reshape(50, 12)
    assert np.abs(whole.mean(axis=1) - 1).max() < 0.001


def test_the_dip_moves_with_the_spring_festival():
    seasons = read_seasons("parcel", PACK)
    in_february, in_january = seasons.year(2027), seasons.year(2028)
    assert in_february[:2].tolist() == in_january[:2][::-1].tolist()
    assert in_february.argmin() == 1
    assert in_january.argmin() == 0


def _cash(year=2027, months=12):
    return read_seller_cash(Assumed({}), PACK).cash(read_seasons("xborder", PACK), Month(year, 1), months)


def test_a_sellers_cash_is_tightest_before_the_peak_and_fullest_after_it():
    cash = _cash()
    assert cash.mean() == pytest.approx(1, abs=0.001)
    assert cash.argmin() + 1 in (8, 9, 10)
    assert set(np.argsort(cash)[-2:] + 1) == {1, 12}


def test_without_lag_stock_or_lead_cash_follows_sales():
    own = {"payout_lag": 0.0, "stock_share": 0.0}
    seller = read_seller_cash(Assumed(own), PACK)
    seasons = read_seasons("xborder", PACK)
    assert seller.cash(seasons, Month(2027, 1), 12) == pytest.approx(seasons.year(2027))


@pytest.mark.parametrize("strength", [0.0, 0.4, 0.8])
def test_how_strongly_cash_swings_is_read_from_the_sellers_own_months(strength):
    random = np.random.default_rng(6)
    months = 36
    case = person(occupation="cross_border_seller")
    first = case.this_month + -months
    cash = read_seller_cash(Assumed({}), PACK).cash(read_seasons("xborder", PACK), first, months)
    amounts = 9000 * (1 + strength * (cash - 1)) * np.exp(0.2 * random.standard_normal(months))
    fit = fit_income(person(earned(amounts.tolist()), occupation="cross_border_seller"), PACK)
    assert fit.season_power == pytest.approx(strength, abs=0.15)
    assert fit.median == pytest.approx(9000, rel=0.2)
