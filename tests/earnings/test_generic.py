"""Own tables: plain header words, or a mapping; nothing else is guessed at."""

from __future__ import annotations

import openpyxl
import pytest

from planner.earnings import read_file
from planner.values import InputError, Kind

MAPPING = {"columns": {"date": "Tag", "amount": "Betrag", "counterparty": "Kunde"}, "currency": "EUR"}


def test_a_plain_table_in_english(read):
    result = read('Date,Client,Amount,Currency\n2026-07-01,A,"1,200.00",USD\n2026-07-02,B,-3.50,USD\n')
    assert (result.format, result.as_json()["income_sum"]) == ("generic_csv", {"USD": "1200.00"})
    assert [entry.kind for entry in result.entries] == [Kind.INCOME, Kind.EXPENSE]


def test_refund_and_fee_columns_are_parts_of_the_row(read):
    result = read("日期,收入（元）,退款,手续费\n2026-07-01,100,20,3\n2026-07-02,,20,\n2026-07-03,,,\n")
    assert [(entry.kind, entry.money.minor) for entry in result.entries] == [
        (Kind.INCOME, 10000),
        (Kind.REFUND, 2000),
        (Kind.FEE, 300),
        (Kind.REFUND, 2000),
        (Kind.IGNORED, 0),
    ]
    assert (
        result.data_rows,
        result.rows[Kind.INCOME],
        result.rows[Kind.REFUND],
        result.rows[Kind.IGNORED],
    ) == (3, 1, 2, 1)


def test_a_mapping_names_the_columns_of_any_table(read):
    text = "Notiz;Tag;Kunde;Betrag\nx;13.07.2026;A;1.249,50\ny;14.07.2026;B;-12,00\n"
    assert read(text).error == "unknown_format"
    result = read(text, mapping=MAPPING)
    assert (result.format, result.error) == ("generic_csv", None)
    assert [(e.kind, str(e.money), e.money.currency, e.counterparty) for e in result.entries] == [
        (Kind.INCOME, "1249.50", "EUR", "A"),
        (Kind.EXPENSE, "12.00", "EUR", "B"),
    ]


def test_a_mapping_opens_a_known_format_without_reader(read):
    raw = "PO单号,销售回款,日期\nPO-1,12.00,2026-07-01\nPO-2,8.50,2026-07-02\n"
    unread = read(raw)
    assert (unread.error, unread.looks_like) == ("unknown_format", "temu_settlement")
    columns = {"date": "日期", "amount": "销售回款", "id": "PO单号"}
    result = read(raw, mapping={"columns": columns, "currency": "USD"})
    assert (result.error, result.format, result.data_rows) == (None, "generic_csv", 2)


def test_a_mapping_does_not_take_a_file_from_its_own_reader(read, samples):
    raw = (samples / "payoneer_csv" / "syn_payoneer.csv").read_bytes()
    mapping = {"columns": {"date": "Transaction Date", "amount": "Credit Amount", "currency": "Currency"}}
    assert read(raw, mapping=mapping).format == "payoneer_csv"


def test_a_direction_column_decides_what_is_income(read):
    text = "when,how,what\n2026-07-01,收入,10\n2026-07-02,支出,5\n2026-07-03,?,1\n"
    columns = {"date": "when", "direction": "how", "amount": "what"}
    result = read(text, mapping={"columns": columns, "currency": "CNY"})
    assert [entry.kind for entry in result.entries] == [Kind.INCOME, Kind.EXPENSE, Kind.NEUTRAL]


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ([], "columns"),
        ({}, "columns"),
        ({"columns": {"date": "a"}}, "columns"),
        ({"columns": {"amount": "a"}}, "columns"),
        ({"columns": {"date": "a", "amount": 3}}, "columns.amount"),
        ({"columns": {"date": "a", "amount": "b", "smell": "c"}}, "columns.smell"),
        ({"columns": {"date": "a", "amount": "b"}, "currency": "??"}, "currency"),
        ({"columns": {"date": "a", "amount": "b"}, "currency": 5}, "currency"),
        ({"columns": {"date": "a", "amount": "b"}, "date_order": "soon"}, "date_order"),
        ({"columns": {"date": "a", "amount": "b"}, "colour": "red"}, "colour"),
    ],
)
def test_a_mapping_that_says_nothing_useful_is_refused(read, mapping, field):
    with pytest.raises(InputError) as caught:
        read("a,b\n", mapping=mapping)
    assert (caught.value.code, caught.value.field) == ("bad_mapping", field)
    assert str(caught.value)


def test_a_mapping_whose_columns_are_missing_leaves_the_file_unknown(read):
    assert read("x,y\n1,2\n", mapping=MAPPING).error == "unknown_format"


def test_the_order_of_day_and_month_is_asked_for_where_nothing_tells(read):
    text = "Date,Amount,Currency\n03/04/2026,10,EUR\n"
    result = read(text)
    assert result.warnings == ("ambiguous_date",)
    told = read(
        text,
        mapping={
            "columns": {"date": "Date", "amount": "Amount", "currency": "Currency"},
            "date_order": "mdy",
        },
    )
    assert told.format == "generic_csv"


