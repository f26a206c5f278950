"""The sheets of a workbook as grids of text: XLSX, old XLS, locked ones, HTML that says it is XLS."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any

from planner.earnings.document import Content, Document
from planner.earnings.encoding import decode
from planner.earnings.limits import (
    DAMAGED,
    MAX_COLUMNS,
    MAX_GRID_CELLS,
    MAX_ROWS,
    UnreadableError,
    limited,
)

WORKBOOK = "xl/workbook.xml"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # an XLSX with a password is wrapped like an old workbook
_MOST_OLD = 64 * 1024 * 1024  # bytes; 65,536 rows of a statement are a tenth of it
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW_NUMBER = re.compile(rb'<row [^>]{0,200}?\br="(\d{1,9})"')
_CELL_COLUMN = re.compile(rb'\br="([A-Z]{1,4})\d')
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|table|meta|head)",
    re.IGNORECASE | re.DOTALL,
)


def sheets(raw: bytes, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> list[Document]:
    """A document for each sheet with rows; formulas and macros are never run, entities never followed."""
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("password_required")
    try:
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                _check_part(archive, member)
    except DAMAGED:
        raise UnreadableError("damaged_file") from None
    return _grids(raw)


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as stream:
        content = limited(stream, member.compress_size)
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


def old_sheets(raw: bytes, password: str | None) -> list[Document]:
    """The sheets of an XLS (BIFF), or of an XLSX behind a password."""
    if len(raw) > _MOST_OLD:
        raise UnreadableError("too_large")
    if _LOCKED not in raw:
        try:
            return _old_grids(raw)
        except UnreadableError as error:
            if error.code != "password_required" or not password:
                raise
        return _old_grids(_decrypted(raw, password.strip()))
    if not password:
        raise UnreadableError("password_required")
    opened = _decrypted(raw, password.strip())
    try:
        archive = zipfile.ZipFile(BytesIO(opened))
        return sheets(opened, archive, archive.infolist())
    except DAMAGED:
        raise UnreadableError("damaged_file") from None


def _decrypted(raw: bytes, password: str) -> bytes:
    import msoffcrypto

    target = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(raw))
        file.load_key(password=password, verify_password=True)
        file.decrypt(target)
    except msoffcrypto.exceptions.InvalidKeyError:
        raise UnreadableError("wrong_password") from None
    except Exception:  # the library's parsers raise whatever a damaged stream makes them
        raise UnreadableError("damaged_file") from None
    return target.getvalue()


def _grids(raw: bytes) -> list[Document]:
    """A document for each sheet with rows, by the Rust reader (dimensions that lie do not matter to it)."""
    from python_calamine import CalamineWorkbook

    found = []
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(raw))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                grid = [[cell_text(cell) for cell in row] for row in rows]
                found.append(Document(name, "xlsx", grid=grid))
    except Exception:
        raise UnreadableError("damaged_file") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the Rust reader's own failure is no Exception
            raise UnreadableError("damaged_file") from None
        raise
    return found


def _old_grids(raw: bytes) -> list[Document]:
    """BIFF by a reader in Python: a damaged length makes it raise, where native ones allocate and abort."""
    import xlrd

    found = []
    try:
        workbook = xlrd.open_workbook(file_contents=raw, logfile=StringIO(), ragged_rows=True, on_demand=True)
        for name in workbook.sheet_names():
            sheet = workbook.sheet_by_name(name)
            if sheet.nrows and sheet.ncols <= MAX_COLUMNS:
                rows = [
                    [_old_text(cell, workbook.datemode) for cell in sheet.row(row)]
                    for row in range(sheet.nrows)
                ]
                found.append(Document(name, "biff8", grid=rows))
            workbook.unload_sheet(name)
    except Exception as error:  # the reader raises whatever a damaged stream makes it
        locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableError("password_required" if locked else "damaged_file") from None
    return found


def _old_text(cell: Any, datemode: int) -> str:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, xldate

    if cell.ctype == XL_CELL_DATE:
        moment = xldate.xldate_as_datetime(cell.value, datemode)
        return cell_text(moment if moment.time() != time() else moment.date())
    if cell.ctype == XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    return "#" if cell.ctype == XL_CELL_ERROR else cell_text(cell.value)


def is_html(head: bytes) -> bool:
    """Whether the beginning of a text is a web page (banks save such pages as .xls)."""
    letters = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf")  # in whatever Unicode
    return _HTML.match(letters) is not None


def html_tables(content: Content) -> list[Document]:
    """The tables of a web page as grids, a cell over several columns in its first; scripts are never run."""
    found = decode(content.read())
    parser = _Tables()
    parser.feed(found.text)
    parser.close()
    return [Document("table", found.encoding, grid=rows, lossy=found.lossy) for rows in parser.tables if rows]


class _Tables(HTMLParser):
    """Collects the rows of each table; a table within a cell counts by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cells = 0
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._open[-1].append([])
            if len(self._open[-1]) > MAX_ROWS:
                raise UnreadableError("too_large")
        elif tag in ("td", "th") and self._open:
            rows = self._open[-1]
            if not rows:
                rows.append([])
            span = next((value for name, value in attrs if name == "colspan" and value), "1")
            width = min(int(span), MAX_COLUMNS) if span.isdecimal() and span.isascii() else 1
            self._at = len(rows[-1])
            rows[-1].extend([""] * max(1, width))
            self._cells += max(1, width)
            if self._cells > MAX_GRID_CELLS or len(rows[-1]) > MAX_COLUMNS:
                raise UnreadableError("too_large")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._inside = False
        elif tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and self._open and self._open[-1] and self._open[-1][-1]:
            self._open[-1][-1][self._at] += data


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
