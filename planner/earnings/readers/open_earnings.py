"""The open earnings file (JSON or CSV), as platforms and unions write it and as this program exports it.

A line that this program exported has the source and the key of the payment in its id; read again it is that
payment, not another one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from planner.earnings.document import Document
from planner.earnings.limits import UnreadableError
from planner.earnings.marks import Work
from planner.earnings.openfile import (
    COLUMNS,
    FORMAT,
    GIVEN_BACK,
    KINDS,
    VERSION,
    payment_of,
    rows_of,
    unescaped,
)
from planner.earnings.reader import CERTAIN, Reading, own_key
from planner.earnings.table import Layout, Line, OddCellError, TableReader
from planner.values import InputError, Kind, Month

_LONGEST_JSON = 64 * 1024 * 1024
_WORK = ("source", "month", "orders", "hours")


class OpenCsv(TableReader):
    """A row a payment; orders and hours of a row are added to its month."""

    source = "open"
    layouts = (Layout("wenbao_earnings_csv", COLUMNS[:6]),)
    amounts = ()

    def read(self, document: Document) -> Reading:
        return _known_again(super().read(document))

    def line(self, line: Line) -> None:
        _enter(line, {name: unescaped(line.cell(name)) for name in COLUMNS})
        _add_work(line.table.reading, "", line.cell("date"), line.cell("orders"), line.cell("hours"))


class OpenJson:
    """One object; every entry that cannot be read is listed by its number."""

    source = "open"

    def recognise(self, document: Document) -> float:
        if document.is_sheet:
            return 0.0
        head = document.head_text.lstrip()
        return CERTAIN if head.startswith("{") and f'"{FORMAT}"' in head[:2000] else 0.0

    def read(self, document: Document) -> Reading:
        from planner.earnings.table import Table

        if document.content.size > _LONGEST_JSON:
            raise UnreadableError("too_large")
        try:
            parsed = json.loads("\n".join(document.lines), parse_float=Decimal)
        except (ValueError, RecursionError):
            raise UnreadableError("damaged_file") from None
        if not isinstance(parsed, Mapping) or parsed.get(FORMAT) != VERSION:
            raise UnreadableError("unknown_format")
        reading = Reading("wenbao_earnings_json", self.source, last_day=document.last_day)
        table = Table.without_columns(document, reading)
        for number, row in enumerate(rows_of(parsed), 1):
            reading.data_rows += 1
            try:
                _enter(table.line(number), {name: _text(row.get(name)) for name in COLUMNS})
            except OddCellError as error:
                reading.skip(number, str(error))
        for month in parsed.get("work") or ():
            if isinstance(month, Mapping):
                _add_work(reading, *(_text(month.get(name)) for name in _WORK))
        return _known_again(reading.finish())


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value)


def _enter(line: Line, row: Mapping[str, str]) -> None:
    placed = line.when(row["date"])
    currency = line.currency_or(row["currency"], "" if row["currency"] else "CNY")
    if not currency:
        raise OddCellError("bad_currency")
    amount = line.amount_of(row["amount"], currency)
    if row["kind"] not in KINDS or (amount < 0 and row["kind"] not in GIVEN_BACK):
        raise OddCellError("bad_amount")
    kind = Kind(row["kind"])
    verdict = (kind, f"open_{kind.value}", False) if amount else (Kind.IGNORED, "zero_amount", False)
    key = row["id"]
    if not _is_ours(key):
        key = own_key(key.rstrip(":"), placed.moment.isoformat(), amount, currency, row["counterparty"])
    line.add(verdict, amount, currency, placed, key, party=row["counterparty"], words=row["note"])


def _is_ours(identity: str) -> bool:
    """Whether an id names a payment of a source that this program reads."""
    from planner.earnings.registry import all_readers

    source, key = payment_of(identity)
    return bool(key) and any(reader.source == source for reader in all_readers())


def _known_again(reading: Reading) -> Reading:
    """What this program exported has its own source and key once more."""
    for place, entry in enumerate(reading.entries):
        if _is_ours(entry.key):
            source, key = payment_of(entry.key)
            reading.entries[place] = replace(entry, source=source, key=key)
    return reading


def _add_work(reading: Reading, source: str, when: str, orders: str, hours: str) -> None:
    """Orders and hours are added to those of their month; what is no number is passed over."""
    try:
        month = Month.parse(when[:7])
        done = Decimal(orders) if orders else None, Decimal(hours) if hours else None
    except (InputError, InvalidOperation):
        return
    counts = [
        number if number is not None and number.is_finite() and number >= 0 else None for number in done
    ]
    if any(number is not None for number in counts):
        whole = int(counts[0]) if counts[0] is not None else None
        whose = source if _is_ours(f"{source}:work") else reading.source
        done_in = {(known.source, known.month): known for known in reading.work}
        known = done_in.get((whose, month), Work(whose, month))
        done_in[whose, month] = Work(whose, month, _sum(known.orders, whole), _sum(known.hours, counts[1]))
        reading.work = list(done_in.values())


def _sum(known: Any, more: Any) -> Any:
    """Of two numbers that may both be missing."""
    return more if known is None else known if more is None else known + more


READERS = (OpenCsv(), OpenJson())
