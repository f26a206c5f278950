"""What the projection says of one plan, as facts of a card, and the plan as a way to go on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.advice.card import NOTHING, PUBLIC_FUND, WORKER, Alternative, Fact
from planner.advice.options import NONE, RESIDENT, Option
from planner.advice.sentence import Sentence, amount, of_a_hundred, spoken_month
from planner.advice.situation import Situation
from planner.values import Confidence, Month, Source, mark

_MONTHS = 12
OWN_PROJECTION = Source(
    mark("this program's projection of your own months; amounts of later years are assumptions"),
    confidence=Confidence.UNCERTAIN,
)


def facts_of(choice: Option, situation: Situation) -> Iterator[Fact]:
    """The pension and, of a plan that costs, the chance of a gap, the age of recouping and what heirs get."""
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


def way_of(choice: Option) -> Alternative:
    """The plan as it is offered beside others; doing nothing for the plan that pays nothing."""
    return Alternative(
        NOTHING if choice.scheme == NONE else choice.id,
        choice.text if choice.scheme != NONE else Sentence(mark("Do nothing.")),
        choice.monthly_cost,
        choice.yearly_cost,
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
