"""Words on a card: as tall as they need, measured once at a width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel

from planner.ui.widgets.card import label

WIDTHS = (80, 200, 400)
LONG = "缴费基数 × 缴费比例 + 另加固定金额，四舍五入到分；" * 6


@pytest.fixture
def plain(qapp: QApplication) -> Iterator[QLabel]:
    """The same words in a label that remembers nothing."""
    made = QLabel(LONG)
    made.setWordWrap(True)
    yield made
    made.deleteLater()


def heights(one: QLabel) -> list[int]:
    return [one.heightForWidth(width) for width in WIDTHS]


def test_a_label_is_as_tall_as_its_words_after_every_change(plain: QLabel) -> None:
    words = label(LONG)
    assert heights(words) == heights(plain)
    assert heights(words) == heights(plain), "asked again"
    for one in (words, plain):
        one.setText(LONG * 3)
    assert heights(words) == heights(plain)
    before = heights(words)
    large = QFont(plain.font())
    large.setPointSizeF(plain.font().pointSizeF() * 2)
    for one in (words, plain):
        one.setFont(large)
    assert heights(words) == heights(plain) != before


def test_words_are_measured_once_at_a_width(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Layouts within layouts ask every label at each of several widths, again at every level."""
    measured: list[int] = []
    really = QLabel.heightForWidth

    def measuring(one: QLabel, width: int) -> int:
        measured.append(width)
        return really(one, width)

    monkeypatch.setattr(QLabel, "heightForWidth", measuring)
    words = label(LONG, selectable=True)
    for _time in range(3):
        heights(words)
    assert measured == list(WIDTHS)
