"""How large a file may be before it is taken for an attack or a mistake, and the error that says so."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Any

from planner.values import InputError, mark

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_MEMBERS = 1_000
MAX_RATIO = 250  # unpacked to packed bytes; deflate reaches 1,000 only on emptiness
RATIO_FREE_BYTES = 16 * 1024 * 1024  # a small member may be packed as tightly as it likes
MAX_ROWS = 1_000_000
MAX_COLUMNS = 700
MAX_FIELD = 131_072  # characters
MAX_LINE = 1_000_000  # characters
_CHUNK = 1 << 20
MAX_GRID_CELLS = 30_000_000  # a workbook is read into a full grid, empty cells and all

DAMAGED = (  # what the standard library raises for an archive that is not whole
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    KeyError,
    OSError,
    IndexError,
    struct.error,
)

_SENTENCES = {
    "not_found": mark("There is no file at this place."),
    "not_readable": mark("The file cannot be opened."),
    "unknown_format": mark("This is no statement that the program can read."),
    "password_required": mark("The archive is locked; enter the password that the wallet sent."),
    "wrong_password": mark("This password does not open the archive."),
    "too_large": mark("The file is larger than a statement can be; it was not read."),
    "unsafe_file": mark("The file contains something that a statement never does; it was not read."),
    "damaged_file": mark("The file is damaged and cannot be opened; download it once more."),
    "mapping_mismatch": mark("The columns named in the mapping are not in the file."),
}


class UnreadableError(InputError):
    """A file that gives no ledger, with a stable code; the other files go on."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, _SENTENCES[code], **values)


def unreadable(error: OSError | ValueError) -> UnreadableError:
    """What the system says about a file that cannot be opened or read on, as this package's error."""
    return UnreadableError("not_found" if isinstance(error, FileNotFoundError) else "not_readable")


ERROR_SENTENCES = dict(_SENTENCES)


def limited(stream: Any, packed: int) -> bytes:
    """All bytes of an archive's member of `packed` bytes, whose declared size may be a lie."""
    parts, total = [], 0
    while part := stream.read(_CHUNK):
        total += len(part)
        if total > MAX_UNPACKED_BYTES or (total > RATIO_FREE_BYTES and total > MAX_RATIO * max(packed, 1)):
            raise UnreadableError("too_large")
        parts.append(part)
    return b"".join(parts)
