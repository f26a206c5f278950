"""The button that makes a plan the person's own, and what that does and does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from planner.report import plan_words
from planner.text import _
from planner.ui.widgets.card import label

if TYPE_CHECKING:
    from planner.projection.results import PlanResult


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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.button)
        row.addWidget(self.note, 1)

    def show_plan(self, plan: PlanResult, *, is_mine: bool) -> None:
        """Offer `plan`, or say that it is the person's own already."""
        self._plan_id = plan.plan.id
        self.button.setEnabled(not is_mine)
        self.button.setText(_("Make {plan} my plan", plan=plan_words.name_of(plan)))
        self.button.setAccessibleName(self.button.text())
        self.note.setText(
            _("This is your plan. Change it whenever you like; this program pays nothing.")
            if is_mine
            else _("Only noted on this computer: nothing is paid or sent, and you can undo it.")
        )
