"""Form fields in plain words: a question, the control, a hint, and the error in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from planner.text import _, language
from planner.ui.widgets.card import label, set_tone
from planner.ui.widgets.columns import Columns
from planner.ui.words import Words
from planner.values import InputError, Month, mark

_CALLED = Qt.ItemDataRole.UserRole + 1
_LOST = mark("“{value}” is not known any more; please choose again.")
_SPACES = re.compile(r"[\s,，¥￥元]")


class Field(QWidget):
    """A question above a control; `edited` carries the new answer, None when it was emptied."""

    edited = Signal(object)

    def __init__(self, words: Words, question: str, hint: str = "") -> None:
        super().__init__()
        self.words = words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(5)
        self.question = label(role="field")
        words.tell(self.question.setText, question)
        self.column.addWidget(self.question)
        self.hint = label(role="small")
        if hint:
            words.tell(self.hint.setText, hint)
        else:
            self.hint.hide()  # shown by itself it would be a window
        self.wrong = label(role="error")
        self.wrong.hide()
        self._asked = question
        self._error: tuple[str, dict[str, Any]] | None = None

    def _add(self, control: QWidget, *more: QWidget) -> None:
        if more:
            row = QHBoxLayout()
            row.setSpacing(8)
            for part in (control, *more):
                row.addWidget(part)
            row.addStretch(1)
            self.column.addLayout(row)
        else:
            self.column.addWidget(control)
        self.column.addWidget(self.wrong)
        self.column.addWidget(self.hint)
        self.column.addStretch(1)
        self.question.setBuddy(control)
        self.controls: tuple[QWidget, ...] = (control, *more)

    def set_error(self, message: str = "", **values: Any) -> None:
        """Say what is wrong in place (a message id), or take it away."""
        was_wrong, self._error = self._error is not None, (message, values) if message else None
        self.retranslate()
        if message or was_wrong:
            for control in self.controls:
                set_tone(control, "wrong", "true" if message else "false")

    def show_lost(self, value: object) -> None:
        """Say that the stored answer `value` is not known any more; None takes that away."""
        if value is not None:
            self.set_error(_LOST, value=lost_words(value))
        elif self._error is not None and self._error[0] == _LOST:
            self.set_error()

    def retranslate(self) -> None:
        words = _(self._error[0], **self._error[1]) if self._error else ""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        for control in self.controls:
            control.setAccessibleDescription(words or self.hint.text())

    @property
    def error(self) -> str:
        return self.wrong.text() if self._error else ""


class AmountField(Field):
    """An amount or share typed as a number; thousands separators and 元 are welcome."""

    def __init__(
        self,
        words: Words,
        question: str,
        hint: str = "",
        *,
        unit: str = mark("yuan"),
        least: Decimal = Decimal(0),
        most: Decimal = Decimal(10_000_000),
    ) -> None:
        super().__init__(words, question, hint)
        self._least, self._most = least, most
        self.line = QLineEdit()
        self.line.setMaximumWidth(220)
        words.tell(self.line.setAccessibleName, question)
        unit_label = label(role="muted")
        unit_label.setWordWrap(False)
        if unit:
            words.tell(unit_label.setText, unit)
        self._add(self.line, unit_label)
        self.controls = (self.line,)
        self.line.editingFinished.connect(self._finished)

    def set_value(self, value: object) -> None:
        """Show a stored answer (decimal text)."""
        if not self.line.hasFocus() or not self.line.isModified():
            with QSignalBlocker(self.line):
                self.line.setText("" if value is None else str(value))
            self.set_error()

    def _finished(self) -> None:
        if not self.line.isModified():
            return
        self.line.setModified(False)
        try:
            value = parse_amount(self.line.text(), self._least, self._most)
        except InputError as error:
            self.set_error(error.message, **error.values)
            return
        self.set_error()
        self.edited.emit(value)


class CountField(Field):
    """A length of time as years and months; the answer is whole months."""

    def __init__(self, words: Words, question: str, hint: str = "", *, most_years: int = 60) -> None:
        super().__init__(words, question, hint)
        self._most_years = most_years
        self.years, self.months = QLineEdit(), QLineEdit()
        unit_years, unit_months = label(role="muted"), label(role="muted")
        words.tell(unit_years.setText, mark("years"))
        words.tell(unit_months.setText, mark("months"))
        for line, unit in ((self.years, unit_years), (self.months, unit_months)):
            line.setMaximumWidth(80)
            unit.setWordWrap(False)
            line.editingFinished.connect(self._finished)
        self._add(self.years, unit_years, self.months, unit_months)
        self.controls = (self.years, self.months)
        self.retranslate()

    def set_value(self, value: object) -> None:
        """Show stored months."""
        if any(line.hasFocus() and line.isModified() for line in self.controls):  # type: ignore[attr-defined]
            return
        total = value if isinstance(value, int) else None
        self.years.setText("" if total is None else str(total // 12))
        self.months.setText("" if total is None else str(total % 12))
        self.set_error()

    def retranslate(self) -> None:
        super().retranslate()
        question = _(self._asked)
        self.years.setAccessibleName(_("{question} Years", question=question))
        self.months.setAccessibleName(_("{question} Months", question=question))

    def _finished(self) -> None:
        if not (self.years.isModified() or self.months.isModified()):
            return
        self.years.setModified(False)
        self.months.setModified(False)
        years, months = self.years.text().strip(), self.months.text().strip()
        if not years and not months:
            self.set_error()
            self.edited.emit(None)
            return
        if not all(part.isdecimal() for part in (years or "0", months or "0")):
            self.set_error(mark("Please type whole numbers, such as 3 years 6 months."))
            return
        total = int(years or 0) * 12 + int(months or 0)
        if total > self._most_years * 12:
            self.set_error(mark("That is more than {most} years; please check."), most=self._most_years)
            return
        self.set_error()
        self.edited.emit(total)


_Adjust = QComboBox.SizeAdjustPolicy


class Combo(QComboBox):
    """A drop-down that leaves the mouse wheel to the page until it has the focus."""

    def __init__(self, as_wide_as: _Adjust = _Adjust.AdjustToContents) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(as_wide_as)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class MonthField(Field):
    """A month chosen as year and month, such as one's birth."""

    def __init__(self, words: Words, question: str, years: Iterable[int], hint: str = "") -> None:
        super().__init__(words, question, hint)
        self.year, self.month = Combo(), Combo()
        self._years = tuple(years)
        self._add(self.year, self.month)
        for combo in self.controls:
            combo.activated.connect(self._chosen)  # type: ignore[attr-defined]
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        question = _(self._asked)
        self.year.setAccessibleName(_("{question} Year", question=question))
        self.month.setAccessibleName(_("{question} Month", question=question))
        _refill(self.year, [(None, _("Year"))] + [(year, _("{year}", year=year)) for year in self._years])
        _refill(self.month, [(None, _("Month"))] + [(m, _("Month {month}", month=m)) for m in range(1, 13)])

    def set_value(self, value: object) -> None:
        try:
            month = Month.parse(value) if value else None
        except InputError:
            month = None
        _select(self.year, month.year if month else None)
        _select(self.month, month.month if month else None)

    def _chosen(self) -> None:
        year, month = self.year.currentData(), self.month.currentData()
        if year and month:
            self.edited.emit(str(Month(year, month)))


