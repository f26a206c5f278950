"""The commands as a person or a script runs them: processes of their own, far from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner import paths

DEMO = paths.resources() / "demo"
BILL = DEMO / "alipay_bill.csv"


class Wenbao:
    """Runs `python -m planner` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "planner", *map(str, words)],
            input=given,
            cwd=self.folder,
            env={**os.environ, "WENBAO_HOME": str(self.folder / "home"), "WENBAO_LANG": "en"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def json(self, *words: str | Path, given: str = ""):
        done = self(*words, given=given)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def refused(self, *words: str | Path, given: str = "") -> dict[str, str]:
        """The one JSON object that bad input is answered with."""
        done = self(*words, given=given)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        return json.loads(done.stderr)["error"]


@pytest.fixture
def wenbao(tmp_path: Path) -> Wenbao:
    return Wenbao(tmp_path)


def test_a_calculation_from_the_input(wenbao: Wenbao) -> None:
    answer = wenbao.json("calc", "retirement-age", given='{"category": "male_60", "born": "1965-01"}')
    assert answer["statutory"] == {"years": 60, "months": 1, "month": "2025-02"}
    assert answer["steps"]
    assert all(step["source"]["title"] for step in answer["steps"])


def test_lines_go_on_after_a_refused_one(wenbao: Wenbao) -> None:
    given = '{"retire": "2031-05"}\n{"retire": "soon"}\n{"retire": "2045-05"}\n'
    done = wenbao("calc", "min-years", "--lines", given=given)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0]["months"] == 192
    assert answers[1]["error"]["field"] == "retire"
    assert answers[2]["months"] == 240


@pytest.mark.parametrize(
    "given", ["", "{", "[]", '{"category": "male_60"}', '{"category": 1, "born": "1997-04"}', "\0"]
)
def test_bad_input_is_one_object_and_no_traceback(wenbao: Wenbao, given: str) -> None:
    error = wenbao.refused("calc", "retirement-age", given=given)
    assert set(error) == {"code", "field", "message"}
    assert error["message"]


def test_a_bill_is_looked_at_without_being_kept(wenbao: Wenbao) -> None:
    answer = wenbao.json("import", BILL, "--json")
    assert answer["total_cny"] == "7506.90"
    assert answer["files"][0]["format"] == "alipay_app_csv"
    assert not (wenbao.folder / "home" / "data").exists()


def test_a_bill_is_kept_once_for_a_person(wenbao: Wenbao) -> None:
    wenbao.json("import", BILL, "--json", "--profile", "小王")
    wenbao.json("import", BILL, "--json", "--profile", "小王")
    from planner.vault import Store

    store = Store.open(wenbao.folder / "home" / "data")
    (person,) = store.people()
    assert person.name == "小王"
    assert len(store.entries(person.id)) == 9
    store.close()


def test_what_is_no_statement_is_refused_and_nothing_kept(wenbao: Wenbao) -> None:
    letter = wenbao.folder / "letter.txt"
    letter.write_text("Dear all,\nthis is no statement.\n", "utf-8")
    done = wenbao("import", letter, "--json", "--profile", "小王")
    assert done.returncode == 2
    assert json.loads(done.stdout)["files"][0]["error"] == "unknown_format"
    if (wenbao.folder / "home" / "data").exists():
        from planner.vault import Store

        store = Store.open(wenbao.folder / "home" / "data")
        assert not any(store.entries(person.id) for person in store.people())
        store.close()


@pytest.mark.parametrize("name", ["rider", "seller"])
def test_the_plans_of_a_worked_example(wenbao: Wenbao, name: str) -> None:
    case = json.loads((DEMO / f"{name}.json").read_text("utf-8"))
    case["settings"] = {**case["settings"], "paths": 500, "seed": 7}
    given = json.dumps(case)
    file = wenbao.folder / "case.json"
    file.write_text(given, "utf-8")
    first, second = wenbao.json("project", file), wenbao.json("project", file)
    first.pop("seconds"), second.pop("seconds")
    assert first == second
    plans = {plan["id"]: plan for plan in first["plans"]}
    assert first["recommended"] in plans
    assert (first["paths"], first["seed"]) == (500, 7)
    assert any(plan["monthly_cost"] == 0 for plan in plans.values()), (
        "doing nothing is always one of the options"
    )
    for plan in plans.values():
        pension = [plan["pension"][point] for point in ("p5", "p25", "p50", "p75", "p95")]
        assert pension == sorted(pension)
        assert 0 <= plan["lapse"]["p12"] <= plan["lapse"]["p24"] <= plan["lapse"]["p36"] <= 1


@pytest.mark.parametrize("name", ["rider", "seller"])
def test_the_cards_of_a_worked_example(wenbao: Wenbao, name: str) -> None:
    case = json.loads((DEMO / f"{name}.json").read_text("utf-8"))
    case["settings"] = {**case["settings"], "paths": 500}
    file = wenbao.folder / "case.json"
    file.write_text(json.dumps(case), "utf-8")
    answer = wenbao.json("advise", file)
    assert len(answer["cards"]) <= 1, "one card at a time"
    for card in answer["cards"]:
        assert card["alternatives"]
        assert card["what_if_nothing"]
        assert card["rule_id"]
    assert all(held["because"] for held in answer["held_back"])


def test_the_shipped_law_is_whole(wenbao: Wenbao) -> None:
    assert wenbao("policy", "check").returncode == 0
    assert "440300" in wenbao("policy", "list").stdout or wenbao("policy", "list").stdout


@pytest.mark.parametrize("words", [["calc", "tarot"], ["import", "missing.csv"], ["project", "missing.json"]])
def test_a_wrong_word_is_answered_in_words(wenbao: Wenbao, words: list[str]) -> None:
    done = wenbao(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip() or done.stdout.strip()


def test_the_program_checks_itself(wenbao: Wenbao) -> None:
    done = wenbao("--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All is well." in done.stdout
