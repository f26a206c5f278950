"""Why a member is at risk, in sentences with the member's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planner.advice.sentence import Sentence, amount, spoken_month
from planner.casework.person import Person
from planner.values import mark


def plain(message: str) -> Callable[[Person], Sentence]:
    """A reason without numbers."""
    said = Sentence(message)
    return lambda person: said


def to_claim(person: Person) -> Sentence:
    return Sentence(
        mark("The pension age was reached in {retire} and enough months are paid, but no pension is drawn."),
        {"retire": spoken_month(person.facts.retire)},
    )


def past_age_and_short(person: Person) -> Sentence:
    return Sentence(
        mark(
            "The pension age was reached in {retire}; about {missing} months of payments are still missing."
        ),
        {"retire": spoken_month(person.facts.retire), "missing": person.facts.missing or 0},
    )


def late(person: Person) -> Sentence:
    facts = person.facts
    assert facts.start is not None
    return Sentence(
        mark(
            "{missing} months of pension payments are still missing and only {left} are left before the "
            "pension age ({retire}). Even when every month is paid, the pension begins in {start} at the "
            "earliest."
        ),
        {
            "missing": facts.missing or 0,
            "left": facts.months_left,
            "retire": spoken_month(facts.retire),
            "start": spoken_month(facts.start),
        },
    )


def tight(person: Person) -> Sentence:
    facts = person.facts
    return Sentence(
        mark(
            "{missing} months of pension payments are still missing, {left} are left before the pension age "
            "({retire}): no more than {spare} may go unpaid."
        ),
        {
            "missing": facts.missing or 0,
            "left": facts.months_left,
            "retire": spoken_month(facts.retire),
            "spare": facts.spare or 0,
        },
    )


def dear(person: Person) -> Sentence:
    facts, left = person.facts, person.left_of_bad_month
    assert facts.tier is not None
    cost = _yuan(facts.tier.monthly)
    if left is not None:
        return Sentence(
            mark(
                "The lowest employee tier costs ¥{cost} a month; in a bad month ¥{left} are left after what "
                "is needed to live."
            ),
            {"cost": cost, "left": _yuan(max(left, 0))},
        )
    return Sentence(
        mark("The lowest employee tier costs ¥{cost} a month, {percent} % of the usual income."),
        {"cost": cost, "percent": amount((facts.share_of_income or Decimal(0)) * 100)},
    )


def _yuan(fen: int) -> str:
    return amount(Decimal(fen).scaleb(-2))
