"""Payoneer transaction list: credits and debits in two unsigned columns, a balance in each currency."""

from __future__ import annotations

import re

from planner.earnings.cells import When, currency_of, decimal_mark, is_damaged_id, minor_units, when, zone_of
from planner.earnings.document import Document, Header, Row
from planner.earnings.reader import CERTAIN, LIKELY, PAID_OUT, PENDING, Reading, own_key
from planner.values import Kind, Money

_HEADER = ("Transaction Date", "Credit Amount", "Debit Amount", "Currency", "Status", "Description")
_FEE = re.compile(r"\bfees?\b|\bcharge\b", re.IGNORECASE)
_REFUND = re.compile(r"\brefund|\bchargeback|\brevers", re.IGNORECASE)
_OWN = re.compile(r"\bwithdraw|transfer between|between (?:your )?balances|currency conversion|\bconver(?:t|sion)|\bexchange\b|\btop.?up\b", re.IGNORECASE)  # fmt: skip  # noqa: E501


class Payoneer:
    """Both column sets: with transaction id, and the older one by payout method without."""

    source = "payoneer"

    def recognise(self, document: Document) -> float:
        header = document.header(*_HEADER)
        if header is None:
            return 0.0
        return CERTAIN if header.find("Transaction ID", "Payout method") is not None else LIKELY

    def read(self, document: Document) -> Reading:
        header = document.header(*_HEADER)
        assert header is not None
        reading = Reading("payoneer_csv", self.source, last_day=document.last_day)
        rows = []
        for row, torn in document.whole_rows(header):
            if torn:
                reading.skip(row.line, "truncated")
            elif row.cell(header["Transaction Date"]) or row.cell(header["Currency"]):
                rows.append(row)
            else:
                reading.skip(row.line, "not_a_row")
        amounts = (header["Credit Amount"], header["Debit Amount"])
        mark = decimal_mark(row.cell(column) for row in rows for column in amounts)
        for row in rows:
            _read_row(row, header, mark, reading)
        return reading.finish()


def _read_row(row: Row, header: Header, mark: str, reading: Reading) -> None:
    reading.data_rows += 1
    clock, zone = row.cell(header.find("Transaction Time")), zone_of(row.cell(header.find("Time Zone")))
    placed = when(f"{row.cell(header['Transaction Date'])} {clock}".strip(), order="mdy", zone=zone)
    currency = currency_of(row.cell(header["Currency"]))
    try:
        credit = minor_units(row.cell(header["Credit Amount"]), currency, mark) or 0
        debit = minor_units(row.cell(header["Debit Amount"]), currency, mark) or 0
    except ValueError:
        currency = ""
        credit = debit = 0
    if placed is None or not currency:
        reading.skip(row.line, "bad_date" if placed is None else "bad_amount")
        return
    identity, description = row.cell(header.find("Transaction ID")), row.cell(header["Description"])
    if is_damaged_id(identity):
        reading.warnings.add("ids_damaged")
    kind, reason = judge(row.cell(header["Status"]), description, abs(credit), abs(debit))
    amount = abs(credit) or abs(debit)
    given_back = kind is Kind.FEE and credit
    key = own_key(
        identity, placed.moment.isoformat(), credit, debit, currency, row.cell(header.find("Running Balance"))
    )
    reading.add(
        row.line,
        f"{key}|{PENDING}" if reason == PENDING else key,
        kind,
        Money(-amount if given_back else amount, currency),
        placed.day,
        placed.month,
        reason=reason,
        counterparty=_party(row, header, description),
        description=description,
        moment=placed.moment,
    )
    if reason == "withdrawal":
        _read_arrival(row, header, mark, key, placed, reading)


def _read_arrival(row: Row, header: Header, mark: str, key: str, placed: When, reading: Reading) -> None:
    """The amount that a withdrawal puts on the bank account, in the account's currency."""
    currency = currency_of(row.cell(header.find("Transfer Amount Currency")))
    try:
        amount = minor_units(row.cell(header.find("Transfer Amount")), currency, mark) if currency else None
    except ValueError:
        return
    if amount:
        reading.add(
            row.line,
            f"{key}|{PAID_OUT}",
            Kind.NEUTRAL,
            Money(abs(amount), currency),
            placed.day,
            placed.month,
            reason=PAID_OUT,
            moment=placed.moment,
        )


def _party(row: Row, header: Header, description: str) -> str:
    return row.cell(header.find("Source")) or description.removeprefix("Payment from ").strip()


def judge(status: str, description: str, credit: int, debit: int) -> tuple[Kind, str]:
    """Kind and reason by status, words and direction."""
    if status.casefold() != "completed":
        return (
            Kind.IGNORED,
            PENDING if "pend" in status.casefold() or "progress" in status.casefold() else "closed",
        )
    if not (credit or debit):
        return Kind.IGNORED, "zero_amount"
    paid_in = description.casefold().startswith("payment from")
    if _FEE.search(description) and not paid_in:
        return Kind.FEE, "account_fee"
    if _OWN.search(description) and not paid_in:
        return Kind.NEUTRAL, "withdrawal" if "withdraw" in description.casefold() else "own_money"
    if _REFUND.search(description) and not paid_in:
        return Kind.REFUND, "purchase_refund" if credit else "sale_refund"
    return (Kind.INCOME, "payment_received") if credit else (Kind.EXPENSE, "payment_made")


READERS = (Payoneer(),)
