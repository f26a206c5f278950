"""`wenbao project` as a person or a script calls it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import pyzipper

from planner.cli.main import parse, run_command
from planner.cli.project import with_earned_months

CASE: dict[str, Any] = {
    "today": "2026-11-25",
    "worker": {"born": "1990-05", "category": "female_55", "province": "四川", "occupation": "courier"},
    "cash": {"essentials": 2500, "buffer": 4000},
    "earnings": {"monthly": [{"month": "2026-10", "cny": "6200.50"}]},
    "settings": {"paths": 300},
}
BILL = """微信支付账单明细,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
{rows}"""


@pytest.fixture
def call(capsys, tmp_path):
    def calling(data: Any, *arguments: str, lang: str = "en") -> tuple[int, str, str]:
        file = tmp_path / "case.json"
        file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        status = run_command(parse(["project", str(file), *arguments, "--lang", lang]))
        out, err = capsys.readouterr()
        return status, out, err

    return calling


def error_of(err: str) -> dict[str, str]:
    return json.loads(err)["error"]


def test_a_case_is_answered(call):
    status, out, err = call(CASE)
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert (answer["paths"], answer["seed"]) == (300, 20260101)
    assert answer["recommended"] in {plan["id"] for plan in answer["plans"]}
    assert answer["plans"][0]["label"] == "Pay nothing"


def test_labels_follow_the_language(call):
    _status, out, _err = call(CASE, lang="zh")
    assert json.loads(out)["plans"][0]["label"] == "什么都不交"


def test_standard_input_is_read(monkeypatch, capsys):
    class Input:
        buffer = io.BytesIO(b"\xef\xbb\xbf" + json.dumps(CASE).encode())

    monkeypatch.setattr("sys.stdin", Input())
    assert run_command(parse(["project", "-", "--lang", "en"])) == 0
    assert "plans" in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ("{", "bad_json", ""),
        ("[]", "bad_object", ""),
        ({**CASE, "today": "soon"}, "bad_date", "today"),
        ({**CASE, "worker": {**CASE["worker"], "province": "Mars"}}, "unknown_place", "worker.province"),
        ({**CASE, "earnings": {"files": "bill.csv"}}, "bad_list", "earnings.files"),
        ({**CASE, "earnings": {"files": [{"currency": "THB"}]}}, "bad_list", "earnings.files"),
        ({**CASE, "earnings": {"files": [{"file": "a", "mood": "b"}]}}, "bad_list", "earnings.files"),
        (
            {**CASE, "earnings": {"files": ["a", {"file": "b", "currency": "shells"}]}},
            "bad_currency",
            "earnings.files[1].currency",
        ),
        ({**CASE, "settings": {"shocks": ["comet"]}}, None, "settings.shocks"),
    ],
)
def test_what_is_wrong_is_one_object_and_status_2(call, data, code, field):
    status, out, err = call(data)
    assert (status, out) == (2, "")
    error = error_of(err)
    assert code in (None, error["code"])
    assert error["field"].startswith(field)
    assert error["message"]


def test_a_missing_case_file_is_said(capsys):
    assert run_command(parse(["project", "no/such.json", "--lang", "en"])) == 2
    assert error_of(capsys.readouterr().err)["message"] == "no/such.json cannot be opened."


def test_months_are_read_from_earnings_files(call, tmp_path: Path):
    rows = "\n".join(
        f'2026-{month:02d}-15 10:00:00,二维码收款,顾客,"收款",收入,¥{5000 + 100 * month}.00,零钱,已收钱,'
        f'"42000000{month:04d}\t","/\t",/'
        for month in range(1, 11)
    )
    (tmp_path / "bill.csv").write_text(BILL.format(rows=rows), "utf-8-sig")
    status, out, err = call({**CASE, "earnings": {"files": ["bill.csv"]}})
    assert (status, err) == (0, "")
    assert json.loads(out)["income"]["months_used"] >= 9
    beside = {"files": ["bill.csv"], "monthly": [{"month": "2026-05", "cny": 0}]}
    _status, out, _err = call({**CASE, "earnings": beside})
    assert json.loads(out)["income"]["months_used"] >= 8


def test_an_unreadable_earnings_file_is_named(call, tmp_path: Path):
    (tmp_path / "junk.bin").write_bytes(b"\x00\x01\x02" * 50)
    status, _out, err = call({**CASE, "earnings": {"files": ["junk.bin"]}})
    assert status == 2
    assert error_of(err)["field"] == "earnings.files[0]"
    assert "junk.bin" in error_of(err)["message"]


LAZADA = "Fee Name;Statement Number;Transaction Date;Amount(Include Tax);Order Line ID\n"


def test_each_file_has_the_currency_that_is_said_of_it(tmp_path: Path, capsys):
    for name, line in (("a.csv", "91"), ("b.csv", "92"), ("c.csv", "93")):
        (tmp_path / name).write_text(f"{LAZADA}Item Price Credit;ST-1;05 Jul 2026;100.00;{line}\n", "utf-8")
    files = [{"file": "a.csv", "currency": "泰铢"}, {"file": "b.csv", "currency": "SGD"}, "c.csv"]
    case = with_earned_months({"earnings": {"files": files}}, tmp_path)
    (month,) = case["earnings"]["monthly"]
    assert set(month["shares"]) == {"THB", "SGD", "MYR"}
    said = capsys.readouterr().err
    assert said.count("MYR") == 1
    assert "c.csv" in said


def test_a_password_can_be_that_of_one_file(tmp_path: Path, data: Path):
    bill = data / "samples" / "paypal_activity_csv" / "syn_paypal_activity_en.csv"
    with pyzipper.AESZipFile(tmp_path / "a.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"123456")
        archive.writestr("bill.csv", bill.read_bytes())
    files = [{"file": "a.zip", "password": "123456"}]
    case = with_earned_months({"earnings": {"files": files}}, tmp_path, "another")
    assert case["earnings"]["monthly"]
