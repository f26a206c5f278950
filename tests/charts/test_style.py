"""Charts: Chinese letters and no boxes, colours that can be told apart, text that stays text on paper."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from planner import charts, text
from planner.charts.style import (
    columns_of_key,
    figure_key,
    heading,
    in_lines,
    margins_of,
    new_figure,
    prepare,
    short_number,
)

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
    for width in (4.0, 9.0, 14.0):
        figure.set_size_inches(width, 3.0)
        margins_of(panel).execute(figure)
        assert panel.get_position().x0 * width * 72 == pytest.approx(4.6 * charts.LIGHT.points)


def test_a_narrow_figure_has_smaller_letters_and_a_wide_one_its_own_again() -> None:
    figure, (panel,) = new_figure(charts.LIGHT, least=20.0)
    heading(panel, "Pension", charts.LIGHT)
    margins = margins_of(panel)
    for width, smaller in ((9.0, False), (2.0, True), (9.0, False)):
        figure.set_size_inches(width, 3.0)
        margins.execute(figure)
        assert (margins.ratio < 1) is smaller
        size = panel.get_xticklabels()[0].get_fontsize()
        assert size == pytest.approx(charts.LIGHT.points * margins.ratio, rel=0.02)
        assert panel.get_position().width * width / margins.letter > 19


def test_headings_and_key_take_the_lines_that_the_width_asks_for() -> None:
    figure, panels = new_figure(charts.LIGHT, 2)
    for panel in panels:
        heading(panel, "Left each month after needs and payment", charts.LIGHT)
        panel.plot([0, 1], [0, 1], label="the middle of all futures")
    figure_key(panels[0], [*panels[0].lines, *panels[1].lines], charts.LIGHT)
    margins = margins_of(panels[0])
    heights = []
    for width in (12.0, 4.0):
        figure.set_size_inches(width, 4.0)
        margins.execute(figure)
        heights.append(panels[0].get_position().height)
    assert heights[1] < heights[0]
    assert margins.key is not None
    assert margins.key.columns == 1
    assert all("\n" in title.get_text() for title, _words in margins.headings)


def test_a_key_has_the_columns_that_fit() -> None:
    labels = ["方案" * 3, "方案", "方案", "方案"]  # 6 letters and three of 2, each with its mark
    assert [columns_of_key(labels, across) for across in (30.0, 24.0, 20.0, 13.0)] == [4, 3, 2, 1]


def test_lines_break_at_spaces_and_chinese_before_no_stop() -> None:
    assert in_lines("Left each month", 6.0) == ["Left each", "month"]
    assert in_lines("花完必需，交完", 4.0) == ["花完必", "需，交完"]
    assert in_lines("方案", 1.0) == ["方", "案"]


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
