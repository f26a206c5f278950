"""Words and controls: beside each other while there is room, else below, and back again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from planner import text
from planner.ui.main_window import MainWindow
from planner.ui.widgets.card import label
from planner.ui.widgets.turning_row import TurningRow
from tests.ui.conftest import FOUR_ANSWERS
from tests.ui.frame import framed


def test_a_row_turns_where_its_words_would_become_a_narrow_column(qtbot: Any) -> None:
    row = TurningRow()
    button, words = QPushButton("Make this my plan"), label("Only noted on this computer. " * 3)
    row.add(button)
    row.add(words, stretches=True)
    framed(row, qtbot)
    for wide, is_row in ((900, True), (200, False), (900, True)):
        row.frame.resize(wide, 200)
        QApplication.processEvents()
        assert row.is_row is is_row
        assert words.width() >= min(wide, 16 * words.fontMetrics().averageCharWidth())
    assert row.minimumSizeHint().width() < button.sizeHint().width() + 60


@pytest.mark.parametrize("language", ["zh", "en"])
def test_my_situation_and_people_fit_the_smallest_window_in_the_largest_letters(
    window: MainWindow, language: str
) -> None:
    window.resize(760, 560)
    window.set_scale(200)
    window.set_language(language)
    for answers in ({}, FOUR_ANSWERS):
        window.workspace.save_answers(answers)
        for page in ("my_situation", "people"):
            window.open_page(page)
            QApplication.processEvents()
            assert window._frames[page].horizontalScrollBar().maximum() == 0
    window.set_scale(100)
    assert text.language() == language
