"""The cash rule and the day of drawing once more: one path, one month after another, in plain Python.

Slow and short on purpose. It shares nothing with the engine but its inputs, so that a slip in the arrays of
the one shows against the loops of the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from planner.projection.ground import Ground
from planner.projection.lapses import HORIZONS
from planner.projection.plans import MATCHED, STEP_UP, Plan
from planner.values import Month

NEVER = -1
_ENOUGH = 1e-6  # a cost that the cash misses by less counts as covered
_BOUGHT = 10_000  # where a year fell due that is bought after the draw age: nowhere


@dataclass
class Person:
    """One path of a plan; yuan of today but for the two accounts, which are nominal."""

    buffer: float
    employee_account: float
    resident_account: float
    employee_months: float
    index_sum: float
    all_months: float  # of both schemes
    owed: list[int] = field(default_factory=list)  # the months in which what is unpaid fell due
    lost: list[int] = field(default_factory=list)
    credits: list[tuple[int, float]] = field(
        default_factory=list
    )  # of the year: calendar month, nominal yuan
    paid: float = 0.0
    row: int = NEVER
    pension: float = 0.0
    refund: float = 0.0

    def lapsed(self, weight: int) -> tuple[int, ...]:
        return tuple(weight * sum(due < horizon for due in self.lost) for horizon in HORIZONS)


def live(plan: Plan, ground: Ground, path: int, minimum: dict[int, int]) -> Person:
    """What a plan does on one path; `minimum` months of the employee scheme by the year of drawing."""
    return _Life(plan, ground, path, minimum).through()


class _Life:
    def __init__(self, plan: Plan, ground: Ground, path: int, minimum: dict[int, int]) -> None:
        past, paths = ground.past, ground.paths
        self.plan, self.law, self.habits, self.past = plan, ground.law, ground.habits, past
        self.first, self.rows, self.minimum = paths.first, paths.months, minimum
        self.income = paths.income[:, path].tolist()
        self.base, self.price = paths.base[:, path].tolist(), paths.price[:, path].tolist()
        self.rate = paths.bookkeeping[:, path].tolist()
        self.resident_rate = paths.resident_rate[:, path].tolist()
        self.death = int(paths.death_month[path])
        self.monthly, self.yearly = plan.scheme == "employee", plan.scheme == "resident"
        self.share, self.hopes = plan.share, False
        self.savings = ground.habits.buffer  # of the start: kept, never filled up again
        self.me = Person(
            ground.habits.buffer,
            past.account,
            past.resident_account,
            past.months,
            past.months * past.index,
            past.months + past.resident_months,
        )

    def through(self) -> Person:
        for row in range(self.rows):
            month = self.first + row
            if row and month.month == 1:
                self._new_year(month.year - self.first.year)
            if row == 0 and self.plan.family == STEP_UP:
                self._step(self.past.monthly_income, 0)
            if self.death <= row:
                break
            self._pay(row, month)
            if self._draws(row, month):
                break
        return self.me

    def _new_year(self, year: int) -> None:
        me, last = self.me, year - 1
        me.employee_account, me.resident_account = self._accounts(last, 12, self.rate[last])
        me.credits.clear()
        if self.plan.family == STEP_UP:
            before = [self.income[row] for row in range(self.rows) if self._year(row) == last]
            self._step(sum(before) / len(before), year)

    def _year(self, row: int) -> int:
        return (self.first + row).year - self.first.year

    def _step(self, income: float, year: int) -> None:
        self.share = self._allowed(income * self.plan.income_share / self._whole(year))

    def _whole(self, year: int) -> float:
        """What a base of the whole reference wage costs a month."""
        return self.law.employee.rate * self.law.employee.wage * self.base[year]

    def _allowed(self, share: float) -> float:
        law = self.law.employee
        listed = [one for one in law.shares if one <= share + _ENOUGH]
        if law.shares:
            return max(listed, default=law.shares[0])
        return min(max(share, law.least), law.most)

    def _accounts(self, year: int, month: int, rate: float) -> tuple[float, float]:
        me = self.me
        employee = me.employee_account * (1 + rate * month / 12)
        resident = me.resident_account * (1 + self.resident_rate[year] * month / 12)
        for paid, yuan in me.credits:
            if self.monthly:
                employee += yuan * (1 + rate * (month + 1 - paid) / 12)
            else:
                resident += yuan
        return employee, resident

    # A month

    def _pay(self, row: int, month: Month) -> None:
        """The running month before older ones; what is not paid stays owed until the year closes."""
        plan, me, year = self.plan, self.me, self._year(row)
        cash = max(me.buffer + self.income[row] - self.habits.essentials, 0.0)
        still = []
        for due in [row, *me.owed] if self._is_due(row, month) else list(me.owed):
            share = self._wanted(row, cash) if plan.family == MATCHED and due == row else self._usual
            cost = plan.tier if self.yearly else share * self._whole(year)
            if cash < cost * (1 - _ENOUGH):
                still.append(due)
                continue
            cash -= cost
            me.paid += cost
            me.all_months += 12 if self.yearly else 1
            if self.monthly:
                me.employee_months += 1
                me.index_sum += share
                credit = cost / self.law.employee.rate * self.law.employee.account_rate
                me.credits.append((month.month, credit * self.price[year]))
            else:
                credit = cost + (plan.subsidy if due != _BOUGHT else 0.0)
                me.credits.append((month.month, credit * self.price[year]))
        me.owed = sorted(still)
        reserve = plan.reserve_months * self.share * self._whole(year)
        me.buffer = min(cash, max(self.habits.target[month.month - 1] + reserve, self.savings))
        self.savings = min(self.savings, me.buffer)
        if self._closes(row, month):
            me.lost += me.owed
            me.owed = []

    def _is_due(self, row: int, month: Month) -> bool:
        plan = self.plan
        paused = plan.pause_from <= row < plan.pause_from + plan.pause_months
        if plan.scheme == "none" or row < plan.start or paused:
            return False
        if self.yearly:
            return row <= self.law.resident.draw and (month.month == 1 or (row == 0 and month.month <= 7))
        return row <= self.law.employee.draw or self.hopes

    @property
    def _usual(self) -> float:
        return self.law.employee.least if self.plan.family == MATCHED else self.share

    def _wanted(self, row: int, cash: float) -> float:
        whole = self._whole(self._year(row))
        return self._allowed(min(self.income[row] * self.plan.income_share, cash) / whole)

    def _closes(self, row: int, month: Month) -> bool:
        if self.yearly:
            return row == self.law.resident.draw or (month.month == 12 and row < self.law.resident.draw)
        return month.month == 12 or row == self.law.employee.draw or not self.law.catch_up

    # Drawing

    def _draws(self, row: int, month: Month) -> bool:
        """Whether this is the last month before the pension, or before the account is paid back."""
        me, law, year = self.me, self.law, self._year(row)
        later = row - law.employee.draw
        in_time = 0 <= later <= law.employee.later and (later == 0 or self.monthly)
        if in_time and me.employee_months >= self.minimum[month.year]:
            rate = law.employee.last_rate if year == 0 else self.rate[year - 1]
            real = sum(self._accounts(year, month.month, rate)) / self.price[year]
            index = me.index_sum / max(me.employee_months, 1)
            half, low = (1 + index) / 2, law.employee.low_index
            if low is not None and index < low:
                half = (1 + low) / 2 * index / low
            earned = law.employee.accrued[round(me.employee_months)]
            me.row = row
            me.pension = law.employee.benefit_base * self.base[year] * half * earned
            me.pension += real / law.employee.divisor[later]
            return True
        return self._leaves(row, month, later)

    def _leaves(self, row: int, month: Month, later: int) -> bool:
        """Whether there is no hope of the own scheme's minimum and the resident scheme settles it."""
        me, law, year = self.me, self.law.resident, self._year(row)
        own = law.draw if self.yearly else self.law.employee.draw
        hope = False
        if self.monthly:
            end = min(self.law.employee.later, self.rows - 1 - own)
            hope = (
                later < end
                and me.employee_months + len(me.owed) + end - later
                >= self.minimum[(self.first + own + end).year]
            )
        elif self.yearly:
            hope = me.all_months < law.minimum and row < min(own + self.law.employee.later, self.rows - 1)
        self.hopes = hope and row >= own
        counted = self.monthly or self.past.months > 0
        if not hope and row >= (max(self.law.employee.draw, law.draw) if counted else law.draw):
            self._settle(row, month, year)
            return True
        if self.yearly and row == own and hope:
            me.owed = [_BOUGHT] * math.ceil((law.minimum - me.all_months) / 12)
        return False

    def _settle(self, row: int, month: Month, year: int) -> None:
        me, law = self.me, self.law.resident
        rate = self.law.employee.last_rate if year == 0 else self.rate[year - 1]
        real = sum(self._accounts(year, month.month, rate)) / self.price[year]
        missing = max(math.ceil((law.minimum - me.all_months) / 12), 0)
        cost = missing * law.tiers[0].amount
        if self.monthly and missing and me.buffer >= cost * (1 - _ENOUGH):
            me.paid += cost
            real += cost
            me.all_months += 12 * missing
        me.row = row
        if me.all_months >= law.minimum:
            me.pension = law.base * self.base[year] ** self.habits.resident_follows + real / law.divisor
        else:
            me.refund = real
