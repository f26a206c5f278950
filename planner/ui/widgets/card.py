"""Cards, headings and the sentence that answers a page's question."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

Role = Literal[
    "question", "heading", "answer", "figure", "lead", "muted", "small", "field", "error", "formula", "text"
]


class Wrapping(QLabel):
    """A label that knows how tall it is at a width it was asked for before.

    Layouts within layouts ask again and again, and each time Qt would break the words into lines anew.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._measured = text
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        if self._measured != self.text():
            self._measured = self.text()
            self._heights.clear()
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another face, another size of letters
        super().changeEvent(event)


def label(text: str = "", role: Role = "text", *, selectable: bool = False) -> QLabel:
    """A wrapping text in one of the style sheet's roles."""
    made = Wrapping(text)
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def set_tone(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and restyle the widget."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def rule() -> QFrame:
    """A thin line between two parts of a card."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


class Card(QFrame):
    """A rounded surface; put things into `body`. Tones: plain, answer, quiet."""

    def __init__(self, tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setProperty("tone", tone)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(22, 18, 22, 18)
        self.body.setSpacing(10)


class AnswerCard(Card):
    """The answer in words, first on the page: one sentence, a few figures, a quieter line below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("answer", parent)
        self.sentence = label(role="answer", selectable=True)
        self.detail = label(role="text", selectable=True)
        self.figures = QHBoxLayout()
        self.figures.setSpacing(32)
        self.body.addWidget(self.sentence)
        self.body.addLayout(self.figures)
        self.body.addWidget(self.detail)
        self.detail.hide()

    def set_answer(
        self, sentence: str, detail: str = "", figures: list[tuple[str, str]] | None = None
    ) -> None:
        """`figures`: pairs of a large figure and the words under it."""
        self.sentence.setText(sentence)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        clear(self.figures)
        for figure, words in figures or []:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label(figure, "figure"))
            column.addWidget(label(words, "muted"))
            self.figures.addLayout(column)
        if figures:
            self.figures.addStretch(1)


def clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take everything out of a layout, and its widgets out of the window."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)  # type: ignore[arg-type]
