"""The Rules page without its widgets: the lines of its table, and what changes the law on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from planner import paths
from planner.policy import Correction, Pack, Row, read_corrections
from planner.policy.changes import Change, all_changes, changes_at
from planner.policy.correcting import make_correction, with_correction, without_correction
from planner.policy.corrections import KEY, row_of
from planner.policy.installed import install_file, shelf
from planner.policy.pack import NATION
from planner.policy.search import Index
from planner.report import policy_words, rule_table
from planner.report.law_tables import TableIndex
from planner.report.place_rules import PlaceRule, PlaceRules
from planner.report.rule_table import Line
from planner.text import _, language
from planner.ui.models.workspace import Workspace
from planner.ui.theme import Look
from planner.values import Confidence, InputError, Place, State, mark

ModelIndex = QModelIndex | QPersistentModelIndex


class RulesModel(QAbstractTableModel):
    """The lines of one view (browse, search, comparison) under its headings."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.header: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()

    def show(self, header: Sequence[str], lines: Sequence[Line]) -> None:
        """Headings already translated, and the lines in their order."""
        self.beginResetModel()
        self.header, self.lines = tuple(header), tuple(lines)
        self.endResetModel()

    def row_of(self, key: str, area: str = "") -> int:
        """The row of a key (and regional class, if there is a row of it); -1 if there is none."""
        rows = [row for row, line in enumerate(self.lines) if line.key == key]
        return next((row for row in rows if self.lines[row].area == area), rows[0] if rows else -1)

    def rowCount(self, parent: ModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: ModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.header)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{name}: {value}", name=self.header[index.column()], value=line.cells[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self._tone(line, index.column())
            return QColor(getattr(self._look.palette, tone)) if tone else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_heading = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.header)
        return self.header[section] if is_heading and role == Qt.ItemDataRole.DisplayRole else None

    def _tone(self, line: Line, column: int) -> str:
        """The words of a doubtful state, or of an uncertain value, also stand out; else empty."""
        if line.is_compared:
            value = {1: line.value, 2: line.other}.get(column)
            return "warn" if value is not None and policy_words.doubts_of(value) else ""
        cell = line.cells[column]
        if cell == _(policy_words.SHORT_CONFIDENCES[Confidence.UNCERTAIN]):
            return "warn"
        if cell != policy_words.short_state(line.value):
            return ""
        if line.value is None:
            return "danger"
        if line.value.corrected:
            return "accent"
        return "warn" if line.state is State.PROVISIONAL else ""


class RuleBook:
    """The pack in use as a person may look things up in it and change it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._index: tuple[Pack, Index] | None = None
        self._lists: tuple[tuple[Pack, date, str], PlaceRules] | None = None
        self._tables: tuple[tuple[Pack, str], TableIndex] | None = None

    @property
    def pack(self) -> Pack:
        return self.workspace.pack

    def prepare(self, day: date) -> None:
        """Make what searching needs (a tenth of a second), so that the first letter need not wait for it."""
        self._values()
        self._place_rules(day)
        self._table_rows()

    def search(self, text: str, near: Place, day: date) -> tuple[Line, ...]:
        """What the words find, as quick as typing."""
        return rule_table.search(self.pack, self._values(), text, near, day)

    def search_lists(self, text: str, day: date) -> tuple[PlaceRule, ...]:
        """The tiers, subsidies and protection that the words find."""
        return self._place_rules(day).find(text)

    def search_tables(self, text: str) -> tuple[Row, ...]:
        """The rows of the law's tables that the words find."""
        return self._table_rows().find(text)

    def _values(self) -> Index:
        if self._index is None or self._index[0] is not self.pack:
            self._index = (self.pack, Index(self.pack))
        return self._index[1]

    def _place_rules(self, day: date) -> PlaceRules:
        made_for = (self.pack, day, language())
        if self._lists is None or self._lists[0] != made_for:
            self._lists = (made_for, PlaceRules(self.pack, day))
        return self._lists[1]

    def _table_rows(self) -> TableIndex:
        made_for = (self.pack, language())
        if self._tables is None or self._tables[0] != made_for:
            self._tables = (made_for, TableIndex(self.pack))
        return self._tables[1]

    # The person's own values

    def corrections(self) -> tuple[Correction, ...]:
        return self.pack.corrections

    def correct(self, key: str, place: Place, area: str, value: str, start: date, note: str) -> None:
        """Keep a value of the person's own; undo takes it back."""
        before = self._kept()
        new = make_correction(
            self.pack, key, place, value, start, area=area, entered_on=self.workspace.today, note=note
        )
        row = row_of(new)
        at = len(with_correction(before, new)) - 1
        self.workspace.correct_rule({name: row.pop(name) for name in KEY}, {**row, "at": at})

    def take_back(self, key: str, place: Place, area: str, start: date) -> None:
        """Take an own value back; undo gives it again."""
        without_correction(self._kept(), key, place, area, start)
        self.workspace.correct_rule(
            dict(zip(KEY, (key, place.code, area, start.isoformat()), strict=True)), None
        )

    def _kept(self) -> tuple[Correction, ...]:
        self._refuse_in_demo()
        return read_corrections(paths.data())

    # The pack

    def install(self, file: Path) -> tuple[Pack, Pack]:
        """Install a signed pack (some tenths of a second: call it in a task); the packs before and after."""
        self._refuse_in_demo()
        return install_file(file)

    def news(self, place: Place) -> tuple[tuple[Change, ...], int, Pack] | None:
        """What changed for somebody at `place` since they last worked with other rules; None if nothing did.

        Their changes, the number of changes anywhere, and the pack of that time. Told once.
        """
        person = self.workspace.person
        if person is None or self.workspace.is_demo:
            return None
        name, now = f"rules_seen_{person.id}", self.pack
        seen = self.workspace.setting(name)
        if seen == now.version:
            return None
        here = shelf()
        here.remember_shipped()
        self.workspace.set_setting(name, now.version)
        before = here.of_version(seen) if seen else None
        if before is None:
            return None
        after = Pack(now.folder)
        anywhere = all_changes(before, after)
        own = anywhere if place == NATION else changes_at(before, after, place, self.workspace.today)
        return own, len(anywhere), before

    def former(self) -> Pack | None:
        """The pack to which one can go back."""
        return None if self.workspace.is_demo else shelf().former()

    def roll_back(self) -> tuple[Pack, Pack]:
        """Go back to the former pack; the packs before and after."""
        self._refuse_in_demo()
        here = shelf()
        return here.current(), here.roll_back()

    def _refuse_in_demo(self) -> None:
        if self.workspace.is_demo:
            raise InputError(
                "only_a_demo",
                mark(
                    "This is the worked example, so nothing was changed. Open Wenbao without it to do this."
                ),
            )
