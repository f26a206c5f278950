"""A card of the page with a heading and a note."""

from __future__ import annotations

from planner.ui.theme import Look
from planner.ui.widgets.card import Card, label
from planner.ui.words import Words


class Section(Card):
    """`heading` and `note` are message ids; `words` is the page's, which retells them in another language."""

    def __init__(self, look: Look, words: Words, heading: str, note: str = "") -> None:
        super().__init__()
        self.look, self.words = look, words
        head = label(role="heading")
        words.tell(head.setText, heading)
        self.body.addWidget(head)
        if note:
            line = label(role="muted")
            words.tell(line.setText, note)
            self.body.addWidget(line)
