"""The answer as one A4 page: words and numbers already chosen, laid out, and small enough to fit."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QRawFont,
    QTextDocument,
)

from planner import paths
from planner.text import _, language

FACES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC")
MARGIN = 14.0  # millimetres
DOTS_PER_INCH = 300
LARGEST, SMALLEST, STEP = 10.6, 6.0, 0.2  # points of the body text; the largest that fits one page is used
SHAPES = ("liga", "ccmp", "calt", "locl")  # letter forms that a reader could not copy as what they mean
_ACCENT, _MUTED, _SOFT, _LINE = "#0a6a58", "#52605a", "#e6f3ef", "#c9d2cd"


@dataclass(frozen=True)
class Table:
    """`strong` rows are printed bold; the first column is words, the others are set right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """Everything on the page, in the language in use; an empty part is left out."""

    person: str
    day: str
    sentence: str
    detail: str = ""
    plans: Table | None = None
    plans_note: str = ""
    pictures: tuple[bytes, ...] = ()
    injury: str = ""
    injury_lines: tuple[str, ...] = ()
    next_step: str = ""
    next_lines: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


def a4_sheet(sheet: Sheet, target: Path | None = None) -> bytes:
    """The sheet as a PDF of exactly one page; also written to `target` if one is given."""
    application()
    buffer = QByteArray()
    device = QBuffer(buffer)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(_("Wenbao: {person}, {day}", person=sheet.person, day=sheet.day))
    writer.setCreator("Wenbao")
    page = writer.pageLayout().paintRectPixels(DOTS_PER_INCH)
    document = _fitting(sheet, QSizeF(page.width(), page.height()))
    painter = QPainter(writer)
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, "#16211d")
    context.palette = palette
    document.documentLayout().draw(painter, context)
    painter.end()
    device.close()
    raw = QRawFont.fromFont(document.defaultFont())
    made = with_plain_letters(bytes(buffer.data()), document.toPlainText(), raw)
    if target is not None:
        target.write_bytes(made)
    return made


def with_plain_letters(made: bytes, words: str, font: QRawFont) -> bytes:
    """Name each glyph by the letter that stands in `words`.

    Some letters share their glyph with an older sign (月 and 民 with signs of the radicals, the dash with
    another dash); Qt names the glyph by the lower code, and copying or searching the letter would then fail.
    The table of names is plain text in the file.
    """
    letters: dict[int, str] = {}
    for letter in sorted(set(words)):
        if (glyph := _glyph(font, letter)) is not None:
            letters.setdefault(glyph, letter)

    def plain(code: re.Match[bytes]) -> bytes:
        letter = chr(int(code[1], 16))
        glyph = None if letter in words else _glyph(font, letter)
        known = letters.get(glyph) if glyph is not None else None
        return b"<%04X>" % ord(known) if known is not None and ord(known) <= _LAST_CODE else code[0]

    def named(table: re.Match[bytes]) -> bytes:
        return _CODE.sub(plain, table[0])

    return _NAMES.sub(named, made)


def _glyph(font: QRawFont, letter: str) -> int | None:
    """The number of the letter's glyph; None where the font has none for it."""
    found = font.glyphIndexesForString(letter)
    return found[0] if found and found[0] else None


_LAST_CODE = 0xFFFF  # what four hexadecimal digits can say
_NAMES = re.compile(rb"\[(?:<[0-9A-F]{4}> ?)+\]")
_CODE = re.compile(rb"<([0-9A-F]{4})>")


def application() -> QGuiApplication:
    """The application that fonts need; made here for the command line, where no window exists."""
    found = QGuiApplication.instance()
    if isinstance(found, QGuiApplication):
        return found
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(["wenbao"])


def _fitting(sheet: Sheet, page: QSizeF) -> QTextDocument:
    """The document in the largest letters with which it fits; small print goes before anything is cut."""
    points = LARGEST
    while True:
        document = _document(sheet, page, points)
        if document.size().height() <= page.height():
            return document
        if points > SMALLEST:
            points -= STEP
        elif (shorter := _shorter(sheet)) is not None:
            sheet = shorter
        else:
            return document


def _shorter(sheet: Sheet) -> Sheet | None:
    """The sheet without the last of its least needed lines; None where nothing can be spared."""
    if len(sheet.sources) > 1:
        return replace(sheet, sources=sheet.sources[:-1])
    if len(sheet.assumptions) > 1:
        return replace(sheet, assumptions=sheet.assumptions[:-1])
    if sheet.pictures:
        return replace(sheet, pictures=sheet.pictures[:-1])
    if len(sheet.next_lines) > 1:
        return replace(sheet, next_lines=sheet.next_lines[:-1])
    if sheet.plans is not None and len(sheet.plans.rows) > 1:
        rows = sheet.plans.rows[:-1]
        return replace(sheet, plans=replace(sheet.plans, rows=rows))
    return None


def _document(sheet: Sheet, page: QSizeF, points: float) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    pixels = points * DOTS_PER_INCH / 72
    font = QFont()
    font.setFamilies([face()])
    font.setPixelSize(round(pixels))
    for feature in SHAPES:
        font.setFeature(QFont.Tag(feature), 0)
    document.setDefaultFont(font)
    for number, picture in enumerate(sheet.pictures):
        image = QImage.fromData(picture)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"picture{number}.png"), image)
    document.setDefaultStyleSheet(_style(pixels))
    document.setHtml(_html(sheet, page.width(), pixels))
    document.setTextWidth(page.width())
    return document


