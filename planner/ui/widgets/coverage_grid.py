"""The calendar of what is known: sources downwards, months across, and which bill to fetch next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner import text
from planner.earnings import Coverage, Known
from planner.earnings.covering import next_export
from planner.earnings.picture import LOOKED_AT
from planner.text import _, plural
from planner.ui.theme import Look
from planner.ui.widgets.card import label
from planner.ui.widgets.earnings_words import listed, source_name
from planner.ui.widgets.number_table import Index
from planner.ui.words import Words
from planner.values import Month, mark

SIGNS = {Known.WHOLE: "●", Known.MOSTLY: "◕", Known.PARTLY: "◐", Known.MISSING: "○", Known.TYPED: "✎"}
STATES = {
    Known.WHOLE: mark("known"),
    Known.MOSTLY: mark("mostly known"),
    Known.PARTLY: mark("partly known"),
    Known.MISSING: mark("missing"),
    Known.TYPED: mark("typed by you"),
}
_TONES = {
    Known.WHOLE: ("good_soft", "good"),
    Known.MOSTLY: ("good_soft", "good"),
    Known.PARTLY: ("warn_soft", "warn"),
    Known.MISSING: ("danger_soft", "danger"),
    Known.TYPED: ("accent_soft", "accent"),
}
WAYS = {
    "alipay": mark("In Alipay: Me, Bills, Issue transaction record, for own accounting."),
    "wechat": mark("In WeChat: Services, Wallet, Bills, Download bill, for own accounting."),
    "amazon": mark("In Seller Central: Payments, All statements, flat file V2."),
}
BANKS = frozenset({"cmb", "icbc", "ccb", "boc", "abc", "bocom", "spdb", "cmb_credit", "boc_credit"})
OWN_TABLE = "generic"
MONTHS_NAMED = 6
OVERDUE_DAYS = 10  # a month that has just begun is no gap yet


class CoverageModel(QAbstractTableModel):
    """A row a source, a column a month; each cell says its state by sign, colour and words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.coverage = Coverage()
        self.sources: tuple[str, ...] = ()

    def show(self, coverage: Coverage) -> None:
        self.beginResetModel()
        self.coverage, self.sources = coverage, tuple(sorted(coverage.by_source))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sources)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.coverage.months)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Vertical:
            return source_name(self.sources[section])
        if orientation == Qt.Orientation.Vertical:
            return None
        month = self.coverage.months[section]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return text.month(month)
        if role == Qt.ItemDataRole.DisplayRole:  # the year where it begins, and at both ends
            ends = section in (0, len(self.coverage.months) - 1)
            return f"{month.month}\n{month.year if ends or month.month == 1 else ''}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        source, month = self.sources[index.row()], self.coverage.months[index.column()]
        state = self.coverage.by_source[source].get(month)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if state is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return SIGNS[state]
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(getattr(self._look.palette, _TONES[state][0]))
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(getattr(self._look.palette, _TONES[state][1]))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(
                "{source}, {month}: {state}",
                source=source_name(source),
                month=text.month(month),
                state=_(STATES[state]),
            )
        return None


class StateDelegate(QStyledItemDelegate):
    """Fills a cell in the colour of its state, which a style sheet alone would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colour = index.data(Qt.ItemDataRole.BackgroundRole)
        if colour is not None:
            painter.fillRect(option.rect, colour)
        super().paint(painter, option, index)


class CoverageGrid(QWidget):
    """The calendar, its signs explained, and what to fetch next."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.table = QTableView()
        words.tell(self.table.setAccessibleName, mark("Which months are known, by source"))
        self.model_ = CoverageModel(look)
        self.table.setModel(self.model_)
        self.table.setItemDelegate(StateDelegate(self.table))
        self.table.setShowGrid(True)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalScrollBar().rangeChanged.connect(self._fit)
        column.addWidget(self.table)
        self.legend = label(role="muted")
        column.addWidget(self.legend)
        self.next = label(role="text", selectable=True)
        column.addWidget(self.next)

    def show_coverage(self, coverage: Coverage, today: date) -> None:
        coverage = coverage.recent(LOOKED_AT)  # what lies before moves no figure of the page
        self.model_.show(coverage)
        self._fit()
        used = {state for known in coverage.by_source.values() for state in known.values()}
        signs = [f"{sign} {_(STATES[state])}" for state, sign in SIGNS.items() if state in used]
        self.legend.setText("    ".join(signs))
        self.next.setText("\n".join(_fetch(coverage, today)))
        self.next.setVisible(bool(self.next.text()))

    def _fit(self) -> None:
        metrics = QFontMetrics(self.table.font())
        line = metrics.height() + 14
        heads = self.table.horizontalHeader()
        if self.model_.columnCount():  # the first has the year
            heads.setDefaultSectionSize(heads.sectionSizeHint(0))
        self.table.verticalHeader().setDefaultSectionSize(line)
        bar = self.table.horizontalScrollBar()
        bar.setValue(bar.maximum())  # the latest month
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.table.setFixedHeight(
            heads.sizeHint().height() + line * max(1, self.model_.rowCount()) + below + 6
        )


def _fetch(coverage: Coverage, today: date) -> list[str]:
    """What to fetch, source by source: gaps first, then what has come since."""
    lines = []
    for source in sorted(coverage.by_source):
        if source == OWN_TABLE or set(coverage.by_source[source].values()) == {Known.TYPED}:
            continue  # nobody issues these
        said = []
        if gaps := [month for place, month in coverage.gaps if place == source]:
            said.append(_("{months} missing.", months=_months(gaps)))
        wanted = next_export(coverage, source, today)
        if wanted is not None and (wanted[1] - wanted[0]).days >= OVERDUE_DAYS:
            first, last = (day.isoformat() for day in wanted)
            said.append(_("Fetch the bill from {first} to {last} next.", first=first, last=last))
        if said:
            if way := _way(source):
                said.append(_(way))
            between = " " if text.language() == "en" else ""
            lines.append(_("{name}: {what}", name=source_name(source), what=between.join(said)))
    return lines


def _way(source: str) -> str:
    if source in BANKS:
        return mark("In the bank's app: account details, export transactions as a table or PDF.")
    return WAYS.get(source, "")


def _months(months: Sequence[Month]) -> str:
    """The first of the months in words."""
    named = listed(map(text.month, months[:MONTHS_NAMED]))
    more = len(months) - MONTHS_NAMED
    return (
        named
        if more <= 0
        else plural("{named} and {count} more", "{named} and {count} more", more, named=named)
    )
