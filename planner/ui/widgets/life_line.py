"""A line from today to retirement: what is paid, when the minimum years are full, when one may stop."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.theme import Look


@dataclass(frozen=True)
class Mark:
    """A point on the line: `at` in months from its start, two words below or above it."""

    at: int
    words: str
    detail: str
    strong: bool = False


class LifeLine(QWidget):
    """Painted by itself because a chart library would be late for the first picture."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._length = 1
        self._full_at: int | None = None
        self._marks: tuple[Mark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_line(self, length: int, full_at: int | None, marks: tuple[Mark, ...], name: str) -> None:
        """`length` in months; `full_at`: when the minimum years are full; `name`: the picture in words."""
        self._length, self._full_at, self._marks = max(1, length), full_at, marks
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(132))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self._look.px(132))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px = self._look.palette, self._look.px
        left, right, middle = px(8), self.width() - px(8), self.height() / 2
        thick = px(12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, right - left, thick), thick / 2, thick / 2)
        if self._full_at is not None:
            end = self._x(min(self._full_at, self._length), left, right)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(left, middle - thick / 2, end - left, thick), thick / 2, thick / 2)
        above = True
        for mark in self._marks:
            self._paint_mark(painter, mark, self._x(mark.at, left, right), middle, above)
            above = not above
        painter.end()

    def _x(self, months: int, left: float, right: float) -> float:
        return left + (right - left) * min(1.0, max(0.0, months / self._length))

    def _paint_mark(self, painter: QPainter, mark: Mark, x: float, middle: float, above: bool) -> None:
        colours, px = self._look.palette, self._look.px
        painter.setPen(QPen(QColor(colours.accent if mark.strong else colours.control), px(2)))
        painter.setBrush(QColor(colours.surface))
        painter.drawEllipse(QPointF(x, middle), px(8), px(8))
        bold, plain = QFont(self.font()), QFont(self.font())
        bold.setPointSizeF(self._look.points(1.0))
        bold.setBold(True)
        plain.setPointSizeF(self._look.points(0.9))
        heights = QFontMetricsF(bold).height(), QFontMetricsF(plain).height()
        top = middle - px(14) - sum(heights) if above else middle + px(14)
        for font, words, colour, height in (
            (bold, mark.words, colours.text, heights[0]),
            (plain, mark.detail, colours.muted, heights[1]),
        ):
            width = QFontMetricsF(font).horizontalAdvance(words) + 2
            start = min(max(0.0, x - width / 2), max(0.0, self.width() - width))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(start, top, width, height), Qt.AlignmentFlag.AlignLeft, words)
            top += height
