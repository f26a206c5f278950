"""Opens a file by its first bytes: a text, a workbook, or an archive of those; hostile ones are refused."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from planner.earnings.document import Content, Document
from planner.earnings.limits import (
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_GRID_CELLS,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
    UnreadableError,
)

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OTHER_CONTAINERS = (
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
)
_WORKBOOK = "xl/workbook.xml"
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW_NUMBER = re.compile(rb'<row [^>]{0,200}?\br="(\d{1,9})"')
_CELL_COLUMN = re.compile(rb'\br="([A-Z]{1,4})\d')
_CHUNK = 1 << 20
_DAMAGED = (
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


@dataclass(frozen=True, slots=True)
class Opened:
    """What one file or one member of an archive holds; a workbook has a document for each sheet."""

    name: str
    documents: Sequence[Document]


def open_file(path: Path, password: str | None = None) -> Iterator[Opened]:
    """The contents of a file, each member of an archive by itself; raises UnreadableError."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableError("too_large")
        content = Content(path=path)
        is_archive = content.read(4) in (_ZIP, _EMPTY_ZIP)
        raw = content.read() if is_archive else b""
    except FileNotFoundError:
        raise UnreadableError("not_found") from None
    except (OSError, ValueError):
        raise UnreadableError("not_readable") from None
    if is_archive:
        yield from open_bytes(path.name, raw, password)
    else:
        yield Opened(path.name, [_text(path.name, content)])


def open_bytes(name: str, raw: bytes, password: str | None = None) -> Iterator[Opened]:
    """The same for bytes at hand."""
    if not raw.startswith((_ZIP, _EMPTY_ZIP)):
        yield Opened(name, [_text(name, Content(raw))])
        return
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        members = archive.infolist()
        _check_sizes(members)
    except _DAMAGED:
        raise UnreadableError("damaged_file") from None
    if any(member.filename == _WORKBOOK for member in members):
        yield Opened(name, _sheets(raw, archive, members))
        return
    yield from _members(name, raw, members, password)


def _text(name: str, content: Content) -> Document:
    if content.read(8).startswith(_OTHER_CONTAINERS) or not content.size:
        raise UnreadableError("unknown_format")
    return Document(name, content=content)


def _check_sizes(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableError("too_large")
    for member in members:
        if member.file_size > RATIO_FREE_BYTES and member.file_size > MAX_RATIO * max(
            member.compress_size, 1
        ):
            raise UnreadableError("too_large")


def _members(
    name: str, raw: bytes, members: Sequence[zipfile.ZipInfo], password: str | None
) -> Iterator[Opened]:
    import pyzipper

    wanted = [member for member in members if not member.is_dir() and not _is_system_file(member.filename)]
    if not wanted:
        raise UnreadableError("unknown_format")
    problem = UnreadableError("unknown_format")
    found = False
    try:
        archive = pyzipper.AESZipFile(BytesIO(raw))
    except Exception:
        raise UnreadableError("damaged_file") from None
    with archive:
        for member in wanted:
            content = _unlocked(archive, member, password)
            label = name if len(wanted) == 1 else f"{name}/{Path(member.filename).name}"
            if content.startswith(_ZIP) and not _is_workbook(content):
                continue  # an archive within an archive: no wallet sends that
            try:
                opened = list(open_bytes(label, content))
            except UnreadableError as error:
                problem = error  # one bad member leaves the others be
                continue
            found = True
            yield from opened
    if not found:
        raise problem


def _is_system_file(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name in (".DS_Store", "Thumbs.db")


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _WORKBOOK in archive.namelist()
    except _DAMAGED:
        return False


def _unlocked(archive: Any, member: zipfile.ZipInfo, password: str | None) -> bytes:
    """The member's bytes; wallets lock with AES (Alipay) or ZipCrypto (WeChat)."""
    locked = bool(member.flag_bits & 1)
    if locked and not password:
        raise UnreadableError("password_required")
    candidates = (
        [password.strip().encode("utf-8"), password.encode("gb18030", "replace")] if password else [None]
    )
    problem = UnreadableError("damaged_file")
    for candidate in dict.fromkeys(candidates):
        try:
            with archive.open(member.filename, pwd=candidate if locked else None) as stream:
                return _limited(stream, member)
        except UnreadableError:
            raise
        except NotImplementedError:
            problem = UnreadableError("damaged_file")  # a way of packing that no wallet uses
        except Exception:
            # Both libraries have their own errors for a wrong password. One in 256 wrong ones passes the old
            # cipher's check and unpacks to noise.
            problem = UnreadableError("wrong_password" if locked else "damaged_file")
    raise problem


def _limited(stream: Any, member: zipfile.ZipInfo) -> bytes:
    """All bytes of a member whose declared size may be a lie."""
    parts, total = [], 0
    while part := stream.read(_CHUNK):
        total += len(part)
        if total > MAX_UNPACKED_BYTES or (
            total > RATIO_FREE_BYTES and total > MAX_RATIO * max(member.compress_size, 1)
        ):
            raise UnreadableError("too_large")
        parts.append(part)
    return b"".join(parts)


def _sheets(raw: bytes, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> list[Document]:
    """A document for each sheet with rows; formulas and macros are never run, entities never followed."""
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("password_required")
    try:
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                _check_part(archive, member)
    except _DAMAGED:
        raise UnreadableError("damaged_file") from None
    return list(_grids(raw))


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as stream:
        content = _limited(stream, member)
    if _ENTITIES.search(content) or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("unsafe_file")
    if not member.filename.startswith("xl/worksheets/"):
        return
    cells = content.count(b"<c ") + content.count(b"<c>")
    rows = max(map(int, _ROW_NUMBER.findall(content)), default=0)
    wide = re.search(rb'\br="[A-Z]{2,4}\d', content)
    width = max(map(_column_number, set(_CELL_COLUMN.findall(content))), default=0) if wide else 26
    if rows > MAX_ROWS + 1 or width > MAX_COLUMNS:
        raise UnreadableError("too_large")
    if rows * width > max(MAX_GRID_CELLS // 30, 30 * cells) or rows * width > MAX_GRID_CELLS:
        raise UnreadableError("too_large")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grids(raw: bytes) -> Iterator[Document]:
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(raw))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                yield Document(name, "xlsx", grid=[[cell_text(cell) for cell in row] for row in rows])
    except UnreadableError:
        raise
    except Exception:
        raise UnreadableError("damaged_file") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the Rust reader's own failure is no Exception
            raise UnreadableError("damaged_file") from None
        raise


def cell_text(cell: Any) -> str:
    """A workbook's cell as the text a CSV would hold; long numbers keep the sign of their damage."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, int):
        return str(cell) if abs(cell) < 10**15 else f"{cell:.5E}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _number_text(number: float) -> str:
    if number != number or number in (float("inf"), float("-inf")):
        return "#"
    if abs(number) >= 1e15:
        return f"{number:.5E}"
    if number.is_integer():
        return str(int(number))
    return format(round(number, 6), "f").rstrip("0").rstrip(".") if abs(number) < 1e9 else repr(number)
