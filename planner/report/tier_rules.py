"""The exact statutory arithmetic of one plan, as far as the law of today fixes it: for "why this number".

The projection repeats the rule through thousands of futures; what stands here is the one case that can be
checked by hand: the same payment every month until retirement, all values as they are today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from planner.schemes.annuity import Age
from planner.schemes.contribution import BaseChoice, ContributionInput, allowed_bases, contribution
from planner.schemes.pension import PensionInput, pension
from planner.schemes.resident import ResidentInput, resident_pension
from planner.schemes.retirement_age import retirement_age
from planner.values import Confidence, Source, Step, mark

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection import Case
    from planner.projection.results import PlanResult

ARITHMETIC = Source("", confidence=Confidence.WELL_KNOWN)
RULES = {
    "steady.months": mark("Months paid by the retirement month, if you pay every month"),
    "steady.index": mark("Average index by then, if the tier stays as it is"),
    "steady.account": mark("Personal account by then, without interest and growth of wages"),
    "steady.resident_account": mark("Resident account by then, without interest"),
}
VALUES = {
    "months_before": mark("months paid so far"),
    "months_ahead": mark("months until retirement"),
    "index_before": mark("average index so far"),
    "reference_wage": mark("reference wage"),
    "balance_before": mark("balance so far"),
    "account_a_month": mark("into the account a month"),
    "tier_a_year": mark("payment a year"),
    "subsidy_a_year": mark("public subsidy a year"),
}
_INDEX = Decimal("0.0001")
_FEN = Decimal("0.01")
_LOWEST_SHARE = Decimal("0.6")
UNKNOWN_INDEX = Decimal("0.6")  # assumed by the projection where the person does not know theirs
_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Stop:
    """A tier that the slider can stand on: `share` of the reference wage, `base` yuan a month."""

    share: Decimal
    base: Decimal

    @property
    def percent(self) -> int:
        return int((self.share * 100).quantize(Decimal(1), ROUND_HALF_UP))


def stops(case: Case, pack: Pack) -> tuple[Stop, ...]:
    """Every tier open in the place: each of its fixed bases, else each percent between the limits."""
    choice = allowed_bases(case.place, case.this_month, pack, case.area)
    wage = reference_wage(choice)
    if choice.fixed:
        return tuple(Stop(base / wage, base) for base in sorted(choice.fixed))
    lowest, highest = (
        int((limit / wage * 100).to_integral_value(ROUND_HALF_UP)) for limit in (choice.lower, choice.upper)
    )
    shares = (Decimal(percent) / 100 for percent in range(lowest, max(lowest, highest) + 1))
    return tuple(Stop(share, _base(choice, share)) for share in shares)


def reference_wage(choice: BaseChoice) -> Decimal:
    """What a tier of 100 % is; where the wage is not published, the lower limit stands for 60 % of it."""
    return choice.average_wage or choice.lower / _LOWEST_SHARE


def monthly_payment(case: Case, base: Decimal, pack: Pack) -> Decimal:
    """What a month costs on `base`, to the fen."""
    data = ContributionInput(place=case.place, month=case.this_month, base=base, area=case.area)
    return contribution(data, pack).monthly


def steps_of(case: Case, result: PlanResult, pack: Pack) -> tuple[Step, ...]:
    """The steps behind a plan's payment and its pension under the law and the values of today."""
    age = retirement_age(case.category, case.born, pack)
    opening = tuple(step for step in age.steps if step.rule == "retirement_age.statutory")
    if result.plan.scheme == "resident":
        return (*opening, *_resident(case, result, pack))
    ahead = max(0, age.statutory.month - case.this_month - 1)
    turned = Age(age.statutory.years, age.statutory.months)
    if result.plan.scheme == "employee":
        return (*opening, *_employee(case, result, ahead, turned, pack))
    return (*opening, *_stopped(case, turned, pack))


