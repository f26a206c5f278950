"""Charts: Chinese letters and no boxes, colours that can be told apart, text that stays text on paper."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from planner import charts, text
from planner.charts.style import Margins, new_figure, prepare, short_number

WORDS = "稳保养老金方案断缴职业伤害保障元￥¥月年岁，。：（）一二三〇"


def test_a_chinese_face_is_chosen_by_name_and_has_every_letter_used() -> None:
    name = charts.chinese_font()
    assert name, "install fonts-noto-cjk"
    file = font_manager.findfont(font_manager.FontProperties(family=name), fallback_to_default=False)
    index = next((f.index for f in font_manager.fontManager.ttflist if f.name == name and f.fname == file), 0)
    letters = FT2Font(file, face_index=index).get_charmap()
    assert not [letter for letter in WORDS if ord(letter) not in letters]


def test_the_simplified_face_is_taken_not_the_japanese_one() -> None:
    assert "JP" not in charts.chinese_font()
    assert "SC" in charts.chinese_font() or "YaHei" in charts.chinese_font()


def test_text_in_a_pdf_stays_text() -> None:
    prepare()
    assert mpl.rcParams["pdf.fonttype"] == 42


@pytest.mark.parametrize("style", [charts.LIGHT, charts.DARK])
def test_words_stand_out_from_their_ground(style: charts.Style) -> None:
    for colour in (style.text, style.muted, style.accent, style.worst):
        assert _contrast(colour, style.surface) >= 4.5


@pytest.mark.parametrize("style", [charts.LIGHT, charts.DARK])
def test_series_colours_are_seen_on_their_ground(style: charts.Style) -> None:
    for colour in style.series:
        assert _contrast(colour, style.surface) >= 3.0


def test_panels_keep_their_distance_from_the_edges_at_every_size() -> None:
    figure, (panel,) = new_figure(charts.LIGHT)
    engine = figure.get_layout_engine()
    assert isinstance(engine, Margins)
    for width in (4.0, 9.0, 14.0):
        figure.set_size_inches(width, 3.0)
        engine.execute(figure)
        assert panel.get_position().x0 * width == pytest.approx(engine.left)


def test_short_numbers_count_by_thousands_in_english_and_ten_thousands_in_chinese() -> None:
    assert [short_number(value) for value in (800, 63_700, 1_164_780)] == ["800", "63.7k", "1.16m"]
    text.use("zh")
    assert [short_number(value) for value in (800, 63_700, 1_164_780)] == ["800", "6.4万", "116.5万"]


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        line = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
