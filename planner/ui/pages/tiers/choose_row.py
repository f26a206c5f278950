"""The button that makes a plan the person's own, and what that does and does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from planner.report import plan_words
from planner.text import _
from planner.ui.widgets.card import label
from planner.ui.widgets.turning_row import TurningRow

if TYPE_CHECKING:
    from planner.projection.results import PlanResult


class ChooseRow(TurningRow):
    """`chosen` carries the id of the plan."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan_id = ""
        self.button = QPushButton()
        self.button.setProperty("tone", "primary")
        self.button.clicked.connect(lambda: self.chosen.emit(self._plan_id))
        self.note = label(role="muted", selectable=True)
        self.add(self.button)
        self.add(self.note, stretches=True)

    def show_plan(self, plan: PlanResult, *, is_mine: bool) -> None:
        """Offer `plan`, or say that it is the person's own already."""
        self._plan_id = plan.plan.id
        name = plan_words.name_of(plan)
        self.button.setEnabled(not is_mine)
        self.button.setText(_("Make this my plan"))
        self.button.setAccessibleName(_("Make {plan} my plan", plan=name))
        self.note.setText(
            _("{plan}: this is your plan. Change it whenever you like; this program pays nothing.", plan=name)
            if is_mine
            else _(
                "{plan}: only noted on this computer; nothing is paid or sent, and you can undo it.",
                plan=name,
            )
        )
