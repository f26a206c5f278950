"""One line of a person's money history as read from a file, before any judgement about it is final."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from planner.values.money import Money
from planner.values.month import Month


class Kind(Enum):
    """What a ledger line is; `other` holds tax, promotion, adjustment and repeated detail of marketplaces."""

    INCOME = "income"
    REFUND = "refund"
    FEE = "fee"
    EXPENSE = "expense"
    NEUTRAL = "neutral"
    IGNORED = "ignored"
    OTHER = "other"


@dataclass(slots=True, unsafe_hash=True)  # not frozen: reading makes a hundred thousand; never change one
class LedgerEntry:
    """A row (or a component of a wide row) of a source file.

    `money` is positive for income, refunds, fees and expenses alike (the kind gives the direction); `day` is
    the date as written in the file, `month` the month in China local time. `key` identifies the line across
    exports of the same source (own id where there is one); two entries with the same `source` and `key` are
    the same line. `reason` is a code that says why it has this kind. `doubtful` marks inflow that may not be
    pay (a red packet, a transfer from a person) and needs the person's tick. A fee or refund with a
    negative amount was given back. `moment` is the time as written, with its zone where the file names one
    (without a zone it is China local time). `settled` is the day on which a sale of `day` is paid out, `sold`
    the day of a sale that counts on the day it is settled; None where the file names no second day.
    """

    source: str
    key: str
    kind: Kind
    money: Money
    day: date
    month: Month
    counterparty: str = ""
    description: str = ""
    reason: str = ""
    doubtful: bool = False
    moment: datetime | None = field(default=None, compare=False)
    line: int = field(default=0, compare=False)
    settled: date | None = field(default=None, compare=False)
    sold: date | None = field(default=None, compare=False)

    @property
    def days_to_payout(self) -> int | None:
        """Days from the sale to the payout; None where the file names only one of them."""
        if self.settled is None and self.sold is None:
            return None
        return ((self.settled or self.day) - (self.sold or self.day)).days


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that became no entry: its line in the file (from 1) and a reason code."""

    line: int
    reason: str
