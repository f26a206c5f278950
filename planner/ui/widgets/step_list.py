"""The steps of one's plan: what, where, with which papers, by when; ticked when done, or taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.text import _, plural
from planner.ui.models.counsel import KeptStep, papers_line
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import clear, label, rule
from planner.ui.widgets.turning_row import TurningRow

SOON = 7  # days


class StepList(QWidget):
    """`ticked` carries a step and whether it is done, `removed` the step to take out."""

    ticked = Signal(object, bool)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.boxes: dict[int, QCheckBox] = {}
        self.removals: dict[int, QPushButton] = {}

    def show_steps(self, steps: Sequence[KeptStep], today: date) -> None:
        """What is open first, the soonest due at the top."""
        clear(self._column)
        self.boxes, self.removals = {}, {}
        for number, kept in enumerate(sorted(steps, key=lambda kept: kept.done is not None)):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(kept, today))

    def _row(self, kept: KeptStep, today: date) -> QWidget:
        step = kept.step
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        what = step.what.said(_)
        box = QCheckBox()
        box.setChecked(kept.done is not None)
        box.setAccessibleName(_("Done: {what}", what=what))
        box.setToolTip(_("Done"))
        box.toggled.connect(lambda done: self.ticked.emit(kept, done))
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        beside = TurningRow(spacing=12)
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(label(what, "muted" if kept.done else "field", selectable=True))
        words.addWidget(label(_("Where: {place}", place=step.where.said(_)), "muted", selectable=True))
        if papers := papers_line(step):
            words.addWidget(label(papers, "muted", selectable=True))
        beside.add(said, stretches=True)
        when, tone = due_words(kept, today)
        beside.add(Badge(when, tone))
        remove = QPushButton(_("Take out"))
        remove.setProperty("tone", "plain")
        remove.setAccessibleName(_("Take out: {what}", what=what))
        remove.clicked.connect(lambda: self.removed.emit(kept))
        beside.add(remove)
        row.addWidget(beside, 1)
        self.boxes[kept.id], self.removals[kept.id] = box, remove
        return holder


def due_words(kept: KeptStep, today: date) -> tuple[str, str]:
    """By when, and the tone of it: done, late, soon or in good time."""
    if kept.done is not None:
        return _("Done on {day}", day=kept.done.isoformat()), "good"
    if kept.due is None:
        return _("Any day"), "info"
    days = (kept.due - today).days
    if days < 0:
        return _("Was due on {day}", day=kept.due.isoformat()), "warn"
    if days == 0:
        return _("Today"), "warn"
    if days <= SOON:
        return plural("In {count} day", "In {count} days", days), "warn"
    return _("By {day}", day=kept.due.isoformat()), "info"
