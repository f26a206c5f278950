"""Twenty futures as twenty dots; those in which a payment is missed stand out by shape as well as colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.theme import Look

DOTS = 20
_SIZE, _APART = 14, 6


class TierRadar(QWidget):
    """Painted by itself, so that it is there before the chart library is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.missed = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_chance(self, chance: float) -> None:
        """`chance` of a missed payment; any at all is one dot at least."""
        self.missed = min(max(round(chance * DOTS), int(chance > 0.005)), DOTS)
        self.update()

    def sizeHint(self) -> QSize:
        step = self._look.px(_SIZE) + self._look.px(_APART)
        return QSize(step * (DOTS // 2), step * 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, size, apart = self._look.palette, self._look.px(_SIZE), self._look.px(_APART)
        for at in range(DOTS):
            row, column = divmod(at, DOTS // 2)
            box = QRectF(column * (size + apart) + 1, row * (size + apart) + 1, size - 2, size - 2)
            if at < self.missed:
                painter.setPen(QPen(QColor(colours.text), 2))
                painter.drawLine(box.topLeft(), box.bottomRight())
                painter.drawLine(box.topRight(), box.bottomLeft())
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent))
                painter.drawEllipse(box)
        painter.end()
