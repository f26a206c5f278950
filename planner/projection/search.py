"""Finds the best plan within the accepted risk, on the futures that all plans share.

A family is a row of plans from the cheapest to the dearest. Two things are known of it. A dearer plan never
lapses on fewer futures: whoever pays less has at least as many months paid and as much left after each, so
the bound on lapses is found by halving, and a chance of a lapse needs only the first months of a run. And
what a plan is worth rises to one top and falls beyond it, ever more steeply (what is paid counts in
proportion, what lapses grows faster): the top is closed in on between plans priced before, by the parabola
through three of them, and a family of tiers whose slopes cannot reach the best so far is left. (Shares of the
income are no tiers: below the lowest base all of them pay the same.)

A reserve for good months grows with the contribution and can make a dearer plan the safer one in a rare
future; there the halving is followed by a look at the next dearer plans.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from planner.projection.plans import PEAK_SAVER, Plan
from planner.projection.results import PlanResult

_BEYOND = 3  # dearer plans looked at after the bound of a family that saves ahead


@dataclass(frozen=True)
class Bounds:
    """`max_lapse`: the accepted chance of a lapse within 12 months; `least_pension`: yuan of today a month
    that the pension reaches in nineteen of twenty futures, 0 where the person set no floor."""

    max_lapse: float
    least_pension: float = 0.0


Aim = Callable[[PlanResult], tuple[float, float]]


def by_value(result: PlanResult) -> tuple[float, float]:
    """The aim of what is recommended: the mean net value, then the lower cost."""
    return result.net_value, -result.paid_total


def by_pension(result: PlanResult) -> tuple[float, float]:
    """The mean pension, then the lower cost."""
    return result.pension_mean, -result.paid_total


def by_floor(result: PlanResult) -> tuple[float, float]:
    """The pension reached in nineteen of twenty futures, then the lower cost."""
    return result.pension.p5, -result.paid_total


class Search:
    """`price` answers a plan in full and remembers it, `chance` its lapse within 12 months alone.

    `runs` counts how many plans had to be priced that were not `known`.
    """

    def __init__(
        self,
        families: Iterable[Sequence[Plan]],
        price: Callable[[Plan], PlanResult],
        chance: Callable[[Plan], float],
        known: Iterable[PlanResult] = (),
    ) -> None:
        self._families = [tuple(family) for family in families if family]
        self._price, self._chance = price, chance
        self._results = {_key(one.plan): one for one in known}
        self._chances = {key: one.lapse.p12 for key, one in self._results.items()}
        self.runs = 0

    def best(self, bounds: Bounds, aims: Sequence[Aim] = (by_value, by_pension)) -> tuple[PlanResult, ...]:
        """The best plan over all families for each aim, each once; none where nothing is within bounds."""
        within = [(family, self._inside(family, bounds)) for family in self._families]
        inside = [(family, places) for family, places in within if places]
        found: dict[str, PlanResult] = {}
        for aim in aims:
            leader: PlanResult | None = None
            for family, places in sorted(
                inside, key=lambda one: self._so_far(one[0], one[1], aim), reverse=True
            ):
                one = self.priced(family[self._top(family, places, aim, leader)])
                if leader is None or aim(one) > aim(leader):
                    leader = one
            if leader is not None:
                found[leader.plan.id] = leader
        return tuple(found.values())

    # Bounds

    def _inside(self, family: Sequence[Plan], bounds: Bounds) -> range:
        """The plans of a family within the bounds."""
        end = _first(len(family), lambda at: self.chance(family[at]) > bounds.max_lapse)
        if family[0].family == PEAK_SAVER:
            for at in range(end, min(end + _BEYOND, len(family))):
                if self.chance(family[at]) <= bounds.max_lapse:
                    end = at + 1
        if bounds.least_pension <= 0 or not end:
            return range(end)

        def reaches(at: int) -> bool:
            return self.priced(family[at]).pension.p5 >= bounds.least_pension

        # the lower end of the pension rises with the tier until lapses cost the minimum years
        top = self._top(family, range(end), by_floor)
        if not reaches(top):
            return range(0)
        start = _first(top, reaches)
        return range(start, top + _first(end - top, lambda more: not reaches(top + more)))

    def chance(self, plan: Plan) -> float:
        key = _key(plan)
        if key not in self._chances:
            self._chances[key] = self._chance(plan)
        return self._chances[key]

    def priced(self, plan: Plan) -> PlanResult:
        key = _key(plan)
        if key not in self._results:
            self.runs += 1
            self._results[key] = replace(self._price(plan), plan=replace(plan, found=True))
        return self._results[key]

    # The top

    def _seen(self, family: Sequence[Plan], inside: range) -> list[int]:
        """The places of a family that are priced already, and the two ends; the search starts from them."""
        priced = {at for at in inside if _key(family[at]) in self._results}
        return sorted(priced | {inside[0], inside[-1]})

    def _so_far(self, family: Sequence[Plan], inside: range, aim: Aim) -> tuple[float, float]:
        return max(aim(self.priced(family[at])) for at in self._seen(family, inside))

    def _top(self, family: Sequence[Plan], inside: range, aim: Aim, leader: PlanResult | None = None) -> int:
        """The place of the highest aim within a range, closed in on between those priced already; given up
        where it cannot be above the leader's."""

        def height(at: int) -> tuple[float, float]:
            return aim(self.priced(family[at]))

        seen = self._seen(family, inside)
        while True:
            place = max(range(len(seen)), key=lambda place: height(seen[place]))
            best = seen[place]
            below = seen[place - 1] if place else inside[0] - 1
            above = seen[place + 1] if place + 1 < len(seen) else inside[-1] + 1
            if best - below <= 1 and above - best <= 1:
                return best
            if leader is not None and family[0].share:
                points = [(at, height(at)[0]) for at in seen]
                if _at_most(points, place) <= aim(leader)[0]:
                    return best
            known = place and place + 1 < len(seen)
            heights = [height(at)[0] for at in (below, best, above)] if known else []
            insort(seen, _next(below, best, above, heights))


