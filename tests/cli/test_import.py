"""`wenbao import` as a person or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner import paths
from planner.cli.main import parse, run_command
from planner.vault import Store

FILE_FIELDS = {
    "assumed_currency",
    *(
        "file",
        "format",
        "encoding",
        "data_rows",
        "income_rows",
        "refund_rows",
        "expense_rows",
        "neutral_rows",
    ),
    *(
        "fee_rows",
        "ignored_rows",
        "other_rows",
        "income_sum",
        "refund_sum",
        "fee_sum",
        "first_date",
        "last_date",
    ),
    *("monthly_income", "error", "warnings", "skipped"),
}


@pytest.fixture
def samples(data: Path) -> Path:
    return data / "samples"


@pytest.fixture
def call(capsys):
    def calling(*arguments: object) -> tuple[int, str, str]:
        status = run_command(parse(["import", *map(str, arguments), "--lang", "en"]))
        out, err = capsys.readouterr()
        return status, out, err

    return calling


def _stored() -> dict[str, list[str]]:
    if not paths.data().exists():
        return {}
    store = Store.open(paths.data())
    try:
        return {
            person.name: [stored.entry.key for stored in store.entries(person.id)]
            for person in store.people()
        }
    finally:
        store.close()


def test_the_json_answer_has_every_field(call, samples):
    status, out, err = call(samples / "payoneer_csv" / "syn_payoneer.csv", "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert set(answer["files"][0]) == FILE_FIELDS
    assert answer["duplicates"] == 0
    assert set(answer["monthly_cny"]) == {"2026-07", "2026-08"}
    assert float(answer["total_cny"]) == pytest.approx(sum(map(float, answer["monthly_cny"].values())))


def test_the_currency_of_a_file_that_names_none_is_assumed_until_said(call, samples):
    bill = samples / "qif" / "syn_bank.qif"
    _status, out, _err = call(bill, "--json")
    assert json.loads(out)["files"][0]["assumed_currency"] == "USD"
    _status, out, _err = call(bill, "--json", "--currency", "港币")
    file = json.loads(out)["files"][0]
    assert (file["income_sum"], file["assumed_currency"]) == ({"HKD": "2240.00"}, None)
    assert "USD was assumed" in call(bill)[1]
    assert "assumed" not in call(bill, "--currency", "HKD")[1]
    status, _out, err = call(bill, "--currency", "shells")
    assert status == 2
    assert json.loads(err)["error"]["field"] == "currency"


def test_a_bad_file_fails_the_command_but_not_the_other_files(call, samples, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all,\nsee you on Monday.\n")
    good = samples / "alipay_app_csv" / "syn_alipay_gig.csv"
    status, out, _err = call(letter, good, tmp_path / "missing.csv", "--json", "--profile", "Test")
    answer = json.loads(out)
    assert status == 2
    assert [file["error"] for file in answer["files"]] == ["unknown_format", None, "not_found"]
    assert answer["files"][0]["format"] is None
    assert answer["total_cny"] == "6726.75"
    assert len(_stored()["Test"]) == 12


def test_nothing_is_stored_without_a_profile_or_for_a_file_that_is_unknown(call, samples, tmp_path):
    call(samples / "alipay_app_csv" / "syn_alipay_gig.csv", "--json")
    assert _stored() == {}
    unread = tmp_path / "settlement.csv"
    unread.write_text("PO单号,销售回款,销售冲回\nPO-1,12.00,0\n", "utf-8")
    status, _out, _err = call(unread, "--profile", "Test")
    assert status == 2
    assert _stored() == {}


def test_importing_twice_changes_nothing(call, samples):
    files = [samples / "wechat_csv" / "deg_wechat_records.csv", samples / "cmb_csv" / "syn_cmb_web.csv"]
    call(*files, "--profile", "Test")
    once = _stored()
    status, out, _err = call(*files, "--profile", "Test")
    assert status == 0
    assert "0 new entries stored" in out
    assert _stored() == once
    call(samples / "wechat_xlsx" / "deg_wechat_records_2026.xlsx", "--profile", "Test")
    assert _stored() == once


def test_the_same_payment_in_two_files_counts_once(call, samples):
    csv = samples / "wechat_csv" / "deg_wechat_records.csv"
    xlsx = samples / "wechat_xlsx" / "deg_wechat_records_2026.xlsx"
    _status, out, _err = call(csv, xlsx, "--json")
    answer = json.loads(out)
    assert (answer["duplicates"], answer["total_cny"]) == (27, "28.49")


def test_a_locked_archive_asks_for_its_password(call, samples, tmp_path):
    import pyzipper

    path = tmp_path / "bill.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"123456")
        archive.writestr("bill.csv", (samples / "alipay_app_csv" / "syn_alipay_gig.csv").read_bytes())
    status, _out, err = call(path)
    assert status == 2
    assert "enter the password" in err
    assert call(path, "--password", "000000", "--json")[0] == 2
    status, out, _err = call(path, "--password", "123456", "--json")
    assert (status, json.loads(out)["files"][0]["income_rows"]) == (0, 5)


def test_a_mapping_file_opens_an_own_table(call, tmp_path):
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.json"
    table.write_text("Tag;Betrag\n13.07.2026;1.249,50\n")
    mapping.write_text(json.dumps({"columns": {"date": "Tag", "amount": "Betrag"}, "currency": "EUR"}))
    status, out, _err = call(table, "--mapping", mapping, "--json")
    answer = json.loads(out)["files"][0]
    assert (status, answer["format"], answer["income_sum"]) == (0, "generic_csv", {"EUR": "1249.50"})


@pytest.mark.parametrize("content", [None, "", "no json", "[1]", '{"columns": 3}', "[" * 100_000])
def test_a_mapping_that_cannot_be_used_is_one_json_error(call, tmp_path, content):
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.json"
    table.write_text("Tag;Betrag\n13.07.2026;1.249,50\n")
    if content is not None:
        mapping.write_text(content)
    status, out, err = call(table, "--mapping", mapping, "--json")
    assert (status, out) == (2, "")
    assert json.loads(err)["error"]["code"] in ("bad_mapping", "not_readable")


def test_a_name_with_odd_bytes_is_answered(call, tmp_path):
    odd = str(tmp_path / "bill") + "\udcff.csv"
    status, out, _err = call(odd, "--json")
    assert (status, json.loads(out)["files"][0]["error"]) == (2, "not_found")
    assert call(odd)[0] == 2


def test_money_without_a_rate_is_named(call, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("Date,Amount,Currency\n2026-07-01,100,AED\n2026-07-01,10,CNY\n")
    _status, out, _err = call(table, "--json")
    answer = json.loads(out)
    assert (answer["unconverted"], answer["total_cny"]) == ({"AED": "100.00"}, "10.00")
    assert "100.00 AED is not in the sum" in call(table)[1]


def test_the_words_are_plain_in_both_languages(capsys, samples):
    path = samples / "alipay_app_csv" / "syn_alipay_gig.csv"
    run_command(parse(["import", str(path), "--lang", "zh"]))
    chinese = capsys.readouterr().out
    assert "收入：5 笔" in chinese
    assert not any(word in chinese for word in ("income", "rows", "None"))
    run_command(parse(["import", str(path), "--lang", "en"]))
    assert "income: 5" in capsys.readouterr().out
