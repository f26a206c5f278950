"""The futures as a whole: the same for the same seed, comparable between settings, in the promised form."""

from __future__ import annotations

import math
from dataclasses import fields
from datetime import date
from statistics import NormalDist

import numpy as np
import pytest

from planner.policy import load_pack
from planner.projection.assumptions import Assumed
from planner.projection.currency import correlations, read_exposure
from planner.projection.paths import Cancelled, draw_paths
from planner.projection.shocks import SHOCKS
from planner.projection.streams import spread_normals, stream
from planner.values import InputError, Month
from tests.projection.simulated import earned, person

PACK = load_pack()
PATHS = 4000
MONTHS = 60
CALM = {  # no setbacks, no change of work: what is left can be worked out
    "injury.rate": 0.0,
    "illness.rate": 0.0,
    "job_exit": 0.0,
}


def _arrays(paths):
    return {
        field.name: getattr(paths, field.name)
        for field in fields(paths)
        if isinstance(getattr(paths, field.name), np.ndarray)
    }


def _draw(months=MONTHS, **given):
    given.setdefault("paths", PATHS)
    history = given.pop("history", ())
    return draw_paths(person(history, **given), PACK, months)


def _history(count=24, **more):
    random = np.random.default_rng(8)
    return earned((7000 * np.exp(0.25 * random.standard_normal(count))).tolist(), **more)


@pytest.mark.parametrize(
    "occupation", ["food_rider_crowd", "livestreamer_independent", "cross_border_seller"]
)
def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(occupation):
    one, same, other = (
        _draw(occupation=occupation, history=_history(), seed=seed, paths=500) for seed in (7, 7, 8)
    )
    for name, array in _arrays(one).items():
        assert array.tobytes() == getattr(same, name).tobytes(), name
    assert one.income.tobytes() != other.income.tobytes()


def test_the_arrays_have_the_promised_form():
    paths = _draw(months=62)
    assert paths.first == Month(2026, 12)
    assert (paths.months, paths.count, paths.years) == (62, PATHS, 7)
    assert paths.year_of_month[[0, 1, 12, 13]].tolist() == [0, 1, 1, 2]
    for name in ("income", "base", "wage", "price", "bookkeeping", "resident_rate", "deposit"):
        array = getattr(paths, name)
        assert array.dtype == np.float32, name
        assert array.flags.c_contiguous, name
        assert np.isfinite(array).all(), name
        assert array.shape == ((62 if name == "income" else 7), PATHS)
    assert paths.death_month.dtype == np.int32
    assert paths.hurt.shape == (36, PATHS)


def test_the_head_is_a_view_of_the_first_paths():
    paths = _draw()
    head = paths.head(100)
    assert head.count == 100
    for name, array in _arrays(head).items():
        whole = getattr(paths, name)
        if name == "year_of_month":
            assert array is whole
            continue
        assert np.array_equal(array, whole[..., :100]), name
        assert np.shares_memory(array, whole), name


@pytest.mark.parametrize("today", [date(2026, 12, 3), date(2026, 1, 31)])
def test_row_zero_is_the_year_of_the_first_month(today):
    paths = draw_paths(person(today=today, paths=200), PACK, 14)
    assert paths.first == Month.of(today) + 1
    assert (paths.price[0] == 1).all() == (paths.first.year == today.year)
    assert paths.years == (paths.first + 13).year - paths.first.year + 1


@pytest.mark.parametrize("months", [0, 1, 13])
def test_few_months_are_enough(months):
    paths = _draw(months=months, shocks=("illness",))
    assert paths.income.shape == (months, PATHS)
    assert paths.years >= 1


def test_with_the_group_alone_the_median_month_is_the_groups():
    paths = _draw(assumptions=CALM, paths=20_000)
    april = Month(2027, 4) - paths.first
    earning = paths.income[april][paths.income[april] > 0]
    expected = paths.fit.median * 0.94  # the season of food in April
    spread = math.sqrt(paths.fit.group.between**2 + paths.fit.group.within**2)
    error = 1.2533 * spread / math.sqrt(earning.size)
    assert math.log(np.median(earning) / expected) == pytest.approx(0, abs=3.5 * error)


