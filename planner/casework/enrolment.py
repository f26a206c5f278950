"""The group enrolment list (集体参保名单): what each member could join, who enrols, which papers.

It is a list of what is open, not of what anybody decided: joining stays each member's own deed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from planner.advice.offices import COMMUNITY, HOUSEHOLD_REGISTER, IDENTITY_CARD, OFFICE, SOCIAL_CARD
from planner.casework.member import (
    ACCIDENT,
    EMPLOYEE,
    INJURY,
    MEDICAL,
    PENSION,
    RESIDENT,
    WORK_INJURY,
)
from planner.casework.person import Person
from planner.policy import Pack
from planner.projection.law import resident_tiers
from planner.schemes.contribution import ContributionInput, contribution
from planner.schemes.per_order import NO, starts
from planner.values import InputError, Month, Place, mark

MONTH, YEAR = "month", "year"
RESIDENT_AGE = 60  # years; nobody joins the resident pension later

BANK_CARD = mark("Own bank card")
UNIT_PAPERS = mark("The unit's registration and a signed list of members with identity card numbers")
POLICY_PAPERS = mark(
    "A signed list of members with identity card numbers and occupations; the insurer's class of work"
)
APP = mark("The platform's app, insurance page")

SELF, UNIT, PLATFORM = "self", "unit", "platform"
ENROLS = {
    SELF: mark("the member"),
    UNIT: mark("a unit for the group (union, association, company)"),
    PLATFORM: mark("the platform"),
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme that could be joined: who enrols, where, with what, and what to mind; all message ids.

    `period` is what a cost is for; empty where offers differ too much to name one.
    """

    id: str
    title: str
    enrols: str
    where: str
    papers: tuple[str, ...]
    mind: str
    period: str = ""


EMPLOYEE_PENSION = Scheme(
    "employee_pension",
    mark("Employee pension, as a flexible worker"),
    SELF,
    OFFICE,
    (IDENTITY_CARD, SOCIAL_CARD, BANK_CARD),
    mark(
        "Cost: the lowest tier. Ask whether the place takes members without its hukou, and about subsidies."
    ),
    MONTH,
)
RESIDENT_PENSION = Scheme(
    "resident_pension",
    mark("Resident pension"),
    SELF,
    COMMUNITY,
    (IDENTITY_CARD, HOUSEHOLD_REGISTER, BANK_CARD),
    mark("Cost: the lowest tier, once a year. Its years do not count as months of the employee pension."),
    YEAR,
)
EMPLOYEE_MEDICAL = Scheme(
    "employee_medical",
    mark("Employee medical insurance, as a flexible worker"),
    SELF,
    OFFICE,
    (IDENTITY_CARD, SOCIAL_CARD, BANK_CARD),
    mark("A waiting time may run before bills are paid."),
    MONTH,
)
RESIDENT_MEDICAL = Scheme(
    "resident_medical",
    mark("Resident medical insurance"),
    SELF,
    COMMUNITY,
    (IDENTITY_CARD, HOUSEHOLD_REGISTER),
    mark("Paid once a year, mostly from September to December for the year that follows."),
    YEAR,
)
PER_ORDER_CHECK = Scheme(
    "oip",
    mark("Per-order injury protection"),
    PLATFORM,
    APP,
    (),
    mark("Nothing to join and nothing to pay: check that it is shown for an order."),
    MONTH,
)
SINGLE_INJURY = Scheme(
    "wii_single",
    mark("Work injury insurance alone, through a unit"),
    UNIT,
    OFFICE,
    (UNIT_PAPERS,),
    mark("Open to some members of some places only; ask the office with the list in hand."),
)
GROUP_ACCIDENT = Scheme(
    "group_accident",
    mark("Group accident policy"),
    UNIT,
    mark("An insurer's office; compare at least two offers"),
    (POLICY_PAPERS,),
    mark(
        "Check that riding a motorcycle or electric bicycle for work is not excluded, and the hours covered."
    ),
)
SCHEMES = (
    EMPLOYEE_PENSION,
    RESIDENT_PENSION,
    EMPLOYEE_MEDICAL,
    RESIDENT_MEDICAL,
    PER_ORDER_CHECK,
    SINGLE_INJURY,
    GROUP_ACCIDENT,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A scheme that a member could join: `cost` in fen each period of it, None where it is not known."""

    scheme: Scheme
    cost: int | None = None


def openings_of(person: Person, pack: Pack) -> tuple[Opening, ...]:
    """What a member could join, in the order of `SCHEMES`; what they have or may have is left out.

    Where a cover was not told it is listed: the adviser asks first.
    """
    return tuple(_openings(person, pack))


def _openings(person: Person, pack: Pack) -> Iterator[Opening]:
    member, facts, month = person.member, person.facts, Month.of(person.today)
    if not person.is_drawing and not person.is_past_age and not member.has(PENSION, EMPLOYEE):
        yield Opening(EMPLOYEE_PENSION, facts.tier.monthly if facts.tier else None)
        young = month - member.born < RESIDENT_AGE * 12
        if young and not member.has(PENSION, RESIDENT):
            yield Opening(RESIDENT_PENSION, _resident_year(member.home, month, pack))
    if not member.has(MEDICAL, EMPLOYEE, RESIDENT):
        yield Opening(EMPLOYEE_MEDICAL, _employee_medical_month(member.place, month, pack))
        yield Opening(RESIDENT_MEDICAL, _resident_medical_year(member.home, month, pack))
    if facts.order_cover != NO and (member.occupation or member.platforms):
        yield Opening(PER_ORDER_CHECK, 0)
    if not member.has(INJURY, WORK_INJURY):
        if facts.order_cover == NO and single_injury(member.place, pack):
            yield Opening(SINGLE_INJURY)
        if not member.has(INJURY, ACCIDENT):
            yield Opening(GROUP_ACCIDENT)


@lru_cache(maxsize=1024)
def _resident_year(home: Place, month: Month, pack: Pack) -> int | None:
    tiers = resident_tiers(home, month.first_day, pack)
    return _fen(Decimal(str(tiers[0].amount))) if tiers else None


@lru_cache(maxsize=1024)
def _employee_medical_month(place: Place, month: Month, pack: Pack) -> int | None:
    """Fen at the lowest base; None where the rules do not say."""
    try:
        asked = ContributionInput(place=place, month=month, scheme=EMPLOYEE_MEDICAL.id)
        return _fen(contribution(asked, pack).monthly)
    except InputError:
        return None


def _resident_medical_year(home: Place, month: Month, pack: Pack) -> int | None:
    found = pack.find("medical.resident_yearly", home, month)
    return None if found is None else _fen(found.number)


@lru_cache(maxsize=256)
def single_injury(place: Place, pack: Pack) -> bool:
    """Whether the province has, here or there, work injury insurance alone for those without an employer."""
    if starts(place, pack) is None:
        return False
    return any(
        row["place"] == place.province.code and bool(row["voluntary_single"])
        for row in pack.table("oip_coverage")
    )


def _fen(yuan: Decimal) -> int:
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))
