"""Words for the plans: the answer in one sentence, what speaks against it, and the plans as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planner.projection.plans import EMPLOYEE, FAMILIES, NOTHING, PAUSE, POSTPONING, RESIDENT
from planner.projection.shocks import SHOCKS
from planner.report.plan_words import chance, in_short, minimum_line, name_of
from planner.text import _, number, percent, yuan
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import PlanResult, Projection

_WORTH_SAYING = 0.10  # of the pension; what gives hardly more is no reason to take a risk
_MORE_RISK = mark(
    "If you accept a gap in {risk} of futures, {plan} would give about {pension} a month for {cost} a month "
    "(a gap within a year in {lapse} of futures)."
)
_MORE_RISK_MONTHS = mark(
    "If you accept a gap in {risk} of futures, {plan} would give about {pension} a month for {cost} a month "
    "(a gap within a year in {lapse} of futures). A missed month there costs only that month: what you paid "
    "before still counts."
)
LEAST_DIFFERENCE = 0.0005  # of a yearly return, below which two plans return the same
_FOUND = mark("Found for you: {plan}")
_FOUND_BEST = mark("Suggested, found for you: {plan}")
_ANSWER = mark(
    "You can keep up {plan}: it costs {cost} a month now and {worst} in your worst months, gives about "
    "{pension} a month in today's money, and a payment is missed within a year in {lapse} of futures."
)
_ANSWER_EVEN = mark(
    "You can keep up {plan}: it costs {cost} a month, in your worst months too, gives about {pension} a "
    "month in today's money, and a payment is missed within a year in {lapse} of futures."
)
_ANSWER_YEARLY = mark(
    "You can keep up {plan}: paid once a year it comes to {cost} a month, in your worst months too, gives "
    "about {pension} a month in today's money, and is missed within a year in {lapse} of futures."
)
_ANSWER_NOTHING = mark(
    "For now it is better to pay nothing: no plan both holds through your worst months and gives back more "
    "than it costs. You would have about {pension} a month in today's money."
)
_ANSWER_NEITHER = mark(
    "For now it is better to pay nothing: no plan both holds through your worst months and gives back more "
    "than it costs. Without paying there is no monthly pension."
)


def answer_sentence(projection: Projection) -> str:
    """What can be kept, what it costs now and in the worst months, what it gives, how likely a gap is."""
    best = projection.plan(projection.recommended)
    if best.plan.family == NOTHING:
        message = _ANSWER_NOTHING if best.pension.p50 >= 1 else _ANSWER_NEITHER
    elif best.plan.family == RESIDENT:
        message = _ANSWER_YEARLY
    else:
        message = _ANSWER_EVEN if abs(best.worst_month_cost - best.monthly_cost) < 1 else _ANSWER
    return _(
        message,
        plan=name_of(best),
        cost=yuan(best.monthly_cost),
        worst=yuan(best.worst_month_cost),
        pension=yuan(best.pension.p50),
        lapse=chance(best.lapse.p12),
    )


def answer_details(projection: Projection) -> list[str]:
    """The lines under the sentence: why this plan, how far one could go, where a yuan returns more, what
    doing nothing means."""
    best = projection.plan(projection.recommended)
    lines = [
        _what_if(projection),
        _floor(projection),
        _nearest(projection, best),
        _why_this(projection, best),
        _more_risk(projection, best),
        _highest(projection, best),
        _returns(projection),
        _best_return(projection),
        _waiting(projection),
        _gap_price(projection),
        minimum_line(best),
    ]
    nothing = next((plan for plan in projection.plans if plan.plan.family == NOTHING), None)
    if nothing is not None and best.plan.family != NOTHING:
        lines.append(_do_nothing(nothing))
    return [line for line in lines if line]


def _what_if(projection: Projection) -> str:
    """The events that are switched on: the numbers are not those of the ordinary case then."""
    events = [_(SHOCKS[name]) for name in projection.case.settings.shocks if name in SHOCKS]
    if not events:
        return ""
    return _("Worked out as if within a year this happened: {events}.", events=" + ".join(events))


def _floor(projection: Projection) -> str:
    """Where no plan reaches the pension that the person set as the least."""
    if projection.floor_met:
        return ""
    return _(
        "No plan within the risk you accept gives {pension} a month in nineteen of twenty futures; it was "
        "chosen without that floor.",
        pension=yuan(projection.case.settings.least_pension),
    )


def _nearest(projection: Projection, best: PlanResult) -> str:
    """Where nothing is kept up, what comes nearest to it, and what a year missed there really costs."""
    nearest = best_resident(projection)
    if best.plan.family != NOTHING or nearest is None or nearest.pension.p50 <= best.pension.p50:
        return ""
    return _(
        "Nearest to being kept up is {plan}: {cost} a month, about {pension} of pension, a year missed in "
        "{lapse} of futures. A missed year adds nothing; what was paid before still counts.",
        **in_short(nearest),
    )


def best_resident(projection: Projection) -> PlanResult | None:
    """The resident tier that gives most beyond its cost; of none kept up the one that comes nearest."""
    tiers = [plan for plan in projection.plans if plan.plan.family == RESIDENT]
    kept = [plan for plan in tiers if plan.lapse.p12 <= projection.case.settings.max_lapse]
    if kept:
        return max(kept, key=lambda plan: plan.net_value_p25)
    return min(tiers, key=lambda plan: plan.lapse.p12, default=None)


def _more_risk(projection: Projection, best: PlanResult) -> str:
    """What a higher accepted risk would get, and what a missed month really costs; nothing where no more."""
    for offer in projection.offers:
        other = offer.plan
        more = other.pension.p50 - best.pension.p50
        if other.plan.id == best.plan.id or offer.max_lapse <= projection.case.settings.max_lapse:
            continue
        if more < _WORTH_SAYING * best.pension.p50:
            continue
        message = _MORE_RISK_MONTHS if other.plan.scheme == "employee" else _MORE_RISK
        return _(
            message,
            risk=percent(offer.max_lapse),
            plan=name_of(other),
            cost=yuan(other.monthly_cost),
            pension=yuan(other.pension.p50),
            lapse=chance(other.lapse.p12),
        )
    return ""


def _waiting(projection: Projection) -> str:
    """What it costs to begin a year later."""
    if projection.waiting_cost is None or projection.waiting_cost < 1:
        return ""
    return _(
        "Beginning a year later would cost you about {amount} of pension a month.",
        amount=yuan(projection.waiting_cost),
    )


def _gap_price(projection: Projection) -> str:
    """What a month left out costs, from the year's pause that is priced beside the lowest tier."""
    tiers = [plan for plan in projection.plans if plan.plan.family == EMPLOYEE]
    paused = next((plan for plan in projection.plans if plan.plan.family == PAUSE), None)
    if not tiers or paused is None or not paused.plan.pause_months:
        return ""
    lowest = min(tiers, key=lambda plan: plan.monthly_cost)
    price = (lowest.pension_mean - paused.pension_mean) / paused.plan.pause_months
    if price < 1:
        return ""
    return _(
        "Each month left out of {plan} costs about {amount} of pension a month, for life.",
        plan=name_of(lowest),
        amount=yuan(price),
    )


