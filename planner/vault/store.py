"""What is kept of each person, read and written in transactions; a kill loses at most the running one."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow, WenbaoError, mark
from planner.vault import header, schema

DATABASE = "vault.db"
BACKUPS = "backups"
_BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whose file this vault keeps; `created` is an ISO date."""

    id: int
    name: str
    created: str


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


class Store:
    """One open vault; safe to use from several threads of one process."""

    def __init__(self, connection: Any, folder: Path | None) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.folder = folder
        self.locked_by_password = False

    # Opening and closing

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The vault in `folder`, made there if there is none; WenbaoError if it cannot be used."""
        with _own_errors(str(folder)):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            path = folder / DATABASE
            is_new = not path.exists()
            key = header.read_or_create(folder, may_create=is_new).key
            if is_new:
                path.touch(mode=0o600)
            connection = _connect(str(path), key)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                store = cls(connection, folder)
                store._prepare()
            except BaseException:
                connection.close()
                raise
            return store

    @classmethod
    def in_memory(cls) -> Store:
        """A vault that is gone when it is closed, for a first try."""
        store = cls(_connect(":memory:", None), None)
        store._prepare()
        return store

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def is_whole(self) -> bool:
        """Whether every page is readable and the tables agree with one another."""
        with self._lock, _own_errors(str(self.folder)):
            answers = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
            strays = list(self._connection.execute("PRAGMA foreign_key_check"))
            return answers == ["ok"] and not strays

    def back_up(self, target: Path) -> None:
        """A copy of the vault that opens by itself: database and key header, in the folder `target`."""
        if self.folder is None:
            return
        with self._lock, _own_errors(str(target)):
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for name in (DATABASE, header.FILE):
                shutil.copy2(self.folder / name, target / name)
                (target / name).chmod(0o600)

    # People

    def people(self) -> list[Person]:
        rows = self._rows("SELECT id, name, created FROM person WHERE removed IS NULL ORDER BY id")
        return [Person(*row) for row in rows]

    def create_person(self, name: str) -> Person:
        with self._transaction() as connection:
            day = _now()[:10]
            cursor = connection.execute("INSERT INTO person (name, created) VALUES (?, ?)", (name, day))
            return Person(int(cursor.lastrowid), name, day)

    def rename(self, person: int, name: str) -> None:
        with self._transaction() as connection:
            connection.execute("UPDATE person SET name = ? WHERE id = ?", (name, person))

    def delete_person(self, person: int) -> None:
        """Out of sight at once, erased at the next start; `restore_person` brings them back until then."""
        with self._transaction() as connection:
            connection.execute("UPDATE person SET removed = ? WHERE id = ?", (_now(), person))

    def restore_person(self, person: int) -> None:
        with self._transaction() as connection:
            connection.execute("UPDATE person SET removed = NULL WHERE id = ?", (person,))

    # Answers and typed months

    def answers(self, person: int) -> dict[str, Any]:
        return dict(self._document("answers", person, {}))

    def save_answers(self, person: int, answers: Mapping[str, Any]) -> None:
        self._save_document("answers", person, dict(answers))

    def typed_months(self, person: int) -> list[dict[str, Any]]:
        """The months the person typed, each a mapping with amounts as decimal text."""
        return list(self._document("typed_months", person, []))

    def save_typed_months(self, person: int, months: Sequence[Mapping[str, Any]]) -> None:
        self._save_document("typed_months", person, [dict(month) for month in months])

    # Imports and entries

    def add_import(
        self,
        person: int,
        file: str,
        digest: str,
        format: str,
        entries: Iterable[LedgerEntry],
        skipped: Iterable[SkippedRow] = (),
        summary: Mapping[str, Any] | None = None,
    ) -> Imported:
        """Keep a file's lines in one transaction; lines known by source and key are linked, not added."""
        return self.add_imports(person, [(file, digest, format, entries, skipped, summary or {})])[0]

    def add_imports(
        self,
        person: int,
        files: Iterable[tuple[str, str, str, Iterable[LedgerEntry], Iterable[SkippedRow], Mapping[str, Any]]],
    ) -> list[Imported]:
        """Several files in one transaction: all of them or none."""
        with self._transaction() as connection:
            return [_import(connection, person, *file) for file in files]

    def imports(self, person: int) -> list[StoredImport]:
        skipped: dict[int, list[SkippedRow]] = {}
        for number, line, reason in self._rows(
            "SELECT import, line, reason FROM skipped JOIN import ON import.id = import"
            " WHERE person = ? ORDER BY import, line",
            person,
        ):
            skipped.setdefault(number, []).append(SkippedRow(line, reason))
        rows = self._rows(
            "SELECT id, file, digest, format, imported, summary,"
            " (SELECT count(*) FROM import_entry WHERE import = import.id)"
            " FROM import WHERE person = ? AND removed IS NULL ORDER BY id",
            person,
        )
        return [
            StoredImport(
                number, file, digest, form, when, json.loads(summary), count, tuple(skipped.get(number, ()))
            )
            for number, file, digest, form, when, summary, count in rows
        ]

    def remove_import(self, number: int) -> None:
        """Leave a file out; lines that another file also has stay. `restore_import` takes it back."""
        with self._transaction() as connection:
            connection.execute("UPDATE import SET removed = ? WHERE id = ?", (_now(), number))

    def restore_import(self, number: int) -> None:
        with self._transaction() as connection:
            connection.execute("UPDATE import SET removed = NULL WHERE id = ?", (number,))

    def entries(self, person: int) -> list[StoredEntry]:
        """Every line of the files that are in, with the person's decisions applied, oldest first."""
        rules = {(rule.source, rule.reason, rule.counterparty): rule for rule in self.rules(person)}
        rows = self._rows(
            "SELECT entry.id, source, key, entry.kind, minor, currency, day, month, counterparty, description,"
            " reason, doubtful, moment, min(line), decision.kind, decision.included"
            " FROM entry JOIN import_entry ON import_entry.entry = entry.id"
            " JOIN import ON import.id = import_entry.import AND import.removed IS NULL"
            " LEFT JOIN decision ON decision.entry = entry.id"
            " WHERE entry.person = ? GROUP BY entry.id ORDER BY day, entry.id",
            person,
        )
        return [_stored(row, rules) for row in rows]

    def set_kind(self, entries: Iterable[int], kind: Kind | None) -> None:
        """Decide what these lines are; None takes the decision back."""
        self._decide(entries, "kind", kind.value if kind else None)

    def set_included(self, entries: Iterable[int], included: bool | None) -> None:
        """Decide whether these lines count; None takes the decision back."""
        self._decide(entries, "included", None if included is None else int(included))

    def rules(self, person: int) -> list[Rule]:
        rows = self._rows(
            "SELECT source, reason, counterparty, kind, included FROM rule WHERE person = ?", person
        )
        return [
            Rule(
                source,
                reason,
                who,
                Kind(kind) if kind else None,
                None if included is None else bool(included),
            )
            for source, reason, who, kind, included in rows
        ]

    def save_rule(self, person: int, rule: Rule) -> None:
        """Remember a decision on all alike; one without kind and tick forgets it."""
        with self._transaction() as connection:
            where = (person, rule.source, rule.reason, rule.counterparty)
            connection.execute(
                "DELETE FROM rule WHERE person = ? AND source = ? AND reason = ? AND counterparty = ?", where
            )
            if rule.kind is not None or rule.included is not None:
                connection.execute(
                    "INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        *where,
                        rule.kind.value if rule.kind else None,
                        None if rule.included is None else int(rule.included),
                    ),
                )

    # Cards, steps, consents

    def log_card(self, person: int, day: date, card: str, choice: str, shown: Mapping[str, Any]) -> None:
        """Append what was shown and chosen; nothing is ever changed or taken out."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO card_log (person, date, card, choice, shown) VALUES (?, ?, ?, ?, ?)",
                (person, day.isoformat(), card, choice, _json(shown)),
            )

    def card_log(self, person: int) -> list[dict[str, Any]]:
        """Oldest first: `date`, `id` of the card, `choice`, and `shown`."""
        rows = self._rows(
            "SELECT date, card, choice, shown FROM card_log WHERE person = ? ORDER BY id", person
        )
        return [
            {"date": day, "id": card, "choice": choice, "shown": json.loads(shown)}
            for day, card, choice, shown in rows
        ]

    def add_step(self, person: int, document: Mapping[str, Any], due: date | None = None) -> int:
        with self._transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO step (person, document, due) VALUES (?, ?, ?)",
                (person, _json(document), due.isoformat() if due else None),
            )
            return int(cursor.lastrowid)

    def steps(self, person: int) -> list[dict[str, Any]]:
        """The accepted steps, the soonest due first: their document with `id`, `due` and `done`."""
        rows = self._rows(
            "SELECT id, document, due, done FROM step WHERE person = ? ORDER BY due IS NULL, due, id", person
        )
        return [
            {**json.loads(document), "id": number, "due": due, "done": done}
            for number, document, due, done in rows
        ]

    def set_step_done(self, step: int, done: date | None) -> None:
        with self._transaction() as connection:
            connection.execute(
                "UPDATE step SET done = ? WHERE id = ?", (done.isoformat() if done else None, step)
            )

    def remove_step(self, step: int) -> None:
        with self._transaction() as connection:
            connection.execute("DELETE FROM step WHERE id = ?", (step,))

    def give_consent(self, person: int, purpose: str) -> None:
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO consent (person, purpose, given) VALUES (?, ?, ?)", (person, purpose, _now())
            )

    def withdraw_consent(self, person: int, purpose: str) -> None:
        with self._transaction() as connection:
            connection.execute(
                "UPDATE consent SET withdrawn = ? WHERE person = ? AND purpose = ? AND withdrawn IS NULL",
                (_now(), person, purpose),
            )

    def consents(self, person: int) -> tuple[str, ...]:
        """The purposes consented to now."""
        rows = self._rows(
            "SELECT DISTINCT purpose FROM consent WHERE person = ? AND withdrawn IS NULL ORDER BY purpose",
            person,
        )
        return tuple(row[0] for row in rows)

    # Settings

    def setting(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM setting WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set_setting(self, name: str, value: str) -> None:
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    # Inside

    def _prepare(self) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found > schema.VERSION:
            raise WenbaoError(
                "vault_too_new",
                mark("This vault was made by a newer version of the program. Update the program first."),
            )
        if found < schema.VERSION:
            if found and self.folder is not None:
                self.back_up(self.folder / BACKUPS / f"before-version-{schema.VERSION}")
            schema.migrate(self._connection, found)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._erase_removed()

    def _erase_removed(self) -> None:
        """What was taken out in an earlier session is gone for good now."""
        if not self._rows(
            "SELECT 1 FROM person WHERE removed IS NOT NULL UNION ALL"
            " SELECT 1 FROM import WHERE removed IS NOT NULL LIMIT 1"
        ):
            return
        with self._transaction() as connection:
            connection.execute("DELETE FROM person WHERE removed IS NOT NULL")
            connection.execute("DELETE FROM import WHERE removed IS NOT NULL")
            connection.execute("DELETE FROM entry WHERE id NOT IN (SELECT entry FROM import_entry)")

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock, _own_errors(str(self.folder or "")):
            return list(self._connection.execute(statement, values))

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        with self._lock, _own_errors(str(self.folder or "")):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _document(self, table: str, person: int, default: Any) -> Any:
        rows = self._rows(f"SELECT document FROM {table} WHERE person = ?", person)
        return json.loads(rows[0][0]) if rows else default

    def _save_document(self, table: str, person: int, document: Any) -> None:
        with self._transaction() as connection:
            connection.execute(
                f"INSERT INTO {table} VALUES (?, ?)"
                " ON CONFLICT (person) DO UPDATE SET document = excluded.document",
                (person, _json(document)),
            )

    def _decide(self, entries: Iterable[int], column: str, value: str | int | None) -> None:
        with self._transaction() as connection:
            connection.executemany(
                f"INSERT INTO decision (entry, {column}) VALUES (?, ?)"
                f" ON CONFLICT (entry) DO UPDATE SET {column} = excluded.{column}",
                [(entry, value) for entry in entries],
            )


def _connect(path: str, key: bytes | None) -> Any:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _import(
    connection: Any,
    person: int,
    file: str,
    digest: str,
    format: str,
    entries: Iterable[LedgerEntry],
    skipped: Iterable[SkippedRow],
    summary: Mapping[str, Any],
) -> Imported:
    number = int(
        connection.execute(
            "INSERT INTO import (person, file, digest, format, imported, summary) VALUES (?, ?, ?, ?, ?, ?)",
            (person, file, digest, format, _now(), _json(summary)),
        ).lastrowid
    )
    rows = [
        (
            person, each.source, each.key, each.kind.value, each.money.minor, each.money.currency,
            each.day.isoformat(), str(each.month), each.counterparty, each.description, each.reason,
            int(each.doubtful), each.moment.isoformat() if each.moment else None, each.line,
        )
        for each in entries
    ]  # fmt: skip
    before = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    connection.executemany(
        "INSERT INTO entry (person, source, key, kind, minor, currency, day, month, counterparty, description,"
        " reason, doubtful, moment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (person, source, key) DO NOTHING",
        [row[:-1] for row in rows],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO import_entry (import, entry, line)"
        " SELECT ?, id, ? FROM entry WHERE person = ? AND source = ? AND key = ?",
        [(number, row[-1], person, row[1], row[2]) for row in rows],
    )
    connection.executemany(
        "INSERT INTO skipped VALUES (?, ?, ?)", [(number, row.line, row.reason) for row in skipped]
    )
    added = connection.execute("SELECT count(*) FROM entry").fetchone()[0] - before
    return Imported(number, added, len(rows) - added)


def _stored(row: Sequence[Any], rules: Mapping[tuple[str, str, str], Rule]) -> StoredEntry:
    (number, source, key, kind, minor, currency, day, month, who, what, reason, doubtful, moment, line,
     own_kind, own_tick) = row  # fmt: skip
    entry = LedgerEntry(
        source=source,
        key=key,
        kind=Kind(kind),
        money=Money(minor, currency),
        day=date.fromisoformat(day),
        month=Month.parse(month),
        counterparty=who,
        description=what,
        reason=reason,
        doubtful=bool(doubtful),
        moment=datetime.fromisoformat(moment) if moment else None,
        line=line,
    )
    rule = rules.get((source, reason, who)) or rules.get((source, reason, ""))
    now, included, decided = entry.kind, True, ""
    if rule is not None:
        now, decided = rule.kind or now, "rule"
        included = included if rule.included is None else rule.included
    if own_kind is not None or own_tick is not None:
        now, decided = Kind(own_kind) if own_kind else now, "entry"
        included = included if own_tick is None else bool(own_tick)
    return StoredEntry(number, entry, now, included, decided)


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _own_errors(where: str) -> Iterator[None]:
    """Turn the driver's and the system's errors into ones that say what happened and what was kept."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.IntegrityError:
        raise
    except dbapi2.DatabaseError as error:
        raise _explained(str(error).lower(), where) from error
    except OSError as error:
        raise WenbaoError(
            "vault_unreachable",
            mark("The folder {field} cannot be written ({reason}). Nothing that was stored is lost."),
            field=where,
            reason=error.strerror or type(error).__name__,
        ) from error


_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (
        "locked",
        "vault_busy",
        mark("Another program is using {field}. Close it and try again; nothing is lost."),
    ),
    ("full", "disk_full", mark("The disk is full. Make room and try again; what was stored before is kept.")),
    ("readonly", "vault_read_only", mark("{field} is read-only, so nothing can be stored.")),
    (
        "disk i/o",
        "disk_error",
        mark("The disk could not be read or written at {field}. What was stored before is kept."),
    ),
)


def _explained(said: str, where: str) -> WenbaoError:
    for words, code, message in _EXPLAINED:
        if words in said:
            return WenbaoError(code, message, field=where)
    return WenbaoError(
        "vault_damaged",
        mark(
            "What is stored in {field} cannot be read with its key. Restore a backup; the damaged file was not touched."
        ),
        field=where,
    )
