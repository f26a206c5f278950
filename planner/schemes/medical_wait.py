"""How long medical insurance does not pay after a break (医保待遇等待期).

Resident scheme: a fixed wait, one month more for each missed year after the first, less what was paid back
(only the variable part can be). Employee scheme: no wait after a short break, else what the place has set; a
ceiling of the whole country where its figure is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.policy import Pack, Value
from planner.schemes.outcome import Notice, Outcome, doubts, joined, source_of
from planner.values import InputError, Place, Step, mark

EMPLOYEE = "employee_medical"
RESIDENT = "resident_medical"
SCHEMES = (EMPLOYEE, RESIDENT)

_MONTHS_OF_YEAR = 12
_LONG_GAP = 4  # missed years from which paying back cannot shorten the wait below the long-gap figure


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalWaitInput:
    """The break in months or in whole missed years (0 years: only the enrolment season was missed).

    `bought_back`: missed years paid for afterwards.
    """

    scheme: str
    gap_months: int | None = None
    gap_years: int | None = None
    place: Place | None = None
    bought_back: int = 0


@dataclass(frozen=True, kw_only=True)
class MedicalWait(Outcome):
    """`months` from the payment in which the insurance does not pay."""

    months: int


def medical_wait(data: MedicalWaitInput, pack: Pack) -> MedicalWait:
    """The wait after a break."""
    if data.gap_months is None and data.gap_years is None:
        raise InputError("missing_field", mark("{field} is missing"), field="gap_months")
    return _employee(data, pack) if data.scheme == EMPLOYEE else _resident(data, pack)


def _resident(data: MedicalWaitInput, pack: Pack) -> MedicalWait:
    fixed = pack.value("medical.resident_wait_months")
    if data.gap_years is None and data.gap_months == 0:
        values: dict[str, object] = {"gap_months": 0, "fixed": fixed.number}
        none = Step("medical_wait.resident", "0 if gap_months <= 0 else fixed", values, 0, source_of(fixed))
        return MedicalWait(months=0, explain=lambda: (none,))
    years = data.gap_years if data.gap_years is not None else (data.gap_months or 0) // _MONTHS_OF_YEAR
    per_year = pack.value("medical.resident_wait_per_missed_year")
    back = pack.value("medical.resident_wait_bought_back_per_year")
    values = {
        "fixed": fixed.number,
        "missed_years": years,
        "per_further_year": per_year.number,
        "bought_back": data.bought_back,
        "per_year_bought_back": back.number,
    }
    formula = (
        "fixed + max(max(missed_years - 1, 0) * per_further_year - bought_back * per_year_bought_back, 0)"
    )
    variable = max(years - 1, 0) * per_year.number - data.bought_back * back.number
    wait = fixed.number + max(variable, Decimal(0))
    sources = [per_year.source, back.source]
    if years >= _LONG_GAP:
        long = pack.value("medical.resident_wait_long_gap_months")
        wait = max(wait, long.number)
        values["long_gap"] = long.number
        formula = f"max({formula}, long_gap)"
        sources.append(long.source)
    months = int(wait)
    step = Step("medical_wait.resident", formula, values, months, joined(fixed.source, *sources))
    notices: list[Notice] = []
    if data.gap_years is None and years:
        notices.append(
            Notice(
                "whole_missed_years_counted",
                mark("The break was counted as {years} whole missed years; breaks before 2025 do not count."),
                {"years": years},
            )
        )
    return MedicalWait(months=months, warnings=tuple(notices), explain=lambda: (step,))


def _employee(data: MedicalWaitInput, pack: Pack) -> MedicalWait:
    place = data.place
    gap = data.gap_months if data.gap_months is not None else (data.gap_years or 0) * _MONTHS_OF_YEAR
    grace = pack.value("medical.gap_grace_months", place)
    set_there = pack.find("medical.employee_wait_months", place)
    wait = set_there or pack.value("medical.employee_wait_most_months")
    months = 0 if gap <= grace.number else int(wait.number)
    step = Step(
        "medical_wait.employee",
        "0 if gap_months <= grace_months else wait_months",
        {"gap_months": gap, "grace_months": grace.number, "wait_months": wait.number},
        months,
        joined(source_of(wait), grace.source),
    )
    return MedicalWait(
        months=months,
        warnings=_employee_notices(data, gap, months, grace, wait, assumed=set_there is None),
        explain=lambda: (step,),
    )


def _employee_notices(
    data: MedicalWaitInput, gap: int, months: int, grace: Value, wait: Value, *, assumed: bool
) -> tuple[Notice, ...]:
    if months == 0:
        if not gap:
            return ()
        said = mark("No wait if the break is paid for and two years without a break came before it.")
        return (*doubts(grace), Notice("pay_for_the_break", said))
    found = list(doubts(grace, wait))
    if assumed:
        found.append(
            Notice(
                "longest_wait_assumed",
                mark("Each place sets this wait itself; {months} months is the longest allowed. Ask there."),
                {"months": months},
            )
        )
    if data.bought_back:
        found.append(
            Notice(
                "buying_back_not_counted",
                mark("Whether paying for the break afterwards shortens this wait is set locally."),
            )
        )
    return tuple(found)
