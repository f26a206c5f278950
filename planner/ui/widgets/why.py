"""The panel "why this number": each step's rule, formula, inputs, result and the document behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner import text
from planner.text import _
from planner.ui.icons import put_icon
from planner.ui.theme import Look
from planner.ui.widgets import rule_words
from planner.ui.widgets.badge import ConfidenceBadge
from planner.ui.widgets.card import Card, clear, label, rule
from planner.ui.widgets.rule_links import RuleLinks
from planner.ui.widgets.rule_words import worked_out
from planner.values import Confidence, Money, Month, Source, Step, mark

Names = Callable[[str], str]
ValueNames = Callable[[str, str], str]

MOST_DECIMALS = 6  # of a quotient that nothing rounds
PERCENT_DECIMALS = 3  # as the rules have them: 0.083% a month


class WhyPanel(QWidget):
    """A button that opens the steps of one result; nothing is built before it is opened.

    `rule_name` gives words for a step's rule, `value_name` for a name in its formula (and the rule).
    """

    def __init__(
        self,
        look: Look,
        title: str = mark("Why this number"),
        *,
        rule_name: Names = rule_words.rule_name,
        value_name: ValueNames = rule_words.value_name,
    ) -> None:
        super().__init__()
        self._look, self._title = look, title
        self._rule_name, self._value_name = rule_name, value_name
        self._steps: tuple[Step, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.button = QPushButton()
        self.button.setCheckable(True)
        self.button.setProperty("tone", "plain")
        self.button.toggled.connect(self.retranslate)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.card = Card()
        self.card.hide()
        column.addWidget(self.card)
        look.changed.connect(self.retranslate)
        self.retranslate()

    def set_steps(self, steps: Sequence[Step], title: str | None = None) -> None:
        """The steps to explain; `title` is a message id."""
        self._steps = tuple(steps)
        self._title = title or self._title
        self.setVisible(bool(steps))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again: the language, the look or the steps changed."""
        self.button.setText(_(self._title))
        self.button.setAccessibleName(_(self._title))
        opened = self.button.isChecked()
        name = "chevron_down" if opened else "chevron_right"
        put_icon(self.button, name, self._look.palette.accent, self._look.px(14))
        self.card.hide()  # what is put into a card on screen is laid out anew with each part of it
        clear(self.card.body)
        if opened:
            self._build()
        self.card.setVisible(opened)

    def open(self) -> None:
        """Show the steps."""
        self.button.setChecked(True)

    def _build(self) -> None:
        for number, step in enumerate(self._steps, start=1):
            if number > 1:
                self.card.body.addWidget(rule())
            self._add_step(number, step)

    def _add_step(self, number: int, step: Step) -> None:
        body = self.card.body
        head = _("{number}. {rule}", number=number, rule=self._rule_name(step.rule))

        def name_of(name: str) -> str:
            return self._value_name(name, step.rule)

        worked = worked_out(step.formula, shown(step.result), name_of)
        body.addWidget(label(head, "field", selectable=True))
        body.addWidget(label(worked, "formula", selectable=True))
        inputs = [
            _("{name}: {value}", name=name_of(name), value=_input_shown(name, value))
            for name, value in step.values.items()
            if name != step.formula  # the line above has said it
        ]
        if inputs:
            body.addWidget(label("\n".join(inputs), selectable=True))
        body.addWidget(SourceLine(step.source))


class SourceLine(QWidget):
    """A document's title with number, its official address if known, and how sure the value is."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        if source.title or source.confidence is Confidence.UNCERTAIN:
            row.addWidget(ConfidenceBadge(source.confidence), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        title = _(source.title) if source.title else _("Plain arithmetic, no document needed.")
        lines.addWidget(label(_("Source: {title}", title=title), "muted", selectable=True))
        if source.url:
            lines.addWidget(_address(source.url))
        elif _is_official(source.title) and source.confidence is not Confidence.SOURCED:
            lines.addWidget(label(_("No official page seen."), "small"))
        if source.checked is not None:
            lines.addWidget(label(_("Last checked on {day}.", day=source.checked.isoformat()), "small"))
        if source.origins:
            lines.addWidget(RuleLinks(source.origins))
        row.addLayout(lines, 1)


def _address(url: str) -> QLabel:
    """The address to read and copy; the program itself opens nothing."""
    made = label(url, "small", selectable=True)
    made.setAccessibleName(_("Address of the document"))
    return made


def _input_shown(name: str, value: Any) -> str:
    if rule_words.is_share(name) and isinstance(value, Decimal):
        return f"{round(value * 100, PERCENT_DECIMALS).normalize():f}%"
    return shown(value)


def shown(value: Any) -> str:
    """A step's value as the person reads it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Month):
        return text.month(value)
    if isinstance(value, Money):
        return text.money(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        exact = value.as_tuple().exponent
        if isinstance(exact, int) and -exact > MOST_DECIMALS:
            value = round(value, MOST_DECIMALS)
        return f"{value.to_integral():,f}" if value == value.to_integral() else f"{value:,f}"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {shown(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    return str(value)


def _is_official(title: str) -> bool:
    """A document's title is Chinese; ours ("your own input") are ids."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in title)
