"""Futures built by hand: no chance, or chance of a known kind, for results that can be worked out exactly."""

from __future__ import annotations

from datetime import date

import numpy as np

from planner.policy import Pack
from planner.projection.case import Case, Record
from planner.projection.ground import Ground, Habits, PastPaid
from planner.projection.law import law_for
from planner.projection.paths import Paths
from planner.values import Month, Place


def case_of(province="CN-GD", born="1971-06", category="male_60", today=date(2026, 12, 5), **record) -> Case:
    return Case(
        today=today, born=Month.parse(born), category=category, place=Place(province), record=Record(**record)
    )


def certain_paths(first, months, income, *, count=3, rate=0.02, resident_rate=0.025, death=5000, price=1.0):
    """Every path the same: `income` a number, or an array (months, paths)."""
    table = np.asarray(np.broadcast_to(income, (months, count)), np.float32).copy()
    years = (first + (months - 1)).year - first.year + 1
    year_of = np.array([(first + row).year - first.year for row in range(months)], np.int32)
    flat = np.ones((years, count), np.float32)
    level = (price ** np.arange(years, dtype=np.float64))[:, None].astype(np.float32) * flat
    return Paths(
        first=first,
        income=table,
        year_of_month=year_of,
        base=flat,
        wage=flat,
        price=level,
        bookkeeping=flat * np.float32(rate),
        resident_rate=flat * np.float32(resident_rate),
        deposit=flat * np.float32(0.01),
        death_month=np.full(count, death, np.int32),
        hurt=np.zeros((min(months, 48), count), np.bool_),
    )


def ground_of(case: Case, pack: Pack, income, *, essentials=2000.0, buffer=0.0, target=3000.0, **options):
    law = law_for(case, pack)
    paths = certain_paths(case.first, law.horizon, income, **options)
    record = case.record
    past = PastPaid(
        months=record.employee_months,
        index=record.average_index or 0.0,
        account=float(record.account_balance),
        resident_months=record.resident_months,
        resident_account=float(record.resident_balance),
    )
    return Ground.of(paths, law, Habits(essentials, buffer, (target,) * 12), past)
