"""Words for what a projection assumes: each number as a person reads it, and the uncertain in three words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.projection.assumptions import YES_NO
from planner.projection.words import TITLES
from planner.text import _, number
from planner.values import Confidence, mark

if TYPE_CHECKING:
    from planner.projection.assumptions import Assumption
    from planner.projection.results import Projection

UNITS = {
    "percent a year": mark("percent a year"),
    "percentage points": mark("percentage points"),
    "share": mark("share"),
    "ratio": mark("ratio"),
    "factor": mark("factor"),
    "CNY": mark("yuan"),
    "yuan": mark("yuan"),
    "yuan a month": mark("yuan a month"),
    "months": mark("months"),
    "days": mark("days"),
    "years": mark("years"),
    "orders": mark("orders"),
    "log": mark("spread of the logarithm"),
    "prob/month": mark("chance a month"),
    "prob/year": mark("chance a year"),
    "share of income": mark("share of the income"),
    "times the nation": mark("times the nation"),
    "per person-year": mark("in a year"),
    "weight of a month against the next": mark("times the next month"),
    "per FTE worker-year": mark("in a full year of work"),
    "share of any injury": mark("share of all injuries"),
    "share that files a claim": mark("share that files a claim"),
    "dispersion of yearly counts": mark("spread of the yearly counts"),
    "days, lognormal median": mark("days, in the middle"),
    "yuan 2026, lognormal median": mark("yuan of 2026, in the middle"),
}
_DETAILS = {
    "median": mark("a month in the middle"),
    "between": mark("spread between people"),
    "within": mark("spread between months"),
    "rho": mark("how long a good or bad time lasts"),
    "p_off": mark("chance of stopping in a month"),
    "p_on": mark("chance of starting again in a month"),
    "lost_time": mark("without lasting harm"),
    "disability_10_7": mark("grades 7 to 10"),
    "disability_6_5": mark("grades 5 and 6"),
    "disability_4_1": mark("grades 1 to 4"),
    "illness": mark("an illness instead"),
    "cpi_wage": mark("prices and wages"),
    "wage_base": mark("wages and the benefit base"),
    "wage_bookkeeping": mark("wages and the account's interest"),
}
UNCERTAIN = {
    "income": mark("income"),
    "rules": mark("rules"),
    "wages": mark("wages"),
    "life": mark("lifetime"),
}
_WAGE_NAMES = ("real_wage_growth", "base_growth", "base_growth_less_nominal_wage")


def title_of(name: str) -> str:
    """What an assumption is called, by its name alone."""
    return _(TITLES.get(name) or TITLES.get(name.partition(".")[0]) or mark("an assumption of your own"))


def title(assumption: Assumption) -> str:
    """What is assumed; the part after the point of its name says which of several."""
    detail = "" if assumption.name in TITLES else assumption.name.partition(".")[2]
    words = _DETAILS.get(detail)
    if words:
        return _("{what}: {which}", what=_(assumption.title), which=_(words))
    if detail.isdecimal():
        return _("{what}, from {year}", what=_(assumption.title), year=detail)
    return _(assumption.title)


def unit(assumption: Assumption) -> str:
    """The unit in words; nothing for a plain number."""
    known = UNITS.get(assumption.unit)
    return _(known) if known else ""


def value(amount: float, unit: str = "") -> str:
    """A number with as many decimals as it needs; of `YES_NO` the word."""
    if unit == YES_NO:
        return _("yes") if amount >= 0.5 else _("no")
    size = abs(amount)
    said = number(amount, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 4)
    return said.rstrip("0").rstrip(".") if "." in said else said


def span(assumption: Assumption) -> str:
    """From the low to the high value; empty where no range is known."""
    if assumption.low is None or assumption.high is None or assumption.low == assumption.high:
        return ""
    return _("{low} to {high}", low=value(assumption.low), high=value(assumption.high))


def three_words(projection: Projection) -> list[str]:
    """The three things that the answer hangs on most, the least sure first."""
    found = ["wages", "life"]
    if any(_is_rule(one) for one in projection.assumptions if one.confidence is Confidence.UNCERTAIN):
        found.insert(0, "rules")
    found.insert(0, "income")
    return [_(UNCERTAIN[name]) for name in found[:3]]


def _is_rule(assumption: Assumption) -> bool:
    """Whether the number is one of the law, carried on or not certain, rather than one of the future."""
    return assumption.name.partition(".")[0] in ("pension", "resident", "policy")
