"""Large figures beside each other with a few words under each, whose values change often."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.ui.widgets.card import label
from planner.ui.widgets.columns import Columns


class FigureRow(Columns):
    """Keeps its labels, so that a figure can change many times a second."""

    def __init__(self, most: int = 4) -> None:
        super().__init__(most, across=24, down=12)
        self._pairs: list[tuple[QLabel, QLabel]] = []

    def set_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Pairs of a large figure and the words under it; always as many as the first time."""
        if not self._pairs:
            self.set_parts([self._make() for _figure in figures])
        for (figure, words), (value, said) in zip(self._pairs, figures, strict=True):
            figure.setText(value)
            words.setText(said)
            figure.setAccessibleName(f"{value} {said}")

    @property
    def text(self) -> str:
        """What the row says."""
        return "\n".join(f"{figure.text()} {words.text()}" for figure, words in self._pairs)

    def _make(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        figure, words = label(role="figure"), label(role="muted")
        figure.setWordWrap(False)
        column.addWidget(figure)
        column.addWidget(words)
        column.addStretch(1)
        self._pairs.append((figure, words))
        return holder
