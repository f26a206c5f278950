"""One of a few choices from a drop-down, for choices whose words or number change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from planner.ui.widgets.fields import Combo, Field
from planner.ui.words import Words


class _Fitted(Combo):
    """Asks for room for the choice that is shown, so that it is not cut; of a long one for a good part.

    Qt would go on asking for the room that it needed before there were choices.
    """

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        most = max(self.maximumWidth() // 2, 28 * metrics.averageCharWidth())
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        words = QSize(min(metrics.horizontalAdvance(self.currentText()), most), metrics.height())
        room = self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, words, self)
        return QSize(min(room.width(), self.maximumWidth()), super().minimumSizeHint().height())


class PickField(Field):
    """`edited` carries the stored value of the choice; None is a choice like any other."""

    def __init__(self, words: Words, question: str, hint: str = "") -> None:
        super().__init__(words, question, hint)
        self.combo = _Fitted()
        self.combo.setMaximumWidth(460)
        words.tell(self.combo.setAccessibleName, question)
        self._add(self.combo)
        self.combo.currentIndexChanged.connect(lambda _place: self.combo.updateGeometry())
        self.combo.activated.connect(lambda place: self.edited.emit(self.combo.itemData(place)))

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object) -> None:
        """`choices`: pairs of stored value and words (already translated); `value` is shown."""
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for item, words in choices:
                self.combo.addItem(words, item)
            place = next((place for place, (item, _w) in enumerate(choices) if item == value), 0)
            self.combo.setCurrentIndex(place)
        self.combo.updateGeometry()

    @property
    def value(self) -> object:
        return self.combo.currentData()
