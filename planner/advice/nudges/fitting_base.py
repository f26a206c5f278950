"""N04, a base that fits: the tier that the own low months can carry, beside the lowest and a higher one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.advice.card import NOTHING, PUBLIC_FUND, WORKER, Alternative, Fact
from planner.advice.ethics import own_interest
from planner.advice.inputs import Cover
from planner.advice.joining import joining_steps
from planner.advice.nudge import MONTH_END, ZERO, Draft, Group, Nudge, StepPattern
from planner.advice.offices import BANK, IDENTITY_CARD, OFFICE, SOCIAL_CARD
from planner.advice.options import EMPLOYEE, NONE, RESIDENT, Option
from planner.advice.plan_facts import OWN_PROJECTION, facts_of, way_of
from planner.advice.sentence import Sentence, amount
from planner.advice.situation import Situation
from planner.values import Name, mark

_YEAR = 12
_HUNDRED = 100
_COMFORT = Decimal("0.08")  # of a low month; a line to look at, never a gate
_SAME = Decimal(1)  # yuan a month: what is paid now and what is suggested are the same


def trigger(situation: Situation) -> Draft | None:
    """Fires where plans are priced and the low month is known, unless what is paid now is what fits."""
    low, need = situation.predicted_low, situation.need
    steady = sorted(
        (each for each in situation.options if each.scheme != NONE and each.is_steady),
        key=lambda each: each.monthly_cost,
    )
    if low is None or need is None or len(steady) < 2 or not situation.recommended:
        return None
    safe = max(low - need, ZERO)
    fits = _fitting(situation, steady, safe)
    cover = next(iter(situation.covers("pension")), None)
    paid = cover.monthly if cover is not None else None
    if fits is not None and paid is not None and abs(fits.monthly_cost - paid) < _SAME:
        return None
    tiers = _shown(situation, steady, fits)
    return Draft(
        reason=_reason(fits, safe),
        facts=tuple(_facts(situation, tiers, low)),
        alternatives=(*(_way(each, cover) for each in tiers), _go_on(cover)),
        what_if_nothing=_what_if_nothing(cover),
        rule_id="pension.base_lower",
        trigger={
            "low_income": low,
            "need": need,
            "safe": safe,
            "recommended": situation.recommended,
            "fits": fits.id if fits else "",
            "paid": paid,
        },
        cost_month=fits.monthly_cost if fits else ZERO,
        cost_year=fits.yearly_cost if fits else ZERO,
        proposal=fits.id if fits else "",
        priced=fits,
    )


_CHANGE = (
    StepPattern(
        mark("Ask from which month the base can be changed, and have it set yourself."),
        OFFICE,
        (IDENTITY_CARD, SOCIAL_CARD),
        in_days=30,
    ),
    StepPattern(mark("Check on the receipt that the right amount was taken."), BANK, when=MONTH_END),
)


def _steps(way: Alternative) -> tuple[StepPattern, ...]:
    return _CHANGE if way.more.get("changes_own_cover") else joining_steps(way)


NUDGE = Nudge(
    id="N04",
    title=mark("A payment that your months can carry"),
    neutral=mark("See which payment your own low months can carry, and what each tier gives later."),
    group=Group.PAY_MORE,
    risk="pension",
    strength="C",
    rule_ids=("pension.base_lower", "pension.base_upper", "resident.tiers"),
    version=1,
    reviewed=date(2026, 11, 22),
    trigger=trigger,
    steps=_steps,
    beneficiaries=frozenset({WORKER, PUBLIC_FUND}),
    changes_own_cover=True,
)


def _fitting(situation: Situation, steady: list[Option], safe: Decimal) -> Option | None:
    """The recommended plan, lowered (in its scheme, else in any) until low months carry it and E6 agrees."""
    wanted = situation.option(situation.recommended)
    if wanted is None or wanted.scheme == NONE:
        return None

    def is_carried(one: Option) -> bool:
        return one.monthly_cost <= safe and own_interest(one, one.monthly_cost).passed

    if is_carried(wanted):
        return wanted
    lower = [
        each for each in reversed(steady) if each.monthly_cost < wanted.monthly_cost and is_carried(each)
    ]
    own = [each for each in lower if each.scheme == wanted.scheme]
    return next(iter(own or lower), None)


def _shown(situation: Situation, steady: list[Option], fits: Option | None) -> tuple[Option, ...]:
    """Three by cost: what fits, the lowest of its scheme and the next above; where nothing fits the lowest of
    each scheme and what would be recommended."""
    if fits is None:
        wanted = situation.option(situation.recommended)
        lowest = [next((each for each in steady if each.scheme == one), None) for one in (RESIDENT, EMPLOYEE)]
        rest = [*lowest, wanted if wanted is not None and wanted.scheme != NONE else None, *steady[1:]]
    else:
        same = [each for each in steady if each.scheme == fits.scheme]
        above = [each for each in same if each.monthly_cost > fits.monthly_cost]
        rest = [*same[:1], fits, *above[:1], *same[1:], *steady]
    chosen = {each.id: each for each in rest if each is not None}
    return tuple(sorted(list(chosen.values())[:3], key=lambda each: each.monthly_cost))


def _reason(fits: Option | None, safe: Decimal) -> Sentence:
    if fits is not None:
        return Sentence(
            mark(
                "After essentials, four of five months ahead leave ¥{safe} or more. That carries {plan}, at"
                " ¥{cost} a month."
            ),
            {"safe": amount(safe), "plan": fits.name, "cost": amount(fits.monthly_cost)},
        )
    return Sentence(
        mark(
            "No tier is suggested to you: a payment should stay within what a low month leaves after"
            " essentials (¥{safe}), leave enough cash in nearly every month, and pay back in bad futures too."
            " This is what the tiers cost and give."
        ),
        {"safe": amount(safe)},
    )


def _facts(situation: Situation, tiers: tuple[Option, ...], low: Decimal) -> Iterator[Fact]:
    for tier in tiers:
        yield _cost(tier, low)
        yield from (fact for fact in facts_of(tier, situation) if not fact.code.startswith("survivor."))
    if low > 0:
        comfort = low * _COMFORT
        yield Fact(
            "comfort_line",
            Sentence(
                mark("To compare: 8 % of a low month is ¥{comfort}. It is only a line to look at."),
                {"comfort": amount(comfort)},
            ),
            comfort,
            "yuan/month",
            OWN_PROJECTION,
        )


def _cost(tier: Option, low: Decimal) -> Fact:
    """What it asks for by the month and the year, and of a low month where that brings anything."""
    values: dict[str, str | int | Name] = {
        "plan": tier.name,
        "month": amount(tier.monthly_cost),
        "year": amount(tier.yearly_cost),
    }
    message = mark("{plan}: ¥{month} a month, ¥{year} a year.")
    if low > 0:
        message = mark("{plan}: ¥{month} a month, ¥{year} a year, {percent} % of a low month (¥{low}).")
        values |= {"percent": amount(tier.monthly_cost / low * _HUNDRED), "low": amount(low)}
    return Fact(f"cost.{tier.id}", Sentence(message, values), tier.monthly_cost, "yuan/month", OWN_PROJECTION)


def _way(tier: Option, cover: Cover | None) -> Alternative:
    way = way_of(tier)
    is_change = cover is not None and cover.scheme == tier.scheme == EMPLOYEE
    return replace(way, more={**way.more, "changes_own_cover": True}) if is_change else way


def _go_on(cover: Cover | None) -> Alternative:
    if cover is None:
        return Alternative(NOTHING, Sentence(mark("Do nothing.")), ZERO, ZERO)
    year = None if cover.monthly is None else cover.monthly * _YEAR
    return Alternative(NOTHING, Sentence(mark("Change nothing and go on as now.")), cover.monthly, year)


def _what_if_nothing(cover: Cover | None) -> Sentence:
    if cover is None:
        return Sentence(mark("Nothing is paid and nothing changes. You can come back to this at any time."))
    return Sentence(mark("You go on paying as now, and nothing changes."))
