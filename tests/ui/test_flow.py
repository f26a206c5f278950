"""A row that flows: one line where there is room, more where there is not, never wider than it must."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.widgets.flow import FlowRow


def test_controls_go_to_the_next_line_where_the_width_ends(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    holder = QWidget(window)
    row = FlowRow(holder)
    buttons = [QPushButton(words) for words in ("one", "another one", "the third")]
    for button in buttons:
        row.addWidget(button)
    holder.resize(row.sizeHint().width(), 200)
    window.show()
    assert len({button.y() for button in buttons}) == 1
    one_line = row.heightForWidth(holder.width())
    widest = max(button.sizeHint().width() for button in buttons)
    holder.resize(widest, 200)
    row.activate()
    assert len({button.y() for button in buttons}) == 3
    assert row.heightForWidth(widest) > 2 * one_line
    assert row.minimumSize().width() <= widest
    buttons[1].hide()
    row.invalidate()
    assert row.heightForWidth(widest) < 3 * one_line
