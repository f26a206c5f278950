"""The undo journal: what each edit changed, before and after, so that it can be taken back, even tomorrow.

An edit is a list of changed rows, written in the same transaction as the rows themselves. A new edit ends the
redo of those taken back before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KEPT = 200  # edits a person

Row = Mapping[str, Any]

_KEYS: Mapping[str, tuple[str, ...]] = {
    "person": ("id",),
    "answers": ("person",),
    "typed_months": ("person",),
    "import": ("id",),
    "decision": ("entry",),
    "rule": ("person", "source", "reason", "counterparty"),
    "step": ("id",),
    "remembered": ("kind", "name"),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """Something a person did: `what` is a code (`answers`, `kind`, `included`...), `at` when, in ISO form."""

    id: int
    what: str
    at: str


@dataclass(frozen=True, slots=True)
class Change:
    """The row of `table` at `key` becomes `after` (None: no row); columns not named stay."""

    table: str
    key: Row
    after: Row | None


def record(connection: Any, person: int, what: str, at: str, changes: Iterable[Change]) -> bool:
    """Make the changes and note them; whether anything differed."""
    noted = []
    for change in changes:
        before = _read(connection, change)
        after = None if change.after is None else dict(change.after)
        if before != after:
            _write(connection, change.table, change.key, after)
            noted.append([change.table, dict(change.key), before, after])
    _keep(connection, person, what, at, noted)
    return bool(noted)


def note(connection: Any, person: int, what: str, at: str, changes: Iterable[tuple[Change, Row]]) -> None:
    """Note changes that are made already, each with the state to which undo brings its row."""
    done = [[one.table, dict(one.key), dict(before), dict(one.after or {})] for one, before in changes]
    _keep(connection, person, what, at, done)


def _keep(connection: Any, person: int, what: str, at: str, noted: list[Any]) -> None:
    if not noted:
        return
    connection.execute("DELETE FROM edit WHERE person = ? AND undone = 1", (person,))
    connection.execute(
        "INSERT INTO edit (person, what, at, changes) VALUES (?, ?, ?, ?)",
        (person, what, at, json.dumps(noted, ensure_ascii=False)),
    )
    connection.execute(
        "DELETE FROM edit WHERE person = ?1"
        " AND id NOT IN (SELECT id FROM edit WHERE person = ?1 ORDER BY id DESC LIMIT ?2)",
        (person, KEPT),
    )


def last(connection: Any, person: int, *, undone: bool) -> Edit | None:
    """The edit that undo takes back next, or with `undone` the one that redo makes again."""
    rows = connection.execute(
        "SELECT id, what, at FROM edit WHERE person = ? AND undone = ?"
        f" ORDER BY id {'ASC' if undone else 'DESC'} LIMIT 1",
        (person, int(undone)),
    ).fetchall()
    return Edit(*rows[0]) if rows else None


def turn(connection: Any, edit: Edit, *, undo: bool) -> None:
    """Take the edit back, or make it again."""
    noted = json.loads(connection.execute("SELECT changes FROM edit WHERE id = ?", (edit.id,)).fetchone()[0])
    for table, key, before, after in reversed(noted) if undo else noted:
        _write(connection, table, key, before if undo else after)
    connection.execute("UPDATE edit SET undone = ? WHERE id = ?", (int(undo), edit.id))


def _read(connection: Any, change: Change) -> dict[str, Any] | None:
    columns = tuple(change.after) if change.after is not None else _columns(connection, change.table)
    where = " AND ".join(f"{name} = ?" for name in _KEYS[change.table])
    rows = connection.execute(
        f"SELECT {', '.join(columns)} FROM {change.table} WHERE {where}", _key(change.table, change.key)
    ).fetchall()
    return dict(zip(columns, rows[0], strict=True)) if rows else None


def _write(connection: Any, table: str, key: Row, row: Row | None) -> None:
    where = " AND ".join(f"{name} = ?" for name in _KEYS[table])
    at = _key(table, key)
    if row is None:
        connection.execute(f"DELETE FROM {table} WHERE {where}", at)
        return
    sets = ", ".join(f"{name} = ?" for name in row)
    done = connection.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*row.values(), *at))
    if done.rowcount == 0:
        columns = (*_KEYS[table], *row)
        marks = ", ".join("?" * len(columns))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", (*at, *row.values())
        )


def _columns(connection: Any, table: str) -> tuple[str, ...]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return tuple(name for name in names if name not in _KEYS[table])


def _key(table: str, key: Row) -> tuple[Any, ...]:
    return tuple(key[name] for name in _KEYS[table])
