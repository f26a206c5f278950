"""What is known of people in the same work, from the policy table `income_priors`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.projection.assumptions import OWN_ASSUMPTION, Assumed

if TYPE_CHECKING:
    from planner.policy import Pack, Row
    from planner.projection.case import Case

CROSS_BORDER = frozenset({"cross_border_seller", "cross_border_freelancer"})
SELLERS = frozenset({"cross_border_seller", "domestic_ecommerce_seller"})
STREAMERS = frozenset({"livestreamer_independent"})
HEAVY_WORK = frozenset({"food_rider_committed", "food_rider_crowd", "food_rider_part_time", "courier"})

# Where people go who leave their work: what needs neither capital nor an audience.
NEXT_WORK = (
    "food_rider_committed",
    "food_rider_crowd",
    "ride_hailing_driver",
    "courier",
    "ecommerce_host_employed",
)

_CITY_ELASTICITY = 0.5
_METRICS = {
    "median": "prior_median_active_month",
    "between": "prior_sigma_between_log",
    "within": "prior_sigma_within_log",
    "rho": "prior_rho_monthly",
    "p_off": "prior_p_active_to_zero",
    "p_on": "prior_p_zero_to_active",
    "exit": "prior_job_exit",
}


@dataclass(frozen=True)
class Group:
    """People in one kind of work, at the person's place.

    `level`: log of the median working month in yuan; `between`: spread of levels among people; `within`:
    spread of a person's months; both in logs. `exit`: chance in a year of leaving. `growth`: real growth a
    year that a person of this age may expect.
    """

    name: str
    profile: str
    level: float
    between: float
    within: float
    rho: float
    p_off: float
    p_on: float
    exit: float
    growth: float = 0.0

    @property
    def heavy_tails(self) -> bool:
        """Whether swings are so uneven that a normal distribution would not do."""
        return self.name in SELLERS or self.name in STREAMERS

    @property
    def heavy_work(self) -> bool:
        """Whether the body sets a limit as people grow older."""
        return self.name in HEAVY_WORK


def read_group(case: Case, pack: Pack, assumed: Assumed) -> Group:
    """The group of the case's occupation; each of its figures is an assumption that can be changed."""
    name = prior_of(case.occupation, pack)
    rows = _rows(name, pack)

    def taken(short: str) -> float:
        assumption = "job_exit" if short == "exit" else f"income.{short}"
        return assumed.row(assumption, rows[_METRICS[short]], scenario="central")

    wage = {row["variable"]: row for row in pack.table("economy")}["real_wage_growth"]
    age = case.age_months / 12
    growth = growth_weight(age, 0.0) * float(wage["central"]) / 100
    if name in HEAVY_WORK:
        growth -= decline(age)
    return Group(
        name=name,
        profile=rows[_METRICS["median"]]["profile"],
        level=math.log(taken("median")) + math.log(city_factor(case, pack, assumed)),
        between=taken("between"),
        within=taken("within"),
        rho=min(0.9, max(0.0, taken("rho"))),
        p_off=_possible(taken("p_off")),
        p_on=_possible(taken("p_on")),
        exit=taken("exit"),
        growth=growth,
    )


def next_groups(pack: Pack, factor: float) -> tuple[Group, ...]:
    """The groups people move to who leave their work; `factor` puts their levels at the person's place."""
    found = []
    for name in NEXT_WORK:
        rows = _rows(name, pack)
        given = {short: float(rows[metric]["central"]) for short, metric in _METRICS.items()}
        median = given.pop("median")
        profile = rows[_METRICS["median"]]["profile"]
        found.append(Group(name, profile, math.log(median * factor), **given))
    return tuple(found)


def city_factor(case: Case, pack: Pack, assumed: Assumed) -> float:
    """How incomes at the place compare with the nation's: wages there, with an elasticity of one half."""
    wage = pack.find("pension.average_wage", case.place, case.today, area=case.area)
    known = [pack.find("pension.average_wage", place, case.today) for place in pack.places()]
    wages = [float(value.number) for value in known if value is not None]
    if wage is None or not wages:
        factor = 1.0
    else:
        factor = (float(wage.number) * len(wages) / sum(wages)) ** _CITY_ELASTICITY
    return assumed.value("city_factor", factor, "times the nation", low=0.7, high=1.5, source=OWN_ASSUMPTION)


def growth_weight(age: float, years_ahead: float) -> float:
    """How much of the growth of wages a person's own income shares: all for ten years while under 40."""
    if years_ahead >= 10:
        return 0.0
    return min(1.0, max(0.0, (45 - age) / 5))


def decline(age: float) -> float:
    """What heavy work costs a year in income from 50 on."""
    return 0.01 if age >= 50 else 0.0


def _possible(chance: float) -> float:
    """Nothing is certain to happen, nor never to: a prior needs room on both sides."""
    return min(0.999, max(0.001, chance))


def prior_of(occupation: str, pack: Pack) -> str:
    """The name of the income prior of an occupation; an unknown occupation is a KeyError."""
    return {row["code"]: row["income_prior"] for row in pack.table("occupations")}[occupation]


def _rows(name: str, pack: Pack) -> Mapping[str, Row]:
    return {row["metric"]: row for row in pack.table("income_priors") if row["occupation"] == name}
