"""Joining the two pension schemes at the pension age (城乡养老保险制度衔接).

With the minimum years in the employee scheme the resident account is merged into it, but resident years do
not count; short of them everything goes to the resident scheme, where employee years count too. A month paid
in both is an employee month and the resident payment is refunded.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.policy import Pack
from planner.schemes.min_years import min_years
from planner.schemes.outcome import Notice, Outcome, joined, source_of
from planner.values import InputError, Month, Step, mark

TO_EMPLOYEE = "resident_to_employee"
TO_RESIDENT = "employee_to_resident"
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchInput:
    """Months paid in each scheme; `both_months` are in both counts."""

    employee_months: int
    resident_months: int
    retire: Month
    both_months: int = 0


@dataclass(frozen=True, kw_only=True)
class Switch(Outcome):
    """`direction` of the money; `counts_months` for the pension that is paid; `why` is a stable code."""

    direction: str
    counts_months: int
    minimum_months: int
    why: str


def switch_scheme(data: SwitchInput, pack: Pack) -> Switch:
    """Which scheme pays in the end and what counts in it."""
    if data.both_months > min(data.employee_months, data.resident_months):
        raise InputError(
            "out_of_range",
            mark("{field} must be between {low} and {high}"),
            field="both_months",
            low=0,
            high=min(data.employee_months, data.resident_months),
        )
    least = min_years(data.retire, pack)
    rule = source_of(pack.value("switching.from", on=data.retire))
    resident = data.resident_months - data.both_months
    enough = data.employee_months >= least.months
    if enough:
        direction = TO_EMPLOYEE if data.resident_months else NONE
        why, counts = "enough_employee_months", data.employee_months
    else:
        direction = TO_RESIDENT if data.employee_months else NONE
        why, counts = "too_few_employee_months", data.employee_months + resident
    counted = Step(
        "switching.counts_months",
        "employee_months if employee_months >= minimum_months"
        " else employee_months + resident_months - both_months",
        {
            "employee_months": data.employee_months,
            "resident_months": data.resident_months,
            "both_months": data.both_months,
            "minimum_months": least.months,
        },
        counts,
        joined(rule, *(step.source for step in least.steps)),
    )
    return Switch(
        direction=direction,
        counts_months=counts,
        minimum_months=least.months,
        why=why,
        warnings=_notices(data, enough, counts, pack),
        explain=lambda: (*least.steps, counted),
    )


def _notices(data: SwitchInput, enough: bool, counts: int, pack: Pack) -> tuple[Notice, ...]:
    found = []
    if data.both_months:
        found.append(
            Notice(
                "paid_twice",
                mark("{months} months were paid in both schemes: the resident payments are refunded."),
                {"months": data.both_months},
            )
        )
    if enough and data.resident_months:
        found.append(
            Notice(
                "resident_years_do_not_count",
                mark("The money of the resident account is added, but its years do not count."),
            )
        )
    if not enough and data.employee_months:
        found.append(
            Notice(
                "paying_on_is_possible",
                mark("Instead one can go on paying until the minimum is met and draw the employee pension."),
            )
        )
    resident_least = int(pack.value("resident.min_years").number) * 12
    if not enough and counts < resident_least:
        found.append(
            Notice(
                "short_for_resident_pension",
                mark("{months} months are fewer than the {minimum} months of the resident pension."),
                {"months": counts, "minimum": resident_least},
            )
        )
    return tuple(found)
