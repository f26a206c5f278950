"""The printed answer: one A4 page, its sentence as text, in both languages, whatever stands on it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from planner import charts, text
from planner.report.sheet import Sheet, Table, a4_sheet

A4 = (595.3, 841.9)  # points


def sheet(rows: int = 8, small: int = 6) -> Sheet:
    plans = Table(
        ("方案", "现在每月", "养老金"),
        tuple((f"方案 {row}", "1,089 元", "1,850 元") for row in range(rows)),
        frozenset({1}),
    )
    return Sheet(
        person="王师傅",
        day="2026-11-24",
        sentence="你能一直缴到 60% 这一档，每月 1,089 元。",
        detail="Doing nothing gives about ¥220 a month.",
        plans=plans,
        pictures=(_picture(),),
        injury="有保障。",
        next_step="先查清楚",
        assumptions=tuple(f"assumption {number}" for number in range(small)),
        sources=tuple(f"document {number}" for number in range(small)),
    )


def _picture() -> bytes:
    from io import BytesIO

    out = BytesIO()
    charts.pension_by_plan([charts.PlanSpread("方案", (1, 2, 3, 4, 5), True)], charts.PAPER).savefig(out)
    return out.getvalue()


def words_of(made: bytes) -> tuple[int, tuple[float, float], str]:
    document = pypdfium2.PdfDocument(made)
    try:
        page = document[0]
        return len(document), page.get_size(), page.get_textpage().get_text_bounded()
    finally:
        document.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answer_is_one_a4_page_with_text_that_can_be_selected(qapp: object, language: str) -> None:
    text.use(language)
    pages, size, words = words_of(a4_sheet(sheet()))
    assert pages == 1
    assert size == pytest.approx(A4, abs=1)
    plain = words.replace("\r", "").replace("\n", "")
    assert "你能一直缴到 60% 这一档，每月 1,089 元。" in plain
    assert "王师傅" in plain
    assert "document 5" in plain
    heading = "The next step" if language == "en" else "下一步"
    assert heading in plain


def test_letters_that_share_their_glyph_with_an_older_sign_are_copied_as_themselves(qapp: object) -> None:
    """Of 214 radicals and their like, those that are words of their own: 月, 民, 马, 长; and the dash."""
    from dataclasses import replace

    line = "居民每月见长，马上金用父母方目门，422–483，车龙龟鸟鱼贝页风飞食"
    _pages, _size, words = words_of(a4_sheet(replace(sheet(), detail=line)))
    assert line in words.replace("\r", "").replace("\n", "")


def test_a_crowded_answer_still_fits_one_page(qapp: object) -> None:
    pages, _size, words = words_of(a4_sheet(sheet(rows=30, small=120)))
    assert pages == 1
    assert "方案 29" in words
    assert "your local social insurance office decides" in words.replace("\r\n", " ").replace("\n", " ")


def test_the_page_is_written_where_it_is_asked_for(qapp: object, tmp_path: Path) -> None:
    target = tmp_path / "答案.pdf"
    made = a4_sheet(sheet(), target)
    assert target.read_bytes() == made
    assert made.startswith(b"%PDF-")


def test_what_a_person_is_called_is_not_read_as_markup(qapp: object) -> None:
    from dataclasses import replace

    _pages, _size, words = words_of(a4_sheet(replace(sheet(), person="<b>Wang</b> & Co")))
    assert "<b>Wang</b> & Co" in words
