"""People: each has a file of their own; adding, renaming, closing and deleting can all be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QLineEdit, QPushButton

from planner.ui.main_window import MainWindow
from planner.ui.pages.people import PeoplePage
from tests.ui.conftest import FOUR_ANSWERS


def people(window: MainWindow) -> PeoplePage:
    window.open_page("people")
    return cast(PeoplePage, window.pages["people"])


def press(page: PeoplePage, name: str) -> None:
    next(button for button in page.findChildren(QPushButton) if button.accessibleName() == name).click()


def names(window: MainWindow) -> list[str]:
    return [person.name for person in window.workspace.people()]


def add(window: MainWindow, name: str) -> None:
    page = people(window)
    page.new_name.setText(name)
    page.new_button.click()


def test_the_first_start_has_a_file_at_once(window: MainWindow) -> None:
    assert names(window) == ["Me"]
    assert window.page is window.pages["my_situation"]


def test_a_new_person_is_opened_with_nothing_of_another(window: MainWindow) -> None:
    window.workspace.save_answers(FOUR_ANSWERS)
    add(window, "  Master   Li ")
    assert names(window) == ["Me", "Master Li"]
    assert window.workspace.answers == {}
    assert window.page is window.pages["my_situation"]
    assert window.windowTitle() == "Wenbao - Master Li"
    press(people(window), "Open: Me")
    assert dict(window.workspace.answers) == FOUR_ANSWERS


def test_an_empty_name_is_refused_in_words(window: MainWindow) -> None:
    add(window, "   ")
    page = people(window)
    assert names(window) == ["Me"]
    assert "Please give a name" in page.banners.shown()[0].text


def test_renaming_and_taking_it_back(window: MainWindow) -> None:
    page = people(window)
    press(page, "Rename: Me")
    line = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "New name for Me")
    line.setText("Wang")
    press(page, "Save: Me")
    assert names(window) == ["Wang"]
    assert window.person_button.text() == "Wang"
    window.undo_button.click()
    assert names(window) == ["Me"]
    assert window.person_button.text() == "Me"


def test_renaming_somebody_else_is_what_undo_takes_back(window: MainWindow) -> None:
    window.workspace.save_answers(FOUR_ANSWERS)
    me = window.workspace.person
    assert me is not None
    add(window, "Li")
    window.workspace.rename_person(me, "Wang")
    assert window.undo_button.toolTip() == "Undo: new name"
    window.undo_button.click()
    assert names(window) == ["Me", "Li"]


def test_undo_after_renaming_somebody_else_leaves_their_answers_alone(window: MainWindow) -> None:
    workspace = window.workspace
    workspace.save_answers(FOUR_ANSWERS)
    me = workspace.person
    assert me is not None
    add(window, "Li")
    workspace.save_answers({"born": "1999-01"})
    workspace.rename_person(me, "Wang")
    workspace.undo()
    assert workspace.undo_words == "changed answer"
    workspace.undo()
    assert dict(workspace.answers) == {}  # Li's, whose file is open
    assert workspace.store.answers(me.id) == FOUR_ANSWERS


def test_deleting_asks_in_the_page_and_can_be_undone(window: MainWindow) -> None:
    window.workspace.save_answers(FOUR_ANSWERS)
    page = people(window)
    press(page, "Delete: Me")
    assert names(window) == ["Me"]
    press(page, "Keep: Me")
    press(page, "Delete: Me")
    press(page, "Delete: Me")
    assert names(window) == []
    assert window.workspace.person is None
    assert not window._rail_buttons["earnings"].isEnabled()
    window.undo_button.click()
    assert names(window) == ["Me"]
    press(page, "Open: Me")
    assert dict(window.workspace.answers) == FOUR_ANSWERS


def test_what_was_deleted_is_gone_at_the_next_start(open_window: Callable[[], MainWindow]) -> None:
    window = open_window()
    add(window, "Li")
    window.workspace.delete_person(window.workspace.people()[0])
    again = open_window()
    assert names(again) == ["Li"]
    assert again.workspace.person is not None
    assert not again.undo_button.isEnabled()


def test_a_closed_file_stays_closed(open_window: Callable[[], MainWindow]) -> None:
    window = open_window()
    window._close_person()
    assert window.page is window.pages["people"]
    window.open_page("earnings")
    assert window.page is window.pages["people"]
    again = open_window()
    assert again.workspace.person is None
    assert again.page is again.pages["people"]
    press(people(again), "Open: Me")
    assert again.workspace.person is not None


def test_what_was_said_about_one_person_is_gone_with_another(window: MainWindow) -> None:
    workspace = window.workspace
    first = workspace.person
    assert first is not None
    window.open_page("next_steps")
    page = window.pages["next_steps"]
    page._saved(Path("one.pdf"))
    page._saved(Path("two.pdf"))
    assert [banner.text for banner in page.banners.shown()] == ["Saved: two.pdf"]
    workspace.create_person("Li")
    assert not page.banners.shown()
