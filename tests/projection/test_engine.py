"""The engine against the exact statutory arithmetic, closed forms and the properties of the cash rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.projection.engine import run
from planner.projection.ground import Ground, Habits
from planner.projection.plans import Plan, employee_tiers, late_start, nothing, plans_of, resident_plans
from planner.schemes.account import AccountInput, Credit, roll
from planner.schemes.annuity import Age
from planner.schemes.pension import PensionInput, pension
from planner.schemes.resident import Payment, ResidentInput, account_of, resident_pension
from planner.values import Month
from tests.projection.certain import case_of, ground_of, pack, paths_of

FEN = 0.02
RICH = 60_000.0


def tier(share: float, **changes) -> Plan:
    return Plan("tier", "employee", "employee", share=share, **changes)


@pytest.mark.parametrize("province", ["CN-GD", "CN-SH", "CN-JS", "CN-BJ", "CN-JL", "CN-SC"])
@pytest.mark.parametrize("wanted", [0.0, 1.0, 3.0])
def test_a_certain_path_gives_the_statutory_pension(province, wanted):
    case = case_of(
        province, born="1976-06", employee_months=100, average_index=0.9, account_balance=Decimal(40_000)
    )
    ground = ground_of(case, RICH, rate=0.015)
    law = ground.law.employee
    share = law.snapped(max(wanted, law.least))
    done = run(tier(share), ground)

    retire = case.first + law.draw
    monthly = Decimal(repr(share)) * Decimal(repr(law.wage)) * Decimal("0.08")
    credits = tuple(
        Credit(year, monthly, tuple(m for m in range(1, 13) if case.first <= Month(year, m) <= retire))
        for year in range(case.first.year, retire.year + 1)
    )
    rates = {year: Decimal("1.5") for year in range(case.first.year - 1, retire.year + 1)}
    start = AccountInput(
        first_year=case.first.year,
        balance=Decimal(40_000),
        credits=credits,
        until=retire,
        retired=retire,
        rates=rates,
    )
    balance = roll(start, pack()).balances[retire.year]
    months = 100 + law.draw + 1
    exact = pension(
        PensionInput(
            place=case.place,
            retire=retire,
            account_balance=balance,
            contribution_months=Decimal(months),
            average_index=(Decimal(90) + (months - 100) * Decimal(repr(share))) / months,
            age=Age(*divmod(retire - case.born, 12)),
            benefit_base=Decimal(repr(law.benefit_base)),
            money_rule="fen",
        ),
        pack(),
    )
    assert done.drawn.row.tolist() == [law.draw] * 3
    assert done.drawn.account[0] == pytest.approx(float(balance), abs=1.0)
    assert done.drawn.pension[0] == pytest.approx(float(exact.total), abs=FEN)
    assert done.months[0] >= months


def test_a_certain_path_gives_the_resident_pension():
    case = case_of("CN-SC", born="1980-12", resident_months=36, resident_balance=Decimal("1500"))
    ground = ground_of(case, RICH, resident_rate=0.03)
    law = ground.law.resident
    plan = resident_plans(law)[3]
    done = run(plan, ground)

    draw = case.first + law.draw
    assert (draw.month, draw.year) == (12, 2040)
    payments = tuple(
        Payment(year, Decimal(repr(plan.tier)), Decimal(repr(plan.subsidy)))
        for year in range(case.first.year, draw.year + 1)
    )
    past = Payment(case.first.year - 1, Decimal(1500))
    balance, _steps = account_of((past, *payments), Decimal("0.03"))
    exact = resident_pension(
        ResidentInput(base_pension=Decimal(repr(law.base)), account_balance=balance), pack()
    )
    assert done.drawn.pension[0] == pytest.approx(float(exact.total), abs=FEN)
    assert done.paid[:, 0].sum() == pytest.approx(plan.tier * len(payments))


def test_prices_lower_the_account_but_not_the_base():
    case = case_of()
    flat = run(tier(1.0), ground_of(case, RICH, rate=0.0)).drawn
    risen = run(tier(1.0), ground_of(case, RICH, rate=0.0, inflation=0.03)).drawn
    assert risen.pension[0] - risen.personal[0] == pytest.approx(flat.pension[0] - flat.personal[0], rel=1e-6)
    assert risen.personal[0] < flat.personal[0]


def test_who_is_short_pays_on_and_draws_with_the_later_divisor():
    case = case_of(born="1966-12", employee_months=160, average_index=0.6, account_balance=Decimal(50_000))
    ground = ground_of(case, RICH)
    law = ground.law.employee
    done = run(tier(law.least), ground)
    later = int(done.drawn.row[0]) - law.draw
    assert later > 0
    assert 160 + law.draw + 1 + later == law.minimum[later]
    assert done.drawn.personal[0] == pytest.approx(done.drawn.account[0] / law.divisor[later])
    assert done.drawn.pension[0] > 0


def test_who_cannot_reach_the_minimum_moves_to_the_resident_scheme_or_gets_the_account_back():
    refunded = run(
        nothing(), ground_of(case_of(employee_months=60, average_index=1.0, account_balance=9000), 0.0)
    )
    assert refunded.drawn.pension[0] == 0
    assert refunded.drawn.refund[0] > 9000
    case = case_of(
        employee_months=100,
        average_index=1.0,
        account_balance=9000,
        resident_months=84,
        resident_balance=2000,
    )
    ground = ground_of(case, 0.0)
    moved = run(nothing(), ground)
    assert moved.drawn.refund[0] == 0
    assert moved.drawn.pension[0] == pytest.approx(
        ground.law.resident.base + moved.drawn.account[0] / ground.law.resident.divisor
    )


def test_resident_years_never_count_for_the_employee_scheme_but_the_account_moves_along():
    case = case_of(employee_months=250, average_index=1.0, resident_months=48, resident_balance=4800)
    with_it = run(nothing(), ground_of(case, 0.0)).drawn
    without = run(nothing(), ground_of(case_of(employee_months=250, average_index=1.0), 0.0)).drawn
    assert with_it.pension[0] - with_it.personal[0] == pytest.approx(without.pension[0] - without.personal[0])
    assert with_it.personal[0] > without.personal[0]


def test_a_yearly_payer_lapses_only_if_no_month_up_to_the_closing_day_carries_the_year():
    case = case_of()
    law = ground_of(case, RICH).law
    plan = resident_plans(law.resident)[0]
    income = np.full((law.horizon, 4), 2000.0)
    at = {month: Month(case.first.year, month) - case.first for month in (1, 7, 12)}
    for path, month in enumerate((1, 7, 12)):
        income[: at[12] + 1, path] = 0.0
        income[at[month], path] = 2000.0 + plan.tier
    income[: at[12] + 1, 3] = 2000.0 + plan.tier - 1.0  # never enough in a month, and nothing is left over
    ground = ground_of(case, income, target=0.0, count=4)
    done = run(plan, ground)
    assert (done.lapses[0] > 0).tolist() == [False, False, False, True]


def test_old_joiners_of_the_resident_scheme_buy_missing_years_without_subsidy():
    case = case_of(born="1970-03")
    ground = ground_of(case, RICH)
    plan = resident_plans(ground.law.resident)[2]
    done = run(plan, ground)
    on_time = 4  # 2027 to 2030
    assert done.paid[:, 0].sum() == pytest.approx(plan.tier * 15)
    assert done.drawn.pension[0] > ground.law.resident.base
    least = plan.tier * 15 + plan.subsidy * on_time
    assert least <= done.drawn.account[0] <= least * 1.025**4


def test_who_falls_short_by_a_little_buys_resident_years_from_the_buffer():
    case = case_of(born="1966-12", employee_months=100, average_index=0.6, account_balance=Decimal(20_000))
    poor, rich = (ground_of(case, RICH, target=target) for target in (0.0, 9000.0))
    plan = tier(poor.law.employee.least)
    refunded, bought = run(plan, poor), run(plan, rich)
    assert (refunded.drawn.pension[0], bought.drawn.refund[0]) == (0.0, 0.0)
    assert refunded.drawn.refund[0] > 20_000
    assert bought.drawn.pension[0] > rich.law.resident.base
    lowest, months = rich.law.resident.tiers[0].amount, 100 + rich.law.employee.draw + 1
    more = bought.paid[:, 0].sum() - refunded.paid[:, 0].sum()
    assert more == pytest.approx(-(-(180 - months) // 12) * lowest)


def test_death_before_drawing_leaves_the_account_to_heirs():
    case = case_of(account_balance=Decimal(1000))
    done = run(tier(1.0), ground_of(case, RICH, rate=0.0, death=[24, 5000, 5000]))
    law = ground_of(case, RICH).law.employee
    assert done.drawn.row[0] == -1
    assert done.heirs[0] == pytest.approx(1000 + 24 * 0.08 * law.wage, rel=1e-5)
    assert done.heirs[1] == 0


# The cash rule


def test_a_month_that_cannot_be_paid_is_caught_up_in_its_year_and_lost_after_it():
    case = case_of(today=date(2026, 12, 5))
    ground = ground_of(case, 0.0)
    cost = ground.law.employee.monthly(ground.law.employee.least)
    income = np.full((ground.paths.months, 3), 2000.0 + cost)
    income[2] = 0.0  # March
    income[5, 0] = 2000.0 + 2 * cost  # path 0 has the money in June
    income[14, 1] = 2000.0 + 2 * cost  # path 1 only in March of the next year
    done = run(tier(ground.law.employee.least), ground_of(case, income + 0.01))
    assert done.lapses.tolist() == [[0, 1, 1], [0, 1, 1], [0, 1, 1]]
    assert done.unpaid[:, 0].nonzero()[0].tolist() == [2]
    assert done.costs[5, 0] == pytest.approx(2 * cost, rel=1e-6)
    assert done.costs[14, 1] == pytest.approx(cost, rel=1e-6)


def test_without_catching_up_a_missed_month_is_lost_at_once():
    case = case_of("CN-SH")
    ground = ground_of(case, 0.0)
    cost = ground.law.employee.monthly(ground.law.employee.least)
    income = np.full((ground.paths.months, 3), 2000.0 + 5 * cost)
    income[2] = 0.0
    done = run(tier(ground.law.employee.least), ground_of(case, income, target=0.0))
    assert not ground.law.catch_up
    assert done.lapses[:, 0].tolist() == [1, 1, 1]


def test_a_lapse_counts_where_it_fell_due_even_if_its_year_closes_later():
    case = case_of(today=date(2026, 6, 5))  # the twelfth month is June 2027
    ground = ground_of(case, 0.0)
    cost = ground.law.employee.monthly(ground.law.employee.least)
    income = np.full((ground.paths.months, 3), 2000.0 + cost + 0.01)
    income[9, 0] = 0.0  # April 2027, never caught up
    income[14, 1] = 0.0  # September 2027
    income[9, 2] = 0.0
    income[15, 2] = 2000.0 + 2 * cost + 0.02  # caught up in October 2027
    done = run(tier(ground.law.employee.least), ground_of(case, income))
    assert done.lapses.tolist() == [[1, 0, 0], [1, 1, 0], [1, 1, 0]]


@pytest.mark.parametrize("chance", [0.01, 0.1, 0.3])
def test_lapses_of_independent_months_follow_the_binomial(chance):
    case = case_of("CN-SH")
    count = 20_000
    months = ground_of(case, 0.0).paths.months
    random = np.random.default_rng(7)
    works = random.random((months, count)) >= chance
    ground = ground_of(case, np.where(works, 50_000.0, 0.0), target=0.0, count=count)
    done = run(tier(1.0), ground)
    for at, horizon in enumerate((12, 24, 36)):
        expected = 1.0 - (1.0 - chance) ** horizon
        error = np.sqrt(expected * (1.0 - expected) / count)
        assert np.mean(done.lapses[at] > 0) == pytest.approx(expected, abs=3 * error)
        spread = np.sqrt(horizon * chance * (1 - chance) / count)
        assert np.mean(done.lapses[at]) == pytest.approx(horizon * chance, abs=3 * spread)


def replayed(plan: Plan, ground: Ground, path: int) -> None:
    """The noted months again, in plain numbers: nothing is paid that is not there."""
    done = run(plan, ground)
    buffer = savings = ground.habits.buffer
    for row in range(done.left.shape[0]):
        cash = buffer + float(ground.net[row, path])
        paid = float(done.costs[row, path])
        assert paid <= max(cash, 0.0) + 0.01
        assert paid >= 0.0
        assert done.left[row, path] == pytest.approx(cash - paid, abs=0.05)
        cap = ground.habits.target[0] + plan.reserve_months * _unit_cost(plan, ground)
        buffer = min(max(cash - paid, 0.0), max(cap, savings))
        savings = min(savings, buffer)


def _unit_cost(plan: Plan, ground: Ground) -> float:
    return ground.law.employee.monthly(plan.share) if plan.reserve_months else 0.0


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1), buffer=st.floats(0, 20_000), level=st.floats(500, 15_000))
def test_no_plan_ever_spends_cash_that_is_not_there(seed, buffer, level):
    case = case_of("CN-JS", born="1966-12", employee_months=170, average_index=0.8)
    random = np.random.default_rng(seed)
    months = ground_of(case, 0.0).paths.months
    income = level * np.exp(random.normal(0, 0.8, (months, 3))) * (random.random((months, 3)) > 0.2)
    ground = ground_of(case, income - 300.0, buffer=buffer)
    for plan in plans_of(ground.law):
        if plan.family in ("resident", "employee") and plan.id[-1] != "0":
            continue
        for path in range(3):
            replayed(plan, ground, path)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), low=st.floats(0.6, 3.0), more=st.floats(0.0, 2.0))
def test_more_paid_in_never_lowers_the_pension(seed, low, more):
    case = case_of(born="1970-12", employee_months=150, average_index=0.7, account_balance=Decimal(30_000))
    random = np.random.default_rng(seed)
    months = ground_of(case, 0.0).paths.months
    works = random.random((months, 8)) > 0.1
    income = np.where(works, 90_000.0, 0.0)  # whoever works can pay any tier
    ground = ground_of(case, income, count=8, target=0.0)
    high = min(low + more, 3.0)
    lower, higher = run(tier(low), ground), run(tier(high), ground)
    assert (higher.paid.sum(axis=0) >= lower.paid.sum(axis=0) - 0.01).all()
    assert (higher.drawn.pension >= lower.drawn.pension - 0.01).all()


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), delay=st.integers(1, 60))
def test_more_months_never_lower_the_basic_pension(seed, delay):
    case = case_of(born="1980-12")
    random = np.random.default_rng(seed)
    months = ground_of(case, 0.0).paths.months
    income = random.uniform(2000, 9000, (months, 8))
    ground = ground_of(case, income, count=8)
    plan = employee_tiers(ground.law.employee)[0]
    early, late = run(plan, ground), run(late_start(plan, delay), ground)
    same = (early.drawn.row == late.drawn.row) & (early.drawn.refund == 0)
    assert (early.months >= late.months).all()
    assert (early.drawn.pension[same] >= late.drawn.pension[same] - 0.01).all()


def test_matched_pays_its_share_within_the_bases():
    case = case_of()
    ground = ground_of(case, 0.0)
    law = ground.law.employee
    income = np.full((ground.paths.months, 3), 1.0)
    income[:, 0], income[:, 1], income[:, 2] = 10_000.0, 4_000.0, 400_000.0
    done = run(Plan("m", "matched", "employee", income_share=0.16), ground_of(case, income))
    assert done.costs[6].tolist() == pytest.approx(
        [1_600.0, law.monthly(law.least), law.monthly(law.most)], rel=1e-5
    )


def test_matched_takes_only_bases_of_the_list():
    case = case_of("CN-JS")
    ground = ground_of(case, 0.0)
    income = np.random.default_rng(3).uniform(3000, 40_000, (ground.paths.months, 3))
    done = run(Plan("m", "matched", "employee", income_share=0.2), ground_of(case, income))
    listed = [float(base) * ground.law.employee.rate for base in ground.law.employee.choice.fixed or ()]
    paid = done.costs[done.costs > 0]
    assert len(paid) > 90
    assert all(min(abs(one - cost) for cost in listed) < 0.05 for one in paid.tolist())


def test_step_up_follows_last_years_income():
    case = case_of()
    ground = ground_of(case, 0.0)
    income = np.full((ground.paths.months, 3), 8_000.0)
    income[:12] = 20_000.0
    done = run(
        Plan("s", "step_up", "employee", income_share=0.2), ground_of(case, income, monthly_income=6000)
    )
    assert done.costs[3, 0] == pytest.approx(0.2 * 6000, rel=1e-5)
    assert done.costs[14, 0] == pytest.approx(0.2 * 20_000, rel=1e-5)
    assert done.costs[26, 0] == pytest.approx(0.2 * 8_000, rel=1e-5)


def test_savings_beyond_the_target_are_there_in_low_months_but_not_filled_up_again():
    """Essentials of ¥2,000 and nothing earned in the third month, much in all others."""
    case = case_of("CN-JS", born="1976-06")
    income = np.full((ground_of(case, 0.0).paths.months, 3), 4_000.0)
    income[2::12] = 0.0
    plan = tier(0.6)
    cost = ground_of(case, 0.0).law.employee.monthly(0.6)
    assert 500 < cost < 2_000
    without, with_savings = (
        run(plan, ground_of(case, income, buffer=buffer, target=2_500.0)) for buffer in (0.0, 50_000.0)
    )
    assert without.unpaid[2].all()
    assert not with_savings.unpaid.any()
    assert with_savings.left[2, 0] == pytest.approx(50_000 - 2_000 - cost, abs=1)
    after = with_savings.left[3:14, 0]  # what a good month earns beyond the target is spent
    assert after[-1] <= with_savings.left[2, 0] + 2_000 - cost + 1


def test_a_reserve_carries_a_peak_saver_through_months_without_income():
    case = case_of()
    ground = ground_of(case, 0.0)
    income = np.full((ground.paths.months, 3), 12_000.0)
    income[10:14] = 2000.0  # over the closing day, only what must be spent
    ground = ground_of(case, income, target=500.0)
    plain = run(tier(1.0), ground)
    saved = run(tier(1.0, reserve_months=12), ground)
    assert plain.lapses[1, 0] == 2
    assert saved.lapses[1, 0] == 0


def test_pausing_and_starting_late_are_no_lapses():
    ground = ground_of(case_of(), RICH)
    for plan in plans_of(ground.law):
        done = run(plan, ground)
        assert not done.lapses.any(), plan.id
    late = run(late_start(tier(1.0), 24), ground)
    assert late.months[0] == run(tier(1.0), ground).months[0] - 24


def test_paths_do_not_touch_each_other():
    case = case_of()
    random = np.random.default_rng(5)
    months = ground_of(case, 0.0).paths.months
    income = random.uniform(1500, 9000, (months, 40))
    death = random.integers(50, 900, 40)
    whole = ground_of(case, income, count=40, death=death)
    part = whole.head(7)
    for plan in plans_of(whole.law):
        all_of_them, some = run(plan, whole), run(plan, part)
        np.testing.assert_array_equal(all_of_them.drawn.pension[:7], some.drawn.pension)
        np.testing.assert_array_equal(all_of_them.paid[:, :7], some.paid)


def test_a_habit_of_a_bigger_buffer_never_adds_lapses():
    case = case_of()
    random = np.random.default_rng(9)
    months = ground_of(case, 0.0).paths.months
    paths = paths_of(case, months, random.uniform(0, 8000, (months, 500)), count=500)
    base = ground_of(case, 0.0)
    lapses = [
        run(tier(0.8), Ground.of(paths, base.law, Habits(2500.0, 3000.0, (target,) * 12), base.past)).lapses
        for target in (0.0, 3000.0, 12_000.0)
    ]
    assert (lapses[0] >= lapses[1]).all()
    assert (lapses[1] >= lapses[2]).all()
