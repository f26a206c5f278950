"""Files that came in but do not count yet: what each still needs of the person, and where they give it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.text import _, plural
from planner.ui.theme import Look
from planner.ui.widgets.card import Card, clear, label, rule
from planner.ui.widgets.earnings_words import error_words
from planner.ui.widgets.flow import FlowRow
from planner.values import mark

if TYPE_CHECKING:
    from planner.earnings.guess import Guess
    from planner.ui.models.earnings import ImportOutcome
    from planner.ui.widgets.unknown_file import MappingAssistant

TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".html", ".htm"})
PASSWORD_ERRORS = frozenset({"password_required", "wrong_password"})
OFTEN_WRONG = 2  # a password typed wrong so often is likely that of another bill


@dataclass(frozen=True)
class Unfinished:
    """One file: locked (`tries`: passwords that did not open it), or a table of no known kind."""

    path: Path
    locked: bool
    looks_like: str = ""
    guess: Guess | None = None
    tries: int = 0


class UnfinishedFiles(Card):
    """A line a file; where it is the only one, what to do is open below it. Hidden while there is none.

    `unlock` carries a path and the password typed, `explained` a path and its mapping, `sample_wanted` a path
    and the masked sample.
    """

    unlock = Signal(object, str)
    explained = Signal(object, object, dict)
    sample_wanted = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._files: dict[Path, Unfinished] = {}
        self._lines: dict[Path, QLineEdit] = {}
        self._assistants: dict[Path, MappingAssistant] = {}
        self._head = label(role="heading")
        self.body.addWidget(self._head)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.body.addLayout(self._column)
        self.hide()

    def take(self, outcomes: Iterable[ImportOutcome]) -> frozenset[Path]:
        """Keep what these files still need and let go of the others; answers which of them wait here."""
        taken = set()
        for one in outcomes:
            before = self._files.pop(one.path, None)
            if one.error in PASSWORD_ERRORS:
                tries = before.tries if before else 0
                tries += one.error == "wrong_password"
                self._files[one.path] = Unfinished(one.path, locked=True, tries=tries)
            elif one.error == "unknown_format" and one.path.suffix.casefold() in TABLES:
                self._files[one.path] = Unfinished(one.path, False, one.looks_like, one.guess)
            else:
                continue
            taken.add(one.path)
        self.retranslate()
        return frozenset(taken)

    def put_aside(self, path: Path) -> None:
        """Ask nothing more of this file."""
        self._files.pop(path, None)
        self.retranslate()

    def forget(self) -> None:
        """Ask nothing more of any file."""
        self._files.clear()
        self.retranslate()

    def password_lines(self) -> list[QLineEdit]:
        """The lines for passwords, in the order of the archives."""
        return list(self._lines.values())

    def assistants(self) -> list[MappingAssistant]:
        """The tables that are being explained now."""
        return list(self._assistants.values())

    def retranslate(self) -> None:
        """Show the files anew; what was chosen of a table so far stays."""
        for path, assistant in self._assistants.items():
            if path in self._files:
                self._files[path] = replace(self._files[path], guess=assistant.chosen())
        opened = set(self._assistants)
        self._assistants.clear()
        self._lines.clear()
        clear(self._column)
        self._head.setText(
            plural(
                "{count} file does not count yet: it needs you",
                "{count} files do not count yet: they need you",
                len(self._files),
            )
        )
        for number, file in enumerate(self._files.values()):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(file, file.path in opened or len(self._files) == 1))
        self.setVisible(bool(self._files))

    def _row(self, file: Unfinished, opened: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(6)
        head, *rest = _told(file)
        column.addWidget(label(head, "field", selectable=True))
        for words in rest:
            column.addWidget(label(words, "muted"))
        if file.locked and file.tries:
            column.addWidget(label(_wrong(file.tries), "error"))
        row = FlowRow()
        column.addLayout(row)
        if file.locked:
            self._add_password(row, file)
        else:
            if file.guess is not None:
                self._add_assistant(row, column, file, file.guess, opened)
            self._add_sample(row, column, file)
        skip = _button(row, mark("Leave it out"), _("Leave out {name}", name=file.path.name), plain=True)
        skip.clicked.connect(partial(self.put_aside, file.path))
        return holder

    def _add_password(self, row: FlowRow, file: Unfinished) -> None:
        line = self._lines[file.path] = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        line.setMinimumWidth(self._look.px(200))
        line.setPlaceholderText(_("Password of the file"))
        line.setAccessibleName(_("Password for {name}", name=file.path.name))
        line.setAccessibleDescription(_wrong(file.tries) if file.tries else _told(file)[1])
        row.addWidget(line)
        button = _button(row, mark("Open the file"), _("Open the file {name}", name=file.path.name))
        button.setProperty("tone", "primary")
        button.clicked.connect(lambda: self._unlock(file.path, line))
        line.returnPressed.connect(button.click)

    def _unlock(self, path: Path, line: QLineEdit) -> None:
        if password := line.text().strip():
            self.unlock.emit(path, password)
        else:
            line.setFocus()

    def _add_assistant(
        self, row: FlowRow, column: QVBoxLayout, file: Unfinished, guess: Guess, opened: bool
    ) -> None:
        def make() -> QWidget:
            from planner.ui.widgets.unknown_file import MappingAssistant

            assistant = self._assistants[file.path] = MappingAssistant(file.path, guess)
            assistant.confirmed.connect(lambda mapping: self.explained.emit(file.path, guess, mapping))
            return assistant

        name = _("Say which column is what in {name}", name=file.path.name)
        button = _button(row, mark("Say which column is what"), name)
        button.setProperty("tone", "primary")
        _opens(button, column, make, opened)

    def _add_sample(self, row: FlowRow, column: QVBoxLayout, file: Unfinished) -> None:
        def make() -> QWidget:
            from planner.earnings.masking import masked_sample
            from planner.ui.widgets.unknown_file import MaskedSample

            sample = MaskedSample(partial(masked_sample, file.path))
            sample.saved.connect(partial(self.sample_wanted.emit, file.path))
            return sample

        button = _button(
            row, mark("Show a masked sample"), _("Show a masked sample of {name}", name=file.path.name)
        )
        _opens(button, column, make)


def _opens(
    button: QPushButton, column: QVBoxLayout, make: Callable[[], QWidget], opened: bool = False
) -> None:
    """The button unfolds what `make` gives at the end of the column, made at its first use."""
    shown: list[QWidget] = []

    def turn(on: bool) -> None:
        if on and not shown:
            shown.append(make())
            column.addWidget(shown[0])
        for widget in shown:
            widget.setVisible(on)

    button.setCheckable(True)
    button.toggled.connect(turn)
    button.setChecked(opened)


def _button(row: FlowRow, words: str, name: str, *, plain: bool = False) -> QPushButton:
    button = QPushButton(_(words))
    button.setAccessibleName(name)
    if plain:
        button.setProperty("tone", "plain")
    row.addWidget(button)
    return button


def _told(file: Unfinished) -> tuple[str, ...]:
    """What is the matter with a file, in one sentence, and what helps."""
    name = file.path.name
    if file.locked:
        return (
            _("{name} is locked", name=name),
            _("The wallet sent its password in a message or in the app. It is used once and not kept."),
        )
    if file.guess is not None:
        return (_("{name}: a table that the program has not seen before", name=name),)
    return (
        _("{name}: {what}", name=name, what=error_words("unknown_format", file.looks_like)),
        _("You can type its months below, or give a masked sample to those who write readers."),
    )


def _wrong(tries: int) -> str:
    if tries < OFTEN_WRONG:
        return _("This password does not open it. Nothing was read; try again.")
    return _(
        "This password does not open it either. Each bill has a password of its own: look for the message "
        "that came with this one."
    )
