"""From a card that was accepted to dated steps: what, where, with which papers, by when.

Steps are data without a language; the window, the sheet and the calendar file put them into words. They exist
only after a deed of the person (E1): the id of that deed goes with them. None of them pays or sends anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from planner.advice.card import NOTHING, Card
from planner.advice.catalogue import NUDGES
from planner.advice.nudge import MONTH_END, RESTART, StepPattern
from planner.advice.sentence import Sentence
from planner.values import Month


@dataclass(frozen=True)
class PlanStep:
    """`due` is the day it should be done by, None where any day is as good; `deed` the person's own act."""

    card: str
    choice: str
    what: Sentence
    where: Sentence
    papers: tuple[Sentence, ...]
    due: date | None
    rule_id: str
    deed: str

    def as_document(self) -> dict[str, Any]:
        """As the vault keeps it, without a language."""
        return {
            "card": self.card,
            "choice": self.choice,
            "what": self.what.as_document(),
            "where": self.where.as_document(),
            "papers": [paper.as_document() for paper in self.papers],
            "due": self.due.isoformat() if self.due else None,
            "rule_id": self.rule_id,
            "deed": self.deed,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> PlanStep:
        due = document.get("due")
        return cls(
            document["card"],
            document["choice"],
            Sentence.from_document(document["what"]),
            Sentence.from_document(document["where"]),
            tuple(Sentence.from_document(paper) for paper in document["papers"]),
            date.fromisoformat(due) if due else None,
            document["rule_id"],
            document["deed"],
        )


def plan_steps(card: Card, choice: str, today: date, deed: str) -> tuple[PlanStep, ...]:
    """The steps that follow from taking `choice` on a card; none for doing nothing.

    `deed` identifies what the person did (a click, a command); without one nothing follows.
    """
    if not deed:
        raise ValueError("steps follow only from something the person did")
    taken = next((each for each in card.alternatives if each.id == choice), None)
    if taken is None:
        raise ValueError(f"{card.id} has no alternative {choice!r}")
    if choice == NOTHING:
        return ()
    restart = taken.more.get("restart")
    month = Month.parse(restart) if isinstance(restart, str) else None
    nudge = next((each for each in NUDGES if each.id == card.id), None)
    patterns = nudge.steps(taken) if nudge is not None else ()
    return tuple(
        PlanStep(
            card.id,
            choice,
            Sentence(step.what),
            Sentence(step.where),
            tuple(Sentence(paper) for paper in step.papers),
            _due(step, today, month),
            card.rule_id,
            deed,
        )
        for step in patterns
    )


def _due(step: StepPattern, today: date, restart: Month | None) -> date | None:
    if step.in_days is not None:
        return today + timedelta(days=step.in_days)
    if step.when == MONTH_END:
        return Month.of(today).last_day
    if step.when == RESTART and restart is not None:
        return restart.first_day
    return None
