"""The words in the cells of a table, where a style sheet alone would lose their colour or their last line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from planner.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex

PADDING = 8  # pixels left and right of the words, as the style sheet has it


class ItemWords(QStyledItemDelegate):
    """Keeps the model's colour of a cell in a selected row, and finds how tall words of several lines are."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if colour is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if option.rect.width() > 0:  # the height at that width: Qt would measure as if there were no padding
            around = self._look.px(PADDING)
            option.rect = option.rect.adjusted(around, 0, -around, 0)
        return super().sizeHint(option, index)
