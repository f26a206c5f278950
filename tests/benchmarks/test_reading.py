"""Reading a WeChat bill of 100,000 rows into ledger entries, against pandas.read_csv of the same file."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from planner.earnings import read_file

ROWS = 100_000
BAR, AIM = 2.5, 1.8
ROUNDS = 11
PREAMBLE = 16  # lines above the header

KINDS = (
    (50, "商户消费", "示例餐饮店", "支出", "支付成功"),
    (35, "二维码收款", "顾客", "收入", "已收钱"),
    (5, "转账", "朋友", "收入", "已存入零钱"),
    (4, "微信红包", "朋友", "收入", "已存入零钱"),
    (4, "零钱提现", "示例银行(0000)", "/", "提现已到账"),
    (2, "商户消费-退款", "示例网店", "收入", "已全额退款"),
)


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bill as the wallet writes it: byte order mark, preamble, quoted texts, tabs behind the numbers."""
    chance = random.Random(7)
    lines = ["微信支付账单明细" + "," * 10]
    lines += ["," * 10] * (PREAMBLE - 1)
    lines.append("交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注")
    moment = datetime(2024, 1, 1)  # noqa: DTZ001
    weights = [kind[0] for kind in KINDS]
    for number in range(ROWS):
        moment += timedelta(seconds=chance.randint(60, 900))
        _weight, kind, party, direction, status = chance.choices(KINDS, weights)[0]
        lines.append(
            f'{moment},{kind},{party}{chance.randint(1, 500)},"收款方备注:订单{chance.randint(1, 10**6)}",'
            f"{direction},¥{max(0.01, chance.lognormvariate(2.7, 0.8)):.2f},零钱,{status},"
            f'{4200000000000000000000000000 + number}\t,{chance.randrange(10**20, 10**21)}\t,"/"'
        )
    path = tmp_path_factory.mktemp("bill") / "bill.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    del result
    return seconds


@pytest.mark.benchmark
def test_reading_a_large_bill(bill, report_ratio):
    import pandas

    result = read_file(bill)
    assert (result.format, len(result.entries), result.skipped) == ("wechat_csv", ROWS, ())
    table = pandas.read_csv(bill, skiprows=PREAMBLE)
    assert len(table) == ROWS
    del result, table

    ours, theirs = [], []
    for _round in range(ROUNDS):
        theirs.append(_seconds(lambda: pandas.read_csv(bill, skiprows=PREAMBLE)))
        ours.append(_seconds(lambda: read_file(bill)))
    report_ratio("reading a 100,000-row WeChat CSV", min(ours) / min(theirs), BAR, AIM)
