"""Answers that an update of the rules or of the program does not know any more: told, kept, left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from planner.projection import Projection, case_from_json, project
from planner.ui.models.tiers import plan_of
from planner.ui.models.workspace import Workspace
from planner.ui.pages.injury_cover import InjuryCoverPage
from planner.ui.pages.my_situation import MySituationPage
from planner.ui.pages.next_steps import NextStepsPage
from planner.ui.pages.page import Page
from planner.ui.pages.pension_tiers import PensionTiersPage
from planner.ui.pages.rules import RulesPage
from planner.ui.theme import Look
from planner.vault import Store
from tests.ui.frame import framed

GOOD: dict[str, Any] = {
    "category": "male_60",
    "born": "1990-05",
    "province": "CN-GD",
    "occupation": "food_rider_crowd",
    "platforms": ["美团"],
}
GONE: dict[str, dict[str, Any]] = {
    "province": {"province": "CN-ZZ"},
    "a city": {"province": "449999"},
    "a number": {"province": 5},
    "the nation": {"province": "CN"},
    "area": {"area": "gone"},
    "hukou": {"hukou": "CN-ZZ"},
    "occupation": {"occupation": "gone"},
    "platforms": {"platforms": ["gone", "美团"]},
    "category": {"category": "gone"},
    "born": {"born": "gone"},
    "max_lapse": {"max_lapse": "gone"},
    "scenario": {"scenario": "gone"},
    "shocks": {"shocks": ["gone"]},
    "assumptions": {"assumptions": {"gone": "1"}},
    "cover of a risk": {"cover": [{"risk": "gone", "scheme": "oip"}]},
    "cover at a place": {"cover": [{"risk": "injury", "scheme": "oip", "place": "CN-ZZ"}]},
    "injury.place": {"injury": {"place": "CN-ZZ"}},
    "injury.occupation": {"injury": {"occupation": "gone"}},
    "injury.platform": {"injury": {"platform": "gone"}},
    "injury.policy": {"injury": {"policy": "gone"}},
    "injury.order_state": {"injury": {"order_state": "gone"}},
    "injury.day": {"injury": {"day": "gone"}},
    "injury.grade": {"injury": {"grade": 99}},
    "injury.insurers_grade": {"injury": {"insurers_grade": 99}},
    "injury.medical": {"injury": {"medical": "gone"}},
}
PAGES = (MySituationPage, PensionTiersPage, InjuryCoverPage, NextStepsPage, RulesPage)


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    store = Store.in_memory()
    yield Workspace(store, Look("light", 100), today=date(2026, 11, 20))
    store.close()


def opened(workspace: Workspace, qtbot: Any, page_class: type[Page], answers: dict[str, Any]) -> Page:
    person = workspace.store.create_person("Wang")
    workspace.store.save_answers(person.id, answers)
    workspace.open_person(person)
    page = page_class(workspace)
    framed(page, qtbot)
    page.activate()
    workspace.cancel_projection()
    return page


def told(page: Page) -> str:
    return "\n".join(banner.text for banner in page.banners.shown())


def words_of(page: Page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@pytest.mark.parametrize("gone", GONE.values(), ids=GONE)
def test_what_is_gone_stops_no_page_and_is_told_kept_and_left_out(
    workspace: Workspace, qtbot: Any, gone: dict[str, Any]
) -> None:
    telling = [told(opened(workspace, qtbot, page, {**GOOD, **gone})) for page in PAGES]
    assert any("Not known any more" in words for words in telling)
    assert {**workspace.answers} == {**GOOD, **gone}
    assert workspace.lost
    if not workspace.missing():
        case = workspace.case()
        assert case is not None
        settings = {**workspace.case_json()["settings"], "paths": 1}
        project(
            case_from_json({**workspace.case_json(), "settings": settings}, workspace.pack), workspace.pack
        )


def test_a_place_that_is_gone_is_chosen_again(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, MySituationPage, {**GOOD, "province": "CN-ZZ", "area": "a"})
    assert isinstance(page, MySituationPage)
    assert "CN-ZZ" in told(page)
    assert "CN-ZZ" in page.place.error
    assert workspace.missing() == ("province",)
    assert "retire" in page.answer.sentence.text()  # what does not hang on the place is still answered
    page.place.line.setText("浙江")
    page.place.line.editingFinished.emit()
    assert workspace.answer("province") == "CN-ZJ"
    assert told(page) == page.place.error == ""
    workspace.undo()
    assert "CN-ZZ" in told(page)


def test_another_question_of_the_injury_page_keeps_what_is_gone(workspace: Workspace, qtbot: Any) -> None:
    page = opened(workspace, qtbot, InjuryCoverPage, {**GOOD, "injury": {"place": "CN-ZZ"}})
    assert isinstance(page, InjuryCoverPage)
    assert "CN-ZZ" in page.place.error
    assert page.asked("place") == "CN-GD"
    workspace.save_answers({"hukou": "CN-ZZ", "province": "CN-ZZ"})
    assert told(page).count("CN-ZZ") == 1
    workspace.save_answers({"province": "CN-GD"})
    page.days.edited.emit(30)
    assert workspace.answers["injury"] == {"place": "CN-ZZ", "days": 30}
    assert "CN-ZZ" in page.place.error


def test_all_that_is_known_is_left_as_it_is(workspace: Workspace, qtbot: Any) -> None:
    injury = {
        "place": "440300",
        "platform": "-",
        "policy": None,
        "grade": 8,
        "day": "2026-11-01",
        "month": "",
    }
    cover = [{"risk": "medical", "scheme": "resident", "place": "CN-GD", "paid_by": "worker"}]
    answers = {**GOOD, "province": "440300", "platforms": ["蜂鸟众包"], "injury": injury, "cover": cover}
    page = opened(workspace, qtbot, InjuryCoverPage, answers)
    assert not workspace.lost
    assert told(page) == ""
    assert all(workspace.answer(name) == value for name, value in answers.items())


def test_a_plan_that_is_gone_is_told(
    workspace: Workspace, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(workspace, qtbot, NextStepsPage, {**GOOD, "chosen_plan": "resident_99999"})
    case = case_from_json({**workspace.case_json(), "settings": {"paths": 20}}, workspace.pack)
    projection = project(case, workspace.pack)
    monkeypatch.setattr(Workspace, "projection", property(lambda _self: projection))
    page.refresh()
    assert "not among the plans of now" in words_of(page)
    assert isinstance(projection, Projection)
    assert plan_of(projection, "employee_999") is None
    assert plan_of(projection, "employee_60") is not None
    assert workspace.answers["chosen_plan"] == "resident_99999"
