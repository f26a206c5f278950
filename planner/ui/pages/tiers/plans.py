"""The plans side by side: a table to choose from, and how far each one's pension spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from planner.report import tier_words
from planner.text import _
from planner.ui.canvas import ChartCanvas
from planner.ui.models import tiers
from planner.ui.pages.tiers.choose_row import ChooseRow
from planner.ui.pages.tiers.section import Section
from planner.ui.theme import Look
from planner.ui.widgets.plan_table import PlanTable
from planner.ui.words import Words
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import PlanResult, Projection

_ROW, _AROUND = 31, 112  # pixels at 100 %: a plan of the picture, and what stands above and below


class PlansSection(Section):
    """`shown` carries the id of a plan to look at, `chosen` of one made the person's own."""

    shown = Signal(str)
    chosen = Signal(str)

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(
            look,
            words,
            mark("Every plan side by side"),
            mark("Yuan in today's money, all on the same futures. Choose a row to see it below."),
        )
        self._projection: Projection | None = None
        self._mine = ""
        self.table = PlanTable()
        self.table.shown.connect(self.shown)
        self.table.chosen.connect(self.chosen)
        self.body.addWidget(self.table)
        self.choose = ChooseRow()
        self.choose.chosen.connect(self.chosen)
        self.body.addWidget(self.choose)
        self.spread = ChartCanvas(look, height=300)
        self.body.addWidget(self.spread)

    def show_plans(
        self, projection: Projection, mine: str, current: str, own: PlanResult | None, *, nominal: bool
    ) -> None:
        """The table and the picture of a projection; `mine`, `own`: the plan chosen before, if any.

        `nominal`: pensions of the table in the yuan of the year they start.
        """
        fresh = projection is not self._projection or mine != self._mine
        self._projection, self._mine = projection, mine
        plans = tier_words.in_order(projection)
        if own is not None and all(plan.plan.id != own.plan.id for plan in plans):
            plans.append(own)
        self.table.setAccessibleName(_("Plans with their cost, pension and risk"))
        self.table.set_plans(
            tier_words.table_header(nominal=nominal),
            tier_words.table_rows(plans, projection.recommended, mine, nominal=nominal),
            [plan.plan.id for plan in plans],
            frozenset({projection.recommended}),
            current,
        )
        self.spread.set_name(_("Pension of each plan, from a bad to a good future"))
        if fresh:
            self.spread.set_height(_AROUND + _ROW * len(tiers.picked(projection, mine)))
            self.spread.set_chart(self._figure, self._rows)

    def show_current(self, plan: PlanResult) -> None:
        """The plan that is looked at, in the table or not."""
        self.table.show_plan(plan.plan.id)
        self.choose.show_plan(plan, is_mine=plan.plan.id == self._mine)

    def retranslate(self) -> None:
        self.spread.retranslate()
        self.spread.redraw()

    def _figure(self) -> Any:
        from planner import charts

        assert self._projection is not None
        return charts.pension_by_plan(tiers.spreads(self._projection, self._mine), self.look.chart_style())

    def _rows(self) -> Any:
        from planner import charts

        assert self._projection is not None
        return charts.pension_rows(tiers.spreads(self._projection, self._mine))
