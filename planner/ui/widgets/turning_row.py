"""Words beside controls, below them where they would become a narrow column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

LEAST = 16  # letters, as wide as Chinese ones, of a line of words that still reads well


class TurningRow(QWidget):
    """Parts in a row while the stretching ones keep `least` letters each, else in a column."""

    def __init__(self, *, least: int = LEAST, spacing: int = 10) -> None:
        super().__init__()
        self._least = least
        self._parts: list[tuple[QWidget, bool]] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)

    def set_least(self, letters: int) -> None:
        """The words have become fewer or more."""
        self._least = letters
        self._turn()

    def add(self, part: QWidget, *, stretches: bool = False) -> None:
        """One more part; a part that stretches is made of words and takes the room that is left."""
        self._parts.append((part, stretches))
        side = Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeft
        self._row.addWidget(part, 1 if stretches else 0, side)

    def fill(self) -> None:
        """Room that nothing takes, so that the parts before it keep left and those after it right."""
        self._row.addStretch(1)

    @property
    def is_row(self) -> bool:
        return self._row.direction() == QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        wide = max((part.minimumSizeHint().width() for part, _stretches in self._shown()), default=0)
        return QSize(wide, self._row.minimumSize().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part asks for another width
            self._turn()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _shown(self) -> list[tuple[QWidget, bool]]:
        return [(part, stretches) for part, stretches in self._parts if not part.isHidden()]

    def _turn(self) -> None:
        words = self._least * self.fontMetrics().averageCharWidth()
        shown = self._shown()
        needed = sum(words if stretches else part.sizeHint().width() for part, stretches in shown)
        needed += self._row.spacing() * (len(shown) - 1)
        way = QBoxLayout.Direction.LeftToRight if needed <= self.width() else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
