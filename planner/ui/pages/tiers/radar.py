"""The next three payments: how likely one is missed, mainly why, and the smallest fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.report import radar_words
from planner.text import _
from planner.ui.pages.tiers.section import Section
from planner.ui.theme import Look
from planner.ui.widgets.card import label
from planner.ui.widgets.tier_radar import TierRadar
from planner.ui.widgets.turning_row import TurningRow
from planner.ui.words import Words
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import PlanResult, Projection


class RadarSection(Section):
    """For the plan that is looked at."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(look, words, mark("The next three payments"))
        self.dots = TierRadar(look)
        self.sentence = label(selectable=True)
        self.fix = label(selectable=True)
        said = QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.sentence)
        lines.addWidget(self.fix)
        row = TurningRow(spacing=20)
        row.add(self.dots)
        row.add(said, stretches=True)
        self.body.addWidget(row)

    def show_plan(self, projection: Projection, plan: PlanResult) -> None:
        """The radar of a plan of this projection."""
        self.sentence.setText(radar_words.radar_sentence(plan))
        fix = radar_words.fix_sentence(projection, projection.fix_of(plan))
        self.fix.setText(fix)
        self.fix.setVisible(bool(fix))
        self.dots.set_chance(plan.radar.chance)
        self.dots.setAccessibleName(
            _("Twenty futures, {count} of them with a missed payment", count=self.dots.missed)
        )
        self.dots.setVisible(plan.plan.scheme != "none")
