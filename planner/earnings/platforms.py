"""Which platform stands behind a payment, by the words that wallets and banks write for it.

Riders' and drivers' apps export nothing, so their money is known by the platform's or its labour-service
firm's name (counterparty or goods). The words are those of bills seen in public; others stay unnamed.
"""

from __future__ import annotations

import re
from functools import cache

from planner.values import LedgerEntry

_WORDS = (
    ("美团", r"美团|三快|众包配送|袋鼠"),
    ("饿了么", r"饿了么|蜂鸟|拉扎斯"),
    ("滴滴", r"滴滴|小桔|青桔"),
    ("闪送", r"闪送|同城必应"),
    ("达达", r"达达|京东秒送"),
    ("顺丰同城", r"顺丰同城|丰跑"),
    ("货拉拉", r"货拉拉|依时货拉拉"),
    ("T3出行", r"T3出行|领行"),
    ("曹操出行", r"曹操出行|优行科技"),
    ("高德", r"高德打车|高德地图"),
    ("抖音", r"抖音|字节跳动|巨量|星图"),
    ("快手", r"快手"),
    ("淘宝直播", r"淘宝直播|点淘"),
    ("拼多多", r"拼多多|寻梦"),
    ("京东", r"京东"),
    ("UU跑腿", r"UU跑腿"),
    ("Amazon", r"amazon|亚马逊"),
    ("eBay", r"ebay"),
    ("TikTok Shop", r"tiktok"),
    ("Shopee", r"shopee|虾皮"),
    ("Lazada", r"lazada"),
    ("Shopify", r"shopify"),
    ("Etsy", r"etsy"),
    ("Upwork", r"upwork"),
    ("Fiverr", r"fiverr"),
    ("Temu", r"temu"),
    ("SHEIN", r"shein"),
    ("AliExpress", r"aliexpress|速卖通"),
)
STATEMENTS = {
    "amazon": "Amazon",
    "amazon_date_range": "Amazon",
    "ebay": "eBay",
    "tiktok_shop": "TikTok Shop",
    "shopee": "Shopee",
    "lazada": "Lazada",
    "shopify": "Shopify",
    "etsy": "Etsy",
    "upwork": "Upwork",
}  # whose own statements are read, by source
_ANY = re.compile("|".join(words for _name, words in _WORDS), re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of each platform, in the order of the list."""
    return tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _WORDS)


def names_platform(said: str) -> bool:
    """Whether the words of a payment name a platform."""
    return _ANY.search(said) is not None


def platform_of(entry: LedgerEntry) -> str:
    """The platform's name as people say it, or nothing."""
    said = f"{entry.counterparty} {entry.description}"
    if not names_platform(said):  # most payments name none
        return ""
    return next((name for name, words in _patterns() if words.search(said)), "")
