"""A person's situation on a day, in the few quantities that triggers and guardrails look at.

`need` is essentials a month, `buffer` money at hand, both yuan; `buffer_months` is one over the other.
`low_income` is the fifth-worst part of the months ahead (p20), from the projection or the own months.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from planner.advice.inputs import Cover, Event, LogEntry, in_debt, in_spell
from planner.policy import Pack, Value
from planner.schemes.lookup import regional_or_none
from planner.schemes.retirement_age import RetirementAge, retirement_age
from planner.values import Month, Place

if TYPE_CHECKING:
    from planner.advice.options import Option

MONTHS_OF_RECORD = 12
SIGMA_NEEDS_MONTHS = 6
LOW_SHARE = Decimal("0.2")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Money in yuan; `incomes` are whole months, the oldest first; None means not known, never zero.

    `usual_month` is the one in the middle of all months that count, as on every page.
    """

    today: date
    born: Month
    category: str
    place: Place
    area: str
    occupation: str
    platforms: tuple[str, ...]
    employee_months: int
    resident_months: int
    average_index: Decimal | None
    account_balance: Decimal
    need: Decimal | None
    buffer: Decimal | None
    incomes: tuple[tuple[Month, Decimal], ...]
    usual_month: Decimal | None
    cover: tuple[Cover, ...] | None
    events: tuple[Event, ...]
    log: tuple[LogEntry, ...]
    pack: Pack
    options: tuple[Option, ...] = ()
    recommended: str = ""
    low_income: Decimal | None = None

    # Time

    @property
    def this_month(self) -> Month:
        return Month.of(self.today)

    @property
    def age(self) -> int:
        """Whole years."""
        return (self.this_month - self.born) // 12

    @cached_property
    def retirement(self) -> RetirementAge:
        return retirement_age(self.category, self.born, self.pack)

    @property
    def retire(self) -> Month:
        """The statutory month."""
        return self.retirement.statutory.month

    @property
    def days_to_retirement(self) -> int:
        return (self.retire.first_day - self.today).days

    # Money

    @property
    def last_incomes(self) -> tuple[Decimal, ...]:
        """The last three months known."""
        return tuple(income for _month, income in self.incomes[-3:])

    @property
    def recent_average(self) -> Decimal | None:
        last = self.last_incomes
        return sum(last, Decimal(0)) / len(last) if last else None

    @property
    def year_of_incomes(self) -> tuple[Decimal, ...]:
        return tuple(income for _month, income in self.incomes[-MONTHS_OF_RECORD:])

    @property
    def predicted_low(self) -> Decimal | None:
        """A month that one in five months ahead is not better than."""
        return self.low_income if self.low_income is not None else quantile(self.year_of_incomes, LOW_SHARE)

    @property
    def buffer_months(self) -> Decimal | None:
        if self.buffer is None or not self.need:
            return None
        return self.buffer / self.need

    @cached_property
    def sigma(self) -> float:
        """The spread of the own log months (σ_w); the trade's prior where fewer than six are known."""
        logs = [math.log(income) for income in self.year_of_incomes if income > 0]
        if len(logs) >= SIGMA_NEEDS_MONTHS:
            mean = sum(logs) / len(logs)
            return math.sqrt(sum((each - mean) ** 2 for each in logs) / (len(logs) - 1))
        prior = next(
            (row["income_prior"] for row in self.pack.table("occupations") if row["code"] == self.occupation),
            "",
        )
        for row in self.pack.table("income_priors"):
            if row["occupation"] == prior and row["metric"] == "prior_sigma_within_log":
                return float(row.decimal("central"))
        return 0.0

    @property
    def own_payments(self) -> Decimal:
        """What the worker says to pay a month for the covers in force."""
        own = (each for each in self.cover or () if each.is_paid_by_worker and each.is_active(self.today))
        return sum((each.monthly or Decimal(0) for each in own), Decimal(0))

    @property
    def short_months(self) -> int:
        """How many of the last three months brought less than the essentials and what is paid for cover."""
        if self.need is None:
            return 0
        outgo = self.need + self.own_payments
        return sum(1 for income in self.last_incomes if income < outgo)

    @property
    def data_age(self) -> timedelta | None:
        """Time since the end of the last month known."""
        return self.today - self.incomes[-1][0].last_day if self.incomes else None

    @property
    def minimum_wage(self) -> Value | None:
        return self.rule("minimum_wage.month")

    def rule(self, key: str) -> Value | None:
        """A rule of the own place this month; in a province of several regions the assumed one's."""
        return regional_or_none(key, self.place, self.this_month, self.pack, self.area)[0]

    # Cover

    def covers(self, risk: str) -> tuple[Cover, ...]:
        """What is in force for a risk today."""
        return tuple(each for each in self.cover or () if each.risk == risk and each.is_active(self.today))

    def cover_state(self, risk: str) -> str:
        """`unknown` (nothing was said), `none`, `lapsed`, or the scheme in force."""
        if self.cover is None:
            return "unknown"
        active = self.covers(risk)
        if active:
            return active[0].scheme
        said = [each for each in self.cover if each.risk == risk]
        if any(each.until is not None or each.scheme == "lapsed" for each in said):
            return "lapsed"
        return "unknown" if any(each.scheme == "unknown" for each in said) else "none"

    @property
    def in_spell(self) -> bool:
        return in_spell(self.events, self.today)

    @property
    def in_debt(self) -> bool:
        return in_debt(self.events, self.today)

    # Plans

    def option(self, name: str) -> Option | None:
        return next((each for each in self.options if each.id == name), None)


def quantile(values: Iterable[Decimal], share: Decimal) -> Decimal | None:
    """Linear between the order statistics; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def whole_months(months: Iterable[tuple[Month, Decimal]], today: date) -> tuple[tuple[Month, Decimal], ...]:
    """The months that are over; a month still running says nothing about a normal one."""
    return tuple(sorted((month, income) for month, income in months if month.last_day < today))
