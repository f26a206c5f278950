"""The grid of covers: what can happen, and beside each other what every cover does about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner.policy import Pack
from planner.report import injury_words
from planner.report.injury_grid import COVERS, Cell, InjuryQuestion
from planner.text import _, yuan
from planner.ui.theme import Look
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import label, rule

TONES = {"yes": "good", "grey": "warn", "no": "danger"}
NARROW = 840  # pixels at 100 %: below this two covers stand beside each other instead of four


class CoverGrid(QWidget):
    """`asked` carries a cell whose "why" was opened."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._columns = 0
        self._heads: list[QWidget] = []
        self._rows: list[tuple[QWidget, QWidget, list[QWidget]]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_cells(self, rows: Mapping[str, tuple[Cell, ...]], question: InjuryQuestion, pack: Pack) -> None:
        """Fill the grid anew."""
        self._empty()
        some = next(iter(rows.values()))
        self._heads = [_Head(cell, question, pack, self) for cell in some]
        for event, cells in rows.items():
            words = label(injury_words.event_name(event, question), "heading")
            self._rows.append((rule(), words, [_CellView(cell, pack, self.asked.emit) for cell in cells]))
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Four covers beside each other, or two where there is little room."""
        columns = len(COVERS) if self.width() >= self._look.px(NARROW) else 2
        if columns == self._columns or not self._rows:
            return
        self._columns = columns
        wide = columns == len(COVERS)
        for place, head in enumerate(self._heads):
            self._grid.addWidget(head, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        line = -(-len(self._heads) // columns)
        for above, words, cells in self._rows:
            self._grid.addWidget(above, line, 0, 1, columns)
            self._grid.addWidget(words, line + 1, 0, 1, columns)
            line += 2
            for place, cell in enumerate(cells):
                assert isinstance(cell, _CellView)
                cell.name.setVisible(not wide)
                self._grid.addWidget(cell, line + place // columns, place % columns)
            line += -(-len(cells) // columns)
        for column in range(len(COVERS)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _empty(self) -> None:
        parts: list[QWidget] = [*self._heads]
        for above, words, cells in self._rows:
            parts += [above, words, *cells]
        for part in parts:
            self._grid.removeWidget(part)
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._heads, self._rows = [], []


class _Head(QWidget):
    """A cover's name, who pays for it, what it costs."""

    def __init__(self, cell: Cell, question: InjuryQuestion, pack: Pack, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(injury_words.cover_name(cell.cover), "heading"))
        column.addWidget(label(injury_words.cost_words(cell), "field"))
        if cell.cover == "accident":
            column.addWidget(label(injury_words.policy_shown(cell, question, pack)))
        column.addWidget(label(_(injury_words.COVER_NOTES[cell.cover]), "small"))
        column.addStretch(1)


class _CellView(QFrame):
    """One cover's answer to one event."""

    def __init__(self, cell: Cell, pack: Pack, asked: Callable[[Cell], None]) -> None:
        super().__init__()
        self.cell = cell
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(5)
        self.name: QLabel = label(injury_words.cover_name(cell.cover), "field")
        column.addWidget(self.name)
        if cell.cover != "nothing" and cell.missing is None:
            column.addWidget(Badge(_(injury_words.VERDICTS[cell.covered]), TONES[cell.covered]))
        if cell.lump:
            amount = label(_("{amount} at once", amount=yuan(cell.lump)), "field")
            column.addWidget(amount)
        for line in injury_words.cell_lines(cell):
            column.addWidget(label(line, selectable=True))
        if cell.stays is not None:
            column.addWidget(label(injury_words.stays_words(cell), "field"))
        elif cell.cover == "nothing":
            column.addWidget(label(_("Everything stays with you and your family."), "text"))
        for line in injury_words.cell_doubts(cell, pack):
            column.addWidget(label(line, "small"))
        if cell.result is not None:
            button = QPushButton(_("Why"))
            button.setProperty("tone", "plain")
            button.setAccessibleName(
                _(
                    "Why: {cover}, {event}",
                    cover=injury_words.cover_name(cell.cover),
                    event=_(injury_words.EVENT_NAMES[cell.event]),
                )
            )
            button.clicked.connect(lambda: asked(cell))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.button = button
        column.addStretch(1)