class ChoiceField(Field):
    """One of a few choices, each a button that says what it means."""

    def __init__(
        self,
        words: Words,
        question: str,
        choices: Sequence[tuple[str, str]],
        hint: str = "",
        *,
        columns: int = 3,
    ) -> None:
        super().__init__(words, question, hint)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for value, message in choices:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("tone", "choice")
            words.tell(button.setText, message)
            words.tell(button.setAccessibleName, message)
            button.clicked.connect(lambda _checked, value=value: self.edited.emit(value))
            self._group.addButton(button)
            self.buttons[value] = button
        holder = Columns(columns)
        holder.set_parts(list(self.buttons.values()))
        self._add(holder)
        self.question.setBuddy(next(iter(self.buttons.values())))
        self.controls = tuple(self.buttons.values())

    def set_value(self, value: object) -> None:
        """Press the button of a stored answer; of none, no button."""
        self._group.setExclusive(False)  # a group where one must be pressed could not be emptied
        for choice, button in self.buttons.items():
            button.setChecked(choice == value)
        self._group.setExclusive(True)


class _Completer(QCompleter):
    """Finds by everything that a choice may be called, and completes to its name."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.EditRole))


class SearchField(Field):
    """One of many named things; typing any part of the name, or of what else it is called, finds it."""

    def __init__(self, words: Words, question: str, hint: str = "", *, placeholder: str = "") -> None:
        super().__init__(words, question, hint)
        self.combo = Combo(_Adjust.AdjustToMinimumContentsLengthWithIcon)
        self.line = QLineEdit()
        self.combo.setLineEdit(self.line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMinimumContentsLength(14)
        completer = _Completer(self.combo.model(), self.combo)
        completer.setCompletionRole(_CALLED)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.combo.setCompleter(completer)
        words.tell(self.combo.setAccessibleName, question)
        words.tell(self.line.setAccessibleName, question)
        if placeholder:
            words.tell(self.line.setPlaceholderText, placeholder)
        self._value: object = None
        self._add(self.combo)
        self.combo.activated.connect(self._chosen)
        self.line.editingFinished.connect(self._typed)

    def set_choices(self, choices: Sequence[tuple[str, str]], also: Mapping[str, str] | None = None) -> None:
        """`choices`: pairs of stored value and words (already translated); `also`: what else finds one."""
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for place, (value, words) in enumerate(choices):
                self.combo.addItem(words, value)
                self.combo.setItemData(place, f"{words} {(also or {}).get(value, '')}".strip(), _CALLED)
        self.set_value(self._value)

    def set_value(self, value: object) -> None:
        self._value = value
        place = self.combo.findData(value) if value else -1
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(place)
            if place < 0:
                self.combo.setEditText("")
        self.line.setCursorPosition(0)

    def _chosen(self, place: int) -> None:
        value = self.combo.itemData(place)
        self.set_error()
        if value != self._value:
            self._value = value
            self.edited.emit(value)

    def _typed(self) -> None:
        text = self.line.text().strip()
        if not text:
            if self._value:
                self._value = None
                self.edited.emit(None)
            self.set_error()
            return
        folded = text.casefold()
        names = [self.combo.itemText(place).casefold() for place in range(self.combo.count())]
        if folded in names:
            place = names.index(folded)
        else:
            called = [str(self.combo.itemData(place, _CALLED)).casefold() for place in range(len(names))]
            exact = [place for place, name in enumerate(called) if folded in name.split()]
            found = exact or [place for place, name in enumerate(called) if folded in name]
            if len(found) != 1:
                self.set_error(
                    mark("Nothing here is called “{text}”; choose from the list.")
                    if not found
                    else mark("Several are called like “{text}”; choose one from the list."),
                    text=text,
                )
                return
            place = found[0]
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(place)
        self._chosen(place)


class ManyField(Field):
    """Any number of a few choices, as buttons that stay pressed."""

    def __init__(self, words: Words, question: str, hint: str = "", *, columns: int = 4) -> None:
        super().__init__(words, question, hint)
        self._holder = Columns(columns)
        self.buttons: dict[str, QPushButton] = {}
        self._add(self._holder)
        self.controls = ()

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: Iterable[str]) -> None:
        """`choices`: pairs of stored value and words (already translated)."""
        picked = set(chosen)
        if list(self.buttons) == [value for value, _words in choices]:
            for value, words in choices:
                self.buttons[value].setText(words)
                self.buttons[value].setChecked(value in picked)
            return
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for value, words in choices:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setProperty("tone", "choice")
            button.setChecked(value in picked)
            button.setAccessibleName(words)
            button.clicked.connect(self._clicked)
            self.buttons[value] = button
        self._holder.set_parts(list(self.buttons.values()))
        self.controls = tuple(self.buttons.values())

    def _clicked(self) -> None:
        self.edited.emit([value for value, button in self.buttons.items() if button.isChecked()])


def lost_words(*values: object) -> str:
    """Stored answers as they are kept, in one line, each once."""
    parts: list[str] = []
    for value in values:
        rows = value if isinstance(value, list) else [value]
        parts += [lost_words(*row.values()) if isinstance(row, dict) else str(row) for row in rows]
    return ("、" if language() == "zh" else ", ").join(dict.fromkeys(parts))


def parse_amount(
    text: str, least: Decimal = Decimal(0), most: Decimal = Decimal(10_000_000)
) -> Decimal | None:
    """The number typed, None for nothing; an InputError in plain words for anything else."""
    plain = _SPACES.sub("", text)
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise InputError("not_a_number", mark("Please type a number, such as 3200.")) from None
    if not value.is_finite() or value < least:
        raise InputError("too_small", mark("This cannot be less than {least}."), least=least)
    if value > most:
        raise InputError("too_large", mark("This cannot be more than {most}; please check."), most=most)
    return value


def _refill(combo: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    value = combo.currentData()
    with QSignalBlocker(combo):
        if combo.count() == len(choices):
            for place, (_value, words) in enumerate(choices):
                combo.setItemText(place, words)
            return
        combo.clear()
        for item, words in choices:
            combo.addItem(words, item)
    _select(combo, value)


def _select(combo: QComboBox, value: object) -> None:
    with QSignalBlocker(combo):
        combo.setCurrentIndex(max(0, combo.findData(value)) if value is not None else 0)
