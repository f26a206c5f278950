"""The log of cards as a person reads it: what was shown, what was chosen, and why it came up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.advice.catalogue import NUDGES
from planner.text import _, language
from planner.ui.models.counsel import Logged
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import clear, label
from planner.ui.widgets.turning_row import TurningRow
from planner.values import mark

CHOICES: Mapping[str, tuple[str, str]] = {
    "shown": (mark("Shown"), "info"),
    "accepted": (mark("Accepted"), "good"),
    "declined": (mark("No thanks"), "info"),
    "later": (mark("Later"), "info"),
    "never": (mark("Never"), "info"),
    "done": (mark("All steps done"), "good"),
    "reversed": (mark("Taken back"), "warn"),
}
_GATES: Mapping[str, str] = {
    "E5": mark("Only you or a public fund gain from what is filled in"),
    "E6": mark("It is worth it even in a bad quarter of futures, and leaves enough for essentials"),
    "E13": mark("You are 16 or older"),
    "E14": mark("The evidence was reviewed within a year"),
}


LATEST = 12  # lines before the rest is asked for


class CardLog(QWidget):
    """The newest first, the older ones on demand; each line opens to what was read that day."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._shows_all = False
        self._shown: tuple[Logged, ...] | None = None
        self._language = ""

    def show_log(self, lines: Sequence[Logged]) -> None:
        if (tuple(lines), language()) == (self._shown, self._language):
            return
        self._shown, self._language = tuple(lines), language()
        clear(self._column)
        if not lines:
            self._column.addWidget(label(_("Nothing has been shown yet."), "muted"))
        newest = list(reversed(lines))
        for line in newest if self._shows_all else newest[:LATEST]:
            self._column.addWidget(_Line(line))
        if len(newest) > LATEST and not self._shows_all:
            older = QPushButton(_("Show the older ones too"))
            older.setProperty("tone", "plain")
            older.setAccessibleName(older.text())
            older.clicked.connect(self._show_all)
            self._column.addWidget(older, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(self) -> None:
        lines, self._shows_all, self._shown = self._shown or (), True, None
        self.show_log(lines)


class _Line(QWidget):
    """One showing or answer."""

    def __init__(self, line: Logged) -> None:
        super().__init__()
        self._line = line
        self._details: QWidget | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = TurningRow(spacing=12)
        day = label(line.day.isoformat(), "muted")
        day.setWordWrap(False)
        row.add(day)
        title = card_title(line.card)
        row.add(label(title), stretches=True)
        words, tone = CHOICES[line.choice]
        row.add(Badge(_(words), tone))
        column.addWidget(row)
        if not details(line.shown):
            return
        button = QPushButton(_("What was read"))
        button.setCheckable(True)
        button.setProperty("tone", "plain")
        button.setAccessibleName(_("What was read: {title}, {day}", title=title, day=line.day.isoformat()))
        button.toggled.connect(self._toggled)
        row.add(button)

    def _toggled(self, opened: bool) -> None:
        if self._details is None:
            self._details = label("\n".join(details(self._line.shown)), "muted", selectable=True)
            self._column.addWidget(self._details)
        self._details.setVisible(opened)


def card_title(id: str) -> str:
    """The title of a card; its number where this version knows it no more."""
    return next((_(nudge.title) for nudge in NUDGES if nudge.id == id), id)


def details(shown: Mapping[str, Any]) -> list[str]:
    """What was read that day, in the words of that day, and which checks it passed."""
    if "reason" not in shown:
        return []
    lines = [shown["reason"], *(fact["text"] for fact in shown.get("facts", ()))]
    for way in shown.get("alternatives", ()):
        is_taken = way["id"] == shown.get("taken")
        lines.append(
            _("Choice: {way} (taken)", way=way["text"]) if is_taken else _("Choice: {way}", way=way["text"])
        )
    lines.append(shown["what_if_nothing"])
    for gate in shown.get("gates", ()):
        words = _(_GATES[gate["id"]]) if gate["id"] in _GATES else gate["id"]
        lines.append(
            _("Check passed: {check}", check=words)
            if gate["passed"]
            else _("Check not passed: {check}", check=words)
        )
    if shown.get("at"):
        lines.append(_("Noted at {time} (universal time).", time=shown["at"]))
    return lines
