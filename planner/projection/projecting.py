"""The projection of a case: draw the futures once, price every plan on them, say what to make of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from planner.policy import Pack
from planner.projection.assumptions import Assumed
from planner.projection.case import Case
from planner.projection.choosing import Chooser
from planner.projection.ground import Ground
from planner.projection.habits import NAMES, habits_of, law_as_assumed, past_of
from planner.projection.law import law_for
from planner.projection.paths import Cancelled, draw_paths
from planner.projection.plans import plans_of
from planner.projection.pricing import Pricing
from planner.projection.results import Lasts, Projection

_DRAWING, _PRICED = 0.5, 0.85  # share of the work done once the paths are drawn, and the usual plans priced
_YEAR = 12
_LOW = 0.20


def project(
    case: Case,
    pack: Pack,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Projection:
    """Every plan of the case on the same futures; the same for the same case, pack and seed.

    `progress` is told the share done; when `cancelled` answers True, `Cancelled` is raised. A value that the
    pack lacks, a person who has reached the pension age, an unknown assumption or shock is an InputError.
    """
    clock = time.perf_counter()
    law = law_for(case, pack)
    own = case.settings.assumptions
    assumed = Assumed({name: own[name] for name in own if name in NAMES}, case.settings.scenario)
    others = {name: own[name] for name in own if name not in NAMES}
    paths = draw_paths(
        replace(case, settings=replace(case.settings, assumptions=others)),
        pack,
        law.horizon,
        progress=None if progress is None else lambda share: progress(share * _DRAWING),
        cancelled=cancelled,
    )
    law = law_as_assumed(law, assumed)
    habits = habits_of(case, paths, assumed, pack)
    ground = Ground.of(paths, law, habits, past_of(case, paths, assumed))
    plans = plans_of(law)

    def stop() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled

    def each(at: int) -> None:
        stop()
        if progress is not None:
            progress(_DRAWING + (_PRICED - _DRAWING) * at / len(plans))

    pricing = Pricing(ground, case.age_months)
    results = pricing.price_all(plans, each)
    chooser = Chooser(pricing, results, case.settings.least_pension, stop)
    chosen = chooser.fields(case.settings.max_lapse)
    chooser.release()
    low_income = float(np.quantile(paths.income[:_YEAR], _LOW))
    half, tenth = paths.lasting_ages
    if progress is not None:
        progress(1.0)
    return Projection(
        case=case,
        **chosen,
        assumptions=(*assumed.listed(), *paths.assumptions),
        income=paths.fit,
        low_income=low_income,
        safe_contribution=max(low_income - habits.essentials, 0.0),
        lasts=Lasts(half, tenth),
        seed=case.settings.seed,
        paths=paths.count,
        seconds=time.perf_counter() - clock,
        pack_version=pack.version,
        _more=chooser,
    )
