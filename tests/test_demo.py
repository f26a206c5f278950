"""The worked examples: cases for the commands, people in the window, pages and a table without a display."""

from __future__ import annotations

import json
import signal
import sys
from datetime import date

import pytest

from planner import app, demo, selftest, text
from planner.policy import load_pack
from planner.projection import case_from_json, project
from planner.ui import qt_words
from planner.ui.models.workspace import answers_of_case
from planner.vault import Store


@pytest.mark.parametrize("name", demo.PEOPLE)
def test_a_worked_example_is_a_case(name: str) -> None:
    case = case_from_json(demo.case(name), load_pack())
    assert len(case.months) == 14
    incomes = [month.cny for month in case.months]
    assert min(incomes) < 0.3 * sum(incomes) / len(incomes), "a month around the Spring Festival is weak"
    assert case.today == demo.today() > date(2026, 1, 1)


def test_the_people_of_the_examples_are_in_the_store_as_in_their_files() -> None:
    store = Store.in_memory()
    demo.fill(store)
    people = store.people()
    assert [person.name for person in people] == [text._(title) for title in demo.PEOPLE.values()]
    assert store.setting("last_person") == str(people[0].id)
    for person, name in zip(people, demo.PEOPLE, strict=True):
        answers, months = answers_of_case(demo.case(name))
        assert store.answers(person.id) == json.loads(json.dumps(answers))
        assert len(store.typed_months(person.id)) == len(months)
    store.close()


def test_the_columns_of_the_comparison_stand_below_each_other() -> None:
    data = demo.case("rider")
    data["settings"] = {"paths": 200}
    text.use("zh")
    projection = project(case_from_json(data, load_pack()), load_pack())
    lines = demo.comparison(projection).splitlines()
    assert len(lines) == len(projection.plans) + 2
    assert len({demo._cells(line) for line in lines[:-1]}) == 1
    assert sum(line.lstrip().startswith("建议") for line in lines) == 1


@pytest.fixture
def _start(monkeypatch):
    """Undoes what a start changes for the whole process."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    interrupt = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, interrupt)
    qt_words.use("en")


@pytest.mark.usefixtures("qapp", "_start")
def test_every_page_is_drawn_to_a_file(tmp_path, capsys) -> None:
    text.use("zh")
    assert app.draw_demo(tmp_path / "pages", "zh") == 0
    from planner.ui.pages import PAGES

    names = [entry.name for entry in PAGES if entry.exists]
    files = sorted((tmp_path / "pages").iterdir())
    assert [file.name.split("-", 1)[1].removesuffix(".png") for file in files] == names
    assert all(file.stat().st_size > 10_000 for file in files)
    said = capsys.readouterr().out
    assert text._("{person}: what each plan costs and gives", person="骑手小王（示例）") in said
    assert all(str(file) in said for file in files)


def test_a_check_that_fails_is_said_and_counted(monkeypatch, capsys) -> None:
    def broken() -> str:
        raise selftest.MismatchError("the reason")

    monkeypatch.setattr(selftest, "CHECKS", (("Exchange rates", lambda: "well"), ("The window", broken)))
    assert selftest.run() == 1
    said = capsys.readouterr().out
    assert "ok  Exchange rates: well" in said
    assert "FAILED  The window: the reason" in said
    assert "1 check failed" in said


def test_a_surprise_in_a_check_is_one_line_and_names_its_place(monkeypatch, capsys) -> None:
    monkeypatch.setattr(selftest, "CHECKS", (("Exchange rates", lambda: str(1 // 0)),))
    assert selftest.run() == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
