"""MT940 bank statements: `:61:` lines with `:86:` words, the currency in the balances around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.earnings.cells import minor_units, when
from planner.earnings.document import Document
from planner.earnings.marks import NO_ID
from planner.earnings.reader import CERTAIN, Reading
from planner.values import Kind, Money

_FIELD = re.compile(r":(\d{2}[A-Z]?):(.*)")
_BALANCE = re.compile(r"[CD]\d{6}([A-Z]{3})|([A-Z]{3})[CD]?\d")  # of a day, or the limit of an interim report
_BEGINS = re.compile(r"^(?::20:|\{1:)", re.MULTILINE)
_BEFORE = 400  # characters that a bank may put above
_LINE = re.compile(
    r"(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d{1,15},\d{0,3})([NSF]?[A-Z0-9]{3})?([^/]{0,16})?(?://(\S*))?"
)
_INTEREST = re.compile(r"\binterest\b|\bzins|结息|利息", re.IGNORECASE)


class Mt940:
    """A reversal (RC, RD) turns its sign; statements over several pages carry their balance on."""

    source = "mt940"

    def recognise(self, document: Document) -> float:
        if document.is_sheet:
            return 0.0
        head = document.head_text.lstrip()
        begins = _BEGINS.search(head, 0, _BEFORE)
        return CERTAIN if begins and re.search(r"^:(?:60[FM]|34F):", head, re.MULTILINE) else 0.0

    def read(self, document: Document) -> Reading:
        reading = Reading("mt940", self.source, last_day=document.last_day)
        currency, account = "", ""
        fields = list(_fields(document.lines))
        for index, (number, tag, text) in enumerate(fields):
            if tag in ("60F", "60M", "34F") and (match := _BALANCE.match(text)):
                currency = match[1] or match[2]
            elif tag == "25":
                account = text.split("\n")[0]
            elif tag == "61":
                reading.data_rows += 1
                words = (
                    fields[index + 1][2]
                    if fields[index + 1 : index + 2] and fields[index + 1][1] == "86"
                    else ""
                )
                _enter(number, text, " ".join(words.split("\n")), currency, account, reading)
        return reading.finish()


def _fields(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Line number, tag and text of each field; what follows without a tag goes on."""
    begun, tag = 0, ""
    parts: list[str] = []
    for number, text in enumerate(lines, 1):
        match = _FIELD.match(text)
        if match or text.strip() in ("-", "-}"):
            if tag:
                yield begun, tag, "\n".join(parts)
            begun, tag, parts = (number, match[1], [match[2]]) if match else (0, "", [])
        elif tag:
            parts.append(text)
    if tag:
        yield begun, tag, "\n".join(parts)


def _enter(line: int, text: str, words: str, currency: str, account: str, reading: Reading) -> None:
    match = _LINE.match(text)
    if match is None or not currency:
        reading.skip(line, "bad_amount" if currency else "bad_currency")
        return
    placed = when(f"20{match[1]}")
    amount = minor_units(match[5], currency, ",")
    if placed is None or amount is None:
        reading.skip(line, "bad_date" if placed is None else "bad_amount")
        return
    is_in = match[3] in ("C", "RD")
    if not amount:
        kind, reason, doubtful = Kind.IGNORED, "zero_amount", False
    elif not is_in:
        kind, reason, doubtful = Kind.EXPENSE, "payment_made", False
    elif match[3] == "RD":
        kind, reason, doubtful = Kind.REFUND, "purchase_refund", False
    elif _INTEREST.search(words):
        kind, reason, doubtful = Kind.INCOME, "interest", True
    else:
        kind, reason, doubtful = Kind.INCOME, "bank_credit", False
    rest = "|".join(text.split("\n")[1:])
    reading.add(
        line,
        "|".join(
            (NO_ID, account, match[1], match[3], str(amount), (match[7] or "").strip(), rest, words[:60])
        ),
        kind,
        Money(amount, currency),
        placed.day,
        placed.month,
        reason=reason,
        description=words,
        doubtful=doubtful,
    )


READERS = (Mt940(),)
