"""The words by which Chinese banks name what happened; shared by the readers of statements (银行流水)."""

from __future__ import annotations

import re

from planner.earnings.platforms import names_platform
from planner.values import Kind

_REFUND = ("退款", "退货", "冲正", "退汇", "撤销")
_OWN = ("提现", "赎回", "朝朝宝转出", "朝朝宝转入", "余额宝", "零钱通", "信用卡还款", "自动还款")
_SHOPS = ("网银在线", "支付", "财付通", "银联", "商户", "商城", "公司", "APP", "-")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_PAID_OFF = re.compile(r"\bpayment\b|\bautopay\b", re.IGNORECASE)
_INTEREST = ("结息", "存款利息", "利息")
_HOUSING_FUND = ("公积金",)
_TRANSFER = ("转账", "转存", "手机银行转入", "汇款转入", "银联入账")
_WAGES = ("工资", "薪", "代发", "劳务", "报酬", "佣金", "奖金")
_FIRMS = ("公司", "平台", "科技", "集团", "中心", "银行", "商", "LTD", "LIMITED", "INC", "LLC", "CO.")


def judge_credit(kind: str, words: str, party: str) -> tuple[Kind, str, bool]:
    """Money in, by the bank's own kind (摘要), the free words (附言) and the other side's name."""
    text = f"{kind} {words}"
    if any(word in text for word in _REFUND):
        return Kind.REFUND, "purchase_refund", False
    if "利息税" in text:
        return Kind.NEUTRAL, "interest_tax", False
    if any(word in f"{text} {party}" for word in _OWN) or kind == "结汇":
        pays = names_platform(f"{text} {party}")  # 提现 of what a platform owes is pay: ask
        return Kind.NEUTRAL, "own_money", pays
    if any(word in text for word in _INTEREST):
        return Kind.INCOME, "interest", True
    if any(word in f"{text} {party}" for word in _HOUSING_FUND):
        return Kind.INCOME, "housing_fund", True
    is_firm = any(word in party.upper() for word in _FIRMS)
    if any(word in text for word in _TRANSFER) and not is_firm:
        return Kind.INCOME, "person_transfer", True
    if _PERSON.fullmatch(party) and not is_firm and not any(word in text for word in _WAGES):
        return Kind.INCOME, "person_transfer", True
    return Kind.INCOME, "bank_credit", False


def judge_card(spent: int, words: str) -> tuple[Kind, str]:
    """A line of a credit card: never income. `spent` in minor units, below zero where money came back."""
    if not spent:
        return Kind.IGNORED, "zero_amount"
    if "还款" in words or (spent < 0 and _PAID_OFF.search(words)):
        return Kind.NEUTRAL, "card_repayment"
    if spent > 0:
        return Kind.EXPENSE, "payment_made"
    if any(word in words for word in _INTEREST):
        return Kind.NEUTRAL, "interest"
    if _PERSON.fullmatch(words) and not any(word in words for word in _SHOPS):
        return Kind.NEUTRAL, "card_repayment"  # someone paid into the card
    return Kind.REFUND, "purchase_refund"
