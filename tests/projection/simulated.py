"""Invented workers whose true parameters are known, for tests of what is estimated from their months."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.policy import Pack
from planner.projection.assumptions import Assumed
from planner.projection.case import Case, EarnedMonth, Settings
from planner.projection.groups import Group, read_group
from planner.projection.income import TRANSITORY
from planner.projection.seasons import read_seasons
from planner.values import Month, Place

TODAY = date(2026, 11, 25)
BORN = Month(1979, 11)


def person(
    months: tuple[EarnedMonth, ...] = (),
    *,
    occupation: str = "food_rider_crowd",
    category: str = "male_60",
    born: Month = BORN,
    today: date = TODAY,
    **settings: object,
) -> Case:
    """A case of 47 years of age, when own income no longer grows with wages, unless told otherwise."""
    return Case(
        today=today,
        born=born,
        category=category,
        place=Place("CN-HB"),
        occupation=occupation,
        months=months,
        settings=Settings(**settings),  # type: ignore[arg-type]
    )


def earned(amounts: list[float], today: date = TODAY, **more: object) -> tuple[EarnedMonth, ...]:
    """The months up to the one before today's; NaN is a missing month."""
    first = Month.of(today) + -len(amounts)
    return tuple(
        EarnedMonth(first + at, amount, **more)  # type: ignore[arg-type]
        for at, amount in enumerate(amounts)
        if not math.isnan(amount)
    )


@dataclass(frozen=True)
class Truth:
    """One worker's true parameters."""

    level: float
    sd: float
    rho: float
    p_off: float
    p_on: float


def truths(group: Group, count: int, random: np.random.Generator) -> list[Truth]:
    """Workers drawn from the prior itself."""
    found = []
    for _ in range(count):
        variance = 8 * group.within**2 / random.chisquare(8)
        fisher = math.atanh(group.rho) + 0.25 * random.standard_normal()
        found.append(
            Truth(
                level=group.level
                + math.sqrt(variance) / group.within * group.between * random.standard_normal(),
                sd=math.sqrt(variance),
                rho=min(0.9, max(0.0, math.tanh(fisher))),
                p_off=random.beta(40 * group.p_off, 40 * (1 - group.p_off)),
                p_on=random.beta(10 * group.p_on, 10 * (1 - group.p_on)),
            )
        )
    return found


def live(truth: Truth, seasons: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """A run of months of this worker."""
    lasting = math.sqrt(1 - TRANSITORY) * truth.sd
    swing = lasting * random.standard_normal()
    working = random.random() < truth.p_on / (truth.p_on + truth.p_off)
    made = np.zeros(len(seasons))
    for at, season in enumerate(seasons):
        working = random.random() < (1 - truth.p_off if working else truth.p_on)
        swing = truth.rho * swing + lasting * math.sqrt(1 - truth.rho**2) * random.standard_normal()
        noise = math.sqrt(TRANSITORY) * truth.sd * random.standard_normal()
        if working:
            made[at] = season * math.exp(truth.level + swing + noise)
    return made


def group_of(case: Case, pack: Pack) -> Group:
    return read_group(case, pack, Assumed({}))


def seasons_of(group: Group, first: Month, months: int, pack: Pack) -> NDArray[np.float64]:
    return read_seasons(group.profile, pack).over(first, months)
