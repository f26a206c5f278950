"""A small word that says how sure a number is."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy

from planner.text import _
from planner.ui.widgets.card import set_tone
from planner.values import Confidence, State, mark

_WORDS = {
    Confidence.SOURCED: (mark("Official document"), "good"),
    Confidence.WELL_KNOWN: (mark("Well known"), "info"),
    Confidence.UNCERTAIN: (mark("Not certain"), "warn"),
}
_EXPLAINED = {
    Confidence.SOURCED: mark("We have seen the official document behind this number."),
    Confidence.WELL_KNOWN: mark("The number is generally known; we have not seen the official page."),
    Confidence.UNCERTAIN: mark(
        "This number is assumed or comes second-hand; check it before you rely on it."
    ),
}
_PROVISIONAL = mark("Last year's value, until the new one is published")


def confidence_words(confidence: Confidence) -> str:
    """How sure a value is, in the words of the badge."""
    return _(_WORDS[confidence][0])


class Badge(QLabel):
    """A rounded word in one of the tones good, info, warn, danger."""

    def __init__(self, text: str = "", tone: str = "info") -> None:
        super().__init__(text)
        self.setObjectName("badge")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def show_words(self, text: str, tone: str) -> None:
        self.setText(text)
        set_tone(self, "tone", tone)


class ConfidenceBadge(Badge):
    """The three degrees of sureness, and whether a value is only carried on."""

    def __init__(self, confidence: Confidence = Confidence.SOURCED, state: State = State.IN_FORCE) -> None:
        super().__init__()
        self.set_confidence(confidence, state)

    def set_confidence(self, confidence: Confidence, state: State = State.IN_FORCE) -> None:
        self.confidence, self.state = confidence, state
        if state is State.PROVISIONAL:
            self.show_words(_(_PROVISIONAL), "warn")
            self.setToolTip(_(_EXPLAINED[confidence]))
            return
        words, tone = _WORDS[confidence]
        self.show_words(_(words), tone)
        self.setToolTip(_(_EXPLAINED[confidence]))
