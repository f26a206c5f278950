"""What the person has to judge: money that may be no pay, and rows that may be the same money twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner import text
from planner.text import _, plural
from planner.ui.models.earnings import Doubtful, Pair
from planner.ui.widgets.card import clear, label, rule
from planner.ui.widgets.check_table import CheckTable
from planner.ui.widgets.earnings_words import reason_words, source_name, suspicion_words
from planner.ui.widgets.flow import FlowRow
from planner.ui.words import Words
from planner.values import LedgerEntry, mark

ROWS_SHOWN = 500  # the largest; what is below them hardly moves a month
PAIRS_SHOWN = 20


class JudgeTable(CheckTable):
    """Space turns the tick of all chosen rows as it turns that of the cursor's, Delete takes them all out."""

    decided = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row >= 0:
            self.decided.emit(False)
        elif event.key() == Qt.Key.Key_Space and len(self.selectionModel().selectedRows()) > 1:
            self.decided.emit(not self.ticks.checked[row])
        else:
            super().keyPressEvent(event)


class Review(QWidget):
    """The rows one by one, or those of one payer together, what is worth most first.

    `ticked` carries ids of rows and whether they count; `alike` rows each of which stands for all like it.
    """

    ticked = Signal(list, bool)
    alike = Signal(list, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._rows: tuple[Doubtful, ...] = ()
        self._groups: dict[tuple[str, str, str], list[Doubtful]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.at_stake = label(role="field")
        column.addWidget(self.at_stake)
        self.together = self._box(words, mark("One line for each payer"), checked=True)
        self.open_only = self._box(words, mark("Show only what is not decided yet"))
        boxes = FlowRow(across=18)
        boxes.addWidget(self.together)
        boxes.addWidget(self.open_only)
        column.addLayout(boxes)
        self.table = JudgeTable()
        words.tell(self.table.setAccessibleName, mark("Money that may not be pay"))
        self.table.ticked.connect(lambda name, counts: self._decide([name], counts))
        self.table.decided.connect(self._decide_chosen)
        column.addWidget(self.table)
        self.more = label(role="muted")
        column.addWidget(self.more)
        self.out_chosen = self._button(words, mark("The chosen are not pay"), self._decide_chosen, False)
        self.in_chosen = self._button(words, mark("The chosen are pay"), self._decide_chosen, True)
        self.out_alike = self._button(words, mark("All like it are not pay"), self._decide_alike, False)
        self.in_alike = self._button(words, mark("All like it are pay"), self._decide_alike, True)
        buttons = FlowRow(across=10)
        for button in (self.out_chosen, self.in_chosen, self.out_alike, self.in_alike):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.note = label(role="muted")
        column.addWidget(self.note)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._show_chosen())

    def show_rows(self, rows: Sequence[Doubtful]) -> None:
        self._rows = tuple(rows)
        self._groups = _by_payer(rows)
        undecided = [one for one in rows if not one.decided]
        worth = sum((one.yuan for one in undecided), start=Decimal(0))
        self.at_stake.setText(
            plural(
                "{count} row with {amount} is not decided yet.",
                "{count} rows with {amount} are not decided yet.",
                len(undecided),
                amount=text.yuan(worth),
            )
            if undecided
            else _("Everything here is decided.")
        )
        self.together.setVisible(len(self._groups) < len(rows))
        if self._is_together:
            self._show_payers()
        else:
            self._show_single(undecided if self.open_only.isChecked() else rows)
        for button in (self.out_alike, self.in_alike):
            button.setVisible(not self._is_together)
        self._show_chosen()

    @property
    def _is_together(self) -> bool:
        return self.together.isChecked() and len(self._groups) < len(self._rows)

    def _show_single(self, listed: Sequence[Doubtful]) -> None:
        shown = listed[:ROWS_SHOWN]
        self.table.set_checked_rows(
            [_("Counts as pay"), _("From"), _("Amount"), _("Day"), _("What for"), _("Source")],
            [
                [
                    _state([one]),
                    one.entry.counterparty,
                    one.entry.money,
                    one.entry.day.isoformat(),
                    _what_for(one),
                    source_name(one.entry.source),
                ]
                for one in shown
            ],
            [one.id for one in shown],
            [one.included for one in shown],
        )
        self._show_more(len(listed) - len(shown))

    def _show_payers(self) -> None:
        listed = [
            (likeness, rows)
            for likeness, rows in self._groups.items()
            if not (self.open_only.isChecked() and all(one.decided for one in rows))
        ]
        shown = listed[:ROWS_SHOWN]
        self.table.set_checked_rows(
            [
                _("Counts as pay"),
                _("From"),
                _("Amount (yuan)"),
                _("Payments"),
                _("What for"),
                _("Last"),
                _("Source"),
            ],
            [
                [
                    _state(rows),
                    likeness[2].strip("/ ") or _("(no name)"),
                    sum((one.yuan for one in rows), start=Decimal(0)),
                    len(rows),
                    reason_words(likeness[1]),
                    max(one.entry.day for one in rows).isoformat(),
                    source_name(likeness[0]),
                ]
                for likeness, rows in shown
            ],
            [likeness for likeness, _rows in shown],
            [any(one.included for one in rows) for _likeness, rows in shown],
        )
        self._show_more(len(listed) - len(shown))

    def _show_more(self, left: int) -> None:
        self.more.setText(
            plural("{count} smaller one is not shown.", "{count} smaller ones are not shown.", left)
        )
        self.more.setVisible(left > 0)

    def current(self) -> Doubtful | None:
        """The row that the cursor is on; of a payer the largest."""
        return next(iter(self._meant([self.table.current_id()])), None)

    def chosen(self) -> list[Any]:
        """The ids of the lines that are selected: of rows, or of payers."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.table.ticks.ids[row] for row in rows]

    def _meant(self, names: Sequence[Any]) -> list[Doubtful]:
        """The rows behind lines of the table."""
        if self._is_together:
            return [one for name in names for one in self._groups.get(name, ())]
        wanted = set(names)
        return [one for one in self._rows if one.id in wanted]

    def _box(self, words: Words, message: str, *, checked: bool = False) -> QCheckBox:
        box = QCheckBox()
        words.tell(box.setText, message)
        words.tell(box.setAccessibleName, message)
        box.setChecked(checked)
        box.toggled.connect(lambda _on: self.show_rows(self._rows))
        return box

    def _button(
        self, words: Words, message: str, deed: Callable[[bool], None], included: bool
    ) -> QPushButton:
        button = QPushButton()
        words.tell(button.setText, message)
        words.tell(button.setAccessibleName, message)
        button.clicked.connect(lambda: deed(included))
        return button

    def _decide_chosen(self, included: bool) -> None:
        self._decide(self.chosen(), included)

    def _decide(self, names: Sequence[Any], included: bool) -> None:
        meant = self._meant(names)
        if self._is_together and all(name[2] for name in names):
            self.alike.emit([self._groups[name][0] for name in names], included)
        elif meant:  # a rule on nobody's name would take in everybody
            self.ticked.emit([one.id for one in meant], included)

    def _decide_alike(self, included: bool) -> None:
        chosen = self.current()
        if chosen is not None:
            self.alike.emit([chosen], included)

    def _show_chosen(self) -> None:
        chosen, names = self.current(), self.chosen()
        for button in (self.out_alike, self.in_alike, self.out_chosen, self.in_chosen):
            button.setEnabled(bool(names))
        if chosen is None or not names:
            self.note.setText("")
        elif self._is_together:
            meant = self._meant(names)
            worth = sum((one.yuan for one in meant), start=Decimal(0))
            self.note.setText(
                plural(
                    "Chosen: {count} row, {amount}. The decision holds for later bills too.",
                    "Chosen: {count} rows, {amount}. The decision holds for later bills too.",
                    len(meant),
                    amount=text.yuan(worth),
                )
            )
        else:
            count = sum(one.is_like(chosen) for one in self._rows)
            name = chosen.entry.counterparty or reason_words(chosen.entry.reason)
            self.note.setText(
                plural("{count} row like “{name}”", "{count} rows like “{name}”", count, name=name)
            )


def _by_payer(rows: Sequence[Doubtful]) -> dict[tuple[str, str, str], list[Doubtful]]:
    """The rows of each payer (source, reason, name), the payer of most first."""
    groups: dict[tuple[str, str, str], list[Doubtful]] = {}
    for one in rows:
        groups.setdefault(one.likeness, []).append(one)
    return dict(sorted(groups.items(), key=lambda each: -sum(one.yuan for one in each[1])))


def _state(rows: Sequence[Doubtful]) -> str:
    """Whether rows count, in a word; until the person says so they only count for the time being."""
    if any(not one.decided for one in rows):
        return _("not decided")
    counting = sum(one.included for one in rows)
    return _("no") if not counting else _("yes") if counting == len(rows) else _("some")


def _what_for(one: Doubtful) -> str:
    """What the row says it is for, without the stroke that wallets put where nothing is said."""
    said = one.entry.description.strip("/ ")
    return said or reason_words(one.entry.reason)


class PairList(QWidget):
    """`decided` carries ids of second rows and whether they count too."""

    decided = Signal(list, bool)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        clear(self._column)
        for reason in dict.fromkeys(pair.reason for pair in pairs):
            alike = [pair for pair in pairs if pair.reason == reason]
            self._column.addWidget(self._head(reason, list(dict.fromkeys(pair.second_id for pair in alike))))
            for pair in alike[:PAIRS_SHOWN]:
                self._column.addWidget(rule())
                self._column.addWidget(self._row(pair))
            more = len(alike) - PAIRS_SHOWN
            if more > 0:
                words = plural("{count} more follows.", "{count} more follow.", more)
                self._column.addWidget(label(words, "muted"))

    def _head(self, reason: str, ids: list[int]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(suspicion_words(reason), "field"), 1)
        if len(ids) > 1:
            words = plural(
                "All {count} are the same: count each once",
                "All {count} are the same: count each once",
                len(ids),
            )
            button = QPushButton(words)
            button.setAccessibleName(_("{deed}: {name}", deed=words, name=suspicion_words(reason)))
            button.clicked.connect(lambda _checked: self.decided.emit(ids, False))
            row.addWidget(button)
        return holder

    def _row(self, pair: Pair) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(6)
        for entry in (pair.first, pair.second):
            column.addWidget(label(_row_words(entry), "text", selectable=True))
        row = FlowRow()
        column.addLayout(row)
        for message, included in ((mark("The same: count it once"), False), (mark("Both are pay"), True)):
            button = QPushButton(_(message))
            button.setAccessibleName(_("{deed}: {name}", deed=_(message), name=_row_words(pair.second)))
            button.clicked.connect(
                lambda _checked, included=included: self.decided.emit([pair.second_id], included)
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
