"""How the person lives and what they paid before: as they said, or assumed and listed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.policy import Pack
from planner.projection.assumptions import OWN_ASSUMPTION, YES_NO, Assumed
from planner.projection.case import Case
from planner.projection.ground import Habits, PastPaid
from planner.projection.law import Law
from planner.projection.paths import Paths
from planner.projection.seasons import CROSS_BORDER
from planner.schemes.outcome import source_of
from planner.values import Confidence, Source, State, mark

NAMES = (
    "essentials",
    "buffer",
    "buffer_target",
    "catch_up",
    "average_index",
    "pension_uprating",
    "resident_base_follows",
    "real_discount_rate",
)
"""The assumptions that are taken here; all others belong to the futures."""

_LIVING = 0.6  # the part of an ordinary income that needs are assumed to take at most
_SWINGING = 0.4  # spread of log income within a person from which a larger buffer is kept
_STOCKING = range(7, 11)  # months in which cross-border sellers buy stock
_HOUSEHOLDS = Source(mark("JPMorgan Chase Institute, Weathering Volatility 2.0"), "", Confidence.WELL_KNOWN)


def habits_of(case: Case, paths: Paths, assumed: Assumed, pack: Pack) -> Habits:
    """Essentials, buffer and its target, and what money is worth over time."""
    cash, fit = case.cash, paths.fit
    essentials = cash.essentials
    if essentials is None:
        essentials = _essentials(case, paths, assumed, pack)
    buffer = cash.buffer
    if buffer is None:
        buffer = assumed.value(
            "buffer", essentials, "yuan", low=0.0, high=3.0 * essentials, source=OWN_ASSUMPTION
        )
    usual = assumed.value(
        "buffer_target",
        2.0 if fit.variation >= _SWINGING else 1.5,
        "months",
        low=0.5,
        high=3.0,
        source=_HOUSEHOLDS,
    )
    stocking = max(usual, 3.0) if fit.group.profile == CROSS_BORDER else usual
    target = tuple(essentials * (stocking if month in _STOCKING else usual) for month in range(1, 13))
    uprating = assumed.value(
        "pension_uprating", 0.0, "percent a year", low=-0.5, high=2.0, source=OWN_ASSUMPTION
    )
    follows = assumed.value("resident_base_follows", 1.0, "share", low=0.0, high=1.0, source=OWN_ASSUMPTION)
    row = next(row for row in pack.table("economy") if row["variable"] == "real_discount_rate")
    discount = assumed.row("real_discount_rate", row, scenario="central")
    return Habits(essentials, buffer, target, uprating / 100, discount / 100, follows)


def _essentials(case: Case, paths: Paths, assumed: Assumed, pack: Pack) -> float:
    """The minimum wage of the place, but at most a part of the person's ordinary income."""
    ordinary = float(np.median(np.mean(paths.income[:12], axis=0)))
    most = max(_LIVING * ordinary, 0.0)
    wage = pack.find("minimum_wage.month", case.place, case.this_month, area=case.area)
    value = round(most if wage is None else min(float(wage.number), most), 2)
    return assumed.value(
        "essentials",
        round(value, 2),
        "yuan a month",
        low=0.5 * value,
        high=2.0 * value,
        source=OWN_ASSUMPTION,
    )


def past_of(case: Case, paths: Paths, assumed: Assumed) -> PastPaid:
    """The record; an unknown average index is assumed to be that of the lowest tier."""
    record = case.record
    index = record.average_index
    if index is None and record.employee_months:
        index = assumed.value("average_index", 0.6, "ratio", low=0.4, high=1.0, source=OWN_ASSUMPTION)
    earned = [month.cny for month in case.months if month.month < case.this_month][-12:]
    return PastPaid(
        months=record.employee_months,
        index=index or 0.0,
        account=float(record.account_balance),
        resident_months=record.resident_months,
        resident_account=float(record.resident_balance),
        monthly_income=float(np.mean(earned)) if earned else float(np.mean(paths.income[:12])),
    )


def law_as_assumed(law: Law, assumed: Assumed) -> Law:
    """The law with the person's own view of catching up; its unsure values are listed."""
    rule = law.catch_up_rule
    catch_up = assumed.value("catch_up", float(law.catch_up), YES_NO, source=source_of(rule))
    assumed.value("pays_on", float(law.employee.later), "months", source=OWN_ASSUMPTION, editable=False)
    assumed.value("buy_missing_years", 1.0, YES_NO, source=OWN_ASSUMPTION, editable=False)
    for value in law.values:
        unsure = value.state is State.PROVISIONAL or value.source.confidence is Confidence.UNCERTAIN
        if unsure and not isinstance(value.value, str | tuple):
            unit = value.unit.replace("yuan/month", "yuan a month")
            assumed.value(value.key, float(value.number), unit, source=source_of(value), editable=False)
    return replace(law, catch_up=catch_up >= 0.5)
