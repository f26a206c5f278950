"""A table that no reader knows: which column is what, with its first rows read live; or a masked sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from planner.earnings.guess import Guess, preview
from planner.text import _
from planner.ui.widgets.card import Card, label
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.earnings_words import reason_words
from planner.ui.widgets.fields import Combo
from planner.ui.widgets.number_table import NumberTable
from planner.values import Kind, WenbaoError, mark

ROLES = {
    "date": mark("Day"),
    "time": mark("Time of day"),
    "amount": mark("Amount (in and out)"),
    "income": mark("Money in"),
    "expense": mark("Money out"),
    "direction": mark("In or out, in words"),
    "currency": mark("Column with the currency"),
    "counterparty": mark("From whom"),
    "description": mark("What for"),
    "refund": mark("Given back to buyers"),
    "fee": mark("Fee kept back"),
    "id": mark("Number of the payment"),
    "status": mark("Done, cancelled or pending"),
}
ORDERS = {
    "": mark("as the dates show"),
    "ymd": mark("year, month, day"),
    "dmy": mark("day, month, year"),
    "mdy": mark("month, day, year"),
}
DECIMALS = {"": mark("as the amounts show"), ".": mark("point: 1,234.50"), ",": mark("comma: 1.234,50")}
KINDS = {
    Kind.INCOME: mark("income"),
    Kind.REFUND: mark("refund"),
    Kind.FEE: mark("fee"),
    Kind.EXPENSE: mark("spent"),
    Kind.NEUTRAL: mark("own money"),
    Kind.IGNORED: mark("not counted"),
    Kind.OTHER: mark("other"),
}
CURRENCIES = (
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "SGD", "MYR", "THB", "VND", "PHP", "IDR", "TWD", "KRW", "CAD",
    "AUD", "MXN", "BRL", "PLN", "SEK",
)  # fmt: skip


def currency_combo(chosen: str, nothing: str = "") -> Combo:
    """Every currency that files are likely to be in; with `nothing` the first choice is none of them."""
    combo = Combo()
    if nothing:
        combo.addItem(nothing, "")
    for code in CURRENCIES if chosen in ("", *CURRENCIES) else (chosen, *CURRENCIES):
        combo.addItem(code, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    return combo


class MappingAssistant(Card):
    """`confirmed` carries the mapping as it is remembered; `put_aside` closes the card."""

    confirmed = Signal(dict)
    put_aside = Signal()

    def __init__(self, path: Path, guess: Guess) -> None:
        super().__init__()
        self.guess = guess
        self.body.addWidget(label(_("Which column is what in {name}?", name=path.name), "heading"))
        self.body.addWidget(
            label(
                _(
                    "The program does not know this table, but proposes how to read it. Check it against the "
                    "rows below; tables with the same columns are read the same way from then on."
                ),
                "muted",
            )
        )
        self.rows = NumberTable(_("The first rows as they stand in the file"))
        self.rows.set_rows(guess.names, guess.rows, visible=5)
        self.body.addWidget(self.rows)
        self.roles: dict[str, Combo] = {}
        fields = Columns(3, across=18, down=10)
        parts = [self._role(role, words) for role, words in ROLES.items()]
        self.currency = currency_combo(guess.currency, _("please choose"))
        self.order = _choices(ORDERS, guess.date_order)
        self.decimal = _choices(DECIMALS, guess.decimal)
        for message, combo in (
            (mark("Currency of all rows"), self.currency),
            (mark("Order of day and month"), self.order),
            (mark("Decimal mark"), self.decimal),
        ):
            parts.append(_field(_(message), combo))
            combo.activated.connect(self._show)
        fields.set_parts(parts)
        self.body.addWidget(fields)
        self.body.addWidget(label(_("So they will be read:"), "field"))
        self.read = NumberTable(_("The first rows as they will be read"))
        self.body.addWidget(self.read)
        self.problem = label(role="error")
        self.body.addWidget(self.problem)
        row = QHBoxLayout()
        self.button = QPushButton(_("Read it like this"))
        self.button.setProperty("tone", "primary")
        self.button.clicked.connect(lambda: self.confirmed.emit(self.mapping()))
        skip = QPushButton(_("Leave it out"))
        skip.setProperty("tone", "plain")
        skip.setAccessibleName(_("Leave out {name}", name=path.name))
        skip.clicked.connect(self.put_aside)
        row.addWidget(self.button)
        row.addWidget(skip)
        row.addStretch(1)
        self.body.addLayout(row)
        self._show()

    def mapping(self) -> dict[str, Any]:
        """What is chosen now, in the form of a mapping file."""
        columns = {role: combo.currentData() for role, combo in self.roles.items() if combo.currentData()}
        told = {
            "currency": self.currency.currentData() if "currency" not in columns else "",
            "date_order": self.order.currentData(),
            "decimal": self.decimal.currentData(),
        }
        return {"columns": columns, **{name: value for name, value in told.items() if value}}

    def chosen(self) -> Guess:
        """The proposal as the person has changed it so far."""
        mapping = self.mapping()
        told = {name: mapping.get(name, "") for name in ("currency", "date_order", "decimal")}
        return replace(self.guess, columns=mapping["columns"], **told)

    def _role(self, role: str, message: str) -> QWidget:
        combo = Combo()
        combo.addItem(_("(none)"), "")
        for name in dict.fromkeys(self.guess.names):
            combo.addItem(name, name)
        combo.setCurrentIndex(max(0, combo.findData(self.guess.columns.get(role, ""))))
        combo.activated.connect(self._show)
        self.roles[role] = combo
        return _field(_(message), combo)

    def _show(self) -> None:
        """Read the first rows by what is chosen."""
        mapping = self.mapping()
        self.currency.setEnabled("currency" not in mapping["columns"])
        problem = ""
        rows: list[list[Any]] = []
        try:
            if not (mapping.get("currency") or "currency" in mapping["columns"]):
                problem = _("Please choose the currency.")
            elif not {"date", "amount"} <= mapping["columns"].keys() and not (
                "date" in mapping["columns"] and {"income", "expense"} & mapping["columns"].keys()
            ):
                problem = _("Please choose a column for the day and one for the amount.")
            else:
                found = preview(self.guess, mapping)
                rows = [
                    [
                        entry.day.isoformat(),
                        _(KINDS[entry.kind]),
                        entry.money,
                        entry.counterparty,
                        entry.description,
                    ]
                    for entry in found.entries
                ]
                rows.extend(["", _("not counted"), reason_words(row.reason), "", ""] for row in found.skipped)
                if not found.entries:
                    problem = _("No row can be read like this.")
        except WenbaoError as error:
            problem = _(error.message, field=error.field, **error.values)
        self.read.set_rows([_("Day"), _("Kind"), _("Amount"), _("From"), _("What for")], rows, visible=6)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.button.setEnabled(not problem)


class MaskedSample(Card):
    """The first rows of a file without anything personal, to be read before it is saved; `saved`: save it."""

    saved = Signal(str)
    put_aside = Signal()

    def __init__(self, path: Path, make: Callable[[], str]) -> None:
        super().__init__()
        self.body.addWidget(
            label(_("{name}: a format that the program does not know", name=path.name), "heading")
        )
        self.body.addWidget(
            label(
                _(
                    "You can save a masked sample for those who write readers: every name, number and amount "
                    "in it is replaced. Nothing is sent; read it first, then give it to whom you like."
                ),
                "muted",
            )
        )
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setAccessibleName(_("The masked sample"))
        self.view.setMaximumHeight(220)
        self.view.hide()
        self.body.addWidget(self.view)
        self._make = make
        row = QHBoxLayout()
        self.button = QPushButton(_("Show a masked sample"))
        self.button.clicked.connect(self._next)
        skip = QPushButton(_("Close"))
        skip.setProperty("tone", "plain")
        skip.setAccessibleName(_("Close {name}", name=path.name))
        skip.clicked.connect(self.put_aside)
        row.addWidget(self.button)
        row.addWidget(skip)
        row.addStretch(1)
        self.body.addLayout(row)

    def _next(self) -> None:
        if self.view.isVisibleTo(self):
            self.saved.emit(self.view.toPlainText())
            return
        try:
            self.view.setPlainText(self._make())
        except WenbaoError as error:
            self.view.setPlainText(_(error.message, **error.values))
            self.button.setEnabled(False)
        self.view.show()
        self.button.setText(_("Save this sample…"))


def _choices(choices: dict[str, str], chosen: str) -> Combo:
    combo = Combo()
    for value, words in choices.items():
        combo.addItem(_(words), value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    return combo


def _field(words: str, combo: Combo) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    name = QLabel(words)
    name.setProperty("role", "field")
    name.setBuddy(combo)
    combo.setAccessibleName(words)
    column.addWidget(name)
    column.addWidget(combo)
    return holder
