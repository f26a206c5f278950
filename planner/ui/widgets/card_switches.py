"""The switches of the cards: all of them, chosen by one's own numbers or not, and each by itself."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from planner.advice.catalogue import NUDGES
from planner.ui.widgets.card import label
from planner.ui.words import Words
from planner.values import mark


class CardSwitches(QWidget):
    """`switched` carries a card and whether it may come up; the page hears the two boxes above itself."""

    switched = Signal(str, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.all_cards = _box(words, mark("Show me cards at all"))
        self.tailored = _box(words, mark("Choose them by my own numbers"))
        note = label(role="small")
        words.tell(note.setText, mark("Switched off, everybody sees the same list."))
        column.addWidget(self.all_cards)
        column.addWidget(self.tailored)
        column.addWidget(note)
        inner = QVBoxLayout()
        inner.setContentsMargins(28, 0, 0, 0)
        self.single: dict[str, QCheckBox] = {}
        for nudge in NUDGES:
            box = _box(words, nudge.title)
            box.toggled.connect(lambda on, id=nudge.id: self.switched.emit(id, on))
            inner.addWidget(box)
            self.single[nudge.id] = box
        column.addLayout(inner)

    def show_state(self, *, quiet: bool, tailored: bool, off: Collection[str]) -> None:
        """Show what is stored; with all cards off the others rest."""
        states = [(self.all_cards, not quiet), (self.tailored, tailored)]
        states += [(box, id not in off) for id, box in self.single.items()]
        for box, on in states:
            with QSignalBlocker(box):
                box.setChecked(on)
        for box in (self.tailored, *self.single.values()):
            box.setEnabled(not quiet)


def _box(words: Words, message: str) -> QCheckBox:
    box = QCheckBox()
    words.tell(box.setText, message)
    words.tell(box.setAccessibleName, message)
    return box
