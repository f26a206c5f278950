"""Alipay's older web export (支付宝交易记录明细查询): fee and money given back stand in the same row."""

from __future__ import annotations

import re

from planner.earnings.document import Row
from planner.earnings.marks import CLOSED, PENDING
from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_AMOUNT, _FEE, _GIVEN_BACK = "金额（元）", "服务费（元）", "成功退款（元）"
_OWN_MONEY = re.compile(r"余额宝-.*收益发放|充值-|提现-|转入|转出|还款|.*-(?:买入|卖出)")


class AlipayWeb(TableReader):
    """资金状态 tells 已收入, 已支出 or 资金转移; 收/支 is empty for own money."""

    source = "alipay"
    layouts = (Layout("alipay_web_csv", ("交易号", "交易创建时间", _AMOUNT, "收/支", "资金状态"), "支付宝"),)
    amounts = (_AMOUNT,)

    def is_row(self, row: Row) -> bool:
        return super().is_row(row) and len(row.cells) >= 10

    def line(self, line: Line) -> None:
        amount = abs(line.must_amount("CNY", _AMOUNT))
        placed = line.when(line.cell("付款时间"), line.cell("交易创建时间"))
        goods, party = line.cell("商品名称", "商品订单名称"), line.cell("交易对方")
        verdict = judge(line.cell("资金状态"), line.cell("收/支"), line.cell("交易状态"), goods, amount)
        key = line.key(line.cell("交易号"), placed.moment.isoformat(" "))  # as in the app's bill
        if verdict[1] in (CLOSED, PENDING):
            key = f"{key}|{verdict[1]}"
        line.add(verdict, amount, "CNY", placed, key, party=party, words=goods)
        if verdict[0] is Kind.INCOME:
            line.add_fee(abs(line.amount("CNY", _FEE)), "CNY", placed, key, party=party)
            line.add_refund(abs(line.amount("CNY", _GIVEN_BACK)), "CNY", placed, key, party=party)


def judge(state: str, direction: str, status: str, goods: str, amount: int) -> tuple[Kind, str, bool]:
    """The verdict on a row by 资金状态, 收/支, 交易状态 and 商品名称."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if "关闭" in status or "失败" in status:
        return Kind.IGNORED, CLOSED, False
    if state.startswith("待") or status.startswith("等待付款"):
        return Kind.IGNORED, PENDING, False
    if state == "资金转移" or _OWN_MONEY.match(goods):
        return Kind.NEUTRAL, "withdrawal" if goods.startswith("提现") else "own_money", False
    if "退款" in status or goods.startswith("退款"):
        return Kind.REFUND, "purchase_refund", False
    if state == "已支出" or direction == "支出":
        return Kind.EXPENSE, "payment_made", False
    if state == "已收入" or direction == "收入":
        if "红包" in goods:
            return Kind.INCOME, "red_packet", True
        return Kind.INCOME, *(
            ("person_transfer", True) if goods.startswith("转账") else ("payment_received", False)
        )
    return Kind.IGNORED, "direction_unknown", False


READERS = (AlipayWeb(),)
