"""A sample changed in ways that keep its meaning gives the same numbers.

Columns in another order, more columns, a longer preamble, other encodings and line ends, re-saved by a
spreadsheet program, zipped with a password, cut into two overlapping exports.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pyzipper

from planner.earnings import ImportReport, read_file, read_files
from planner.earnings.document import Content, Document, Header
from planner.earnings.encoding import decode

DATA = Path(__file__).resolve().parent.parent / "data"
NUMBERS = (
    *("data_rows", "income_rows", "refund_rows", "expense_rows", "neutral_rows", "fee_rows", "ignored_rows"),
    *("income_sum", "refund_sum", "fee_sum", "first_date", "last_date", "monthly_income", "error"),
)
NOT_TABLES = frozenset({"ofx", "qif", "mt940", "iit_tax_record_pdf_text"})


def _expected() -> list[tuple[Path, dict[str, Any]]]:
    return [
        (folder / case["file"], case)
        for folder in (
            listed.parent
            for place in ("samples", "marketplaces", "variants")
            for listed in sorted((DATA / place).rglob("expected.json"))
        )
        for case in json.loads((folder / "expected.json").read_text("utf-8"))["files"]
    ]


TEXTS = [(path, case) for path, case in _expected() if path.suffix not in (".xlsx", ".xls")]
TABLES = [(path, case) for path, case in TEXTS if case["format"] not in NOT_TABLES]
of_texts = pytest.mark.parametrize(("path", "case"), TEXTS, ids=[path.name for path, _case in TEXTS])
of_tables = pytest.mark.parametrize(("path", "case"), TABLES, ids=[path.name for path, _case in TABLES])


def text_of(path: Path) -> str:
    return decode(path.read_bytes()).text.removeprefix("\ufeff").replace("\r\n", "\n")


def same(path: Path, case: dict[str, Any], **options: Any) -> None:
    answer = read_file(path, **options).as_json()
    compared = [name for name in NUMBERS if name in case]
    assert {name: answer[name] for name in compared} == {name: case[name] for name in compared}


def table_of(path: Path) -> tuple[Header, list[list[str]], list[str]]:
    """The header that the reader goes by, the rows from it on, and the lines above it."""
    text = text_of(path)
    document = Document(path.name, content=Content(text.encode()))
    format_of = read_file(path)
    first = min(entry.line for entry in format_of.entries)
    header = max(
        (head for head in document.heads if head.row < first - 1 or len(document.heads) == 1),
        key=lambda head: (len(head.columns), -head.row),
    )
    lines = text.split("\n")
    rows = list(csv.reader(io.StringIO("\n".join(lines[header.row :])), delimiter=header.delimiter))
    return header, rows, lines[: header.row]


def written(header: Header, rows: list[list[str]], above: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=header.delimiter, lineterminator="\n").writerows(row for row in rows if row)
    return ("\n".join([*above, out.getvalue()])).encode()


def rearranged(path: Path, change: Callable[[list[str], int], list[str]]) -> bytes:
    header, rows, above = table_of(path)
    width = len(rows[0])
    full = []
    for number, row in enumerate(rows):
        is_payment = sum(map(bool, row)) > 2 and not any(row[width:])
        full.append(change([*row, *[""] * (width - len(row))][:width], number) if is_payment else row)
    return written(header, full, above)


@of_tables
@pytest.mark.parametrize("seed", range(3))
def test_columns_in_another_order(tmp_path, path, case, seed):
    width = len(table_of(path)[1][0])
    order = random.Random(seed).sample(range(width), width)
    target = tmp_path / "bill.csv"
    target.write_bytes(rearranged(path, lambda row, _number: [row[place] for place in order]))
    same(target, case)


@of_tables
def test_more_columns_and_a_longer_preamble(tmp_path, path, case):
    target = tmp_path / "bill.csv"
    changed = rearranged(
        path, lambda row, number: ["extra" if not number else "x1", *row, "more" if not number else "7.5"]
    )
    target.write_bytes(b"A note of the person's own\n\nanother one\n" + changed)
    same(target, case)


@of_texts
@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_line_ends(tmp_path, path, case, ends):
    target = tmp_path / "bill.txt"
    target.write_bytes(text_of(path).replace("\n", ends).encode())
    same(target, case)


@of_texts
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings(tmp_path, path, case, encoding):
    text = text_of(path)
    if encoding == "gb18030" and not any("\u4e00" <= letter <= "\u9fff" for letter in text[:4000]):
        pytest.skip("no Chinese words: nobody's program writes it so")
    target = tmp_path / "bill.csv"
    target.write_bytes(text.encode(encoding))
    same(target, case)


@of_tables
def test_saved_again_by_a_spreadsheet(tmp_path, path, case):
    header, rows, above = table_of(path)
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for line in above:
        sheet.append([line])
    for row in rows:
        sheet.append(row)
    workbook.save(tmp_path / "bill.xlsx")
    same(tmp_path / "bill.xlsx", case)
    quoted = io.StringIO()
    csv.writer(quoted, delimiter=header.delimiter, quoting=csv.QUOTE_ALL).writerows(
        row for row in rows if row
    )
    (tmp_path / "bill.csv").write_bytes(("\n".join([*above, quoted.getvalue()])).encode("utf-8-sig"))
    same(tmp_path / "bill.csv", case)


def as_typed(cell: str) -> str | float | datetime | time | None:
    """What a spreadsheet makes of a cell of text: numbers (long ones damaged), days, times, or text."""
    text = cell.strip().lstrip("¥￥")
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if match := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?", text):
        with suppress(ValueError):
            return datetime(*(int(part or 0) for part in match.groups()))  # noqa: DTZ001
    if match := re.fullmatch(r"([01]?\d|2[0-3]):(\d{2})(?::(\d{2}))?", text):
        return time(*(int(part or 0) for part in match.groups()))
    return cell.strip() or None


def as_number(cell: Any) -> Any:
    """A day or a time as the number that it is in a cell without a format."""
    if isinstance(cell, datetime):
        return (cell - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second) / timedelta(days=1)
    return cell


@of_tables
@pytest.mark.parametrize("with_formats", [True, False])
def test_cells_that_a_spreadsheet_turned_into_numbers_and_days(tmp_path, path, case, with_formats):
    _header, rows, above = table_of(path)
    workbook = openpyxl.Workbook()
    for line in above:
        workbook.active.append([line])
    for row in rows:
        typed = map(as_typed, row)
        workbook.active.append(list(typed if with_formats else map(as_number, typed)))
    workbook.save(tmp_path / "bill.xlsx")
    same(tmp_path / "bill.xlsx", case)


@of_texts
@pytest.mark.parametrize("encryption", [None, pyzipper.WZ_AES])
def test_zipped_with_a_password(tmp_path, path, case, encryption):
    target = tmp_path / "bill.zip"
    with pyzipper.AESZipFile(
        target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=encryption
    ) as archive:
        if encryption:
            archive.setpassword(b"123456")
        archive.writestr(path.name, path.read_bytes())
    if encryption:
        assert read_file(target).error == "password_required"
    same(target, case, password="123456")


@of_tables
def test_two_overlapping_exports_are_one_history(tmp_path, path, case):
    header, rows, above = table_of(path)
    kept = 2 if "settlement" in case["format"] else 1  # the row that names a settlement's currency
    third = max(1, (len(rows) - kept) // 3)
    for name, part in (("first", rows[kept : kept + 2 * third]), ("second", rows[kept + third :])):
        (tmp_path / f"{name}.csv").write_bytes(written(header, [*rows[:kept], *part], above))
    whole = ImportReport((read_file(path),))
    halves = ImportReport(tuple(read_files([tmp_path / "first.csv", tmp_path / "second.csv"])))
    turned = ImportReport(tuple(read_files([tmp_path / "second.csv", tmp_path / "first.csv"])))
    assert {(entry.source, entry.key) for entry in halves.entries} == {
        (entry.source, entry.key) for entry in whole.entries
    }
    assert halves.entries == turned.entries
