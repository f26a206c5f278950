"""`wenbao calc` from the command line: answers, refusals, lines, schemas."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner import text
from planner.app import run
from planner.cli.calc import answer, parse
from planner.cli.calculators import NAMES, find, schema
from planner.cli.main import error_json
from planner.paths import resources
from planner.policy import Pack, load_pack
from planner.values import WenbaoError

PENSION = {
    "province": "浙江",
    "retire": "2026-02",
    "contribution_months": 376,
    "average_index": 0.8794,
    "account_balance": 78149.09,
    "benefit_base": 8433,
    "age": {"years": 50, "months": 5},
}


def calc(*arguments: str, given: str = "", monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode("utf-8", "surrogatepass"))))
    return run(["calc", *arguments, "--lang", "en"])


def test_a_pension_is_answered_in_decimal_strings_with_steps_and_warnings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calc("pension", given=json.dumps(PENSION), monkeypatch=monkeypatch) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["basic"] == "2482.74"
    assert found["personal"] == "405.13"
    assert {"transitional", "extras", "total", "steps", "warnings"} <= found.keys()
    assert all(isinstance(found[name], str) for name in ("basic", "personal", "total"))


def test_a_file_gives_the_same_as_standard_input_and_as_a_subprocess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(PENSION), "utf-8")
    calc("pension", str(file), monkeypatch=monkeypatch)
    from_file = capsys.readouterr().out
    calc("pension", "-", given=json.dumps(PENSION), monkeypatch=monkeypatch)
    assert capsys.readouterr().out == from_file
    command = [sys.executable, "-m", "planner", "calc", "pension", "--lang", "en"]
    process = subprocess.run(
        command, input=json.dumps(PENSION), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (process.returncode, process.stdout) == (0, from_file), process.stderr


def test_steps_are_left_out_when_unwanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calc("pension", "--steps", "no", given=json.dumps(PENSION), monkeypatch=monkeypatch)
    assert "steps" not in json.loads(capsys.readouterr().out)


def test_lines_answer_each_line_and_put_an_error_object_where_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps(PENSION),
        "{broken",
        json.dumps({**PENSION, "account_balance": -1}),
        json.dumps(PENSION),
    ]
    assert calc("pension", "--lines", given="\n".join(lines) + "\n", monkeypatch=monkeypatch) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(each) == ["error"] for each in found] == [False, True, True, False]
    assert found[1]["error"]["code"] == "bad_json"
    assert found[2]["error"]["field"] == "account_balance"
    assert found[0] == found[3]


@pytest.mark.parametrize(
    ("name", "document", "code", "field"),
    [
        ("pension", {**PENSION, "average_index": True}, "bad_number", "average_index"),
        ("pension", {**PENSION, "average_index": "abc"}, "bad_number", "average_index"),
        ("pension", {**PENSION, "account_balance": -5}, "negative", "account_balance"),
        ("pension", {**PENSION, "retire": "2026-13"}, "bad_month", "retire"),
        ("pension", {**PENSION, "retire": "0026-01"}, "out_of_range", "retire"),
        ("pension", {**PENSION, "provinz": 1}, "unknown_field", "provinz"),
        ("pension", {**PENSION, "age": {"years": 60, "months": 12}}, "out_of_range", "age.months"),
        ("pension", {**PENSION, "province": "Atlantis"}, "unknown_place", "province"),
        ("pension", {**PENSION, "years_rule": "magic"}, "unknown_rule", "years_rule"),
        ("retirement-age", {"category": "male_60"}, "missing_field", "born"),
        ("retirement-age", {"category": "male60", "born": "1970-01"}, "bad_choice", "category"),
        ("retirement-age", [], "bad_object", ""),
        ("average-index", {"province": "CN-GD", "history": []}, "bad_list", "history"),
        (
            "average-index",
            {"province": "CN-GD", "history": [{"year": 2024, "months": 13, "base": 1}]},
            "out_of_range",
            "history[0].months",
        ),
        (
            "average-index",
            {"province": "CN-GD", "history": [{"year": 2003, "months": 12, "base": 900}]},
            "missing_value",
            None,
        ),
        ("contribution", {"province": "CN-BJ", "month": "2026-01", "tier": 0}, "out_of_range", "tier"),
        (
            "contribution",
            {"province": "CN-BJ", "month": "2026-01", "tier": 1, "base": 8000},
            "either_or",
            "base",
        ),
        ("contribution", {"province": "CN-BJ", "month": "2026-01"}, "missing_field", "tier"),
        (
            "account",
            {
                "opening": {"year": 2024, "balance": 0},
                "credits": [{"year": 2024, "monthly": 1, "months": [13]}],
                "until": 2025,
            },
            "out_of_range",
            "credits[0].months[0]",
        ),
        ("resident-pension", {"base_pension": 100}, "missing_field", "account_balance"),
    ],
)
def test_bad_input_is_refused_with_code_and_path(
    name: str,
    document: Any,
    code: str,
    field: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert calc(name, given=json.dumps(document), monkeypatch=monkeypatch) == 2
    out, err = capsys.readouterr()
    assert out == ""
    error = json.loads(err)["error"]
    assert set(error) == {"code", "field", "message"}
    assert error["code"] == code
    assert field is None or error["field"] == field
    assert error["message"]


@pytest.mark.parametrize(
    "given", ["", "{", "nonsense", '{"a": NaN}', '{"a": Infinity}', "[" * 100_000, "1" * 5000]
)
def test_what_is_no_json_is_refused(
    given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calc("min-years", given=given, monkeypatch=monkeypatch) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] in {"bad_json", "bad_number", "bad_object"}


def test_a_missing_file_and_an_unknown_calculator_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calc("pension", "no-such-file.json", monkeypatch=monkeypatch) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "no_file"
    assert calc("horoscope", given="{}", monkeypatch=monkeypatch) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "unknown_calculator"


def test_the_list_names_every_calculator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calc("--list", monkeypatch=monkeypatch) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_schema_is_that_of_the_declared_fields_and_takes_the_examples(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calculator = find(name)
    assert calc(name, "--schema", monkeypatch=monkeypatch) == 0
    document = json.loads(capsys.readouterr().out)
    assert document == json.loads(json.dumps(schema(calculator)))
    jsonschema.Draft202012Validator.check_schema(document)
    assert calculator.examples
    for example in calculator.examples:
        jsonschema.validate(example, document)
        answer(calculator, parse(json.dumps(example)), pack())


def test_every_schema_file_belongs_to_a_calculator() -> None:
    shipped = {path.stem for path in (resources() / "schemas").glob("*.json")} & set(NAMES)
    assert shipped == set(NAMES)


def check_answered_or_refused(name: str, document: Any) -> None:
    """Nothing but an answer that is JSON, or an error of the contract with its sentence."""
    try:
        found = answer(find(name), parse(json.dumps(document)), pack())
    except WenbaoError as error:
        found = {"error": error_json(error)}
    written = json.loads(json.dumps(found))
    if "error" in written:
        assert written["error"]["code"]
        assert written["error"]["message"]


@lru_cache
def pack() -> Pack:
    return load_pack()


KNOWN_WORDS = sorted({field.name for name in NAMES for field in find(name).record.fields})
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["2026-02", "2031-11-30", "北京", "CN-GD", "male_60", "0.6", "1e5", "oip", "death"])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["year", "months", "base", "index", "2024", "balance", "x"]), inner)
    ),
    max_leaves=8,
)
documents = st.dictionaries(st.sampled_from(KNOWN_WORDS) | st.text(max_size=5), values, max_size=9)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), document=documents | values)
def test_any_json_is_answered_or_refused_with_an_error_object(name: str, document: Any) -> None:
    check_answered_or_refused(name, document)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_any_damage_to_a_good_input_is_answered_or_refused(data: st.DataObject, name: str) -> None:
    calculator = find(name)
    document = json.loads(json.dumps(data.draw(st.sampled_from(calculator.examples))))
    known = sorted(field.name for field in calculator.record.fields)
    for _time in range(data.draw(st.integers(1, 2))):
        document[data.draw(st.sampled_from(known))] = data.draw(values)
    check_answered_or_refused(name, document)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_numbers_the_schema_accepts_are_read(data: st.DataObject, name: str) -> None:
    calculator = find(name)
    shipped = schema(calculator)
    document = json.loads(json.dumps(data.draw(st.sampled_from(calculator.examples))))
    numeric = [key for key, value in document.items() if isinstance(value, (int, float))]
    if not numeric:
        return
    key = data.draw(st.sampled_from(numeric))
    document[key] = data.draw(st.integers(-5, 1300) | st.decimals(-5, 1300, places=3).map(str))
    valid = jsonschema.Draft202012Validator(shipped).is_valid(document)
    try:
        calculator.record.read(parse(json.dumps(document)), "", pack())
    except WenbaoError:
        assert not valid or isinstance(document[key], str), (key, document[key])
    else:
        assert valid


def test_messages_are_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("{}"))
    assert run(["calc", "min-years", "--lang", "zh"]) == 2
    assert json.loads(capsys.readouterr().err)["error"]["message"] == "缺少 retire"
    text.use("en")


def test_an_answer_is_the_same_for_a_number_and_for_its_text() -> None:
    as_text = {**PENSION, "account_balance": "78149.09", "average_index": "0.8794"}
    first = answer(find("pension"), parse(json.dumps(PENSION)), pack())
    assert first == answer(find("pension"), parse(json.dumps(as_text)), pack())
    assert Decimal(first["total"]) == sum(Decimal(first[part]) for part in ("basic", "personal")).quantize(
        Decimal("0.1"), rounding="ROUND_CEILING"
    )


def test_an_answer_says_by_which_rules_it_was_made() -> None:
    pack = load_pack()
    for name in NAMES:
        calculator = find(name)
        found = answer(calculator, parse(json.dumps(calculator.examples[0])), pack, with_steps=False)
        assert found["pack_version"] == pack.version
