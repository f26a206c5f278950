"""Annuity months (计发月数): by how many months the account is divided at an age.

Whole ages stand in the national table. Since pensions may start at any month of age, the table is split by
month: the share of the way to the next age, half up to one decimal (rule `monthly`); before that only the
whole years counted (rule `whole_years`). Which rule holds from when is a value of the pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from planner.policy import Pack
from planner.schemes.outcome import Outcome, doubts, joined
from planner.values import InputError, Month, Source, Step, mark

_TENTH = Decimal("0.1")
_LATEST = Month(2199, 12)


@dataclass(frozen=True, slots=True)
class Age:
    """A person's age in completed years and months."""

    years: int
    months: int


@dataclass(frozen=True, kw_only=True)
class Annuity(Outcome):
    """`months` with one decimal where the age is no whole year."""

    months: Decimal


def annuity_months(years: int, months: int, pack: Pack, retire: Month | None = None) -> Decimal:
    """The divisor alone."""
    return annuity(Age(years, months), pack, retire).months


@lru_cache(maxsize=4096)
def annuity(age: Age, pack: Pack, retire: Month | None = None) -> Annuity:
    """The divisor at `age` by the rule of the month `retire` (none: the newest rule)."""
    if not 0 <= age.months <= 11:
        raise InputError(
            "out_of_range", mark("{field} must be between {low} and {high}"), field="months", low=0, high=11
        )
    table = _table(pack)
    first, last = min(table), max(table)
    at = min(max(age.years, first), last)
    base, source = table[at]
    rule = pack.value("pension.annuity_rule", on=retire or _LATEST)
    between = age.months > 0 and first <= age.years < last
    if rule.value == "monthly" and between:
        following = table[at + 1][0]
        result = (base - (base - following) * age.months / 12).quantize(_TENTH, ROUND_HALF_UP)

        def explain() -> tuple[Step, ...]:
            values = {"at_age": base, "at_next_age": following, "months": age.months, "years": age.years}
            formula = "half_up(at_age - (at_age - at_next_age) * months / 12, 0.1)"
            return (Step("annuity.monthly", formula, values, result, joined(rule.source, source)),)

        return Annuity(months=result, warnings=doubts(rule), explain=explain)

    def explain_whole() -> tuple[Step, ...]:
        values = {"at_age": base, "years": at}
        return (Step("annuity.whole_years", "at_age", values, base, source),)

    return Annuity(months=base, explain=explain_whole)


@lru_cache(maxsize=16)
def _table(pack: Pack) -> dict[int, tuple[Decimal, Source]]:
    return {int(row["age"]): (row.decimal("months"), row.source) for row in pack.table("annuity_months")}
