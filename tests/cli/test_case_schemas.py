"""The schemas of a case: shipped, printed, and true of every case of the repository."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from planner.cli.main import parse, run_command

ROOT = Path(__file__).parents[2]
DEMOS = sorted(
    file
    for file in (ROOT / "resources" / "demo").glob("*.json")
    if "worker" in json.loads(file.read_text("utf-8"))
)
CASES = sorted((ROOT / "tests" / "data" / "cases").glob("*.json"))


@pytest.fixture(params=("project", "advise"))
def schema(request, capsys):
    assert run_command(parse([request.param, "--schema"])) == 0
    printed = capsys.readouterr().out
    assert printed == (ROOT / "resources" / "schemas" / f"{request.param}.json").read_text("utf-8")
    document = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(document)
    return document


def test_there_are_demos():
    assert len(DEMOS) >= 2


@pytest.mark.parametrize("file", DEMOS, ids=lambda file: file.stem)
def test_the_demo_cases_are_valid(schema, file):
    jsonschema.validate(json.loads(file.read_text("utf-8")), schema)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_ten_cases_are_valid(schema, file):
    jsonschema.validate(json.loads(file.read_text("utf-8"))["case"], schema)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"today": "soon", "worker": {"born": "1990-01", "category": "male_60", "province": "CN-GD"}},
        {"today": "2026-11-25", "worker": {"born": "1990-13", "category": "male_60", "province": "CN-GD"}},
        {"today": "2026-11-25", "worker": {"born": "1990-01", "category": "male", "province": "CN-GD"}},
        {
            "today": "2026-11-25",
            "worker": {"born": "1990-01", "category": "male_60", "province": "CN-GD"},
            "settings": {"paths": 0},
        },
    ],
)
def test_what_the_command_refuses_is_not_valid(schema, wrong):
    assert not jsonschema.Draft202012Validator(schema).is_valid(wrong)
