"""What happened to a person, kept only after they agreed to it, and erased when they say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.text import _
from planner.ui.widgets.card import clear, label
from planner.ui.widgets.day_field import DayField
from planner.ui.widgets.pick_field import PickField
from planner.ui.words import Words
from planner.values import mark

KINDS: Mapping[str, str] = {
    "injury": mark("Injured"),
    "sickness": mark("Ill"),
    "birth": mark("Had a child"),
    "job_loss": mark("Lost work"),
    "move": mark("Moved to another place"),
    "debt": mark("Overdue debt at a high price"),
    "benefit_claim": mark("Claimed a benefit"),
}
_LASTING = frozenset({"injury", "sickness", "birth", "job_loss", "debt"})


class EventEditor(QWidget):
    """`edited` carries the whole list; `allowed` and `forgotten` the person's consent and its end."""

    edited = Signal(list)
    allowed = Signal()
    forgotten = Signal()

    def __init__(self, words: Words, today: date) -> None:
        super().__init__()
        self.today = today
        self._events: list[dict[str, Any]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.allow = QPushButton()
        self._name(words, self.allow, mark("I agree that this is kept here"))
        self.allow.clicked.connect(self.allowed)
        column.addWidget(self.allow, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside = QWidget()
        inside = QVBoxLayout(self.inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        inside.addLayout(self._list)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.kind = PickField(words, mark("What happened?"))
        self.day = DayField(words, mark("When did it begin?"))
        self.day.set_value(today.isoformat())
        self.add = QPushButton()
        self._name(words, self.add, mark("Add"))
        self.add.clicked.connect(self._add)
        row.addWidget(self.kind)
        row.addWidget(self.day)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        inside.addLayout(row)
        self.forget = QPushButton()
        self.forget.setProperty("tone", "plain")
        self._name(words, self.forget, mark("Withdraw, and erase all of this"))
        self.forget.clicked.connect(self.forgotten)
        inside.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.inside)

    @staticmethod
    def _name(words: Words, button: QPushButton, message: str) -> None:
        words.tell(button.setText, message)
        words.tell(button.setAccessibleName, message)

    def show_events(self, events: Sequence[Mapping[str, Any]], *, may_keep: bool) -> None:
        """The stored list, or only the question whether it may be kept."""
        self._events = [dict(each) for each in events]
        self.allow.setVisible(not may_keep)
        self.inside.setVisible(may_keep)
        chosen = self.kind.value or "injury"
        self.kind.set_choices([(kind, _(words)) for kind, words in KINDS.items()], chosen)
        clear(self._list)
        for at, event in enumerate(self._events):
            self._list.addWidget(self._row(at, event))

    def _row(self, at: int, event: Mapping[str, Any]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        what = _(KINDS[event["kind"]]) if event["kind"] in KINDS else event["kind"]
        if event.get("until"):
            words = _("{what}, {day} to {until}", what=what, day=event["date"], until=event["until"])
        else:
            words = _("{what}, since {day}", what=what, day=event["date"])
        row.addWidget(label(words, selectable=True), 1)
        if event["kind"] in _LASTING and not event.get("until"):
            over = QPushButton(_("It is over"))
            over.setProperty("tone", "plain")
            over.setAccessibleName(_("It is over: {what}", what=words))
            over.clicked.connect(lambda: self._change(at, {**event, "until": self.today.isoformat()}))
            row.addWidget(over)
        remove = QPushButton(_("Remove"))
        remove.setProperty("tone", "plain")
        remove.setAccessibleName(_("Remove {name}", name=words))
        remove.clicked.connect(lambda: self._change(at, None))
        row.addWidget(remove)
        return holder

    def _change(self, at: int, event: Mapping[str, Any] | None) -> None:
        changed: list[Mapping[str, Any]] = list(self._events)
        changed[at : at + 1] = [] if event is None else [event]
        self.edited.emit(changed)

    def _add(self) -> None:
        day = self.day.day.date().toString(Qt.DateFormat.ISODate)
        self.edited.emit([*self._events, {"date": day, "kind": self.kind.value}])
