"""Prices one plan on every future, month by month, over all paths at once.

The cash rule. A month's cash is the buffer and the income less the essentials. A contribution is paid only
where the cash covers it, the running month's before older ones of the year; what is left is the buffer, and
what exceeds its target is spent. What is unpaid at the closing day of its year is a lapse, and lost.

At the draw age those with enough months draw. In the employee scheme those who can still get there within a
few years go on paying; the others move to the resident scheme, where their months count and the buffer buys
missing years on the lowest tier, or get their account back. Who pays into the resident scheme buys missing
years as the cash allows, without subsidy.

Within a year the cost of a month is fixed, so that a month takes a dozen passes over one row of paths in
float32. Months, index and account are settled once a year, in float64.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.projection.ground import NOTED, Doubles, Floats, Ground
from planner.projection.plans import MATCHED, STEP_UP, Plan
from planner.projection.settle import Drawn, draw_employee, draw_resident

HORIZONS = (12, 24, 36)
DECEMBER = 12

_MIDYEAR = 7  # a yearly payer who begins later in a year begins with the next one

_COVERS = np.float32(1.0 + 1e-6)  # cash equal to the cost up to the last bit of float32 covers it
_STEPS = 1000  # of a base of the whole reference wage, in the table that snaps to a list of bases


@dataclass
class Run:
    """What a plan did on each path.

    - `months`, `index_sum`: of the employee scheme, with the past; `resident_months` of the other.
    - `paid` (years, paths): real yuan paid in each projected calendar year.
    - `lapses` (3, paths): periods left unpaid for good that fell due within 12, 24, 36 months, in months.
    - `unpaid` (noted, paths): not paid when due. `left` (noted, paths): real yuan of the month's cash after
      needs and payments, negative where the needs themselves are not covered.
    - `costs` (noted, paths): real yuan paid in each noted month.
    - `drawn`: when the pension starts and what it is; `heirs`: real yuan left by those who die before.
    """

    months: Doubles
    index_sum: Doubles
    resident_months: Doubles
    paid: Floats
    lapses: Floats
    unpaid: NDArray[np.bool_]
    left: Floats
    costs: Floats
    drawn: Drawn
    heirs: Doubles


def run(plan: Plan, ground: Ground) -> Run:
    """The plan from the first month until everyone draws, has their account back or is dead."""
    return _Runner(plan, ground).run()


class _Runner:
    """The state of one run: rows of paths, worked on in place."""

    def __init__(self, plan: Plan, ground: Ground) -> None:
        count, past = ground.count, ground.past
        self.plan, self.ground, self.law = plan, ground, ground.law
        self.monthly = plan.scheme == "employee"
        self.yearly = plan.scheme == "resident"
        self.pays = self.monthly or self.yearly
        employee, resident = self.law.employee.draw, self.law.resident.draw
        counted = self.monthly or past.months > 0
        # the row from which the employee scheme may be drawn or left, and the one that ends the own payments
        self.gate = max(employee, resident) if counted else resident
        self.draw = resident if self.yearly else employee
        self.first_draw = min(self.draw, employee if counted else self.gate)
        self.closes_monthly = self.monthly and not self.law.catch_up
        noted = min(NOTED, ground.paths.months)

        self.months = np.full(count, float(past.months))
        self.index_sum = self.months * past.index
        self.account = np.full(count, past.account)
        self.resident_months = np.full(count, float(past.resident_months))
        self.resident_account = np.full(count, past.resident_account)
        self.heirs = np.zeros(count)
        self.drawn = Drawn.nobody(count)
        self.active = np.zeros(count, np.float32)  # pays on after the draw age
        self.ended = False  # nobody pays on

        self.buffer = np.full(count, ground.habits.buffer, np.float32)
        self.owed = np.zeros(count, np.float32)
        self.lapsed = np.zeros(count, np.float32)
        self.paid = np.zeros((ground.paths.years, count), np.float32)
        self.lapses = np.zeros((len(HORIZONS), count), np.float32)
        self.unpaid = np.zeros((noted, count), np.bool_)
        self.left = np.zeros((noted, count), np.float32)
        self.costs = np.zeros((noted, count), np.float32)
        self.noted = noted
        self._closed_horizons = 0
        self._waiting: int | None = None  # the horizon whose open periods have not closed yet
        self._old = self.owed

        self.available = np.empty(count, np.float32)
        self.n = np.zeros(count, np.float32)
        self.room = np.empty(count, np.float32)
        # the running year: periods paid, bases paid on (shares), and both summed at the end of each month
        self.periods = np.zeros(count, np.float32)
        self.bases = np.zeros(count, np.float32) if plan.family == MATCHED else self.periods
        self.earning = np.zeros(count, np.float32)
        self.bought = np.zeros(
            count, np.float32
        )  # yuan paid for years of the resident scheme on moving to it
        self.in_time: Floats | None = None  # of the periods, once others are bought after the draw age

    def run(self) -> Run:
        ground = self.ground
        for year in range(ground.paths.years):
            self._open_year(year)
            for row, month in ground.months_of(year):
                self.row, self.month = row, month
                if row < self.noted or (self.pays and (row <= self.draw or not self.ended)):
                    self._pay(row, month)
                if row >= self.first_draw:
                    self._draw(year, row, month)
            self._close_year(year)
            if row >= self.noted and self.drawn.settled.all():
                break
        for at in range(self._closed_horizons, len(HORIZONS)):
            self.lapses[at] = self.lapsed
        for noted in (self.lapses, self.unpaid, self.left):
            noted[:, ~ground.alive_noted] = 0
        return Run(
            self.months,
            self.index_sum,
            self.resident_months,
            self.paid,
            self.lapses,
            self.unpaid,
            self.left,
            self.costs,
            self.drawn,
            self.heirs,
        )

    # A year

    def _open_year(self, year: int) -> None:
        """The costs of the year: `cost` a period, what a base of the whole wage costs, and the buffers."""
        plan, ground = self.plan, self.ground
        self.unit = ground.unit[year]
        self.share: float | Floats = plan.share
        if plan.family == STEP_UP:
            self.share = self._stepped(year)
        self.cost: np.float32 | Floats
        if self.yearly:
            self.cost = np.float32(plan.tier)
        elif self.monthly:
            least = self.law.employee.least if plan.family == MATCHED else self.share
            self.cost = np.multiply(self.unit, np.asarray(least, np.float32))
        else:
            self.cost = np.float32(1.0)
        self.inverse = _COVERS / self.cost
        if plan.family == MATCHED:
            self.per_unit = _COVERS / self.unit
        self.reserve: Floats | None = None
        if plan.reserve_months:
            self.reserve = np.multiply(self.cost, np.float32(plan.reserve_months))
        self.cap: dict[float, np.float32 | Floats] = {}

    def _stepped(self, year: int) -> Floats:
        """The share of the year: a part of last year's income as the base allows, at least the lowest."""
        ground, employee = self.ground, self.law.employee
        before = ground.yearly_income[year - 1] if year else np.float32(ground.past.monthly_income)
        share = np.multiply(before, np.float32(self.plan.income_share)) / self.unit
        np.clip(share, employee.least, employee.most, out=share)
        return self._snap(share)

    def _snap(self, share: Floats) -> Floats:
        """The highest allowed base that is not above each, where the place has a list."""
        table = self.law.employee.ladder
        if table is None:
            return share
        at = np.multiply(share, np.float32(_STEPS)).astype(np.int32)
        snapped: Floats = table.take(at, mode="clip")
        return snapped

    def _close_year(self, year: int) -> None:
        """Interest and credits of the year; those who died in it leave their accounts."""
        ground, paths = self.ground, self.ground.paths
        if self.pays:
            if self.plan.family == MATCHED:
                np.multiply(self.bases, self.unit, out=self.paid[year])
            else:
                np.multiply(self.periods, self.cost, out=self.paid[year])
            self.paid[year] += self.bought
            self.bought.fill(0.0)
        rate, price = paths.bookkeeping[year].astype(np.float64), paths.price[year]
        if self.monthly:
            self.account = self._account(year, DECEMBER, rate)
            self.months += self.periods
            self.index_sum += self.bases if self.plan.family == MATCHED else self.share * self.periods
        elif self.account.any():
            self.account *= 1.0 + rate
        if self.yearly or self.ground.past.resident_account:
            self.resident_account = self._resident(year, DECEMBER)
            self.resident_months += self.periods * 12.0 if self.yearly else 0.0
        gone = ground.deaths.get(year)
        if gone is not None:
            open_ = gone[~self.drawn.settled[gone]]
            self.heirs[open_] = (self.account[open_] + self.resident_account[open_]) / price[open_]
            self.drawn.settled[open_] = True
        self.periods.fill(0.0)
        self.bases.fill(0.0)
        self.earning.fill(0.0)
        if self.in_time is not None:
            self.in_time.fill(0.0)
        if self.draw < self.row:
            self.active *= ~self.drawn.settled
            self.ended = self.ended or not self.active.any()

    def _account(self, year: int, through: int, rate: Doubles) -> Doubles:
        """The employee account, nominal, at the end of calendar month `through` with `rate` for the year."""
        employee, paths = self.law.employee, self.ground.paths
        credit = (employee.account_rate * employee.wage) * paths.base[year].astype(np.float64)
        credit *= paths.price[year]
        if self.plan.family != MATCHED:
            credit *= self.share
        twelfth = rate / 12.0
        rolled: Doubles = self.account * (1.0 + twelfth * through)
        rolled += credit * (self.bases + self.earning * twelfth)
        return rolled

    def _resident(self, year: int, through: int) -> Doubles:
        """The resident account, nominal: a year's payment and subsidy earn nothing in it."""
        paths = self.ground.paths
        rolled: Doubles = self.resident_account * (1.0 + paths.resident_rate[year] * (through / 12.0))
        if self.yearly:
            in_time = self.periods if self.in_time is None else self.in_time
            rolled += self.plan.tier * (self.periods * paths.price[year])
            rolled += self.plan.subsidy * (in_time * paths.price[year])
        return rolled

    # A month

    def _due(self, row: int, month: int) -> np.float32 | Floats | None:
        """How many periods fall due; None where none does."""
        plan = self.plan
        if not self.pays or row < plan.start or plan.pause_from <= row < plan.pause_from + plan.pause_months:
            return None
        if self.yearly and month != 1 and (row != 0 or month > _MIDYEAR):
            return None
        if row <= self.draw:
            return np.float32(1.0)
        return None if self.ended else self.active

    def _pay(self, row: int, month: int) -> None:
        due = self._due(row, month)
        np.add(self.buffer, self.ground.net[row], out=self.available)
        if row < self.noted:
            self.left[row] = self.available
        np.maximum(self.available, 0.0, out=self.available)
        before = self.bases.copy() if row < self.noted and self.plan.family == MATCHED else None
        if not self.pays or row < self.plan.start:
            pass
        elif self.plan.family == MATCHED:
            self._pay_matched(row, due)
        else:
            self._pay_fixed(due)
        cap = self._cap(month)
        np.minimum(self.available, cap, out=self.buffer)
        if self.pays:
            self._note(row, month, due, before)

    def _pay_fixed(self, due: np.float32 | Floats | None) -> None:
        if due is not None:
            self.owed += due
        np.multiply(self.available, self.inverse, out=self.n)
        np.floor(self.n, out=self.n)
        np.minimum(self.n, self.owed, out=self.n)
        self.owed -= self.n
        self.periods += self.n
        self.earning += self.periods
        np.multiply(self.n, self.cost, out=self.room)
        self.available -= self.room

    def _pay_matched(self, row: int, due: np.float32 | Floats | None) -> None:
        """This month a share of its income as the cash and the bases allow; older ones on the lowest base."""
        employee, wanted = self.law.employee, self.room
        np.multiply(self.available, self.per_unit, out=self.n)
        pays = np.greater_equal(self.n, np.float32(employee.least)).astype(np.float32)
        if due is None:
            pays.fill(0.0)
        elif isinstance(due, np.ndarray):
            pays *= due
        np.multiply(self.ground.paths.income[row], np.float32(self.plan.income_share), out=wanted)
        wanted *= self.per_unit
        np.minimum(wanted, self.n, out=wanted)
        np.maximum(wanted, np.float32(employee.least), out=wanted)
        np.minimum(wanted, np.float32(employee.most), out=wanted)
        base = self._snap(wanted)
        base *= pays
        self.bases += base
        base *= self.unit
        self.available -= base
        np.multiply(self.available, self.inverse, out=self.n)
        np.floor(self.n, out=self.n)
        np.minimum(self.n, self.owed, out=self.n)
        np.maximum(self.n, 0.0, out=self.n)
        np.multiply(self.n, self.cost, out=self.room)
        self.available -= self.room
        np.multiply(self.n, np.float32(employee.least), out=self.room)
        self.bases += self.room
        self.n += pays
        if due is not None:
            self.owed += due
        self.owed -= self.n
        self.periods += self.n
        self.earning += self.bases

    def _cap(self, month: int) -> np.float32 | Floats:
        target = self.ground.habits.target[month - 1]
        if self.reserve is None:
            return np.float32(target)
        if target not in self.cap:
            self.cap[target] = self.reserve + np.float32(target)
        return self.cap[target]

    def _note(self, row: int, month: int, due: np.float32 | Floats | None, before: Floats | None) -> None:
        """Lapses at the closing day, and what is kept of the noted months."""
        if row < self.noted:
            spent = self.costs[row]
            if before is not None:
                np.subtract(self.bases, before, out=spent)
                spent *= self.unit
            elif row >= self.plan.start:
                np.multiply(self.n, self.cost, out=spent)
            self.left[row] -= spent
            np.greater(self.owed, 0.0, out=self.unpaid[row])
            if self.monthly and due is not None:
                np.less(self.n, due, out=self.unpaid[row])
        if self.yearly and row > self.draw:
            return
        if self._closed_horizons == len(HORIZONS):
            if month == DECEMBER or self.closes_monthly:
                self.owed.fill(0.0)
            return
        if self._waiting is not None:
            extra = self.n if due is None or self.yearly else self.n - due
            self._old = np.maximum(self._old - np.maximum(extra, 0.0), 0.0)
        if row + 1 in HORIZONS:
            self._waiting, self._old = HORIZONS.index(row + 1), self.owed.copy()
        if month == DECEMBER or self.closes_monthly or row == self.draw:
            each = 12.0 if self.yearly else 1.0
            if self._waiting is not None:
                self.lapses[self._waiting] = self.lapsed + each * self._old
                self._closed_horizons, self._waiting = self._waiting + 1, None
            self.lapsed += each * self.owed
            self.owed.fill(0.0)

    # Drawing

    def _draw(self, year: int, row: int, month: int) -> None:
        """Whoever may draw after this month does; who cannot any more leaves with what the rules give."""
        law, drawn = self.law, self.drawn
        alive = self.ground.paths.death_month > row
        open_ = alive & ~drawn.settled
        if not open_.any():
            return
        months = np.add(self.months, self.periods, dtype=np.float64) if self.monthly else self.months
        total = months + self.resident_months
        if self.yearly:
            total = total + self.periods * 12.0
        later = row - law.employee.draw
        if 0 <= later <= law.employee.later and (later == 0 or self.monthly):
            enough = open_ & (months >= law.employee.minimum[later])
            if enough.any():
                index = self._index(months)
                account = self._account_now(year, month)
                merged = self._resident(year, month)
                draw_employee(self.ground, drawn, enough, later, row, year, months, index, account, merged)
                open_ &= ~enough
        hopeful = open_ & self._hopeful(row, later, months if self.monthly else total)
        if row >= self.gate:
            leave = open_ & ~hopeful
            if leave.any():
                account = self._account_now(year, month) + self._resident(year, month)
                if self.monthly:
                    total = self._buy_years(leave, total)
                    account += self.bought * self.ground.paths.price[year]
                draw_resident(self.ground, drawn, leave, row, year, total, account)
        if row >= self.draw:
            np.copyto(self.active, hopeful)
            self.ended = not hopeful.any()
        if self.yearly and row == self.draw:
            self.in_time = self.periods.copy()
            np.multiply(
                self.active,
                np.ceil((law.resident.minimum - total) / 12.0),
                out=self.owed,
                casting="same_kind",
            )

    def _buy_years(self, who: NDArray[np.bool_], months: Doubles) -> Doubles:
        """The months with those that `who` is short of in the resident scheme, where the buffer buys them."""
        law = self.law.resident
        if not law.tiers:
            return months
        missing = np.ceil(np.maximum(law.minimum - months, 0.0) / 12.0)
        cost = (missing * law.tiers[0].amount).astype(np.float32)
        buys = who & (cost > 0) & (self.buffer >= cost)
        self.bought[buys] = cost[buys]
        self.buffer[buys] -= cost[buys]
        return np.where(buys, months + 12.0 * missing, months)

    def _hopeful(self, row: int, later: int, months: Doubles) -> NDArray[np.bool_]:
        """Who is short and can still reach the minimum by paying in the months left."""
        law, last = self.law, self.ground.paths.months - 1
        if self.monthly:
            end = min(law.employee.later, last - law.employee.draw)
            return np.asarray((months + (end - later) >= law.employee.minimum[end]) & (later < end))
        if self.yearly:
            end = min(law.resident.draw + law.employee.later, last)
            return np.asarray((months < law.resident.minimum) & (row < end))
        return np.zeros(len(months), np.bool_)

    def _index(self, months: Doubles) -> Doubles:
        total = self.index_sum
        if self.monthly:
            total = total + (self.bases if self.plan.family == MATCHED else self.share * self.periods)
        index: Doubles = total / np.maximum(months, 1.0)
        return index

    def _account_now(self, year: int, month: int) -> Doubles:
        """The account on the draw day: the year's rate is not out, so last year's stands in for it."""
        rate = self.ground.last_rates(year)
        if self.monthly:
            return self._account(year, month, rate)
        return self.account * (1.0 + rate * (month / 12.0))
