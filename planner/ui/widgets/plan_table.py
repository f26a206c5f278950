"""The plans as a table: the row under the cursor is shown below, Enter makes it the person's own plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from planner.ui.widgets.number_table import Index, NumberTable, RowsModel

_LEAST_NAME = 0.5  # of the longest name stays readable; a narrower table scrolls
_MOST_NAME = 0.55  # of the table, for the names where it scrolls sideways anyway
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
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid() and index.column() == 0:
            return self.rows[index.row()][0]  # a long name may be cut short
        return super().data(index, role)

    def _numeric(self, column: int) -> bool:
        return column > 0


class PlanTable(NumberTable):
    """`shown` carries the id of the row the cursor moved to, `chosen` that of the row taken by Enter."""

    shown = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plans")
        self.plans = PlansModel()
        self.model_ = self.plans
        self.setModel(self.plans)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().sectionResized.connect(self._resized)
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
            self._fit_names()
            self.show_plan(current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def _resized(self, column: int, _before: int, _now: int) -> None:
        if column:
            self._fit_names()

    def _fit_names(self) -> None:
        """The names take what the numbers leave, cut short before the table has to scroll sideways."""
        if not self.plans.header:
            return
        header = self.horizontalHeader()
        if header.sectionResizeMode(0) != QHeaderView.ResizeMode.Interactive:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)  # lost with each new table
        numbers = sum(header.sectionSize(column) for column in range(1, header.count()))
        whole = self.sizeHintForColumn(0)
        least, wide = round(_LEAST_NAME * whole), self.viewport().width()
        left = wide - numbers
        # once it has to scroll, short names would help nobody
        self.setColumnWidth(0, left if left >= least else max(least, min(whole, round(_MOST_NAME * wide))))

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
