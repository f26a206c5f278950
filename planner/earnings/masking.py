"""A sample of a file that no reader knows, to send to those who write readers, with nothing personal in it.

Heads and the words of bills (收入, 支付成功, Completed …) stay; every other letter becomes x or 某, every
digit another one. Days stay. Lengths, marks and the order of rows stay.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from planner.earnings.cells import when
from planner.earnings.container import open_file
from planner.earnings.document import Document
from planner.earnings.openfile import harmless
from planner.earnings.readers.generic import DIRECTIONS, ROLE_WORDS

ROWS = 40
_KEPT = re.compile(
    r"收入|支出|退款|退货|转账|提现|充值|消费|红包|手续费|服务费|结算|工资|劳务|佣金|交易|支付|付款|收款|成功|失败|关闭"
    r"|完成|已|未|全额|部分|不计收支|人民币|美元|合计|总计|[¥￥$€£]"
    r"|\b(?:completed|pending|failed|cancelled|refund|payment|order|fee|payout|transfer|sale|credit|debit|type|total"
    r"|USD|CNY|EUR|GBP|HKD|JPY)\b",
    re.IGNORECASE,
)


def masked_sample(path: Path, password: str | None = None, seed: int = 0) -> str:
    """The first rows of each document in a file, masked; UnreadableError if it cannot be opened."""
    chance = random.Random(seed)
    parts = [
        _masked(document, chance) for opened in open_file(path, password) for document in opened.documents
    ]
    return "\n\n".join(parts) + "\n"


def _masked(document: Document, chance: random.Random) -> str:
    if document.grid is not None:
        rows = [list(row) for row in document.grid[:ROWS]]
    else:
        delimiter = document.heads[0].delimiter if document.heads else "\0"
        rows = [line.split(delimiter) for line in document.head_lines[:ROWS]]
    heads = {head.row for head in document.heads if _names_columns(head.names)}
    told = [
        row if number in heads else [mask(cell, chance) for cell in row] for number, row in enumerate(rows)
    ]
    return "\n".join("\t".join(harmless(cell.strip()) for cell in row) for row in told)


def _names_columns(names: Sequence[str]) -> bool:
    """Whether a row is a header: several short names without digits, some of them of a known role."""
    filled = [name for name in names if name]
    known = {word for words in ROLE_WORDS.values() for word in words if len(word) > 1}
    short = all(len(name) <= 40 and not any(letter.isdigit() for letter in name) for name in filled)
    return short and len(filled) > 2 and any(word in name.casefold() for name in filled for word in known)


def mask(cell: str, chance: random.Random) -> str:
    """One cell without what it says about a person."""
    if when(cell) is not None or cell.strip() in DIRECTIONS:
        return cell
    kept = [range(*match.span()) for match in _KEPT.finditer(cell)]
    return "".join(
        letter if any(place in span for span in kept) else _other(letter, chance)
        for place, letter in enumerate(cell)
    )


def _other(letter: str, chance: random.Random) -> str:
    if letter.isdecimal():
        return str(chance.randint(1, 9))
    if letter.isascii():
        return "x" if letter.islower() else "X" if letter.isalpha() else letter
    return "某" if letter.isalpha() else letter
