"""Hand-made results of a projection, with the shapes and the orders of the real one but plain sums behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from planner.policy import Pack
from planner.projection import Case, Projection, case_from_json
from planner.projection.assumptions import YES_NO, Assumption
from planner.projection.plans import EMPLOYEE, MATCHED, NOTHING, RESIDENT, Plan
from planner.projection.results import (
    FanRows,
    Fix,
    FrontierPoint,
    Lapse,
    Lasts,
    Offer,
    PlanResult,
    Quantiles,
)
from planner.values import Confidence, Name, Source

SPREAD = np.array([0.55, 0.82, 1.0, 1.2, 1.55])
WORKER = {"born": "1992-03", "category": "male_60", "province": "CN-GD", "occupation": "food_rider_crowd"}
TIERS = (0.6, 0.8, 1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True)
class Income:
    months_used: int = 12
    own_weight: float = 0.7
    based_on_group: bool = False
    job_changed: bool = False
    zero_months: int = 0


def case_of(pack: Pack, today: date = date(2026, 8, 1), **worker: Any) -> Case:
    data = {"today": today.isoformat(), "worker": {**WORKER, **worker}}
    return case_from_json(data, pack)


def result(
    plan: Plan, name: Name, cost: float, pension: float, lapse: float, irr: float | None
) -> PlanResult:
    ages, months = np.arange(63.0, 91.0), np.arange(0.0, 36.0)
    return PlanResult(
        plan=plan,
        name=name,
        monthly_cost=cost,
        worst_month_cost=cost,
        pension=Quantiles(*(pension * SPREAD)),
        pension_mean=pension * 1.02,
        replacement_rate=pension / 6000,
        lapse=Lapse(lapse, min(1.0, lapse * 1.8), min(1.0, lapse * 2.5), lapse * 3),
        reaches_minimum=0.97 if cost else 0.0,
        paid_total=cost * 400,
        break_even_age=None if not cost else 63 + cost * 400 / max(pension, 1) / 12,
        irr=irr,
        net_value=pension * 100,
        net_value_p25=pension * 40,
        regret=cost,
        heirs=cost * 20,
        cash_kept=1 - lapse,
        pension_fan=FanRows(ages, *np.outer(SPREAD, pension * (1 + 0.01 * (ages - 63)))),
        cash_fan=FanRows(months, *np.outer(SPREAD - 0.5, 4000 - cost + 300 * np.sin(months / 2))),
        lapse_reasons={} if not lapse else {"low_income": 0.7, "hurt": 0.3},
    )


def tier(share: float, *, quick: bool = False) -> PlanResult:
    plan = Plan(f"employee_{round(share * 100)}", EMPLOYEE, "employee", share=share)
    name = Name(f"Employee pension, tier {share:.0%}", f"职工养老 {share:.0%} 档")
    made = result(
        plan, name, 1600 * share, 900 + 1500 * share, min(1.0, 0.06 * share**2), 0.045 - 0.01 * share
    )
    return replace(made, approximate=quick)


class Tiers:
    """What can be asked beyond the list: any tier, and the choice at other risks."""

    def explore(self, share: float, quick: bool) -> PlanResult:
        return tier(share, quick=quick)

    def priced(self, plan_id: str) -> PlanResult | None:
        family, _line, percent = plan_id.rpartition("_")
        return tier(int(percent) / 100) if family == EMPLOYEE else None

    def fix_of(self, result: PlanResult, max_lapse: float) -> Fix | None:
        return Fix("buffer", 1200.0, "", max_lapse) if result.radar.chance > max_lapse else None

    def at_risk(self, projection: Projection, max_lapse: float) -> Projection:
        settings = replace(projection.case.settings, max_lapse=max_lapse)
        best = max(
            (one for one in projection.plans if one.lapse.p12 <= max_lapse), key=lambda one: one.pension_mean
        )
        return replace(projection, case=replace(projection.case, settings=settings), recommended=best.plan.id)


def projection_of(case: Case, **more: Any) -> Projection:
    """Doing nothing, two resident tiers, six employee tiers and one that follows the income."""
    nothing = result(Plan("nothing", NOTHING, "none"), Name("Do nothing", "什么都不做"), 0.0, 0.0, 0.0, None)
    residents = [
        result(
            Plan(f"resident_{yearly}", RESIDENT, "resident", tier=float(yearly)),
            Name(f"Resident pension, {yearly} yuan a year", f"居民养老 {yearly} 元/年"),
            yearly / 12,
            230 + yearly / 12,
            0.001,
            0.07,
        )
        for yearly in (200, 2000)
    ]
    matched = result(
        Plan("matched_12", MATCHED, "employee", income_share=0.12),
        Name("Employee pension, 12 % of each month's income", "职工养老，交当月收入的 12%"),
        1050.0,
        1950.0,
        0.03,
        0.039,
    )
    source = Source("没有文件的假设", confidence=Confidence.UNCERTAIN)
    assumptions = (
        Assumption("real_wage_growth", 3.0, "percent a year", 1.5, 4.0, source, Confidence.UNCERTAIN),
        Assumption("cpi", 1.5, "percent a year", 0.5, 2.5, source, Confidence.UNCERTAIN, own=True),
        Assumption(
            "mortality_scale", 1.0, "factor", None, None, source, Confidence.WELL_KNOWN, editable=False
        ),
        Assumption("catch_up", 1.0, YES_NO, None, None, source, Confidence.UNCERTAIN),
    )
    values: dict[str, Any] = {
        "case": case,
        "plans": (nothing, *residents, *(tier(share) for share in TIERS), matched),
        "recommended": "employee_80",
        "highest_kept": "employee_80",
        "best_return": "resident_200",
        "frontier": (
            FrontierPoint("nothing", 0.0, 0.0),
            FrontierPoint("resident_2000", 0.001, 405.0),
            FrontierPoint("employee_80", 0.038, 2142.0),
        ),
        "foresight_gap": 0.08,
        "waiting_cost": 45.0,
        "assumptions": assumptions,
        "income": Income(),
        "low_income": 3200.0,
        "safe_contribution": 900.0,
        "lasts": Lasts(82.6, 93.1),
        "seed": 7,
        "paths": 10_000,
        "seconds": 1.0,
        "pack_version": "test",
        "floor_met": True,
        "offers": (Offer(0.05, tier(0.8)), Offer(0.10, tier(1.2)), Offer(0.20, tier(1.5))),
        "fix": None,
        "_more": Tiers(),
    }
    return Projection(**(values | more))
