"""Money spent, by payee: the person ticks what is a cost of their work; nothing is one by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.earnings import Spending
from planner.text import _, plural
from planner.ui.widgets.card import label
from planner.ui.widgets.check_table import CheckTable
from planner.ui.widgets.earnings_words import source_name
from planner.ui.words import Words
from planner.values import mark

ROWS_SHOWN = 200
LOOKS = {
    "fuel": mark("fuel or charging"),
    "vehicle": mark("vehicle"),
    "stock": mark("stock"),
    "parcels": mark("parcels"),
    "platform": mark("fees of a platform"),
}


class CostList(QWidget):
    """`ticked` carries the `Spending` and whether it is a cost."""

    ticked = Signal(object, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._shown: dict[tuple[str, str, str], Spending] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = CheckTable()
        words.tell(self.table.setAccessibleName, mark("Money spent, by payee"))
        self.table.ticked.connect(lambda name, is_cost: self.ticked.emit(self._shown[name], is_cost))
        column.addWidget(self.table)
        self.more = label(role="muted")
        column.addWidget(self.more)

    def show_spendings(self, spendings: Sequence[Spending]) -> None:
        shown = spendings[:ROWS_SHOWN]
        self._shown = {one.likeness: one for one in shown}
        self.table.set_checked_rows(
            [
                _("Cost of my work"),
                _("Paid to"),
                _("Amount (yuan)"),
                _("Payments"),
                _("Looks like"),
                _("Source"),
            ],
            [
                [
                    _("yes") if one.is_cost else _("some") if one.costs else _("no"),
                    one.likeness[2] or _("(no name)"),
                    one.yuan,
                    len(one.entries),
                    _(LOOKS[one.looks]) if one.looks else "",
                    source_name(one.likeness[0]),
                ]
                for one in shown
            ],
            [one.likeness for one in shown],
            [one.is_cost for one in shown],
        )
        more = len(spendings) - len(shown)
        self.more.setText(
            plural("{count} smaller payee is not shown.", "{count} smaller payees are not shown.", more)
        )
        self.more.setVisible(more > 0)
