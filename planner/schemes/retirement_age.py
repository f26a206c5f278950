"""Statutory retirement age (法定退休年龄) under the gradual postponement, and the earliest flexible month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from planner.policy import Pack
from planner.schemes.min_years import min_months
from planner.schemes.outcome import Outcome, source_of
from planner.values import InputError, Month, Source, Step, mark

CATEGORIES = ("male_60", "female_55", "female_50")


@dataclass(frozen=True, slots=True)
class AgeMonth:
    """An age in years and months and the calendar month in which it is reached."""

    years: int
    months: int
    month: Month


@dataclass(frozen=True, kw_only=True)
class RetirementAge(Outcome):
    """`earliest` needs notice and enough contribution months; the minimum months are for `statutory`."""

    original: AgeMonth
    statutory: AgeMonth
    earliest: AgeMonth
    min_contribution_months: int


@dataclass(frozen=True, slots=True)
class _Transition:
    """One row of the transition: ages in years, `step` birth months to a month of delay, first such birth."""

    old_age: int
    new_age: int
    step: int
    start: Month
    source: Source


def retirement_age(category: str, born: Month, pack: Pack) -> RetirementAge:
    """Original, statutory and earliest retirement of someone born in `born`."""
    rule = _transition(category, pack)
    old = rule.old_age * 12
    offset = born - rule.start
    longest = (rule.new_age - rule.old_age) * 12
    delay = 0 if offset < 0 else min(longest, offset // rule.step + 1)
    statutory = _at(born, old + delay)
    early = pack.find("retirement.early_months_max", on=statutory.month)
    early_max = int(early.number) if early is not None else 0
    earliest = _at(born, max(old, old + delay - early_max))
    minimum = min_months(statutory.month, pack)

    def explain() -> tuple[Step, ...]:
        delayed = Step(
            "retirement_age.delay",
            "0 if offset < 0 else min((new_age - old_age) * 12, offset // step + 1)",
            {"offset": offset, "old_age": rule.old_age, "new_age": rule.new_age, "step": rule.step},
            delay,
            rule.source,
        )
        return (
            Step(
                "retirement_age.offset",
                "months_between(first_delayed_birth, born)",
                {"born": born, "first_delayed_birth": rule.start},
                offset,
                rule.source,
            ),
            delayed,
            Step(
                "retirement_age.original",
                "add_months(born, old_age * 12)",
                {"born": born, "old_age": rule.old_age},
                _at(born, old).month,
                rule.source,
            ),
            Step(
                "retirement_age.statutory",
                "add_months(born, old_age * 12 + delay)",
                {"born": born, "old_age": rule.old_age, "delay": delay},
                statutory.month,
                rule.source,
            ),
            Step(
                "retirement_age.earliest",
                "add_months(born, max(old_age * 12, old_age * 12 + delay - early_months_max))",
                {"born": born, "old_age": rule.old_age, "delay": delay, "early_months_max": early_max},
                earliest.month,
                source_of(early) if early is not None else rule.source,
            ),
        )

    return RetirementAge(
        original=_at(born, old),
        statutory=statutory,
        earliest=earliest,
        min_contribution_months=minimum,
        explain=explain,
    )


def _at(born: Month, months: int) -> AgeMonth:
    return AgeMonth(months // 12, months % 12, born + months)


@lru_cache(maxsize=64)
def _transition(category: str, pack: Pack) -> _Transition:
    for row in pack.table("retirement_ages"):
        if row["category"] == category:
            return _Transition(
                int(row["old_age"]),
                int(row["new_age"]),
                int(row["step"]),
                Month.parse(row["start"]),
                row.source,
            )
    raise InputError(
        "bad_choice",
        mark("{field} must be one of {choices}, not {value!r}"),
        field="category",
        choices=", ".join(CATEGORIES),
        value=category,
    )
