"""One card of advice: what and why, facts with their sources, and the same button for every way to go on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner import text
from planner.advice.card import NOTHING, PUBLIC_FUND, Alternative, Fact
from planner.advice.card import Card as AdviceOfTheDay
from planner.report.plan_words import chance
from planner.text import _
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import Card, clear, label, rule
from planner.ui.widgets.turning_row import TurningRow
from planner.ui.widgets.why import SourceLine
from planner.values import mark

LATER, NEVER = "later", "never"
CHANCE = "lapse_year"  # of the plain numbers beside a way
_WIDTH = 116  # of each answer's button, at 100 %
NARROW = 760  # pixels at 100 %: below this the figures of a way stand below its words
_GAINS = {
    "worker": mark("you"),
    PUBLIC_FUND: mark("the public pension fund"),
    "insurer": mark("the insurer"),
}
_EVIDENCE = {
    "A": mark("Evidence that cards like this help: field trials close to your case."),
    "B": mark("Evidence that cards like this help: trials with other people elsewhere."),
    "C": mark("Evidence that cards like this help: weak or mixed."),
    "D": mark("Evidence that cards like this help: none yet, only reasoning."),
}


class AdviceCard(Card):
    """`answered` carries the id of the way taken, or `later` or `never`; nothing is chosen beforehand."""

    answered = Signal(str)

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.scale = scale
        self.answers: dict[str, QPushButton] = {}
        self._beside: list[QLabel] = []
        self._below: list[QLabel] = []

    def show_card(self, card: AdviceOfTheDay) -> None:
        """Show it in the language in use."""
        clear(self.body)
        self.answers, self._beside, self._below = {}, [], []
        self._add_head(card)
        self._add_ways(card)
        self.body.addWidget(label(_("If you do nothing"), "field"))
        self.body.addWidget(label(card.what_if_nothing.said(_), selectable=True))
        if card.facts:
            self.body.addWidget(rule())
            self.body.addWidget(label(_("What this rests on"), "field"))
            lines = QVBoxLayout()
            lines.setSpacing(2)
            for fact in card.facts:
                lines.addWidget(FactLine(fact))
            self.body.addLayout(lines)
        self.body.addWidget(rule())
        for line in _small_print(card):
            self.body.addWidget(label(line, "small", selectable=True))

    def _add_head(self, card: AdviceOfTheDay) -> None:
        row = TurningRow()
        row.add(label(_(card.title), "heading"), stretches=True)
        badge = (
            Badge(_("Filled in for you to confirm"), "info")
            if card.is_default
            else Badge(_("Nothing is filled in"), "info")
        )
        row.add(badge)
        self.body.addWidget(row)
        self.body.addWidget(label(card.reason.said(_), "text", selectable=True))
        if card.deadline is not None:
            self.body.addWidget(label(_("By law until {day}.", day=card.deadline.isoformat()), "field"))
        if card.is_default:
            cost = _(
                "What is filled in costs {month} a month, {year} a year.",
                month=text.yuan(card.cost_month),
                year=text.yuan(card.cost_year),
            )
            self.body.addWidget(label(cost, "field", selectable=True))

    def _add_ways(self, card: AdviceOfTheDay) -> None:
        """A line each way, and last the two that put the card away: the same button in every line."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        heads = [_("Your choices"), _("Costs a month"), _("Costs a year")]
        has_chance = any(way.more.get(CHANCE) is not None for way in card.alternatives)
        if has_chance:
            heads.append(_("Gap within a year"))
        for column, words in enumerate(heads):
            self._in_column(grid, label(words, "muted"), 0, column)
        for way in card.alternatives:
            words = way.text.said(_)
            row = self._add_answer(grid, way.id, words, _("No thanks") if way.id == NOTHING else _("Accept"))
            words_of_way = QVBoxLayout()
            words_of_way.setSpacing(2)
            words_of_way.addWidget(label(words, selectable=True))
            if way.id == card.default:
                words_of_way.addWidget(label(_("filled in for you"), "small"))
            grid.addLayout(words_of_way, row, 0)
            figures = [
                _("not known") if cost is None else text.yuan(cost)
                for cost in (way.cost_month, way.cost_year)
            ]
            figures += [_chance(way)] if has_chance else []
            for column, figure in enumerate(figures, start=1):
                self._in_column(grid, label(figure), row, column)
            below = label(_figures_below(heads[1:], figures), "muted", selectable=True)
            words_of_way.addWidget(below)
            self._below.append(below)
        for id, words, short in (
            (LATER, _("Put this card away for a week."), _("Later")),
            (NEVER, _("Put this card away for good."), _("Never")),
        ):
            row = self._add_answer(grid, id, words, short)
            grid.addWidget(label(words, selectable=True), row, 0)
        self.body.addWidget(holder)
        self._fit()

    def _in_column(self, grid: QGridLayout, words: QLabel, row: int, column: int) -> None:
        """One cell of the table of figures; there only while there is room for it."""
        words.setWordWrap(False)
        grid.addWidget(words, row, column, _SIDE[column])
        self._beside.append(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The figures beside the words of each way, or where there is little room below them."""
        is_narrow = self.width() < NARROW * self.scale
        for words in self._beside:
            words.setVisible(not is_narrow)
        for words in self._below:
            words.setVisible(is_narrow)

    def _add_answer(self, grid: QGridLayout, id: str, words: str, short: str) -> int:
        """The row of a new answer's button; all of one size, tone and order of Tab."""
        row = grid.rowCount()
        button = QPushButton(short)
        button.setAccessibleName(_("{answer}: {what}", answer=short, what=words))
        button.setFixedWidth(round(_WIDTH * self.scale))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.answered.emit(id))
        grid.addWidget(button, row, _BUTTONS, Qt.AlignmentFlag.AlignVCenter)
        self.answers[id] = button
        return row


