"""Money spent, gathered by whom it went to, so that a person can say which of it is a cost of their work.

Nothing is a cost by itself: what looks like one is only shown first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from planner.earnings.currency import to_yuan
from planner.earnings.dedupe import like_key
from planner.values import Kind, LedgerEntry

_LOOKS = (
    (
        "fuel",
        r"加油|中石化|中国石化|中石油|中国石油|壳牌|充电|换电|特来电|fuel|petrol",
    ),
    ("vehicle", r"租车|电动车|电瓶|轮胎|维修|汽修|车险|停车|ETC|高速|哈啰|雅迪|爱玛"),
    ("stock", r"1688|阿里巴巴|进货|采购|货款|批发|义乌|供应链|wholesale|supplier"),
    ("parcels", r"快递|物流|顺丰|圆通|中通|韵达|申通|货代|云途|燕文|菜鸟|DHL|FedEx|UPS|shipping"),
    ("platform", r"平台服务费|技术服务费|保证金|推广|广告|直通车|千川|骑手保险|服务费|advertis|subscription"),
)
_PATTERNS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _LOOKS)
_ANY = re.compile("|".join(words for _name, words in _LOOKS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spending:
    """What went to one payee: `entries` are row numbers of the store, `yuan` their sum.

    `looks`: fuel, vehicle, stock, parcels, platform or nothing. `is_cost`: how many rows count as costs.
    """

    likeness: tuple[str, str, str]
    entries: tuple[int, ...]
    yuan: Decimal
    looks: str
    costs: int

    @property
    def is_cost(self) -> bool:
        return self.costs == len(self.entries)


def spendings(lines: Iterable[tuple[int, LedgerEntry, Kind]]) -> tuple[Spending, ...]:
    """Each payee once; costs first, then what looks like one, the largest sum first.

    `lines`: number, line and the kind that the person gave it.
    """
    groups: dict[tuple[str, str, str], list[tuple[int, Decimal, Kind]]] = {}
    looks: dict[tuple[str, str, str], str] = {}
    for number, entry, kind in lines:
        if entry.kind is not Kind.EXPENSE or (converted := to_yuan(entry.money, entry.day)) is None:
            continue
        likeness = like_key(entry)
        groups.setdefault(likeness, []).append((number, converted.yuan, kind))
        if not looks.get(likeness):
            looks[likeness] = _looks(entry)
    found = [
        Spending(
            likeness,
            tuple(number for number, _yuan, _kind in rows),
            sum((yuan for _number, yuan, _kind in rows), start=Decimal("0.00")),
            looks[likeness],
            sum(kind is Kind.FEE for _number, _yuan, kind in rows),
        )
        for likeness, rows in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.costs, not one.looks, -one.yuan, one.likeness)))


def _looks(entry: LedgerEntry) -> str:
    said = f"{entry.counterparty} {entry.description}"
    if _ANY.search(said) is None:
        return ""
    return next((name for name, words in _PATTERNS if words.search(said)), "")
