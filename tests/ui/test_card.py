"""Words on a card: as tall as they need, measured once at a width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.theme import Look
from planner.ui.widgets.card import Wrapping, label
from planner.ui.widgets.why import WhyPanel
from planner.values import Confidence, Source, Step
from tests.ui.frame import framed

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


def test_opening_why_lays_out_once_however_many_steps(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(
        "人社部发〔2021〕110号", "https://www.mohrss.gov.cn/", Confidence.SOURCED, date(2026, 11, 22)
    )
    step = Step("contribution.monthly", "base * rate", {"base": 5000, "rate": 2}, 10000, source)
    asked = 0
    really = Wrapping.heightForWidth

    def counted(one: Wrapping, width: int) -> int:
        nonlocal asked
        asked += 1
        return really(one, width)

    monkeypatch.setattr(Wrapping, "heightForWidth", counted)

    def questions(steps: int) -> float:
        nonlocal asked
        page, panel = QWidget(), WhyPanel(Look("light", 100))
        column = QVBoxLayout(page)
        column.addWidget(panel)
        panel.set_steps([step] * steps)
        framed(page, qtbot)
        QApplication.processEvents()
        asked = 0
        panel.open()
        QApplication.processEvents()
        assert sum(one.isVisible() for one in panel.card.findChildren(Wrapping)) == 6 * steps
        return asked / steps

    assert questions(16) < 2 * questions(4)