def test_the_share_of_months_without_work_is_the_chains():
    paths = _draw(assumptions=CALM, months=24, paths=20_000)
    off = (paths.income[-1] == 0).mean()
    drawn = 0.08 / (0.08 + 0.35)
    assert off == pytest.approx(drawn, abs=0.02)


def test_after_the_last_month_worked_work_goes_on_as_the_chain_says():
    working = _draw(history=_history(), assumptions=CALM, paths=20_000)
    idle = _draw(history=earned([*[6000.0] * 20, 0, 0]), assumptions=CALM, paths=20_000)
    p_off, p_on = working.fit.p_off, working.fit.p_on
    two_steps = p_off * (1 - p_on) + (1 - p_off) * p_off
    assert (working.income[0] == 0).mean() == pytest.approx(two_steps, abs=0.01)
    assert (idle.income[0] == 0).mean() > 0.4


def test_months_that_nobody_knows_of_are_forgotten_step_by_step():
    """Idle in the last known month, a year ago: by now that says nothing."""
    history = earned([*[6000.0] * 20, 0, *[math.nan] * 12])
    paths = _draw(history=history, assumptions=CALM, paths=20_000)
    assert (paths.income[0] == 0).mean() == pytest.approx(1 - paths.fit.active_share, abs=0.03)


@pytest.mark.parametrize("count", [1, 10, 10_000])
def test_spread_normals_are_normal_and_evenly_spread(count):
    drawn = spread_normals(count, stream(1, "parameters"))
    parts = np.sort([NormalDist().cdf(one) for one in drawn]) * count
    assert np.floor(parts * (1 - 1e-6)).tolist() == pytest.approx(np.arange(count), abs=1)
    if count == 10_000:
        assert abs(drawn.mean()) < 0.001
        assert drawn.std() == pytest.approx(1, abs=0.002)
        assert abs(drawn[:1000].mean()) < 4 / math.sqrt(1000)


def test_income_depends_on_itself_from_month_to_month():
    own = {**CALM, "income.rho": 0.5}
    paths = _draw(assumptions=own, paths=20_000, occupation="courier")
    logs = np.log(np.where(paths.income > 0, paths.income, np.nan))
    logs -= np.nanmean(logs, axis=1, keepdims=True)
    differences = [logs[at + 3] - logs[at] for at in (30, 31)]
    known = np.isfinite(differences[0]) & np.isfinite(differences[1])
    # the level falls out of a difference; Var = 2 s2 (1 - 0.6 r^3), Cov = s2 (1.2 r - 0.6 r^4 - 0.6 r^2)
    expected = (1.2 * 0.5 - 0.6 * 0.5**4 - 0.6 * 0.5**2) / (2 * (1 - 0.6 * 0.5**3))
    found = np.corrcoef(differences[0][known], differences[1][known])[0, 1]
    assert found == pytest.approx(expected, abs=0.05)


def test_leaving_the_work_happens_at_the_assumed_rate():
    never, often = (
        _draw(
            occupation="livestreamer_independent",
            history=earned([1500.0] * 36),
            assumptions={**CALM, "job_exit": rate},
            months=13,
        )
        for rate in (0.0, 0.45)
    )
    # Whoever leaves earns as a rider or driver does, far above what a poor streamer earns.
    low, high = (float((paths.income[12] > 5000).mean()) for paths in (never, often))
    assert low < 0.02
    assert 0.25 < high < 0.45


def test_a_switch_changes_only_what_it_is_about():
    base = _draw(history=_history())
    for name in SHOCKS:
        struck = _draw(history=_history(), shocks=(name,))
        for array in ("base", "wage", "price", "bookkeeping", "death_month"):
            assert np.array_equal(getattr(base, array), getattr(struck, array)), (name, array)
        assert (struck.income <= base.income * (1 + 1e-5)).all(), name


@pytest.mark.parametrize(("name", "months"), [("account_suspended", 3), ("illness", 3)])
def test_a_shock_that_stops_work_takes_its_months_on_every_path(name, months):
    base = _draw(history=_history())
    struck = _draw(history=_history(), shocks=(name,))
    zeros = ((struck.income == 0) & (base.income != 0)).sum(axis=0)
    already = (base.income == 0).sum(axis=0)
    assert (zeros <= months).all()
    assert (zeros[already == 0] == months).all()
    assert not (struck.income[15:] != base.income[15:]).any()
    if name == "illness":
        assert (struck.hurt[:15].sum(axis=0) >= months).all()


