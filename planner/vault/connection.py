"""Opening the encrypted database file with the key of its header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.vault import header
from planner.vault.failures import damaged

DATABASE = "vault.db"
_BUSY_SECONDS = 5.0


def connect(path: Path | None, key: bytes | None) -> Any:
    """A connection in autocommit mode; without a path it lives in memory and needs no key."""
    from sqlcipher3 import dbapi2

    name = ":memory:" if path is None else str(path)
    connection = dbapi2.connect(name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def open_existing(folder: Path) -> Any:
    """The database in `folder`, with whichever generation of its header fits."""
    from sqlcipher3 import dbapi2

    path = folder / DATABASE
    for each in header.read(folder):
        connection = connect(path, each.key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            connection.close()
            if "not a database" not in str(error):
                raise
        else:
            return connection
    raise damaged(str(folder))


def open_or_create(folder: Path) -> Any:
    """As `open_existing`; where nothing was ever stored, a new key and an empty database."""
    path = folder / DATABASE
    if not path.exists() or path.stat().st_size == 0:
        if not header.exists(folder):
            header.create(folder)
        path.touch(mode=0o600)
    return open_existing(folder)
