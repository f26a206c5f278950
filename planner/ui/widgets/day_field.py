"""A day of the calendar, by keyboard or from a small calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit

from planner.ui.widgets.fields import Field
from planner.ui.words import Words


class DayField(Field):
    """`edited` carries the day as ISO text."""

    def __init__(self, words: Words, question: str, hint: str = "") -> None:
        super().__init__(words, question, hint)
        self.day = _DayEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setMaximumWidth(220)
        words.tell(self.day.setAccessibleName, question)
        self._add(self.day)
        self.day.dateChanged.connect(lambda day: self.edited.emit(day.toString(Qt.DateFormat.ISODate)))

    def set_value(self, value: object) -> None:
        """Show a day given as ISO text or date."""
        if value and not self.day.hasFocus():
            day = date.fromisoformat(str(value))
            with QSignalBlocker(self.day):
                self.day.setDate(QDate(day.year, day.month, day.day))


class _DayEdit(QDateEdit):
    """Leaves the mouse wheel to the page until it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