class FactLine(QWidget):
    """A fact, and behind a click the document it comes from and how sure it is."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        self._source: SourceLine | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        words = fact.text.said(_)
        row.addWidget(label(words, selectable=True), 1)
        column.addLayout(row)
        if fact.source is None:
            return
        self.button = QPushButton(_("Source"))
        self.button.setCheckable(True)
        self.button.setProperty("tone", "plain")
        self.button.setAccessibleName(_("Source of: {fact}", fact=words))
        self.button.toggled.connect(self._toggled)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _toggled(self, opened: bool) -> None:
        if self._source is None and self._fact.source is not None:
            source = self._fact.source
            self._source = SourceLine(replace(source, title=_(source.title) if source.title else ""))
            self._column.addWidget(self._source)
        if self._source is not None:
            self._source.setVisible(opened)


_BUTTONS = 4  # the column of the answers
_SIDE = (
    Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
)


def _chance(way: Alternative) -> str:
    """How likely a payment of this way is missed within a year."""
    share = way.more.get(CHANCE)
    if way.id == NOTHING or not isinstance(share, float):
        return ""
    return chance(share)


def _figures_below(heads: list[str], figures: list[str]) -> str:
    """`Costs a month: ¥15 · Costs a year: ¥180`, of those that there are."""
    pairs = (
        _("{what}: {figure}", what=head, figure=figure)
        for head, figure in zip(heads, figures, strict=True)
        if figure
    )
    return " · ".join(pairs)


def _small_print(card: AdviceOfTheDay) -> list[str]:
    """Who gains, how strong the evidence is, and that nothing leaves by itself."""
    lines = [_("Who gains money if you accept: {who}.", who=gainers(card.beneficiaries))]
    others = [way for way in card.alternatives if way.beneficiaries - card.beneficiaries]
    lines += [_gains_of(way) for way in others]
    lines.append(_(_EVIDENCE[card.strength]))
    lines.append(_("Accepting only puts steps into your plan. No money and no data leave this computer."))
    return lines


def _gains_of(way: Alternative) -> str:
    return _("Money goes to {who} as well: {way}", way=way.text.said(_), who=gainers(way.beneficiaries))


def gainers(beneficiaries: frozenset[str]) -> str:
    between = "、" if text.language() == "zh" else ", "
    return between.join(_(_GAINS.get(each, each)) for each in sorted(beneficiaries, reverse=True))
