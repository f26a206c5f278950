"""The button that puts the whole answer on one A4 page: for the page of next steps and that of the tiers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from planner.advice.catalogue import NUDGES
from planner.text import _
from planner.ui import tasks
from planner.ui.models import tiers
from planner.ui.models.counsel import Counsel, papers_line
from planner.ui.models.workspace import Workspace
from planner.ui.widgets.card import label
from planner.values import WenbaoError, mark

_PAYING = frozenset(nudge.id for nudge in NUDGES if nudge.risk == "pension")


class SaveAnswer(QWidget):
    """Usable once the projection is ready; `saved` carries the file, `failed` what went wrong."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.button = QPushButton()
        self.button.clicked.connect(self.save)
        self.note = label(role="muted")
        row.addWidget(self.button)
        row.addWidget(self.note, 1)
        workspace.projection_changed.connect(lambda _state: self.retranslate())
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again, and whether it can be had already."""
        words = _("Save my answer (PDF)")
        self.button.setText(words)
        self.button.setAccessibleName(words)
        ready = self.workspace.projection is not None
        self.button.setEnabled(ready)
        notes = {
            "none": mark("The page can be made when the first four answers of My situation are given."),
            "running": mark("Your numbers are being worked out; the page can be made in a moment."),
            "failed": mark("Your numbers could not be worked out, so there is no page yet."),
        }
        self.note.setText("" if ready else _(notes.get(self.workspace.projection_state, notes["running"])))

    def save(self) -> None:
        """Ask where, and write it there."""
        person = self.workspace.person
        if person is None or self.workspace.projection is None:
            return
        name = _("Wenbao {name} {day}.pdf", name=_harmless(person.name), day=self.workspace.today.isoformat())
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save my answer (PDF)"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, target: Path) -> None:
        """Write the page into `target`: months are drawn off the main thread, text is laid out on it."""
        person, projection = self.workspace.person, self.workspace.projection
        if person is None or projection is None:
            return
        from planner.report.answer import StepLine, answer_sheet
        from planner.report.sheet import a4_sheet

        target = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
        steps = [
            StepLine(
                kept.step.what.said(_),
                kept.step.where.said(_),
                papers_line(kept.step),
                kept.due,
                pays=kept.step.card in _PAYING,
            )
            for kept in Counsel(self.workspace).steps()
            if kept.done is None
        ]
        picture, pack = self.workspace.picture, self.workspace.pack
        mine = str(self.workspace.answer(tiers.CHOSEN) or "")
        chosen = tiers.plan_of(projection, mine) if mine else None

        def work(_task: tasks.Task) -> Any:
            return answer_sheet(
                projection, pack, person=person.name, picture=picture, steps=steps, chosen=chosen
            )

        def done(sheet: Any) -> None:
            self.retranslate()
            try:
                a4_sheet(sheet, target)
            except OSError as error:
                reason = error.strerror or ""
                message = mark("{file} could not be written: {reason}")
                self.failed.emit(WenbaoError("not_written", message, file=target.name, reason=reason))
                return
            self.saved.emit(target)

        def wrong(error: Exception) -> None:
            self.retranslate()
            self.failed.emit(error)

        self.button.setEnabled(False)
        tasks.run(work, done, wrong)


def _harmless(name: str) -> str:
    """A person's name as part of a file's name."""
    return "".join(letter for letter in name if letter not in '\\/:*?"<>|').strip() or "Wenbao"
