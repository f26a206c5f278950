"""What the program remembers of the person's decisions, each with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.earnings import Memory
from planner.text import _
from planner.ui.widgets.card import clear, label
from planner.ui.widgets.earnings_words import reason_words, source_name
from planner.values import Kind
from planner.vault import Rule

SHOWN = 60


class RememberedList(QWidget):
    """Rules on all alike, columns of own tables, currencies of files that name none."""

    rule_forgotten = Signal(object)
    mapping_forgotten = Signal(str)
    currency_forgotten = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_remembered(self, rules: Sequence[Rule], memory: Memory) -> None:
        clear(self._column)
        for rule in rules[:SHOWN]:
            self._add(_rule_words(rule), partial(self.rule_forgotten.emit, rule))
        for digest, mapping in memory.mappings.items():
            names = ", ".join(map(str, mapping.get("columns", {}).values()))
            self._add(
                _("Tables with the columns {names} are read as you said.", names=names),
                partial(self.mapping_forgotten.emit, digest),
            )
        for source, currency in memory.currencies.items():
            self._add(
                _(
                    "{source}: files that name no currency are in {currency}.",
                    source=source_name(source),
                    currency=currency,
                ),
                partial(self.currency_forgotten.emit, source),
            )

    def _add(self, words: str, forget: Callable[[], None]) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(words, "text", selectable=True), 1)
        button = QPushButton(_("Forget this"))
        button.setProperty("tone", "plain")
        button.setAccessibleName(_("Forget this: {name}", name=words))
        button.clicked.connect(lambda _checked: forget())
        row.addWidget(button)
        self._column.addWidget(holder)


def _rule_words(rule: Rule) -> str:
    values = {
        "source": source_name(rule.source),
        "what": reason_words(rule.reason) or rule.reason,
        "name": rule.counterparty or _("anybody"),
    }
    if rule.kind is Kind.FEE:
        return _("{source}: money paid to “{name}” is a cost of your work.", **values)
    if rule.included is False:
        return _("{source}: “{what}” from “{name}” does not count as pay.", **values)
    return _("{source}: “{what}” from “{name}” counts as pay.", **values)
