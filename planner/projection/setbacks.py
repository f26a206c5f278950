"""Months lost to injury and illness, drawn as single events: they are rare, so nothing is drawn a month.

Rates are those of the policy table `hazard` for a full-time worker, taken to the person's own orders or
hours. People differ: some are hurt again and again, which a frailty of gamma shape stands for. What an
injury costs, and who pays, is the business of the injury page; here only income is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import Assumed

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.policy import Row as TableRow
    from planner.projection.case import Case

DAYS = 30.0  # a month
UNKNOWN_WORK = "warehouse"  # the middling hazard, for work without figures of its own

_MINOR_DAYS = 3.0
_GRADES = {"disability_10_7": range(7, 11), "disability_6_5": range(5, 7), "disability_4_1": range(1, 5)}
_SPREAD = {  # sigma of log days off work
    "lost_time": 0.8,
    "disability_10_7": 0.5,
    "disability_6_5": 0.4,
    "disability_4_1": 0.0,
    "illness": 0.8,
}
_LONGEST = 24.0  # months off work; whoever is longer away than two years is counted as so long


@dataclass(frozen=True)
class Hazards:
    """Yearly rates at the person's own exposure.

    `injuries`: of any kind; `kinds`: their shares by kind (minor, lost_time, disability_*, death);
    `illnesses`: spells that stop work; `days`: median days off by kind; `frailty`: shape of the gamma.
    """

    injuries: float
    kinds: Mapping[str, float]
    illnesses: float
    days: Mapping[str, float]
    frailty: float


@dataclass(frozen=True)
class Setbacks:
    """Drawn events, sparse: month and path of each, with what is left of the income of that month.

    `months`, `paths`, `left` (events,). `ended`: (month, path) from which there is no work any more;
    `deaths`: (month, path) of fatal accidents.
    """

    months: NDArray[np.int32]
    paths: NDArray[np.int32]
    left: NDArray[np.float32]
    ended: tuple[tuple[int, int], ...]
    deaths: tuple[tuple[int, int], ...]


def read_hazards(case: Case, assumed: Assumed, pack: Pack) -> Hazards:
    """The hazards of the case's occupation and exposure; central values, whatever the economy does."""
    work = {row["code"]: row["hazard_prior"] for row in pack.table("occupations")}[case.occupation]
    rows = {(row["occupation"], row["measure"]): row for row in pack.table("hazard")}
    if (work, "any_injury_needing_care") not in rows:
        work = UNKNOWN_WORK

    def taken(name: str, measure: str) -> float:
        row = rows.get((work, measure)) or rows["all", measure]
        return max(0.0, assumed.row(name, row, scenario="central"))

    injuries = taken("injury.rate", "any_injury_needing_care")
    minor = float(rows[work, "share_minor_medical_only"]["central"])
    graded = float(rows[work, "disability_graded_10_to_1"]["central"]) / injuries if injuries else 0.0
    death = float(rows[work, "death_by_accident"]["central"]) / injuries if injuries else 0.0
    kinds = {"minor": minor, "lost_time": max(0.0, 1 - minor - graded - death), "death": death}
    for kind, grades in _GRADES.items():
        kinds[kind] = graded * sum(
            float(rows["all", f"grade_{grade}_given_disability"]["central"]) for grade in grades
        )
    known = rows.get((work, "negative_binomial_k")) or rows["rider", "negative_binomial_k"]
    return Hazards(
        injuries=injuries * exposure(case, work, rows),
        kinds=kinds,
        illnesses=taken("illness.rate", "illness_spell"),
        days={kind: taken(f"lost_days.{kind}", f"lost_days_median_{kind}") for kind in _SPREAD},
        frailty=float(known["central"]),
    )


def exposure(case: Case, work: str, rows: Mapping[tuple[str, str], TableRow]) -> float:
    """The part of a full-time year that a working month stands for: by orders, else hours, else all of it."""
    worked = sorted((row for row in case.months if row.cny > 0), key=lambda row: row.month)[-12:]
    full = rows.get((work, "orders_per_FTE_year"))
    orders = [row.orders for row in worked if row.orders is not None]
    if full is not None and orders:
        return min(2.0, 12 * sum(orders) / len(orders) / float(full["central"]))
    hours = [row.hours for row in worked if row.hours is not None]
    if hours:
        return min(2.0, 12 * sum(hours) / len(hours) / float(rows["all", "hours_per_FTE_year"]["central"]))
    return 1.0


def draw_setbacks(hazards: Hazards, months: int, paths: int, random: np.random.Generator) -> Setbacks:
    """Events of `months` months: a Poisson number, each with a month, a path and a length."""
    frailty = random.standard_gamma(hazards.frailty, paths).cumsum()
    frailty /= frailty[-1]
    hurt = int(random.poisson(hazards.injuries / 12 * months * paths))
    ill = int(random.poisson(hazards.illnesses / 12 * months * paths))
    who = np.concatenate(
        [np.searchsorted(frailty, random.random(hurt)), random.integers(0, paths, ill)]
    ).astype(np.int32)
    np.minimum(who, paths - 1, out=who)
    when = random.random(hurt + ill) * months
    names = (*hazards.kinds, "illness")
    shares = np.array(list(hazards.kinds.values()))
    kinds = np.concatenate(
        [
            np.minimum(np.searchsorted(shares.cumsum(), random.random(hurt)), len(shares) - 1),
            np.full(ill, len(shares)),
        ]
    )
    lengths = _lengths(hazards, names, kinds, random)
    final = np.flatnonzero(kinds == names.index("disability_4_1"))
    fatal = np.flatnonzero(kinds == names.index("death"))
    lasting = lengths > 0
    return Setbacks(
        *_spread(when[lasting], who[lasting], lengths[lasting], months),
        ended=tuple((int(when[at]), int(who[at])) for at in final),
        deaths=tuple((int(when[at]), int(who[at])) for at in fatal),
    )


def _lengths(
    hazards: Hazards, names: tuple[str, ...], kinds: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Months off work of each event."""
    swing = random.standard_normal(len(kinds))
    medians = np.array([hazards.days.get(name, 0.0) for name in names])
    spreads = np.array([_SPREAD.get(name, 0.0) for name in names])
    days = medians[kinds] * np.exp(spreads[kinds] * swing)
    minor = kinds == names.index("minor")
    days[minor] = random.random(int(minor.sum())) * _MINOR_DAYS
    return np.minimum(days / DAYS, _LONGEST)


def _spread(
    when: NDArray[np.float64], who: NDArray[np.int32], lengths: NDArray[np.float64], months: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Each spell month by month: what is left of the income of every month it touches."""
    rows, paths, left = [], [], []
    month, ends = np.floor(when), when + lengths
    while len(month):
        lost = np.minimum(ends, month + 1) - np.maximum(when, month)
        rows.append(month.astype(np.int32))
        paths.append(who)
        left.append(np.maximum(1 - lost, 0).astype(np.float32))
        lasting = (ends > month + 1) & (month + 1 < months)
        month, ends, when, who = month[lasting] + 1, ends[lasting], when[lasting], who[lasting]
    if not rows:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    return np.concatenate(rows), np.concatenate(paths), np.concatenate(left)
