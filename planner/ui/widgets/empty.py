"""What a page shows before it has anything: what is missing and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from planner.ui.icons import pixmap
from planner.ui.theme import Look
from planner.ui.widgets.card import Card, label


class EmptyState(Card):
    """An icon, a sentence, a hint and a button (`button.clicked` is the page's to connect)."""

    def __init__(self, look: Look, icon_name: str) -> None:
        super().__init__("quiet")
        self._look, self._icon = look, icon_name
        self.body.setContentsMargins(28, 32, 28, 32)
        self.picture = QLabel()
        self.sentence = label(role="heading")
        self.hint = label(role="lead")
        self.button = QPushButton()
        self.button.setProperty("tone", "primary")
        for part in (self.sentence, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.hint)
        self.body.addSpacing(6)
        self.body.addLayout(row)
        self.button.hide()
        look.changed.connect(self.repaint_icon)
        self.repaint_icon()

    def set_words(self, sentence: str, hint: str = "", button: str = "") -> None:
        """Words already translated; an empty `button` hides it."""
        self.sentence.setText(sentence)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def repaint_icon(self) -> None:
        self.picture.setPixmap(pixmap(self._icon, self._look.palette.accent, self._look.px(44)))
