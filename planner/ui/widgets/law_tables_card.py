"""The tables of the law and of the assumptions: one at a time, a row in full below with its document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from planner.policy import Pack, Row
from planner.report import law_tables
from planner.text import _, plural
from planner.ui.widgets.card import Card, clear, label
from planner.ui.widgets.number_table import NumberTable
from planner.ui.widgets.pick_field import PickField
from planner.ui.widgets.why import SourceLine
from planner.ui.words import Words
from planner.values import Origin, mark

VISIBLE_ROWS = 8


class LawTablesCard(Card):
    """Every table when nothing is searched, else those that have rows the words are about."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        heading = label(role="heading")
        words.tell(heading.setText, mark("Tables of the law and of our assumptions"))
        self.body.addWidget(heading)
        self.pick = PickField(words, mark("Which table?"))
        self.pick.edited.connect(self._picked)
        self.body.addWidget(self.pick)
        self.count = label(role="muted")
        self.body.addWidget(self.count)
        self.table = NumberTable()
        words.tell(self.table.setAccessibleName, mark("Rows of the table"))
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._row_chosen(now.row())
        )
        self.body.addWidget(self.table)
        self._behind = QVBoxLayout()
        self._behind.setSpacing(6)
        self.body.addLayout(self._behind)
        self._pack: Pack | None = None
        self._name = ""
        self._rows: tuple[Row, ...] = ()
        self._found: tuple[Row, ...] | None = None

    def show_pack(self, pack: Pack, found: Sequence[Row] | None = None) -> None:
        """All tables of a pack, or only the rows that a search found; hidden where it found none."""
        self._pack, self._found = pack, None if found is None else tuple(found)
        names = [
            name for name in law_tables.TABLES if found is None or any(row.table == name for row in found)
        ]
        self.setVisible(bool(names))
        if names:
            self._name = self._name if self._name in names else names[0]
            self.pick.set_choices([(name, law_tables.title(name)) for name in names], self._name)
            self._fill()

    def show_row(self, origin: Origin) -> None:
        """One row of one table, chosen and in full."""
        assert self._pack is not None
        self._name = origin.key
        self.show_pack(self._pack)
        at = next((at for at, row in enumerate(self._rows) if row.line == origin.line), -1)
        if at >= 0:
            self.table.selectRow(at)
            self.table.scrollTo(self.table.model().index(at, 0))

    def _picked(self, name: object) -> None:
        self._name = str(name)
        self._fill()

    def _fill(self) -> None:
        pack = self._pack
        assert pack is not None
        clear(self._behind)
        shown = law_tables.rows(pack, self._name)
        if self._found is not None:
            wanted = {row.line for row in self._found if row.table == self._name}
            shown = tuple(row for row in shown if row.line in wanted)
        self._rows = shown
        self.table.set_rows(
            law_tables.header(self._name),
            [law_tables.cells(pack, row) for row in shown],
            visible=VISIBLE_ROWS,
        )
        self.count.setText(plural("{count} row", "{count} rows", len(shown)))

    def _row_chosen(self, at: int) -> None:
        clear(self._behind)
        if not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        cells = law_tables.cells(self._pack, row) if self._pack is not None else ()
        said = [
            _("{name}: {value}", name=name, value=cell)
            for name, cell in zip(law_tables.header(row.table), cells, strict=True)
            if cell != ""
        ]
        self._behind.addWidget(label("\n".join(said), selectable=True))
        self._behind.addWidget(SourceLine(row.source))
