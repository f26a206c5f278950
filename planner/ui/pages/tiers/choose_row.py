"""The button that makes a plan the person's own, and what that does and does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from planner.report import plan_words
from planner.text import _
from planner.ui.widgets.card import label

if TYPE_CHECKING:
    from planner.projection.results import PlanResult


_LEAST_NOTE = 40  # letters


class ChooseRow(QWidget):
    """`chosen` carries the id of the plan."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan_id = ""
        self.button = QPushButton()
        self.button.setProperty("tone", "primary")
        self.button.clicked.connect(lambda: self.chosen.emit(self._plan_id))
        self.note = label(role="muted", selectable=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(self.note, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The note beside the button, below it where it would become a narrow column."""
        beside = self.width() - self.button.sizeHint().width()
        is_wide = beside >= _LEAST_NOTE * self.note.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)

    def show_plan(self, plan: PlanResult, *, is_mine: bool) -> None:
        """Offer `plan`, or say that it is the person's own already."""
        self._plan_id = plan.plan.id
        self.button.setEnabled(not is_mine)
        self.button.setText(_('Make "{plan}" my plan', plan=plan_words.name_of(plan)))
        self.button.setAccessibleName(self.button.text())
        self.note.setText(
            _("This is your plan. Change it whenever you like; this program pays nothing.")
            if is_mine
            else _("Only noted on this computer: nothing is paid or sent, and you can undo it.")
        )
        self._arrange()
