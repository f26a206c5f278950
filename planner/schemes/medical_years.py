"""Years of employee medical insurance for lifelong cover (职工医保最低缴费年限), and what is missing of them.

Whoever has enough years at the retirement age is covered for life without paying on; the others pay on until
they have them (Social Insurance Law 社会保险法 article 27). The years, and how many of them must have been
paid in the place itself, are set locally; where the policy data does not have them, that is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.policy import Pack
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, joined, source_of
from planner.values import InputError, Place, Step, mark

SEXES = ("male", "female")
_TWELVE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalYearsInput:
    """`paid_months` of employee medical insurance anywhere, `paid_here_months` of them in the place.

    `paid_here_months` None: all of them.
    """

    place: Place
    date: date
    sex: str
    paid_months: int
    paid_here_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class MedicalYears(Outcome):
    """Months needed in all and in the place, and how many are still to be paid on `date`."""

    needed_months: int
    needed_here_months: int
    months_left: int


def medical_years(data: MedicalYearsInput, pack: Pack) -> MedicalYears:
    """What is missing to lifelong cover by the rule of the place on that day."""
    here = data.paid_months if data.paid_here_months is None else data.paid_here_months
    if here > data.paid_months:
        raise InputError(
            "out_of_range",
            mark("{field} must be between {low} and {high}"),
            field="paid_here_months",
            low=0,
            high=data.paid_months,
        )
    years = pack.value(f"medical.lifetime_years_{data.sex}", data.place, data.date)
    local = pack.find("medical.lifetime_actual_years", data.place, data.date)
    needed = int(years.number * _TWELVE)
    needed_here = int(local.number * _TWELVE) if local is not None else 0
    left = max(needed - data.paid_months, needed_here - here, 0)
    step = Step(
        "medical_years.months_left",
        "max(years * 12 - paid_months, years_here * 12 - paid_here_months, 0)",
        {
            "years": years.number,
            "paid_months": data.paid_months,
            "years_here": local.number if local is not None else 0,
            "paid_here_months": here,
        },
        left,
        joined(source_of(years), OWN_INPUT if local is None else source_of(local)),
    )
    return MedicalYears(
        needed_months=needed,
        needed_here_months=needed_here,
        months_left=left,
        warnings=_notices(data, left) + doubts(years, local),
        explain=lambda: (step,),
    )


def _notices(data: MedicalYearsInput, left: int) -> tuple[Notice, ...]:
    found = []
    if left:
        found.append(
            Notice(
                "medical_paying_on",
                mark("Without enough years you pay on after retirement until they are reached."),
                {"months_left": left},
            )
        )
    if data.paid_here_months is None:
        found.append(
            Notice(
                "all_paid_here_assumed",
                mark("All months are taken as paid in this place; give paid_here_months if some were not."),
            )
        )
    return tuple(found)
