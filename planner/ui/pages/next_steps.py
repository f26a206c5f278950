"""Next steps: one honest card at a time, the dated plan that follows from a yes, and the log of all of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from planner.advice.card import Advice
from planner.advice.card import Card as AdviceOfTheDay
from planner.report import plan_words
from planner.report.calendar import calendar_file
from planner.text import _, plural
from planner.ui.models import tiers
from planner.ui.models.counsel import COVER, EVENTS, QUIET, TAILORED, Counsel, KeptStep, soonest
from planner.ui.models.outlook import WHEN_RETIRED, has_retired
from planner.ui.models.workspace import NEEDED, Workspace
from planner.ui.pages.page import Page
from planner.ui.widgets.advice_card import LATER, NEVER, AdviceCard
from planner.ui.widgets.card import AnswerCard, Card, clear, label
from planner.ui.widgets.card_log import CardLog, card_title
from planner.ui.widgets.card_switches import CardSwitches
from planner.ui.widgets.cover_editor import CoverEditor
from planner.ui.widgets.empty import EmptyState
from planner.ui.widgets.event_editor import EventEditor
from planner.ui.widgets.fields import Field
from planner.ui.widgets.save_answer import SaveAnswer
from planner.ui.widgets.step_list import StepList
from planner.values import WenbaoError, mark

_ANSWERED = {
    "accepted": mark("Accepted: {card}. Its steps are below."),
    "declined": mark("You said no to: {card}. It will not be asked again for now."),
    "later": mark("Put away for a week: {card}."),
    "never": mark("Put away for good: {card}."),
}


class NextStepsPage(Page):
    """The card of the day, the plan, what covers the person, and every switch to have it otherwise."""

    name = "next_steps"
    heading = mark("Next steps")
    asks = mark("What is worth doing next, and by when?")
    rests_on = (*NEEDED, "area", "cover")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.counsel = Counsel(workspace)
        self._card: AdviceOfTheDay | None = None
        self._answered = ""  # the card whose answer can be taken back with one click
        self._make_answer()
        self._make_plan()
        self._make_cover()
        self._make_events()
        self._make_switches()
        self._make_log()
        self.body.addStretch(1)
        self.counsel.changed.connect(self.mark_stale)
        for signal in (
            workspace.person_changed,
            workspace.answers_changed,
            workspace.earnings_changed,
            workspace.steps_changed,
            workspace.projection_changed,
        ):
            signal.connect(self._workspace_changed)
        workspace.person_changed.connect(self._forget_answered)

    def activate(self) -> None:
        """A new visit: a card may come up again. Which one may hang on the projection."""
        if self._answered:
            self._answered = ""
            self._stale = True
        self.workspace.want_projection()
        super().activate()

    def retranslate(self) -> None:
        super().retranslate()
        for field in self.findChildren(Field):
            field.retranslate()
        self.save_answer.retranslate()

    def _workspace_changed(self, *_state: Any) -> None:
        self.mark_stale()

    def _forget_answered(self) -> None:
        self._answered = ""

    # Building

    def _make_answer(self) -> None:
        self.empty = EmptyState(self.look, "next_steps")
        self.empty.button.clicked.connect(lambda: self.workspace.open_page.emit("my_situation"))
        self.body.addWidget(self.empty)
        self.answer = AnswerCard()
        self.undo = QPushButton()
        self.undo.setProperty("tone", "plain")
        self.undo.clicked.connect(self._take_back)
        self.answer.body.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        self.plans = label(role="muted", selectable=True)
        self.answer.body.addWidget(self.plans)
        self.body.addWidget(self.answer)
        self.card = AdviceCard(self.look.scale / 100)
        self.card.answered.connect(self._chose)
        self.body.addWidget(self.card)
        self.everybody = Card()
        self.body.addWidget(self.everybody)

    def _make_plan(self) -> None:
        self.plan = self.add_card(mark("My steps"))
        self.steps = StepList()
        self.steps.ticked.connect(self._ticked)
        self.steps.removed.connect(self._removed)
        self.plan.body.addWidget(self.steps)
        self.calendar = self._button(mark("Save as a calendar file"), self._save_calendar)
        self.plan.body.addWidget(self.calendar, 0, Qt.AlignmentFlag.AlignLeft)
        self.paper = self.add_card(
            mark("Take it home"),
            mark(
                "Months, plans, injury cover, steps and sources on one page, to print or to show to somebody."
            ),
        )
        self.save_answer = SaveAnswer(self.workspace)
        self.save_answer.saved.connect(self._saved)
        self.save_answer.failed.connect(self.show_error)
        self.paper.body.addWidget(self.save_answer)

    def _make_cover(self) -> None:
        section = self.add_card(
            mark("What covers you now?"),
            mark("It decides which card comes up: nobody needs advice on what they have."),
        )
        self.cover = CoverEditor(self.words)
        self.cover.edited.connect(lambda cover: self._save({COVER: cover}))
        section.body.addWidget(self.cover)

    def _make_events(self) -> None:
        section = self.add_card(
            mark("Did something happen?"),
            mark(
                "While you are ill, injured, out of work or in debt, nobody here asks you to pay more. These"
                " are facts about your health and life: they are kept only if you agree, and erased when you"
                " say so."
            ),
        )
        self.happened = EventEditor(self.words, self.workspace.today)
        self.happened.edited.connect(lambda events: self._save({EVENTS: events or None}))
        self.happened.allowed.connect(self.counsel.allow_health)
        self.happened.forgotten.connect(self.counsel.forget_health)
        section.body.addWidget(self.happened)

    def _make_switches(self) -> None:
        section = self.add_card(mark("Which cards may come up?"))
        self.switches = CardSwitches(self.words)
        self.switches.all_cards.toggled.connect(lambda on: self._save({QUIET: None if on else True}))
        self.switches.tailored.toggled.connect(lambda on: self._save({TAILORED: None if on else False}))
        self.switches.switched.connect(self.counsel.switch)
        section.body.addWidget(self.switches)

    def _make_log(self) -> None:
        section = self.add_card(
            mark("What was shown, and what you chose"),
            mark("Nobody can change this list, and it leaves this computer only if you save it yourself."),
        )
        self.log = CardLog()
        section.body.addWidget(self.log)
        self.save_log = self._button(mark("Save this list"), self._save_log)
        section.body.addWidget(self.save_log, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, words: str, slot: Any) -> QPushButton:
        button = QPushButton()
        self.tell(button.setText, words)
        self.tell(button.setAccessibleName, words)
        button.clicked.connect(slot)
        return button

    # Deeds

    def _save(self, changes: dict[str, Any]) -> None:
        try:
            self.workspace.save_answers(changes)
        except WenbaoError as error:
            self.show_error(error)

    def _chose(self, answer: str) -> None:
        card = self._card
        if card is None:
            return
        self._answered = card.id
        if answer == LATER:
            self.counsel.later(card)
        elif answer == NEVER:
            self.counsel.never(card)
        else:
            self.counsel.accept(card, answer)

    def _take_back(self) -> None:
        card, self._answered = self._answered, ""
        self.counsel.take_back(card)

    def _ticked(self, kept: KeptStep, done: bool) -> None:
        self.counsel.tick(kept, done)

    def _removed(self, kept: KeptStep) -> None:
        self.counsel.remove(kept)
        self.banners.show_banner(
            "info", mark("The step was taken out."), action=(mark("Undo"), self._undo_removal)
        )

    def _undo_removal(self) -> None:
        self.workspace.undo()
        self.banners.clear("info")

    def _save_calendar(self) -> None:
        target = self._target(_("Wenbao steps.ics"), "iCalendar (*.ics)", ".ics")
        if target is not None:
            self._write(target, calendar_file(self.counsel.appointments(), datetime.now(UTC)))

    def _save_log(self) -> None:
        target = self._target(_("Wenbao log.json"), "JSON (*.json)", ".json")
        if target is not None:
            text = json.dumps(self.counsel.log_document(), ensure_ascii=False, indent=1)
            self._write(target, text.encode())

    def _target(self, name: str, kinds: str, ending: str) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self, name, str(Path.home() / name), kinds)
        if not chosen:
            return None
        target = Path(chosen)
        return target if target.suffix.lower() == ending else target.with_name(target.name + ending)

    def _write(self, target: Path, data: bytes) -> None:
        try:
            target.write_bytes(data)
        except OSError as error:
            self.banners.show_banner(
                "danger",
                mark("{file} could not be written: {reason}"),
                {"file": target.name, "reason": error.strerror or ""},
                hints=[mark("Nothing is lost; choose another folder and save again.")],
            )
            return
        self._saved(target)

    def _saved(self, target: Path) -> None:
        self.banners.clear("good")
        self.banners.show_banner("good", mark("Saved: {file}"), {"file": str(target)})

    # Showing

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        self.card.scale = self.look.scale / 100
        steps = self.counsel.steps()
        advice = self._advice()
        self._show_card(advice)
        self._show_answer(advice, steps)
        self._show_plans()
        self.plan.setVisible(bool(steps))
        self.steps.show_steps(steps, self.workspace.today)
        self.calendar.setVisible(any(kept.due and not kept.done for kept in steps))
        self.cover.show_cover(self.counsel.cover)
        self.happened.show_events(self.counsel.events, may_keep=self.counsel.may_keep_health)
        self.switches.show_state(
            quiet=self.counsel.is_quiet, tailored=self.counsel.is_tailored, off=self.counsel.silenced
        )
        self.log.show_log(self.counsel.log())
        self.save_log.setVisible(bool(self.counsel.log()))

    def _show_plans(self) -> None:
        """The pension plan of the person's own choice, beside the suggested one where they differ."""
        projection, mine = self.workspace.projection, str(self.workspace.answer(tiers.CHOSEN) or "")
        own = tiers.plan_of(projection, mine) if projection is not None and mine else None
        self.plans.setVisible(projection is not None and bool(mine))
        if projection is None or not mine:
            return
        if own is None:
            self.plans.setText(plan_words.lost_choice())
            return
        lines = [plan_words.own_choice(own)]
        if mine != projection.recommended:
            lines.append(plan_words.suggestion(projection.plan(projection.recommended)))
        self.plans.setText("\n".join(lines))

    def _advice(self) -> Advice:
        try:
            advice = self.counsel.advice()
        except WenbaoError as error:
            self.show_error(error, todo=mark("Change the answer under My situation."))
            return Advice((), ())
        if advice.tailored and self._answered:
            return Advice((), advice.held_back)  # no further card right behind an answer
        is_waiting = advice.tailored and self.workspace.projection_state == "running"
        if is_waiting and not any(card.id == self.counsel.open_card for card in advice.cards):
            return Advice((), advice.held_back)  # which card comes first may hang on the projection
        return advice

    def _show_card(self, advice: Advice) -> None:
        self._card = advice.cards[0] if advice.tailored and advice.cards else None
        self.card.setVisible(self._card is not None)
        if self._card is not None:
            if self.isVisible():
                self.counsel.note_shown(self._card)
            self.card.show_card(self._card)
        self.everybody.setVisible(not advice.tailored and bool(advice.cards))
        clear(self.everybody.body)
        if not advice.tailored:
            for card in advice.cards:
                self.everybody.body.addWidget(label(_(card.title), "field", selectable=True))
                self.everybody.body.addWidget(label(card.reason.said(_), selectable=True))

    def _show_answer(self, advice: Advice, steps: tuple[KeptStep, ...]) -> None:
        missing = bool(self.workspace.missing()) and advice.tailored
        self.empty.setVisible(missing)
        self.answer.setVisible(not missing)
        self.paper.setVisible(not missing and not has_retired(self.workspace))
        self.empty.set_words(
            _("A few answers first, then one step at a time."),
            _("Say who you are, where you work and what you do. Nothing leaves this computer."),
            _("Go to My situation"),
        )
        answered = self.counsel.last_answer(self._answered) if self._answered else None
        self.undo.setVisible(answered is not None)
        self.undo.setText(_("Take that back"))
        self.undo.setAccessibleName(_("Take that back"))
        lines = []
        if answered is not None:
            lines.append(_(_ANSWERED[answered.choice], card=card_title(answered.card)))
        self.answer.set_answer(self._sentence(advice, steps), "\n".join([*lines, *self._notes(advice)]))

    def _sentence(self, advice: Advice, steps: tuple[KeptStep, ...]) -> str:
        following = soonest(steps)
        if following is not None and following.due is not None:
            late = following.due < self.workspace.today
            message = mark("Was due on {day}: {what}") if late else mark("By {day}: {what}")
            return _(message, day=following.due.isoformat(), what=following.step.what.said(_))
        if following is not None:
            return following.step.what.said(_)
        if not advice.tailored and advice.cards:
            return _("What everybody may want to look at.")
        if advice.cards:
            return _("One thing is worth a look: {card}.", card=_(advice.cards[0].title))
        if has_retired(self.workspace):
            return _("You have reached your retirement age: ask where and when to claim the pension.")
        if self.workspace.projection_state == "running":
            return _("Your numbers are being worked out.")
        if self.counsel.is_quiet:
            return _("Cards are switched off.")
        return _("Nothing needs doing now.")

    def _notes(self, advice: Advice) -> list[str]:
        notes = []
        if has_retired(self.workspace):
            return [_(WHEN_RETIRED)]
        if advice.tailored and self.workspace.projection_state == "failed":
            notes.append(
                _("Your numbers could not be worked out, so only cards that do without them can come up.")
            )
        waiting = {held.id for held in advice.held_back if held.because == "E12"}
        if advice.cards and waiting:
            notes.append(
                plural(
                    "{count} more card waits: one at a time, two a month at most.",
                    "{count} more cards wait: one at a time, two a month at most.",
                    len(waiting),
                )
            )
        return notes
