"""What is known of accidents in a trade: how often they come, and what one costs in money and days."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planner.advice.card import Fact
from planner.advice.sentence import Sentence, amount
from planner.advice.situation import Situation
from planner.policy import Row
from planner.values import Name, mark

_DAYS_A_MONTH = 30
_A_HUNDRED = 100


def hazard_of(situation: Situation) -> dict[str, Row]:
    """The trade's accident figures and the cost figures of all trades, by measure."""
    pack = situation.pack
    trade = next(
        (row["hazard_prior"] for row in pack.table("occupations") if row["code"] == situation.occupation), ""
    )
    rows = [row for row in pack.table("hazard") if row["occupation"] in (trade, "all")]
    return {row["measure"]: row for row in rows} if trade else {}


def loss_facts(situation: Situation, hazard: dict[str, Row]) -> Iterator[Fact]:
    any_injury = hazard.get("any_injury_needing_care")
    if any_injury is not None:
        low, middle, high = (any_injury.decimal(name) * _A_HUNDRED for name in ("low", "central", "high"))
        yield Fact(
            "how_often",
            Sentence(
                mark(
                    "Of 100 people who do this work full time, about {middle} need care after an accident in"
                    " a year; {low} to {high} by different sources. The evidence is weak."
                ),
                {"low": _plain(low), "middle": _plain(middle), "high": _plain(high)},
            ),
            middle,
            "of 100 people a year",
            any_injury.source,
        )
    cost, days = hazard.get("medical_cost_median_lost_time"), hazard.get("lost_days_median_lost_time")
    if cost is None or days is None:
        return
    values: dict[str, str | int | Name] = {
        "low": amount(cost.decimal("low")),
        "high": amount(cost.decimal("high")),
        "fewest": _plain(days.decimal("low")),
        "most": _plain(days.decimal("high")),
    }
    message = mark(
        "An accident with time off mostly costs ¥{low} to ¥{high} for treatment and {fewest} to {most} days."
    )
    income = situation.usual_month
    worst = cost.decimal("high")
    if income:
        daily = income / _DAYS_A_MONTH
        worst += daily * days.decimal("high")
        values |= {
            "least": amount(daily * days.decimal("low")),
            "lost": amount(daily * days.decimal("high")),
        }
        message = mark(
            "An accident with time off mostly costs ¥{low} to ¥{high} for treatment and {fewest} to {most}"
            " days, which is ¥{least} to ¥{lost} of your own income."
        )
    yield Fact("loss_range", Sentence(message, values), worst, "yuan", cost.source)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
