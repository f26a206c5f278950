"""Something that few ask for, behind a line that unfolds it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.ui.icons import put_icon
from planner.ui.theme import Look


class Fold(QWidget):
    """A button with words (`set_words`) and `content` below it, folded at first."""

    def __init__(self, look: Look, content: QWidget) -> None:
        super().__init__()
        self._look, self._content = look, content
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.button = QPushButton()
        self.button.setProperty("tone", "plain")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._turn)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        look.changed.connect(self._show_icon)
        self._turn(False)

    def set_words(self, words: str) -> None:
        """What is behind the line, already translated."""
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def _turn(self, on: bool) -> None:
        self._content.setVisible(on)
        self._show_icon()

    def _show_icon(self) -> None:
        name = "chevron_down" if self.button.isChecked() else "chevron_right"
        put_icon(self.button, name, self._look.palette.accent, self._look.px(14))
