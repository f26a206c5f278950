"""One plan in full: a slider over the tiers that answers at once, fans, the frontier, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from planner import text
from planner.report import plan_words, tier_rules
from planner.report.tier_rules import Stop
from planner.text import _
from planner.ui import tasks
from planner.ui.canvas import ChartCanvas
from planner.ui.models import tiers
from planner.ui.pages.tiers.choose_row import ChooseRow
from planner.ui.pages.tiers.section import Section
from planner.ui.theme import Look
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import label
from planner.ui.widgets.figures import FigureRow
from planner.ui.widgets.rule_words import rule_name, value_name
from planner.ui.widgets.tier_slider import TierSlider
from planner.ui.widgets.why import WhyPanel
from planner.ui.words import Words
from planner.values import Step, WenbaoError, mark

if TYPE_CHECKING:
    from planner import charts
    from planner.policy import Pack
    from planner.projection.results import PlanResult, Projection


class ExploreSection(Section):
    """`settled` carries the plan that the slider came to rest on, `chosen` the id of one made one's own."""

    settled = Signal(object)
    chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(
            look,
            words,
            mark("One plan in full"),
            mark("Move the slider to try any tier of the employee pension; nothing is stored by moving it."),
        )
        self._projection: Projection | None = None
        self._pack: Pack | None = None
        self._stops: tuple[Stop, ...] = ()
        self._plan: PlanResult | None = None
        self._mine = ""
        self._fans: charts.TierPicture | None = None
        self._frontier: charts.FrontierPicture | None = None
        self._tallest: dict[bool, tuple[charts.TierFans, ...]] = {}
        self._nominal = False
        self._is_small = False  # whether the axes are those of the small plans
        self._task: tasks.Task | None = None

        self.slider = TierSlider(look)
        self.slider.moved.connect(self._moved)
        self.slider.settled.connect(self._settled)
        self.name = label(role="field", selectable=True)
        self.name.setWordWrap(False)
        self.rough = Badge("", "warn")
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.rough)
        head.addStretch(1)
        self.body.addLayout(head)
        self.figures = FigureRow()
        self.body.addWidget(self.figures)
        self.body.addWidget(self.slider)
        self.detail = label(selectable=True)
        self.body.addWidget(self.detail)
        self.choose = ChooseRow()
        self.choose.chosen.connect(self.chosen)
        self.body.addWidget(self.choose)
        self.fans = ChartCanvas(look, height=320)
        self.body.addWidget(self.fans)
        self.why = WhyPanel(look, mark("Why this number"), rule_name=plan_rule, value_name=plan_value)
        self.why_note = label(role="muted", selectable=True)
        self.body.addWidget(self.why_note)
        self.body.addWidget(self.why)
        self.frontier_head = label(role="heading")
        words.tell(self.frontier_head.setText, mark("More pension against the chance of a gap"))
        self.body.addWidget(self.frontier_head)
        self.frontier_note = label(role="muted", selectable=True)
        self.body.addWidget(self.frontier_note)
        self.frontier = ChartCanvas(look, height=300)
        self.body.addWidget(self.frontier)

    @property
    def plan(self) -> PlanResult | None:
        """The plan that is shown."""
        return self._plan

    def show_projection(
        self, projection: Projection, stops: Sequence[Stop], plan: PlanResult, mine: str, pack: Pack
    ) -> None:
        """A projection anew, with `plan` in full; pictures are made again only if it is another one."""
        fresh = projection is not self._projection
        self._projection, self._pack, self._mine = projection, pack, mine
        self.slider.setVisible(len(stops) > 1)
        if fresh or tuple(stops) != self._stops:
            self._stops = tuple(stops)
            self.slider.set_stops(stops)
        self.frontier_note.setText(_frontier_words(projection))
        if fresh:
            self._stop_task()
            self._tallest.clear()
        self._plan = plan
        if plan.plan.share:
            self.slider.set_share(plan.plan.share)
        if fresh:
            self.fans.set_chart(self._make_fans, self._fan_rows)
            self.frontier.set_chart(self._make_frontier, self._frontier_rows)
        self._show_settled(plan)

    def show_nominal(self, nominal: bool) -> None:
        """Pensions of the figures in the yuan of the year they start, or of today."""
        self._nominal = nominal
        if self._plan is not None:
            self._show_figures(self._plan)

    def show_plan(self, plan: PlanResult) -> None:
        """Another plan of the same projection, all of it."""
        self._stop_task()
        if plan.plan.share:
            self.slider.set_share(plan.plan.share)
        self._show_settled(plan)

    def stop(self) -> None:
        """Give up what is being worked out; the page shows another case."""
        self._stop_task()
        self._projection = self._plan = None

    def retranslate(self) -> None:
        self.slider.retranslate()
        self.why.retranslate()
        for canvas in (self.fans, self.frontier):
            canvas.retranslate()
            canvas.redraw()

    # The slider

    def _moved(self, stop: Stop) -> None:
        """Answer at once from a tenth of the futures."""
        if self._projection is None:
            return
        self._stop_task()
        self._show_moved(self._projection.explore(float(stop.share), quick=True))

    def _settled(self, stop: Stop) -> None:
        """Answer from all futures, off the main thread unless it is known already."""
        if self._projection is None:
            return
        projection, share = self._projection, float(stop.share)
        reached = self._plan.plan.id if self._plan is not None else ""
        known = next((plan for plan in projection.plans if plan.plan.id == reached), None)
        if known is not None:
            self._show_explored(known)
            return
        self._stop_task()
        self._task = tasks.run(lambda _task: projection.explore(share), self._show_explored, self._went_wrong)

    def _show_explored(self, plan: PlanResult) -> None:
        self._task = None
        self._show_settled(plan)
        self.settled.emit(plan)

    def _went_wrong(self, error: Exception) -> None:
        self._task = None
        self.failed.emit(error)

    def _stop_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    # Showing

    def _show_moved(self, plan: PlanResult) -> None:
        """Everything but the steps: what changes with every move."""
        self._plan = plan
        self._show_figures(plan)
        self.detail.setText("\n".join(plan_words.plan_details(plan)))
        self.choose.show_plan(plan, is_mine=plan.plan.id == self._mine)
        if self._fans is not None and self._projection is not None:
            if tiers.is_small(plan) is self._is_small:
                self._fans.update(tiers.fans_of(self._projection, plan))
                self.fans.show_moved()
            else:
                self.fans.redraw()
        if self._frontier is not None:
            self._frontier.update(tiers.point_of(plan))
            if self.frontier.in_view:
                self.frontier.show_moved()

    def _show_settled(self, plan: PlanResult) -> None:
        self._show_moved(plan)
        name = plan_words.name_of(plan)
        self.fans.set_name(_("{plan}: pension by age, and what is left each month", plan=name))
        self.frontier.set_name(
            _("Pension of every plan against its chance of a gap; {plan} is marked", plan=name)
        )
        for canvas in (self.fans, self.frontier):
            canvas.settle()
        self._explain(plan)

    def _show_figures(self, plan: PlanResult) -> None:
        self.name.setText(plan_words.name_of(plan))
        self.rough.setVisible(plan.approximate)
        self.rough.show_words(_("Approximate while it moves"), "warn")
        self.choose.setEnabled(not plan.approximate)
        figures = plan_words.key_figures(plan, nominal=self._nominal)
        stop = self.slider.stop
        if (
            plan.plan.family == "employee"
            and stop is not None
            and self._pack is not None
            and self._projection
        ):
            exact = tier_rules.monthly_payment(self._projection.case, stop.base, self._pack)
            figures[0] = (text.yuan(exact, 2), _("a month now"))
        self.figures.set_figures(figures)

    def _explain(self, plan: PlanResult) -> None:
        if self._projection is None or self._pack is None:
            return
        self.why_note.setText(
            _(
                "The steps below are one case to check by hand: this payment every month, all values as "
                "today. The numbers above are the same rule on {count} futures.",
                count=text.number(self._projection.paths),
            )
        )
        self.why.set_steps(steps_of(self._projection, plan, self._pack))

    # Pictures

    def _make_fans(self) -> Any:
        from planner import charts

        assert self._projection is not None
        assert self._plan is not None
        nothing = next((plan for plan in self._projection.plans if plan.plan.family == "nothing"), None)
        self._is_small = small = tiers.is_small(self._plan)
        if small not in self._tallest:
            ends = [float(stop.share) for stop in (*self._stops[:1], *self._stops[-1:])]
            self._tallest[small] = tiers.tallest(self._projection, ends, small=small)
        self._fans = charts.TierPicture(
            tiers.fans_of(self._projection, self._plan),
            self.look.chart_style(),
            tallest=self._tallest[small],
            without=nothing.pension.p50 if nothing is not None else None,
        )
        return self._fans

    def _fan_rows(self) -> Any:
        from planner import charts

        assert self._projection is not None
        assert self._plan is not None
        return charts.tier_rows(tiers.fans_of(self._projection, self._plan))

    def _make_frontier(self) -> Any:
        from planner import charts

        assert self._projection is not None
        assert self._plan is not None
        self._frontier = charts.FrontierPicture(
            tiers.points(self._projection),
            self.look.chart_style(),
            limit=self._projection.case.settings.max_lapse,
            now=tiers.point_of(self._plan),
        )
        return self._frontier

    def _frontier_rows(self) -> Any:
        from planner import charts

        assert self._projection is not None
        return charts.frontier_rows(tiers.points(self._projection))


def _frontier_words(projection: Projection) -> str:
    """What the picture says, and how near the suggestion is to knowing the months beforehand."""
    words = _(
        "To the right a gap is likelier, above the pension is larger; the ring is the plan shown above."
    )
    if projection.foresight_gap is None:
        return words
    return "\n".join(
        (
            words,
            _(
                "Somebody who knew all your coming months could do better than the suggestion by {share}.",
                share=text.percent(projection.foresight_gap, 1),
            ),
        )
    )


def steps_of(projection: Projection, plan: PlanResult, pack: Pack) -> tuple[Step, ...]:
    """The steps behind a plan; none where a value of the law is missing (the plan itself was priced)."""
    try:
        return tier_rules.steps_of(projection.case, plan, pack)
    except WenbaoError:
        return ()


def plan_rule(code: str) -> str:
    """The name of a step: those of the steady case have words of their own."""
    known = tier_rules.RULES.get(code)
    return _(known) if known else rule_name(code)


def plan_value(name: str, rule: str = "") -> str:
    known = tier_rules.VALUES.get(name)
    return _(known) if known else value_name(name, rule)
