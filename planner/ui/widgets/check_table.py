"""A table whose rows are ticked in or out, by mouse or by the space bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from planner.ui.widgets.number_table import Index, NumberTable, RowsModel


class CheckModel(RowsModel):
    """Rows with a tick in the first column; `ids` are what `ticked` reports."""

    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.ids: tuple[Any, ...] = ()
        self.checked: list[bool] = []

    def set_ticks(self, ids: Sequence[Any], checked: Sequence[bool]) -> None:
        """Call before `set_rows`."""
        self.ids, self.checked = tuple(ids), list(checked)

    def update_ticks(self, rows: Sequence[Sequence[Any]], checked: Sequence[bool]) -> None:
        """The same rows ticked otherwise; the place of the view stays."""
        self.rows, self.checked = tuple(tuple(row) for row in rows), list(checked)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.header) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and index.row() < len(self.checked):
            return Qt.CheckState.Checked if self.checked[index.row()] else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        checked = Qt.CheckState(value) == Qt.CheckState.Checked
        self.checked[index.row()] = checked
        self.dataChanged.emit(index, index)
        self.ticked.emit(self.ids[index.row()], checked)
        return True


class CheckTable(NumberTable):
    """`ticked` carries the row's id and whether it is in."""

    ticked = Signal(object, bool)

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.ticks = CheckModel()
        self.model_ = self.ticks
        self.setModel(self.ticks)
        self.ticks.ticked.connect(self.ticked)

    def set_checked_rows(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        ids: Sequence[Any],
        checked: Sequence[bool],
        *,
        visible: int = 8,
    ) -> None:
        """Show `rows`; the selection stays on the row it was on."""
        if tuple(ids) == self.ticks.ids and tuple(header) == self.ticks.header:
            self.ticks.update_ticks(rows, checked)
            self.fit()  # the letters may be larger
            return
        current = self.currentIndex().row()
        self.ticks.set_ticks(ids, checked)
        self.set_rows(header, rows, visible=visible)
        if current > 0 and rows:
            self.selectRow(min(current, len(rows) - 1))
        else:  # to find a row on screen all columns are measured: in a turn of its own
            QTimer.singleShot(0, self, self._choose_first)

    def _choose_first(self) -> None:
        if self.ticks.rows and not self.currentIndex().isValid():
            self.selectRow(0)

    def sizeHintForColumn(self, column: int) -> int:
        hint = super().sizeHintForColumn(column)
        return (
            hint + self.fontMetrics().height() if column == 0 else hint
        )  # the box of the style sheet is larger

    def current_id(self) -> Any:
        """The id of the row that the cursor is on, or None."""
        row = self.currentIndex().row()
        return self.ticks.ids[row] if 0 <= row < len(self.ticks.ids) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and 0 <= row < len(self.ticks.checked):
            state = Qt.CheckState.Unchecked if self.ticks.checked[row] else Qt.CheckState.Checked
            self.ticks.setData(self.ticks.index(row, 0), state, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)
