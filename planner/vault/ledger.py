"""Imported files and their lines in the vault: a line is kept once, however many files have it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: `added` entries are new, `known` ones were there already."""

    id: int
    added: int
    known: int


@dataclass(frozen=True, slots=True)
class StoredImport:
    """A file once imported; `summary` is what its reader said about it, `entries` how many lines it gave."""

    id: int
    file: str
    digest: str
    format: str
    imported: str
    summary: Mapping[str, Any]
    entries: int
    skipped: tuple[SkippedRow, ...]


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A ledger line with the person's say: `kind` and `included` are what counts now.

    `decided` is `entry` (a decision on this line), `rule` (one on all like it) or empty.
    """

    id: int
    entry: LedgerEntry
    kind: Kind
    included: bool
    decided: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision on all lines alike: same source, same reason, same counterparty (empty: any)."""

    source: str
    reason: str
    counterparty: str = ""
    kind: Kind | None = None
    included: bool | None = None


_STAGED = (
    "source, key, kind, minor, currency, day, month, counterparty, description, reason, doubtful, moment,"
    " settled, sold"
)


def stage(connection: Any, files: Iterable[Iterable[LedgerEntry]]) -> None:
    """Put the lines of files, by their place, into a table of this connection alone; nobody waits for it.

    It lives in memory, where nothing needs a cipher.
    """
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("DROP TABLE IF EXISTS temp.staged")
    connection.execute(f"CREATE TEMP TABLE staged (file, line, {_STAGED})")
    for place, entries in enumerate(files):
        connection.executemany(
            "INSERT INTO temp.staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    place, each.line, each.source, each.key, each.kind.value, each.money.minor,
                    each.money.currency, each.day.isoformat(), str(each.month), each.counterparty,
                    each.description, each.reason, int(each.doubtful),
                    each.moment.isoformat() if each.moment else None,
                    each.settled.isoformat() if each.settled else None,
                    each.sold.isoformat() if each.sold else None,
                )
                for each in entries
            ),
        )  # fmt: skip


def keep_staged(
    connection: Any,
    now: str,
    person: int,
    place: int,
    file: str,
    digest: str,
    format: str,
    skipped: Iterable[SkippedRow],
    summary: Mapping[str, Any],
) -> Imported:
    """Link a file to its staged lines, adding those that no file had; inside the caller's transaction."""
    number = int(
        connection.execute(
            "INSERT INTO import (person, file, digest, format, imported, summary) VALUES (?, ?, ?, ?, ?, ?)",
            (person, file, digest, format, now, json.dumps(summary, ensure_ascii=False, sort_keys=True)),
        ).lastrowid
    )
    added = connection.execute(
        f"INSERT INTO entry (person, {_STAGED}) SELECT ?, {_STAGED} FROM temp.staged WHERE file = ?"
        " ORDER BY rowid ON CONFLICT (person, source, key) DO NOTHING",
        (person, place),
    ).rowcount
    connection.execute(
        "INSERT OR IGNORE INTO import_entry (import, entry, line)"
        " SELECT ?, id, line FROM temp.staged CROSS JOIN entry"
        " ON person = ? AND entry.source = staged.source AND entry.key = staged.key"
        " WHERE file = ? ORDER BY staged.rowid",
        (number, person, place),
    )
    connection.executemany(
        "INSERT INTO skipped VALUES (?, ?, ?)", [(number, row.line, row.reason) for row in skipped]
    )
    (lines,) = connection.execute("SELECT count(*) FROM temp.staged WHERE file = ?", (place,)).fetchone()
    return Imported(number, added, lines - added)


def files(connection: Any, person: int) -> list[StoredImport]:
    """The files that are in, in the order of import."""
    skipped: dict[int, list[SkippedRow]] = {}
    for number, line, reason in connection.execute(
        "SELECT import, line, reason FROM skipped JOIN import ON import.id = import"
        " WHERE person = ? ORDER BY import, line",
        (person,),
    ):
        skipped.setdefault(number, []).append(SkippedRow(line, reason))
    rows = connection.execute(
        "SELECT id, file, digest, format, imported, summary,"
        " (SELECT count(*) FROM import_entry WHERE import = import.id)"
        " FROM import WHERE person = ? AND removed IS NULL ORDER BY id",
        (person,),
    )
    return [
        StoredImport(
            number, file, digest, form, when, json.loads(summary), count, tuple(skipped.get(number, ()))
        )
        for number, file, digest, form, when, summary, count in rows
    ]


