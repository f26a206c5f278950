"""What a projection answers: each plan in a few measures, the frontier, what is advised and what was assumed.

Amounts are yuan of today; shares and probabilities are fractions; ages are years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from planner.projection.assumptions import Assumption
from planner.projection.case import Case
from planner.projection.plans import Plan
from planner.values import Confidence, Name

if TYPE_CHECKING:
    from planner.projection.income import IncomeFit

POINTS = (0.05, 0.25, 0.50, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Values that 5, 25, 50, 75 and 95 % of the futures lie below."""

    p5: float
    p25: float
    p50: float
    p75: float
    p95: float

    def as_json(self) -> dict[str, float]:
        return {name: _money(getattr(self, name)) for name in ("p5", "p25", "p50", "p75", "p95")}


@dataclass(frozen=True, slots=True)
class FanRows:
    """Quantiles at each of the times `at`: ages, or months from the first projected one."""

    at: NDArray[np.float64]
    p5: NDArray[np.float64]
    p25: NDArray[np.float64]
    p50: NDArray[np.float64]
    p75: NDArray[np.float64]
    p95: NDArray[np.float64]

    @property
    def quantiles(self) -> NDArray[np.float64]:
        """(5, times), the lowest first: as the charts take a fan."""
        return np.stack((self.p5, self.p25, self.p50, self.p75, self.p95))


@dataclass(frozen=True, slots=True)
class Lapse:
    """Chance of at least one period left unpaid for good within 12, 24, 36 months; how many months in 36.

    A period counts where it fell due, once the closing day of its year has passed without payment.
    """

    p12: float
    p24: float
    p36: float
    expected_months: float


@dataclass(frozen=True, slots=True)
class Radar:
    """The `chance` of missing one of the next three payments, and the main `reason` ("" where none is).

    A month is missed that is not paid when it is due, though it may be caught up later in its year; a yearly
    payment is missed when its year has closed without it.
    """

    chance: float
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"chance": _share(self.chance), "reason": self.reason or None}


