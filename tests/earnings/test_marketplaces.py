"""Layouts, languages and encodings of marketplaces and payment services, their numbers computed by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.earnings import FileResult, read_file
from planner.earnings.marks import PARTS
from planner.values import Kind, Money

FOLDER = Path(__file__).resolve().parent.parent / "data" / "marketplaces"
CASES: list[tuple[Path, dict[str, Any]]] = [
    (listed.parent / case["file"], case)
    for listed in sorted(FOLDER.glob("*/expected.json"))
    for case in json.loads(listed.read_text("utf-8"))["files"]
]
of_files = pytest.mark.parametrize(("path", "expected"), CASES, ids=[path.name for path, _case in CASES])


def test_every_file_has_its_numbers():
    files = {path for path in FOLDER.glob("*/*") if path.name != "expected.json"}
    assert files == {path for path, _case in CASES}


@of_files
def test_a_file_gives_the_numbers_computed_by_hand(path, expected):
    result = read_file(path)
    answer = {**result.as_json(), "monthly_income_asia_shanghai": _months_in_china(result)}
    assert {name: answer[name] for name in expected} == expected


@of_files
def test_every_row_is_an_entry_or_listed(path, expected):
    result = read_file(path)
    rows = {entry.line for entry in result.entries if entry.reason not in PARTS}
    assert rows.isdisjoint(row.line for row in result.skipped)
    assert result.data_rows == len(rows)


@of_files
def test_a_file_read_twice_has_the_same_keys(path, expected):
    first, second = read_file(path), read_file(path)
    assert first.digest == second.digest
    assert len({entry.key for entry in first.entries}) == len(first.entries)


@pytest.mark.parametrize(
    ("file", "settled"),
    [
        ("date_range_fr.csv", [date(2026, 1, 20), None]),
        ("settlement_v1_eu.txt", [date(2026, 8, 5)] * 2),
        ("settlement_jp_cp932.txt", [date(2026, 7, 17)] * 2),
        ("ebay_de_cp1252.csv", [date(2026, 9, 2), date(2026, 8, 30)]),
        ("lazada_income.xlsx", [date(2026, 9, 12)]),
        ("etsy_uk.csv", [date(2026, 8, 5)]),
        ("shopify_transactions_us.csv", [date(2026, 8, 4), None]),
    ],
)
def test_the_day_of_the_payout_is_read(file, settled):
    (path,) = FOLDER.glob(f"*/{file}")
    sales = [entry for entry in read_file(path).entries if entry.kind is Kind.INCOME]
    assert [sale.settled for sale in sales] == settled


def test_fees_of_a_sale_paid_out_in_another_currency_are_in_the_currency_of_the_sale():
    result = read_file(FOLDER / "ebay_transaction_report" / "ebay_uk.csv")
    fees = [entry.money for entry in result.entries if entry.reason == "fee_in_row"]
    assert [(str(fee), fee.currency) for fee in fees] == [("11.60", "USD"), ("2.50", "GBP")]


def test_rows_of_items_have_the_currency_of_their_file():
    result = read_file(FOLDER / "ebay_transaction_report" / "ebay_de_cp1252.csv")
    assert {entry.money.currency for entry in result.entries} == {"EUR"}


def test_pesos_called_dollars_are_asked_about():
    path = FOLDER / "amazon_date_range" / "date_range_mx.csv"
    assert read_file(path).assumed_currency == "MXN"
    told = read_file(path, currency="USD")
    assert (told.assumed_currency, set(told.total(Kind.INCOME))) == ("", {"USD"})


def test_a_report_whose_head_names_no_currency_has_that_of_its_site(tmp_path):
    text = (FOLDER / "amazon_date_range" / "date_range_uk.csv").read_text("utf-8-sig")
    path = tmp_path / "report.csv"
    path.write_text(text.replace("All amounts in GBP", "Amounts").replace("amazon.xx", "amazon.ae"), "utf-8")
    assert read_file(path).assumed_currency == "AED"


def test_a_settlement_adds_up_in_every_spelling():
    settlements = [path for path, case in CASES if case["format"].startswith("amazon_settlement")]
    assert len(settlements) == 4
    assert not any("total_mismatch" in read_file(path).warnings for path in settlements)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"Shopping Cart Item","Completed","10.00"', "repeated_detail"),
        ('"Invoice","Completed","10.00"', "repeated_detail"),
        ('"Payment Hold","Completed","-10.00"', "own_money"),
    ],
)
def test_paypal_rows_that_move_no_money_are_not_income(read, row, reason):
    header = '"Date","Time","TimeZone","Type","Status","Gross","Currency","Fee","Net","Transaction ID",'
    text = (
        f'{header}"Balance Impact"\n"08/13/2026","09:00:00","PDT",{row},"USD","0.00","10.00","TX1","Memo"\n'
    )
    (entry,) = read(text).entries
    assert entry.reason == reason


@pytest.mark.parametrize(
    ("zone", "day", "warned"),
    [
        ("PDT", date(2026, 8, 5), False),
        ("Europe/London", date(2026, 5, 8), False),
        ("+08:00", date(2026, 8, 5), True),
    ],
)
def test_paypal_days_follow_the_zone_of_the_account(read, zone, day, warned):
    header = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID"
    row = f"08/05/2026,09:00:00,{zone},Client,General Payment,Completed,USD,10.00,0.00,10.00,TX1"
    result = read(f"{header}\n{row}\n")
    assert result.entries[0].day == day
    assert ("ambiguous_date" in result.warnings) is warned


def test_a_party_called_total_is_no_line_of_sums(read):
    header = (
        "Transaction Date,Transaction Time,Time Zone,Transaction ID,Description,Credit Amount,Debit Amount,"
    )
    row = '08/13/2026,09:00:00,UTC,7,Payment from Total,"1,000.00",,USD,Completed,"1,000.00",Total'
    sums = 'Total,,,,,"1,000.00",,USD,,,'
    result = read(f"{header}Currency,Status,Running Balance,Source\n{row}\n{sums}\n")
    assert [str(entry.money) for entry in result.entries] == ["1000.00"]
    assert [(row.line, row.reason) for row in result.skipped] == [(3, "not_a_row")]


def _months_in_china(result: FileResult) -> dict[str, dict[str, str]]:
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in result.entries:
        if entry.kind is Kind.INCOME:
            months[str(entry.month)][entry.money.currency] += entry.money.minor
    return {
        month: {currency: str(Money(minor, currency)) for currency, minor in sums.items()}
        for month, sums in months.items()
    }
