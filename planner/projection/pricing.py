"""Prices plans on one ground and compares them: all of them once, or one more on demand from any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock

import numpy as np

from planner.projection.engine import chance_of_a_gap, run
from planner.projection.ground import Doubles, Ground
from planner.projection.measures import Measures
from planner.projection.plans import Plan, employee_plan, nothing
from planner.projection.results import PlanResult

QUICK = 1_000
"""Paths of an approximate answer, while a slider moves."""


class Pricing:
    """`price_all` first: the best plan of each path, that regret is measured against, comes from it."""

    def __init__(self, ground: Ground, age_months: int) -> None:
        self.ground = ground
        self._age = age_months
        self._measures = Measures(ground, run(nothing(), ground), age_months)
        self._best: Doubles = np.zeros(ground.count)
        self._quick: Measures | None = None
        self._lock = Lock()

    def price_all(
        self, plans: Sequence[Plan], each: Callable[[int], None] = lambda _at: None
    ) -> tuple[PlanResult, ...]:
        """The results of `plans`, in their order; `each` is told which comes next and may call it off."""
        results, values = [], []
        for at, plan in enumerate(plans):
            each(at)
            done = self._measures.nothing if plan == nothing() else run(plan, self.ground)
            worth = self._measures.worth(done)
            results.append(self._measures.result(plan, done, worth))
            values.append(worth.value.astype(np.float32))
            np.maximum(self._best, worth.value, out=self._best)
        return tuple(
            self._regretted(result, value, self._best) for result, value in zip(results, values, strict=True)
        )

    def price_one(self, plan: Plan, *, quick: bool = False) -> PlanResult:
        """One more plan on the same paths, or roughly on the first of them."""
        measures = self._rough() if quick and self.ground.count > QUICK else self._measures
        done = run(plan, measures.ground)
        worth = measures.worth(done)
        result = measures.result(plan, done, worth)
        best = np.maximum(self._best[: measures.ground.count], worth.value)
        return replace(self._regretted(result, worth.value, best), approximate=measures is not self._measures)

    def price_share(self, share: float, quick: bool) -> PlanResult:
        """An employee tier at the allowed base next to `share` of the reference wage."""
        return self.price_one(employee_plan(self.ground.law.employee, share), quick=quick)

    def chance(self, plan: Plan) -> float:
        """The chance of a lapse within twelve months, for a small part of the price."""
        return chance_of_a_gap(plan, self.ground)

    def _rough(self) -> Measures:
        with self._lock:
            if self._quick is None:
                ground = self.ground.head(QUICK)
                self._quick = Measures(ground, run(nothing(), ground), self._age, rough=True)
            return self._quick

    @staticmethod
    def _regretted(result: PlanResult, value: np.ndarray, best: Doubles) -> PlanResult:
        short = best - value
        errors = dict(result.errors)
        if errors:
            errors["regret.mean"] = float(np.std(short) / np.sqrt(len(short)))
        return replace(result, regret=float(np.mean(short)), errors=errors)
