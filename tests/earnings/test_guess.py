"""Unknown tables: columns are proposed by name and content, and a sample leaves without anything personal."""

from __future__ import annotations

import random

import pytest

from planner.earnings import read_file
from planner.earnings.guess import guess_file, header_digest
from planner.earnings.masking import mask, masked_sample

TEMU = """PO单号,站点,结算时间,销售回款(USD),销售冲回,备注
PO-1,美国,2026-07-01 10:00:00,12.50,0,测试商品
PO-2,美国,2026-07-02 11:00:00,8.00,0,测试商品
"""
DIARY = "哪天;谁给的;多少钱\n03.07.2026;美团站点张队长;1.250,50\n14.07.2026;李老板;300,00\n"


@pytest.fixture
def file(tmp_path):
    def made(text: str, name: str = "table.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return made


def test_columns_are_found_by_name_and_content(file):
    found = guess_file(file(TEMU))
    assert found is not None
    assert found.columns["date"] == "结算时间"
    assert found.columns["amount"] == "销售回款(USD)"
    assert (found.currency, found.missing) == ("USD", ())
    assert found.rows[0][:2] == ("PO-1", "美国")


def test_columns_without_known_names_are_found_by_content(file):
    path = file(DIARY)
    found = guess_file(path)
    assert found is not None
    assert (found.columns["date"], found.columns["amount"]) == ("哪天", "多少钱")
    assert (found.date_order, found.decimal, found.missing) == ("dmy", ",", ("currency",))
    assert all(0 < sure <= 1 for sure in found.sure.values())
    mapping = {**found.as_mapping(), "currency": "CNY"}
    result = read_file(path, mapping=mapping)
    assert (result.error, str(result.entries[0].money)) == (None, "1250.50")


def test_money_in_and_out_in_columns_of_their_own(file):
    path = file(
        "Date,Time,Description,Debit,Credit,Currency\n15/07/2026,10:11,A,,100.50,USD\n16/07/2026,9:05,B,20.00,,USD\n"
    )
    found = guess_file(path)
    assert found is not None
    assert (found.columns["income"], found.columns["expense"]) == ("Credit", "Debit")
    assert (found.columns["date"], found.columns["time"]) == ("Date", "Time")
    assert "amount" not in found.columns
    result = read_file(path, mapping=found.as_mapping())
    assert [(str(entry.money), entry.kind.value) for entry in result.entries] == [
        ("100.50", "income"),
        ("20.00", "expense"),
    ]
    assert str(result.entries[0].moment) == "2026-07-15 10:11:00"


def test_amounts_with_signs_and_a_bad_one_do_not_make_a_payment_the_header(file):
    text = 'Date,Amount,Currency\n2026-07-01,"US$1,234",USD\n2026-07-02,"34.5 USD",USD\n2026-07-04,a,USD\n'
    found = guess_file(file(text))
    assert found is not None
    assert found.names == ("Date", "Amount", "Currency")


def test_a_spreadsheets_day_numbers_are_days_under_such_a_name(file):
    found = guess_file(file("单号,到账时间,到手\n1001,46204,120.5\n1002,46205.5,99\n"))
    assert found is not None
    assert dict(found.columns) == {"date": "到账时间", "amount": "到手", "id": "单号"}


@pytest.mark.parametrize(
    ("heads", "row", "columns"),
    [
        ("日期,订单量,配送收入,奖励,合计收入", "2026-07-01,30,180.50,10,190.50", {"date", "amount"}),
        ("完成时间,流水,抽成,到手", "2026-07-01,30.00,6.00,24.00", {"date", "amount"}),
        ("日期,收入,抽成,余额", "2026-07-01,30.00,6.00,24.00", {"date", "income", "fee"}),
        ("交易日期,借方发生额,贷方发生额,金额", "2026-07-01,3.00,5000.00,4997.00", {"date", "income"}),
    ],
)
def test_the_same_money_is_proposed_once(file, heads, row, columns):
    found = guess_file(file(f"{heads}\n{row}\n"))
    assert found is not None
    assert found.columns.keys() - {"expense"} == columns


def test_a_proposal_reads_the_same_as_the_header_words_alone(samples):
    path = samples / "generic" / "syn_generic_ledger.csv"
    found = guess_file(path)
    assert found is not None
    plain, mapped = read_file(path), read_file(path, mapping=found.as_mapping())
    assert [entry.money for entry in mapped.entries] == [entry.money for entry in plain.entries]


@pytest.mark.parametrize(
    "text", ["", "name,street\nA,B\n", "Dear customer,\nyour order of 3 July has left.\n"]
)
def test_no_proposal_where_there_is_no_day_or_no_amount(file, text):
    assert guess_file(file(text)) is None


def test_a_header_is_known_again_in_another_order():
    assert header_digest(["日期", "金额 "]) == header_digest(["金额", "日期", ""])
    assert header_digest(["日期", "金额"]) != header_digest(["日期", "收入"])


def test_a_masked_sample_keeps_the_form_and_nothing_personal(file):
    text = "姓名：张三\n交易日期,对方,金额,状态,单号\n2026-07-01,王小明13800001111,¥1250.50,支付成功,=AB12\n"
    sample = masked_sample(file(text))
    assert "交易日期\t对方\t金额\t状态\t单号" in sample
    assert "2026-07-01" in sample
    assert "支付成功" in sample
    for personal in ("张三", "王小明", "13800001111", "1250.50", "AB12"):
        assert personal not in sample
    assert "'=" in sample


def test_a_mask_keeps_lengths_and_marks():
    masked = mask("Zhang San, 6222-0000 (上海)", random.Random(1))
    assert len(masked) == len("Zhang San, 6222-0000 (上海)")
    assert masked.startswith("Xxxxx Xxx, ")
    assert masked.endswith("(某某)")