def _why_this(projection: Projection, best: PlanResult) -> str:
    limit = percent(projection.case.settings.max_lapse)
    if best.plan.family == NOTHING:
        return ""
    if projection.recommended == projection.highest_kept:
        return _(
            "No plan that starts now and has a gap risk within the {limit} you accept gives more pension.",
            limit=limit,
        )
    return _(
        "Of the plans whose chance of a gap is within the {limit} you accept, it gives most beyond its cost.",
        limit=limit,
    )


def _highest(projection: Projection, best: PlanResult) -> str:
    """How far the months would carry, where that is another plan than the suggested one."""
    if projection.highest_kept == projection.recommended:
        return ""
    most = projection.plan(projection.highest_kept)
    if most.plan.family == NOTHING:
        return ""
    return _(
        "The highest you would keep up at that risk is {plan}: {cost} a month, about {pension} of pension.",
        plan=name_of(most),
        cost=yuan(most.monthly_cost),
        pension=yuan(most.pension.p50),
    )


def _returns(projection: Projection) -> str:
    """Plainly, when it is so: a lower tier of the same scheme returns more for each yuan."""
    best = projection.plan(projection.recommended)
    family = best.plan.family if best.plan.family in (RESIDENT, EMPLOYEE) else EMPLOYEE
    tiers = sorted(
        (plan for plan in projection.plans if plan.plan.family == family), key=lambda plan: plan.monthly_cost
    )
    if len(tiers) < 2:
        return ""
    low, high = tiers[0], best if best in tiers[1:] else tiers[-1]
    if low.irr is None or high.irr is None or low.irr - high.irr < LEAST_DIFFERENCE:
        return ""
    return _(
        "The lower tier returns more for each yuan: {low} {low_return} a year, {high} {high_return}. "
        "A higher tier gives a larger pension, not a better bargain.",
        low=name_of(low),
        low_return=percent(low.irr, 1),
        high=name_of(high),
        high_return=percent(high.irr, 1),
    )


