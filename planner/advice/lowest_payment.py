"""What a person pays for the pension now, the least they may lawfully pay, and the cost of a month unpaid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planner.advice.inputs import Cover
from planner.advice.nudge import ZERO
from planner.advice.options import EMPLOYEE, RESIDENT
from planner.advice.situation import Situation
from planner.schemes.annuity import Age
from planner.schemes.contribution import ContributionInput, allowed_bases, contribution
from planner.schemes.outcome import source_of
from planner.schemes.pension import PensionInput, law_of, pension
from planner.values import Source

_FEN = Decimal("0.01")
_YEAR = 12


@dataclass(frozen=True)
class Payment:
    """What is paid now and what the lowest lawful payment is, yuan a month; `rule` is where that stands."""

    now: Decimal
    lowest: Decimal
    is_assumed: bool
    lost_by_a_month: Decimal
    source: Source
    loss_source: Source
    rule_id: str
    scheme: str


def payment_of(cover: Cover, situation: Situation) -> Payment | None:
    if cover.scheme == RESIDENT:
        return _resident_payment(cover, situation)
    pack, place, month, area = situation.pack, situation.place, situation.this_month, situation.area
    if pack.find("pension.flex_rate", place, month) is None:
        return None
    choice = allowed_bases(place, month, pack, area)
    base = min(choice.fixed) if choice.fixed else choice.lower
    lowest = contribution(ContributionInput(place=place, month=month, base=base, area=choice.area), pack)
    index = base / choice.average_wage if choice.average_wage else None
    if index is None:
        index = pack.value("pension.lower_share", on=month).number
    law = law_of(place, month, pack, area)
    loss = ZERO
    if law.benefit_base is not None:
        statutory = situation.retirement.statutory
        a_year = pension(
            PensionInput(
                place=place,
                retire=month,
                account_balance=lowest.account * _YEAR,
                contribution_months=Decimal(_YEAR),
                average_index=index,
                age=Age(statutory.years, statutory.months),
                area=area,
            ),
            pack,
        )
        loss = (a_year.total / _YEAR).quantize(_FEN, ROUND_HALF_UP)
    return Payment(
        now=cover.monthly if cover.monthly is not None else lowest.monthly,
        lowest=lowest.monthly,
        is_assumed=cover.monthly is None,
        lost_by_a_month=loss,
        source=source_of(choice.values[0]),
        loss_source=source_of(law.benefit_base),
        rule_id="pension.base_lower",
        scheme=EMPLOYEE,
    )


def _resident_payment(cover: Cover, situation: Situation) -> Payment | None:
    """The lowest tier of the province, else of the nation; a year's payment spread over its months."""
    for code in (situation.place.province.code, "CN"):
        rows = [
            row
            for row in situation.pack.table("resident_tiers")
            if row["place"] == code
            and row["kind"] == "tier"
            and row["tier_from"]
            and int(row["year"]) <= situation.today.year
        ]
        if not rows:
            continue
        newest = max(int(row["year"]) for row in rows)
        row = min(
            (each for each in rows if int(each["year"]) == newest),
            key=lambda each: each.decimal("tier_from"),
        )
        tier = row.decimal("tier_from")
        subsidy = row.decimal("subsidy") if row["subsidy"] else ZERO
        months = situation.pack.value("resident.annuity_months", on=situation.this_month)
        lowest = (tier / _YEAR).quantize(_FEN, ROUND_HALF_UP)
        return Payment(
            now=cover.monthly if cover.monthly is not None else lowest,
            lowest=lowest,
            is_assumed=cover.monthly is None,
            lost_by_a_month=((tier + subsidy) / months.number / _YEAR).quantize(_FEN, ROUND_HALF_UP),
            source=row.source,
            loss_source=source_of(months),
            rule_id="resident.tiers",
            scheme=RESIDENT,
        )
    return None
