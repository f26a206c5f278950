"""The plan that somebody chose on the tiers page is spoken of beside the suggested one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from planner import text
from planner.policy import Pack
from planner.projection import Projection
from planner.report.answer import answer_sheet
from planner.ui.models import tiers
from planner.ui.models.workspace import Workspace
from planner.ui.pages.next_steps import NextStepsPage
from planner.ui.theme import Look
from planner.vault import Store
from tests.ui.frame import framed
from tests.ui.tier_results import WORKER, case_of, projection_of

TODAY = date(2026, 8, 1)


class Ready(Workspace):
    """A workspace with a projection made by hand."""

    ready: Projection | None = None

    @property
    def projection(self) -> Projection | None:
        return self.ready

    @property
    def projection_state(self) -> str:
        return "ready"


@pytest.fixture
def page(qapp: QApplication, qtbot: Any) -> Iterator[NextStepsPage]:
    text.use("en")
    store = Store.in_memory()
    workspace = Ready(store, Look("light", 100), today=TODAY)
    person = store.create_person("Wang")
    store.save_answers(person.id, WORKER)
    workspace.open_person(person)
    workspace.ready = projection_of(case_of(workspace.pack))
    page = NextStepsPage(workspace)
    framed(page, qtbot)
    page.activate()
    yield page
    store.close()


def choose(page: NextStepsPage, plan: str | None) -> str:
    page.workspace.save_answers({tiers.CHOSEN: plan})
    page.refresh()
    return page.plans.text() if page.plans.isVisibleTo(page) else ""


def test_next_steps_name_the_own_plan_and_the_suggested_one(page: NextStepsPage) -> None:
    assert choose(page, None) == ""
    words = choose(page, "employee_150")
    assert "Your own choice is Employee pension, tier 150%" in words
    assert "Suggested is Employee pension, tier 80%" in words


def test_a_choice_that_is_the_suggestion_is_said_once(page: NextStepsPage) -> None:
    words = choose(page, "employee_80")
    assert "Your own choice is Employee pension, tier 80%" in words
    assert "Suggested" not in words


def test_the_sheet_begins_with_the_own_choice(page: NextStepsPage) -> None:
    projection, pack = page.workspace.projection, page.workspace.pack
    assert isinstance(pack, Pack)
    assert projection is not None
    own = tiers.plan_of(projection, "employee_57")
    sheet = answer_sheet(projection, pack, person="Wang", chosen=own)
    assert sheet.detail.startswith("Your own choice is Employee pension, tier 57%")
    assert any("tier 57%" in row[0] for row in sheet.plans.rows)
    without = answer_sheet(projection, pack, person="Wang")
    assert "Your own choice" not in without.detail
