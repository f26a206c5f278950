"""From priced plans to the answer: what is searched for, recommended and offered, at any accepted risk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any

from planner.projection import foresight, frontier
from planner.projection.plans import Plan, searched
from planner.projection.pricing import Pricing
from planner.projection.radar import smallest_fix
from planner.projection.results import Fix, Offer, PlanResult, Projection
from planner.projection.search import Aim, Bounds, Search, by_pension, by_value

RISKS = (0.05, 0.10, 0.20)
"""The risks that a person is asked to choose from."""

_YEAR = 12


@dataclass(frozen=True)
class Choice:
    """The candidates at one risk: the `listed` plans and those `found`, and whether the floor is met."""

    candidates: tuple[PlanResult, ...]
    floor_met: bool

    @property
    def recommended(self) -> PlanResult:
        wanted = frontier.recommended(self.candidates)
        return next(one for one in self.candidates if one.plan.id == wanted)


class Chooser:
    """All that can be asked of the priced plans `listed`; safe to call from any thread.

    Every plan is priced once. `least_pension`: the floor of `Settings`.
    """

    def __init__(
        self,
        pricing: Pricing,
        listed: tuple[PlanResult, ...],
        least_pension: float,
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        self._pricing, self._listed, self._floor = pricing, listed, least_pension
        self._stop = stop
        families = searched(pricing.ground.law)
        self._tiers = families[0]
        self._known = {plan.id: plan for family in families for plan in family}
        self._search = Search(families, self._price, pricing.chance, listed)
        self._choices: dict[tuple[float, int], Choice] = {}
        self._of_chosen: dict[str, tuple[float | None, float | None]] = {}
        self._lock = RLock()

    def release(self) -> None:
        """Nobody calls it off any more: whoever asks from now on waits for the answer."""
        self._stop = lambda: None

    def _price(self, plan: Plan) -> PlanResult:
        self._stop()
        return self._pricing.price_one(plan)

    def choice(self, max_lapse: float, aims: tuple[Aim, ...] = (by_value, by_pension)) -> Choice:
        """The candidates at a risk, with the best that the search finds for `aims`."""
        with self._lock:
            key = (max_lapse, len(aims))
            if key not in self._choices:
                self._choices[key] = self._choose(max_lapse, aims)
            return self._choices[key]

    def _choose(self, max_lapse: float, aims: tuple[Aim, ...]) -> Choice:
        if self._floor > 0:
            bounds = Bounds(max_lapse, self._floor)
            within = frontier.kept(self._with(self._search.best(bounds, aims)), max_lapse)
            high = tuple(one for one in within if one.pension.p5 >= self._floor)
            if high:
                return Choice(high, floor_met=True)
        found = self._search.best(Bounds(max_lapse), aims)
        return Choice(frontier.kept(self._with(found), max_lapse), floor_met=self._floor <= 0)

    def _with(self, found: tuple[PlanResult, ...]) -> tuple[PlanResult, ...]:
        """The listed plans, and of those found the ones that are not among them."""
        ids = {one.plan.id for one in self._listed}
        return (*self._listed, *(one for one in found if one.plan.id not in ids))

    def fields(self, max_lapse: float, offered: tuple[float, ...] = RISKS) -> dict[str, Any]:
        """The fields of `Projection` that hang on the accepted risk."""
        choice = self.choice(max_lapse)
        best = choice.recommended
        highest = frontier.highest_kept(choice.candidates)
        wanted = (best.plan.id, highest)
        extra = [one for one in choice.candidates if one.plan.found and one.plan.id in wanted]
        plans = (*self._listed, *extra)
        waiting, gap = self._waiting_and_gap(best)
        returns = [one for one in choice.candidates if not one.plan.found] or list(choice.candidates)
        return {
            "plans": plans,
            "recommended": best.plan.id,
            "highest_kept": highest,
            "best_return": frontier.best_return([*returns, *extra]),
            "frontier": frontier.frontier_of(plans),
            "foresight_gap": gap,
            "waiting_cost": waiting,
            "floor_met": choice.floor_met,
            "offers": tuple(Offer(risk, self.choice(risk, (by_value,)).recommended) for risk in offered),
            "fix": self.fix_of(best, max_lapse),
        }

    def _waiting_and_gap(self, chosen: PlanResult) -> tuple[float | None, float | None]:
        """Pension lost by a year's delay, yuan a month, and the gap to foresight; None if nothing is paid."""
        if chosen.plan.scheme == "none":
            return None, None
        with self._lock:
            if chosen.plan.id not in self._of_chosen:
                later = self._price(replace(chosen.plan, start=_YEAR))
                foreseen = self._price(foresight.with_foresight(chosen.plan))
                self._of_chosen[chosen.plan.id] = (
                    chosen.pension_mean - later.pension_mean,
                    foresight.gap(chosen.pension_mean, foreseen.pension_mean),
                )
            return self._of_chosen[chosen.plan.id]

    # More

    def explore(self, share: float, quick: bool) -> PlanResult:
        return self._pricing.price_share(share, quick)

    def priced(self, plan_id: str) -> PlanResult | None:
        plan = self._known.get(plan_id)
        if plan is None:
            return None
        with self._lock:
            return self._search.priced(plan)

    def fix_of(self, result: PlanResult, max_lapse: float) -> Fix | None:
        if result.radar.chance <= max_lapse:
            return None
        return smallest_fix(result.plan, self._pricing.ground, result.monthly_cost, max_lapse, self._tiers)

    def at_risk(self, projection: Projection, max_lapse: float) -> Projection:
        settings = replace(projection.case.settings, max_lapse=max_lapse)
        case = replace(projection.case, settings=settings)
        return replace(projection, case=case, **self.fields(max_lapse))
