"""A tick box whose words take several lines where there is little room; Qt's own never breaks them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from planner.ui.widgets.card import Wrapping
from planner.ui.words import Words


class TickBox(QWidget):
    """The box is `box`, which also has the words for a screen reader; a click on the words turns it."""

    def __init__(self, words: Words, message: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.said = _Words(self.box)
        words.tell(self.said.setText, message)
        words.tell(self.box.setAccessibleName, message)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)


class _Words(Wrapping):
    def __init__(self, box: QCheckBox) -> None:
        super().__init__()
        self._box = box
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMargin(4)
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange:
            self.setEnabled(self._box.isEnabled())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else the release goes elsewhere

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()
