"""QIF: a line a field, `^` after each payment; no currency, and the order of day and month unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.earnings.bank_words import judge_card
from planner.earnings.cells import When, decimal_mark, is_year_last, minor_units, when, year_last_order
from planner.earnings.document import Document
from planner.earnings.marks import NO_ID
from planner.earnings.reader import CERTAIN, Reading
from planner.values import Kind, Money

_TYPES = ("!type:bank", "!type:ccard", "!type:cash", "!type:oth")
_CARD = "!type:ccard"
_ASSUMED = "USD"
_REFUND = re.compile(r"\brefund|\brevers|退款", re.IGNORECASE)


class Qif:
    """`L[Account]` marks a transfer between own accounts; an apostrophe stands before years since 2000."""

    source = "qif"

    def recognise(self, document: Document) -> float:
        if document.is_sheet:
            return 0.0
        return (
            CERTAIN
            if any(line.strip().casefold().startswith(_TYPES) for line in document.head_lines)
            else 0.0
        )

    def read(self, document: Document) -> Reading:
        reading = Reading("qif", self.source, last_day=document.last_day)
        records = list(_records(document.lines, reading))
        if all(map(str.isascii, document.lines)):
            document.encoding = "ascii"
        currency = document.currency or _ASSUMED
        reading.assumed_currency = "" if document.currency else _ASSUMED
        reading.own_currency = currency if currency != _ASSUMED else ""
        days = [_day(fields.get("D", "")) for _line, fields in records]
        order = year_last_order(days)
        if not order and any(map(is_year_last, days)):
            order = "mdy"  # the format is American
        mark = decimal_mark(fields.get("T", fields.get("U", "")) for _line, fields in records)
        for (line, fields), day in zip(records, days, strict=True):
            reading.data_rows += 1
            _enter(line, fields, when(day, order=order), currency, mark, reading)
        return reading.finish()


def _records(lines: Sequence[str], reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """The fields of each payment and the line it begins on; lists of accounts, categories or shares are none.

    `!` holds the sort of the list that a payment stands in.
    """
    fields: dict[str, str] = {}
    begun, sort = 0, ""
    for number, text in enumerate(lines, 1):
        stripped = text.strip()
        if stripped.startswith("!"):
            if not stripped.casefold().startswith(("!option", "!clear")):
                sort = stripped.casefold()
            continue
        if stripped.startswith("^"):
            if fields and sort.startswith(_TYPES):
                yield begun, {"!": sort, **fields}
            elif fields:
                reading.skip(begun, "not_a_row")
            fields = {}
        elif stripped:
            begun = begun if fields else number
            fields.setdefault(stripped[0], stripped[1:].strip())
    if fields:
        reading.skip(begun, "truncated")


def _day(text: str) -> str:
    """`7/3'26` and `7/ 3/2026` as other files write them."""
    return text.replace(" ", "").replace("'", "/").replace("//", "/")


def _enter(
    line: int, fields: dict[str, str], placed: When | None, currency: str, mark: str, reading: Reading
) -> None:
    try:
        amount = minor_units(fields.get("T", fields.get("U", "")), currency, mark)
    except ValueError:
        amount = None
    if placed is None or amount is None:
        reading.skip(line, "bad_amount" if placed else "bad_date")
        return
    party, memo = fields.get("P", ""), fields.get("M", "")
    if fields["!"].startswith(_CARD):
        kind, reason = judge_card(-amount, f"{party} {memo}".strip())
    else:
        kind, reason = judge(fields.get("L", ""), f"{party} {memo}", amount)
    reading.add(
        line,
        "|".join((NO_ID, placed.day.isoformat(), str(amount), party, memo, fields.get("N", ""))),
        kind,
        Money(abs(amount), currency),
        placed.day,
        placed.month,
        reason=reason,
        counterparty=party,
        description=memo,
    )


def judge(category: str, words: str, amount: int) -> tuple[Kind, str]:
    """Kind and reason by category and sign."""
    if not amount:
        return Kind.IGNORED, "zero_amount"
    if category.startswith("["):
        return Kind.NEUTRAL, "own_money"
    if amount < 0:
        return Kind.EXPENSE, "payment_made"
    return (Kind.REFUND, "purchase_refund") if _REFUND.search(words) else (Kind.INCOME, "bank_credit")


READERS = (Qif(),)
