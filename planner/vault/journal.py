"""The undo journal: what each edit changed, before and after, so that it can be taken back, even tomorrow.

An edit is a list of changed rows, written in the same transaction as the rows themselves. A new edit ends the
redo of those taken back before it. An edit of what all people share (`person` is None) stands in everybody's
order; its rows may be kept beside the vault, in a file that has a keeper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

KEPT = 200  # edits a person, and as many that all share

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


class Keeper(Protocol):
    """Keeps rows of JSON's types beside the vault; what it raises leaves row and journal as they were."""

    def read(self, key: Row) -> dict[str, Any] | None:
        """The row at `key` without its key; None if there is none."""

    def write(self, key: Row, row: Row | None) -> None:
        """The row at `key` becomes `row` (None: no row)."""


Keepers = Mapping[str, Callable[[], Keeper]]  # by table; made when first needed


@dataclass(frozen=True, slots=True)
class Change:
    """The row of `table` at `key` becomes `after` (None: no row); columns not named stay."""

    table: str
    key: Row
    after: Row | None


def record(
    connection: Any,
    person: int | None,
    what: str,
    at: str,
    changes: Iterable[Change],
    keepers: Keepers,
) -> bool:
    """Make the changes and note them; whether anything differed."""
    noted = []
    for change in changes:
        before = _read(connection, change, keepers)
        after = None if change.after is None else dict(change.after)
        if before != after:
            _write(connection, change.table, change.key, after, keepers)
            noted.append([change.table, dict(change.key), before, after])
    _keep(connection, person, what, at, noted)
    return bool(noted)


def note(
    connection: Any, person: int | None, what: str, at: str, changes: Iterable[tuple[Change, Row]]
) -> None:
    """Note changes that are made already, each with the state to which undo brings its row."""
    done = [[one.table, dict(one.key), dict(before), dict(one.after or {})] for one, before in changes]
    _keep(connection, person, what, at, done)


def _keep(connection: Any, person: int | None, what: str, at: str, noted: list[Any]) -> None:
    if not noted:
        return
    connection.execute(
        "DELETE FROM edit WHERE undone = 1 AND (person = ?1 OR person IS NULL OR ?1 IS NULL)", (person,)
    )
    connection.execute(
        "INSERT INTO edit (person, what, at, changes) VALUES (?, ?, ?, ?)",
        (person, what, at, json.dumps(noted, ensure_ascii=False)),
    )
    connection.execute(
        "DELETE FROM edit WHERE person IS ?1"
        " AND id NOT IN (SELECT id FROM edit WHERE person IS ?1 ORDER BY id DESC LIMIT ?2)",
        (person, KEPT),
    )


def last(connection: Any, person: int | None, *, undone: bool) -> Edit | None:
    """The edit that undo takes back next, or with `undone` the one that redo makes again.

    Of the person's edits and those that all share; for nobody (None) of the shared ones.
    """
    rows = connection.execute(
        "SELECT id, what, at FROM edit WHERE (person = ? OR person IS NULL) AND undone = ?"
        f" ORDER BY id {'ASC' if undone else 'DESC'} LIMIT 1",
        (person, int(undone)),
    ).fetchall()
    return Edit(*rows[0]) if rows else None


def turn(connection: Any, edit: Edit, keepers: Keepers, *, undo: bool) -> None:
    """Take the edit back, or make it again."""
    noted = json.loads(connection.execute("SELECT changes FROM edit WHERE id = ?", (edit.id,)).fetchone()[0])
    for table, key, before, after in reversed(noted) if undo else noted:
        _write(connection, table, key, before if undo else after, keepers)
    connection.execute("UPDATE edit SET undone = ? WHERE id = ?", (int(undo), edit.id))


def _read(connection: Any, change: Change, keepers: Keepers) -> dict[str, Any] | None:
    if change.table in keepers:
        return keepers[change.table]().read(change.key)
    columns = tuple(change.after) if change.after is not None else _columns(connection, change.table)
    where = " AND ".join(f"{name} = ?" for name in _KEYS[change.table])
    rows = connection.execute(
        f"SELECT {', '.join(columns)} FROM {change.table} WHERE {where}", _key(change.table, change.key)
    ).fetchall()
    return dict(zip(columns, rows[0], strict=True)) if rows else None


def _write(connection: Any, table: str, key: Row, row: Row | None, keepers: Keepers) -> None:
    if table in keepers:
        keepers[table]().write(key, row)
        return
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
