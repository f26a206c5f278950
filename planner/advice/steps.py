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
from planner.advice.nudges import injury_gap, low_month
from planner.advice.options import RESIDENT
from planner.advice.sentence import Say, Sentence, in_english
from planner.values import Month, mark


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

    def as_json(self, say: Say = in_english) -> dict[str, Any]:
        """In words."""
        return {
            "card": self.card,
            "choice": self.choice,
            "what": self.what.said(say),
            "where": self.where.said(say),
            "papers": [paper.said(say) for paper in self.papers],
            "due": self.due.isoformat() if self.due else None,
            "rule_id": self.rule_id,
        }


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
    drafts = _STEPS.get((card.id, choice), ())
    if card.id == "N06":
        drafts = _JOIN_RESIDENT if taken.more.get("scheme") == RESIDENT else _JOIN
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
        for step in drafts
    )


@dataclass(frozen=True)
class _Pattern:
    """A step of a kind: so many days from today, at this month's end, or when the pause is over."""

    what: str
    where: str
    papers: tuple[str, ...] = ()
    in_days: int | None = None
    when: str = ""


def _due(step: _Pattern, today: date, restart: Month | None) -> date | None:
    if step.in_days is not None:
        return today + timedelta(days=step.in_days)
    if step.when == "month_end":
        return Month.of(today).last_day
    if step.when == "restart" and restart is not None:
        return restart.first_day
    return None


_IDENTITY_CARD = mark("Identity card")
_SOCIAL_CARD = mark("Social security card")
_OFFICE = mark("The tax authority's payment channel for social insurance, or the social insurance office")

_STEPS: Mapping[tuple[str, str], tuple[_Pattern, ...]] = {
    ("N02", low_month.LOWEST): (
        _Pattern(
            mark("Ask from which month the base can be lowered, and have it set to the lowest."),
            _OFFICE,
            (_IDENTITY_CARD, _SOCIAL_CARD),
            when="month_end",
        ),
        _Pattern(
            mark("Check on the receipt that the lower amount was taken."),
            mark("Your bank or wallet"),
            when="month_end",
        ),
    ),
    ("N02", low_month.PAUSE): (
        _Pattern(
            mark("Ask whether missed months of this year can be paid later, and until when."),
            _OFFICE,
            (_IDENTITY_CARD,),
            in_days=7,
        ),
        _Pattern(
            mark("If the money is taken automatically, stop that before the next date."),
            mark("Your bank or wallet"),
            when="month_end",
        ),
        _Pattern(
            mark("Start paying again."),
            _OFFICE,
            (_IDENTITY_CARD, _SOCIAL_CARD),
            when="restart",
        ),
    ),
    ("N08", injury_gap.CHECKLIST): (
        _Pattern(
            mark("Ask the platform: Which of my orders are covered? Whom do I call after an accident?"
                 " By when must it be reported?"),
            mark("The help page or service line of the platform"),
            in_days=14,
        ),
        _Pattern(
            mark("Put a list of proofs on the phone: picture of the order, of the place and of the injury;"
                 " names of witnesses; police report; all medical papers and receipts."),
            mark("Your phone"),
            in_days=14,
        ),
        _Pattern(
            mark("Check that your medical insurance is in force."),
            mark("The national medical insurance app"),
            (_IDENTITY_CARD,),
            in_days=14,
        ),
    ),
    ("N08", injury_gap.THROUGH_A_UNIT): (
        _Pattern(
            mark("Ask the company you work for whether it can enrol you in work injury insurance alone."),
            mark("The company, or the social insurance office of the place"),
            (_IDENTITY_CARD,),
            in_days=30,
        ),
    ),
    ("N08", injury_gap.OWN_POLICY): (
        _Pattern(
            mark("Compare policies: trades that are excluded, sum for a grade, limit and deductible of the"
                 " treatment, hours covered."),
            mark("The page about injury cover"),
            in_days=30,
        ),
    ),
}  # fmt: skip

_JOIN = (
    _Pattern(
        mark("Ask what joining needs at your place, from which month it counts and how to leave again."),
        _OFFICE,
        (_IDENTITY_CARD, mark("Household register")),
        in_days=14,
    ),
    _Pattern(
        mark("Enrol and choose the base or tier yourself."),
        _OFFICE,
        (_IDENTITY_CARD, _SOCIAL_CARD),
        in_days=30,
    ),
)

_COMMUNITY = mark("The community or village office where you are registered, or the social insurance app")

_JOIN_RESIDENT = (
    _Pattern(
        mark("Ask which tiers there are, what the government adds, and until when this year's is paid."),
        _COMMUNITY,
        (_IDENTITY_CARD, mark("Household register")),
        in_days=14,
    ),
    _Pattern(
        mark("Enrol, choose the tier yourself and pay it once for the year."),
        _COMMUNITY,
        (_IDENTITY_CARD, _SOCIAL_CARD),
        in_days=30,
    ),
)
