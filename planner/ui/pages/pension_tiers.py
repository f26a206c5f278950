"""Pension tiers: what can be kept up, what it costs in the worst months, what it gives; the other ways."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner import text
from planner.text import _
from planner.ui import tasks
from planner.ui.models.outlook import WHEN_RETIRED, has_retired
from planner.ui.models.workspace import NEEDED, Workspace
from planner.ui.pages.page import Page
from planner.ui.pages.tiers.waiting import WaitingCard
from planner.ui.widgets.empty import EmptyState
from planner.values import WenbaoError, mark

if TYPE_CHECKING:
    from planner.ui.pages.tiers.results import Results

_MISSING = {
    "category": mark("whether you are a man or a woman"),
    "born": mark("when you were born"),
    "province": mark("where you work and pay"),
    "occupation": mark("what you do"),
}

_OWN_VALUES = "settings.assumptions."  # how the field of a refused own value begins


class PensionTiersPage(Page):
    """Shows the workspace's projection; asks for it when opened."""

    name = "pension_tiers"
    heading = mark("Pension tiers")
    asks = mark("Which pension tier can you keep up, and what does it give you?")
    is_long = False  # until the sums are done
    rests_on = (*NEEDED, "area", "hukou", "max_lapse", "scenario", "shocks", "assumptions")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.results: Results | None = None  # made once the window has been painted
        self._wants_sums = False
        self.empty = EmptyState(self.look, "pension_tiers")
        self.empty.button.clicked.connect(self._empty_button)
        self.waiting = WaitingCard(self.words)
        self.waiting.cancelled.connect(workspace.cancel_projection)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.waiting)
        self.later(_load_results)
        self.later(self._make_results, self._show_running)
        self.body.addStretch(1)
        workspace.person_changed.connect(self._person_changed)
        workspace.projection_changed.connect(lambda _state: self.mark_stale())
        workspace.projection_progress.connect(self.waiting.show_progress)

    def _make_results(self) -> None:
        from planner.ui.pages.tiers.results import Results

        self.results = Results(self)

    # Deeds

    def activate(self) -> None:
        # while answers are missing too: the sums then begin with the last of them
        self._wants_sums = self.workspace.projection_state == "none" and not has_retired(self.workspace)
        super().activate()
        if self._wants_sums:
            tasks.after_painting(self._want_sums)

    def _want_sums(self) -> None:
        self._wants_sums = False
        self.workspace.want_projection()

    def _empty_button(self) -> None:
        if self.workspace.missing() or has_retired(self.workspace):
            self.workspace.open_page.emit("my_situation")
        elif self.workspace.projection_error is not None and _own_value(self.workspace.projection_error):
            self.save({"assumptions": None})
        else:
            self.workspace.want_projection()

    def save(self, changes: dict[str, object]) -> None:
        """Store changed answers; what is refused is said in a banner."""
        try:
            self.workspace.save_answers(changes)
        except WenbaoError as error:
            self.show_error(error)

    # Showing

    def retranslate(self) -> None:
        super().retranslate()
        if self.results is not None:
            self.results.retranslate()

    def _person_changed(self) -> None:
        if self.results is not None:
            self.results.forget()
        self.mark_stale()

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        projection = self.workspace.projection if not self._hopeless() else None
        running = self._is_running()
        self.waiting.setVisible(running)
        if projection is not None:
            tasks.catch_up()  # the sums may be done before the parts to show them are
        elif running:  # the numbers from before the last change stay meanwhile
            projection = self.results.shown if self.results is not None else None
            self.waiting.older.setVisible(projection is not None)
        if projection is None and not running:
            self._show_empty()
        else:
            self.empty.hide()
        if self.results is not None:
            self.results.show(projection)
        self.show_parts()

    def _show_empty(self) -> None:
        """Why there are no numbers, and the one thing to do."""
        missing = self.workspace.missing()
        error = self.workspace.projection_error
        self.empty.show()
        if missing:
            self.empty.set_words(
                _("Four answers are needed first."),
                _("Still missing: {what}.", what=_join([_(_MISSING[name]) for name in missing])),
                _("Answer them"),
            )
        elif has_retired(self.workspace):
            self.empty.set_words(
                _("You have reached your retirement age; there is no tier left to choose."),
                _(WHEN_RETIRED),
                _("Look at my situation"),
            )
        elif self.workspace.projection_state == "failed" and error is not None:
            self.empty.set_words(
                _("The plans could not be worked out."),
                "\n".join(
                    (_what_happened(error), _("All your answers and bills are kept."), _what_to_do(error))
                ),
                _("Use the program's values again") if _own_value(error) else _("Try again"),
            )
        else:
            self.empty.set_words(
                _("The plans are not worked out yet."),
                _("It takes a few seconds, and nothing leaves this computer."),
                _("Work them out"),
            )
        self.empty.button.setAccessibleName(self.empty.button.text())

    def _show_running(self) -> None:
        if self.results is not None:
            self.results.assumed.show_running(self._is_running())

    def _is_running(self) -> bool:
        """Whether the sums are done now, or will be in a moment."""
        is_running = self._wants_sums or self.workspace.projection_state == "running"
        return is_running and not self._hopeless()

    def _hopeless(self) -> bool:
        """Whether there is nothing to work out for this person."""
        return self.workspace.person is None or bool(self.workspace.missing()) or has_retired(self.workspace)


def _join(parts: list[str]) -> str:
    """A short list in the language's own commas."""
    return ("、" if text.language() == "zh" else ", ").join(parts)


def _own_value(error: Exception) -> str:
    """The name of the assumption whose own value was refused; empty for any other error."""
    field = error.field if isinstance(error, WenbaoError) else ""
    return (field or "").removeprefix(_OWN_VALUES) if (field or "").startswith(_OWN_VALUES) else ""


def _what_happened(error: Exception) -> str:
    if isinstance(error, WenbaoError):
        from planner.report import assumption_words

        name = _own_value(error)
        field = assumption_words.title_of(name) if name else error.field
        return _(error.message, field=field, **error.values)
    return _("Something went wrong inside the program ({name}).", name=type(error).__name__)


def _what_to_do(error: Exception) -> str:
    if _own_value(error):
        return _("Take your own values of the assumptions back, then change them once more.")
    if isinstance(error, WenbaoError):
        return _("Change the answer in question in My situation, then try again.")
    return _("Try again; if it comes back, restart Wenbao.")


def _load_results() -> None:
    """Much is needed to show a projection; it has a turn of its own, while the sums are done."""
    importlib.import_module("planner.ui.pages.tiers.results")
