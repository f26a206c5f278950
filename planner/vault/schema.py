"""The tables of the vault and every step that led to them; forward only, one function a version.

Amounts are whole minor units beside their currency, rates are decimal text, dates are ISO text; no floats.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Connection = Any  # sqlcipher3 ships no types


def _version_1(connection: Connection) -> None:
    """The first tables: people, answers, imports with their entries, decisions, log, steps, settings."""
    _run(
        connection,
        """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            created TEXT NOT NULL,
            removed TEXT
        ) STRICT;
        CREATE TABLE answers (
            person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
            document TEXT NOT NULL
        ) STRICT;
        CREATE TABLE typed_months (
            person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
            document TEXT NOT NULL
        ) STRICT;
        CREATE TABLE import (
            id INTEGER PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            file TEXT NOT NULL,
            digest TEXT NOT NULL,
            format TEXT NOT NULL,
            imported TEXT NOT NULL,
            summary TEXT NOT NULL,
            removed TEXT
        ) STRICT;
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            kind TEXT NOT NULL,
            minor INTEGER NOT NULL,
            currency TEXT NOT NULL,
            day TEXT NOT NULL,
            month TEXT NOT NULL,
            counterparty TEXT NOT NULL,
            description TEXT NOT NULL,
            reason TEXT NOT NULL,
            doubtful INTEGER NOT NULL,
            moment TEXT,
            UNIQUE (person, source, key)
        ) STRICT;
        CREATE TABLE import_entry (
            import INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
            entry INTEGER NOT NULL REFERENCES entry(id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            PRIMARY KEY (import, entry)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX import_entry_of_entry ON import_entry(entry);
        CREATE TABLE skipped (
            import INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX skipped_of_import ON skipped(import);
        CREATE TABLE decision (
            entry INTEGER PRIMARY KEY REFERENCES entry(id) ON DELETE CASCADE,
            kind TEXT,
            included INTEGER
        ) STRICT;
        CREATE TABLE rule (
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            source TEXT NOT NULL,
            reason TEXT NOT NULL,
            counterparty TEXT NOT NULL,
            kind TEXT,
            included INTEGER,
            PRIMARY KEY (person, source, reason, counterparty)
        ) STRICT;
        CREATE TABLE card_log (
            id INTEGER PRIMARY KEY,
            person INTEGER NOT NULL,
            date TEXT NOT NULL,
            card TEXT NOT NULL,
            choice TEXT NOT NULL,
            shown TEXT NOT NULL
        ) STRICT;
        CREATE INDEX card_log_of_person ON card_log(person);
        CREATE TRIGGER card_log_is_not_changed BEFORE UPDATE ON card_log
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER card_log_goes_with_its_person BEFORE DELETE ON card_log
            WHEN EXISTS (SELECT 1 FROM person WHERE id = old.person)
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER person_takes_log AFTER DELETE ON person
            BEGIN DELETE FROM card_log WHERE person = old.id; END;
        CREATE TABLE step (
            id INTEGER PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            document TEXT NOT NULL,
            due TEXT,
            done TEXT,
            removed TEXT
        ) STRICT;
        CREATE TABLE consent (
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            purpose TEXT NOT NULL,
            given TEXT NOT NULL,
            withdrawn TEXT
        ) STRICT;
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE edit (
            id INTEGER PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            what TEXT NOT NULL,
            at TEXT NOT NULL,
            changes TEXT NOT NULL,
            undone INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX edit_of_person ON edit(person);
        """,
    )


def _version_2(connection: Connection) -> None:
    """The day a sale is paid out, and the day of a sale that counts when it is settled."""
    _run(
        connection,
        """
        ALTER TABLE entry ADD COLUMN settled TEXT;
        ALTER TABLE entry ADD COLUMN sold TEXT;
        """,
    )


def _version_3(connection: Connection) -> None:
    """What was confirmed for files to come, a row each, so that one edit takes back no other."""
    _run(
        connection,
        """
        CREATE TABLE remembered (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (kind, name)
        ) STRICT, WITHOUT ROWID;
        """,
    )
    old = connection.execute("SELECT value FROM setting WHERE name = 'earnings_memory'").fetchone()
    try:
        rows = [
            (kind, name, json.dumps(value, ensure_ascii=False, sort_keys=True))
            for kind, values in json.loads(old[0] if old else "{}").items()
            for name, value in values.items()
        ]
    except (ValueError, AttributeError):
        rows = []  # damaged; nothing of it could be used before
    connection.executemany("INSERT INTO remembered VALUES (?, ?, ?)", rows)
    connection.execute("DELETE FROM setting WHERE name = 'earnings_memory'")


def _version_4(connection: Connection) -> None:
    """An edit may be of what all people share: of no one person."""
    _run(
        connection,
        """
        ALTER TABLE edit RENAME TO former_edit;
        DROP INDEX edit_of_person;
        CREATE TABLE edit (
            id INTEGER PRIMARY KEY,
            person INTEGER REFERENCES person(id) ON DELETE CASCADE,
            what TEXT NOT NULL,
            at TEXT NOT NULL,
            changes TEXT NOT NULL,
            undone INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        INSERT INTO edit SELECT id, person, what, at, changes, undone FROM former_edit;
        DROP TABLE former_edit;
        CREATE INDEX edit_of_person ON edit(person);
        """,
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_version_1, _version_2, _version_3, _version_4)
VERSION = len(MIGRATIONS)


def migrate(connection: Connection, found: int) -> None:
    """Bring the tables from version `found` to the newest; a kill leaves the old version or the new one."""
    for version in range(found, VERSION):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _run(connection: Connection, script: str) -> None:
    """Each statement of `script` inside the running transaction, which `executescript` would end."""
    from sqlcipher3 import dbapi2

    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if statement.strip() and dbapi2.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    if statement.strip():
        raise ValueError(f"the last statement has no end: {statement}")
