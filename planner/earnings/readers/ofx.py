"""OFX 1 (SGML without closing tags) and OFX 2 (XML): the payments of every account in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from planner.earnings.bank_words import judge_card
from planner.earnings.cells import When, currency_of, decimal_mark, minor_units, when
from planner.earnings.document import Document
from planner.earnings.reader import CERTAIN, Reading, own_key
from planner.values import Kind, Money

_TAG = re.compile(r"<(/?)([A-Za-z0-9.]{1,32})>([^<]*)")
_TIME = re.compile(r"(\d{8})(\d{6})?(?:\.\d+)?(?:\[([+-]?\d{1,2})(?:\.(\d+))?(?::\w+)?\])?")
_CP1252 = re.compile(r"^CHARSET:1252", re.MULTILINE)
_CARD, _INVESTED = "CCSTMTRS", "INVSTMTRS"
_SORTS = frozenset({"STMTRS", _CARD, _INVESTED})
_OWN = frozenset({"XFER"})
_OUT = frozenset({"DEBIT", "CHECK", "PAYMENT", "POS", "ATM", "CASH", "DIRECTDEBIT", "REPEATPMT"})
_FEES = frozenset({"FEE", "SRVCHG"})
_INTEREST = re.compile(r"\binterest\b|\bdividend\b|结息|利息", re.IGNORECASE)
_REFUND = re.compile(r"\brefund|\brevers|退款|退货", re.IGNORECASE)


class Ofx:
    """Days stand at the file's own offset: a payment after midnight in China stays on its day."""

    source = "ofx"

    def recognise(self, document: Document) -> float:
        if document.is_sheet:
            return 0.0
        head = document.head_text.lstrip()[:4000]
        return CERTAIN if head.startswith("OFXHEADER") or "<?OFX" in head or "<OFX>" in head else 0.0

    def read(self, document: Document) -> Reading:
        reading = Reading("ofx", self.source, last_day=document.last_day)
        payments = list(_payments(document.lines, reading))
        if _CP1252.search(document.head_text) and document.encoding == "utf-8":
            document.encoding = "cp1252"  # as its own header says; plain letters are the same in both
        mark = decimal_mark(fields.get("TRNAMT", "") for _line, fields in payments)
        for line, fields in payments:
            reading.data_rows += 1
            _enter(line, fields, mark, reading)
        return reading.finish()


def _payments(lines: Sequence[str], reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """The fields of each STMTTRN with the currency of its statement, and the line it begins on."""
    currency, account, sort, begun, fields = "", "", "", 0, None
    for number, text in enumerate(lines, 1):
        for closing, tag, value in _TAG.findall(text):
            name = tag.upper()
            if name == "STMTTRN":
                if fields is not None:
                    yield begun, fields
                begun = number
                fields = None if closing else {"CURRENCY": currency, "ACCOUNT": account, "SORT": sort}
            elif name in _SORTS and not closing:
                sort = name
            elif name in ("CURDEF", "ACCTID") and not closing:
                currency, account = (
                    (value.strip(), account) if name == "CURDEF" else (currency, value.strip())
                )
            elif name == "BANKTRANLIST" and closing and fields is not None:
                yield begun, fields
                fields = None
            elif fields is not None and name == "ORIGCURRENCY" and not closing:
                fields["CURSYM"] = ""  # what follows is only what the amount was before it was turned
            elif fields is not None and not closing and value.strip():
                fields.setdefault(name, html.unescape(value.strip()))
    if fields is not None:
        reading.skip(begun, "truncated")


def _enter(line: int, fields: dict[str, str], mark: str, reading: Reading) -> None:
    currency = currency_of(fields.get("CURSYM", "")) or currency_of(fields["CURRENCY"])
    placed = _placed(fields.get("DTPOSTED", ""))
    try:
        amount = minor_units(fields.get("TRNAMT", ""), currency or "USD", mark)
    except ValueError:
        amount = None
    if placed is None or amount is None or not currency:
        reason = "bad_date" if placed is None else "bad_amount" if amount is None else "bad_currency"
        reading.skip(line, reason)
        return
    name, memo = fields.get("NAME", ""), fields.get("MEMO", "")
    verdict = judge(fields.get("TRNTYPE", "").upper(), f"{name} {memo}", amount, fields["SORT"])
    identity = f"{fields['ACCOUNT']}|{fields['FITID']}" if fields.get("FITID") else ""
    reading.add(
        line,
        own_key(identity, placed.moment, amount, currency),
        verdict[0],
        Money(abs(amount), currency),
        placed.day,
        placed.month,
        reason=verdict[1],
        counterparty=name,
        description=memo if memo != name else "",
        doubtful=verdict[2],
        moment=placed.moment,
    )


def _placed(text: str) -> When | None:
    """The time at the file's own offset; a bare day has none."""
    match = _TIME.match(text)
    if match is None:
        return None
    day, clock = match[1], match[2] or "000000"
    offset = f" {int(match[3]):+03d}:00" if match[3] else ""
    return when(f"{day[:4]}-{day[4:6]}-{day[6:]} {clock[:2]}:{clock[2:4]}:{clock[4:]}{offset}")


def judge(kind: str, words: str, amount: int, sort: str = "") -> tuple[Kind, str, bool]:
    """The verdict on a payment by its type, words and sign, and by the sort of its statement."""
    if not amount:
        return Kind.IGNORED, "zero_amount", False
    if sort == _CARD:
        return *judge_card(-amount, words), False
    if sort == _INVESTED:
        return Kind.NEUTRAL, "own_money", False
    if kind in _OWN:
        return Kind.NEUTRAL, "own_money", False
    if kind in _FEES and amount < 0:
        return Kind.FEE, "account_fee", False
    if amount < 0:
        return Kind.EXPENSE, "payment_made", False
    if _REFUND.search(words) or kind in _OUT:
        return Kind.REFUND, "purchase_refund", False
    if kind in ("INT", "DIV") or _INTEREST.search(words):
        return Kind.INCOME, "interest", True
    return Kind.INCOME, "bank_credit", False


READERS = (Ofx(),)
