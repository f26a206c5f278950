"""N06, your own example: one worked case with the own numbers for three choices, none pre-filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.advice.card import NOTHING, PUBLIC_FUND, WORKER, Alternative, Fact
from planner.advice.frequency import last_answer, settled
from planner.advice.nudge import ZERO, Draft, Group, Nudge, StepPattern
from planner.advice.offices import COMMUNITY, HOUSEHOLD_REGISTER, IDENTITY_CARD, OFFICE, SOCIAL_CARD
from planner.advice.options import EMPLOYEE, NONE, RESIDENT, Option
from planner.advice.sentence import Sentence, amount, of_a_hundred, spoken_day, spoken_month
from planner.advice.situation import Situation
from planner.values import Confidence, Month, Name, Source, mark

_YEAR = timedelta(days=365)
_MONTHS = 12
OWN_PROJECTION = Source(
    mark("this program's projection of your own months; amounts of later years are assumptions"),
    confidence=Confidence.UNCERTAIN,
)


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
        alternatives=tuple(_way(each) for each in choices),
        what_if_nothing=_what_if_nothing(nothing, situation),
        rule_id="pension.benefit_base",
        trigger={"pension_cover": situation.cover_state("pension"), "choices": [each.id for each in choices]},
    )


_JOIN = (
    StepPattern(
        mark("Ask what joining needs at your place, from which month it counts and how to leave again."),
        OFFICE,
        (IDENTITY_CARD, HOUSEHOLD_REGISTER),
        in_days=14,
    ),
    StepPattern(
        mark("Enrol and choose the base or tier yourself."),
        OFFICE,
        (IDENTITY_CARD, SOCIAL_CARD),
        in_days=30,
    ),
)

_JOIN_RESIDENT = (
    StepPattern(
        mark("Ask which tiers there are, what the government adds, and until when this year's is paid."),
        COMMUNITY,
        (IDENTITY_CARD, HOUSEHOLD_REGISTER),
        in_days=14,
    ),
    StepPattern(
        mark("Enrol, choose the tier yourself and pay it once for the year."),
        COMMUNITY,
        (IDENTITY_CARD, SOCIAL_CARD),
        in_days=30,
    ),
)


def _steps(way: Alternative) -> tuple[StepPattern, ...]:
    return _JOIN_RESIDENT if way.more.get("scheme") == RESIDENT else _JOIN


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
    steps=_steps,
    beneficiaries=frozenset({WORKER, PUBLIC_FUND}),
    blocked_by=frozenset({"G6", "G7"}),
    is_information=True,
    never_default=True,
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


def _facts(situation: Situation, choices: tuple[Option, ...]) -> Iterator[Fact]:
    pack = situation.pack
    place = Name(pack.place_name(situation.place, "en"), pack.place_name(situation.place, "zh"))
    income = situation.usual_month or ZERO
    yield Fact(
        "own_case",
        Sentence(
            mark("Counted for age {age}, {place}, and a usual month of ¥{income}."),
            {"age": situation.age, "place": place, "income": amount(income)},
        ),
        income,
        "yuan/month",
        Source(mark("your own months"), confidence=Confidence.WELL_KNOWN),
    )
    for choice in choices:
        yield from _facts_of(choice, situation)
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


def _facts_of(choice: Option, situation: Situation) -> Iterator[Fact]:
    yield Fact(
        f"pension.{choice.id}",
        _pension(choice, situation),
        choice.pension["p50"],
        "yuan/month",
        OWN_PROJECTION,
    )
    if choice.monthly_cost:
        yield Fact(
            f"gap.{choice.id}",
            Sentence(
                mark("{plan}: of 100 futures, {count} have a payment missed within a year."),
                {"plan": choice.name, "count": of_a_hundred(choice.lapse_year)},
            ),
            choice.lapse_year,
            "share of futures",
            OWN_PROJECTION,
        )
    if choice.break_even_age is not None and choice.monthly_cost:
        yield Fact(
            f"recoup.{choice.id}",
            Sentence(
                mark("{plan}: by about age {age} you have drawn what you paid."),
                {"plan": choice.name, "age": round(choice.break_even_age)},
            ),
            round(choice.break_even_age),
            "years",
            OWN_PROJECTION,
        )
    if choice.heirs is not None and choice.monthly_cost:
        yield Fact(
            f"survivor.{choice.id}",
            Sentence(
                mark("{plan}: about ¥{heirs} goes to your family on average, by the rules on heirs."),
                {"plan": choice.name, "heirs": amount(choice.heirs)},
            ),
            choice.heirs,
            "yuan",
            OWN_PROJECTION,
        )


def _pension(choice: Option, situation: Situation) -> Sentence:
    """Never one number alone; and plainly if there is none."""
    pension = choice.pension
    if pension["p95"] < 1:
        return Sentence(mark("{plan}: no monthly pension."), {"plan": choice.name})
    return Sentence(
        mark(
            "{plan}: about ¥{middle} a month from {month}, in half of the futures between ¥{low} and ¥{high}."
        ),
        {
            "plan": choice.name,
            "middle": amount(pension["p50"]),
            "low": amount(pension["p25"]),
            "high": amount(pension["p75"]),
            "month": spoken_month(_drawn_from(choice, situation)),
        },
    )


def _drawn_from(choice: Option, situation: Situation) -> Month:
    """The resident pension begins at an age of its own, the same for all."""
    age = situation.rule("resident.draw_age") if choice.scheme == RESIDENT else None
    return situation.retire if age is None else situation.born + _MONTHS * int(age.number)


def _way(choice: Option) -> Alternative:
    return Alternative(
        NOTHING if choice.scheme == NONE else choice.id,
        choice.text if choice.scheme != NONE else Sentence(mark("Do nothing.")),
        choice.monthly_cost,
        choice.monthly_cost * _MONTHS,
        frozenset({WORKER}) if choice.scheme == NONE else frozenset({WORKER, PUBLIC_FUND}),
        more={
            "plan": choice.id,
            "scheme": choice.scheme,
            "pension_p25": choice.pension["p25"],
            "pension_p50": choice.pension["p50"],
            "pension_p75": choice.pension["p75"],
            "lapse_year": choice.lapse_year,
            "break_even_age": choice.break_even_age,
        },
    )