def _at_most(points: Sequence[tuple[int, float]], place: int) -> float:
    """What no place next to `place` can exceed if slopes only fall from the cheapest plan to the dearest."""
    found = points[place][1]
    for low in (place - 1, place):
        if low >= 0 and low + 1 < len(points):
            (left, at_left), (right, at_right) = points[low], points[low + 1]
            limits = []
            if low:
                slope = (at_left - points[low - 1][1]) / (left - points[low - 1][0])
                limits.append(at_left + max(slope, 0.0) * (right - left))
            if low + 2 < len(points):
                slope = (at_right - points[low + 2][1]) / (points[low + 2][0] - right)
                limits.append(at_right + max(slope, 0.0) * (right - left))
            found = max(found, min(limits, default=math.inf))
    return found


def _next(below: int, best: int, above: int, heights: Sequence[float]) -> int:
    """A place strictly between two around the best one, where the top of the parabola through them lies.

    Without `heights`, or with the top where the best one is, its neighbours decide.
    """
    if heights:
        left, right = best - below, above - best
        rise, fall = (heights[1] - heights[0]) / left, (heights[1] - heights[2]) / right
        if rise + fall > 0:
            at = best + round((rise * right - fall * left) / (2.0 * (rise + fall)))
            if below < at < above and at != best:
                return at
    if best - below > 1 and (above - best <= 1 or best - below >= above - best):
        return best - 1
    return best + 1


def _first(count: int, holds: Callable[[int], bool]) -> int:
    """The first of `count` places where something holds that goes on holding; `count` if nowhere."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _key(plan: Plan) -> tuple[object, ...]:
    """What a plan asks for, whatever it is called."""
    return (plan.family, round(plan.share, 9), plan.income_share, plan.reserve_months, plan.start)
