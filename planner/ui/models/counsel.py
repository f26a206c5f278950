"""The card of the day, what was answered to it and the steps that follow, kept in the vault as they happen.

A showing and each answer are appended to the log; taking one back is a further entry, never a change.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from planner.advice import frequency
from planner.advice.card import NOTHING, Advice, Card
from planner.advice.case import situation_of
from planner.advice.catalogue import NUDGES
from planner.advice.choose import choose, neutral
from planner.advice.inputs import (
    ACCEPTED,
    DECLINED,
    DONE,
    LATER,
    NEVER,
    REVERSED,
    SHOWN,
    LogEntry,
    read_cover,
    read_events,
)
from planner.advice.steps import PlanStep, plan_steps
from planner.report.calendar import Appointment
from planner.text import _, language
from planner.values import InputError

if TYPE_CHECKING:
    from planner.ui.models.workspace import Workspace

HEALTH = "health"
COVER, EVENTS, OFF, QUIET, TAILORED = "cover", "events", "cards_off", "no_cards", "tailored"


@dataclass(frozen=True)
class KeptStep:
    """A step as it is kept; `done` the day on which it was ticked."""

    id: int
    step: PlanStep
    done: date | None

    @property
    def due(self) -> date | None:
        return self.step.due


@dataclass(frozen=True)
class Logged:
    """A line of the log: what was shown or chosen on `day`; `shown` is what was read then."""

    day: date
    card: str
    choice: str
    shown: dict[str, Any]


class Counsel(QObject):
    """What the page of next steps shows and does; `changed` after each deed."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.store = workspace.store
        self._lines: tuple[Logged, ...] | None = None  # the log, until something is added to it
        workspace.person_changed.connect(self._forget)

    # What the card is chosen by

    @property
    def cover(self) -> list[dict[str, Any]] | None:
        """The covers as the commands take them; None until something was said."""
        said = self.workspace.answer(COVER)
        return None if said is None else list(said)

    @property
    def events(self) -> list[dict[str, Any]]:
        return list(self.workspace.answer(EVENTS) or [])

    @property
    def off(self) -> frozenset[str]:
        """The ids of the cards that are switched off."""
        if self.is_quiet:
            return frozenset(nudge.id for nudge in NUDGES)
        return frozenset(self.workspace.answer(OFF) or ())

    @property
    def silenced(self) -> frozenset[str]:
        """The cards that do not come up: switched off, or put away for good."""
        return self.off | {nudge.id for nudge in NUDGES if self._is_put_away(nudge.id)}

    @property
    def is_quiet(self) -> bool:
        """Whether all cards are switched off."""
        return bool(self.workspace.answer(QUIET))

    @property
    def is_tailored(self) -> bool:
        """Whether cards may be chosen by the person's own numbers."""
        return self.workspace.answer(TAILORED) is not False

    @property
    def may_keep_health(self) -> bool:
        person = self.workspace.person
        return person is not None and HEALTH in self.store.consents(person.id)

    def allow_health(self) -> None:
        """The person agreed that facts about their health and life are kept."""
        if self.workspace.person is not None and not self.may_keep_health:
            self.store.give_consent(self.workspace.person.id, HEALTH)
            self.changed.emit()

    def forget_health(self) -> None:
        """Withdraw that consent; what was kept under it is erased, past undoing."""
        person = self.workspace.person
        if person is not None:
            self.store.withdraw_consent(person.id, HEALTH)
            self.workspace.open_person(person)
            self.changed.emit()

    def switch(self, card: str, on: bool) -> None:
        """Switch one card on or off; on takes a “never” back."""
        if on and self._is_put_away(card):
            self.take_back(card)
        off = set(self.workspace.answer(OFF) or ())
        off = off - {card} if on else off | {card}
        self.workspace.save_answers({OFF: sorted(off) or None})

    def _is_put_away(self, card: str) -> bool:
        answered = self.last_answer(card)
        return answered is not None and answered.choice == NEVER

    # The card

    def advice(self) -> Advice:
        """The card of the day and what was held back; the same list for everybody if that is wished.

        InputError where an answer cannot be used.
        """
        if not self.is_tailored:
            return neutral(off=self.off)
        if self.workspace.person is None or self.workspace.missing():
            return Advice((), ())
        try:
            case = self.workspace.case()
        except InputError as error:
            if error.code == "too_young":  # children get information only
                return neutral(off=self.off)
            raise
        if case is None:
            return Advice((), ())
        pack = self.workspace.pack
        situation = situation_of(
            case,
            pack,
            cover=read_cover(self.cover, pack),
            events=read_events(self.events),
            log=self.entries(),
            projection=self.workspace.projection,
        )
        return choose(situation, off=self.off)

    @property
    def open_card(self) -> str | None:
        """The id of the card that was shown and not answered yet."""
        return frequency.active_card(self.entries(), self.workspace.today)

    def note_shown(self, card: Card) -> None:
        """Log that a card is before the person's eyes; once for each showing."""
        if card.id != self.open_card:
            self._log(card.id, SHOWN, card.as_log(_))

    def accept(self, card: Card, way: str) -> tuple[PlanStep, ...]:
        """Take one way of a card: its steps go into the plan. Doing nothing is a no."""
        if way == NOTHING:
            self.decline(card)
            return ()
        person = self._person_id()
        deed = uuid.uuid4().hex
        steps = plan_steps(card, way, self.workspace.today, deed)
        for step in steps:
            self.store.add_step(person, step.as_document(), step.due)
        self._answer(card, ACCEPTED, taken=way, deed=deed)
        return steps

    def decline(self, card: Card) -> None:
        self._answer(card, DECLINED, taken=NOTHING)

    def later(self, card: Card) -> None:
        self._answer(card, LATER)

    def never(self, card: Card) -> None:
        self._answer(card, NEVER)

    def take_back(self, card: str) -> None:
        """Undo the last answer to a card, and its steps with it."""
        answered = self.last_answer(card)
        deed = answered.shown.get("deed") if answered is not None else None
        for kept in self.steps():
            if deed and kept.step.deed == deed:
                self.store.remove_step(kept.id)
        self._log(card, REVERSED, {"deed": deed} if deed else {})
        self._tell()

    def last_answer(self, card: str) -> Logged | None:
        """The answer to a card that stands."""
        found: Logged | None = None
        for line in self.log():
            if line.card != card or line.choice in (SHOWN, DONE):
                continue
            found = None if line.choice == REVERSED else line
        return found

    # Steps

    def steps(self) -> tuple[KeptStep, ...]:
        """The steps of the plan, the soonest due first."""
        person = self.workspace.person
        if person is None:
            return ()
        return tuple(
            KeptStep(
                row["id"],
                PlanStep.from_document(row),
                date.fromisoformat(row["done"]) if row["done"] else None,
            )
            for row in self.store.steps(person.id)
        )

    def tick(self, kept: KeptStep, done: bool) -> None:
        self.store.set_step_done(kept.id, self.workspace.today if done else None)
        rest = [each for each in self.steps() if each.step.deed == kept.step.deed]
        if done and all(each.done for each in rest):
            self._log(kept.step.card, DONE, {"deed": kept.step.deed})
        self._tell()

    def remove(self, kept: KeptStep) -> None:
        """Out of the plan; undo puts it back."""
        self.store.remove_step(kept.id)
        self._tell()

    def appointments(self) -> tuple[Appointment, ...]:
        """What is still to be done by a day, for the calendar."""
        person = self._person_id()
        return tuple(
            Appointment(
                f"wenbao-{person}-{kept.id}@wenbao.invalid",
                kept.due,
                kept.step.what.said(_),
                kept.step.where.said(_),
                papers_line(kept.step),
            )
            for kept in self.steps()
            if kept.due is not None and kept.done is None
        )

    # The log

    def log(self) -> tuple[Logged, ...]:
        """Everything that was shown and chosen, the oldest first."""
        person = self.workspace.person
        if person is None:
            return ()
        if self._lines is not None:
            return self._lines
        self._lines = tuple(
            Logged(date.fromisoformat(row["date"]), row["id"], row["choice"], row["shown"])
            for row in self.store.card_log(person.id)
        )
        return self._lines

    def entries(self) -> tuple[LogEntry, ...]:
        return tuple(LogEntry(line.day, line.card, line.choice) for line in self.log())

    def log_document(self) -> list[dict[str, Any]]:
        """The log as the person may save it."""
        return [
            {"date": line.day.isoformat(), "id": line.card, "choice": line.choice, "shown": line.shown}
            for line in self.log()
        ]

    def _answer(self, card: Card, choice: str, **more: Any) -> None:
        self.note_shown(card)
        self._log(card.id, choice, {**card.as_log(_), **more})
        self._tell()

    def _log(self, card: str, choice: str, shown: dict[str, Any]) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self.store.log_card(self._person_id(), self.workspace.today, card, choice, {"at": at, **shown})
        self._forget()

    def _forget(self) -> None:
        self._lines = None

    def _person_id(self) -> int:
        person = self.workspace.person
        if person is None:
            raise RuntimeError("nobody's file is open")
        return person.id

    def _tell(self) -> None:
        self.workspace.undo_changed.emit()
        self.changed.emit()


def papers_line(step: PlanStep) -> str:
    """The papers to bring, in one line; empty if there are none."""
    if not step.papers:
        return ""
    between = "、" if language() == "zh" else ", "
    return _("Bring: {papers}", papers=between.join(paper.said(_) for paper in step.papers))


def soonest(steps: Iterable[KeptStep]) -> KeptStep | None:
    """The open step that is due first."""
    return next((kept for kept in steps if kept.done is None), None)
