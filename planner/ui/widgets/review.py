"""What the person has to judge: money that may be no pay, and rows that may be the same money twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner import text
from planner.text import _, plural
from planner.ui.models.earnings import Doubtful, Pair
from planner.ui.widgets.card import clear, label, rule
from planner.ui.widgets.check_table import CheckTable
from planner.ui.widgets.earnings_words import reason_words, source_name, suspicion_words
from planner.ui.words import Words
from planner.values import LedgerEntry, mark

ROWS_SHOWN = 500  # the largest; what is below them hardly moves a month
PAIRS_SHOWN = 20


class Review(QWidget):
    """`ticked` carries a row's id and whether it counts, `alike` a row that stands for all like it."""

    ticked = Signal(object, bool)
    alike = Signal(object, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._rows: tuple[Doubtful, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.table = CheckTable()
        words.tell(self.table.setAccessibleName, mark("Money that may not be pay"))
        self.table.ticked.connect(self.ticked)
        column.addWidget(self.table)
        self.more = label(role="muted")
        column.addWidget(self.more)
        row = QHBoxLayout()
        self.out_alike = self._button(words, mark("Leave out all like this one"), False)
        self.in_alike = self._button(words, mark("Count all like this one"), True)
        self.note = label(role="muted")
        row.addWidget(self.out_alike)
        row.addWidget(self.in_alike)
        row.addWidget(self.note, 1)
        column.addLayout(row)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_alike())

    def show_rows(self, rows: Sequence[Doubtful]) -> None:
        self._rows = tuple(rows)
        shown = rows[:ROWS_SHOWN]
        self.table.set_checked_rows(
            [_("Counts as pay"), _("Day"), _("From"), _("What for"), _("Amount"), _("Source")],
            [
                [
                    _("yes") if one.included else _("no"),
                    one.day.isoformat(),
                    one.counterparty,
                    one.description or reason_words(one.reason),
                    one.money,
                    source_name(one.source),
                ]
                for one in shown
            ],
            [one.id for one in shown],
            [one.included for one in shown],
        )
        self.more.setText(
            plural(
                "{count} smaller one is not shown.",
                "{count} smaller ones are not shown.",
                len(rows) - len(shown),
            )
        )
        self.more.setVisible(len(rows) > len(shown))
        self._show_alike()

    def current(self) -> Doubtful | None:
        """The row that the cursor is on."""
        chosen = self.table.current_id()
        return next((one for one in self._rows if one.id == chosen), None)

    def _button(self, words: Words, message: str, included: bool) -> QPushButton:
        button = QPushButton()
        words.tell(button.setText, message)
        words.tell(button.setAccessibleName, message)
        button.clicked.connect(lambda: self._decide(included))
        return button

    def _decide(self, included: bool) -> None:
        chosen = self.current()
        if chosen is not None:
            self.alike.emit(chosen, included)

    def _show_alike(self) -> None:
        chosen = self.current()
        self.out_alike.setEnabled(chosen is not None)
        self.in_alike.setEnabled(chosen is not None)
        if chosen is None:
            self.note.setText("")
            return
        count = sum(one.is_like(chosen) for one in self._rows)
        name = chosen.counterparty or reason_words(chosen.reason)
        self.note.setText(plural("{count} row like “{name}”", "{count} rows like “{name}”", count, name=name))


class PairList(QWidget):
    """`decided` carries the second row's id and whether it counts too."""

    decided = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        clear(self._column)
        for number, pair in enumerate(pairs[:PAIRS_SHOWN]):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(pair))
        more = len(pairs) - PAIRS_SHOWN
        if more > 0:
            words = plural("{count} more follows.", "{count} more follow.", more)
            self._column.addWidget(label(words, "muted"))

    def _row(self, pair: Pair) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(suspicion_words(pair.reason), "field"))
        for entry in (pair.first, pair.second):
            words.addWidget(label(_row_words(entry), "text", selectable=True))
        row.addLayout(words, 1)
        for message, included in ((mark("The same: count it once"), False), (mark("Both are pay"), True)):
            button = QPushButton(_(message))
            button.setAccessibleName(_("{deed}: {name}", deed=_(message), name=_row_words(pair.second)))
            button.clicked.connect(
                lambda _checked, included=included: self.decided.emit(pair.second_id, included)
            )
            row.addWidget(button)
        return holder


def _row_words(entry: LedgerEntry) -> str:
    return _(
        "{day}, {source}: {amount}, {what}",
        day=entry.day.isoformat(),
        source=source_name(entry.source),
        amount=text.money(entry.money),
        what=entry.counterparty or entry.description or reason_words(entry.reason),
    )
