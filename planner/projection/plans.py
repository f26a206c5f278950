"""The plans that are compared, as the place allows them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.values import Name

if TYPE_CHECKING:
    from planner.projection.law import EmployeeLaw, Law, ResidentLaw

NOTHING, RESIDENT, EMPLOYEE, MATCHED = "nothing", "resident", "employee", "matched"
PEAK_SAVER, STEP_UP, PAUSE, LATE_START = "peak_saver", "step_up", "pause", "late_start"
FAMILIES = (NOTHING, RESIDENT, EMPLOYEE, MATCHED, PEAK_SAVER, STEP_UP, PAUSE, LATE_START)
POSTPONING = (PAUSE, LATE_START)
"""Families that show what waiting costs; they are compared but never recommended."""

TIERS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0)  # shares of the reference wage shown in a range
INCOME_SHARES = (0.08, 0.12, 0.16, 0.20)
SEARCHED_SHARES = range(4, 31)  # percent of the income
LATE_YEARS = (1, 2, 5)
RESERVE_MONTHS = 12
PAUSE_FROM, PAUSE_MONTHS = 12, 12
_SAVED_TIERS = 3  # peak-savers on so many of the lowest tiers
UNNAMED = Name("", "")
_SAME = 0.02  # a tier this near to another is the same


@dataclass(frozen=True, slots=True)
class Plan:
    """What someone sets out to pay.

    `id` is stable and readable. `scheme` is `none`, `resident` or `employee`. `share`: the base as a share of
    the reference wage (employee); `tier` and `subsidy`: yuan a year (resident); `income_share`: the part of
    the income that is paid in (matched, step-up); `reserve_months`: contributions kept aside beyond the
    buffer (peak-saver); `start`, `pause_from`, `pause_months`: months from the first projected one.
    `found`: not one of the usual steps, but searched for as the best.
    """

    id: str
    family: str
    scheme: str
    name: Name = UNNAMED
    share: float = 0.0
    tier: float = 0.0
    subsidy: float = 0.0
    income_share: float = 0.0
    reserve_months: int = 0
    start: int = 0
    pause_from: int = 0
    pause_months: int = 0
    found: bool = False


def plans_of(law: Law) -> tuple[Plan, ...]:
    """Every plan open to the person, `nothing` first, each family from its lowest cost to its highest."""
    tiers = employee_tiers(law.employee)
    return (
        nothing(),
        *resident_plans(law.resident),
        *tiers,
        *(_matched(share) for share in INCOME_SHARES),
        *(_peak_saver(tier) for tier in tiers[:_SAVED_TIERS]),
        *(_step_up(share) for share in INCOME_SHARES),
        _paused(tiers[0]),
        *(late_start(tiers[0], years * 12) for years in LATE_YEARS if years * 12 < law.employee.draw),
    )


def searched(law: Law) -> tuple[tuple[Plan, ...], ...]:
    """Every plan of the families that may be searched, each family from its lowest cost to its highest.

    A base at each hundredth of the reference wage within the place's range, or each of its list; an income
    share at each hundredth.
    """
    bases = _every_tier(law.employee)
    return (
        bases,
        tuple(_matched(percent / 100) for percent in SEARCHED_SHARES),
        tuple(_peak_saver(tier) for tier in bases),
        tuple(_step_up(percent / 100) for percent in SEARCHED_SHARES),
    )


def _every_tier(law: EmployeeLaw) -> tuple[Plan, ...]:
    if law.choice.fixed:
        return employee_tiers(law)
    first, last = math.ceil(law.least * 100), math.floor(law.most * 100)
    shares = (*(percent / 100 for percent in range(first, last + 1)), law.least, law.most)
    plans = {plan.id: plan for plan in (employee_plan(law, share) for share in shares)}
    return tuple(sorted(plans.values(), key=lambda plan: plan.share))


def nothing() -> Plan:
    return Plan("nothing", NOTHING, "none", Name("Pay nothing", "什么都不交"))


def resident_plans(law: ResidentLaw) -> tuple[Plan, ...]:
    """The resident scheme at each of its tiers."""
    return tuple(
        Plan(
            f"resident_{tier.amount:g}",
            RESIDENT,
            "resident",
            Name(
                f"Resident pension, ¥{tier.amount:,.0f} a year",
                f"城乡居民养老，每年 {tier.amount:,.0f} 元",
            ),
            tier=tier.amount,
            subsidy=tier.subsidy,
        )
        for tier in law.tiers
    )


def employee_tiers(law: EmployeeLaw) -> tuple[Plan, ...]:
    """The employee scheme at every base of the place's list, or at usual tiers within its limits."""
    if law.choice.fixed:
        return tuple(
            Plan(
                f"employee_base_{base:.0f}",
                EMPLOYEE,
                "employee",
                Name(f"Employee pension, base ¥{base:,.0f}", f"职工养老，缴费基数 {base:,.0f} 元"),
                share=float(base) / law.wage,
            )
            for base in sorted(law.choice.fixed)
        )
    inside = [tier for tier in TIERS if law.least + _SAME < tier < law.most - _SAME]
    return tuple(employee_plan(law, share) for share in (law.least, *inside, law.most))


def employee_plan(law: EmployeeLaw, share: float) -> Plan:
    """The employee scheme at the allowed base next to `share` of the reference wage."""
    if law.choice.fixed:
        return min(employee_tiers(law), key=lambda plan: abs(plan.share - share))
    snapped = law.snapped(share)
    percent = round(snapped * 100)
    return Plan(
        f"employee_{percent}",
        EMPLOYEE,
        "employee",
        Name(f"Employee pension, {percent}% tier", f"职工养老，{percent}% 档"),
        share=snapped,
    )


def late_start(tier: Plan, months: int) -> Plan:
    """`tier` begun so many months later."""
    years, rest = divmod(months, 12)
    late_en = f"{years} year{'s' if years > 1 else ''}" if not rest else f"{months} months"
    late_zh = f"{years} 年" if not rest else f"{months} 个月"
    return replace(
        tier,
        id=f"late_start_{months}",
        family=LATE_START,
        name=Name(f"Lowest tier, started {late_en} later", f"最低档，晚 {late_zh}再开始"),
        start=months,
    )


def _paused(tier: Plan) -> Plan:
    return replace(
        tier,
        id=f"pause_{PAUSE_MONTHS}",
        family=PAUSE,
        name=Name("Lowest tier, paused for the second year", "最低档，第二年停缴一年再续上"),
        pause_from=PAUSE_FROM,
        pause_months=PAUSE_MONTHS,
    )


def _matched(share: float) -> Plan:
    percent = round(share * 100)
    return Plan(
        f"matched_{percent}",
        MATCHED,
        "employee",
        Name(f"Employee pension, {percent}% of each month's income", f"职工养老，每月按收入的 {percent}% 缴"),
        income_share=share,
    )


def _step_up(share: float) -> Plan:
    percent = round(share * 100)
    return Plan(
        f"step_up_{percent}",
        STEP_UP,
        "employee",
        Name(
            f"Employee pension, {percent}% of last year's income",
            f"职工养老，每年按上年收入的 {percent}% 定档",
        ),
        income_share=share,
    )


def _peak_saver(tier: Plan) -> Plan:
    return replace(
        tier,
        id=tier.id.replace("employee", PEAK_SAVER),
        family=PEAK_SAVER,
        name=Name(f"{tier.name.en}, set aside in good months", f"{tier.name.zh}，旺月先存够再缴"),
        reserve_months=RESERVE_MONTHS,
    )
