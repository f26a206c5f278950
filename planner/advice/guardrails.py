"""The guardrails G1 to G9: while one of them holds, nobody is asked to pay more (E7: liquidity first)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from planner.advice.frequency import is_cooling_down
from planner.advice.inputs import CLAIM
from planner.advice.situation import Situation

BUFFER_MONTHS = Decimal(1)
BUFFER_MONTHS_UNEVEN = Decimal("1.5")
UNEVEN_SIGMA = 0.4
SHORT_MONTHS = 2
DATA_LASTS = timedelta(days=60)
DATA_MONTHS = 3
RULES_LAST = timedelta(days=366)  # past its end a value is carried on for a year at most
NEAR_PENSION = timedelta(days=90)

_RULES_OF_A_PLACE = ("pension.base_lower", "pension.base_upper", "minimum_wage.month")


def below_minimum_wage(situation: Situation) -> bool:
    """G1: the last three months average less than the local minimum wage."""
    wage, average = situation.minimum_wage, situation.recent_average
    return wage is not None and average is not None and average < wage.number


def buffer_too_small(situation: Situation) -> bool:
    """G2: less than a month of essentials at hand, one and a half where income is uneven; or not known."""
    months = situation.buffer_months
    wanted = BUFFER_MONTHS_UNEVEN if situation.sigma >= UNEVEN_SIGMA else BUFFER_MONTHS
    return months is None or months < wanted


def in_the_red(situation: Situation) -> bool:
    """G3: overdue debt at a high price, or two of the last three months short of what must be paid."""
    return situation.in_debt or situation.short_months >= SHORT_MONTHS


def in_a_spell(situation: Situation) -> bool:
    """G4: injured, ill, having a child or out of work now."""
    return situation.in_spell


def data_too_old(situation: Situation) -> bool:
    """G6: the last month ended more than sixty days ago, or fewer than three months are known."""
    age = situation.data_age
    return age is None or age > DATA_LASTS or len(situation.incomes) < DATA_MONTHS


def rules_unclear(situation: Situation) -> bool:
    """G7: a rule of the place is missing, or ended more than a year ago with nothing newer."""
    for key in _RULES_OF_A_PLACE:
        value = situation.rule(key)
        if value is None:
            return True
        if value.valid_to is not None and situation.today - value.valid_to > RULES_LAST:
            return True
    return False


def near_pension(situation: Situation) -> bool:
    """G9: within ninety days of the pension age, past it, or claiming a benefit."""
    claims = any(
        event.kind == CLAIM and abs(event.day - situation.today) <= NEAR_PENSION for event in situation.events
    )
    return claims or situation.days_to_retirement <= NEAR_PENSION.days


def covered_already(situation: Situation, risk: str, changes_own_cover: bool = False) -> bool:
    """G5: a cover for the same risk runs now, wherever and whoever pays.

    What only changes the amount of the one cover that the worker pays is not stopped by that cover.
    """
    active = situation.covers(risk)
    is_the_own_one = len(active) == 1 and active[0].is_paid_by_worker
    return bool(active) and not (changes_own_cover and is_the_own_one)


def cooling_down(situation: Situation, pay_more: tuple[str, ...]) -> bool:
    """G8: a no to any pay-more card still counts."""
    return any(is_cooling_down(card, situation.log, situation.today) for card in pay_more)


GUARDRAILS: Mapping[str, Callable[[Situation], bool]] = {
    "G1": below_minimum_wage,
    "G2": buffer_too_small,
    "G3": in_the_red,
    "G4": in_a_spell,
    "G6": data_too_old,
    "G7": rules_unclear,
    "G9": near_pension,
}
PAY_MORE = frozenset({*GUARDRAILS, "G5", "G8"})


def raised(
    situation: Situation, risk: str, pay_more: tuple[str, ...], *, changes_own_cover: bool = False
) -> frozenset[str]:
    """The guardrails that hold for a card about `risk`; `pay_more` are the ids that G8 watches."""
    found = {code for code, holds in GUARDRAILS.items() if holds(situation)}
    if covered_already(situation, risk, changes_own_cover):
        found.add("G5")
    if cooling_down(situation, pay_more):
        found.add("G8")
    return frozenset(found)
