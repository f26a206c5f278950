"""Alipay app bill (支付宝交易明细), as mailed in an AES archive for 用于个人对账; both column orders."""

from __future__ import annotations

import re

from planner.earnings.document import Document
from planner.earnings.marks import CLOSED, PENDING
from planner.earnings.reader import CERTAIN, LIKELY, Reading
from planner.earnings.wallet import Verdict, WalletColumns, read_wallet
from planner.values import Kind

_HEADER = (
    "交易时间",
    "交易分类",
    "交易对方",
    "对方账号",
    "商品说明",
    "收/支",
    "金额",
    "交易状态",
    "交易订单号",
)
_COLUMNS = WalletColumns(
    time="交易时间",
    amount="金额",
    party="交易对方",
    goods="商品说明",
    identity="交易订单号",
    judged=("交易分类", "收/支", "交易状态", "商品说明"),
)
_OWN_MONEY = re.compile(r"余额宝-|充值-|提现-|.*-(?:买入|卖出)")
_NOT_PAID = re.compile(r"待付款|处理中|等待.*付款")
_WITHDRAWAL = re.compile(r"提现|.*转出")


class AlipayApp:
    """收/支 gives the direction; 不计收支 (older: 其他 or nothing) is own money or money back."""

    source = "alipay"

    def recognise(self, document: Document) -> float:
        if not document.header(*_HEADER):
            return 0.0
        return CERTAIN if "支付宝" in document.head_text else LIKELY

    def read(self, document: Document) -> Reading:
        header = document.header(*_HEADER)
        assert header is not None
        return read_wallet(
            document,
            header,
            lambda: Reading("alipay_app_csv", self.source, last_day=document.last_day),
            _COLUMNS,
            judge,
        )


def judge(category: str, direction: str, status: str, goods: str) -> Verdict:
    """The verdict on a row by 交易分类, 收/支, 交易状态 and 商品说明."""
    if "关闭" in status or "失败" in status:
        return Kind.IGNORED, CLOSED, False
    if _NOT_PAID.match(status):
        return Kind.IGNORED, PENDING, False
    if direction != "支出" and _OWN_MONEY.match(goods):
        return Kind.NEUTRAL, "withdrawal" if _WITHDRAWAL.match(goods) else "own_money", False
    if status == "退款成功" or category == "退款" or goods.startswith("退款"):
        return Kind.REFUND, "sale_refund" if direction == "支出" else "purchase_refund", False
    if direction == "支出":
        return Kind.EXPENSE, "payment_made", False
    if direction == "收入":
        return (Kind.INCOME, "tax_refund", True) if status == "退税成功" else _inflow(category, goods)
    return Kind.NEUTRAL, "withdrawal" if _WITHDRAWAL.match(goods) else "own_money", False


def _inflow(category: str, goods: str) -> Verdict:
    if "红包" in goods:
        return Kind.INCOME, "red_packet", True
    if category == "转账红包" or goods.startswith("转账"):
        return Kind.INCOME, "person_transfer", True
    if "结息" in goods or "利息" in goods:
        return Kind.INCOME, "interest", True
    if "公积金" in goods:
        return Kind.INCOME, "housing_fund", True
    return Kind.INCOME, "payment_received", False


READERS = (AlipayApp(),)
