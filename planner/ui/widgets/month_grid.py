"""The quick table to type months of income, for apps that export nothing."""

from __future__ import annotations

import re
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
from planner.values import InputError, Month, mark

_UNIT = re.compile(r"\s*([（(].*)$")  # on a line of its own: columns stay narrow with large letters
MOST_ORDERS = 10_000  # a month
MOST_HOURS = 744
MONTH, FILED = 0, 4
TYPED = {1: "cny", 2: "orders", 3: "hours"}  # columns that can be edited
Work = tuple[int | None, Decimal | None]


class MonthModel(QAbstractTableModel):
    """Months downwards; yuan, orders and hours can be typed, what the files say stands beside them.

    `typed` carries what changed: month -> `cny`, `orders` or `hours` -> number or None.
    """

    typed = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.months: tuple[Month, ...] = ()
        self.amounts: dict[Month, Decimal] = {}
        self.filed: Mapping[Month, Decimal] = {}
        self.work: Mapping[Month, Work] = {}

    def set_months(
        self,
        months: Sequence[Month],
        amounts: Mapping[Month, Decimal],
        filed: Mapping[Month, Decimal],
        work: Mapping[Month, Work],
    ) -> None:
        self.work = work
        if tuple(months) != self.months:
            self.beginResetModel()
            self.months, self.amounts, self.filed = tuple(months), dict(amounts), filed
            self.endResetModel()
            return
        self.amounts, self.filed = dict(amounts), filed
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, FILED)
        if self.months:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.months) - 1, FILED))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.months)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FILED + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _UNIT.sub(r"\n\1", self.heading(section))
        return None

    def heading(self, column: int) -> str:
        """What a column holds, with its unit."""
        return (
            _("Month"),
            _("Typed (yuan)"),
            _("Orders"),
            _("Hours"),
            _("From files (yuan)"),
        )[column]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in TYPED else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        month = self.months[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{text.month(month)} {self.heading(column)} {self._words(month, column)}"
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(month, column)
        if role == Qt.ItemDataRole.EditRole and column in TYPED:
            number = self.number(month, column)
            return "" if number is None else f"{number:f}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() not in TYPED:
            return False
        return self._take({self.months[index.row()]: str(value)}, index.column())

    def paste(self, row: int, lines: Sequence[str], column: int = 1) -> bool:
        """A column of numbers from the clipboard, one a month from `row` on."""
        return self._take(dict(zip(self.months[row:], lines, strict=False)), column)

    def number(self, month: Month, column: int) -> Decimal | None:
        """The number in a cell, None in an empty one."""
        if column == 1:
            return self.amounts.get(month)
        if column == FILED:
            return self.filed.get(month)
        orders, hours = self.work.get(month, (None, None))
        return hours if column == 3 else None if orders is None else Decimal(orders)

    def _take(self, typed: Mapping[Month, str], column: int) -> bool:
        try:
            numbers = {month: _number(words, column) for month, words in typed.items()}
        except InputError as error:
            self.refused.emit(error)
            return False
        changed = {month: found for month, found in numbers.items() if found != self.number(month, column)}
        if changed:
            name = TYPED[column]
            self.typed.emit(
                {
                    month: {name: int(found) if name == "orders" and found is not None else found}
                    for month, found in changed.items()
                }
            )
        return True

    def _words(self, month: Month, column: int) -> str:
        if column == 0:
            return text.month(month)
        number = self.number(month, column)
        if number is None:
            return ""
        return text.number(number, 0 if column == FILED or number == number.to_integral() else 2)


def _number(words: str, column: int) -> Decimal | None:
    """What was typed into a cell; InputError for what no month can hold."""
    number = parse_amount(words)
    if number is None or column == 1:
        return number
    most = MOST_ORDERS if column == 2 else MOST_HOURS
    if number > most or (column == 2 and number != number.to_integral()):
        raise InputError(
            "bad_number",
            mark("Please type a whole number up to {most}.")
            if column == 2
            else mark("Please type a number up to {most}."),
            most=most,
        )
    return number


class MonthGrid(QTableView):
    """Type a number, press Enter, type the next; a column of numbers can be pasted."""

    def __init__(self) -> None:
        super().__init__()
        self.model_ = MonthModel()
        self.setModel(self.model_)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(MONTH, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)

    def set_months(
        self,
        months: Sequence[Month],
        amounts: Mapping[Month, Decimal],
        filed: Mapping[Month, Decimal],
        work: Mapping[Month, Work],
        *,
        visible: int = 8,
    ) -> None:
        self.model_.set_months(months, amounts, filed, work)
        line = QFontMetrics(self.font()).height() + 16
        self.verticalHeader().setDefaultSectionSize(line)
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + line * min(visible, len(months)) + 6
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = QGuiApplication.clipboard().text().splitlines()
            if lines and self.currentIndex().isValid():
                column = self.currentIndex().column() if self.currentIndex().column() in TYPED else 1
                self.model_.paste(self.currentIndex().row(), [line.split("\t")[-1] for line in lines], column)
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex().column() in TYPED:
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
