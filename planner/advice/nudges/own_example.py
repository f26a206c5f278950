"""N06, your own example: one worked case with the own numbers for three choices, none pre-filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.advice.card import PUBLIC_FUND, WORKER, Fact
from planner.advice.frequency import last_answer, settled
from planner.advice.group_month import group_month
from planner.advice.joining import joining_steps
from planner.advice.nudge import ZERO, Draft, Group, Nudge
from planner.advice.options import EMPLOYEE, NONE, RESIDENT, Option
from planner.advice.plan_facts import facts_of, way_of
from planner.advice.sentence import Sentence, amount, spoken_day, spoken_month
from planner.advice.situation import Situation
from planner.projection import LEAST_MONTHS
from planner.values import Confidence, Name, Source, mark, usual_month

_YEAR = timedelta(days=365)
_OWN_MONTHS = Source(mark("your own months"), confidence=Confidence.WELL_KNOWN)


def trigger(situation: Situation) -> Draft | None:
    """Fires at the first visit, while no pension cover is known, and a year after the last showing."""
    reason = _reason(situation)
    choices = _choices(situation)
    if reason is None or len(choices) < 3:
        return None
    nothing = next(each for each in choices if each.scheme == NONE)
    return Draft(
        reason=reason,
        facts=tuple(_facts(situation, choices)),
        alternatives=tuple(way_of(each) for each in choices),
        what_if_nothing=_what_if_nothing(nothing, situation),
        rule_id="pension.benefit_base",
        trigger={"pension_cover": situation.cover_state("pension"), "choices": [each.id for each in choices]},
    )


NUDGE = Nudge(
    id="N06",
    title=mark("Your own worked example"),
    neutral=mark("See what three choices would cost and give, with your own age, place and months."),
    group=Group.INFORMATION,
    risk="pension",
    strength="A",
    rule_ids=("pension.benefit_base", "resident.base_pension"),
    version=1,
    reviewed=date(2026, 11, 22),
    trigger=trigger,
    steps=joining_steps,
    beneficiaries=frozenset({WORKER, PUBLIC_FUND}),
    blocked_by=frozenset({"G6", "G7"}),
    is_information=True,
)


def _reason(situation: Situation) -> Sentence | None:
    seen = last_answer(NUDGE.id, settled(NUDGE.id, situation.log, situation.today))
    if seen is None:
        return Sentence(
            mark("Before you choose anything: three choices beside each other, worked out for you.")
        )
    if situation.today - seen >= _YEAR:
        return Sentence(mark("A year has passed since you last saw your own numbers, and they have moved."))
    if situation.cover_state("pension") in ("none", "lapsed", "unknown"):
        return Sentence(
            mark("No pension cover of yours is known. Here are three choices, worked out for you.")
        )
    return None


def _what_if_nothing(nothing: Option, situation: Situation) -> Sentence:
    pension = nothing.pension["p50"]
    if pension < 1:
        return Sentence(
            mark(
                "You pay nothing and no month is added to your record. What you already have gives no"
                " monthly pension."
            )
        )
    return Sentence(
        mark(
            "You pay nothing and no month is added to your record. What you already have would give about"
            " ¥{pension} a month from {month}, in today's money."
        ),
        {"pension": amount(pension), "month": spoken_month(situation.retire)},
    )


def _choices(situation: Situation) -> tuple[Option, ...]:
    """Nothing, one of the resident scheme, one of the employee scheme: the recommended, else the cheapest."""
    found = []
    for scheme in (NONE, RESIDENT, EMPLOYEE):
        same = [each for each in situation.options if each.scheme == scheme]
        best = [each for each in same if each.is_recommended] or sorted(
            (each for each in same if each.is_steady), key=lambda each: each.monthly_cost
        )
        found.extend(best[:1])
    return tuple(found)


def _own_case(situation: Situation, values: dict[str, str | int | Name]) -> Fact:
    """Whose months the choices are counted with: the group's while too few of the own had pay."""
    paid = [income for _month, income in situation.incomes if income > 0]
    values |= {"paid": len(paid), "known": len(situation.incomes)}
    row = group_month(situation.occupation, situation.pack) if len(paid) < LEAST_MONTHS else None
    if row is not None:
        income, source = row.decimal("central"), row.source
        message = mark(
            "Counted for age {age}, {place}, and about ¥{income} a month as people in your work earn: with"
            " pay in {paid} of {known} months, your own are too few to count with."
        )
    elif situation.usual_month:
        income, source = situation.usual_month, _OWN_MONTHS
        message = mark("Counted for age {age}, {place}, and a usual month of ¥{income}.")
    else:
        income, source = usual_month(paid) or ZERO, _OWN_MONTHS
        message = mark(
            "Counted for age {age}, {place}, and your own months: {paid} of {known} had pay, about ¥{income}"
            " in the middle of those."
        )
    return Fact(
        "own_case", Sentence(message, {**values, "income": amount(income)}), income, "yuan/month", source
    )


def _facts(situation: Situation, choices: tuple[Option, ...]) -> Iterator[Fact]:
    pack = situation.pack
    place = Name(pack.place_name(situation.place, "en"), pack.place_name(situation.place, "zh"))
    yield _own_case(situation, {"age": situation.age, "place": place})
    for choice in choices:
        yield from facts_of(choice, situation)
    yield Fact(
        "not_covered",
        Sentence(
            mark(
                "None of the three pays for treatment after an accident or illness, nor for a month"
                " without work."
            )
        ),
    )
    base = situation.rule("pension.benefit_base")
    if base is not None:
        yield Fact(
            "rules_of",
            Sentence(
                mark("The rules are those in force since {day}; later years are assumptions."),
                {"day": spoken_day(base.valid_from)},
            ),
            base.valid_from.isoformat(),
            "date",
            base.source,
        )
