"""`wenbao batch` from the command line: files, refusals, redaction, nothing half written."""

from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import parse, run_command
from planner.paths import resources

DEMO = resources() / "demo" / "roster.csv"
HEAD = "会员号,姓名,出生年月,性别,省份,工种,职工养老缴费月数,月收入\n"
pytestmark = pytest.mark.usefixtures("qapp")  # sheets would make a lesser application for all tests after
STATUTORY = {"members.csv", "risks.csv", "enrolment.csv", "refused.csv", "summary.json"}


@pytest.fixture
def call(capsys, tmp_path):
    def calling(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        status = run_command(parse(["batch", *arguments, "--lang", lang]))
        out, err = capsys.readouterr()
        return status, out, err

    return calling


@pytest.fixture
def batch(call, tmp_path):
    """Status, output and folder of a roster."""

    def running(roster: str | Path, *more: str, lang: str = "en") -> tuple[int, str, str, Path]:
        if isinstance(roster, str):
            (tmp_path / "roster.csv").write_text(roster, "utf-8")
            roster = tmp_path / "roster.csv"
        out = tmp_path / "out"
        return *call(str(roster), "--out", str(out), "--today", "2026-11-25", *more, lang=lang), out

    return running


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_example_roster(batch):
    status, out, err, folder = batch(DEMO)
    assert (status, err) == (0, "")
    assert {path.name for path in folder.iterdir()} == STATUTORY
    assert "members answered: 12, rows refused: 0" in out
    members = rows(folder / "members.csv")
    assert [row["Member number"] for row in members] == [f"A-{at:03d}" for at in range(1, 13)]
    risks = rows(folder / "risks.csv")
    assert [row["Rank"] for row in risks] == [str(at) for at in range(1, len(risks) + 1)]
    assert risks[0]["Gravest risk"] == "No injury cover on the road"
    assert all(row["Next step"] and row["Why, in words"] for row in risks)
    assert rows(folder / "enrolment.csv")
    assert rows(folder / "refused.csv") == []
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert (summary["rows"], summary["members"], summary["redacted"]) == (12, 12, True)


def test_both_languages_have_the_same_numbers(batch):
    *_rest, folder = batch(DEMO, "--force")
    english = [list(row.values()) for row in rows(folder / "members.csv")]
    *_rest, folder = batch(DEMO, "--force", lang="zh")
    chinese = rows(folder / "members.csv")
    assert "还差月数" in chinese[0]
    numbers = slice(7, 12)
    assert [list(row.values())[numbers] for row in chinese] == [row[numbers] for row in english]


def test_names_stay_short_unless_asked_for(batch):
    *_rest, folder = batch(DEMO)
    written = "".join(path.read_text("utf-8") for path in folder.iterdir())
    assert "王一鸣" not in written
    assert "1997-04" not in written
    *_rest, folder = batch(DEMO, "--force", "--names")
    row = rows(folder / "members.csv")[0]
    assert (row["Name"], row["Born"]) == ("王一鸣", "1997-04")


def test_a_refused_row_is_listed_and_the_others_are_answered(batch):
    roster = HEAD + "A1,王小明,1990-05,男,广东,骑手,31,6500\nA2,李四,四月,男,火星,骑手,1,1\n"
    status, _out, err, folder = batch(roster)
    assert status == 2
    assert [(row["Row"], row["Column"]) for row in rows(folder / "refused.csv")] == [
        ("3", "Born (year and month)"),
        ("3", "Province"),
    ]
    assert [row["Member number"] for row in rows(folder / "members.csv")] == ["A1"]
    assert "row 3, Province: No province or city of this name is known." in err
    assert "四月" not in err + (folder / "refused.csv").read_text("utf-8")
    *_rest, folder = batch(roster, "--force", "--names")
    assert rows(folder / "refused.csv")[0]["What stood there"] == "四月"


def test_a_formula_becomes_text_and_a_loss_stays_a_number(batch):
    roster = HEAD.replace("月收入", "2026-10") + '"=HYPERLINK(""x"")","@王",1990-05,男,广东,骑手,31,-500\n'
    _status, _out, _err, folder = batch(roster, "--names")
    (row,) = rows(folder / "members.csv")
    assert row["Member number"].startswith("'=")
    assert row["Name"] == "'@王"
    assert row["Usual income (yuan a month)"] == "-500.00"


def test_nothing_is_replaced_unasked(batch):
    *_rest, folder = batch(DEMO)
    (folder / "members.csv").write_text("mine", "utf-8")
    status, _out, err, _folder = batch(DEMO)
    assert (status, json.loads(err)["error"]["code"]) == (2, "exists")
    assert (folder / "members.csv").read_text("utf-8") == "mine"
    assert batch(DEMO, "--force")[0] == 0
    assert (folder / "members.csv").read_text("utf-8-sig") != "mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_files_are_for_their_owner_alone(batch):
    *_rest, folder = batch(DEMO)
    for path in (folder, *folder.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_same_roster_gives_the_same_bytes(batch):
    *_rest, folder = batch(DEMO)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    *_rest, folder = batch(DEMO, "--force")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_json_answers_the_summary_and_the_files(batch):
    _status, out, _err, folder = batch(DEMO, "--json")
    answer = json.loads(out)
    assert set(answer.pop("files")) == STATUTORY
    assert answer.pop("sheets") == 0
    assert answer == json.loads((folder / "summary.json").read_text("utf-8"))
    assert sum(answer["order_cover"].values()) == answer["members"]


@pytest.mark.parametrize("at", ["first", "projection"])
def test_ctrl_c_leaves_whole_files_only(batch, monkeypatch, at):
    def stopped(*_arguments: Any, **_more: Any) -> Any:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("planner.cli.batch." + ("batch.run" if at == "first" else "projections"), stopped)
    status, _out, err, folder = batch(DEMO, "--project")
    assert status == 130
    left = {path.name for path in folder.iterdir()}
    assert left == (set() if at == "first" else STATUTORY)
    assert ("members.csv" in err) is (at == "projection")


def test_the_projection_is_the_same_on_workers_and_alone(batch, tmp_path):
    from datetime import date

    from planner.casework.batch import Assessed, Counts, run
    from planner.casework.projecting import projected
    from planner.casework.roster import open_roster
    from planner.policy import current_pack
    from planner.projection.case import Settings

    text = DEMO.read_text("utf-8").splitlines(keepends=True)
    roster = "".join((text[0], text[1], text[7], text[11]))
    status, _out, _err, folder = batch(roster, "--project", "--paths", "100", "--workers", "2")
    assert status == 0
    found = rows(folder / "projections.csv")
    assert [row["Member number"] for row in found] == ["A-001", "A-007"]  # A-011 draws a pension already
    assert found[1]["Why there is none"].startswith("The pension age is reached")
    pack = current_pack()
    opened = open_roster(tmp_path / "roster.csv", pack, date(2026, 11, 25))
    first = next(row for row in run(opened, Counts()) if isinstance(row, Assessed))
    alone = projected(first.member, date(2026, 11, 25), Settings(paths=100), pack)
    assert found[0]["Cost now (yuan a month)"] == format(alone.monthly_cost, ".2f")
    assert found[0]["Suggested plan"] == alone.plan.said("en")


def test_one_page_a_member(batch):
    text = DEMO.read_text("utf-8").splitlines(keepends=True)
    status, _out, _err, folder = batch("".join(text[:3]), "--sheets")
    assert status == 0
    pages = sorted((folder / "sheets").iterdir())
    assert [page.name for page in pages] == ["000002-A-001.pdf", "000003-A-002.pdf"]
    assert all(page.read_bytes().startswith(b"%PDF") for page in pages)


@pytest.mark.parametrize("name", ["empty.csv", "empty.xlsx"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_empty_roster_is_one(call, tmp_path, name, lang):
    file = tmp_path / name
    assert call("--template", str(file), lang=lang)[0] == 0
    out = tmp_path / "out"
    status, answer, _err = call(str(file), "--out", str(out), "--json", "--today", "2026-11-25")
    assert (status, json.loads(answer)["rows"]) == (0, 0)
    assert not json.loads(answer)["columns"]["ignored"]
    assert call("--template", str(file))[0] == 2
    assert call("--template", str(tmp_path / "empty.doc"))[0] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ([], "missing_field", "roster"),
        (["x.csv"], "missing_field", "out"),
        (["x.csv", "--out", "o"], "not_found", "roster"),
        (["x.csv", "--out", "o", "--today", "soon"], "bad_date", "today"),
        (["x.csv", "--out", "o", "--paths", "0"], "out_of_range", "paths"),
        (["x.csv", "--out", "o", "--workers", "0"], "out_of_range", "workers"),
    ],
)
def test_what_is_wrong_with_the_command_is_one_object(call, monkeypatch, tmp_path, arguments, code, field):
    monkeypatch.chdir(tmp_path)
    status, out, err = call(*arguments)
    error = json.loads(err)["error"]
    assert (status, out, error["code"], error["field"]) == (2, "", code, field)
    assert error["message"]


def test_a_folder_that_cannot_be_made_is_said(call, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    status, _out, err = call(str(DEMO), "--out", str(tmp_path / "file" / "out"))
    assert (status, json.loads(err)["error"]["code"]) == (2, "not_written")


def test_the_schema_is_printed(call):
    _status, out, _err = call("--schema")
    assert json.loads(out)["required"] == ["born", "province"]
