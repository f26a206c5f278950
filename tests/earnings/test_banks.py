"""Statements of banks: what a line is, and the same line in two exports."""

from __future__ import annotations

from datetime import date

import pytest

from planner.earnings import ImportReport, read_file
from planner.earnings.bank_words import judge_card, judge_credit
from planner.values import Kind

BOCOM = "序号,交易日期,交易时间,交易类型,借贷,交易金额,余额,对方账号,对方户名,交易地点,摘要"
BOCOM_LINES = tuple(
    f"2026-05-{day:02d},12:00:00,跨行汇款,贷 Cr,100.00,{1000 + 100 * day}.00,6222,示例公司,网银,劳务费"
    for day in range(1, 9)
)
ICBC = "交易日期,摘要,交易详情,交易场所,记账金额(收入),记账金额(支出),记账币种,余额,对方户名"


@pytest.mark.parametrize(
    ("kind", "words", "party", "expected", "doubtful"),
    [
        ("代发工资", "", "示例公司", Kind.INCOME, False),
        ("转账汇款", "", "张三", Kind.INCOME, True),
        ("他行汇入", "", "李四", Kind.INCOME, True),
        ("银联入账", "", "", Kind.INCOME, True),
        ("代付", "劳务费", "王五", Kind.INCOME, False),
        ("跨行汇款", "", "示例科技有限公司", Kind.INCOME, False),
        ("网上快捷提现", "", "支付宝-张三", Kind.NEUTRAL, False),
        ("网联收款", "", "支付宝-提现", Kind.NEUTRAL, False),
        ("网联收款", "骑手提现", "北京三快在线科技有限公司", Kind.NEUTRAL, True),
        ("冲正", "", "", Kind.REFUND, False),
        ("退汇", "", "张三", Kind.REFUND, False),
        ("利息税", "", "", Kind.NEUTRAL, False),
        ("代发住房公积金", "", "住房公积金管理中心", Kind.INCOME, True),
    ],
)
def test_money_into_an_account_is_judged_by_the_words_of_the_bank(kind, words, party, expected, doubtful):
    verdict = judge_credit(kind, words, party)
    assert (verdict[0], verdict[2]) == (expected, doubtful)


@pytest.mark.parametrize(
    ("spent", "words", "expected"),
    [
        (-326616, "PAYMENT - THANK YOU", Kind.NEUTRAL),
        (1000, "PAYMENT SERVICES LTD", Kind.EXPENSE),
        (-2500, "RETURN: SHOP", Kind.REFUND),
        (-2950, "银联转账还款", Kind.NEUTRAL),
    ],
)
def test_a_card_is_never_income(spent, words, expected):
    assert judge_card(spent, words)[0] is expected


def test_overlapping_statements_that_number_their_own_lines_count_once(tmp_path):
    results = []
    for name, lines in (("a", BOCOM_LINES[:5]), ("b", BOCOM_LINES[3:])):
        rows = [f"{number},{line}" for number, line in enumerate(lines, 1)]
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join((BOCOM, *rows)) + "\n", "utf-8")
        results.append(read_file(path))
    report = ImportReport(results)
    assert (len(report.entries), report.duplicates) == (8, 2)


def test_equal_lines_with_a_masked_balance_are_two_payments(read):
    line = "2026-05-02,工资,,,20.00,,人民币,****,示例公司\n"
    result = read(f"明细查询文件下载\n{ICBC}\n{line}{line}")
    assert (result.rows[Kind.INCOME], result.warnings) == (2, ())


def test_a_time_that_is_none_does_not_lose_the_payment(read):
    heads = "交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日志号,交易渠道,交易附言"
    result = read(
        f"{heads}\n20260403,240000,代付,+5.00,10.00,示例公司,1,,\n20260404,91011,代付,+6.00,16.00,示例公司,2,,\n"
    )
    assert [str(entry.moment) for entry in result.entries] == ["2026-04-03 00:00:00", "2026-04-04 09:10:11"]


@pytest.mark.parametrize(
    "preamble",
    [
        "查询起始日期：2026-03-01 查询终止日期：2026-09-30",
        "交易区间： 2026-03-01 至2026-09-30 客户姓名： 张三 账号：6222000012345678901",
        "卡号：6222,起止日期：2026-03-01 — 2026-09-30",
        "起始日期:20260301\n结束日期:20260930",
        "起始日期：[2026年03月01日 00:00:00]   终止日期：[2026年09月30日 24:00:00]",
    ],
)
def test_the_period_that_a_statement_names_is_known(read, preamble):
    rows = [f"{number},{line}" for number, line in enumerate(BOCOM_LINES, 1)]
    result = read("\n".join((preamble, BOCOM, *rows)) + "\n")
    assert result.period == (date(2026, 3, 1), date(2026, 9, 30))


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-16"])
@pytest.mark.parametrize("above", ["", "<!-- made by a bank -->\n", '<?xml version="1.0"?>\n'])
def test_a_page_saved_as_xls_is_read_as_its_table(read, encoding, above):
    rows = (
        "序号 摘要 币别 钞汇 交易日期 交易金额 账户余额 交易地点/附言 对方账号与户名",
        "1 工资 人民币元 钞 20260501 6,000.50 7,000.50 &nbsp; 6217/示例公司",
        "2 消费 人民币元 钞 20260502 -10.00 6,990.50 店 6217/店",
    )
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split())}</tr>" for row in rows)
    page = f'{above}<html><meta charset="{encoding}"><body><table border=1>{body}</table></body></html>'
    result = read(page.encode(encoding), "statement.xls")
    assert (result.format, result.as_json()["income_sum"]) == ("ccb_xls", {"CNY": "6000.50"})
    assert result.rows[Kind.EXPENSE] == 1
