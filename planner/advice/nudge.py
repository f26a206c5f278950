"""A nudge: its entry in the catalogue (who gains, how strong the evidence, when reviewed), trigger, steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

from planner.advice.card import WORKER, Alternative, Fact
from planner.advice.options import Option
from planner.advice.sentence import Sentence
from planner.advice.situation import Situation

ZERO = Decimal(0)


class Group(IntEnum):
    """What comes first when several fire; protective cards before all others."""

    PROTECTIVE = 0
    UNCLAIMED = 1
    INFORMATION = 2
    TIMING = 3
    PAY_MORE = 4


@dataclass(frozen=True)
class Draft:
    """What a trigger found, before ethics and frequency have had their say.

    `proposal` is the id of the alternative that could be pre-filled; `priced` the plan behind it if it costs
    more than nothing, which E6 then looks at.
    """

    reason: Sentence
    facts: tuple[Fact, ...]
    alternatives: tuple[Alternative, ...]
    what_if_nothing: Sentence
    rule_id: str
    trigger: Mapping[str, Any]
    cost_month: Decimal = ZERO
    cost_year: Decimal = ZERO
    proposal: str = ""
    priced: Option | None = None
    deadline: date | None = None


@dataclass(frozen=True)
class StepPattern:
    """A step of a kind, its words marked: so many days from the yes, or at one of `WHEN`; else any day."""

    what: str
    where: str
    papers: tuple[str, ...] = ()
    in_days: int | None = None
    when: str = ""


MONTH_END, RESTART = "month_end", "restart"  # of the month of the yes; the month named by the way taken
WHEN = (MONTH_END, RESTART)

Trigger = Callable[[Situation], Draft | None]
Steps = Callable[[Alternative], tuple[StepPattern, ...]]


def no_steps(_way: Alternative) -> tuple[StepPattern, ...]:
    """For a nudge that only tells."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """An entry of the catalogue; `steps` are what follows from taking a way.

    `title` and `neutral` are marked; `neutral` is what everybody may be told.

    `strength`: A field trials close to the case, B trials elsewhere, C weak or mixed, D reasoning only.
    `blocked_by` are the guardrails it heeds; `repeat_days` how long a yes holds before it may come again.
    `changes_own_cover`: it proposes another amount for the cover there is, not one more cover.
    """

    id: str
    title: str
    neutral: str
    group: Group
    risk: str
    strength: str
    rule_ids: tuple[str, ...]
    version: int
    reviewed: date
    trigger: Trigger
    steps: Steps = no_steps
    beneficiaries: frozenset[str] = frozenset({WORKER})
    blocked_by: frozenset[str] = frozenset()
    repeat_days: int = 365
    for_near_pension: bool = False
    is_information: bool = False
    changes_own_cover: bool = False
    heeds_frequency: bool = True
