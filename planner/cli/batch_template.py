"""An empty roster with every heading and what to write below it, as CSV or workbook."""

from __future__ import annotations

import io
from pathlib import Path

from planner.casework.columns import COLUMNS
from planner.cli.batch_files import line_of
from planner.text import _
from planner.values import InputError, Month, mark

_MONTHS = 3  # columns of single months that show how they are named
_WIDTH = 16


def template(target: Path, this_month: Month) -> bytes:
    """The file's bytes; the kind follows the name."""
    if target.suffix.casefold() == ".xlsx":
        return _workbook(this_month)
    if target.suffix.casefold() == ".csv":
        return _csv(this_month)
    raise InputError("bad_choice", mark("The template is a .csv or an .xlsx file."), field="template")


def _headings(this_month: Month) -> list[str]:
    months = [str(this_month + back) for back in range(-_MONTHS, 0)]
    return [*(_(column.title) for column in COLUMNS), *months]


def _explained() -> list[tuple[str, str, str]]:
    lines = [(_(column.title), _(column.about), column.example) for column in COLUMNS]
    lines.append(
        (
            "2026-01 …",
            _("The income of that month in yuan; add a column for each month. Minus for a loss."),
            "6500",
        )
    )
    return lines


def _privacy() -> str:
    return _(
        "No identity card, telephone or bank card numbers: they are not needed and are not read. Lines that "
        "begin with # are passed over."
    )


def _csv(this_month: Month) -> bytes:
    out = io.StringIO()
    out.write(line_of(_headings(this_month)))
    out.write(line_of([f"# {_privacy()}"]))
    for title, about, example in _explained():
        out.write(line_of([f"# {title}: {about}" + (f" ({example})" if example else "")]))
    return out.getvalue().encode("utf-8-sig")


def _workbook(this_month: Month) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("Members")
    headings = _headings(this_month)
    sheet.append(headings)
    for at in range(1, len(headings) + 1):
        sheet.cell(1, at).font = Font(bold=True)
        sheet.cell(1, at).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
    sheet.freeze_panes = "C2"
    help_sheet = book.create_sheet(_("How to fill in"))
    help_sheet.append([_("Column"), _("What to write"), _("Example")])
    for line in _explained():
        help_sheet.append(list(line))
    help_sheet.append([])
    help_sheet.append(["", _privacy()])
    for letter, width in (("A", 28), ("B", 90), ("C", 18)):
        help_sheet.column_dimensions[letter].width = width
    for row in help_sheet.iter_rows():
        for cell in row:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in help_sheet[1]:
        cell.font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
