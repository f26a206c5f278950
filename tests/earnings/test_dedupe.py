"""The same payment counts once, whatever the files; look-alikes are only suggested."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.earnings import ImportReport, like_key, read_file, read_files, suspected, unique
from planner.earnings.marks import CLOSED, PENDING
from planner.values import Kind, LedgerEntry, Money, Month

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
FILES = (
    "alipay_app_csv/syn_alipay_gig.csv",
    "wechat_csv/deg_wechat_records.csv",
    "amazon_settlement_v2/xieyi_settlement_sample_us.txt",
    "payoneer_csv/syn_payoneer.csv",
    "paypal_activity_csv/syn_paypal_activity_en.csv",
    "cmb_csv/syn_cmb_web.csv",
    "generic/syn_generic_ledger.csv",
)
LEDGERS = {name: read_file(SAMPLES / name).entries for name in FILES}


def _entry(source="wechat", key="1", kind=Kind.INCOME, minor=1200, day=date(2026, 8, 1), who="", reason="x"):
    return LedgerEntry(source, key, kind, Money(minor), day, Month.of(day), who, "", reason)


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=150)
def test_overlapping_parts_of_a_file_in_any_order_are_the_file(name, data):
    entries = list(LEDGERS[name])
    cuts = data.draw(
        st.lists(st.tuples(st.integers(0, len(entries)), st.integers(0, len(entries))), max_size=4)
    )
    parts = [entries[min(cut) : max(cut)] for cut in cuts]
    rest = [entry for entry in entries if not any(entry in part for part in parts)]
    shuffled = data.draw(st.permutations([entry for part in (*parts, rest) for entry in part]))
    assert unique(shuffled) == unique(entries)
    assert len(unique(shuffled)) == len(entries)


@given(st.lists(st.sampled_from(FILES), min_size=1, max_size=4), st.randoms())
@settings(max_examples=50)
def test_once_unique_always_unique(names, random):
    entries = [entry for name in names for entry in LEDGERS[name]]
    once = unique(entries)
    random.shuffle(entries)
    assert unique(entries) == once
    assert unique([*once, *entries]) == once


def test_the_same_bill_as_csv_and_as_workbook_is_one_bill():
    csv = SAMPLES / "wechat_csv" / "deg_wechat_records.csv"
    xlsx = SAMPLES / "wechat_xlsx" / "deg_wechat_records_2026.xlsx"
    report = ImportReport(tuple(read_files([csv, xlsx])))
    assert report.duplicates == 27
    assert report.as_json()["total_cny"] == "28.49"


def test_a_file_given_twice_counts_once():
    path = SAMPLES / "paypal_activity_csv" / "syn_paypal_activity_en.csv"
    once, twice = (ImportReport(tuple(read_files([path] * times))).as_json() for times in (1, 2))
    assert twice["duplicates"] == len(LEDGERS["paypal_activity_csv/syn_paypal_activity_en.csv"])
    assert {**twice, "files": 0, "duplicates": 0} == {**once, "files": 0, "duplicates": 0}


def test_a_settled_payment_replaces_the_pending_and_a_closed_one_replaces_both():
    pending = _entry(key=f"1|{PENDING}", kind=Kind.IGNORED, reason=PENDING)
    settled = _entry(key="1")
    closed = _entry(key=f"1|{CLOSED}", kind=Kind.IGNORED, reason=CLOSED)
    assert unique([pending, settled]) == unique([settled, pending]) == (settled,)
    assert unique([settled, closed, pending]) == unique([pending, closed, settled]) == (closed,)
    assert unique([pending]) == (pending,)


def test_equal_income_of_one_day_in_two_sources_is_suggested():
    wallet, bank = _entry(who="示例平台"), _entry(source="cmb", key="b", who="示例平台有限公司")
    (pair,) = suspected([wallet, bank])
    assert pair.reason == "same_payment"
    assert unique([wallet, bank]) in {(wallet, bank), (bank, wallet)}


def test_a_withdrawal_that_arrives_at_the_bank_is_suggested():
    wallet = _entry(kind=Kind.NEUTRAL, reason="withdrawal", minor=200000)
    bank = _entry(source="cmb", key="b", minor=200000, day=date(2026, 8, 3), who="EXAMPLE")
    (pair,) = suspected([bank, wallet])
    assert (pair.reason, pair.first, pair.second) == ("withdrawal", wallet, bank)


def test_a_payout_that_arrives_elsewhere_is_suggested(tmp_path):
    settlement = SAMPLES / "amazon_settlement_v2" / "xieyi_settlement_sample_us.txt"
    payoneer = tmp_path / "payoneer.csv"
    text = (SAMPLES / "payoneer_csv" / "syn_payoneer.csv").read_text("utf-8")
    payoneer.write_text(text.replace('"2,431.20",,USD', "582.89,,USD", 1), "utf-8")
    bank = tmp_path / "bank.csv"
    text = (SAMPLES / "cmb_csv" / "syn_cmb_web.csv").read_text("utf-8-sig")
    bank.write_text(text.replace("12,345.67", "21,510.00").replace("20260915", "20260722"), "utf-8")
    report = ImportReport(tuple(read_files([settlement, payoneer, bank])))
    assert [(pair.first.source, pair.second.source, pair.reason) for pair in suspected(report.entries)] == [
        ("amazon", "payoneer", "paid_out"),
        ("payoneer", "cmb", "paid_out"),
    ]


def test_a_deposit_of_a_platform_whose_own_statement_is_there_is_suggested():
    shopee = read_file(next((SAMPLES / "shopee_income_xlsx").glob("*.xlsx"))).entries
    day = date(2026, 9, 8)
    fields = {"kind": Kind.INCOME, "money": Money(123_456, "USD"), "day": day, "month": Month.of(day)}
    deposit = LedgerEntry("payoneer", "p1", **fields, counterparty="Shopee Singapore")
    other = LedgerEntry("payoneer", "p2", **fields, counterparty="Lazada")
    late = replace(deposit, key="p3", day=date(2027, 1, 8))
    early = replace(deposit, key="p4", day=date(2026, 8, 1))
    (pair,) = suspected([*shopee, deposit, other, late, early])
    assert (pair.first.source, pair.second.key, pair.reason) == ("shopee", "p1", "paid_out")
    assert pair.first.day == date(2026, 9, 5)  # the last sale before it
    assert suspected([deposit, other, late, early]) == ()


def test_what_is_not_alike_is_not_suggested():
    wallet = _entry(who="A")
    for other in (
        replace(wallet, key="2"),  # the same source tells its own lines apart
        replace(wallet, source="cmb", key="b", counterparty="B"),
        replace(wallet, source="cmb", key="b", money=Money(1201)),
        replace(wallet, source="cmb", key="b", money=Money(1200, "USD")),
        replace(wallet, source="cmb", key="b", day=date(2026, 8, 2)),
        replace(wallet, source="cmb", key="b", kind=Kind.EXPENSE),
    ):
        assert suspected([wallet, other]) == ()


def test_a_payment_in_the_bill_from_the_web_and_in_that_of_the_app_counts_once(tmp_path):
    number, moment = "2021033122001400000000000001", "2021-03-31 10:00:00"
    web = (
        "支付宝交易记录明细查询\n交易号,商家订单号,交易创建时间,付款时间,交易对方,商品名称,金额（元）,收/支,交易状态,"
        f"服务费（元）,成功退款（元）,备注,资金状态\n{number}\t,\t,{moment},{{paid}},甲,设计,200.00,收入,交易成功,"
        "0.00,0.00,,已收入\n"
    )
    app = (
        "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号\n"
        f"{moment},收入,甲,/,设计,收入,200.00,余额,交易成功,{number}\t\n"
    )
    for paid, lines, pairs in (("", 1, 0), ("2021-03-31 10:00:07", 2, 1)):
        (tmp_path / "web.csv").write_text(web.format(paid=paid), "utf-8")
        (tmp_path / "app.csv").write_text(app, "utf-8")
        report = ImportReport(tuple(read_files([tmp_path / "web.csv", tmp_path / "app.csv"])))
        assert (len(report.entries), len(suspected(report.entries))) == (lines, pairs)


def test_a_platform_under_two_names_may_be_one_payment():
    day = date(2026, 8, 1)
    wallet = LedgerEntry("alipay", "a", Kind.INCOME, Money(8800), day, Month(2026, 8), "美团众包", reason="x")
    bank = replace(
        wallet, source="boc", key="b", counterparty="北京三快在线科技有限公司", reason="bank_credit"
    )
    assert [pair.reason for pair in suspected([wallet, bank])] == ["same_payment"]
    assert suspected([wallet, replace(bank, counterparty="滴滴出行科技有限公司")]) == ()


def test_lines_alike_are_those_of_one_source_reason_and_other_side():
    groups = Counter(map(like_key, LEDGERS["alipay_app_csv/syn_alipay_gig.csv"]))
    assert groups["alipay", "payment_received", "示例众包配送"] == 3


V2 = (
    "settlement-id\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tamount-type\t"
    "amount-description\tamount\tposted-date-time\tsku\n"
    "9001\t2026-07-17 00:00:00 UTC\t90.00\tUSD\t\t\t\t\t\t\t\n"
    "9001\t\t\t\tOrder\t111-1\tItemPrice\tPrincipal\t100.00\t2026-07-02 08:00:00 UTC\tS\n"
    "9001\t\t\t\tOrder\t111-1\tItemPrice\tShipping\t5.00\t2026-07-02 08:00:00 UTC\tS\n"
    "9001\t\t\t\tOrder\t111-1\tItemFees\tCommission\t-15.00\t2026-07-02 08:00:00 UTC\tS\n"
)
V1 = (
    "settlement-id\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tposted-date\tsku\t"
    "quantity-purchased\tprice-type\tprice-amount\titem-related-fee-type\titem-related-fee-amount\t"
    "other-amount\n"
    "9001\t2026-07-17T00:00:00+00:00\t90.00\tUSD\t\t\t\t\t\t\t\t\t\t\n"
    "9001\t\t\t\tOrder\t111-1\t2026-07-02T08:00:00+00:00\tS\t1\t\t\t\t\t\n"
    "9001\t\t\t\tOrder\t111-1\t2026-07-02T08:00:00+00:00\tS\t\tPrincipal\t100.00\t\t\t\n"
    "9001\t\t\t\tOrder\t111-1\t2026-07-02T08:00:00+00:00\tS\t\tShipping\t5.00\t\t\t\n"
    "9001\t\t\t\tOrder\t111-1\t2026-07-02T08:00:00+00:00\tS\t\t\t\tCommission\t-15.00\t\n"
)
DATE_RANGE = (
    '"Includes Amazon Marketplace"\n"All amounts in USD, unless specified"\n'
    "date/time,settlement id,type,order id,sku,description,product sales,shipping credits,selling fees,other,"
    "total\n"
    '"Jul 2, 2026 1:00:00 AM PDT",9001,Order,111-1,S,Bag,100.00,5.00,-15.00,0,90.00\n'
    '"Jul 3, 2026 1:00:00 AM PDT",9001,Service Fee,,,Subscription,0,0,0,-39.99,-39.99\n'
    '"Jul 20, 2026 1:00:00 AM PDT",9002,Order,111-2,S,Bag,20.00,0,-3.00,0,17.00\n'
)


@pytest.mark.parametrize("order", list(itertools.permutations((V2, V1, DATE_RANGE))))
def test_reports_of_one_settlement_count_once(tmp_path, order):
    files = []
    for number, text in enumerate(order):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
        files.append(read_file(tmp_path / f"{number}.txt"))
    report = ImportReport(files)
    income = [(entry.source, str(entry.money)) for entry in report.entries if entry.kind is Kind.INCOME]
    # The order of another settlement is known from the date range alone.
    assert income == [("amazon", "100.00"), ("amazon", "5.00"), ("amazon_date_range", "20.00")]
    fees = sorted(str(entry.money) for entry in report.entries if entry.kind is Kind.FEE)
    assert fees == ["15.00", "3.00"]


def test_each_report_of_a_settlement_counts_alone(tmp_path):
    for text, income in ((V2, "105.00"), (V1, "105.00"), (DATE_RANGE, "125.00")):
        (tmp_path / "a.txt").write_text(text, "utf-8")
        result = read_file(tmp_path / "a.txt")
        assert str(result.total(Kind.INCOME)["USD"]) == income
        assert len(ImportReport([result]).entries) == len(result.entries)


def test_a_stripe_payment_in_the_list_and_in_the_balance_counts_once(tmp_path):
    payments = (
        "id,Created (UTC),Amount,Amount Refunded,Currency,Fee,Status,Description\n"
        "ch_1,2026-08-01 10:00,50.00,20.00,usd,1.75,Paid,Client A\n"
        "ch_2,2026-07-01 10:00,30.00,0.00,usd,1.17,Paid,Client B\n"
    )
    balance = (
        "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,"
        "source_id\n"
        "txn_1,2026-08-01 10:00:00,2026-08-03 00:00:00,usd,50.00,1.75,48.25,charge,ch_1\n"
        "txn_2,2026-08-09 10:00:00,2026-08-09 00:00:00,usd,-20.00,0.00,-20.00,refund,re_1\n"
        "txn_3,2026-08-10 10:00:00,2026-08-10 00:00:00,usd,-28.25,0.00,-28.25,payout,po_1\n"
    )
    files = []
    for name, text in (("payments", payments), ("balance", balance)):
        (tmp_path / name).write_text(text, "utf-8")
        files.append(read_file(tmp_path / name))
    report = ImportReport(files)
    counted = sorted((entry.kind.value, str(entry.money)) for entry in report.entries)
    # The payment of July is in the list alone.
    assert counted == [
        ("fee", "1.17"),
        ("fee", "1.75"),
        ("income", "30.00"),
        ("income", "50.00"),
        ("neutral", "28.25"),
        ("refund", "20.00"),
    ]
