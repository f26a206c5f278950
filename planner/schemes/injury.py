"""What an injury cover pays: who, how much, once or by the month, and whether it covers the event at all.

Three covers, three sets of rules, three disability scales: per-order protection (oip), work injury insurance
(wii) and a personal accident policy. A grade of one scale says nothing about another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.values import InputError, Place, mark

SCHEMES = ("oip", "wii", "accident")
EVENTS = ("death", "disability", "treatment")
ORDER_STATES = (
    "on_order",
    "online_between_orders",
    "platform_ordered_activity",
    "offline_commute",
    "off_duty",
)
SCALES = {"oip": "GB/T 16180", "wii": "GB/T 16180", "accident": "JR/T 0083"}  # of the disability grade
CARE_LEVELS = ("full", "most", "part")
RELATIONS = ("spouse", "other")

ONCE = "once"
MONTH = "month"
TREATMENT = "treatment"
MEDICAL = "medical"


@dataclass(frozen=True, slots=True)
class Dependant:
    """Someone the dead person kept; `alone`: an orphan, or an old person left alone."""

    relation: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class PolicyTerms:
    """A personal accident policy: yuan, `rate` the share of the medical bill above the deductible.

    `name` of a product in the policy data, whose terms fill what is None.
    """

    name: str = ""
    death_disability_sum: Decimal | None = None
    medical_limit: Decimal | None = None
    deductible: Decimal | None = None
    rate: Decimal | None = None
    daily_allowance: Decimal | None = None
    annual_premium: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InjuryInput:
    """`grade` on the scale of the scheme asked for; `medical` the in-catalogue bill, `days` of treatment.

    `further_grades`: those of the other injuries of the same accident, on the same scale.
    """

    scheme: str
    place: Place
    date: date
    event: str
    grade: int | None = None
    monthly_wage: Decimal | None = None
    wage_base: Decimal | None = None
    days: int | None = None
    medical: Decimal | None = None
    occupation: str = ""
    platform: str = ""
    order_state: str = ""
    policy: PolicyTerms | None = None
    care: str = ""
    dependants: tuple[Dependant, ...] = ()
    further_grades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """`amount` in yuan, `once`, each `month` or for the `treatment`; `payer`: fund, platform, insurer..."""

    item: str
    amount: Decimal
    period: str
    payer: str

    @property
    def stacks(self) -> bool:
        """Whether another cover's money comes on top: a medical bill is paid once, whoever pays it."""
        return self.item != MEDICAL


@dataclass(frozen=True, kw_only=True)
class InjuryResult(Outcome):
    """`covered` is `yes`, `no` or `grey`; with `grey` the items are what would be paid if it is recognised.

    `why` are codes; `premium_year` is what the cover costs the worker a year, where known.
    """

    items: tuple[Item, ...]
    covered: str
    total_lump: Decimal
    why: tuple[str, ...]
    premium_year: Decimal | None = None


def injury(data: InjuryInput, pack: Pack) -> InjuryResult:
    """The answer of the cover asked for."""
    if data.event == "disability" and data.grade is None:
        raise InputError("missing_field", mark("{field} is missing"), field="grade")
    if data.grade is not None and data.further_grades:
        data = replace(data, grade=combined_grade((data.grade, *data.further_grades)), further_grades=())
    if data.scheme == "accident":
        from planner.schemes.accident import accident

        return accident(data, pack)
    if data.scheme == "wii":
        from planner.schemes.work_injury import work_injury

        return work_injury(data, pack)
    from planner.schemes.per_order import per_order

    return per_order(data, pack)


def combined_grade(grades: tuple[int, ...]) -> int:
    """The grade of several injuries on one scale: the worst; one better if the worst comes twice, at best 1.

    Both scales say so. A grade of one scale never becomes one of the other.
    """
    worst = min(grades)
    return max(worst - 1, 1) if grades.count(worst) > 1 else worst


def total_lump(items: tuple[Item, ...]) -> Decimal:
    """Sums paid once; a medical bill that is paid is no lump sum."""
    return sum((item.amount for item in items if item.period == ONCE), Decimal("0.00"))