@dataclass(frozen=True, slots=True)
class Fix:
    """The smallest change that brings the chance of `Radar` down to the accepted one, or nearest to it.

    `kind`: `buffer` (`amount` yuan more put by now), `lower` (another tier) or `yearly` (one payment a year,
    from whichever month is good), both of the plan `plan_id`. `chance`: what is left of it.
    """

    kind: str
    amount: float
    plan_id: str
    chance: float

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "amount": _money(self.amount),
            "plan": self.plan_id or None,
            "chance": _share(self.chance),
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be recommended at another accepted risk, `max_lapse`: the `plan` and its measures."""

    max_lapse: float
    plan: PlanResult

    def as_json(self) -> dict[str, Any]:
        return {
            "max_lapse": self.max_lapse,
            "recommended": self.plan.plan.id,
            "monthly_cost": _money(self.plan.monthly_cost),
            "pension": _money(self.plan.pension.p50),
            "lapse_p12": _share(self.plan.lapse.p12),
        }


@dataclass(frozen=True, kw_only=True)
class PlanResult:
    """One plan on all futures.

    - `monthly_cost`: yuan in an ordinary month of the first year; `worst_month_cost`: what the plan asks for
      in the worst tenth of those months. A yearly payer's is a twelfth of the year's.
    - `pension`: yuan a month when it starts, of those who live to draw it; 0 where the minimum is not met.
    - `replacement_rate`: its middle, compared with the mean monthly income of the next twelve months.
    - `reaches_minimum`: share of those alive at the draw age who get a monthly pension.
    - `paid_total`: mean sum of own payments. `heirs`: mean that heirs receive from the account.
    - `break_even_age`: the age at which the middle future has drawn as much more than doing nothing gives
      as was paid; None if not before 110. `irr`: real yearly return of the middle future, None without cost;
      0.5 stands for a half a year or more.
    - `net_value`: mean of what is drawn beyond doing nothing and inherited, less what is paid, discounted;
      `net_value_p25` its lower quarter. `regret`: mean net value short of the best plan of each future.
    - `cash_kept`: share of the next twelve months that end without a hole in the cash.
    - `pension_fan` by age (of those alive and drawing age), `cash_fan`: yuan left by month of the next 36.
    - `lapse_reasons`: of the months that lapse within 36, the share by main reason. `radar`: the next three.
    - `price_level`: mean price level in the month when the pension starts, 1 today; times it, a pension is
      in the yuan of that time.
    - `errors`: standard errors of the Monte Carlo draw, by the names used in the JSON answer.
    - `approximate`: from the first paths only, and without `irr`.
    """

    plan: Plan
    name: Name
    monthly_cost: float
    worst_month_cost: float
    pension: Quantiles
    pension_mean: float
    replacement_rate: float
    lapse: Lapse
    reaches_minimum: float
    paid_total: float
    break_even_age: float | None
    irr: float | None
    net_value: float
    net_value_p25: float
    regret: float
    heirs: float
    cash_kept: float
    pension_fan: FanRows
    cash_fan: FanRows
    lapse_reasons: Mapping[str, float] = field(default_factory=dict)
    radar: Radar = Radar(0.0)
    price_level: float = 1.0
    errors: Mapping[str, float] = field(default_factory=dict)
    approximate: bool = False

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        return {
            "id": self.plan.id,
            "family": self.plan.family,
            "scheme": self.plan.scheme,
            "label": self.name.said(language),
            "found": self.plan.found,
            "monthly_cost": _money(self.monthly_cost),
            "worst_month_cost": _money(self.worst_month_cost),
            "pension": self.pension.as_json() | {"mean": _money(self.pension_mean)},
            "price_level": round(self.price_level, 4),
            "replacement_rate": _share(self.replacement_rate),
            "lapse": {
                "p12": _share(self.lapse.p12),
                "p24": _share(self.lapse.p24),
                "p36": _share(self.lapse.p36),
                "expected_months": _share(self.lapse.expected_months),
            },
            "lapse_reasons": {name: _share(share) for name, share in self.lapse_reasons.items()},
            "next_three": self.radar.as_json(),
            "reaches_minimum": _share(self.reaches_minimum),
            "paid_total": _money(self.paid_total),
            "break_even_age": {"p50": None if self.break_even_age is None else round(self.break_even_age, 2)},
            "irr": {"p50": None if self.irr is None else _share(self.irr)},
            "net_value": {"mean": _money(self.net_value), "p25": _money(self.net_value_p25)},
            "regret": {"mean": _money(self.regret)},
            "heirs": _money(self.heirs),
            "cash_kept": _share(self.cash_kept),
            "errors": {name: float(f"{error:.3g}") for name, error in self.errors.items()},
        }


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A plan that no other beats in both: `lapse` chance within 12 months, mean `pension` yuan a month."""

    id: str
    lapse: float
    pension: float


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long people like this one live: half beyond, one in ten beyond these ages. Never one date."""

    half_beyond: float
    tenth_beyond: float


class More(Protocol):
    """What can still be asked of the futures of a projection, from any thread."""

    def explore(self, share: float, quick: bool) -> PlanResult: ...
    def priced(self, plan_id: str) -> PlanResult | None: ...
    def fix_of(self, result: PlanResult, max_lapse: float) -> Fix | None: ...
    def at_risk(self, projection: Projection, max_lapse: float) -> Projection: ...


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Every plan of a case on the same futures.

    `recommended`: of the plans within the accepted lapse risk and the cash there is, the one whose mean net
    value is highest; `nothing` if none is worth its cost. `highest_kept`: of those within the risk, the one
    with the highest mean pension. `best_return`: of those, the one that returns most per yuan. Often they
    differ, and the program says so. `floor_met`: whether a plan within the risk reaches the pension that the
    person set as the least; where none does, the floor is left aside.
    `offers`: what would be recommended at other risks. `fix`: the smallest change that makes the next three
    payments of the recommended plan safe enough; None where they are.
    `waiting_cost`: yuan a month of pension lost by starting the recommended plan a year later.
    `foresight_gap`: how far its mean pension stays below that of paying the same with all months known in
    advance, as a fraction; None where nothing is paid.
    `low_income`: what four in five of the next twelve months reach or exceed; `safe_contribution`: what is
    left of it after needs, at least 0.
    """

    case: Case
    plans: tuple[PlanResult, ...]
    recommended: str
    highest_kept: str
    best_return: str
    frontier: tuple[FrontierPoint, ...]
    foresight_gap: float | None
    waiting_cost: float | None
    floor_met: bool
    offers: tuple[Offer, ...]
    fix: Fix | None
    assumptions: tuple[Assumption, ...]
    income: IncomeFit
    low_income: float
    safe_contribution: float
    lasts: Lasts
    seed: int
    paths: int
    seconds: float
    pack_version: str
    _more: More = field(repr=False, compare=False)

    def plan(self, plan_id: str) -> PlanResult:
        """The result of the plan of that id; a KeyError if it is not among them."""
        for result in self.plans:
            if result.plan.id == plan_id:
                return result
        raise KeyError(plan_id)

    def explore(self, share: float, *, quick: bool = False) -> PlanResult:
        """An employee tier at any share of the reference wage, on the same futures.

        `quick` uses the first 1,000 of them and marks the answer `approximate`. The share is moved into the
        place's limits. Safe to call from any thread.
        """
        return self._more.explore(share, quick)

    def priced(self, plan_id: str) -> PlanResult | None:
        """Any plan that is listed or could have been found, by its id; None if there is no such plan."""
        listed = next((result for result in self.plans if result.plan.id == plan_id), None)
        return listed or self._more.priced(plan_id)

    def fix_of(self, result: PlanResult) -> Fix | None:
        """The smallest change that makes the next three payments of a plan safe enough; None if they are."""
        return self._more.fix_of(result, self.case.settings.max_lapse)

    def at_risk(self, max_lapse: float) -> Projection:
        """The same futures and prices, chosen anew at another accepted risk; nothing is simulated again."""
        return self._more.at_risk(self, max_lapse)

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The answer of `wenbao project`; plan labels in `language`."""
        return {
            "plans": [plan.as_json(language) for plan in self.plans],
            "recommended": self.recommended,
            "highest_kept": self.highest_kept,
            "best_return": self.best_return,
            "frontier": [
                {"id": point.id, "lapse": _share(point.lapse), "pension": _money(point.pension)}
                for point in self.frontier
            ],
            "foresight_gap": None if self.foresight_gap is None else _share(self.foresight_gap),
            "waiting_cost": None if self.waiting_cost is None else _money(self.waiting_cost),
            "max_lapse": self.case.settings.max_lapse,
            "floor_met": self.floor_met,
            "at_other_risks": [offer.as_json() for offer in self.offers],
            "radar": {
                **self.plan(self.recommended).radar.as_json(),
                "fix": None if self.fix is None else self.fix.as_json(),
            },
            "low_income": _money(self.low_income),
            "safe_contribution": _money(self.safe_contribution),
            "lasts": {
                "half_beyond": round(self.lasts.half_beyond, 1),
                "tenth_beyond": round(self.lasts.tenth_beyond, 1),
            },
            "income": {
                "months_used": self.income.months_used,
                "own_weight": _share(self.income.own_weight),
                "based_on_group": self.income.based_on_group,
            },
            "assumptions": [assumption.as_json() for assumption in self.assumptions],
            "confidence": Confidence.weakest(*(one.confidence for one in self.assumptions)).value,
            "seed": self.seed,
            "paths": self.paths,
            "seconds": round(self.seconds, 3),
            "pack_version": self.pack_version,
        }


def _money(value: float) -> float:
    return round(float(value), 2)


def _share(value: float) -> float:
    return round(float(value), 6)
