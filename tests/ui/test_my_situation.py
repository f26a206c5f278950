"""My situation: four answers give the first picture; all is kept at once, undone, found again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from planner import text
from planner.ui import tasks
from planner.ui.main_window import MainWindow
from planner.ui.pages.my_situation import MySituationPage
from planner.ui.widgets.fields import AmountField, SearchField
from planner.ui.widgets.tab_order import follow_layout
from tests.ui.conftest import FOUR_ANSWERS
from tests.ui.frame import framed


def situation(window: MainWindow) -> MySituationPage:
    window.open_page("my_situation")
    return cast(MySituationPage, window.pages["my_situation"])


def type_choice(field: SearchField, words: str) -> None:
    field.line.setText(words)
    field.line.editingFinished.emit()


def type_amount(field: AmountField, words: str) -> None:
    field.line.setText(words)
    field.line.setModified(True)
    field.line.editingFinished.emit()


def answer_four(page: MySituationPage) -> None:
    page.category.buttons["male_60"].click()
    for combo, value in ((page.born.year, 1990), (page.born.month, 5)):
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.emit(combo.currentIndex())
    type_choice(page.occupation, "crowd food")
    type_choice(page.place, "guangdong")


def test_four_answers_give_the_first_picture(window: MainWindow) -> None:
    page = situation(window)
    assert page.answer.sentence.text().startswith("Four answers below")
    assert not page.life_line.isVisibleTo(page)
    assert page.drop.isVisibleTo(page)
    answer_four(page)
    assert dict(window.workspace.answers) == FOUR_ANSWERS
    assert page.answer.sentence.text().startswith("As a man you can retire in 2053-05, at 63 years")
    assert "Still missing: 20 years" in page.answer.detail.text()
    assert page.life_line.isVisibleTo(page)
    assert page.group_badge.text() == "Group figures"
    assert "They are not yours" in page.group_note.text()


def test_the_answer_says_whom_it_counts(window: MainWindow) -> None:
    page = situation(window)
    answer_four(page)
    page.category.buttons["female_50"].click()
    assert page.answer.sentence.text().startswith("As an employed woman worker you can retire in ")
    assert "Counted as paying for yourself it would be" in page.answer.detail.text()
    window.undo_button.click()
    assert page.category.buttons["male_60"].isChecked()


def test_answers_are_there_after_a_restart_and_so_is_their_undo(
    open_window: Callable[[], MainWindow],
) -> None:
    page = situation(open_window())
    answer_four(page)
    type_amount(page.essentials, "3,200.50 元")
    again = open_window()
    page = situation(again)
    assert again.workspace.answer("essentials") == "3200.50"
    assert page.essentials.line.text() == "3200.50"
    assert page.place.line.text() == "Guangdong"
    assert again.undo_button.toolTip() == "Undo: changed answer"
    again.undo_button.click()
    assert page.essentials.line.text() == ""
    again.redo_button.click()
    assert page.essentials.line.text() == "3200.50"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lots", "Please type a number"),
        ("-5", "cannot be less than 0"),
        ("99999999999", "cannot be more than"),
    ],
)
def test_a_bad_amount_is_said_in_its_place_and_not_kept(window: MainWindow, typed: str, said: str) -> None:
    page = situation(window)
    type_amount(page.buffer, typed)
    assert said in page.buffer.error
    assert said in page.buffer.line.accessibleDescription()
    assert window.workspace.answer("buffer") is None
    type_amount(page.buffer, "6000")
    assert page.buffer.error == ""
    assert window.workspace.answer("buffer") == "6000"


def test_a_place_that_is_not_there_is_said(window: MainWindow) -> None:
    page = situation(window)
    type_choice(page.place, "Atlantis")
    assert "Nothing here is called" in page.place.error
    assert window.workspace.answer("province") is None


def test_a_place_is_found_by_its_first_letters_and_in_the_other_language(window: MainWindow) -> None:
    page = situation(window)
    type_choice(page.place, "yn")
    assert window.workspace.answer("province") == "CN-YN"
    assert page.place.line.text() == "Yunnan"
    type_choice(page.place, "四川")
    assert window.workspace.answer("province") == "CN-SC"
    page.place.line.setText("gd")
    completer = page.place.combo.completer()
    assert completer is not None
    completer.setCompletionPrefix("gd")
    assert completer.currentCompletion() == "Guangdong"


def test_months_paid_change_the_answer(window: MainWindow) -> None:
    page = situation(window)
    answer_four(page)
    page.employee_months.years.setText("20")
    page.employee_months.years.setModified(True)
    page.employee_months.years.editingFinished.emit()
    assert window.workspace.answer("employee_months") == 240
    assert "the minimum is already full" in page.answer.detail.text()


def test_own_months_take_the_place_of_group_figures(window: MainWindow) -> None:
    page = situation(window)
    answer_four(page)
    months = [window.workspace.today.replace(day=1)]
    from planner.values import Month

    this = Month.of(months[0])
    window.workspace.type_months({this + -back: {"cny": Decimal(5000)} for back in (1, 2, 3)})
    assert page.group_note.text().startswith(
        "Of your own, 3 months with income are known; from 6 on your own count. Until then we use figures"
    )
    assert page.group_badge.isVisibleTo(page)
    window.workspace.type_months({this + -back: {"cny": Decimal(5000)} for back in (4, 5, 6)})
    assert page.group_note.text() == "Your own earnings are used: 6 months."
    assert not page.group_badge.isVisibleTo(page)
    assert not page.drop.isVisibleTo(page)


def test_both_languages_without_a_restart(window: MainWindow) -> None:
    page = situation(window)
    answer_four(page)
    window.set_language("zh")
    assert page.answer.sentence.text().startswith("按男性算，你可以在2053年5月退休")
    assert page.place.line.text() == "广东"
    assert window._rail_buttons["earnings"].text() == "收入"
    window.set_language("en")
    assert page.place.line.text() == "Guangdong"
    assert text.language() == "en"


def test_nobody_is_taken_for_a_man_who_has_not_said_so(window: MainWindow) -> None:
    page = situation(window)
    assert not any(button.isChecked() for button in page.category.buttons.values())
    window.workspace.save_answers({**FOUR_ANSWERS, "category": None})
    assert page.answer.sentence.text().startswith("Say whether you are a man or a woman")
    assert window.workspace.missing() == ("category",)
    page.category.buttons["female_55"].click()
    assert page.answer.sentence.text().startswith("As a woman paying for yourself")
    window.undo_button.click()
    assert not any(button.isChecked() for button in page.category.buttons.values())


def test_whoever_has_retired_is_sent_to_no_page_with_nothing_on_it(window: MainWindow) -> None:
    page = situation(window)
    window.workspace.save_answers({**FOUR_ANSWERS, "born": "1955-01"})
    assert "That month has passed" in page.answer.detail.text()
    assert "as early as" not in page.answer.detail.text()
    for part in (page.to_tiers, page.to_earnings, page.group_badge, page.group_note):
        assert not part.isVisibleTo(page)
    window.workspace.save_answers({"born": "1990-05"})
    assert page.to_tiers.isVisibleTo(page)
    window.workspace.save_answers({"born": "1955-01"})
    window.open_page("next_steps")
    steps = window.pages["next_steps"]
    assert steps.answer.sentence.text().startswith("You have reached your retirement age")
    assert "could not be worked out" not in steps.answer.detail.text()
    assert not steps.paper.isVisibleTo(steps)


def test_stopping_early_is_not_held_out_to_whoever_cannot_have_enough(window: MainWindow) -> None:
    page = situation(window)
    window.workspace.save_answers({**FOUR_ANSWERS, "category": "female_50", "born": "1978-03"})
    assert "only" in page.answer.detail.text()
    assert "as early as" not in page.answer.detail.text()
    window.workspace.save_answers({"employee_months": 200})
    assert "as early as" in page.answer.detail.text()


def test_at_the_start_what_lies_below_comes_after_the_first_painting(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workspace.save_answers({**FOUR_ANSWERS, "hukou": "CN-ZJ", "essentials": "3200"})
    tasks.hold()
    page = MySituationPage(window.workspace)
    page.activate()
    framed(page, qtbot)
    assert page.place.line.text() == "Guangdong"
    assert page.answer.sentence.text().startswith("As a man you can retire in")
    assert not page.findChildren(AmountField)
    tasks.release()
    qtbot.waitUntil(lambda: hasattr(page, "platforms"))
    assert page.hukou.line.text() == "Zhejiang"
    assert page.essentials.line.text() == "3200"
    assert page.drop.isVisibleTo(page)
    whole = situation(window)
    qtbot.waitUntil(lambda: controls(page) == controls(whole))  # in the order of a page built at once
    assert len(controls(page)) > 12
    last = page.body.itemAt(page.body.count() - 1)
    assert last is not None
    assert last.spacerItem() is not None, "a short page stays at the top"


def controls(page: MySituationPage) -> list[str]:
    """The names of what the Tab key goes through, from the top of the page on."""
    follow_layout(page)
    names, part = [], page.nextInFocusChain()
    while page.isAncestorOf(part):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(page):
            names.append(part.accessibleName())
        part = part.nextInFocusChain()
    return names
