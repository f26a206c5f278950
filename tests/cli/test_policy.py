"""`wenbao policy` as a person or a script calls it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal

import pytest

from planner import paths, text
from planner.cli.main import parse, run_command
from planner.policy import Correction, load_pack, write_corrections
from planner.values import Place


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
    assert "No official page seen. (Not certain, last checked 2026-11-22)" in out


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


def test_a_missing_value_is_named_in_the_language_in_use(call) -> None:
    from planner.cli.main import error_json
    from planner.policy import MissingValue

    text.use("zh")
    with pytest.raises(MissingValue) as caught:
        load_pack().value("pension.base_lower", Place("CN-FJ"), date(2023, 5, 1))
    assert error_json(caught.value)["message"] == "政策数据里没有“福建”在 2023-05-01 的“缴费基数下限”。"
