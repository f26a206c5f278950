"""One of a few choices from a drop-down, for choices whose words or number change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker

from planner.ui.widgets.fields import Combo, Field
from planner.ui.words import Words

_ARROW = 3  # letters that the arrow takes, which the style sheet widens


class PickField(Field):
    """`edited` carries the stored value of the choice; None is a choice like any other."""

    def __init__(self, words: Words, question: str, hint: str = "") -> None:
        super().__init__(words, question, hint)
        self.combo = Combo()
        self.combo.setMaximumWidth(460)
        words.tell(self.combo.setAccessibleName, question)
        self._add(self.combo)
        self.combo.currentIndexChanged.connect(lambda _place: self._fit())
        self.combo.activated.connect(lambda place: self.edited.emit(self.combo.itemData(place)))

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object) -> None:
        """`choices`: pairs of stored value and words (already translated); `value` is shown."""
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for item, words in choices:
                self.combo.addItem(words, item)
            place = next((place for place, (item, _w) in enumerate(choices) if item == value), 0)
            self.combo.setCurrentIndex(place)
        self._fit()

    def _fit(self) -> None:
        """Ask for room for the choice that is shown, so that it is not cut."""
        metrics, shown = self.combo.fontMetrics(), self.combo.currentText()
        most = self.combo.maximumWidth() // 2
        wanted = min(metrics.horizontalAdvance(shown), max(most, 28 * metrics.averageCharWidth()))
        letters = -(-wanted // metrics.horizontalAdvance("X"))
        self.combo.setMinimumContentsLength(letters + _ARROW)

    @property
    def value(self) -> object:
        return self.combo.currentData()