def test_totals_notes_and_titles_are_no_rows(read):
    result = read("My year,,\nDate,Amount,Currency\n2026-07-01,10,USD\nTotal,10,\n,,remember the tax\n")
    assert result.data_rows == 1
    assert {row.reason for row in result.skipped} == {"total_row", "not_a_row"}


def test_equal_lines_without_ids_stay_as_many_as_they_are(read):
    result = read("Date,Amount,Currency\n" + "2026-07-01,10,USD\n" * 3)
    assert result.rows[Kind.INCOME] == 3
    assert len({entry.key for entry in result.entries}) == 3


def kinds(result):
    return [(entry.kind, str(entry.money)) for entry in result.entries]


def test_a_direction_column_counts_without_a_mapping(read):
    rows = "2026-07-01,100,收入\n2026-07-02,20,支出\n2026-07-03,5,退款\n2026-07-04,30,不计收支\n"
    assert kinds(read(f"日期,金额(元),收/支\n{rows}")) == [
        (Kind.INCOME, "100.00"),
        (Kind.EXPENSE, "20.00"),
        (Kind.REFUND, "5.00"),
        (Kind.NEUTRAL, "30.00"),
    ]


def test_a_column_of_kinds_is_a_direction_if_its_cells_say_one(read):
    sold = read(
        "Date,Type,Amount,Currency\n2026-07-01,Sale,10,USD\n2026-07-02,Refund,-4,USD\n2026-07-03,Fee,-1,USD\n"
    )
    assert kinds(sold) == [(Kind.INCOME, "10.00"), (Kind.REFUND, "4.00"), (Kind.FEE, "1.00")]
    kept = read("日期,类型,金额（元）\n2026-07-01,收入,10\n2026-07-02,支出,4\n2026-07-03,借出,4\n")
    assert kinds(kept) == [(Kind.INCOME, "10.00"), (Kind.EXPENSE, "4.00"), (Kind.NEUTRAL, "4.00")]
    orders = read("日期,类型,金额（元）\n2026-07-01,外卖,10\n2026-07-02,跑腿,4\n")
    assert kinds(orders) == [(Kind.INCOME, "10.00"), (Kind.INCOME, "4.00")]


def test_cancelled_and_pending_orders_do_not_count(read):
    rows = ("1,5.50,已完成", "2,6.50,已取消", "3,7.50,待结算", "4,8.50,部分退款")
    result = read("日期,订单号,金额（元）,状态\n" + "".join(f"2026-07-01,{row}\n" for row in rows))
    assert kinds(result) == [
        (Kind.INCOME, "5.50"),
        (Kind.IGNORED, "6.50"),
        (Kind.IGNORED, "7.50"),
        (Kind.INCOME, "8.50"),
    ]
    assert [entry.doubtful for entry in result.entries] == [False, False, False, True]


def test_day_and_time_in_two_columns_make_one_moment(read):
    result = read(
        "交易日期,交易时间,金额,币种\n2026-07-01,91011,1.5,CNY\n46204,0.5,2.5,CNY\n2026-07-02,soon,3,CNY\n"
    )
    assert [str(entry.moment) for entry in result.entries] == [
        "2026-07-01 09:10:11",
        "2026-07-01 12:00:00",
        "None",
    ]


def test_a_table_of_months_counts_in_each_month(read):
    result = read("月份,收入（元）\n2026-07,5600\n2026年8月,4980.5\n")
    assert result.as_json()["monthly_income"] == {
        "2026-07": {"CNY": "5600.00"},
        "2026-08": {"CNY": "4980.50"},
    }


def test_a_header_that_comes_again_is_no_row(read):
    result = read("日期,收入（元）\n2026-07-01,10\n\n日期,收入（元）\n2026-08-01,20\n")
    assert (result.data_rows, result.warnings) == (2, ())


def test_a_note_in_the_first_cell_is_no_row(read):
    result = read("日期,收入（元）\n2026-07-01,10\n备注：只记了外卖,\n")
    assert (result.data_rows, result.warnings) == (1, ())
    assert [row.reason for row in result.skipped] == ["not_a_row"]


def test_a_fee_beside_what_is_left_is_taken_off_already(read):
    result = read("日期,到账金额,手续费,币种\n2026-07-01,96.80,3.20,CNY\n")
    assert kinds(result) == [(Kind.INCOME, "96.80")]


def test_a_sheet_a_month_is_one_ledger(tmp_path):
    book = openpyxl.Workbook()
    heads = ["日期", "平台", "收入（元）"]
    july = [["2026-07-01", "A", 5.5], ["2026-07-01", "A", 5.5], ["2026-07-31", "B", 20]]
    august = [["2026-08-01", "A", 7]]
    sheets = {"7月": july, "8月": august, "全部": [*july, *august]}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in (heads, *rows, ["合计", "", 1]):
            sheet.append(row)
    totals = book.create_sheet("汇总")
    for row in (["月份", "收入（元）"], ["2026-07", 31], ["2026-08", 7]):
        totals.append(row)
    book.save(tmp_path / "年.xlsx")
    result = read_file(tmp_path / "年.xlsx")
    assert result.as_json()["monthly_income"] == {"2026-07": {"CNY": "31.00"}, "2026-08": {"CNY": "7.00"}}
    assert (result.rows[Kind.INCOME], result.rows[Kind.IGNORED], result.data_rows) == (4, 4, 8)
    assert result.warnings == ("duplicate_rows",)
