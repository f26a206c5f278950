"""A question answered in one line of free text."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from planner.ui.widgets.fields import Field
from planner.ui.words import Words


class TextField(Field):
    """`text` is what was typed; nothing is judged here."""

    def __init__(self, words: Words, question: str, hint: str = "", *, placeholder: str = "") -> None:
        super().__init__(words, question, hint)
        self.line = QLineEdit()
        words.tell(self.line.setAccessibleName, question)
        if placeholder:
            words.tell(self.line.setPlaceholderText, placeholder)
        self._add(self.line)
        self.line.textEdited.connect(self.edited.emit)

    @property
    def text(self) -> str:
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        self.line.setText(text)
        self.set_error()
