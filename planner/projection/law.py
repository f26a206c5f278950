"""The law of one case as numbers that arrays can be multiplied with: what a month costs, what it earns.

Every value comes from the pack at the day of the case; amounts of later years follow the paths. Months of the
projection are numbered from 0, the first projected one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from planner.policy import Pack, Value
from planner.projection.case import Case
from planner.schemes.annuity import Age, annuity
from planner.schemes.contribution import BaseChoice, allowed_bases
from planner.schemes.lookup import regional
from planner.schemes.min_years import min_months
from planner.schemes.pension import law_of
from planner.schemes.retirement_age import retirement_age
from planner.values import InputError, Month, Place, mark

_LATER_LEAST, _LATER_MOST = 60, 120  # months
_LATER_AGE = 65 * 12  # months of age until which those who draw early go on paying

_YEAR_END = "year_end"
_STEPS = 1000
_SLACK = 120  # months of lapses after which nobody is expected to catch up by paying longer


@dataclass(frozen=True, slots=True)
class Tier:
    """A yearly amount of the resident scheme (缴费档次) and the public subsidy on it, yuan."""

    amount: float
    subsidy: float


@dataclass(frozen=True)
class EmployeeLaw:
    """The employee scheme at a place.

    - `wage`: the reference wage that a share of 1 means; `choice`: the bases open to the person, yuan.
    - `rate`, `account_rate`: shares of the base paid, and credited to the account.
    - `benefit_base` (计发基数) yuan a month, `low_index`: the index below which the basic pension is scaled.
    - `accrued` [months]: the share of the base that so many contributed months earn.
    - `later`: the most months for which someone short of the minimum goes on paying after the draw age.
    - `draw`: the row of the last month before the pension; `divisor` [k] and `minimum` [k]: annuity months
      and contribution months needed when it is drawn k months later.
    - `last_rate`: the bookkeeping rate of the year before the first projected one.
    """

    wage: float
    choice: BaseChoice
    rate: float
    account_rate: float
    benefit_base: float
    low_index: float | None
    accrued: NDArray[np.float64]
    draw: int
    later: int
    divisor: NDArray[np.float64]
    minimum: NDArray[np.float64]
    last_rate: float

    def monthly(self, share: float) -> float:
        """What a base of `share` costs today, yuan a month."""
        return self.rate * self.wage * share

    @property
    def shares(self) -> tuple[float, ...]:
        """Every base of the place's list as a share of the reference wage; empty where there is a range."""
        return tuple(sorted(float(base) / self.wage for base in self.choice.fixed or ()))

    @property
    def least(self) -> float:
        return float(min(self.choice.fixed or (self.choice.lower,))) / self.wage

    @property
    def most(self) -> float:
        return float(max(self.choice.fixed or (self.choice.upper,))) / self.wage

    @cached_property
    def _ladder(self) -> NDArray[np.float32] | None:
        """For each thousandth of the reference wage the share of the highest listed base not above it."""
        if not self.shares:
            return None
        rungs = np.asarray(self.shares)
        steps = np.arange(int(rungs[-1] * _STEPS) + 2) / _STEPS
        at = np.searchsorted(rungs, steps + 1e-9, side="right") - 1
        return rungs[np.maximum(at, 0)].astype(np.float32)

    def at_most(self, shares: NDArray[np.float32]) -> NDArray[np.float32]:
        """The highest allowed base not above each of `shares`, which lie within the limits."""
        if self._ladder is None:
            return shares
        at = np.multiply(shares, np.float32(_STEPS)).astype(np.int32)
        found: NDArray[np.float32] = self._ladder.take(at, mode="clip")
        return found

    def snapped(self, share: float) -> float:
        """The share of the allowed base next to `share`."""
        base = self.choice.nearest(Decimal(str(round(share * self.wage, 2))))
        return float(base) / self.wage


@dataclass(frozen=True)
class ResidentLaw:
    """The resident scheme where the person's hukou is.

    `base` yuan a month, `divisor` annuity months, `minimum` months paid for a pension, `draw`: the row of the
    month in which the draw age is reached.
    """

    base: float
    divisor: float
    minimum: int
    draw: int
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class Law:
    """Both schemes for one case.

    `catch_up`: whether months left unpaid may be paid later in their year (当年补缴). `horizon`: how many
    months must be drawn. `values`: the pack's values behind, for those who ask how sure they are.
    """

    employee: EmployeeLaw
    resident: ResidentLaw
    catch_up: bool
    catch_up_rule: Value
    horizon: int
    values: tuple[Value, ...]


