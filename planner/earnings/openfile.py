"""The open earnings file: what a platform or union can write, read here, and what we write ourselves.

JSON (`resources/schemas/earnings.json`) or CSV with the columns of `COLUMNS`. Amounts are decimal text and
positive (the kind gives the direction; a fee or a refund that came back is negative), days are ISO dates,
China local time unless a zone is written.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from planner.earnings.marks import Work
from planner.values import LedgerEntry

FORMAT = "wenbao_earnings"
VERSION = 1
COLUMNS = ("id", "date", "kind", "amount", "currency", "counterparty", "note", "orders", "hours")
KINDS = ("income", "refund", "fee", "expense", "neutral")
GIVEN_BACK = ("refund", "fee")  # kinds that may be negative: given back in turn
_LONGEST = {"counterparty": 200, "note": 500}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(source: str, entries: Iterable[LedgerEntry], work: Iterable[Work] = ()) -> str:
    """The document for these lines; `work` is what was done in each month."""
    document: dict[str, Any] = {FORMAT: VERSION, "source": source, "entries": list(map(_row, entries))}
    months = [{"source": record.source, **record.as_json()} for record in work]
    if months:
        document["work"] = months
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_csv(entries: Iterable[LedgerEntry]) -> str:
    """The same as a table for a spreadsheet; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: harmless(value) for name, value in _row(entry).items()})
    return out.getvalue()


def id_of(entry: LedgerEntry) -> str:
    """Names a payment whoever reads it again: its source and the key it has there."""
    return f"{entry.source}:{entry.key}"


def payment_of(identity: str) -> tuple[str, str]:
    """The source and the key in what `id_of` gave; for other ids two texts that mean nothing."""
    source, _colon, key = identity.partition(":")
    return source, key


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows as text: an apostrophe before what would begin a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unescaped(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _row(entry: LedgerEntry) -> dict[str, str]:
    written = entry.moment.isoformat() if entry.moment is not None else entry.day.isoformat()
    kind = entry.kind.value if entry.kind.value in KINDS else "neutral"
    row = {
        "id": id_of(entry),
        "date": written,
        "kind": kind,
        "amount": str(entry.money if kind in GIVEN_BACK or entry.money.minor >= 0 else -entry.money),
        "currency": entry.money.currency,
        "counterparty": entry.counterparty,
        "note": entry.description,
    }
    return {name: value[: _LONGEST.get(name)] for name, value in row.items() if value}


def rows_of(document: Any) -> list[Mapping[str, Any]]:
    """The entries of a parsed JSON document, or nothing if it is none of ours."""
    if not isinstance(document, Mapping) or document.get(FORMAT) != VERSION:
        return []
    entries = document.get("entries")
    return [row for row in entries if isinstance(row, Mapping)] if isinstance(entries, list) else []
