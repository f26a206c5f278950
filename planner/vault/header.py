"""The vault's small header file: which key opens it and how that key is wrapped.

The key is random, 256 bits, and never changes with a password. Slots hold it wrapped, one for each way in;
until a password is set there is one slot of kind `none` that holds it bare, and the file mode is the lock.
The header is replaced atomically and the generation before it is kept.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from planner.values import WenbaoError, mark

FILE = "vault.json"
PREVIOUS = "vault.json.previous"
FORMAT = 1
CIPHER = "sqlcipher-4"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Header:
    """`key` opens the database file raw; `locked` says whether a password guards it."""

    key: bytes
    locked: bool = False


def read_or_create(folder: Path, *, may_create: bool) -> Header:
    """The header of the vault in `folder`; a new key is made only where there is no database yet."""
    for name in (FILE, PREVIOUS):
        try:
            return _parse((folder / name).read_bytes())
        except FileNotFoundError:
            continue
        except (ValueError, KeyError, TypeError, IndexError):
            continue
    if not may_create:
        raise WenbaoError(
            "vault_key_missing",
            mark(
                "The key file {field} is missing or damaged, so what is stored cannot be read. Put it back from a backup."
            ),
            field=str(folder / FILE),
        )
    header = Header(secrets.token_bytes(_KEY_BYTES))
    write(folder, header)
    return header


def write(folder: Path, header: Header) -> None:
    """Put the header in place: written aside with its mode set, synced, the old generation kept."""
    content = {
        "format": FORMAT,
        "cipher": CIPHER,
        "slots": [{"kind": "none", "key": header.key.hex()}],
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


def _parse(raw: bytes) -> Header:
    content = json.loads(raw)
    if content["format"] > FORMAT:
        raise WenbaoError(
            "vault_too_new",
            mark("This vault was made by a newer version of the program. Update the program first."),
        )
    key = bytes.fromhex(content["slots"][0]["key"])
    if len(key) != _KEY_BYTES:
        raise ValueError("key length")
    return Header(key)
