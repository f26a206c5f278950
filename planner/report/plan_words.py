"""Words for one plan: its name, its key figures, what else is worth knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.projection.plans import NOTHING
from planner.text import _, language, number, percent, yuan
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import PlanResult

SURE = 0.995  # from here on a share of the futures is said as all of them
REASONS = {
    "low_income": mark("a month with little income"),
    "no_income": mark("a month without any income"),
    "hurt": mark("an illness or an injury"),
    "cost": mark("a payment larger than what the month leaves"),
}


def name_of(result: PlanResult) -> str:
    """The plan's name in the language in use."""
    return result.name.said(language())


def in_short(result: PlanResult) -> dict[str, str]:
    """What a sentence about one plan says of it: its name, cost and pension a month, chance of a gap."""
    return {
        "plan": name_of(result),
        "cost": yuan(result.monthly_cost),
        "pension": yuan(result.pension.p50),
        "lapse": chance(result.lapse.p12),
    }


def own_choice(own: PlanResult) -> str:
    """The plan that the person chose themselves, where it is not the suggested one."""
    return _(
        "Your own choice is {plan}: {cost} a month, about {pension} of pension, a gap within a year in "
        "{lapse} of futures.",
        **in_short(own),
    )


def lost_choice() -> str:
    """Instead of `own_choice`, where the plan of that choice is not compared any more."""
    return _(
        "The plan that you chose is not among the plans of now; your choice is kept. Please choose again."
    )


def suggestion(best: PlanResult) -> str:
    """The suggested plan, to stand beside the person's own."""
    return _(
        "Suggested is {plan}: {cost} a month, about {pension} of pension, a gap within a year in {lapse} of "
        "futures.",
        **in_short(best),
    )


def key_figures(result: PlanResult, *, nominal: bool = False) -> list[tuple[str, str]]:
    """The four numbers of a plan with the words under each; `nominal`: in the yuan of the day it is drawn."""
    pension, said = result.pension.p50, _("pension a month, middle of all futures")
    if nominal:
        pension *= result.price_level
        said = _(
            "pension a month in the yuan of the year it starts, when prices are about {times} times today's",
            times=number(result.price_level, 1),
        )
    return [
        (yuan(result.monthly_cost), _("a month now")),
        (yuan(result.worst_month_cost), _("in the worst tenth of months")),
        (yuan(pension), said),
        (chance(result.lapse.p12), _("chance of a gap within a year")),
    ]


def plan_details(result: PlanResult) -> list[str]:
    """What else is worth knowing about one plan, a line each."""
    lines = [_spread(result)]
    if result.paid_total >= 1:
        lines.append(_paid(result))
    if result.break_even_age is not None:
        lines.append(
            _("You have back what you paid at about {age} years of age.", age=number(result.break_even_age))
        )
    if result.heirs >= 1:
        lines.append(_("If you die, your family gets about {amount} on average.", amount=yuan(result.heirs)))
    lines.extend(line for line in (minimum_line(result), reason_line(result)) if line)
    return lines


def _spread(result: PlanResult) -> str:
    """How far apart the pension may come out."""
    if result.pension.p95 < 1:
        return _("There is no monthly pension.")
    return _(
        "Pension: half of all futures between {low} and {high} a month, one in twenty below {worst}.",
        low=yuan(result.pension.p25),
        high=yuan(result.pension.p75),
        worst=yuan(result.pension.p5),
    )


def _paid(result: PlanResult) -> str:
    """What is paid until then, and what a yuan of it returns."""
    if result.irr is None:
        return _("Paid in all: about {total}.", total=yuan(result.paid_total))
    return _(
        "Paid in all: about {total}; each yuan returns about {share} a year.",
        total=yuan(result.paid_total),
        share=percent(result.irr, 1),
    )


def reason_line(result: PlanResult) -> str:
    """The main reason of a gap, with its share of all gaps; empty where a gap is hardly possible."""
    reasons = {code: share for code, share in result.lapse_reasons.items() if share > 0 and code in REASONS}
    if result.lapse.p12 < 1 - SURE or not reasons:
        return ""
    main = max(reasons, key=reasons.__getitem__)
    return _(
        "If a payment is missed, it is mostly because of {reason} ({share} of the gaps).",
        reason=_(REASONS[main]),
        share=percent(reasons[main] / sum(result.lapse_reasons.values())),
    )


def chance(share: float) -> str:
    """A chance as percent; a very small one is not said to be none."""
    if 0 < share < 1 - SURE:
        return _("under {share}", share=percent(1 - SURE, 1))
    return percent(share, 1 if share < 0.1 and round(share * 100, 1) % 1 else 0)


def minimum_line(best: PlanResult) -> str:
    """A warning where the minimum years are not reached in every future."""
    if best.plan.family == NOTHING or best.reaches_minimum >= SURE:
        return ""
    return _(
        "In {share} of the futures you reach the years that a monthly pension needs; in the others you would "
        "have to go on paying after the retirement age.",
        share=percent(best.reaches_minimum),
    )
