"""What the person has to judge: money that may be no pay, and rows that may be the same money twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner import text
from planner.text import _, plural
from planner.ui.models.earnings import Doubtful, Pair
from planner.ui.widgets.card import clear, label, rule
from planner.ui.widgets.check_table import CheckTable
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.earnings_words import reason_words, source_name, suspicion_words
from planner.ui.words import Words
from planner.values import LedgerEntry, mark

ROWS_SHOWN = 500  # the largest; what is below them hardly moves a month
PAIRS_SHOWN = 20


class Review(QWidget):
    """`ticked` carries ids of rows and whether they count, `alike` a row that stands for all like it."""

    ticked = Signal(list, bool)
    alike = Signal(object, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._rows: tuple[Doubtful, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.table = CheckTable()
        words.tell(self.table.setAccessibleName, mark("Money that may not be pay"))
        self.table.ticked.connect(lambda row, counts: self.ticked.emit([row], counts))
        self.at_stake = label(role="field")
        self.open_only = QCheckBox()
        words.tell(self.open_only.setText, mark("Show only what is not decided yet"))
        words.tell(self.open_only.setAccessibleName, mark("Show only what is not decided yet"))
        self.open_only.toggled.connect(lambda _on: self.show_rows(self._rows))
        column.addWidget(self.at_stake)
        column.addWidget(self.open_only)
        column.addWidget(self.table)
        self.more = label(role="muted")
        column.addWidget(self.more)
        self.out_chosen = self._button(words, mark("Leave out the chosen rows"), self._decide_chosen, False)
        self.in_chosen = self._button(words, mark("Count the chosen rows"), self._decide_chosen, True)
        self.out_alike = self._button(words, mark("Leave out all like this one"), self._decide, False)
        self.in_alike = self._button(words, mark("Count all like this one"), self._decide, True)
        buttons = Columns(4, across=10)
        buttons.set_parts([self.out_chosen, self.in_chosen, self.out_alike, self.in_alike])
        column.addWidget(buttons)
        self.note = label(role="muted")
        column.addWidget(self.note)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._show_alike())

    def show_rows(self, rows: Sequence[Doubtful]) -> None:
        self._rows = tuple(rows)
        undecided = [one for one in rows if not one.decided]
        listed = undecided if self.open_only.isChecked() else rows
        shown = listed[:ROWS_SHOWN]
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
        self.table.set_checked_rows(
            [_("Counts as pay"), _("Day"), _("From"), _("What for"), _("Amount"), _("Source")],
            [
                [
                    _("yes") if one.included else _("no"),
                    one.entry.day.isoformat(),
                    one.entry.counterparty,
                    one.entry.description or reason_words(one.entry.reason),
                    one.entry.money,
                    source_name(one.entry.source),
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
                len(listed) - len(shown),
            )
        )
        self.more.setVisible(len(listed) > len(shown))
        self._show_alike()

    def current(self) -> Doubtful | None:
        """The row that the cursor is on."""
        chosen = self.table.current_id()
        return next((one for one in self._rows if one.id == chosen), None)

    def chosen(self) -> list[int]:
        """The ids of the rows that are selected."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.table.ticks.ids[row] for row in rows]

    def _button(
        self, words: Words, message: str, deed: Callable[[bool], None], included: bool
    ) -> QPushButton:
        button = QPushButton()
        words.tell(button.setText, message)
        words.tell(button.setAccessibleName, message)
        button.clicked.connect(lambda: deed(included))
        return button

    def _decide_chosen(self, included: bool) -> None:
        if chosen := self.chosen():
            self.ticked.emit(chosen, included)

    def _decide(self, included: bool) -> None:
        chosen = self.current()
        if chosen is not None:
            self.alike.emit(chosen, included)

    def _show_alike(self) -> None:
        chosen = self.current()
        self.out_alike.setEnabled(chosen is not None)
        self.in_alike.setEnabled(chosen is not None)
        several = len(self.chosen())
        self.out_chosen.setEnabled(several > 0)
        self.in_chosen.setEnabled(several > 0)
        if chosen is None:
            self.note.setText("")
            return
        count = sum(one.is_like(chosen) for one in self._rows)
        name = chosen.entry.counterparty or reason_words(chosen.entry.reason)
        self.note.setText(plural("{count} row like “{name}”", "{count} rows like “{name}”", count, name=name))


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
            ids = list(dict.fromkeys(pair.second_id for pair in pairs if pair.reason == reason))
            if len(ids) > 2:
                self._column.addWidget(self._all_of(reason, ids))
        for number, pair in enumerate(pairs[:PAIRS_SHOWN]):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(pair))
        more = len(pairs) - PAIRS_SHOWN
        if more > 0:
            words = plural("{count} more follows.", "{count} more follow.", more)
            self._column.addWidget(label(words, "muted"))

    def _all_of(self, reason: str, ids: list[int]) -> QWidget:
        words = plural("{count} deposit like this", "{count} deposits like this", len(ids))
        if reason == "same_payment":
            words = plural("{count} pair like this", "{count} pairs like this", len(ids))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(f"{suspicion_words(reason)} {words}", "field"), 1)
        button = QPushButton(_("All are the same: count each once"))
        button.setAccessibleName(_("{deed}: {name}", deed=button.text(), name=suspicion_words(reason)))
        button.clicked.connect(lambda _checked: self.decided.emit(ids, False))
        row.addWidget(button)
        return holder

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
