"""Opens a file by its first bytes: a text, a workbook, or an archive of those; hostile ones are refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from stat import S_ISREG
from typing import Any

from planner.earnings.document import Content, Document
from planner.earnings.limits import (
    DAMAGED,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
    UnreadableError,
    limited,
    unreadable,
)
from planner.earnings.pdf import pdf_documents
from planner.earnings.workbook import OLD_WORKBOOK, WORKBOOK, html_tables, is_html, old_sheets, sheets

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_PDF = b"%PDF"
_OTHER_CONTAINERS = (
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What one file or one member of an archive holds; a workbook has a document for each sheet."""

    name: str
    documents: Sequence[Document]


def open_file(path: Path, password: str | None = None) -> Iterator[Opened]:
    """The contents of a file, each member of an archive by itself; raises UnreadableError."""
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            raise UnreadableError("not_readable")  # a folder, or a device that has no end
        if found.st_size > MAX_FILE_BYTES:
            raise UnreadableError("too_large")
        content = Content(path=path)
        in_memory = (
            content.read(4) in (_ZIP, _EMPTY_ZIP)
            or content.read(8) == OLD_WORKBOOK
            or content.read(4) == _PDF
        )
        raw = content.read() if in_memory else b""
    except (OSError, ValueError) as error:
        raise unreadable(error) from None
    if in_memory:
        yield from open_bytes(path.name, raw, password)
    else:
        yield Opened(path.name, _text(path.name, content))


def open_bytes(name: str, raw: bytes, password: str | None = None) -> Iterator[Opened]:
    """The same for bytes at hand."""
    if raw.startswith(OLD_WORKBOOK):
        yield Opened(name, old_sheets(raw, password))
        return
    if raw.startswith(_PDF):
        yield Opened(name, pdf_documents(name, raw, password))
        return
    if not raw.startswith((_ZIP, _EMPTY_ZIP)):
        yield Opened(name, _text(name, Content(raw)))
        return
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        members = archive.infolist()
        _check_sizes(members)
    except DAMAGED:
        raise UnreadableError("damaged_file") from None
    if any(member.filename == WORKBOOK for member in members):
        yield Opened(name, sheets(raw, archive, members))
        return
    yield from _members(name, raw, members, password)


def _text(name: str, content: Content) -> list[Document]:
    head = content.read(1024)
    if head.startswith(_OTHER_CONTAINERS) or not head:
        raise UnreadableError("unknown_format")
    return html_tables(content) if is_html(head) else [Document(name, content=content)]


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
                opened = list(open_bytes(label, content, password))
            except UnreadableError as error:
                if error.code in ("password_required", "wrong_password"):
                    raise
                problem = error  # one bad member leaves the others be
                continue
            found = True
            yield from opened
    if not found or problem.code != "unknown_format":
        raise problem


def _is_system_file(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name in (".DS_Store", "Thumbs.db")


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return WORKBOOK in archive.namelist()
    except DAMAGED:
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
                return limited(stream, member.compress_size)
        except UnreadableError:
            raise
        except NotImplementedError:
            problem = UnreadableError("damaged_file")  # a way of packing that no wallet uses
        except Exception:
            # Both libraries have their own errors for a wrong password. One in 256 wrong ones passes the old
            # cipher's check and unpacks to noise.
            problem = UnreadableError("wrong_password" if locked else "damaged_file")
    raise problem
