"""The rules of a place that are lists (tiers, subsidies, per-order protection), each with its document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from planner.policy import Pack
from planner.report import policy_words
from planner.report.place_rules import PlaceRule
from planner.text import _, language, plural
from planner.ui.widgets.card import Card, clear, label, rule
from planner.ui.words import Words
from planner.values import mark

SHOWN = 5


class PlaceRulesCard(Card):
    """Hidden where there is nothing to show."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        title = label(role="heading")
        words.tell(title.setText, mark("Tiers, subsidies and protection"))
        self.body.addWidget(title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self._shown: tuple[object, ...] = ()
        self.hide()

    def show_rules(self, rules: Sequence[PlaceRule], pack: Pack) -> None:
        """The rules, each with its place, sentence, time and document."""
        shown = (language(), *rules)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        self.setVisible(bool(rules))
        for number, one in enumerate(rules[:SHOWN]):
            if number:
                self._lines.addWidget(rule())
            place = pack.place_name(one.place, language())
            self._lines.addWidget(
                label(_("{what}, {place}", what=one.title, place=place), "field", selectable=True)
            )
            behind = (policy_words.source(one.source), one.source.url)
            lines = [line for line in (one.sentence, one.period, *behind) if line]
            self._lines.addWidget(label("\n".join(lines), selectable=True))
        if len(rules) > SHOWN:
            rest = len(rules) - SHOWN
            self._lines.addWidget(label(plural("and {count} more", "and {count} more", rest), "muted"))
