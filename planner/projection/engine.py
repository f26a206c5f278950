"""Prices one plan on every future, month by month, over all paths at once.

The cash rule. A month's cash is the buffer and the income less the essentials. A contribution is paid only
where the cash covers it, the running month's before older ones of the year; what is left is the buffer, and
what exceeds its target is spent. What was put by beyond the target at the start is kept for low months, and
not filled up again. What is unpaid at the closing day of its year is a lapse, and lost.

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

from planner.projection.accounts import DECEMBER, Accounts
from planner.projection.ground import NOTED, Doubles, Floats, Ground
from planner.projection.lapses import HORIZONS, Lapses
from planner.projection.plans import MATCHED, STEP_UP, Plan
from planner.projection.settle import Drawn, draw_employee, draw_resident

NEXT_PAYMENTS = 3
"""How many of the coming payments the radar looks at."""

_MIDYEAR = 7  # a yearly payer who begins later in a year begins with the next one

_NONE, _ONE = np.float32(0.0), np.float32(1.0)
_COVERS = np.float32(1.0 + 1e-6)  # cash equal to the cost up to the last bit of float32 covers it


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


def chance_of_a_gap(plan: Plan, ground: Ground) -> float:
    """The chance of a lapse within twelve months, from the first months alone: a small part of a run."""
    return _Runner(plan, ground).chance_of_a_gap()


def misses_a_payment(plan: Plan, ground: Ground) -> NDArray[np.bool_]:
    """(paths,): whether one of the next three payments is missed: months not paid when due; of a yearly payer
    years left unpaid for good."""
    return _Runner(plan, ground).misses_a_payment()


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
        self.last_saving = self.gate if self.monthly else self.draw  # the buffer may still buy years there
        self.closes_monthly = self.monthly and not self.law.catch_up
        noted = min(NOTED, ground.paths.months)

        self.accounts = Accounts(plan, ground)
        self.lapses = Lapses(count, 12.0 if self.yearly else 1.0)
        self.heirs = np.zeros(count)
        self.drawn = Drawn.nobody(count)
        self.active = np.zeros(count, np.float32)  # pays on after the draw age
        self.ended = False  # nobody pays on

        self.buffer = np.full(count, ground.habits.buffer, np.float32)
        # what is left of the savings of the start; None once they are nowhere above the target
        self.savings: Floats | None = self.buffer.copy()
        self.owed = np.zeros(count, np.float32)
        self.paid = np.zeros((ground.paths.years, count), np.float32)
        self.unpaid = np.zeros((noted, count), np.bool_)
        self.left = np.zeros((noted, count), np.float32)
        self.costs = np.zeros((noted, count), np.float32)
        self.noted = noted

        self.available = np.empty(count, np.float32)
        self.n = np.zeros(count, np.float32)
        self.room = np.empty(count, np.float32)
        # yuan paid this year for years of the resident scheme, on moving to it
        self.bought = np.zeros(count, np.float32)

    def chance_of_a_gap(self) -> float:
        """The share of paths with a lapse within twelve months: `Lapse.p12` of the whole run."""
        for year in range(self.ground.paths.years):
            self._year(year)
            if self.lapses.passed:
                break
        self.lapses.finish()
        within = self.lapses.within[0]
        return float(np.count_nonzero(within[self.ground.alive_noted] > 0)) / len(within)

    def misses_a_payment(self) -> NDArray[np.bool_]:
        """Runs only as far as the next three payments reach."""
        months = NEXT_PAYMENTS * 12 if self.yearly else NEXT_PAYMENTS
        for year in range(self.ground.paths.years):
            self._year(year)
            if self.lapses.passed == len(HORIZONS) if self.yearly else self.row + 1 >= months:
                break
        self.lapses.finish()
        missed = self.lapses.within[-1] > 0 if self.yearly else self.unpaid[:months].any(axis=0)
        return np.asarray(missed & self.ground.alive_noted)

    def run(self) -> Run:
        ground = self.ground
        for year in range(ground.paths.years):
            self._year(year)
            if self.row >= self.noted and self.drawn.settled.all():
                break
        self.lapses.finish()
        for noted in (self.lapses.within, self.unpaid, self.left):
            noted[:, ~ground.alive_noted] = 0
        accounts = self.accounts
        return Run(
            accounts.months,
            accounts.index_sum,
            accounts.resident_months,
            self.paid,
            self.lapses.within,
            self.unpaid,
            self.left,
            self.costs,
            self.drawn,
            self.heirs,
        )

    # A year

    def _year(self, year: int) -> None:
        self._open_year(year)
        rows = list(self.ground.months_of(year))
        if self._is_plain(rows[0][0], rows[-1][0]):
            self._pay_plain_year(rows)
        else:
            for row, month in rows:
                self.row, self.month = row, month
                if row < self.noted or (self.pays and (row <= self.last_saving or not self.ended)):
                    self._pay(row, month)
                if row >= self.first_draw:
                    self._draw(year, row, month)
        self._close_year(year)

    def _is_plain(self, first: int, last: int) -> bool:
        """Whether each month of a year asks the same of a fixed base, and nothing else happens in it."""
        plan = self.plan
        return (
            self.monthly
            and plan.family != MATCHED
            and not self.closes_monthly
            and not self.lapses.counting
            and first >= max(self.noted, plan.start, plan.pause_from + plan.pause_months)
            and last < self.first_draw
        )

    def _pay_plain_year(self, rows: list[tuple[int, int]]) -> None:
        """As `_pay` month by month; what was paid is added up once for the year."""
        available, owed, n, room, buffer = self.available, self.owed, self.n, self.room, self.buffer
        cost, inverse, caps, net = self.cost, self.inverse, self.caps, self.ground.net
        each = np.empty((len(rows), len(owed)), np.float32)
        for at, (row, month) in enumerate(rows):
            n = each[at]
            np.add(buffer, net[row], out=available)
            np.maximum(available, _NONE, out=available)
            np.add(owed, _ONE, out=owed)
            np.multiply(available, inverse, out=n)
            np.floor(n, out=n)
            np.minimum(n, owed, out=n)
            np.subtract(owed, n, out=owed)
            np.multiply(n, cost, out=room)
            np.subtract(available, room, out=available)
            self._keep(caps[month - 1])
        left = np.arange(len(rows), 0, -1, dtype=np.float32)  # month ends that each payment counts for
        self.accounts.periods += each.sum(axis=0)
        self.accounts.earning += left @ each
        self.row, self.month = rows[-1]
        owed.fill(0.0)  # the year is over

    def _open_year(self, year: int) -> None:
        """The costs of the year: `cost` a period, what a base of the whole wage costs, and the buffers."""
        plan, ground = self.plan, self.ground
        self.unit = ground.unit[year]
        if plan.family == STEP_UP:
            self.accounts.share = self._stepped(year)
        self.cost: np.float32 | Floats
        if self.yearly:
            self.cost = np.float32(plan.tier)
        elif self.monthly:
            least = self.law.employee.least if plan.family == MATCHED else self.accounts.share
            self.cost = np.multiply(self.unit, np.asarray(least, np.float32))
        else:
            self.cost = np.float32(1.0)
        self.inverse = _COVERS / self.cost
        if plan.family == MATCHED:
            self.per_unit = _COVERS / self.unit
        targets = self.ground.habits.target
        if self.savings is not None and not (self.savings > min(targets)).any():
            self.savings = None
        self.caps: list[np.float32 | Floats] = [np.float32(target) for target in targets]
        if plan.reserve_months:
            reserve = np.multiply(self.cost, np.float32(plan.reserve_months))
            kept = {target: reserve + np.float32(target) for target in set(targets)}
            self.caps = [kept[target] for target in targets]

    def _stepped(self, year: int) -> Floats:
        """The share of the year: a part of last year's income as the base allows, at least the lowest."""
        ground, employee = self.ground, self.law.employee
        before = ground.yearly_income[year - 1] if year else np.float32(ground.past.monthly_income)
        share = np.multiply(before, np.float32(self.plan.income_share)) / self.unit
        np.clip(share, employee.least, employee.most, out=share)
        return employee.at_most(share)

    def _close_year(self, year: int) -> None:
        """What was paid in the year, its interest; those who died in it leave their accounts."""
        accounts, paid = self.accounts, self.paid[year]
        if self.pays:
            if self.plan.family == MATCHED:
                np.multiply(accounts.bases, self.unit, out=paid)
            else:
                np.multiply(accounts.periods, self.cost, out=paid)
            paid += self.bought
            self.bought.fill(0.0)
        accounts.close(year)
        gone = self.ground.deaths.get(year)
        if gone is not None:
            at = gone[~self.drawn.settled[gone]]
            held = accounts.account[at] + accounts.resident_account[at]
            self.heirs[at] = held / self.ground.paths.price[year, at]
            self.drawn.settled[at] = True
        if self.draw < self.row:
            self.active *= ~self.drawn.settled
            self.ended = self.ended or not self.active.any()

    # A month

    def _due(self, row: int, month: int) -> np.float32 | Floats | None:
        """How many periods fall due; None where none does."""
        plan = self.plan
        if not self.pays or row < plan.start or plan.pause_from <= row < plan.pause_from + plan.pause_months:
            return None
        if self.yearly and (row > self.draw or (month != 1 and (row != 0 or month > _MIDYEAR))):
            return None  # after the draw age no new year falls due, only missing ones are bought
        if row <= self.draw:
            return np.float32(1.0)
        return None if self.ended else self.active

    def _pay(self, row: int, month: int) -> None:
        due = self._due(row, month)
        np.add(self.buffer, self.ground.net[row], out=self.available)
        if row < self.noted:
            self.left[row] = self.available
        np.maximum(self.available, 0.0, out=self.available)
        before = self.accounts.bases.copy() if row < self.noted and self.plan.family == MATCHED else None
        if not self.pays or row < self.plan.start:
            pass
        elif self.plan.family == MATCHED:
            self._pay_matched(row, due)
        else:
            self._pay_fixed(due)
        self._keep(self.caps[month - 1])
        if self.pays and (row < self.noted or self.lapses.counting):
            self._note(row, month, due, before)
        elif self._closes(row, month):
            self.owed.fill(0.0)

    def _keep(self, target: np.float32 | Floats) -> None:
        """What is left of the month's cash as the buffer of the next."""
        if self.savings is None:
            np.minimum(self.available, target, out=self.buffer)
            return
        np.maximum(self.savings, target, out=self.buffer)
        np.minimum(self.available, self.buffer, out=self.buffer)
        np.minimum(self.savings, self.buffer, out=self.savings)

    def _pay_fixed(self, due: np.float32 | Floats | None) -> None:
        if due is not None:
            self.owed += due
        np.multiply(self.available, self.inverse, out=self.n)
        np.floor(self.n, out=self.n)
        np.minimum(self.n, self.owed, out=self.n)
        self.owed -= self.n
        accounts = self.accounts
        accounts.periods += self.n
        accounts.earning += accounts.periods
        np.multiply(self.n, self.cost, out=self.room)
        self.available -= self.room

    def _pay_matched(self, row: int, due: np.float32 | Floats | None) -> None:
        """This month a share of its income as the cash and the bases allow; older ones on the lowest base."""
        employee, accounts, wanted = self.law.employee, self.accounts, self.room
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
        base = employee.at_most(wanted)
        base *= pays
        accounts.bases += base
        base *= self.unit
        self.available -= base
        np.multiply(self.available, self.inverse, out=self.n)
        np.floor(self.n, out=self.n)
        np.minimum(self.n, self.owed, out=self.n)
        np.maximum(self.n, 0.0, out=self.n)
        np.multiply(self.n, self.cost, out=self.room)
        self.available -= self.room
        np.multiply(self.n, np.float32(employee.least), out=self.room)
        accounts.bases += self.room
        self.n += pays
        if due is not None:
            self.owed += due
        self.owed -= self.n
        accounts.periods += self.n
        accounts.earning += accounts.bases

    def _closes(self, row: int, month: int) -> bool:
        """Whether what is unpaid after this month is lost; years bought after the draw age never are."""
        if self.yearly and row > self.draw:
            return False
        return month == DECEMBER or self.closes_monthly or row == self.draw

    def _note(self, row: int, month: int, due: np.float32 | Floats | None, before: Floats | None) -> None:
        """What is kept of the noted months, and lapses at the closing day."""
        if row < self.noted:
            spent = self.costs[row]
            if before is not None:
                np.subtract(self.accounts.bases, before, out=spent)
                spent *= self.unit
            elif row >= self.plan.start:
                np.multiply(self.n, self.cost, out=spent)
            self.left[row] -= spent
            np.greater(self.owed, 0.0, out=self.unpaid[row])
            if self.monthly and due is not None:
                np.less(self.n, due, out=self.unpaid[row])
        if not self.yearly or row <= self.draw:
            caught_up = self.n if due is None or self.yearly else self.n - due
            self.lapses.month(row, self.owed, caught_up, self._closes(row, month))

    # Drawing

    def _draw(self, year: int, row: int, month: int) -> None:
        """Whoever may draw after this month does; who cannot any more leaves with what the rules give."""
        law, drawn = self.law, self.drawn
        alive = self.ground.paths.death_month > row
        open_ = alive & ~drawn.settled
        if not open_.any():
            return
        accounts = self.accounts
        months, total = accounts.months_now(), accounts.all_months_now()
        later = row - law.employee.draw
        if 0 <= later <= law.employee.later and (later == 0 or self.monthly):
            enough = open_ & (months >= law.employee.minimum[later])
            if enough.any():
                index = accounts.index_now()
                account = accounts.employee_now(year, month) + accounts.resident_now(year, month)
                draw_employee(self.ground, drawn, enough, later, row, year, months, index, account)
                open_ &= ~enough
        hopeful = open_ & self._hopeful(row, later, months if self.monthly else total)
        if row >= self.gate:
            leave = open_ & ~hopeful
            if leave.any():
                account = accounts.employee_now(year, month) + accounts.resident_now(year, month)
                if self.monthly:
                    total = self._buy_years(leave, total)
                    account += self.bought * self.ground.paths.price[year]
                draw_resident(self.ground, drawn, leave, row, year, total, account)
        if row >= self.draw:
            np.copyto(self.active, hopeful)
            self.ended = not hopeful.any()
            self.owed *= self.active  # who draws or leaves catches nothing up
        if self.yearly and row == self.draw:
            accounts.in_time = accounts.periods.copy()
            missing = np.ceil((law.resident.minimum - total) / 12.0)
            np.multiply(self.active, missing, out=self.owed, casting="same_kind")

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
        """Who is short and can still reach the minimum by paying the months left and those still owed."""
        law, last = self.law, self.ground.paths.months - 1
        if self.monthly:
            end = min(law.employee.later, last - law.employee.draw)
            most = months + self.owed + (end - later)
            return np.asarray((most >= law.employee.minimum[end]) & (later < end))
        if self.yearly:
            end = min(law.resident.draw + law.employee.later, last)
            return np.asarray((months < law.resident.minimum) & (row < end))
        return np.zeros(len(months), np.bool_)
