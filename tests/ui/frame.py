"""A page by itself in a window of usual size, which scrolls as the program's own does."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QScrollArea, QWidget


def framed(page: QWidget, qtbot: Any) -> None:
    """Show the page in a frame that lives as long as the page (`page.frame`)."""
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setWidget(page)
    frame.resize(1100, 900)
    qtbot.addWidget(frame)
    frame.show()
    page.frame = frame  # type: ignore[attr-defined]
