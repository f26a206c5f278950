"""Every sample file against what its expected.json says; every other kind of file is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.earnings import read_file
from planner.earnings.marks import PARTS
from planner.values import Kind

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
COMPARED = {
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
    *("fee_rows", "ignored_rows", "income_sum", "refund_sum", "fee_sum", "first_date", "last_date"),
    *("monthly_income", "error", "warnings"),
}


def _cases() -> list[tuple[Path, dict[str, Any]]]:
    return [
        (folder / case["file"], case)
        for folder in sorted(path for path in SAMPLES.iterdir() if (path / "expected.json").exists())
        for case in json.loads((folder / "expected.json").read_text("utf-8"))["files"]
    ]


CASES = _cases()


def test_all_samples_are_here():
    assert len(CASES) == 48


@pytest.mark.parametrize(("path", "expected"), CASES, ids=[path.name for path, _case in CASES])
def test_a_sample_gives_the_expected_numbers(path, expected):
    answer = read_file(path).as_json()
    compared = COMPARED & expected.keys()
    assert {name: answer[name] for name in compared} == {name: expected[name] for name in compared}


@pytest.mark.parametrize(("path", "_expected"), CASES, ids=[path.name for path, _case in CASES])
def test_every_data_row_is_an_entry_or_listed(path, _expected):
    result = read_file(path)
    rows = {entry.line for entry in result.entries if entry.reason not in PARTS}
    assert rows.isdisjoint(row.line for row in result.skipped)
    assert result.data_rows == len(rows)


@pytest.mark.parametrize(
    ("path", "declared"),
    [
        ("xieyi_settlement_sample_us.txt", {"USD": "582.89"}),
        ("syn_settlement_de.txt", {"EUR": "37.74"}),
    ],
)
def test_the_components_of_an_amazon_settlement_add_to_its_total(path, declared):
    result = read_file(SAMPLES / "amazon_settlement_v2" / path)
    outward = (Kind.REFUND, Kind.FEE)
    rows = [entry for entry in result.entries if entry.reason not in PARTS]
    net = sum(-e.money.minor if e.kind in outward else e.money.minor for e in rows)
    assert {result.entries[0].money.currency: f"{net / 100:.2f}"} == declared
    assert "total_mismatch" not in result.warnings


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n\n",
        b"Dear customer,\nthank you for your order of 3 July.\nTotal: 12,50\n",
        "亲爱的用户：\n您的包裹已送达，金额 12.50 元，日期 2026-08-01。\n".encode("gb18030"),
        b"name,street,town\nA,B,C\n",
        b'{"date": "2026-07-01", "amount": 12}',
        b"Date,Amount\n2026-07-01,12.00\n",  # no currency: not unmistakable
        "日期,收入,金额,币种\n2026-07-01,1,2,CNY\n".encode(),  # two amounts
        b"\x00" * 4096,
        bytes(range(256)) * 16,
    ],
)
def test_a_text_that_is_no_statement_is_unknown(tmp_path, text):
    path = tmp_path / "bill.csv"
    path.write_bytes(text)
    result = read_file(path)
    assert (result.error, result.entries) == ("unknown_format", ())


def test_a_file_that_is_not_there_is_said_to_be(tmp_path):
    assert read_file(tmp_path / "nothing.csv").error == "not_found"
    assert read_file(tmp_path).error == "not_readable"


def test_recognition_goes_by_content_not_by_name(tmp_path):
    path = tmp_path / "微信支付账单.xlsx"
    path.write_bytes((SAMPLES / "alipay_app_csv" / "syn_alipay_gig.csv").read_bytes())
    assert read_file(path).format == "alipay_app_csv"


def test_doubtful_inflow_is_counted_but_marked(samples):
    result = read_file(samples / "alipay_app_csv" / "syn_alipay_gig.csv")
    assert [(e.reason, str(e.money)) for e in result.entries if e.doubtful] == [("person_transfer", "200.00")]
    bank = read_file(samples / "cmb_csv" / "deg_cmb_debit_from_pdf.csv")
    assert [entry.reason for entry in bank.entries if entry.doubtful] == ["housing_fund"]
    wallet = read_file(samples / "wechat_csv" / "deg_wechat_records.csv")
    assert [entry.reason for entry in wallet.entries if entry.doubtful] == ["red_packet"]


def test_the_month_is_that_of_china_and_the_day_that_of_the_file(samples):
    result = read_file(samples / "payoneer_csv" / "syn_payoneer.csv")
    last = result.entries[-1]
    assert last.day == date(2026, 7, 31)
    assert str(last.month) == "2026-08"  # 23:30 UTC is already the next morning in China


def test_the_declared_period_of_a_wallet_is_known(samples):
    result = read_file(samples / "alipay_app_csv" / "syn_alipay_gig.csv")
    assert result.period == (date(2026, 8, 30), date(2026, 9, 30))


def test_a_fee_beside_an_amount_is_an_entry_but_not_a_row(samples):
    result = read_file(samples / "paypal_activity_csv" / "syn_paypal_activity_en.csv")
    fees = [entry for entry in result.entries if entry.kind is Kind.FEE]
    assert [(str(entry.money), entry.money.currency) for entry in fees] == [
        ("47.83", "USD"),
        ("10.50", "EUR"),
        ("-8.73", "USD"),
    ]
    assert result.rows[Kind.FEE] == 0
