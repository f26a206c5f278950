"""The injury page: the answer in one sentence, the covers beside each other, all of it kept and explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QLabel, QLineEdit, QPushButton

from planner import text
from planner.advice.case import situation_of
from planner.advice.group_month import group_month
from planner.ui.models.workspace import Workspace
from planner.ui.pages.injury_cover import InjuryCoverPage
from planner.ui.theme import Look
from planner.values import Month
from planner.vault import Store
from tests.ui.frame import framed

RIDER = {"born": "1992-03", "province": "CN-GD", "occupation": "food_rider_crowd", "platforms": ["美团"]}
STREAMER = {"born": "1998-06", "province": "CN-ZJ", "occupation": "livestreamer_independent"}
TODAY = date(2026, 8, 1)


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    store = Store.in_memory()
    yield Workspace(store, Look("light", 100), today=TODAY)
    store.close()


def opened(workspace: Workspace, qtbot: Any, answers: dict[str, Any]) -> InjuryCoverPage:
    person = workspace.store.create_person("Wang")
    workspace.store.save_answers(person.id, answers)
    workspace.open_person(person)
    page = InjuryCoverPage(workspace)
    framed(page, qtbot)
    page.activate()
    return page


def said(page: InjuryCoverPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_rider_in_guangdong_is_covered_on_an_order(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    assert page.answer.sentence.text().startswith("Yes. In Guangdong on 2026-08-01")
    assert page.badge.text() == "Covered"
    assert page.covers.isVisibleTo(page)


def test_a_livestreamer_is_told_plainly_that_nothing_covers_them(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, STREAMER)
    assert "No per-order injury protection covers you" in page.answer.sentence.text()
    assert "What remains" in page.answer.detail.text()
    assert page.badge.text() == "Not covered"
    text.use("zh")
    page.retranslate()
    assert "没有任何按单的职业伤害保障覆盖你" in page.answer.sentence.text()


def test_the_day_before_the_platform_joined_is_not_covered(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    page.day.day.setDate(QDate(2022, 6, 30))
    assert page.badge.text() == "Not covered"
    page.day.day.setDate(QDate(2022, 7, 1))
    assert page.badge.text() == "Covered"


def test_between_two_orders_is_grey_and_never_said_to_be_covered(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    page.order_state.buttons["online_between_orders"].click()
    assert page.badge.text() == "Not certain"
    assert page.answer.sentence.text().startswith("Not certain")


def test_what_is_changed_here_is_kept_and_leaves_the_profile_alone(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    page.order_state.buttons["off_duty"].click()
    assert workspace.answer("injury") == {"order_state": "off_duty"}
    assert workspace.answer("province") == "CN-GD"
    workspace.open_person(workspace.person)
    assert page.badge.text() == "Not covered"
    page.order_state.buttons["on_order"].click()
    workspace.undo()
    assert page.asked("order_state") == "off_duty"


def test_grades_of_two_scales_are_asked_apart(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    row = {cell.cover: cell for cell in page._rows["disability"]}
    assert row["oip"].lump > 0
    assert row["accident"].lump == 0
    assert row["accident"].most == Decimal(600_000)
    page.insurers_grade.edited.emit(10)
    assert {cell.cover: cell for cell in page._rows["disability"]}["accident"].lump == Decimal(60_000)
    assert {cell.cover: cell for cell in page._rows["disability"]}["oip"].lump == row["oip"].lump


def test_why_opens_the_steps_of_one_cell_down_to_the_document(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    button = next(
        button
        for button in page.covers.findChildren(QPushButton)
        if button.accessibleName() == "Why: Per-order protection, A lasting disability"
    )
    button.click()
    assert page.why.button.isChecked()
    words = "\n".join(label.text() for label in page.why.findChildren(QLabel))
    assert "Lump sum for disability" in words
    assert "人社部发〔2025〕24号" in words


def test_no_code_is_ever_shown(workspace: Workspace, qtbot: Any) -> None:
    for language in ("en", "zh"):
        text.use(language)
        page = opened(workspace, qtbot, RIDER)
        page.answer_why.open()
        for event in page._rows:
            for cell in page._rows[event]:
                if cell.result is not None:
                    page._explain(cell)
                    plain = [word for word in said(page).split() if "/" not in word]  # but for addresses
                    assert not [word for word in plain if "_" in word]
        text.use("en")


def test_without_place_or_trade_the_page_asks_for_them(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, {})
    assert not page.covers.isVisibleTo(page)
    assert "Say where you are" in page.answer.sentence.text()


def test_every_control_has_a_name(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    for kind in (QPushButton, QLineEdit, QDateEdit):
        for control in page.findChildren(kind):
            if control.isVisibleTo(page) and control.objectName() != "qt_spinbox_lineedit":
                assert control.accessibleName(), control
    for combo in page.findChildren(QComboBox):
        assert combo.accessibleName() or combo.currentText()


def test_an_own_policy_is_compared_by_its_own_terms(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, RIDER)
    workspace.save_answers(
        {"injury": {"policy": "own", "own_sum": "100000", "own_medical": "5000", "own_premium": "99"}}
    )
    death = {cell.cover: cell for cell in page._rows["death"]}["accident"]
    treatment = {cell.cover: cell for cell in page._rows["treatment"]}["accident"]
    assert (death.lump, treatment.medical) == (Decimal(100_000), Decimal(5000))
    assert treatment.stays == Decimal(3000)
    assert page.own.isVisibleTo(page)


def cut(page: InjuryCoverPage) -> list[str]:
    """The texts that have less room than they need."""
    found = []
    for words in page.findChildren(QLabel):
        if words.isVisibleTo(page) and words.text():
            need = words.heightForWidth(words.width()) if words.wordWrap() else words.sizeHint().height()
            if need > words.height():
                found.append(words.text())
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scale", [100, 150])
def test_no_line_is_cut_and_nothing_scrolls_sideways(
    qapp: QApplication, qtbot: Any, language: str, scale: int
) -> None:
    text.use(language)
    store = Store.in_memory()
    look = Look("light", scale)
    look.install()
    page = opened(Workspace(store, look, today=TODAY), qtbot, RIDER)
    for width in (956, 1200):  # a window of 1180, and one wider than the page's text may become
        page.frame.resize(width, 900)
        qtbot.waitUntil(lambda: not cut(page), timeout=3000)
        assert page.frame.horizontalScrollBar().maximum() == 0
    page.frame.hide()
    store.close()


def test_without_own_months_the_lost_income_is_that_of_the_group_and_says_so(
    workspace: Workspace, qtbot: Any
) -> None:
    page = opened(workspace, qtbot, RIDER)
    group = group_month(RIDER["occupation"], workspace.pack)
    assert group is not None
    usual = group.decimal("central")
    assert page.group_badge.isVisibleTo(page)
    assert page.group_badge.text() == "Group figure"
    assert Decimal(page.month.line.text()) == usual
    nothing = page._rows["weeks"][-1]
    assert nothing.stays == (8000 + usual * 42 / 30).quantize(Decimal("0.01"))
    page.month.line.setText("6000")
    page.month.line.setModified(True)
    page.month.line.editingFinished.emit()
    assert not page.group_badge.isVisibleTo(page)
    assert page._rows["weeks"][-1].stays == Decimal("16400.00")


def test_where_most_months_are_without_income_a_month_off_costs_the_average(
    workspace: Workspace, qtbot: Any
) -> None:
    page = opened(workspace, qtbot, {**RIDER, "category": "male_60"})
    workspace.type_months({Month(2026, 1) + at: {"cny": 9000 if at == 0 else 0} for at in range(6)})
    assert workspace.picture.median == 0
    assert Decimal(page.month.line.text()) == Decimal("1500.00")
    assert page.month_note.text().startswith("The average of your own months")
    assert not page.group_badge.isVisibleTo(page)


@pytest.mark.parametrize(("wide", "scale"), [(1100, 100), (700, 150)])
def test_no_choice_is_cut_and_every_cover_says_what_it_costs(
    workspace: Workspace, qtbot: Any, wide: int, scale: int
) -> None:
    workspace.look.install()
    workspace.look.set_scale(scale)
    page = opened(workspace, qtbot, RIDER)
    page.frame.resize(wide, 900)
    QApplication.processEvents()
    for field in (page.platform, page.grade, page.insurers_grade, page.policy):
        combo = field.combo
        words = combo.fontMetrics().horizontalAdvance(combo.currentText())
        assert combo.width() >= words + workspace.look.px(50)
    assert page.covers.isVisibleTo(page)
    assert "Costs you nothing" in said(page)
    assert page.frame.horizontalScrollBar().maximum() == 0
    workspace.look.set_scale(100)


def test_own_months_are_counted_with_the_same_usual_month_as_everywhere(
    workspace: Workspace, qtbot: Any
) -> None:
    page = opened(workspace, qtbot, {**RIDER, "category": "male_60"})
    workspace.type_months({Month(2026, 1) + at: {"cny": 5000 + 1000 * at} for at in range(6)})
    usual = workspace.picture.median
    assert usual == Decimal("7500.00")
    assert Decimal(page.month.line.text()) == usual
    assert not page.group_badge.isVisibleTo(page)
    case = workspace.case()
    assert case is not None
    assert situation_of(case, workspace.pack).usual_month == usual
