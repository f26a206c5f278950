"""Alipay fund flow of a merchant (支付宝账务明细): what came in and went out, the balance after each line."""

from __future__ import annotations

from planner.earnings.table import Layout, Line, TableReader
from planner.values import Kind

_IN, _OUT = "收入（+元）", "支出（-元）"
_OWN = ("提现", "理财", "余额宝", "充值", "红包户")
_FEES = ("服务费", "收费", "手续费")


class AlipayMerchant(TableReader):
    """账务类型 says what a line is; 支出 may stand there with or without its minus."""

    source = "alipay_merchant"
    layouts = (
        Layout(
            "alipay_merchant_fundflow_csv",
            ("入账时间", "支付宝流水号", "账务类型", _IN, _OUT),
            "支付宝账务明细",
        ),
    )
    amounts = (_IN, _OUT)

    def line(self, line: Line) -> None:
        came, went = abs(line.amount("CNY", _IN)), abs(line.amount("CNY", _OUT))
        placed = line.when(line.cell("入账时间"))
        verdict = judge(line.cell("账务类型"), came, went)
        key = line.key(line.cell("支付宝流水号"), placed.moment.isoformat(), came - went)
        amount = came or went
        given_back = verdict[0] is Kind.FEE and came
        line.add(
            verdict,
            -amount if given_back else amount,
            "CNY",
            placed,
            key,
            party=line.cell("对方名称"),
            words=" ".join(filter(None, map(line.cell, ("账务类型", "商品名称", "备注")))),
        )


def judge(kind: str, came: int, went: int) -> tuple[Kind, str, bool]:
    """The verdict on a line by 账务类型 and direction; a transfer that came in may be anything: ask."""
    if not (came or went):
        return Kind.IGNORED, "zero_amount", False
    if "退款" in kind:
        return Kind.REFUND, "sale_refund" if went else "purchase_refund", False
    if any(word in kind for word in _FEES):
        return Kind.FEE, "account_fee", False
    if any(word in kind for word in _OWN):
        return Kind.NEUTRAL, "withdrawal" if "提现" in kind else "own_money", False
    if "转账" in kind:
        return (Kind.NEUTRAL, "person_transfer", True) if came else (Kind.EXPENSE, "payment_made", False)
    return (Kind.INCOME, "code_payment", False) if came else (Kind.EXPENSE, "payment_made", False)


READERS = (AlipayMerchant(),)
