"""What is uncertain, how long people live, and every assumption with its range, source and the own value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from planner.projection.assumptions import YES_NO
from planner.report import assumption_words, tier_words
from planner.text import _
from planner.ui.pages.tiers.section import Section
from planner.ui.theme import Look
from planner.ui.widgets.badge import Badge, confidence_words
from planner.ui.widgets.card import label
from planner.ui.widgets.fields import AmountField, ChoiceField
from planner.ui.widgets.number_table import NamedRows
from planner.ui.words import Words
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.assumptions import Assumption
    from planner.projection.results import Projection

_LIMIT = Decimal(10_000_000)


class AssumedSection(Section):
    """`edited` carries an assumption's name and the person's value, None for the program's own."""

    edited = Signal(str, object)

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(look, words, mark("What is uncertain"))
        self._listed: tuple[Assumption, ...] = ()
        self._badges = [Badge("", "warn") for _place in range(3)]
        row = QHBoxLayout()
        row.setSpacing(8)
        for badge in self._badges:
            row.addWidget(badge)
        row.addStretch(1)
        self.body.addLayout(row)
        self.uncertain = label(selectable=True)
        self.body.addWidget(self.uncertain)
        self.life = label(selectable=True)
        self.body.addWidget(self.life)
        head = label(role="field")
        words.tell(head.setText, mark("What was assumed"))
        self.body.addWidget(head)
        self.table = NamedRows(spare=(4, 3))
        words.tell(self.table.setAccessibleName, mark("What was assumed"))
        self.table.setSelectionMode(NamedRows.SelectionMode.SingleSelection)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_current())
        self.body.addWidget(self.table)
        self.source = label(role="muted", selectable=True)
        self.body.addWidget(self.source)
        self.editor = QWidget()
        line = QHBoxLayout(self.editor)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        self.own = AmountField(words, mark("Your own value instead"), unit="", least=-_LIMIT, most=_LIMIT)
        self.own.edited.connect(self._edited)
        self.own_choice = ChoiceField(
            words, mark("Your own value instead"), [("1", mark("yes")), ("0", mark("no"))], columns=2
        )
        self.own_choice.edited.connect(self._edited)
        self.back = QPushButton()
        self.back.setProperty("tone", "plain")
        self.back.clicked.connect(lambda: self._edited(None))
        words.tell(self.back.setText, mark("Use the program's value again"))
        words.tell(self.back.setAccessibleName, mark("Use the program's value again"))
        line.addWidget(self.own)
        line.addWidget(self.own_choice)
        line.addWidget(self.back)
        line.addStretch(1)
        self.body.addWidget(self.editor)
        self.running = label(role="muted")
        words.tell(self.running.setText, mark("Working it out again with your value…"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        words.tell(self.bar.setAccessibleName, mark("How far the sums are"))
        for part in (self.running, self.bar):
            part.hide()
            self.body.addWidget(part)

    def show_running(self, running: bool) -> None:
        """Whether the sums run anew: said here too, where the eye is after an edit."""
        self.running.setVisible(running)
        self.bar.setVisible(running)
        self.bar.setValue(0)

    def show_progress(self, share: float) -> None:
        """`share` done, 0 to 1."""
        self.bar.setValue(round(share * 1000))

    @property
    def current(self) -> Assumption | None:
        """The assumption whose row the cursor is on."""
        row = self.table.currentIndex().row()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def show_projection(self, projection: Projection) -> None:
        """The assumptions of a projection; the cursor stays on the one it was on."""
        kept = self.current
        self._listed = projection.assumptions
        for badge, words in zip(self._badges, assumption_words.three_words(projection), strict=True):
            badge.show_words(words, "warn")
        self.uncertain.setText(_uncertain(projection))
        self.life.setText(
            tier_words.life_sentence(projection.lasts.half_beyond, projection.lasts.tenth_beyond)
        )
        self.table.set_rows(
            [_("What"), _("Value"), _("Unit"), _("Likely range"), _("How sure")],
            [
                [
                    assumption_words.title(one),
                    _("{value} (yours)", value=assumption_words.value(one.value, one.unit))
                    if one.own
                    else assumption_words.value(one.value, one.unit),
                    assumption_words.unit(one),
                    assumption_words.span(one),
                    confidence_words(one.confidence),
                ]
                for one in self._listed
            ],
            visible=8,
        )
        names = [one.name for one in self._listed]
        if kept is not None and kept.name in names:
            self.table.selectRow(names.index(kept.name))
        elif names:
            self.table.selectRow(0)
        self._show_current()

    def _show_current(self) -> None:
        one = self.current
        self.source.setVisible(one is not None)
        self.editor.setVisible(one is not None and one.editable)
        if one is None:
            return
        title = _(one.source.title) if one.source.title else _("our own estimate; no document says it")
        self.source.setText(
            _("{what}. Source: {title}", what=assumption_words.title(one), title=title)
            if one.editable
            else _(
                "{what}. Source: {title}. It cannot be changed.",
                what=assumption_words.title(one),
                title=title,
            )
        )
        self.back.setVisible(one.own)
        is_choice = one.unit == YES_NO
        self.own.setVisible(not is_choice)
        self.own_choice.setVisible(is_choice)
        if is_choice:
            self.own_choice.set_value(f"{one.value:.0f}")
            return
        self.own.set_value(f"{one.value:g}" if one.own else None)
        self.own.line.setPlaceholderText(assumption_words.value(one.value))

    def _edited(self, value: Any) -> None:
        if self.current is not None:
            self.edited.emit(self.current.name, value)


def _uncertain(projection: Projection) -> str:
    """What the three words stand for, in a sentence."""
    if projection.income.based_on_group:
        return _(
            "Your income so far is that of people in your work, not your own; wages, prices and how long you "
            "live can only be given as ranges."
        )
    return _(
        "Your coming months, wages and prices, and how long you live can only be given as ranges; that is "
        "why there is never one number."
    )
