"""The switches of the cards: all of them, chosen by one's own numbers or not, and each by itself."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from planner.advice.catalogue import NUDGES
from planner.ui.widgets.card import label
from planner.ui.widgets.tick_box import TickBox
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
        every, own = (
            TickBox(words, mark("Show me cards at all")),
            TickBox(words, mark("Choose them by my own numbers")),
        )
        self.all_cards, self.tailored = every.box, own.box
        note = label(role="small")
        words.tell(note.setText, mark("Switched off, everybody sees the same list."))
        column.addWidget(every)
        column.addWidget(own)
        column.addWidget(note)
        inner = QVBoxLayout()
        inner.setContentsMargins(28, 0, 0, 0)
        self.single: dict[str, QCheckBox] = {}
        for nudge in NUDGES:
            line = TickBox(words, nudge.title)
            line.box.toggled.connect(lambda on, id=nudge.id: self.switched.emit(id, on))
            inner.addWidget(line)
            self.single[nudge.id] = line.box
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
