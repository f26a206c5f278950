"""WeChat Pay bill (微信支付账单), the CSV mailed until 2025 and the XLSX mailed since."""

from __future__ import annotations

from planner.earnings.document import Document
from planner.earnings.marks import CLOSED, PENDING
from planner.earnings.reader import CERTAIN, Reading
from planner.earnings.wallet import Verdict, WalletColumns, read_wallet
from planner.values import Kind

_HEADER = ("交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)")
_COLUMNS = WalletColumns(
    time="交易时间",
    amount="金额(元)",
    party="交易对方",
    goods="商品",
    identity="交易单号",
    judged=("交易类型", "收/支", "当前状态"),
)


class WeChat:
    """收/支 gives the direction (收入, 支出, "/" for own money); refunds come back marked 收入."""

    source = "wechat"

    def recognise(self, document: Document) -> float:
        return CERTAIN if document.header(*_HEADER) else 0.0

    def read(self, document: Document) -> Reading:
        header = document.header(*_HEADER)
        assert header is not None
        name = "wechat_xlsx" if document.is_sheet else "wechat_csv"
        return read_wallet(
            document, header, lambda: Reading(name, self.source, last_day=document.last_day), _COLUMNS, judge
        )


def judge(kind: str, direction: str, status: str) -> Verdict:
    """The verdict on a row by 交易类型, 收/支 and 当前状态."""
    if "已关闭" in status or "失败" in status or "已撤销" in status:
        return Kind.IGNORED, CLOSED, False
    if status.startswith(("待", "等待")):
        return Kind.IGNORED, PENDING, False
    if direction == "收入":
        if any(word in text for text in (kind, status) for word in ("退款", "退还")):
            return Kind.REFUND, "purchase_refund", False
        if "红包" in kind:
            return Kind.INCOME, "red_packet", True
        if kind.startswith(("转账", "群收款")):
            return Kind.INCOME, "person_transfer", True
        if "收款" in kind:
            return Kind.INCOME, "code_payment", False
        return Kind.INCOME, "payment_received", False
    if direction == "支出":
        if "退款" in kind:
            return Kind.REFUND, "sale_refund", False
        return Kind.EXPENSE, "payment_made", False
    if "提现" in kind or "零钱通转出" in kind:
        return Kind.NEUTRAL, "withdrawal", False
    return Kind.NEUTRAL, "own_money", False


READERS = (WeChat(),)