def _best_return(projection: Projection) -> str:
    """The plan that returns most for each yuan, where it is one of another scheme than the suggested one."""
    best, most = projection.plan(projection.recommended), projection.plan(projection.best_return)
    if most.irr is None or most.plan.family == best.plan.family or most.plan.family == NOTHING:
        return ""
    return _(
        "Of all, {plan} returns most for each yuan, {share} a year; its pension is about {pension} a month.",
        plan=name_of(most),
        share=percent(most.irr, 1),
        pension=yuan(most.pension.p50),
    )


def _do_nothing(nothing: PlanResult) -> str:
    if nothing.pension.p50 < 1:
        return _("Doing nothing is a choice too: it costs nothing, and gives no monthly pension.")
    return _(
        "Doing nothing is a choice too: it costs nothing now, and gives about {pension} a month.",
        pension=yuan(nothing.pension.p50),
    )


def in_order(projection: Projection) -> list[PlanResult]:
    """Doing nothing first, then scheme by scheme, the cheaper before the dearer."""
    return sorted(projection.plans, key=lambda plan: (FAMILIES.index(plan.plan.family), plan.monthly_cost))


def table_header(*, nominal: bool = False) -> list[str]:
    """`nominal`: the pensions are in the yuan of the year they start."""
    return [
        _("Plan"),
        _("A month"),
        _("At worst"),
        _("Pension, later yuan") if nominal else _("Pension"),
        _("Likely range"),
        _("Gap risk"),
        _("Paid in all"),
        _("Even at"),
        _("Return"),
    ]


def table_rows(
    plans: Sequence[PlanResult], recommended: str, chosen: str, *, nominal: bool = False
) -> list[list[Any]]:
    """A row a plan; whole yuan of today, or `nominal` the pensions in the yuan of the year they start."""

    def pension(plan: PlanResult, amount: float) -> str:
        return number(amount * plan.price_level if nominal else amount)

    return [
        [
            marked_name(plan, recommended, chosen),
            number(plan.monthly_cost),
            number(plan.worst_month_cost),
            pension(plan, plan.pension.p50),
            f"{pension(plan, plan.pension.p25)}–{pension(plan, plan.pension.p75)}"
            if plan.pension.p75
            else "-",
            # who pays nothing in the first year misses nothing: no number to compare
            "-" if plan.plan.family in POSTPONING else chance(plan.lapse.p12),
            number(plan.paid_total),
            "-" if plan.break_even_age is None else number(plan.break_even_age),
            "-" if plan.irr is None else percent(plan.irr, 1),
        ]
        for plan in plans
    ]


def marked_name(plan: PlanResult, recommended: str, chosen: str) -> str:
    """The name, and whether it is suggested or the person's own choice."""
    name, is_best, is_mine = name_of(plan), plan.plan.id == recommended, plan.plan.id == chosen
    if plan.plan.found and not is_mine:
        message = _FOUND_BEST if is_best else _FOUND
        return _(message, plan=name)
    if is_best and is_mine:
        return _("Suggested, your choice: {plan}", plan=name)
    if is_best:
        return _("Suggested: {plan}", plan=name)
    return _("Your choice: {plan}", plan=name) if is_mine else name


def life_sentence(half_beyond: float, tenth_beyond: float) -> str:
    """How long people like this person live; never one date."""
    return _(
        "Half of the people of your age and sex live beyond {half}, one in ten beyond {tenth}. A pension is "
        "paid for as long as you live.",
        half=number(half_beyond),
        tenth=number(tenth_beyond),
    )
