"""Alipay and WeChat: what each row is, and what happens to rows that cannot be read."""

from __future__ import annotations

import pytest

from planner.earnings import document
from planner.earnings.readers import alipay_app, wechat
from planner.values import Kind

ROW = "2026-08-01 09:00:00,二维码收款,顾客甲,收款,收入,¥12.00,零钱,已收钱,{id}\t,/,/"


@pytest.mark.parametrize(
    ("kind", "direction", "status", "expected", "doubtful"),
    [
        ("二维码收款", "收入", "已收钱", Kind.INCOME, False),
        ("微信红包", "收入", "已存入零钱", Kind.INCOME, True),
        ("微信红包（单发）", "收入", "已存入零钱", Kind.INCOME, True),
        ("转账", "收入", "已存入零钱", Kind.INCOME, True),
        ("商户消费", "收入", "充值成功", Kind.INCOME, False),
        ("商户消费-退款", "收入", "已全额退款", Kind.REFUND, False),
        ("转账", "收入", "对方已退还", Kind.REFUND, False),
        ("二维码收款-退款", "支出", "支付成功", Kind.REFUND, False),
        ("商户消费", "支出", "已退款(￥3.00)", Kind.EXPENSE, False),
        ("零钱提现", "/", "提现已到账", Kind.NEUTRAL, False),
        ("信用卡还款", "/", "支付成功", Kind.NEUTRAL, False),
        ("商户消费", "支出", "已关闭", Kind.IGNORED, False),
    ],
)
def test_a_wechat_row_is_judged_by_type_direction_and_status(kind, direction, status, expected, doubtful):
    verdict = wechat.judge(kind, direction, status)
    assert (verdict[0], verdict[2]) == (expected, doubtful)


@pytest.mark.parametrize(
    ("category", "direction", "status", "goods", "expected", "doubtful"),
    [
        ("其他", "收入", "交易成功", "众包配送-跑单收入提现", Kind.INCOME, False),
        ("转账红包", "收入", "交易成功", "转账", Kind.INCOME, True),
        ("转账红包", "收入", "交易成功", "普通红包", Kind.INCOME, True),
        ("收入", "收入", "交易关闭", "项目定金", Kind.IGNORED, False),
        ("退款", "收入", "交易成功", "手机支架", Kind.REFUND, False),
        ("退款", "不计收支", "退款成功", "退款-手机支架", Kind.REFUND, False),
        ("投资理财", "不计收支", "交易成功", "余额宝-2026.09.07-收益发放", Kind.NEUTRAL, False),
        ("投资理财", "收入", "交易成功", "余额宝-2026.09.07-收益发放", Kind.NEUTRAL, False),
        ("投资理财", "不计收支", "退款成功", "示例基金-买入退款", Kind.NEUTRAL, False),
        ("投资理财", "收入", "交易成功", "示例基金-卖出至余额宝", Kind.NEUTRAL, False),
        ("投资理财", "收入", "交易成功", "余额宝-自动转入", Kind.NEUTRAL, False),
        ("账户存取", "不计收支", "交易成功", "提现-实时提现", Kind.NEUTRAL, False),
        ("账户存取", "", "充值成功", "充值-普通充值", Kind.NEUTRAL, False),
        ("日用百货", "支出", "等待确认收货", "雨衣", Kind.EXPENSE, False),
        ("退款", "支出", "交易成功", "退款-手工包", Kind.REFUND, False),
        ("其他", "收入", "退税成功", "个税退税", Kind.INCOME, True),
        ("日用百货", "支出", "支付失败", "雨衣", Kind.IGNORED, False),
        ("收入", "收入", "等待对方付款", "定金", Kind.IGNORED, False),
        ("收入", "收入", "等待确认收货", "手工包", Kind.INCOME, False),
    ],
)
def test_an_alipay_row_is_judged_by_category_direction_status_and_goods(
    category, direction, status, goods, expected, doubtful
):
    verdict = alipay_app.judge(category, direction, status, goods)
    assert (verdict[0], verdict[2]) == (expected, doubtful)


def test_a_row_with_an_unreadable_time_or_amount_is_listed_and_counted_as_ignored(read, wechat):
    result = read(
        wechat(
            ROW.format(id=1),
            ROW.format(id=2).replace("2026-08-01", "2026-02-30"),
            ROW.format(id=3).replace("¥12.00", "zwölf"),
            ROW.format(id=4).replace("¥12.00", ""),
        )
    )
    assert [(row.line, row.reason) for row in result.skipped] == [
        (4, "bad_date"),
        (5, "bad_amount"),
        (6, "bad_amount"),
    ]
    assert (result.data_rows, result.rows[Kind.INCOME], result.rows[Kind.IGNORED]) == (4, 1, 3)
    assert result.warnings == ("bad_amount", "bad_date")


def test_a_row_in_the_future_does_not_count(read, wechat):
    result = read(wechat(ROW.format(id=1), ROW.format(id=2).replace("2026", "2099")))
    assert (result.rows[Kind.INCOME], result.rows[Kind.IGNORED]) == (1, 1)
    assert result.warnings == ("future_date",)


