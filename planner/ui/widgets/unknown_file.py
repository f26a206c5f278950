"""A table that no reader knows: which column is what, with its first rows read live; or a masked sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from planner.text import _
from planner.ui.widgets.card import label, set_tone
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.earnings_words import reason_words
from planner.ui.widgets.fields import Combo
from planner.ui.widgets.number_table import NumberTable
from planner.values import Kind, WenbaoError, mark

if TYPE_CHECKING:
    from planner.earnings.guess import Guess

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
FIRST_CHOICES = frozenset({"date", "amount", "counterparty", "all"})
SAMPLE_ROWS = 4
SAMPLE_LINES = 10
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


class MappingAssistant(QWidget):
    """`confirmed` carries the mapping as it is remembered.

    The first choices are what most tables need and what is proposed; the others unfold.
    """

    confirmed = Signal(dict)

    def __init__(self, path: Path, guess: Guess) -> None:
        super().__init__()
        self.guess = guess
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        column.addWidget(
            label(
                _(
                    "The program proposes how to read it. Check it against the rows below; tables with the "
                    "same columns are read the same way from then on."
                ),
                "muted",
            )
        )
        self.rows = NumberTable(_("The first rows of {name} as they stand in the file", name=path.name))
        self.rows.set_rows(guess.names, guess.rows[:SAMPLE_ROWS], visible=SAMPLE_ROWS)
        column.addWidget(self.rows)
        self.roles: dict[str, Combo] = {}
        first, others = Columns(4, across=14, down=10), Columns(4, across=14, down=10)
        parts = {role: self._role(role, words) for role, words in ROLES.items()}
        self.currency = currency_combo(guess.currency, _("please choose"))
        self.order = _choices(ORDERS, guess.date_order)
        self.decimal = _choices(DECIMALS, guess.decimal)
        for name, message, combo in (
            ("all", mark("Currency of all rows"), self.currency),
            ("order", mark("Order of day and month"), self.order),
            ("mark", mark("Decimal mark"), self.decimal),
        ):
            parts[name] = _field(_(message), combo)
            combo.activated.connect(self._show)
        shown = {*FIRST_CHOICES, *guess.columns} - ({"all"} if "currency" in guess.columns else set())
        first.set_parts([part for name, part in parts.items() if name in shown])
        others.set_parts([part for name, part in parts.items() if name not in shown])
        column.addWidget(first)
        unfold = QPushButton(_("More columns"))
        unfold.setProperty("tone", "plain")
        unfold.setCheckable(True)
        unfold.toggled.connect(others.setVisible)
        others.hide()
        column.addWidget(unfold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(others)
        column.addWidget(label(_("So they will be read:"), "field"))
        self.read = NumberTable(_("The first rows of {name} as they will be read", name=path.name))
        column.addWidget(self.read)
        self.problem = label(role="error")
        column.addWidget(self.problem)
        self.button = QPushButton(_("Read it like this"))
        self.button.setAccessibleName(_("Read {name} like this", name=path.name))
        self.button.setProperty("tone", "primary")
        self.button.clicked.connect(lambda: self.confirmed.emit(self.mapping()))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
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
        from planner.earnings.guess import preview  # with all readers: only where a table is looked at

        mapping = self.mapping()
        self.currency.setEnabled("currency" not in mapping["columns"])
        needs_currency = not (mapping.get("currency") or "currency" in mapping["columns"])
        problem = ""
        rows: list[list[Any]] = []
        try:
            if needs_currency:
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
                    for entry in found.entries[:SAMPLE_ROWS]
                ]
                rows.extend(
                    ["", _("not counted"), reason_words(row.reason), "", ""]
                    for row in found.skipped[:SAMPLE_ROWS]
                )
                if not found.entries:
                    problem = _("No row can be read like this.")
        except WenbaoError as error:
            problem = _(error.message, field=error.field, **error.values)
        self.read.setVisible(bool(rows))
        self.read.set_rows([_("Day"), _("Kind"), _("Amount"), _("From"), _("What for")], rows)
        set_tone(self.currency, "wrong", "true" if needs_currency else "false")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.button.setEnabled(not problem)


class MaskedSample(QWidget):
    """The first rows of a file without anything personal, to be read before it is saved; `saved`: save it."""

    saved = Signal(str)

    def __init__(self, make: Callable[[], str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(
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
        self.view.setTabChangesFocus(True)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setAccessibleName(_("The masked sample"))
        column.addWidget(self.view)
        self.button = QPushButton(_("Save this sample…"))
        self.button.clicked.connect(lambda: self.saved.emit(self.view.toPlainText()))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        try:
            self.view.setPlainText(make())
        except WenbaoError as error:
            self.view.setPlainText(_(error.message, **error.values))
            self.button.setEnabled(False)
        lines = min(self.view.document().blockCount(), SAMPLE_LINES)
        self.view.setFixedHeight(self.view.fontMetrics().lineSpacing() * (lines + 1) + 24)


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
