"""A pack as one zip file: written the same to the byte every time, read as something hostile."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from planner.values import InputError, mark

LARGEST = 32 * 1024 * 1024  # bytes of the archive, and of all that is in it
MOST_FILES = 400
_NAME = re.compile(r"(?:pack|keys|national)\.toml|(?:values|tables)/[a-z0-9_]{1,60}\.csv")
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack_files(folder: Path) -> dict[str, Path]:
    """The files that belong to the pack in `folder`, by their names in an archive."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: found[name] for name in sorted(found) if _NAME.fullmatch(name)}


def write_archive(folder: Path) -> bytes:
    """The pack in `folder` as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in pack_files(folder).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def read_archive(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name; an InputError for anything a pack would not hold."""
    if len(data) > LARGEST:
        raise _refused("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise _refused("no_archive") from None


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise _refused("too_large")
    files: dict[str, bytes] = {}
    left = LARGEST
    for member in members:
        name = member.filename
        is_plain = member.compress_type in _KINDS and not member.flag_bits & 0x1
        if not _NAME.fullmatch(name) or name in files or not is_plain:
            raise _refused("strange_file", name=name[:80])
        with archive.open(member) as stream:
            content = stream.read(left + 1)  # what it says of its size is not believed
        left -= len(content)
        if left < 0:
            raise _refused("too_large")
        files[name] = content
    return files


_WORDS = {
    "too_large": mark("The policy pack is far larger than a pack can be, so it was not opened."),
    "no_archive": mark("The file is no policy pack, or it is cut off, so nothing was installed."),
    "strange_file": mark(
        "The policy pack holds a file that does not belong there ({name}), so it was not opened."
    ),
}


def _refused(code: str, **values: str) -> InputError:
    return InputError(code, _WORDS[code], field="pack", **values)
