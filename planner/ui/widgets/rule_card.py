"""One value of the law in full: what it is, how sure, where it stands, its other years, and correcting it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.policy import Pack, Value
from planner.report import policy_words
from planner.report.rule_table import Line, state_on
from planner.text import _, language
from planner.ui.theme import Look
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import Card, Role, clear, label, rule
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.day_field import DayField
from planner.ui.widgets.number_table import NumberTable
from planner.ui.widgets.text_field import TextField
from planner.ui.widgets.why import SourceLine
from planner.ui.words import Words
from planner.values import InputError, State, mark

_TONES = {State.IN_FORCE: "good", State.PROVISIONAL: "warn", State.MISSING: "danger"}
_CORRECT = mark("My city's notice says something else…")
_KNOW = mark("I know this value…")


class RuleCard(Card):
    """`corrected` carries value, first day and source as typed; `taken_back` asks for the pack's value."""

    corrected = Signal(str, object, str)
    taken_back = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look
        self.line: Line | None = None
        self._shown = QVBoxLayout()
        self.body.addLayout(self._shown)

        self.history_title = label(role="field")
        words.tell(self.history_title.setText, mark("In other years"))
        self.history = NumberTable()
        words.tell(self.history.setAccessibleName, mark("In other years"))
        self.body.addWidget(self.history_title)
        self.body.addWidget(self.history)

        row = QHBoxLayout()
        self.correct_button = QPushButton()
        self.correct_button.setCheckable(True)
        self.take_back_button = QPushButton()
        words.tell(self.take_back_button.setText, mark("Take my own value back"))
        row.addWidget(self.correct_button)
        row.addWidget(self.take_back_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.form = self._make_form()
        self.body.addWidget(self.form)
        self.form.hide()
        self.correct_button.toggled.connect(self.form.setVisible)
        self.take_back_button.clicked.connect(self.taken_back.emit)
        self.hide()

    def _make_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(12)
        column.addWidget(rule())
        self.value = TextField(self._words, mark("The right value"), mark("In the same unit as above."))
        self.start = DayField(self._words, mark("Valid from"))
        self.note = TextField(
            self._words, mark("Where you have it from"), placeholder=mark("Title or number of the notice")
        )
        pairs = Columns(2, across=28, down=12)
        pairs.set_parts([self.value, self.start])
        column.addWidget(pairs)
        column.addWidget(self.note)
        self.save = QPushButton()
        self.save.setProperty("tone", "primary")
        self._words.tell(self.save.setText, mark("Use this value"))
        self.save.clicked.connect(self._save)
        self.value.line.returnPressed.connect(self._save)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        return form

    def show_line(self, line: Line | None, pack: Pack) -> None:
        """The value of a table's line; None hides the card."""
        if line is None or self.line is None or (line.key, line.place) != (self.line.key, self.line.place):
            self.correct_button.setChecked(False)
        self.line = line
        clear(self._shown)
        if line is None:
            self.hide()
            return
        self._shown.addWidget(self._in_full(line, pack))
        value = line.value
        self._show_history(line, pack)
        self.correct_button.setText(_(_CORRECT if value is not None else _KNOW))
        self.take_back_button.setVisible(value is not None and value.corrected)
        if not self.form.isVisible():
            self.value.set_text("")
            self.note.set_text("")
            self.start.set_value(line.day)
        self.show()

    def show_error(self, error: InputError) -> None:
        """What is wrong with the correction, in its place."""
        field = self.start if error.field == "from" else self.value
        field.set_error(error.message, field=error.field, **error.values)

    def _in_full(self, line: Line, pack: Pack) -> QWidget:
        """What the value is and where it stands, put together before it is laid out."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        what = pack.key_info(line.key).title(language())
        place = policy_words.place_name(pack, line.place, line.area)
        column.addWidget(label(_("{what}, {place}", what=what, place=place), "heading"))
        if line.value is None:
            _say(column, _("There is no value; it is not guessed."), "lead")
            _say(column, _("Calculations that need it say so. If you know it, put it in below."))
        else:
            self._add_value(column, line.value, line, pack)
        return made

    def _add_value(self, column: QVBoxLayout, value: Value, line: Line, pack: Pack) -> None:
        _say(column, policy_words.amount(value), "answer")
        badges = QHBoxLayout()
        badges.setSpacing(8)
        badges.addWidget(Badge(*self._state(value, line, pack)))
        badges.addStretch(1)
        column.addLayout(badges)
        _say(column, policy_words.period(value, line.day))
        if value.published_on is not None:
            _say(column, _("Published on {day}.", day=value.published_on))
        if value.place != line.place:
            _say(column, _("Stated for {place}", place=pack.place_name(value.place, language())))
        column.addWidget(SourceLine(value.source))
        if note := value.note_in(language()):
            _say(column, _("Note: {note}", note=note), "muted")

    def _state(self, value: Value, line: Line, pack: Pack) -> tuple[str, str]:
        """The state on the day asked about; a value found by searching may not be in force on it."""
        if value.corrected:
            return policy_words.state(value), "info"
        told = state_on(pack, value, line.asked)
        if told != policy_words.short_state(value):
            return told, "info"
        return policy_words.state(value), _TONES[value.state]

    def _show_history(self, line: Line, pack: Pack) -> None:
        place, area = (line.value.place, line.value.area) if line.value else (line.place, line.area)
        rows = [
            (
                policy_words.short_period(row),
                policy_words.amount(row),
                state_on(pack, row, line.asked),
                policy_words.title(row.source),
            )
            for row in reversed(pack.series(line.key, place, area=area))
        ]
        has_others = len(rows) > 1 or (bool(rows) and line.value is None)
        self.history_title.setVisible(has_others)
        self.history.setVisible(has_others)
        header = [_("Valid"), _("Value"), _("State"), _("Document")]
        self.history.set_rows(header, rows, visible=5)

    def _save(self) -> None:
        self.value.set_error()
        self.start.set_error()
        day = self.start.day.date()
        self.corrected.emit(self.value.text, date(day.year(), day.month(), day.day()), self.note.text)


def _say(column: QVBoxLayout, text: str, role: Role = "text") -> None:
    column.addWidget(label(text, role, selectable=True))
