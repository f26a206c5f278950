"""What covers a person now, risk by risk, in the few answers that most people would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.text import _
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.fields import AmountField
from planner.ui.widgets.pick_field import PickField
from planner.ui.words import Words
from planner.values import mark

NONE, ENTERED = "none", "entered"  # no cover; something that this editor cannot say better
_CHOICES: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    "pension": (
        ("employee_own", "employee", "worker", mark("Employee, I pay it myself")),
        ("employee_job", "employee", "employer", mark("Employee, through a job")),
        ("resident", "resident", "worker", mark("Resident")),
    ),
    "medical": (
        ("employee_own", "employee", "worker", mark("Employee, I pay it myself")),
        ("employee_job", "employee", "employer", mark("Employee, through a job")),
        ("resident", "resident", "worker", mark("Resident")),
    ),
    "injury": (
        ("oip", "oip", "platform", mark("Per order, platform pays")),
        ("wii", "wii", "employer", mark("Work injury insurance")),
        ("accident", "accident", "worker", mark("My own accident policy")),
    ),
    "unemployment": (("employee_job", "employee", "employer", mark("Through a job")),),
}
_ASKED: Mapping[str, str] = {
    "pension": mark("Pension"),
    "medical": mark("Medical insurance"),
    "injury": mark("Accidents at work"),
    "unemployment": mark("Losing work"),
}
_PAID: Mapping[str, str] = {
    "pension": mark("What you pay for the pension"),
    "medical": mark("What you pay for medical insurance"),
}


class CoverEditor(QWidget):
    """`edited` carries the whole list of covers, as `wenbao advise` takes it."""

    edited = Signal(list)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._cover: list[dict[str, Any]] = []
        self.risks: dict[str, PickField] = {}
        self.paid: dict[str, AmountField] = {}
        parts = Columns(2, across=28, down=14)
        parts.set_parts([self._make_risk(words, risk) for risk in _ASKED])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(parts)

    def _make_risk(self, words: Words, risk: str) -> QWidget:
        """The question about one risk, and below it what is paid for it, where that is asked."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        field = self.risks[risk] = PickField(words, _ASKED[risk])
        field.edited.connect(lambda value: self._picked(risk, value))
        column.addWidget(field)
        if risk in _PAID:
            amount = AmountField(words, _PAID[risk], unit=mark("yuan a month"), most=Decimal(100_000))
            amount.edited.connect(lambda value: self._paid(risk, value))
            column.addWidget(amount)
            self.paid[risk] = amount
        column.addStretch(1)
        return part

    def show_cover(self, cover: Sequence[Mapping[str, Any]] | None) -> None:
        """Show the stored list; None where nothing was ever said."""
        self._cover = [dict(each) for each in cover or ()]
        for risk, field in self.risks.items():
            chosen = self._choice_of(risk)
            choices: list[tuple[object, str]] = [(None, _("I do not know"))]
            choices += [(name, _(words)) for name, _scheme, _payer, words in _CHOICES[risk]]
            choices.append((NONE, _("Nothing")))
            if chosen == ENTERED:
                choices.append((ENTERED, _("Something else")))
            field.set_choices(choices, chosen)
        for risk, amount in self.paid.items():
            row = self._row(risk)
            amount.setVisible(row is not None and row.get("paid_by") == "worker")
            amount.set_value(None if row is None else row.get("monthly"))

    def _row(self, risk: str) -> dict[str, Any] | None:
        return next((each for each in self._cover if each["risk"] == risk), None)

    def _choice_of(self, risk: str) -> str | None:
        rows = [each for each in self._cover if each["risk"] == risk]
        if not rows:
            return None
        row = rows[0]
        if row["scheme"] == NONE:
            return NONE
        for name, scheme, payer, _words in _CHOICES[risk]:
            if len(rows) == 1 and (row["scheme"], row.get("paid_by", "")) == (scheme, payer):
                return name
        return ENTERED

    def _picked(self, risk: str, choice: object) -> None:
        if choice in (ENTERED, self._choice_of(risk)):
            return
        rest = [each for each in self._cover if each["risk"] != risk]
        if choice == NONE:
            rest.append({"risk": risk, "scheme": NONE})
        for name, scheme, payer, _words in _CHOICES[risk]:
            if name == choice:
                rest.append({"risk": risk, "scheme": scheme, "paid_by": payer})
        self.edited.emit(rest)

    def _paid(self, risk: str, value: Decimal | None) -> None:
        changed = [dict(each) for each in self._cover]
        for row in changed:
            if row["risk"] == risk:
                row.pop("monthly", None)
                if value is not None:
                    row["monthly"] = str(value)
        self.edited.emit(changed)
