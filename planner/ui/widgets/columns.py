"""Things side by side, as many in a row as the width has room for; large letters make fewer columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class Columns(QWidget):
    """At most `most` columns of equal width; asks its parent for the width of one only."""

    def __init__(self, most: int, *, across: int = 8, down: int = 8) -> None:
        super().__init__()
        self._most = most
        self._columns = 0
        self._parts: tuple[QWidget, ...] = ()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(across)
        self.grid.setVerticalSpacing(down)

    def set_parts(self, parts: Sequence[QWidget]) -> None:
        """Show these, in reading order; what was here before belongs to the caller again."""
        for part in self._parts:
            self.grid.removeWidget(part)
        self._parts = tuple(parts)
        self._columns = 0
        if self.isVisible():
            self._arrange()
        else:  # measured here, every part would be styled now, and again wherever it is moved to
            self._place(self._most)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self.grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part asks for another width
            self._arrange()
        return super().event(event)

    def _widest(self) -> int:
        return max((part.minimumSizeHint().width() for part in self._parts), default=0)

    def _arrange(self) -> None:
        between = self.grid.horizontalSpacing()
        fit = (self.width() + between) // max(1, self._widest() + between)
        columns = max(1, min(self._most, fit))
        if columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for place, part in enumerate(self._parts):
            self.grid.addWidget(part, place // columns, place % columns)
        for column in range(self._most):
            self.grid.setColumnStretch(column, 1 if column < columns else 0)
