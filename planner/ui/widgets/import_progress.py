"""How far the reading of files is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton

from planner.ui.widgets.card import Card, label
from planner.ui.words import Words
from planner.values import mark


class ImportProgress(Card):
    """Words, a bar and a button; hidden while nothing is read. `stopped` asks to stop."""

    stopped = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("quiet")
        row = QHBoxLayout()
        row.setSpacing(12)
        self.said = label(role="field")
        self.said.setWordWrap(False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        words.tell(self.bar.setAccessibleName, mark("Progress of reading"))
        self.stop = QPushButton()
        words.tell(self.stop.setText, mark("Stop reading"))
        words.tell(self.stop.setAccessibleName, mark("Stop reading"))
        self.stop.clicked.connect(self.stopped)
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.body.addLayout(row)
        self.hide()

    def show_work(self, words: str, share: float | None) -> None:
        """What is being done (already translated); without a share the bar only moves."""
        self.said.setText(words)
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(round(share * 1000))
        self.show()
