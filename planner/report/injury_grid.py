"""One injury question worked out for every event and every cover, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.policy import Pack
from planner.schemes.injury import InjuryInput, InjuryResult, PolicyTerms, injury
from planner.values import InputError, Place

COVERS = ("oip", "wii", "accident", "nothing")
EVENTS = ("treatment", "weeks", "disability", "death")
LOST_INCOME = frozenset({"living_guarantee", "stop_work_pay", "daily_allowance"})
OFFERED = ("platform_rider_", "individual_accident_")  # kinds of policy a worker can take out and read

_DAYS_OF_MONTH = 30
_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class InjuryQuestion:
    """What the person asks; `medical` and `days` are the example injury's bill and days off work.

    `grade` counts on the work-injury scale (GB/T 16180), `insurers_grade` on the insurers' (JR/T 0083); one
    says nothing about the other, and without the second the whole range is shown.
    """

    place: Place
    day: date
    occupation: str
    platform: str = ""
    order_state: str = ""
    medical: Decimal = Decimal(8000)
    days: int = 42
    grade: int = 9
    insurers_grade: int | None = None
    monthly_wage: Decimal | None = None
    policy: PolicyTerms | None = None


@dataclass(frozen=True)
class Cell:
    """What one cover does for one event; all amounts yuan.

    `most` is set where only a range is known (the insurers' grade was not named): between nothing and `most`.
    `stays` is what the person bears of the bill and the lost income; None where that is not the question.
    """

    cover: str
    event: str
    result: InjuryResult | None = None
    missing: InputError | None = None
    medical: Decimal = _ZERO
    income: Decimal = _ZERO
    lump: Decimal = _ZERO
    most: Decimal | None = None
    monthly: Decimal = _ZERO
    stays: Decimal | None = None

    @property
    def covered(self) -> str:
        """`yes`, `no` or `grey`; without a cover `no`."""
        return self.result.covered if self.result is not None else "no"


def verdict(question: InjuryQuestion, pack: Pack) -> InjuryResult:
    """Whether per-order protection covers an order of this person there, on that day."""
    return injury(_input(question, "oip", "treatment"), pack)


def grid(question: InjuryQuestion, pack: Pack) -> dict[str, tuple[Cell, ...]]:
    """A row an event, a cell a cover in the order of `COVERS`."""
    return {event: tuple(_cell(question, cover, event, pack) for cover in COVERS) for event in EVENTS}


def policies(pack: Pack) -> tuple[str, ...]:
    """The kinds of accident policy whose terms are known well enough to be compared."""
    return tuple(
        row["product_type"]
        for row in pack.table("commercial_cover")
        if row["product_type"].startswith(OFFERED) and row["death_disability_sum_yuan"][:1].isdigit()
    )


def _cell(question: InjuryQuestion, cover: str, event: str, pack: Pack) -> Cell:
    if cover == "nothing":
        return Cell(cover, event, stays=_stays(question, event, _ZERO, _ZERO))
    try:
        result = injury(_input(question, cover, event), pack)
    except InputError as error:
        return Cell(cover, event, missing=error)
    days = days_off(question, event)
    medical = sum((item.amount for item in result.items if item.item == "medical"), _ZERO)
    income = sum(
        (_income(item.amount, item.period, days) for item in result.items if item.item in LOST_INCOME),
        _ZERO,
    )
    monthly = sum(
        (item.amount for item in result.items if item.period == "month" and item.item not in LOST_INCOME),
        _ZERO,
    )
    open_grade = cover == "accident" and event == "disability" and question.insurers_grade is None
    return Cell(
        cover,
        event,
        result,
        medical=medical,
        income=income,
        lump=_ZERO if open_grade else result.total_lump,
        most=result.total_lump if open_grade else None,
        monthly=monthly,
        stays=_stays(question, event, medical, income),
    )


def _input(question: InjuryQuestion, cover: str, event: str) -> InjuryInput:
    grade = question.grade
    if cover == "accident":
        grade = question.insurers_grade or 1  # without a grade: the most that could be paid
    return InjuryInput(
        scheme=cover,
        place=question.place,
        date=question.day,
        event="treatment" if event == "weeks" else event,
        grade=grade if event == "disability" else None,
        monthly_wage=question.monthly_wage,
        days=days_off(question, event) or None,
        medical=question.medical if event != "death" else None,
        occupation=question.occupation,
        platform=question.platform,
        order_state=question.order_state,
        policy=question.policy if cover == "accident" else None,
    )


def days_off(question: InjuryQuestion, event: str) -> int:
    """Days without work in this event; a mere treatment has none."""
    return question.days if event in ("weeks", "disability") else 0


def lost_income(question: InjuryQuestion, event: str) -> Decimal:
    """What the days off cost in income, in yuan; nothing where the month's is not known."""
    return (question.monthly_wage or _ZERO) * days_off(question, event) / _DAYS_OF_MONTH


def _income(amount: Decimal, period: str, days: int) -> Decimal:
    """Pay for the days off work; a monthly one is counted by days."""
    return (amount * days / _DAYS_OF_MONTH).quantize(_ZERO) if period == "month" else amount


def _stays(question: InjuryQuestion, event: str, medical: Decimal, income: Decimal) -> Decimal | None:
    """The bill and the income of the days off, less what is paid; unknown without the own income."""
    if event == "death" or (event != "treatment" and question.monthly_wage is None):
        return None
    kept = max(question.medical - medical, _ZERO) + max(lost_income(question, event) - income, _ZERO)
    return kept.quantize(_ZERO)
