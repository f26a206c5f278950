"""The plans as a table: the row under the cursor is shown below, Enter makes it the person's own plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from planner.ui.widgets.number_table import Index, NamedRows, RowsModel

_SPARE = (6, 8, 7, 4, 2)  # paid in all, return, even at, likely range, at worst: all stand below as well
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PlansModel(RowsModel):
    """Rows with an id each; those of `strong` are bold, all but the names are set right."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: tuple[str, ...] = ()
        self.strong: frozenset[str] = frozenset()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and index.isValid() and index.column() > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and index.isValid() and self.ids[index.row()] in self.strong:
            font = QFont()
            font.setBold(True)
            return font
        return super().data(index, role)

    def _numeric(self, column: int) -> bool:
        return column > 0


class PlanTable(NamedRows):
    """`shown` carries the id of the row the cursor moved to, `chosen` that of the row taken by Enter."""

    shown = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(spare=_SPARE)
        self.setObjectName("plans")
        self.plans = PlansModel()
        self.model_ = self.plans
        self.setModel(self.plans)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: self.chosen.emit(self.plans.ids[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._moved)

    def set_plans(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        ids: Sequence[str],
        strong: frozenset[str],
        current: str,
    ) -> None:
        """Show the plans with the cursor on `current`, without telling anybody."""
        with QSignalBlocker(self):
            self.plans.ids, self.plans.strong = tuple(ids), strong
            self.set_rows(header, rows, visible=14)
            self.show_plan(current)

    def show_plan(self, plan_id: str) -> None:
        """Put the cursor on a plan without telling anybody; on none where it is not in the table."""
        with QSignalBlocker(self):
            if plan_id in self.plans.ids:
                self.selectRow(self.plans.ids.index(plan_id))
            else:
                self.clearSelection()

    @property
    def current(self) -> str:
        """The id of the row the cursor is on; empty if on none."""
        rows = self.selectionModel().selectedRows()
        return self.plans.ids[rows[0].row()] if rows else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSING and self.current:
            self.chosen.emit(self.current)
            return
        super().keyPressEvent(event)

    def _moved(self, row: Index, _before: Index) -> None:
        if row.isValid() and not self.signalsBlocked():
            self.shown.emit(self.plans.ids[row.row()])
