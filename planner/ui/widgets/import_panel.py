"""Where bills come in: the place to drop them, how far the reading is, and archives that want a password."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from planner.text import _
from planner.ui.theme import Look
from planner.ui.widgets.card import Card, clear, label
from planner.ui.widgets.drop_zone import DropZone
from planner.ui.words import Words
from planner.values import mark


class ImportPanel(QWidget):
    """`offered` carries files and the password typed for them (or None); `stopped` asks to stop reading."""

    offered = Signal(list, object)
    stopped = Signal()
    left_out = Signal(object)

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.drop = DropZone(look)
        self.drop.dropped.connect(lambda paths: self.offered.emit(paths, None))
        column.addWidget(self.drop)
        self.progress = Card("quiet")
        row = QHBoxLayout()
        self.progress_words = label(role="field")
        self.progress_words.setWordWrap(False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        words.tell(self.bar.setAccessibleName, mark("Progress of reading"))
        self.stop = QPushButton()
        words.tell(self.stop.setText, mark("Stop reading"))
        words.tell(self.stop.setAccessibleName, mark("Stop reading"))
        self.stop.clicked.connect(self.stopped)
        row.addWidget(self.progress_words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.progress.body.addLayout(row)
        self.progress.hide()
        column.addWidget(self.progress)
        self._locked = QVBoxLayout()
        self._locked.setSpacing(10)
        column.addLayout(self._locked)

    def retranslate(self) -> None:
        self.drop.retranslate()

    def show_work(self, words: str, share: float | None, *, can_stop: bool = True) -> None:
        """What is being done (already translated); without a share the bar only moves."""
        self.progress_words.setText(words)
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(round(share * 1000))
        self.stop.setVisible(can_stop)
        self.progress.show()

    def end_work(self) -> None:
        self.progress.hide()

    def show_locked(self, paths: Sequence[Path], wrong: Sequence[Path] = ()) -> None:
        """A line for the password of each locked archive; `wrong`: the one typed did not open it."""
        clear(self._locked)
        for path in paths:
            self._locked.addWidget(self._locked_card(path, path in wrong))

    def password_lines(self) -> list[QLineEdit]:
        """The lines for passwords, in the order of the archives."""
        cards = (self._locked.itemAt(place) for place in range(self._locked.count()))
        widgets = (item.widget() for item in cards if item is not None)
        return [line for card in widgets if card is not None for line in card.findChildren(QLineEdit)]

    def _locked_card(self, path: Path, wrong: bool) -> Card:
        card = Card()
        card.body.addWidget(label(_("{name} is locked", name=path.name), "heading"))
        card.body.addWidget(
            label(
                _("The wallet sent its password in a message or in the app. It is used once and not kept."),
                "muted",
            )
        )
        row = QHBoxLayout()
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        line.setMinimumWidth(self._look.px(200))
        line.setMaximumWidth(self._look.px(320))
        line.setPlaceholderText(_("Password of the archive"))
        line.setAccessibleName(_("Password for {name}", name=path.name))
        unlock = QPushButton(_("Open the archive"))
        unlock.setProperty("tone", "primary")
        unlock.setAccessibleName(_("Open the archive {name}", name=path.name))
        skip = QPushButton(_("Leave it out"))
        skip.setProperty("tone", "plain")
        skip.setAccessibleName(_("Leave out {name}", name=path.name))
        unlock.clicked.connect(lambda: self._unlock(path, line))
        line.returnPressed.connect(unlock.click)
        skip.clicked.connect(lambda: self.left_out.emit(path))
        row.addWidget(line)
        row.addWidget(unlock)
        row.addWidget(skip)
        row.addStretch(1)
        card.body.addLayout(row)
        if wrong:
            words = _("This password does not open it. Nothing was read; try again.")
            line.setAccessibleDescription(words)
            card.body.addWidget(label(words, "error"))
        return card

    def _unlock(self, path: Path, line: QLineEdit) -> None:
        password = line.text().strip()
        if password:
            self.offered.emit([path], password)
        else:
            line.setFocus()