def face() -> str:
    """The first Chinese face that is here, by name; a packaged build brings its own."""
    families: list[str] = []
    for file in paths.shipped_fonts():
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if families:
        return families[0]
    return next((name for name in FACES if QFontDatabase.hasFamily(name)), "")


def _style(pixels: float) -> str:
    sizes: dict[str, Any] = {
        "small": round(pixels * 0.82),
        "tiny": round(pixels * 0.72),
        "head": round(pixels * 1.12),
        "answer": round(pixels * 1.42),
        "name": round(pixels * 1.15),
    }
    return (
        f"p {{ margin: 0; }} .muted {{ color: {_MUTED}; font-size: {sizes['small']}px; }}"
        f" .tiny {{ color: {_MUTED}; font-size: {sizes['tiny']}px; }}"
        f" .head {{ font-size: {sizes['head']}px; font-weight: 700; color: {_ACCENT}; }}"
        f" .answer {{ font-size: {sizes['answer']}px; font-weight: 700; }}"
        f" .name {{ font-size: {sizes['name']}px; font-weight: 700; color: {_ACCENT}; }}"
        f" .cell {{ font-size: {sizes['small']}px; }}"
        f" .th {{ font-size: {sizes['small']}px; color: {_MUTED}; }}"
    )


def _html(sheet: Sheet, width: float, pixels: float) -> str:
    gap = round(pixels * 0.7)
    parts = [
        f'<table width="100%"><tr><td class="name">{_safe(sheet.words.get("title", _("Wenbao")))}</td>'
        f'<td align="right" class="muted">{_safe(sheet.person)} · {_safe(sheet.day)}</td></tr></table>',
        f'<table width="100%" cellpadding="{gap}" bgcolor="{_SOFT}"><tr><td>'
        f'<p class="answer">{_safe(sheet.sentence)}</p>'
        + (f'<p style="margin-top:{gap // 2}px">{_safe(sheet.detail)}</p>' if sheet.detail else "")
        + "</td></tr></table>",
    ]
    if sheet.plans is not None:
        parts += [_head(_("What the plans cost and give"), gap), _table(sheet.plans, gap)]
        if sheet.plans_note:
            parts.append(f'<p class="muted" style="margin-top:{gap // 3}px">{_safe(sheet.plans_note)}</p>')
    for number in range(len(sheet.pictures)):
        parts.append(
            f'<p style="margin-top:{gap}px"><img src="picture{number}.png" width="{round(width)}"></p>'
        )
    if sheet.injury:
        parts += [_head(_("If you are hurt at work"), gap), f"<p>{_safe(sheet.injury)}</p>"]
        parts += [_line(line) for line in sheet.injury_lines]
    if sheet.next_step:
        parts += [_head(_("The next step"), gap), f"<p><b>{_safe(sheet.next_step)}</b></p>"]
        parts += [_line(line) for line in sheet.next_lines]
    if sheet.assumptions:
        parts.append(_small(_("What was assumed"), sheet.assumptions, gap))
    if sheet.sources:
        parts.append(_small(_("Documents behind the numbers"), sheet.sources, gap))
    parts.append(
        f'<p class="tiny" style="margin-top:{gap}px">'
        + _safe(
            _(
                "Worked out on the person's own computer. A help for deciding, not a decision of any office; "
                "your local social insurance office decides."
            )
        )
        + "</p>"
    )
    return f'<html lang="{"zh-CN" if language() == "zh" else "en"}"><body>{"".join(parts)}</body></html>'


def _head(words: str, gap: int) -> str:
    return f'<p class="head" style="margin-top:{gap}px; margin-bottom:{gap // 4}px">{_safe(words)}</p>'


def _line(words: str) -> str:
    return f'<p class="cell">{_safe(words)}</p>'


def _small(words: str, lines: Sequence[str], gap: int) -> str:
    joined = " · ".join(_safe(line) for line in lines)
    return f'<p class="tiny" style="margin-top:{gap}px"><b>{_safe(words)}</b> {joined}</p>'


def _table(table: Table, gap: int) -> str:
    pad = max(2, gap // 4)
    rows = [_row(table.header, "th", False)]
    rows += [_row(row, "cell", place in table.strong) for place, row in enumerate(table.rows)]
    return (
        f'<table width="100%" cellspacing="0" cellpadding="{pad}" border="1" '
        f'style="border-collapse:collapse; border-color:{_LINE}; border-style:solid">{"".join(rows)}</table>'
    )


def _row(cells: Sequence[str], kind: str, strong: bool) -> str:
    made = []
    for place, cell in enumerate(cells):
        words = f"<b>{_safe(cell)}</b>" if strong else _safe(cell)
        made.append(f'<td class="{kind}" align="{"left" if place == 0 else "right"}">{words}</td>')
    colour = f' bgcolor="{_SOFT}"' if strong else ""
    return f"<tr{colour}>{''.join(made)}</tr>"


def _safe(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")
