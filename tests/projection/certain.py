"""Futures built by hand: no chance, or chance of a known kind, for results that can be worked out exactly."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from planner.policy import Pack, load_pack
from planner.projection.case import Case, Record
from planner.projection.ground import Ground, Habits, PastPaid
from planner.projection.income import fit_income
from planner.projection.law import law_for
from planner.projection.paths import Paths
from planner.values import Month, Place

LONG = 5000  # months; nobody dies


@cache
def pack() -> Pack:
    return load_pack()


def case_of(
    province: str = "CN-GD",
    born: str = "1990-06",
    category: str = "male_60",
    today: date = date(2026, 12, 5),
    **record: Any,
) -> Case:
    return Case(
        today=today,
        born=Month.parse(born),
        category=category,
        place=Place(province),
        occupation="courier",
        record=Record(**record),
    )


def paths_of(
    case: Case,
    months: int,
    income: ArrayLike,
    *,
    count: int = 3,
    rate: float = 0.02,
    resident_rate: float = 0.025,
    death: ArrayLike = LONG,
    inflation: float = 0.0,
) -> Paths:
    """The same economy on every path; `income` a number, or an array that fits (months, paths)."""
    first = case.first
    year_of = np.array([(first + row).year - first.year for row in range(months)], np.int32)
    flat = np.ones((int(year_of[-1]) + 1, count), np.float32)
    level = (1.0 + inflation) ** np.arange(len(flat), dtype=np.float64)
    return Paths(
        first=first,
        income=np.array(np.broadcast_to(income, (months, count)), np.float32, order="C"),
        year_of_month=year_of,
        base=flat,
        wage=flat,
        price=level[:, None].astype(np.float32) * flat,
        bookkeeping=flat * np.float32(rate),
        resident_rate=flat * np.float32(resident_rate),
        deposit=flat * np.float32(0.01),
        death_month=np.array(np.broadcast_to(death, count), np.int32),
        hurt=np.zeros((min(months, 36), count), np.bool_),
        fit=fit_income(case, pack()),
        lasting_ages=(84.0, 95.0),
    )


def ground_of(
    case: Case,
    income: ArrayLike,
    *,
    essentials: float = 2000.0,
    buffer: float = 0.0,
    target: float = 3000.0,
    discount: float = 0.02,
    monthly_income: float = 6000.0,
    **options: Any,
) -> Ground:
    law = law_for(case, pack())
    record = case.record
    past = PastPaid(
        months=record.employee_months,
        index=record.average_index or 0.0,
        account=float(record.account_balance),
        resident_months=record.resident_months,
        resident_account=float(record.resident_balance),
        monthly_income=monthly_income,
    )
    habits = Habits(essentials, buffer, (target,) * 12, discount=discount)
    return Ground.of(paths_of(case, law.horizon, income, **options), law, habits, past)
