"""A member with their facts on a day, and the questions that risks and enrolment ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.casework.facts import IN_TIME, LATER, MET, Facts
from planner.casework.member import (
    ACCIDENT,
    DRAWING,
    EMPLOYEE,
    INJURY,
    MEDICAL,
    PENSION,
    RESIDENT,
    WORK_INJURY,
    Member,
)
from planner.policy import Pack
from planner.schemes.per_order import GREY, NO
from planner.values import Month

TIGHT = 24  # months that may still go unpaid; with fewer every month counts
DEAR = Decimal("0.2")  # of the usual income, from which the lowest tier is called dear
DOUBLE, MISSING, NOT_SAID = "double", "missing", "not_said"

_ROAD = frozenset({"rider", "ride_hailing", "freight_city", "freight_long", "courier"})  # hazard groups


@dataclass(frozen=True, slots=True)
class Person:
    """`on_road`: the trade is one of those that are done in traffic."""

    member: Member
    facts: Facts
    today: date
    on_road: bool

    @property
    def is_past_age(self) -> bool:
        return self.facts.retire <= Month.of(self.today)

    @property
    def is_drawing(self) -> bool:
        return self.member.has(PENSION, DRAWING)

    @property
    def could_claim(self) -> bool:
        return self.is_past_age and self.facts.reach == MET and not self.is_drawing

    @property
    def is_past_age_and_short(self) -> bool:
        return self.is_past_age and self.facts.reach == LATER and not self.is_drawing

    @property
    def is_late(self) -> bool:
        """Short at the pension age even when every month is paid from now on."""
        return not self.is_past_age and self.facts.reach == LATER and not self.is_drawing

    @property
    def is_tight(self) -> bool:
        spare = self.facts.spare
        return self.facts.reach == IN_TIME and spare is not None and spare < TIGHT and not self.is_drawing

    @property
    def lacks_injury_cover(self) -> bool:
        """The per-order protection is not for this work and nothing else is known."""
        return self.facts.order_cover == NO and not self.member.has(INJURY, WORK_INJURY, ACCIDENT)

    @property
    def may_lack_injury_cover(self) -> bool:
        return self.facts.order_cover == GREY and not self.member.has(INJURY, WORK_INJURY, ACCIDENT)

    @property
    def left_of_bad_month(self) -> int | None:
        """Fen left of a bad month after what is needed to live; None where either is not known."""
        low, needed = self.facts.incomes.low, self.member.essentials
        return None if low is None or needed is None else low - needed

    @property
    def finds_tier_dear(self) -> bool:
        """The lowest tier is more than a bad month leaves; where that is not known, a fifth of the income."""
        tier, share, left = self.facts.tier, self.facts.share_of_income, self.left_of_bad_month
        if tier is None or self.is_drawing or self.is_past_age:
            return False
        return left < tier.monthly if left is not None else share is not None and share > DEAR

    def pays_twice(self, risk: str) -> bool:
        return self.member.has(risk, EMPLOYEE) and self.member.has(risk, RESIDENT)

    @property
    def is_unknown(self) -> bool:
        """The roster leaves out a cover, or the months of someone who draws no pension yet."""
        unknown = any(risk not in self.member.cover for risk in (PENSION, MEDICAL, INJURY))
        return unknown or (self.member.employee_months is None and not self.is_drawing)

    @property
    def cover_states(self) -> dict[str, str]:
        """`double`, `missing` or `not_said` for pension, medical and injury; no entry where all is well."""
        found = {}
        for risk in (PENSION, MEDICAL):
            if self.pays_twice(risk):
                found[risk] = DOUBLE
            elif self.member.is_without(risk):
                found[risk] = MISSING
            elif risk not in self.member.cover:
                found[risk] = NOT_SAID
        if self.lacks_injury_cover:
            found[INJURY] = MISSING if INJURY in self.member.cover or self.on_road else NOT_SAID
        elif INJURY not in self.member.cover and self.facts.order_cover == GREY:
            found[INJURY] = NOT_SAID
        return found


def person_of(member: Member, facts: Facts, today: date, pack: Pack) -> Person:
    groups = {row["code"]: row["hazard_prior"] for row in pack.table("occupations")}
    return Person(member, facts, today, groups.get(member.occupation, "") in _ROAD)
