"""The pack in use: its version, the person's own values, installing a newer one and going back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from planner.policy import Pack
from planner.policy.changes import Change
from planner.report import law_tables, policy_words
from planner.text import _, plural
from planner.ui.widgets.card import Card, clear, label
from planner.ui.words import Words
from planner.values import mark

SHOWN = 12


class PackCard(Card):
    """`update_asked` and `roll_back_asked` are the page's to act upon."""

    update_asked = Signal()
    roll_back_asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("quiet")
        title = label(role="heading")
        words.tell(title.setText, mark("Where these rules come from"))
        self.body.addWidget(title)
        self.version = label(selectable=True)
        self.own = label(selectable=True)
        self.body.addWidget(self.version)
        self.body.addWidget(self.own)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(4)
        self.body.addLayout(self._changes)
        row = QHBoxLayout()
        self.update_button, self.roll_back_button = QPushButton(), QPushButton()
        words.tell(self.update_button.setText, mark("Install newer rules from a file…"))
        self.update_button.clicked.connect(self.update_asked.emit)
        self.roll_back_button.clicked.connect(self.roll_back_asked.emit)
        row.addWidget(self.update_button)
        row.addWidget(self.roll_back_button)
        row.addStretch(1)
        self.body.addLayout(row)
        hint = label(role="small")
        words.tell(
            hint.setText,
            mark("Only files that we signed are accepted. Your own values stay when the rules change."),
        )
        self.body.addWidget(hint, 0, Qt.AlignmentFlag.AlignTop)

    def show_pack(self, pack: Pack, former: Pack | None) -> None:
        """The pack in use, and the one to which one can go back."""
        self.version.setText(
            _("Rules of {version}, issued on {day}.", version=pack.version, day=pack.issued_on)
        )
        lines = [policy_words.correction(pack, one) for one in pack.corrections if pack.knows(one.key)]
        count = plural("{count} correction of your own", "{count} corrections of your own", len(lines))
        self.own.setText("\n".join([count, *lines]) if lines else _("You have no corrections of your own."))
        self.roll_back_button.setVisible(former is not None)
        if former is not None:
            self.roll_back_button.setText(_("Go back to the rules of {version}", version=former.version))

    def show_changes(self, changes: Sequence[Change], anywhere: int, before: Pack, after: Pack) -> None:
        """What a new pack says otherwise than the former one: `changes` for the person, `anywhere` in all."""
        clear(self._changes)
        if changes:
            head = plural("{count} value is different:", "{count} values are different:", len(changes))
            self._changes.addWidget(label(head, "field"))
        else:
            self._changes.addWidget(label(_no_change(anywhere), "muted"))
        for one in changes[:SHOWN]:
            self._changes.addWidget(label(policy_words.change(one, before, after), selectable=True))
        if (rest := len(changes) - SHOWN) > 0:
            self._changes.addWidget(label(plural("and {count} more", "and {count} more", rest), "muted"))
        if tables := law_tables.changed_words(before, after):
            self._changes.addWidget(label(tables, selectable=True))


def _no_change(anywhere: int) -> str:
    if not anywhere:
        return _("No value is different.")
    return plural(
        "No value of your place is different; {count} elsewhere is.",
        "No value of your place is different; {count} elsewhere are.",
        anywhere,
    )