def _employee(case: Case, result: PlanResult, ahead: int, turned: Age, pack: Pack) -> tuple[Step, ...]:
    choice = allowed_bases(case.place, case.this_month, pack, case.area)
    wage = reference_wage(choice)
    base = base_of(case, result, pack)
    paid = contribution(_payment(case, result, choice, base), pack)
    before = case.record.employee_months
    index_before = _index_so_far(case)
    months = before + ahead
    index = _mixed_index(before, index_before, ahead, base / wage)
    balance = (case.record.account_balance + ahead * paid.account).quantize(_FEN, ROUND_HALF_UP)
    steady = (
        Step(
            "steady.months",
            "months_before + months_ahead",
            {"months_before": before, "months_ahead": ahead},
            months,
            ARITHMETIC,
        ),
        Step(
            "steady.index",
            "half_up((months_before * index_before + months_ahead * base / reference_wage)"
            " / (months_before + months_ahead), 0.0001)",
            {
                "months_before": before,
                "index_before": index_before,
                "months_ahead": ahead,
                "base": base,
                "reference_wage": wage,
            },
            index,
            ARITHMETIC,
        ),
        Step(
            "steady.account",
            "balance_before + months_ahead * account_a_month",
            {
                "balance_before": case.record.account_balance,
                "months_ahead": ahead,
                "account_a_month": paid.account,
            },
            balance,
            ARITHMETIC,
        ),
    )
    return (*paid.steps, *steady, *_pension(case, months, index, balance, turned, pack))


def _payment(case: Case, result: PlanResult, choice: BaseChoice, base: Decimal) -> ContributionInput:
    """The month's payment by tier where that gives the same base, so that its step shows where it is from."""
    asked = ContributionInput(place=case.place, month=case.this_month, base=base, area=case.area)
    share, wage = Decimal(str(result.plan.share)), choice.average_wage
    if not share or wage is None or abs(share * wage - base) >= _FEN:
        return asked
    return replace(asked, base=None, tier=share)


def _stopped(case: Case, turned: Age, pack: Pack) -> tuple[Step, ...]:
    """What the record as it is would give; nothing where nothing was paid."""
    if case.record.employee_months == 0:
        return ()
    index = _index_so_far(case)
    return _pension(case, case.record.employee_months, index, case.record.account_balance, turned, pack)


def _pension(
    case: Case, months: int, index: Decimal, balance: Decimal, turned: Age, pack: Pack
) -> tuple[Step, ...]:
    data = PensionInput(
        place=case.place,
        retire=case.this_month,
        contribution_months=Decimal(months),
        average_index=index,
        account_balance=balance,
        age=turned,
        area=case.area,
    )
    return pension(data, pack).steps


def _resident(case: Case, result: PlanResult, pack: Pack) -> tuple[Step, ...]:
    draw_age = int(pack.value("resident.draw_age", on=case.this_month).number)
    years = max(0, draw_age * _MONTHS_A_YEAR - case.age_months) // _MONTHS_A_YEAR
    tier, subsidy = Decimal(str(result.plan.tier)), Decimal(str(result.plan.subsidy))
    balance = case.record.resident_balance + years * (tier + subsidy)
    data = ResidentInput(place=case.hukou or case.place, month=case.this_month, account_balance=balance)
    saved = Step(
        "steady.resident_account",
        "balance_before + years * (tier_a_year + subsidy_a_year)",
        {
            "balance_before": case.record.resident_balance,
            "years": years,
            "tier_a_year": tier,
            "subsidy_a_year": subsidy,
        },
        balance,
        ARITHMETIC,
    )
    return (saved, *resident_pension(data, pack).steps)


def base_of(case: Case, result: PlanResult, pack: Pack) -> Decimal:
    """The base of a fixed tier; for a rule that follows the income, the one of this month's payment."""
    choice = allowed_bases(case.place, case.this_month, pack, case.area)
    if result.plan.share:
        return _base(choice, Decimal(str(result.plan.share)))
    rate = pack.value("pension.flex_rate", case.place, case.this_month).number
    return choice.nearest((Decimal(str(result.monthly_cost)) / rate).quantize(_FEN, ROUND_HALF_UP))


def _base(choice: BaseChoice, share: Decimal) -> Decimal:
    return choice.nearest((share * reference_wage(choice)).quantize(_FEN, ROUND_HALF_UP))


def _index_so_far(case: Case) -> Decimal:
    known = case.record.average_index
    return UNKNOWN_INDEX if known is None else Decimal(str(known))


def _mixed_index(before: int, index_before: Decimal, ahead: int, share: Decimal) -> Decimal:
    if before + ahead == 0:
        return Decimal(0)
    return ((before * index_before + ahead * share) / (before + ahead)).quantize(_INDEX, ROUND_HALF_UP)
