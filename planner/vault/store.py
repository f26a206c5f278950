"""What is kept of each person, read and written in transactions; a kill loses at most the running one.

An edit that a person can take back goes through the undo journal; what is taken out is only marked until the
next start, so that it can come back.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from planner.values import Kind, LedgerEntry, SkippedRow, WenbaoError, mark
from planner.vault import backup, journal, ledger, schema
from planner.vault.connection import connect, open_existing, open_or_create
from planner.vault.failures import explained
from planner.vault.journal import Change, Edit, Keepers, Row
from planner.vault.ledger import Imported, Rule, StoredEntry, StoredImport

PURPOSES = ("income", "wallets", "health", "trips", "preferences", "export")

_ANSWERS_OF_PURPOSE: Mapping[str, frozenset[str]] = {
    "health": frozenset({"events", "health"}),
    "trips": frozenset({"trips"}),
    "preferences": frozenset({"preferences"}),
}
_FILES_OF_PURPOSE = frozenset({"income", "wallets"})


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whose file this vault keeps; `created` is an ISO date."""

    id: int
    name: str
    created: str


class Store:
    """One open vault; safe to use from several threads of one process."""

    def __init__(self, connection: Any, folder: Path | None) -> None:
        self._connection = connection
        self._lock = threading.RLock()  # of the connection
        self._writing = threading.RLock()  # of the one transaction; taken before the other
        self.folder = folder
        self.locked_by_password = False
        self._unsaved: dict[str, str] = {}  # settings
        self.keepers: Keepers = {}  # of the rows that are kept beside the vault

    # Opening and closing

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The vault in `folder`, made there if there is none; WenbaoError if it cannot be used."""
        with explained(str(folder)):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            connection = open_or_create(folder)
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
        store = cls(connect(None, None), None)
        store._prepare()
        return store

    def close(self) -> None:
        with self._writing, self._lock:
            with suppress(WenbaoError):  # said when it was set
                self._save_settings()
            self._connection.close()

    def is_whole(self) -> bool:
        """Whether every page is readable and the tables agree with one another."""
        try:
            answers = self._rows("PRAGMA integrity_check")
            strays = self._rows("PRAGMA foreign_key_check")
        except WenbaoError as error:
            if error.code == "vault_damaged":
                return False
            raise
        return answers == [("ok",)] and not strays

    def back_up(self, target: Path) -> None:
        """A copy of the vault that opens by itself: database and key header, in the folder `target`."""
        if self.folder is not None:
            with self._aside() as connection:
                backup.copy(connection, self.folder, target)

    def back_up_daily(self, today: date) -> backup.Backup | None:
        """Today's copy, unless there is one; a week of them is kept."""
        if self.folder is None:
            return None
        with self._aside() as connection:
            return backup.daily(connection, self.folder, today)

    # Undo

    def undoable(self, person: int | None) -> Edit | None:
        """The edit that `undo` would take back; for nobody (None) of those that all people share."""
        with self._reading() as connection:
            return journal.last(connection, person, undone=False)

    def redoable(self, person: int | None) -> Edit | None:
        """The edit that `redo` would make again."""
        with self._reading() as connection:
            return journal.last(connection, person, undone=True)

    def undo(self, person: int | None) -> Edit | None:
        """Take the newest edit back; answers which it was."""
        return self._turn(person, undo=True)

    def redo(self, person: int | None) -> Edit | None:
        """Make the edit last taken back again; answers which it was."""
        return self._turn(person, undo=False)

    def change_beside(self, table: str, key: Row, row: Row | None) -> None:
        """Change a row that the keeper of `table` keeps beside the vault: an edit that all people share."""
        self._edit(None, table, [Change(table, key, row)])

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
        self._edit(person, "rename", [Change("person", {"id": person}, {"name": name})])

    def delete_person(self, person: int) -> None:
        """Out of sight at once, erased at the next start; `restore_person` brings them back until then."""
        self._edit(person, "delete_person", [Change("person", {"id": person}, {"removed": _now()})])

    def restore_person(self, person: int) -> None:
        self._edit(person, "restore_person", [Change("person", {"id": person}, {"removed": None})])

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
        *,
        instead_of: Iterable[int] = (),
    ) -> list[Imported]:
        """Several files in one transaction: all of them or none; one edit, whose undo leaves them out.

        The files `instead_of` which they come go out in the same edit.
        """
        coming = list(files)
        with self._aside() as connection:
            ledger.stage(connection, (entries for _file, _digest, _format, entries, *_rest in coming))
            with self._transaction(connection):
                kept = self._keep_staged(connection, person, coming, instead_of)
        self._save_settings()
        return kept

    def _keep_staged(
        self,
        connection: Any,
        person: int,
        coming: Iterable[tuple[str, str, str, Any, Iterable[SkippedRow], Mapping[str, Any]]],
        instead_of: Iterable[int],
    ) -> list[Imported]:
        now = _now()
        kept = [
            ledger.keep_staged(connection, now, person, place, file, digest, format, skipped, summary)
            for place, (file, digest, format, _entries, skipped, summary) in enumerate(coming)
        ]
        out: dict[str, Any] = {"removed": now}
        back: dict[str, Any] = {"removed": None}
        turned = [(Change("import", {"id": one.id}, back), out) for one in kept]
        for number in instead_of:
            connection.execute(
                "UPDATE import SET removed = ? WHERE id = ? AND person = ?", (now, number, person)
            )
            turned.append((Change("import", {"id": number}, out), back))
        journal.note(connection, person, "add_imports", now, turned)
        return kept

    def imports(self, person: int) -> list[StoredImport]:
        with self._reading() as connection:
            return ledger.files(connection, person)

    def remove_import(self, number: int) -> None:
        """Leave a file out; lines that another file also has stay. `restore_import` takes it back."""
        self._edit_import(number, "remove_import", _now())

    def restore_import(self, number: int) -> None:
        self._edit_import(number, "restore_import", None)

    def entries(self, person: int) -> list[StoredEntry]:
        """Every line of the files that are in, with the person's decisions applied, oldest first."""
        with self._aside() as connection:
            decided, rows = ledger.rules_by_likeness(connection, person), ledger.rows(connection, person)
        return [ledger.stored(row, decided) for row in rows]

    def judged(self, person: int, lines: Iterable[StoredEntry]) -> list[StoredEntry]:
        """The same lines with the decisions as they stand now."""
        with self._reading() as connection:
            decided = ledger.rules_by_likeness(connection, person)
            own = ledger.decisions(connection, person)
        return [ledger.judged(line.id, line.entry, decided, *own.get(line.id, ())) for line in lines]

    def set_kind(self, entries: Iterable[int], kind: Kind | None) -> None:
        """Decide what these lines are; None takes the decision back."""
        self._decide(entries, "kind", kind.value if kind else None)

    def set_included(self, entries: Iterable[int], included: bool | None) -> None:
        """Decide whether these lines count; None takes the decision back."""
        self._decide(entries, "included", None if included is None else int(included))

    def rules(self, person: int) -> list[Rule]:
        with self._reading() as connection:
            return ledger.rules(connection, person)

    def save_rule(self, person: int, rule: Rule, entries: Iterable[int] = ()) -> None:
        """Remember a decision on all alike; one without kind and tick forgets it.

        What was decided on each of `entries` alone gives way to it, in the same edit.
        """
        self.save_rules(person, [rule], entries)

    def save_rules(self, person: int, rules: Iterable[Rule], entries: Iterable[int] = ()) -> None:
        """Several decisions as one edit."""
        changes = [Change("decision", {"entry": entry}, None) for entry in entries]
        for rule in rules:
            key = {
                "person": person,
                "source": rule.source,
                "reason": rule.reason,
                "counterparty": rule.counterparty,
            }
            says_nothing = rule.kind is None and rule.included is None
            row = {
                "kind": rule.kind.value if rule.kind else None,
                "included": None if rule.included is None else int(rule.included),
            }
            changes.append(Change("rule", key, None if says_nothing else row))
        self._edit(person, "rule", changes)

    def remembered(self) -> dict[str, dict[str, Any]]:
        """What was confirmed for files to come, by anybody in this vault: kind -> name -> value."""
        found: dict[str, dict[str, Any]] = {}
        for kind, name, value in self._rows("SELECT kind, name, value FROM remembered ORDER BY kind, name"):
            found.setdefault(kind, {})[name] = json.loads(value)
        return found

    def remember(self, person: int, kind: str, name: str, value: Any) -> None:
        """Keep a value of JSON's types for files to come (None forgets it); an edit of `person`."""
        row = None if value is None else {"value": _json(value)}
        self._edit(person, "remembered", [Change("remembered", {"kind": kind, "name": name}, row)])

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
            "SELECT id, document, due, done FROM step WHERE person = ? AND removed IS NULL"
            " ORDER BY due IS NULL, due, id",
            person,
        )
        return [
            {**json.loads(document), "id": number, "due": due, "done": done}
            for number, document, due, done in rows
        ]

    def set_step_done(self, step: int, done: date | None) -> None:
        self._edit_step(step, "step_done", {"done": done.isoformat() if done else None})

    def remove_step(self, step: int) -> None:
        """Out of the list; `restore_step` puts it back."""
        self._edit_step(step, "remove_step", {"removed": _now()})

    def restore_step(self, step: int) -> None:
        self._edit_step(step, "restore_step", {"removed": None})

    def give_consent(self, person: int, purpose: str) -> None:
        """Note a consent to one of `PURPOSES`, each asked for and given by itself."""
        if purpose not in PURPOSES:
            raise ValueError(f"unknown purpose {purpose!r}")
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO consent (person, purpose, given) VALUES (?, ?, ?)", (person, purpose, _now())
            )

    def withdraw_consent(self, person: int, purpose: str) -> None:
        """End a consent and erase at once, past undoing, what was kept under it alone."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE consent SET withdrawn = ? WHERE person = ? AND purpose = ? AND withdrawn IS NULL",
                (_now(), person, purpose),
            )
            left = {row[0] for row in connection.execute(_CONSENTS, (person,))}
            if purpose in _FILES_OF_PURPOSE and not left & _FILES_OF_PURPOSE:
                connection.execute("DELETE FROM import WHERE person = ?", (person,))
                connection.execute("DELETE FROM entry WHERE person = ?", (person,))
            names = _ANSWERS_OF_PURPOSE.get(purpose, frozenset())
            kept = {name: value for name, value in self.answers(person).items() if name not in names}
            connection.execute("UPDATE answers SET document = ? WHERE person = ?", (_json(kept), person))
            connection.execute("DELETE FROM edit WHERE person = ?", (person,))

    def consents(self, person: int) -> tuple[str, ...]:
        """The purposes consented to now."""
        return tuple(row[0] for row in self._rows(_CONSENTS, person))

    # Settings

    def setting(self, name: str) -> str | None:
        if name in self._unsaved:
            return self._unsaved[name]
        rows = self._rows("SELECT value FROM setting WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting; one that comes while files are being stored waits for them in memory."""
        self._unsaved[name] = value
        if self._writing.acquire(blocking=False):
            try:
                self._save_settings()
            finally:
                self._writing.release()

    # Inside

    def _save_settings(self) -> None:
        unsaved = list(self._unsaved.items())
        if not unsaved:
            return
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                unsaved,
            )
            for name, value in unsaved:
                if self._unsaved.get(name) == value:
                    del self._unsaved[name]

    def _prepare(self) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found > schema.VERSION:
            raise WenbaoError(
                "vault_too_new",
                mark("This vault was made by a newer version of the program. Update the program first."),
            )
        if found < schema.VERSION:
            if found and self.folder is not None:
                self.back_up(self.folder / backup.FOLDER / f"before-version-{schema.VERSION}")
            schema.migrate(self._connection, found)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._erase_removed()

    def _erase_removed(self) -> None:
        """What was taken out in an earlier session is gone for good now, and so are the edits upon it."""
        if not self._rows(
            "SELECT 1 FROM person WHERE removed IS NOT NULL UNION ALL"
            " SELECT 1 FROM import WHERE removed IS NOT NULL LIMIT 1"
        ):
            return
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM edit WHERE person IN (SELECT person FROM import WHERE removed IS NOT NULL)"
            )
            connection.execute("DELETE FROM person WHERE removed IS NOT NULL")
            connection.execute("DELETE FROM import WHERE removed IS NOT NULL")
            connection.execute("DELETE FROM entry WHERE id NOT IN (SELECT entry FROM import_entry)")

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._reading() as connection:
            return list(connection.execute(statement, values))

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        with self._lock, explained(str(self.folder or "")):
            yield self._connection

    @contextmanager
    def _aside(self) -> Iterator[Any]:
        """A connection for long work, for which no reader waits; a vault in memory has but the one."""
        if self.folder is None:
            with self._writing, self._reading() as connection:
                yield connection
            return
        with explained(str(self.folder)):
            connection = open_existing(self.folder)
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
            finally:
                connection.close()

    @contextmanager
    def _transaction(self, aside: Any = None) -> Iterator[Any]:
        """One transaction at a time, on the usual connection or on one from `_aside`."""
        own = self._lock if aside is None else nullcontext()
        connection = self._connection if aside is None else aside
        with self._writing, own, explained(str(self.folder or "")):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _document(self, table: str, person: int, default: Any) -> Any:
        rows = self._rows(f"SELECT document FROM {table} WHERE person = ?", person)
        return json.loads(rows[0][0]) if rows else default

    def _save_document(self, table: str, person: int, document: Any) -> None:
        self._edit(person, table, [Change(table, {"person": person}, {"document": _json(document)})])

    def _edit(self, person: int | None, what: str, changes: Iterable[Change]) -> None:
        with self._transaction() as connection:
            journal.record(connection, person, what, _now(), changes, self.keepers)

    def _edit_import(self, number: int, what: str, removed: str | None) -> None:
        for (person,) in self._rows("SELECT person FROM import WHERE id = ?", number):
            self._edit(person, what, [Change("import", {"id": number}, {"removed": removed})])

    def _edit_step(self, step: int, what: str, row: Mapping[str, Any]) -> None:
        for (person,) in self._rows("SELECT person FROM step WHERE id = ?", step):
            self._edit(person, what, [Change("step", {"id": step}, row)])

    def _decide(self, entries: Iterable[int], column: str, value: str | int | None) -> None:
        wanted = list(entries)
        if not wanted:
            return
        with self._transaction() as connection:
            person = connection.execute("SELECT person FROM entry WHERE id = ?", wanted[:1]).fetchone()
            if person is not None:
                changes = (Change("decision", {"entry": entry}, {column: value}) for entry in wanted)
                journal.record(connection, person[0], column, _now(), changes, self.keepers)

    def _turn(self, person: int | None, *, undo: bool) -> Edit | None:
        with self._transaction() as connection:
            edit = journal.last(connection, person, undone=not undo)
            if edit is not None:
                journal.turn(connection, edit, self.keepers, undo=undo)
            return edit


_CONSENTS = "SELECT DISTINCT purpose FROM consent WHERE person = ? AND withdrawn IS NULL ORDER BY purpose"


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
