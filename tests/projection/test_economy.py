"""The economy against its closed forms, within three Monte Carlo standard errors."""

from __future__ import annotations

import math

import numpy as np
import pytest

from planner.policy import load_pack
from planner.projection.assumptions import Assumed
from planner.projection.economy import draw_economy, read_outlook
from planner.projection.streams import stream
from planner.values import InputError

PACK = load_pack()
PATHS = 40_000
YEARS = 30
TODAY = 2026


def _drawn(scenario="central", own=None, seed=1):
    outlook = read_outlook(Assumed(own or {}, scenario), PACK, TODAY, YEARS)
    return outlook, draw_economy(outlook, TODAY, TODAY, YEARS, PATHS, stream(seed, "economy"))


def _close(sample, expected, tolerance=0.0):
    error = sample.std(dtype=np.float64) / math.sqrt(sample.size)
    assert abs(sample.mean(dtype=np.float64) - expected) <= 3 * error + tolerance


def _index_mean(series, years):
    """E of an index after `years` years of AR(1) log growth: exp(mean + variance / 2)."""
    variance = sum(
        series.sd[i] * series.sd[j] * series.ar1 ** abs(i - j)
        for i in range(1, years + 1)
        for j in range(1, years + 1)
    )
    return math.exp(series.log_middle[1 : years + 1].sum() + variance / 2)


@pytest.mark.parametrize("scenario", ["low", "central", "high"])
@pytest.mark.parametrize("year", [1, 5, 29])
def test_prices_and_wages_have_the_means_of_their_closed_forms(scenario, year):
    outlook, economy = _drawn(scenario)
    _close(economy.price[year], _index_mean(outlook.cpi, year))
    _close(economy.wage[year], _index_mean(outlook.wage, year))


def _floored(mean, sd):
    """E[max(0, N(mean, sd))]."""
    z = mean / sd
    return mean * 0.5 * math.erfc(-z / math.sqrt(2)) + sd * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def test_limits_grow_as_assumed_and_never_fall():
    outlook, economy = _drawn()
    nominal = np.log(economy.base.astype(float) * economy.price)
    growth = np.diff(nominal, axis=0)
    assert growth.min() > -1e-5
    year = 2  # 2028: the growth that is assumed for the limits themselves
    _close(growth[year - 1], _floored(math.log1p(outlook.base.middle[year]), outlook.base.sd[year]), 2e-6)
    year = 10  # with prices and wages of the year before
    mean = outlook.cpi.log_middle[9] + outlook.wage.log_middle[9] + outlook.base.middle[year]
    both = outlook.cpi.sd[9] ** 2 + outlook.wage.sd[9] ** 2
    both += 2 * outlook.price_wage * outlook.cpi.sd[9] * outlook.wage.sd[9]
    _close(growth[year - 1], _floored(mean, math.sqrt(both + outlook.base.sd[year] ** 2)), 2e-6)


def test_everything_is_one_in_the_year_of_today():
    _outlook, economy = _drawn()
    for index in (economy.base, economy.wage, economy.price):
        assert (index[0] == 1).all()


def test_in_december_the_first_row_is_the_next_year():
    outlook = read_outlook(Assumed({}), PACK, TODAY, 3)
    economy = draw_economy(outlook, TODAY, TODAY + 1, 3, 5000, stream(1, "economy"))
    _close(economy.price[0], _index_mean(outlook.cpi, 1))


def test_one_factor_moves_wages_limits_and_account_interest():
    outlook, economy = _drawn()
    wage = economy.wage_growth[19]
    base = np.diff(np.log(economy.base * economy.price), axis=0)[19]
    assert np.corrcoef(wage, economy.bookkeeping[20])[0, 1] == pytest.approx(0.7, abs=0.03)
    assert np.corrcoef(wage, base)[0, 1] == pytest.approx(outlook.wage_base, abs=0.1)
    assert np.corrcoef(wage, economy.wage_growth[20])[0, 1] == pytest.approx(0.5, abs=0.02)
    cpi = np.diff(np.log(economy.price), axis=0)[18]
    assert np.corrcoef(wage, cpi)[0, 1] == pytest.approx(0.3, abs=0.02)


def test_account_interest_has_the_memory_that_is_assumed_and_stays_in_its_band():
    _outlook, economy = _drawn()
    assert economy.bookkeeping[20].min() >= np.float32(0.012)
    assert economy.bookkeeping[20].max() <= np.float32(0.040)
    pair = np.corrcoef(economy.bookkeeping[20], economy.bookkeeping[21])[0, 1]
    assert pair == pytest.approx(0.7, abs=0.05)
    assert (economy.deposit >= 0).all()
    assert (economy.resident_rate >= 0).all()


def test_a_rate_already_announced_is_not_drawn():
    outlook = read_outlook(Assumed({}), PACK, 2024, 5)
    economy = draw_economy(outlook, 2024, 2024, 5, 100, stream(1, "economy"))
    assert np.unique(economy.bookkeeping[0]) == pytest.approx([0.0262])


def test_scenarios_are_in_order():
    wages = [_drawn(scenario)[1].wage[20].mean() for scenario in ("low", "central", "high")]
    assert wages == sorted(wages)
    assert wages[0] < wages[1] < wages[2]


def test_the_persons_own_value_holds_for_all_years_or_for_one_period():
    outlook, economy = _drawn(own={"real_wage_growth": 0.0, "cpi.2031": 9.0})
    _close(economy.wage[20], _index_mean(outlook.wage, 20))
    assert outlook.wage.middle.tolist() == [0.0] * (YEARS + 1)
    assert outlook.cpi.middle[10] == pytest.approx(0.09)
    assert outlook.cpi.middle[1] == pytest.approx(0.012)


def test_an_assumption_with_an_unknown_name_is_refused():
    assumed = Assumed({"moon": 1.0})
    read_outlook(assumed, PACK, TODAY, 5)
    with pytest.raises(InputError) as caught:
        assumed.listed()
    assert caught.value.field == "settings.assumptions.moon"