def law_for(case: Case, pack: Pack) -> Law:
    """The law of `case`; a value that the pack lacks, or a person of drawing age, is an InputError."""
    age = retirement_age(case.category, case.born, pack)
    retire = age.statutory.month
    if retire < case.first:
        raise _past_age(retire, age.min_contribution_months - case.record.employee_months)
    employee = _employee(case, pack, retire)
    home = case.hukou or case.place
    resident = _resident(case, pack, home)
    short = employee.minimum[0] + _SLACK - case.record.employee_months - employee.draw - 1
    later = int(min(max(short, 0), employee.later))
    horizon = max(employee.draw, resident.draw) + 1 + later
    rule = pack.value("pension.catch_up", case.place, case.this_month)
    base, _assumed = regional("pension.benefit_base", case.place, case.this_month, pack, case.area)
    resident_base = pack.value("resident.base_pension", home, case.this_month)
    values = (*employee.choice.values, base, resident_base)
    return Law(employee, resident, rule.value == _YEAR_END, rule, horizon, values)


def _past_age(retire: Month, missing: int) -> InputError:
    """Why there is no projection past the pension age; whoever is short of months still has to settle it."""
    if missing <= 0:
        return InputError(
            "retired_already",
            mark("{field}: the pension age was reached in {month}; there is nothing left to plan"),
            field="worker.born",
            month=str(retire),
        )
    return InputError(
        "retired_short",
        mark(
            "{field}: the pension age was reached in {month}; months of payments still missing: {missing}."
            " Ask the office about paying on or moving to the resident scheme; that is not reckoned here"
        ),
        field="worker.born",
        month=str(retire),
        missing=missing,
    )


def _employee(case: Case, pack: Pack, retire: Month) -> EmployeeLaw:
    place, today = case.place, case.this_month
    choice = allowed_bases(place, today, pack, case.area)
    if choice.average_wage is not None:
        wage = float(choice.average_wage)
    else:
        wage = float(choice.lower / pack.value("pension.lower_share", on=today).number)
    law = law_of(place, retire, pack, case.area)
    base, _assumed = regional("pension.benefit_base", place, today, pack, case.area)
    most_later = min(max(_LATER_AGE - (retire - case.born), _LATER_LEAST), _LATER_MOST)
    ages = [divmod(retire - case.born + later, 12) for later in range(most_later + 1)]
    drawn = [retire + later for later in range(most_later + 1)]
    most = case.record.employee_months + (retire - case.first) + most_later + 2
    shares = (law.years.share(Decimal(months), law.accrual.number) for months in range(most))
    last = pack.value("pension.bookkeeping_rate", on=Month(case.first.year - 1, 12))
    return EmployeeLaw(
        wage=wage,
        choice=choice,
        rate=float(pack.value("pension.flex_rate", place, today).number),
        account_rate=float(pack.value("pension.account_rate", place, today).number),
        benefit_base=float(base.number),
        low_index=float(law.threshold.number) if law.threshold is not None else None,
        accrued=np.array([float(number / divisor) for number, divisor in shares]),
        draw=retire - case.first,
        later=most_later,
        divisor=np.array(
            [
                float(annuity(Age(years, months), pack, month).months)
                for (years, months), month in zip(ages, drawn, strict=True)
            ]
        ),
        minimum=np.array([float(min_months(month, pack)) for month in drawn]),
        last_rate=float(last.number) / 100,
    )


def _resident(case: Case, pack: Pack, home: Place) -> ResidentLaw:
    today = case.this_month
    age = int(pack.value("resident.draw_age", on=today).number)
    return ResidentLaw(
        base=float(pack.value("resident.base_pension", home, today).number),
        divisor=float(pack.value("resident.annuity_months", on=today).number),
        minimum=int(pack.value("resident.min_years", on=today).number) * 12,
        draw=max(case.born + 12 * age - case.first, 0),
        tiers=resident_tiers(home, case.today, pack),
    )


def resident_tiers(home: Place, today: date, pack: Pack) -> tuple[Tier, ...]:
    """The tiers of the newest list of the place, lowest first; the national list where it has none.

    A band within which any amount may be chosen stands for its two ends.
    """
    return _resident_tiers(home, today.year, pack)


@lru_cache(maxsize=256)
def _resident_tiers(home: Place, year: int, pack: Pack) -> tuple[Tier, ...]:
    for place in home.lineage:
        rows = [row for row in pack.table("resident_tiers") if row["place"] == place.code]
        years = sorted({int(row["year"]) for row in rows if int(row["year"]) <= year})
        if not years:
            continue
        found: dict[float, float] = {}
        for row in rows:
            if int(row["year"]) == years[-1]:
                subsidy = float(row.decimal("subsidy")) if row["subsidy"] else 0.0
                ends = (float(row.decimal("tier_from")), float(row.decimal("tier_to")))
                for end in ends if ends[1] == round(ends[1]) else ends[:1]:
                    found[end] = max(subsidy, found.get(end, 0.0))
        return tuple(Tier(amount, found[amount]) for amount in sorted(found))
    return ()
