"""What has been paid into both schemes on each path: months, index and the two accounts, year by year."""

from __future__ import annotations

import numpy as np

from planner.projection.ground import Doubles, Floats, Ground
from planner.projection.plans import MATCHED, Plan

DECEMBER = 12


class Accounts:
    """Balances are nominal, as they stood at the end of the last year; the running year stands apart.

    Of the running year: `periods` paid (months, or years of a yearly payer), `bases` paid on as shares of the
    reference wage (the periods themselves where all are on `share`), and `earning`, the bases added up at the
    end of each month, so that each counts once for every month it earns interest.
    `in_time`: which periods carry a subsidy, once others are bought after the draw age.
    """

    def __init__(self, plan: Plan, ground: Ground) -> None:
        count, past = ground.count, ground.past
        self.plan, self.ground = plan, ground
        self.monthly, self.yearly = plan.scheme == "employee", plan.scheme == "resident"
        self.months = np.full(count, float(past.months))
        self.index_sum = self.months * past.index
        self.account = np.full(count, past.account)
        self.resident_months = np.full(count, float(past.resident_months))
        self.resident_account = np.full(count, past.resident_account)
        self.share: float | Floats = plan.share
        self.periods = np.zeros(count, np.float32)
        self.bases = np.zeros(count, np.float32) if plan.family == MATCHED else self.periods
        self.earning = np.zeros(count, np.float32)
        self.in_time: Floats | None = None

    def months_now(self) -> Doubles:
        """Months of the employee scheme, the running year's among them."""
        return np.add(self.months, self.periods, dtype=np.float64) if self.monthly else self.months

    def all_months_now(self) -> Doubles:
        """Months of both schemes, as the resident scheme counts them."""
        total: Doubles = self.months_now() + self.resident_months
        return total + self.periods * 12.0 if self.yearly else total

    def index_now(self) -> Doubles:
        """The average index over the months paid."""
        total = self.index_sum + self._indices() if self.monthly else self.index_sum
        index: Doubles = total / np.maximum(self.months_now(), 1.0)
        return index

    def employee_now(self, year: int, month: int) -> Doubles:
        """The employee account on a draw day: the year's rate is not out, so last year's stands in for it."""
        return self._employee(year, month, self.ground.last_rates(year))

    def resident_now(self, year: int, month: int) -> Doubles:
        """The resident account at the end of a calendar month: what is paid in a year earns nothing in it."""
        paths = self.ground.paths
        rolled: Doubles = self.resident_account * (1.0 + paths.resident_rate[year] * (month / 12.0))
        if self.yearly:
            in_time = self.periods if self.in_time is None else self.in_time
            rolled += self.plan.tier * (self.periods * paths.price[year])
            rolled += self.plan.subsidy * (in_time * paths.price[year])
        return rolled

    def close(self, year: int) -> None:
        """Interest and credits of the year; a new one begins."""
        if self.monthly or self.account.any():
            rate = self.ground.paths.bookkeeping[year].astype(np.float64)
            self.account = self._employee(year, DECEMBER, rate)
        if self.monthly:
            self.months += self.periods
            self.index_sum += self._indices()
        if self.yearly or self.ground.past.resident_account:
            self.resident_account = self.resident_now(year, DECEMBER)
        if self.yearly:
            self.resident_months += self.periods * 12.0
        for running in (self.periods, self.bases, self.earning, self.in_time):
            if running is not None:
                running.fill(0.0)

    def _indices(self) -> Floats | Doubles:
        return self.bases if self.plan.family == MATCHED else self.share * self.periods

    def _employee(self, year: int, through: int, rate: Doubles) -> Doubles:
        """The employee account at the end of calendar month `through`, with `rate` for the year."""
        twelfth = rate / 12.0
        rolled: Doubles = self.account * (1.0 + twelfth * through)
        if self.monthly:
            employee, paths = self.ground.law.employee, self.ground.paths
            credit = (employee.account_rate * employee.wage) * paths.base[year].astype(np.float64)
            credit *= paths.price[year]
            if self.plan.family != MATCHED:
                credit *= self.share
            rolled += credit * (self.bases + self.earning * twelfth)
        return rolled
