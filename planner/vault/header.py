"""The vault's small header file: which key opens it and how that key is wrapped.

The key is random, 256 bits, and never changes with a password. Slots hold it wrapped, one for each way in;
until a password is set there is one slot of kind `none` that holds it bare, and the file mode is the lock.
The header is replaced atomically and the generation before it is kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from planner.values import WenbaoError, mark

FILE = "vault.json"
PREVIOUS = "vault.json.previous"
FORMAT = 1
CIPHER = "sqlcipher-4"
OPEN_SLOT = "none"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Header:
    """`key` opens the database file raw."""

    key: bytes


def create(folder: Path) -> Header:
    """A header with a new key, for a vault that holds nothing yet."""
    header = Header(os.urandom(_KEY_BYTES))
    write(folder, header)
    return header


def read(folder: Path) -> tuple[Header, ...]:
    """The readable headers of the vault in `folder`, the newest first; an error if there is none.

    There are two while a new generation is being put in place; whoever opens the vault tries both.
    """
    found = []
    for name in (FILE, PREVIOUS):
        try:
            header = _parse((folder / name).read_bytes())
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            continue
        if header not in found:
            found.append(header)
    if not found:
        raise WenbaoError(
            "vault_key_missing",
            mark(
                "The key file {field} is missing or damaged, so what is stored cannot be read."
                " Put it back from a backup."
            ),
            field=str(folder / FILE),
        )
    return tuple(found)


def exists(folder: Path) -> bool:
    """Whether a header was ever written in `folder`."""
    return any((folder / name).exists() for name in (FILE, PREVIOUS))


def write(folder: Path, header: Header) -> None:
    """Put the header in place: written aside with its mode set, synced, the old generation kept."""
    content = {
        "format": FORMAT,
        "cipher": CIPHER,
        "slots": [{"kind": OPEN_SLOT, "key": header.key.hex()}],
    }
    aside = folder / f"{FILE}.new"
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    current = folder / FILE
    if current.exists():
        current.replace(folder / PREVIOUS)
    aside.replace(current)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last through a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parse(raw: bytes) -> Header:
    content = json.loads(raw)
    slots = {slot["kind"]: slot for slot in content["slots"]}
    if content["format"] > FORMAT or OPEN_SLOT not in slots:
        raise WenbaoError(
            "vault_too_new",
            mark("This vault was made by a newer version of the program. Update the program first."),
        )
    key = bytes.fromhex(slots[OPEN_SLOT]["key"])
    if len(key) != _KEY_BYTES:
        raise ValueError("key length")
    return Header(key)
