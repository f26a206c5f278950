"""From a case and its projection to the situation that advice looks at, and the plans it may speak of."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from planner.advice.inputs import Cover, Event, LogEntry
from planner.advice.options import EMPLOYEE, NONE, RESIDENT, Option
from planner.advice.sentence import Sentence, amount
from planner.advice.situation import Situation, whole_months
from planner.policy import Pack
from planner.values import mark, usual_month

if TYPE_CHECKING:
    from planner.projection import Case, Projection
    from planner.projection.results import PlanResult

_FEN = Decimal("0.01")
_STEADY = frozenset({NONE, RESIDENT, EMPLOYEE})  # families of plans


def situation_of(
    case: Case,
    pack: Pack,
    *,
    cover: Iterable[Cover] | None = None,
    events: Iterable[Event] = (),
    log: Iterable[LogEntry] = (),
    projection: Projection | None = None,
) -> Situation:
    """The case as advice sees it; without a projection no plan is priced and the low month is the own past's.

    `cover` None means that nobody asked; an empty list that there is none.
    """
    record, cash = case.record, case.cash
    months = [(earned.month, _yuan(earned.cny)) for earned in case.months]
    return Situation(
        today=case.today,
        born=case.born,
        category=case.category,
        place=case.place,
        area=case.area,
        occupation=case.occupation,
        platforms=case.platforms,
        employee_months=record.employee_months,
        resident_months=record.resident_months,
        average_index=None if record.average_index is None else Decimal(str(record.average_index)),
        account_balance=record.account_balance,
        need=None if cash.essentials is None else _yuan(cash.essentials),
        buffer=None if cash.buffer is None else _yuan(cash.buffer),
        incomes=whole_months(months, case.today),
        usual_month=usual_month(income for _month, income in months),
        cover=None if cover is None else tuple(cover),
        events=tuple(events),
        log=tuple(log),
        pack=pack,
        options=() if projection is None else options_of(projection),
        recommended="" if projection is None else projection.recommended,
        low_income=None if projection is None else _yuan(projection.low_income),
    )


def options_of(projection: Projection) -> tuple[Option, ...]:
    """Every plan of the projection in the few numbers that a card may say."""
    return tuple(_option(plan, projection.recommended) for plan in projection.plans)


def _option(result: PlanResult, recommended: str) -> Option:
    pension = result.pension
    return Option(
        id=result.plan.id,
        scheme=NONE if result.plan.family == NONE else result.plan.scheme,
        text=Sentence(
            mark("{plan}, ¥{cost} a month."), {"plan": result.name, "cost": amount(result.monthly_cost)}
        ),
        name=result.name,
        monthly_cost=_yuan(result.monthly_cost),
        yearly_cost=_yuan(result.monthly_cost * 12),
        pension={name: _yuan(getattr(pension, name)) for name in ("p5", "p25", "p50", "p75", "p95")},
        lapse_year=result.lapse.p12,
        break_even_age=result.break_even_age,
        heirs=_yuan(result.heirs),
        reaches_minimum=result.reaches_minimum,
        net_value_p25=_yuan(result.net_value_p25),
        cash_kept=result.cash_kept,
        is_recommended=result.plan.id == recommended,
        is_steady=result.plan.family in _STEADY,
    )


def _yuan(value: float | Decimal) -> Decimal:
    return Decimal(str(value)).quantize(_FEN, ROUND_HALF_UP)