def test_a_higher_fee_takes_a_fifth_for_good():
    base = _draw(history=_history())
    struck = _draw(history=_history(), shocks=("fee_raised",))
    worked = base.income[12:24] > 0
    assert (struck.income[12:24][worked] / base.income[12:24][worked]) == pytest.approx(0.8, rel=1e-4)


def test_tariffs_and_currency_hit_only_income_in_foreign_money():
    home = [_draw(history=_history(), shocks=shocks) for shocks in ((), ("tariff", "currency_down_10"))]
    assert np.array_equal(home[0].income, home[1].income)
    abroad = [
        _draw(
            history=_history(shares={"USD": 0.5}),
            occupation="cross_border_seller",
            assumptions=CALM,
            shocks=shocks,
        )
        for shocks in ((), ("tariff",), ("currency_down_10",))
    ]
    means = [paths.income[12:24].mean() for paths in abroad]
    assert means[1] == pytest.approx(0.85 * means[0], rel=1e-3)
    assert means[2] < 0.95 * means[0]


def test_a_sellers_income_can_be_a_loss_and_a_riders_cannot():
    own = {**CALM, "cash_swing": 1.0, "stock_share": 0.5}
    assert (_draw(occupation="cross_border_seller", assumptions=own).income < 0).any()
    assert (_draw(occupation="food_rider_crowd").income >= 0).all()


def test_a_freelancer_feels_the_exchange_rate_once_and_a_seller_by_the_margin():
    shares = {"USD": 1.0}
    for occupation, lever in (("cross_border_freelancer", 1.0), ("cross_border_seller", 1 / 0.12)):
        case = person(_history(shares=shares), occupation=occupation)
        exposure = read_exposure(case, occupation, Assumed({}), PACK)
        assert exposure is not None
        assert exposure.lever == pytest.approx(lever)
        assert exposure.foreign == pytest.approx(1.0)


def test_exchange_rates_have_the_assumed_spread_and_no_drift():
    """A freelancer's factor is the rate itself: yearly spread of the dollar, widened by its memory."""
    history = _history(shares={"USD": 1.0})
    own = {**CALM, "income.p_off": 0.0}
    abroad = draw_paths(
        person(history, occupation="cross_border_freelancer", paths=20_000, assumptions=own), PACK, 24
    )
    home = draw_paths(
        person(
            _history(),
            occupation="cross_border_freelancer",
            paths=20_000,
            assumptions={**own, "foreign_share": 0.0},
        ),
        PACK,
        24,
    )
    worked = (home.income[23] > 0) & (abroad.income[23] > 0)
    rate = np.log(abroad.income[23][worked] / home.income[23][worked])
    monthly, memory, months = 0.045 / math.sqrt(12), 0.25, 24
    variance = monthly**2 * sum(memory ** abs(i - j) for i in range(months) for j in range(months))
    assert rate.std() == pytest.approx(math.sqrt(variance), rel=0.04)
    assert abs(rate.mean()) < 4 * rate.std() / math.sqrt(rate.size)


def test_correlations_of_currencies_make_a_proper_matrix():
    matrix = correlations(("EUR", "GBP", "HKD", "JPY", "USD"), PACK)
    assert np.array_equal(matrix, matrix.T)
    assert np.linalg.eigvalsh(matrix).min() > -1e-9
    assert matrix[2, 4] == pytest.approx(0.99)
    assert matrix[0, 2] == pytest.approx(0.99 * 0.16)


