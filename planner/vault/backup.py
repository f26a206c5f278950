"""Copies of a vault that open by themselves: one a day, the oldest taken away, any of them put back.

A copy is a folder with the database and its key header. It is made under another name and renamed when whole.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.values import WenbaoError, mark
from planner.vault import header
from planner.vault.connection import DATABASE, connect, open_existing
from planner.vault.failures import damaged, explained

FOLDER = "backups"
DAILY_KEPT = 7


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy in `folder`; `day` is when a daily copy was made, None for one made before an upgrade."""

    folder: Path
    day: date | None

    @property
    def name(self) -> str:
        return self.folder.name


def copy(connection: Any, source: Path, target: Path) -> None:
    """Copy the open vault in `source` to the folder `target`; it is there whole or not at all."""
    with explained(str(target)):
        partial = target.with_name(target.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700, parents=True)
        (partial / DATABASE).touch(mode=0o600)
        key = header.read(source)[0]
        twin = connect(partial / DATABASE, key.key)
        try:
            connection.backup(twin)
        finally:
            twin.close()
        header.write(partial, key)
        if target.exists():
            shutil.rmtree(target)
        partial.rename(target)


def daily(connection: Any, folder: Path, today: date, kept: int = DAILY_KEPT) -> Backup | None:
    """Today's copy if there is none yet; the newest `kept` daily ones stay."""
    target = folder / FOLDER / today.isoformat()
    if target.exists():
        return None
    copy(connection, folder, target)
    for old in [each for each in backups(folder) if each.day is not None][kept:]:
        shutil.rmtree(old.folder, ignore_errors=True)
    return Backup(target, today)


def backups(folder: Path) -> list[Backup]:
    """The copies of the vault in `folder`, the newest first."""
    found = [
        Backup(path, _day(path.name))
        for path in (folder / FOLDER).glob("*")
        if (path / DATABASE).is_file() and not path.name.endswith(".partial")
    ]
    return sorted(found, key=lambda each: (each.day or date.min, each.name), reverse=True)


def restore(folder: Path, backup: Path, now: datetime) -> Path:
    """Put a copy back into the closed vault in `folder`; what was there is kept in the folder answered."""
    with explained(str(folder)):
        _must_open(backup)
        aside = folder / FOLDER / f"replaced-{now:%Y-%m-%d-%H%M%S}"
        aside.mkdir(mode=0o700, parents=True)
        for name in (header.FILE, header.PREVIOUS, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            if (folder / name).exists():
                shutil.copy2(folder / name, aside / name)
        fresh = folder / f"{DATABASE}.new"
        shutil.copy2(backup / DATABASE, fresh)
        header.write(folder, header.read(backup)[0])
        for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (folder / name).unlink(missing_ok=True)
        fresh.replace(folder / DATABASE)
        header.sync_folder(folder)
        return aside


def _must_open(backup: Path) -> None:
    if not (backup / DATABASE).is_file():
        raise WenbaoError(
            "no_backup", mark("There is no backup in {field}. Nothing was changed."), field=str(backup)
        )
    connection = open_existing(backup)
    try:
        if [row[0] for row in connection.execute("PRAGMA integrity_check")] != ["ok"]:
            raise damaged(str(backup))
    finally:
        connection.close()


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
