"""Whose file: add, open, rename and delete the people kept on this computer, all in the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.text import _
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import Card, clear, label
from planner.ui.widgets.turning_row import TurningRow
from planner.values import mark
from planner.vault import Person


class PeoplePage(Page):
    """A card a person; renaming and deleting happen inside the card."""

    name = "people"
    heading = mark("People")
    asks = mark("Whose file do you want to open?")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        lead = label(role="lead")
        self.tell(
            lead.setText,
            mark("Each person has their own answers, bills and plans. Everything stays on this computer."),
        )
        self.body.addWidget(lead)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)
        self.body.addWidget(self._make_new())
        self.body.addStretch(1)
        self._renaming: int | None = None
        self._deleting: int | None = None
        workspace.people_changed.connect(self.mark_stale)
        workspace.person_changed.connect(self.mark_stale)
        self.setTabOrder(self.new_name, self.new_button)

    def _make_new(self) -> Card:
        card = Card("quiet")
        heading = label(role="heading")
        self.tell(heading.setText, mark("Add a person"))
        card.body.addWidget(heading)
        row = QHBoxLayout()
        self.new_name = QLineEdit()
        self.new_name.setMaxLength(60)
        self.tell(self.new_name.setPlaceholderText, mark("Name or nickname"))
        self.tell(self.new_name.setAccessibleName, mark("Name or nickname"))
        self.new_name.returnPressed.connect(self._create)
        self.new_button = QPushButton()
        self.new_button.setProperty("tone", "primary")
        self.tell(self.new_button.setText, mark("Add and open"))
        self.new_button.clicked.connect(self._create)
        row.addWidget(self.new_name, 1)
        row.addWidget(self.new_button)
        card.body.addLayout(row)
        return card

    def refresh(self) -> None:
        clear(self._list)
        current = self.workspace.person
        for person in self.workspace.people():
            self._list.addWidget(self._person_card(person, current is not None and current.id == person.id))

    def _person_card(self, person: Person, is_open: bool) -> Card:
        card = Card()
        if self._renaming == person.id:
            self._fill_rename(card, person)
        elif self._deleting == person.id:
            self._fill_delete(card, person)
        else:
            row = TurningRow(least=6)
            row.add(label(person.name, "heading"), stretches=True)
            if is_open:
                row.add(Badge(_("Open now"), "good"))
            else:
                row.add(self._button(_("Open"), lambda: self._open(person), "primary", person.name))
            row.add(self._button(_("Rename"), lambda: self._ask(rename=person.id), "plain", person.name))
            row.add(self._button(_("Delete"), lambda: self._ask(delete=person.id), "plain", person.name))
            card.body.addWidget(row)
        return card

    def _fill_rename(self, card: Card, person: Person) -> None:
        row = QHBoxLayout()
        line = QLineEdit(person.name)
        line.setMaxLength(60)
        line.setAccessibleName(_("New name for {name}", name=person.name))
        row.addWidget(line, 1)

        def rename() -> None:
            if self.attempt(lambda: self.workspace.rename_person(person, line.text())):
                self._ask()

        line.returnPressed.connect(rename)
        row.addWidget(self._button(_("Save"), rename, "primary", person.name))
        row.addWidget(self._button(_("Cancel"), self._ask, "plain", person.name))
        card.body.addLayout(row)
        line.selectAll()
        QTimer.singleShot(0, line, lambda: line.setFocus(Qt.FocusReason.OtherFocusReason))

    def _fill_delete(self, card: Card, person: Person) -> None:
        card.body.addWidget(
            label(_("Delete {name} with all answers, bills and plans?", name=person.name), "heading")
        )
        card.body.addWidget(label(_("You can undo this until you close the window."), "muted"))
        row = QHBoxLayout()
        row.addStretch(1)

        def delete() -> None:
            self._deleting = None
            if self.attempt(lambda: self.workspace.delete_person(person)):
                self.banners.show_banner(
                    "info",
                    mark("{name} is deleted."),
                    {"name": person.name},
                    action=(mark("Undo"), self._undo),
                )

        keep = self._button(_("Keep"), self._ask, "", person.name)
        row.addWidget(keep)
        row.addWidget(self._button(_("Delete"), delete, "danger", person.name))
        card.body.addLayout(row)
        QTimer.singleShot(0, keep, lambda: keep.setFocus(Qt.FocusReason.OtherFocusReason))

    def _button(self, words: str, slot: Callable[[], object], tone: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("tone", tone)
        button.setAccessibleName(_("{deed}: {name}", deed=words, name=name))
        button.clicked.connect(lambda: slot())
        return button

    def _ask(self, rename: int | None = None, delete: int | None = None) -> None:
        self._renaming, self._deleting = rename, delete
        self.refresh()

    def _open(self, person: Person) -> None:
        self.workspace.open_person(person)
        self.workspace.open_page.emit(self.workspace.setting("last_page", "my_situation"))

    def _undo(self) -> None:
        self.banners.clear("info")
        self.attempt(self.workspace.undo)

    def _create(self) -> None:
        if self.attempt(lambda: self.workspace.create_person(self.new_name.text())):
            self.new_name.clear()
            self.workspace.open_page.emit("my_situation")
