"""Shopping bills (美团, 京东): read so that nobody takes them for earnings; 收入 is money back."""

from __future__ import annotations

import re

from planner.earnings.cells import minor_units
from planner.earnings.marks import CLOSED
from planner.earnings.table import Layout, Line, OddCellError, TableReader
from planner.values import Kind

_PART_REFUNDED = re.compile(r"\(.*\)")  # 京东: `131.77(已退款89.84)`
_NOT_SPENT = ("还款", "充值", "提现", "白条", "小金库")


class ShoppingBill(TableReader):
    """Direction, type and status decide; nothing is ever income."""

    def __init__(self, source: str, layout: Layout, amount: str, times: tuple[str, ...], party: str) -> None:
        self.source, self.layouts = source, (layout,)
        self._amount, self._times, self._party = amount, times, party

    def line(self, line: Line) -> None:
        try:
            amount = minor_units(_PART_REFUNDED.sub("", line.cell(self._amount)))
        except ValueError:
            amount = None
        if amount is None:
            raise OddCellError("bad_amount")
        placed = line.when(*map(line.cell, self._times))
        kinds = line.cell("交易类型", "交易分类"), line.cell("订单标题", "交易说明")
        status = line.cell("交易状态")
        verdict = judge(line.cell("收/支"), *kinds, status, amount)
        key = line.key(line.cell("交易单号", "交易订单号"), placed.moment.isoformat(), amount)
        line.add(verdict, abs(amount), "CNY", placed, key, party=line.cell(self._party), words=kinds[1])


def judge(direction: str, kind: str, words: str, status: str, amount: int) -> tuple[Kind, str, bool]:
    """The verdict on a shopping row."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if "关闭" in status or "失败" in status or "取消" in status:
        return Kind.IGNORED, CLOSED, False
    if "退款" in kind or words.startswith("退款") or status.startswith("退款"):
        return Kind.REFUND, "purchase_refund", False
    if any(word in kind or word in words[:6] for word in _NOT_SPENT):
        return Kind.NEUTRAL, "own_money", False
    if direction == "收入":
        return Kind.REFUND, "purchase_refund", False
    if direction != "支出":
        return Kind.NEUTRAL, "own_money", False
    return Kind.EXPENSE, "payment_made", False


_MEITUAN = Layout(
    "meituan_consumer_csv", ("交易创建时间", "交易成功时间", "订单标题", "收/支", "实付金额"), "美团交易账单"
)
_JD = Layout(
    "jd_consumer_csv", ("交易时间", "商户名称", "交易说明", "金额", "收/付款方式", "收/支"), "京东账号名"
)
READERS = (
    ShoppingBill("meituan", _MEITUAN, "实付金额", ("交易成功时间", "交易创建时间"), "订单标题"),
    ShoppingBill("jd", _JD, "金额", ("交易时间",), "商户名称"),
)
