"""Qt's own words follow the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox

from planner.ui import qt_words


def _cancel() -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.buttons()[0].text().replace("&", "")


def test_standard_buttons_speak_chinese_and_english_again(qapp: QCoreApplication) -> None:
    assert qt_words.use("zh")
    chinese = _cancel()
    assert qt_words.use("en")
    assert (chinese, _cancel()) == ("取消", "Cancel")
