"""The quick table to type months of income, for apps that export nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from planner import text
from planner.text import _
from planner.ui.widgets.fields import parse_amount
from planner.ui.widgets.number_table import Index
from planner.values import InputError, Month


class MonthModel(QAbstractTableModel):
    """Months downwards; typed yuan can be edited, what the files say stands beside it."""

    typed = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.months: tuple[Month, ...] = ()
        self.amounts: dict[Month, Decimal] = {}
        self.filed: Mapping[Month, Decimal] = {}

    def set_months(
        self, months: Sequence[Month], amounts: Mapping[Month, Decimal], filed: Mapping[Month, Decimal]
    ) -> None:
        if tuple(months) != self.months:
            self.beginResetModel()
            self.months, self.amounts, self.filed = tuple(months), dict(amounts), filed
            self.endResetModel()
            return
        self.amounts, self.filed = dict(amounts), filed
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)
        if self.months:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.months) - 1, 2))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.months)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Month"), _("Typed by me (yuan)"), _("From files (yuan)"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 1 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        month = self.months[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(column, Qt.Orientation.Horizontal)
            return f"{text.month(month)} {heading} {self._words(month, column)}"
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(month, column)
        if role == Qt.ItemDataRole.EditRole and column == 1:
            amount = self.amounts.get(month)
            return "" if amount is None else f"{amount:f}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != 1:
            return False
        return self._take({self.months[index.row()]: str(value)})

    def paste(self, row: int, lines: Sequence[str]) -> bool:
        """A column of numbers from the clipboard, one a month from `row` on."""
        return self._take(dict(zip(self.months[row:], lines, strict=False)))

    def _take(self, typed: Mapping[Month, str]) -> bool:
        try:
            amounts = {month: parse_amount(words) for month, words in typed.items()}
        except InputError as error:
            self.refused.emit(error)
            return False
        changed = {month: amount for month, amount in amounts.items() if amount != self.amounts.get(month)}
        if changed:
            self.typed.emit(changed)
        return True

    def _words(self, month: Month, column: int) -> str:
        if column == 0:
            return text.month(month)
        amount = self.amounts.get(month) if column == 1 else self.filed.get(month)
        if amount is None:
            return ""
        return text.number(amount, 0 if amount == amount.to_integral() else 2)


class MonthGrid(QTableView):
    """Type a number, press Enter, type the next; a column of numbers can be pasted."""

    def __init__(self) -> None:
        super().__init__()
        self.model_ = MonthModel()
        self.setModel(self.model_)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)

    def set_months(
        self,
        months: Sequence[Month],
        amounts: Mapping[Month, Decimal],
        filed: Mapping[Month, Decimal],
        *,
        visible: int = 8,
    ) -> None:
        self.model_.set_months(months, amounts, filed)
        line = QFontMetrics(self.font()).height() + 16
        self.verticalHeader().setDefaultSectionSize(line)
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + line * min(visible, len(months)) + 6
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = QGuiApplication.clipboard().text().splitlines()
            if lines and self.currentIndex().isValid():
                self.model_.paste(self.currentIndex().row(), [line.split("\t")[-1] for line in lines])
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex().column() == 1:
            self.model_.setData(self.currentIndex(), "")
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter and Tab go one month down, as in a spreadsheet; Shift+Tab one up."""
        hints = QAbstractItemDelegate.EndEditHint
        step = {hints.SubmitModelCache: 1, hints.EditNextItem: 1, hints.EditPreviousItem: -1}.get(hint, 0)
        super().closeEditor(editor, hints.NoHint)
        index = self.currentIndex()
        next_index = index.siblingAtRow(index.row() + step)
        if step and next_index.isValid():
            self.setCurrentIndex(next_index)