def test_a_zero_amount_is_ignored(read, wechat):
    result = read(wechat(ROW.format(id=1).replace("¥12.00", "¥0.00")))
    assert [(entry.kind, entry.reason) for entry in result.entries] == [(Kind.IGNORED, "zero_amount")]


def test_a_line_that_stands_twice_counts_once(read, wechat):
    result = read(wechat(ROW.format(id="100000001"), ROW.format(id="100000001")))
    assert (result.data_rows, result.rows[Kind.INCOME], result.rows[Kind.IGNORED]) == (2, 1, 1)
    assert result.warnings == ("duplicate_rows",)
    assert [(row.line, row.reason) for row in result.skipped] == [(4, "duplicate_row")]


def test_two_equal_orders_of_one_day_stay_two(read, wechat):
    result = read(wechat(ROW.format(id="100000001"), ROW.format(id="100000002")))
    assert result.rows[Kind.INCOME] == 2
    without_ids = read(wechat(ROW.format(id="/"), ROW.format(id="/")))
    assert without_ids.rows[Kind.INCOME] == 2
    assert len({entry.key for entry in without_ids.entries}) == 2


def test_the_parts_of_one_payment_stay_two(read, wechat):
    other = ROW.format(id="100000001").replace("¥12.00", "¥3.00")
    assert read(wechat(ROW.format(id="100000001"), other)).rows[Kind.INCOME] == 2


def test_damaged_ids_are_warned_of_and_not_used(read, wechat):
    result = read(wechat(ROW.format(id="1E+27"), ROW.format(id="1E+27")))
    assert result.warnings == ("ids_damaged",)
    assert result.rows[Kind.INCOME] == 2


def test_a_half_written_file_gives_what_is_whole(read, wechat):
    result = read(wechat(ROW.format(id=1), "2026-08-02 09:00:00,二维码收款,顾客", end=""))
    assert (result.data_rows, result.rows[Kind.INCOME], result.warnings) == (1, 1, ("truncated",))
    assert [(row.line, row.reason) for row in result.skipped] == [(4, "truncated")]


def test_bytes_cut_inside_a_character_are_truncated(read, wechat):
    raw = wechat(ROW.format(id=1), "2026-08-02 09:00:00,二维码收款,顾客", end="").encode()
    result = read(raw[:-1])
    assert (result.error, result.encoding, result.warnings) == (None, "utf-8", ("truncated",))


def test_an_empty_month_has_no_rows(read, wechat):
    result = read(wechat())
    assert (result.error, result.data_rows, result.warnings) == (None, 0, ("no_rows",))


def test_lost_characters_are_warned_of(read, wechat):
    result = read(wechat(ROW.format(id=1).replace("顾客甲", "顾客\ufffd")))
    assert result.warnings == ("encoding_loss",)
    broken = read(wechat(ROW.format(id=1)).encode().replace("顾客甲".encode(), b"\xe9\xa1"))
    assert (broken.error, broken.warnings, broken.rows[Kind.INCOME]) == (None, ("encoding_loss",), 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_bill_saved_again_by_another_program_gives_the_same(read, samples, encoding, ends, delimiter):
    original = read(samples.joinpath("wechat_csv", "deg_wechat_records.csv").read_bytes())
    import csv
    import io

    text = samples.joinpath("wechat_csv", "deg_wechat_records.csv").read_text("utf-8")
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows(
        csv.reader(io.StringIO(text))
    )
    again = read(out.getvalue().encode(encoding))
    assert again.error is None
    assert [entry.key for entry in again.entries] == [entry.key for entry in original.entries]
    assert again.as_json()["income_sum"] == original.as_json()["income_sum"]


def test_columns_in_another_order_and_more_preamble_change_nothing(read, samples):
    import csv
    import io

    rows = list(
        csv.reader(io.StringIO(samples.joinpath("alipay_app_csv", "syn_alipay_gig.csv").read_text("gb18030")))
    )
    header = next(index for index, row in enumerate(rows) if row and row[0].strip() == "交易时间")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([["note"]] * 20 + rows[:header])
    for row in rows[header:]:
        writer.writerow(row[::-1])
    result = read(out.getvalue())
    assert (result.format, result.as_json()["income_sum"]) == ("alipay_app_csv", {"CNY": "6726.75"})


def test_times_that_a_spreadsheet_rewrote_are_read(read, wechat):
    result = read(wechat(ROW.format(id=1).replace("2026-08-01 09:00:00", "2026/8/1 9:00")))
    assert str(result.entries[0].moment) == "2026-08-01 09:00:00"
    assert result.entries[0].key == read(wechat(ROW.format(id=1))).entries[0].key


@pytest.mark.parametrize("large", [1, 1 << 20])
def test_lines_of_words_or_dashes_under_a_bill_are_no_payments(read, monkeypatch, large):
    monkeypatch.setattr(document, "LARGE", large)
    head = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,交易状态,交易订单号"
    row = "2026-08-01 09:00:00,其他,示例众包,/,跑单,收入,12.00,交易成功,2026080100001\t"
    result = read(
        f"支付宝\n{head}\n{row}\n{'-' * 80}\n共1笔记录\n导出时间:[2026-09-01 10:00:00]    用户:测\n"
    )
    assert (result.data_rows, result.warnings) == (1, ())
    assert [reason.reason for reason in result.skipped] == ["not_a_row"] * 3
