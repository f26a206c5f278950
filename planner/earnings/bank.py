"""A line of a bank statement as an entry; every bank's reader ends here."""

from __future__ import annotations

from planner.earnings.bank_words import judge_card, judge_credit
from planner.earnings.cells import When
from planner.earnings.table import Line
from planner.values import Kind


def enter(
    line: Line,
    amount: int,
    currency: str,
    placed: When,
    *,
    kind: str = "",
    words: str = "",
    party: str = "",
    balance: str = "",
    identity: str = "",
) -> None:
    """A line of an account; `amount` is positive for money in. `kind`: the bank's own word (摘要).

    `words`: what was written to it (附言). `identity`: the bank's own number of the line, if it
    gives one; a number that counts the lines of a file is none.
    """
    if not amount:
        verdict = (Kind.IGNORED, "zero_amount", False)
    elif amount > 0:
        verdict = judge_credit(kind, words, party)
    else:
        verdict = (Kind.EXPENSE, "payment_made", False)
    known_by = (placed.moment.isoformat(), amount, currency, party, identity)
    said = " ".join(filter(None, (kind, words)))
    line.add(verdict, abs(amount), currency, placed, line.key_by(balance, *known_by), party=party, words=said)


def enter_card(line: Line, spent: int, currency: str, placed: When, *, card: str, words: str) -> None:
    """A line of a credit card; `spent` is positive for a purchase."""
    key = line.key_by("", placed.day.isoformat(), spent, currency, card, words)
    line.add((*judge_card(spent, words), False), abs(spent), currency, placed, key, party=words, words=words)
