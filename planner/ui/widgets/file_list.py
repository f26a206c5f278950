"""The files that count: what each gave, what of it was skipped and why, and the way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner import text
from planner.text import _, plural
from planner.ui.models.earnings import ImportLine
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import clear, label, rule
from planner.ui.widgets.earnings_words import format_name, listed, reason_words, warning_words
from planner.ui.widgets.flow import FlowLabel, FlowRow
from planner.ui.widgets.unknown_file import currency_combo
from planner.values import Kind, mark


class FileList(QWidget):
    """`removed` carries the number of the file to leave out, `currency` a file and the money it is in."""

    removed = Signal(int)
    currency = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_files(self, files: Sequence[ImportLine]) -> None:
        clear(self._column)
        for number, file in enumerate(files):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(file))

    def _row(self, file: ImportLine) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = FlowRow(across=12, down=2)
        head.addWidget(FlowLabel(file.file_name, "field"))
        head.addWidget(Badge(format_name(file.format), "info"))
        words.addLayout(head)
        words.addWidget(label(_found(file), "text", selectable=True))
        rest = _rest(file)
        if rest:
            words.addWidget(label(rest, "muted", selectable=True))
        if file.skipped:
            words.addWidget(label(_skipped(file), "muted", selectable=True))
        for warning in filter(None, map(warning_words, file.warnings)):
            words.addWidget(label(warning, "muted", selectable=True))
        if file.assumed_currency:
            words.addLayout(self._currency_row(file))
        row.addLayout(words, 1)
        remove = QPushButton(_("Remove"))
        remove.setProperty("tone", "plain")
        remove.setAccessibleName(_("Remove {name}", name=file.file_name))
        remove.clicked.connect(lambda: self.removed.emit(file.id))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _currency_row(self, file: ImportLine) -> FlowRow:
        row = FlowRow(across=10)
        row.setContentsMargins(0, 6, 0, 2)
        said = _("The file names no currency; {currency} was assumed.", currency=file.assumed_currency)
        row.addWidget(FlowLabel(said, "field"))
        combo = currency_combo(file.assumed_currency)
        combo.setAccessibleName(_("Currency of {name}", name=file.file_name))
        button = QPushButton(_("It is in this currency"))
        button.setAccessibleName(_("{name} is in this currency", name=file.file_name))
        button.clicked.connect(lambda _checked: self.currency.emit(file, combo.currentData()))
        row.addWidget(combo)
        row.addWidget(button)
        return row


def _found(file: ImportLine) -> str:
    rows = plural("{count} row", "{count} rows", file.rows)
    income = file.kinds.get(Kind.INCOME, 0)
    if file.first_day is None or file.last_day is None or not income:
        return _("{rows}, none of them income.", rows=rows)
    return _(
        "{first} to {last}: {rows}, {income} of them income, {total} before refunds and fees.",
        first=file.first_day.isoformat(),
        last=file.last_day.isoformat(),
        rows=rows,
        income=income,
        total=listed(map(text.money, file.income)),
    )


def _rest(file: ImportLine) -> str:
    """What the rows are that bring no income; empty if there are none."""
    parts = [_(words, count=file.kinds[kind]) for kind, words in _KINDS.items() if file.kinds.get(kind)]
    return _("The other rows: {kinds}.", kinds=_("; ").join(parts)) if parts else ""


_KINDS = {
    Kind.REFUND: mark("refunds: {count}"),
    Kind.FEE: mark("fees: {count}"),
    Kind.EXPENSE: mark("money spent: {count}"),
    Kind.NEUTRAL: mark("own money moved: {count}"),
    Kind.OTHER: mark("tax, promotion, adjustment: {count}"),
    Kind.IGNORED: mark("closed or failed: {count}"),
}


def _skipped(file: ImportLine) -> str:
    parts = []
    for reason, count in Counter(row.reason for row in file.skipped).most_common():
        lines = ", ".join(str(row.line) for row in file.skipped if row.reason == reason)
        parts.append(
            _(
                "{count} × {reason} (line {lines})",
                count=count,
                reason=reason_words(reason),
                lines=_cut(lines),
            )
        )
    return _("Not counted: {reasons}", reasons=_("; ").join(parts))


def _cut(numbers: str, most: int = 40) -> str:
    """A list of line numbers short enough for one line."""
    return numbers if len(numbers) <= most else numbers[: numbers.rfind(",", 0, most)] + "…"
