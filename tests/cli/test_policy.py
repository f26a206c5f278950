"""`wenbao policy` as a person or a script calls it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner import paths, text
from planner.cli.main import parse, run_command
from planner.policy import (
    Correction,
    current_pack,
    installed,
    load_pack,
    read_corrections,
    write_corrections,
)
from planner.values import Place
from tests.policy.packs import Maker, raised


@pytest.fixture
def call(capsys):
    def calling(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
        status = run_command(parse(["policy", *map(str, arguments), "--lang", lang]))
        out, err = capsys.readouterr()
        return status, out, err

    return calling


def test_list_names_every_province_with_its_years_and_state(call) -> None:
    status, out, _err = call("list", "--json")
    answer = json.loads(out)
    assert status == 0
    places = {one["place"]: one for one in answer["places"]}
    assert {place.code for place in load_pack().places()} <= places.keys()
    assert places["CN-BJ"]["years"]["pension.base_lower"]["from"] == 2023
    assert places["CN-JS"]["years"]["pension.base_lower"]["state"] == "provisional"
    assert "oip_coverage" in answer["tables"]


def test_list_in_words_is_one_line_a_place(call) -> None:
    status, out, _err = call("list")
    assert status == 0
    assert any(
        line.startswith("CN-GD\tGuangdong\tLowest contribution base 2023") for line in out.splitlines()
    )


def test_show_gives_value_state_period_and_source(call) -> None:
    status, out, _err = call("show", "北京", "2025-09-01", "--json", "--key", "pension.base_lower")
    assert status == 0
    (lower,) = json.loads(out)["values"]
    assert {name: lower[name] for name in ("value", "unit", "state", "valid_from", "valid_to")} == {
        "value": "7162",
        "unit": "yuan/month",
        "state": "in_force",
        "valid_from": "2025-07-01",
        "valid_to": "2026-06-30",
    }
    assert lower["published_on"] == "2025-09-18"
    assert lower["source"] == {
        "title": "京人社发〔2025〕11号",
        "url": "https://rsj.beijing.gov.cn/xxgk/2024zcwj/202509/t20250918_4204880.html",
        "confidence": "sourced",
        "checked": "2026-11-22",
    }


def test_show_takes_a_month_and_lists_every_class(call) -> None:
    _status, out, _err = call("show", "CN-GD", "2025-01", "--json", "--key", "pension.base_lower")
    assert {one["area"]: one["value"] for one in json.loads(out)["values"]} == {
        "guangzhou": "5500",
        "delta": "4767",
        "other": "4492",
    }


def test_show_says_missing_plainly_in_both_languages(call) -> None:
    _status, out, _err = call("show", "Fujian", "2023-05-01", "--key", "pension.base_lower")
    assert "There is no value; it is not guessed." in out
    _status, out, _err = call("show", "福建", "2023-05-01", "--key", "pension.base_lower", lang="zh")
    assert "没有数据；不作猜测。" in out
    assert "缴费基数下限" in out


def test_show_says_where_no_official_page_was_seen(call) -> None:
    _status, out, _err = call("show", "Fujian", "2023-05-01", "--key", "pension.base_upper")
    assert "No official page seen (Not certain, last checked 2026-11-22)" in out


def test_show_tells_a_carried_on_value_from_one_stated_as_provisional(call) -> None:
    _status, out, _err = call("show", "Jiangsu", "2026-06-01", "--key", "pension.base_lower")
    assert "From 2026-01-01 to 2026-12-31" in out
    _status, out, _err = call("show", "Beijing", "2026-06-01", "--key", "pension.benefit_base")
    assert "Stated from 2025-01-01 to 2025-12-31; carried on" in out


def test_show_marks_what_the_person_corrected(call) -> None:
    own = Correction(
        "pension.base_lower", Place("CN-ZJ"), Decimal(5060), date(2026, 1, 1), entered_on=date(2026, 11, 24)
    )
    write_corrections(paths.data(), [own])
    _status, out, _err = call("show", "Zhejiang", "2026-11-24", "--key", "pension.base_lower")
    assert "5,060 yuan a month · your own correction" in out


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        (["show"], "missing_field", "place"),
        (["show", "Atlantis"], "unknown_place", "place"),
        (["show", "北京", "yesterday"], "bad_date", "date"),
        (["check", "--pack", "/nowhere"], "no_pack", "pack"),
    ],
)
def test_bad_input_is_one_error_object(call, arguments: list[str], code: str, field: str) -> None:
    status, out, err = call(*arguments)
    error = json.loads(err)["error"]
    assert (status, out, error["code"], error["field"]) == (2, "", code, field)


def test_check_is_clean_or_lists_faults_and_fails(call, tmp_path) -> None:
    assert call("check")[0] == 0
    broken = shutil.copytree(load_pack().folder, tmp_path / "cn")
    limits = broken / "values" / "contribution_limits.csv"
    limits.write_text(limits.read_text("utf-8").replace(",7162,", ",716.2,"), "utf-8")
    status, out, _err = call("check", "--pack", broken)
    assert status == 1
    assert "716.2 is not between 2000 and 12000." in out
    status, out, _err = call("check", "--pack", broken, "--json")
    assert status == 1
    assert {one["code"] for one in json.loads(out)["faults"]} == {"out_of_range", "share_off"}


def test_show_prints_the_tables_of_the_place_too(call) -> None:
    _status, out, _err = call("show", "CN-BJ", "2026-08-01", "--json")
    answer = json.loads(out)
    assert answer["pack"]["sequence"] == load_pack().sequence
    assert answer["tables"]["oip_coverage"][0]["from"] == "2022-07-01"
    for rows in answer["tables"].values():
        for row in rows:
            assert row["source"]["title"]
            assert row["source"]["checked"]
    for one in answer["values"]:
        if one["value"] is not None:
            assert one["source"]["title"], one
            assert one["source"]["confidence"] in {"sourced", "well-known", "uncertain"}


def test_show_says_tiers_subsidies_and_protection_in_words(call) -> None:
    _status, out, _err = call("show", "深圳", "2026-08-01", lang="zh")
    assert "按单职业伤害保障\n  自 2022-07-01 起，平台按单交钱：网约车、外卖和即时配送、同城货运" in out
    assert "适用范围：广东" in out
    assert "社会保险补贴（就业困难人员）" in out
    _status, out, _err = call("show", "Guangdong", "2022-06-30")
    assert "Per-order injury protection" not in out


def test_a_correction_is_used_by_every_command_and_taken_back(call, capsys) -> None:
    arguments = ("correct", "Lowest contribution base", "Zhejiang")
    status, out, _err = call(
        *arguments, "5060", "--from", "2026-01", "--source", "notice of my city", "--json"
    )
    answer = json.loads(out)
    assert status == 0
    after = answer["changes"][0]["after"]
    assert (after["place"], after["value"], after["corrected"]) == ("CN-ZJ", "5060", True)
    _status, out, _err = call("show", "Zhejiang", "2026-11-24", "--key", "pension.base_lower")
    assert "5,060 yuan a month · your own correction" in out
    assert "Note: notice of my city" in out
    _status, out, _err = call("corrections")
    assert (
        out == "Zhejiang: Lowest contribution base, 5,060 yuan a month, from 2026-01-01\tnotice of my city\n"
    )
    asked = paths.data() / "asked.json"
    asked.write_text(json.dumps({"province": "CN-ZJ", "month": "2026-08", "base": 1}), "utf-8")
    run_command(parse(["calc", "contribution", str(asked)]))
    assert capsys.readouterr().out.count("5060") >= 1
    assert call(*arguments, "--undo")[0] == 0
    _status, out, _err = call("show", "Zhejiang", "2026-11-24", "--key", "pension.base_lower")
    assert "4,986 yuan a month" in out
    assert call("corrections")[1].strip() == "You have no corrections of your own."


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        (["no.such", "Zhejiang", "1", "--from", "2026-01-01"], "unknown_key", "key"),
        (["pension.base_lower", "Atlantis", "1", "--from", "2026-01-01"], "unknown_place", "place"),
        (["pension.base_lower", "Zhejiang", "--from", "2026-01-01"], "missing_field", "value"),
        (["pension.base_lower", "Zhejiang", "5060"], "missing_field", "from"),
        (["pension.base_lower", "Zhejiang", "5060", "--from", "soon"], "bad_date", "from"),
        (["pension.base_lower", "Zhejiang", "many", "--from", "2026-01-01"], "bad_number", "value"),
        (["pension.base_lower", "Zhejiang", "nan", "--from", "2026-01-01"], "bad_number", "value"),
        (["pension.base_lower", "Zhejiang", "50", "--from", "2026-01-01"], "out_of_range", "value"),
        (["pension.money_rule", "Zhejiang", "fen_up", "--from", "2026-01-01"], "unknown_code", "value"),
        (["pension.fixed_bases", "Jiangsu", "9000 5000", "--from", "2026-01-01"], "bad_list", "value"),
        (["pension.base_lower", "Zhejiang", "--undo"], "no_correction", "key"),
        (
            ["pension.base_lower", "Zhejiang", "5060", "--from", "2026-01-01", "--to", "2025-01-01"],
            "ends_before",
            "to",
        ),
        (
            ["pension.base_lower", "Zhejiang", "5060", "--from", "2026-01-01", "--area", "moon"],
            "unknown_place",
            "area",
        ),
    ],
)
def test_a_correction_that_cannot_be_meant_is_one_error_object(
    call, arguments: list[str], code: str, field: str
) -> None:
    status, out, err = call("correct", *arguments)
    error = json.loads(err)["error"]
    assert (status, out, error["code"], error["field"]) == (2, "", code, field)
    assert read_corrections(paths.data()) == ()


@pytest.mark.parametrize(
    "action", [("correct", "pension.base_lower", "Zhejiang", "5060", "--from", "2026-01-01")]
)
def test_a_data_folder_that_cannot_be_written_is_said(call, action: tuple[str, ...]) -> None:
    paths.data().parent.mkdir(parents=True, exist_ok=True)
    paths.data().write_text("a file where the folder should be", "utf-8")
    status, out, err = call(*action)
    error = json.loads(err)["error"]
    assert (status, out, error["code"]) == (2, "", "cannot_write")
    assert str(paths.data()) in error["message"]


def test_corrections_of_kinds_that_the_pack_no_longer_has_harm_nothing(call) -> None:
    write_corrections(paths.data(), [Correction("no.longer", Place("CN-ZJ"), Decimal(1), date(2026, 1, 1))])
    for action in (["corrections"], ["corrections", "--json"], ["show", "Zhejiang"], ["list"], ["check"]):
        assert call(*action)[0] == 0


@pytest.fixture
def maker(tmp_path, monkeypatch) -> Maker:
    made = Maker(tmp_path / "packs")
    monkeypatch.setattr(installed, "public_key", lambda: made.public)
    return made


def saved(maker: Maker, tmp_path: Path, sequence: int = 2) -> Path:
    archive, signature = maker.signed(sequence, raised)
    file = tmp_path / "pack.zip"
    file.write_bytes(archive)
    file.with_name("pack.zip.minisig").write_text(signature, "utf-8")
    return file


def test_an_update_says_what_is_different_and_keeps_corrections(call, maker: Maker, tmp_path) -> None:
    write_corrections(
        paths.data(), [Correction("pension.base_lower", Place("CN-ZJ"), Decimal(5060), date(2026, 1, 1))]
    )
    status, out, _err = call("update", saved(maker, tmp_path))
    assert status == 0
    assert f"Policy pack 2027.2 is in use now; it was {load_pack().version} before." in out
    assert "Beijing: Lowest contribution base from 2026-07-01" in out
    assert "→ 7,300 yuan a month" in out
    _status, out, _err = call("show", "Beijing", "2026-08-01", "--key", "pension.base_lower")
    assert "7,300 yuan a month" in out
    _status, out, _err = call("show", "Zhejiang", "2026-08-01", "--key", "pension.base_lower")
    assert "5,060 yuan a month · your own correction" in out
    status, out, _err = call("rollback", "--json")
    answer = json.loads(out)
    assert (status, answer["pack"]["sequence"], len(answer["changes"])) == (0, 1, 1)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:1000]), "truncated_pack"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"x"), "altered_pack"),
        (lambda file: file.with_name("pack.zip.minisig").unlink(), "unsigned_pack"),
        (lambda file: file.with_name("pack.zip.minisig").write_bytes(b"\xff\xfe"), "unreadable_signature"),
        (lambda file: file.unlink(), "no_file"),
    ],
)
def test_a_bad_update_is_refused_with_its_reason(call, maker: Maker, tmp_path, spoil, code: str) -> None:
    file = saved(maker, tmp_path)
    spoil(file)
    status, out, err = call("update", file, lang="zh")
    error = json.loads(err)["error"]
    assert (status, out, error["code"]) == (2, "", code)
    assert any("一" <= letter <= "鿿" for letter in error["message"])
    assert current_pack().sequence == load_pack().sequence


def test_the_shipped_key_refuses_the_tests_own_packs(call, tmp_path) -> None:
    status, _out, err = call("update", saved(Maker(tmp_path / "packs"), tmp_path))
    assert (status, json.loads(err)["error"]["code"]) == (2, "other_key")


def test_a_missing_value_is_named_in_the_language_in_use(call) -> None:
    from planner.cli.main import error_json
    from planner.policy import MissingValue

    text.use("zh")
    with pytest.raises(MissingValue) as caught:
        load_pack().value("pension.base_lower", Place("CN-FJ"), date(2023, 5, 1))
    assert error_json(caught.value)["message"] == "政策数据里没有“福建”在 2023-05-01 的“缴费基数下限”。"


def test_show_takes_a_key_by_its_beginning_or_its_name_and_refuses_an_unknown_one(call) -> None:
    named = json.loads(call("show", "北京", "2025-09-01", "--json", "--key", "养老金计发基数")[1])
    assert [one["key"] for one in named["values"]] == ["pension.benefit_base"]
    status, out, err = call("show", "北京", "--key", "nonsense")
    assert (status, out) == (2, "")
    assert json.loads(err)["error"]["code"] == "unknown_key"
