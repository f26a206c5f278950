"""Named events that can be switched on, to see what they would do to every plan."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal

from planner.projection.shocks import SHOCKS
from planner.text import _
from planner.ui.pages.tiers.section import Section
from planner.ui.theme import Look
from planner.ui.widgets.fields import ManyField
from planner.ui.words import Words
from planner.values import mark

ABROAD = frozenset({"tariff", "currency_down_10"})  # of no meaning to somebody who earns only yuan


class WhatIfSection(Section):
    """`switched` carries the events that are on, in the order of the list."""

    switched = Signal(object)

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(
            look,
            words,
            mark("What if it happens?"),
            mark(
                "Switch one on and every number on this page is worked out with it, within the coming year."
            ),
        )
        self.events = ManyField(words, mark("It happens within a year:"), columns=3)
        self.events.edited.connect(self.switched)
        self.body.addWidget(self.events)

    def show_events(self, on: Collection[str], *, earns_abroad: bool) -> None:
        """The events that can strike this person."""
        names = [name for name in SHOCKS if earns_abroad or name not in ABROAD or name in on]
        self.events.set_choices([(name, _(SHOCKS[name])) for name in names], on)
