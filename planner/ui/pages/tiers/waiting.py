"""What stands in for the numbers while they are worked out: how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton

from planner.ui.widgets.card import Card, label
from planner.ui.words import Words
from planner.values import mark


class WaitingCard(Card):
    """`cancelled` is emitted when the person stops the work."""

    cancelled = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("quiet")
        self.sentence = label(role="heading")
        words.tell(self.sentence.setText, mark("Working out your plans on thousands of futures…"))
        self.older = label(role="muted")
        words.tell(self.older.setText, mark("The numbers below are from before your last change."))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        words.tell(self.bar.setAccessibleName, mark("How far the sums are"))
        self.button = QPushButton()
        self.button.setProperty("tone", "plain")
        words.tell(self.button.setText, mark("Stop"))
        words.tell(self.button.setAccessibleName, mark("Stop working out the plans"))
        self.button.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.older)
        self.body.addLayout(row)

    def show_progress(self, share: float) -> None:
        """`share` done, 0 to 1."""
        self.bar.setValue(round(share * 1000))