def rules(connection: Any, person: int) -> list[Rule]:
    rows = connection.execute(
        "SELECT source, reason, counterparty, kind, included FROM rule WHERE person = ?", (person,)
    )
    return [
        Rule(source, reason, who, Kind(kind) if kind else None, None if tick is None else bool(tick))
        for source, reason, who, kind, tick in rows
    ]


Rules = Mapping[tuple[str, str, str], Rule]


def rules_by_likeness(connection: Any, person: int) -> Rules:
    return {(rule.source, rule.reason, rule.counterparty): rule for rule in rules(connection, person)}


def rows(connection: Any, person: int) -> list[Sequence[Any]]:
    """Every line of the files that are in, oldest first, as `stored` takes them."""
    found: list[Sequence[Any]] = connection.execute(
        "SELECT entry.id, source, key, entry.kind, minor, currency, day, month, counterparty, description,"
        " reason, doubtful, moment, settled, sold, min(line), decision.kind, decision.included"
        " FROM import JOIN import_entry ON import_entry.import = import.id"
        " JOIN entry ON entry.id = import_entry.entry"
        " LEFT JOIN decision ON decision.entry = entry.id"
        " WHERE import.person = ? AND import.removed IS NULL GROUP BY entry.id ORDER BY day, entry.id",
        (person,),
    ).fetchall()
    return found


def decisions(connection: Any, person: int) -> dict[int, tuple[str | None, int | None]]:
    """The kind and the tick of each line on which the person decided alone."""
    found = connection.execute(
        "SELECT entry, decision.kind, included"
        " FROM decision CROSS JOIN entry ON entry.id = entry"  # in this order: decisions are few
        " WHERE person = ?",
        (person,),
    )
    return {entry: (kind, tick) for entry, kind, tick in found}


def stored(row: Sequence[Any], decided: Rules) -> StoredEntry:
    """A line of `rows` with the person's decisions applied."""
    (number, source, key, kind, minor, currency, day, month, who, what, reason, doubtful, moment, settled,
     sold, line, own_kind, own_tick) = row  # fmt: skip
    entry = LedgerEntry(
        source=source,
        key=key,
        kind=_KINDS[kind],
        money=Money(minor, currency),
        day=_day(day),
        month=_month(month),
        counterparty=who,
        description=what,
        reason=reason,
        doubtful=bool(doubtful),
        moment=datetime.fromisoformat(moment) if moment else None,
        line=line,
        settled=_day(settled) if settled else None,
        sold=_day(sold) if sold else None,
    )
    return judged(number, entry, decided, own_kind, own_tick)


def judged(
    number: int, entry: LedgerEntry, decided: Rules, own_kind: str | None = None, own_tick: int | None = None
) -> StoredEntry:
    """A line as the rules, and before them the person's word on the line itself, have it.

    A doubtful line that its reader took for no income is income once the person ticks it.
    """
    likeness = (entry.source, entry.reason, entry.counterparty)
    rule = decided.get(likeness) or decided.get((*likeness[:2], ""))
    kind, tick, said = None, None, ""
    if rule is not None:
        kind, tick, said = rule.kind, rule.included, "rule"
    if own_kind is not None or own_tick is not None:
        kind, said = Kind(own_kind) if own_kind else kind, "entry"
        tick = tick if own_tick is None else bool(own_tick)
    if kind is None and tick and entry.doubtful and entry.kind is Kind.NEUTRAL:
        kind = Kind.INCOME
    return StoredEntry(number, entry, kind or entry.kind, tick is not False, said)


_KINDS = {kind.value: kind for kind in Kind}


@lru_cache(maxsize=4096)  # many lines share a day
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=512)
def _month(text: str) -> Month:
    return Month(int(text[:4]), int(text[5:]))