def test_a_basket_of_currencies_has_the_moments_of_its_parts():
    case = person(_history(shares={"USD": 0.3, "EUR": 0.4, "GBP": 0.2}), occupation="cross_border_seller")
    exposure = read_exposure(case, "cross_border_seller", Assumed({}), PACK)
    assert exposure is not None
    basket = exposure.basket()
    # Two series of the currencies themselves: shocks with the assumed correlation, the dollar with memory.
    weights = exposure.shares / exposure.foreign
    shocks = np.sqrt(1 - exposure.ar1**2) * exposure.monthly_sd
    covariance = shocks[:, None] * exposure.correlation * shocks
    stationary = covariance / (1 - exposure.ar1[:, None] * exposure.ar1)
    variance = weights @ stationary @ weights
    neighbours = weights @ (exposure.ar1[:, None] * stationary) @ weights
    memory, echo = basket.memory, basket.echo
    ours = basket.sd**2 * (1 + 2 * memory * echo + echo**2) / (1 - memory**2)
    assert ours == pytest.approx(variance, rel=1e-9)
    assert memory * ours + echo * basket.sd**2 == pytest.approx(neighbours, rel=1e-9)


def test_income_in_an_unknown_currency_is_priced_with_an_assumption_that_is_shown():
    paths = _draw(history=_history(shares={"AUD": 0.5}), occupation="cross_border_freelancer", paths=200)
    assert "fx.AUD" in {one.name for one in paths.assumptions}


def test_the_young_grow_with_wages_and_the_old_in_heavy_work_decline():
    own = {**CALM, "income.p_off": 0.0}
    ratios = []
    for born in (Month(1996, 11), Month(1979, 11), Month(1970, 11)):
        paths = _draw(born=born, assumptions=own, months=121, paths=20_000)
        ratios.append(np.median(paths.income[108:120]) / np.median(paths.income[:12]))
    assert ratios[0] == pytest.approx(1.25, abs=0.08)
    assert ratios[1] == pytest.approx(0.95, abs=0.05)
    assert ratios[2] < 0.95


def test_a_plan_can_be_called_off_and_tells_how_far_it_is():
    told = []
    draw_paths(person(paths=100), PACK, 60, progress=told.append)
    assert told == sorted(told)
    assert len(told) == 5
    with pytest.raises(Cancelled):
        draw_paths(person(paths=100), PACK, 60, cancelled=lambda: True)


def test_every_assumption_is_listed_once_with_its_range_and_can_be_given():
    paths = _draw(occupation="cross_border_seller", paths=200)
    names = [one.name for one in paths.assumptions]
    assert len(names) == len(set(names))
    assert {"cpi.2031", "income.median", "job_exit", "net_margin", "fx.USD", "illness.rate"} <= set(names)
    for one in paths.assumptions:
        assert one.title
        assert one.source.title
        if one.low is not None and one.high is not None:
            assert one.low <= one.value <= one.high, one.name
    given = _draw(occupation="cross_border_seller", paths=200, assumptions={"net_margin": 0.2})
    mine = next(one for one in given.assumptions if one.name == "net_margin")
    assert (mine.value, mine.own) == (0.2, True)


def test_an_unknown_shock_or_assumption_is_refused_by_name():
    with pytest.raises(InputError) as caught:
        _draw(shocks=("meteor",))
    assert caught.value.field == "settings.shocks"
    with pytest.raises(InputError) as caught:
        _draw(assumptions={"luck": 1.0})
    assert caught.value.field == "settings.assumptions.luck"


@pytest.mark.parametrize("row", PACK.table("occupations"), ids=lambda row: row["code"])
def test_every_occupation_has_futures(row):
    paths = _draw(occupation=row["code"], months=480, paths=200)
    assert np.isfinite(paths.income).all()
    assert (paths.income != 0).any()


@pytest.mark.parametrize(
    "name", [one.name for one in _draw(occupation="cross_border_seller", paths=10).assumptions]
)
@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, 1e9, math.nan])
def test_any_value_of_any_assumption_gives_futures_or_a_clear_refusal(name, value):
    refused = None
    try:
        paths = _draw(occupation="cross_border_seller", paths=50, months=30, assumptions={name: value})
    except InputError as error:
        refused = error
    if refused is not None:
        assert refused.code == "out_of_range"
        assert name in refused.field
        return
    assert np.isfinite(paths.income).all()
    assert np.isfinite(paths.base).all()


def test_an_assumption_that_a_case_has_no_use_for_is_left_alone():
    with_margin = _draw(assumptions={"net_margin": 0.3})
    assert np.array_equal(with_margin.income, _draw().income)
