"""A table of numbers or words: by keyboard, copyable, as tall as its rows need."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from planner.text import money, number
from planner.values import Money

_AROUND = 14  # pixels above and below the words of a row
_LEAST_NAME = 0.8  # of the longest name that has room beside the other columns
_NUMBERS = int | float | Decimal | Money
_ROLES = frozenset(  # the view asks each cell for a dozen more when it measures
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
Index = QModelIndex | QPersistentModelIndex


def cell_text(value: Any) -> str:
    """How a cell reads: numbers with thousands separated, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, int):
        return number(Decimal(value))
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return number(value, max(0, -exponent) if isinstance(exponent, int) else 0)
    if isinstance(value, float):
        return number(value, 0 if abs(value) >= 100 else 2)
    return str(value)


class RowsModel(QAbstractTableModel):
    """Plain rows under plain headings."""

    def __init__(self) -> None:
        super().__init__()
        self.header: tuple[str, ...] = ()
        self.rows: tuple[tuple[Any, ...], ...] = ()

    def set_rows(self, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self.beginResetModel()
        self.header = tuple(header)
        self.rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        value = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(value, _NUMBERS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.header[index.column()]}: {cell_text(value)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.header):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.header[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self._numeric(section) else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _numeric(self, column: int) -> bool:
        return bool(self.rows) and isinstance(self.rows[0][column], _NUMBERS)


class NumberTable(QTableView):
    """Shows rows; arrows move, Ctrl+C copies the selection with tabs between the cells."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = RowsModel()
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setResizeContentsPrecision(20)  # measuring every row freezes the window
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalScrollBar().rangeChanged.connect(self.fit)
        self.visible_rows = 12

    def set_rows(self, header: Sequence[str], rows: Sequence[Sequence[Any]], *, visible: int = 12) -> None:
        """Show `rows` under `header`; at most `visible` rows are tall, the rest scrolls."""
        self.visible_rows = visible
        self.model_.set_rows(header, rows)
        self.fit()

    def fit(self) -> None:
        """Take the height that the rows need, and the bar below them where they are too wide."""
        line = QFontMetrics(self.font()).height() + _AROUND
        self.verticalHeader().setDefaultSectionSize(line)
        shown = min(max(1, self.model_.rowCount()), self.visible_rows)
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + line * shown + self._bar_below() + 6
        )

    def _bar_below(self) -> int:
        """Pixels that the bar takes where the columns are too wide together."""
        bar = self.horizontalScrollBar()
        return bar.sizeHint().height() if bar.maximum() > 0 else 0

    def text(self, *, whole: bool = False) -> str:
        """The selected rows (or all) with tabs between the cells, headings first."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = self.model_.rows if whole or not chosen else [self.model_.rows[row] for row in chosen]
        lines = [self.model_.header, *([cell_text(cell) for cell in row] for row in rows)]
        return "\n".join("\t".join(line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
            return
        super().keyPressEvent(event)


class NamedRows(NumberTable):
    """A table whose first column names its rows, and which gives up columns before it scrolls sideways.

    Where there is little room, the columns `spare` are left out in their order, and long names take
    several lines.
    """

    def __init__(self, name: str = "", *, spare: Sequence[int] = ()) -> None:
        super().__init__(name)
        self._spare = tuple(spare)
        self._needed: list[int] = []  # pixels, of each column
        self.horizontalHeader().setStretchLastSection(False)

    def set_rows(self, header: Sequence[str], rows: Sequence[Sequence[Any]], *, visible: int = 12) -> None:
        super().set_rows(header, rows, visible=visible)
        self._measure()
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._needed:
            self._measure()
            self._share_room()

    def _measure(self) -> None:
        """What each column needs to be whole."""
        head = self.horizontalHeader()
        for column in range(head.count()):
            self.setColumnHidden(column, False)
        self._needed = [
            max(self.sizeHintForColumn(column), head.sectionSizeHint(column))
            for column in range(head.count())
        ]

    def _share_room(self) -> None:
        if not self._needed:
            return
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        whole, room = self._needed[0], self.viewport().width()
        shown = list(range(1, len(self._needed)))
        for column in self._spare:
            if room - sum(self._needed[at] for at in shown) >= _LEAST_NAME * whole:
                break
            if column in shown:
                shown.remove(column)
        for column in range(1, len(self._needed)):
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, self._needed[column])
        left = room - sum(self._needed[column] for column in shown)
        self.setColumnWidth(0, max(left, round(0.3 * room)))
        self.fit()
        if left < whole:
            self._wrap_names()

    def _wrap_names(self) -> None:
        """Rows as tall as their names need in the width that there is."""
        for row, cells in enumerate(self.model_.rows):
            index = self.model_.index(row, 0)
            font = index.data(Qt.ItemDataRole.FontRole)
            metrics = QFontMetrics(font.resolve(self.font()) if isinstance(font, QFont) else self.font())
            said, whole = cell_text(cells[0]), self.sizeHintForIndex(index).width()
            if whole > self.columnWidth(0):
                wide = self.columnWidth(0) - (whole - metrics.horizontalAdvance(said))
                words = metrics.boundingRect(0, 0, wide, 10_000, Qt.TextFlag.TextWordWrap, said)
                self.setRowHeight(row, words.height() + _AROUND)
        shown = sum(self.rowHeight(row) for row in range(min(len(self.model_.rows), self.visible_rows)))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown + self._bar_below() + 6)
