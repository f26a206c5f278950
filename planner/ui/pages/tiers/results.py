"""What a projection says: the answer first, then the sections below it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from planner.report import months_words, plan_words, tier_rules, tier_words
from planner.text import _, plural
from planner.ui.models import tiers
from planner.ui.pages.tiers.asked import CHANGED_FADING, FADING, JOB, AskedSection
from planner.ui.pages.tiers.assumed import AssumedSection
from planner.ui.pages.tiers.explore import ExploreSection, plan_rule, plan_value, steps_of
from planner.ui.pages.tiers.plans import PlansSection
from planner.ui.pages.tiers.radar import RadarSection
from planner.ui.pages.tiers.what_if import WhatIfSection
from planner.ui.pages.tolerances import TOLERANCES
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import AnswerCard, label
from planner.ui.widgets.fields import ChoiceField
from planner.ui.widgets.figures import FigureRow
from planner.ui.widgets.turning_row import TurningRow
from planner.ui.widgets.why import WhyPanel
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import PlanResult, Projection
    from planner.ui.pages.pension_tiers import PensionTiersPage


class Results:
    """Adds its parts to the page, hidden until there is a projection to show."""

    def __init__(self, page: PensionTiersPage) -> None:
        self.page, self.workspace, self.look = page, page.workspace, page.look
        self.current = ""  # the id of the plan that is looked at
        self.shown: Projection | None = None
        self._explored_on: Projection | None = None
        self._parts: list[QWidget] = []
        self._make_answer()
        self._make_sections()

    def _add(self, part: QWidget) -> None:
        part.hide()
        self._parts.append(part)
        self.page.body.addWidget(part)

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.group = Badge("", "warn")
        self.group_note = label(role="text", selectable=True)
        self.to_earnings = QPushButton()
        self.to_earnings.setProperty("tone", "plain")
        self.page.tell(self.to_earnings.setText, mark("Add my bills"))
        self.page.tell(self.to_earnings.setAccessibleName, mark("Add my bills"))
        self.to_earnings.clicked.connect(lambda: self.workspace.open_page.emit("earnings"))
        row = TurningRow()
        row.add(self.group)
        row.add(self.group_note, stretches=True)
        row.add(self.to_earnings)
        self.figures = FigureRow()
        self.answer.body.insertWidget(1, self.figures)
        self.risk = ChoiceField(
            self.page.words,
            mark("How likely may a gap in payments be within a year?"),
            TOLERANCES,
            mark("A missed month of the employee pension costs only that month. Choose what suits you."),
            columns=len(TOLERANCES),
        )
        self.risk.edited.connect(lambda value: self.page.save({"max_lapse": value}))
        self.answer.body.addWidget(self.risk)
        self.nominal = QCheckBox()
        self.page.tell(self.nominal.setText, mark("Show pensions in later yuan"))
        self.page.tell(self.nominal.setAccessibleName, mark("Show pensions in later yuan"))
        self.nominal.toggled.connect(lambda _on: self.show(self.shown))
        self.nominal_note = label(role="muted")
        self.page.tell(
            self.nominal_note.setText,
            mark(
                "These pensions are in the yuan of the year they start, which buy less than today's. "
                "The sentences and pictures stay in today's money."
            ),
        )
        self.answer.body.addWidget(self.nominal)
        self.answer.body.addWidget(self.nominal_note)
        self.answer.body.addWidget(row)
        self._add(self.answer)
        self.why = WhyPanel(self.look, rule_name=plan_rule, value_name=plan_value)
        self._add(self.why)

    def _make_sections(self) -> None:
        look, words = self.look, self.page.words
        self.asked = AskedSection(look, words)
        self.radar = RadarSection(look, words)
        self.plans = PlansSection(look, words)
        self.explore = ExploreSection(look, words)
        self.what_if = WhatIfSection(look, words)
        self.assumed = AssumedSection(look, words)
        for section in (self.asked, self.radar, self.plans, self.explore, self.what_if, self.assumed):
            self._add(section)
        self.asked.answered.connect(self._answered)
        self.plans.shown.connect(self._show_plan)
        self.plans.chosen.connect(self._choose)
        self.explore.chosen.connect(self._choose)
        self.explore.settled.connect(self._explored)
        self.explore.failed.connect(self.page.show_error)
        self.what_if.switched.connect(lambda events: self.page.save({"shocks": events or None}))
        self.assumed.edited.connect(self._assume)
        self.workspace.projection_progress.connect(self.assumed.show_progress)

    # Deeds

    def _show_plan(self, plan_id: str) -> None:
        """Look at a row of the table."""
        if self.shown is not None and (plan := tiers.plan_of(self.shown, plan_id)) is not None:
            self.current = plan_id
            self.explore.show_plan(plan)
            self.plans.show_current(plan)
            self.radar.show_plan(self.shown, plan)

    def _explored(self, plan: PlanResult) -> None:
        """The slider came to rest."""
        self.current = plan.plan.id
        self.plans.show_current(plan)
        if self.shown is not None:
            self.radar.show_plan(self.shown, plan)

    def _choose(self, plan_id: str) -> None:
        if not plan_id:
            return
        if plan_id != self.current:
            self._show_plan(plan_id)
        self.page.save({tiers.CHOSEN: plan_id, tiers.CHOSEN_RULES: self.workspace.pack.version})

    def _assume(self, name: str, value: Decimal | None) -> None:
        own = dict(self.workspace.answer("assumptions") or {})
        own.pop(name, None)
        if value is not None:
            own[name] = str(value)
        self.page.save({"assumptions": own or None})

    def _answered(self, name: str, value: str) -> None:
        """A question of the page: the answer is kept, and what follows from it is set as an own value."""
        if name != JOB:
            self._assume(name, Decimal(value))
            return
        own = dict(self.workspace.answer("assumptions") or {})
        if value == "yes":
            own[FADING] = CHANGED_FADING
        self.page.save({JOB: value, "assumptions": own or None})

    # Showing

    def retranslate(self) -> None:
        self.plans.retranslate()
        self.explore.retranslate()

    def forget(self) -> None:
        """Somebody else's file was opened."""
        self.shown, self.current = None, ""
        self.explore.stop()

    def show(self, projection: Projection | None) -> None:
        """The answer and all below it; nothing where there is no projection."""
        for part in self._parts:
            part.setVisible(projection is not None)
        self.shown = projection
        if projection is None:
            self.explore.stop()
            self._explored_on = None
            return
        mine = str(self.workspace.answer(tiers.CHOSEN) or "")
        plan = self._plan_to_show(projection, mine)
        self.current = plan.plan.id
        self._show_answer(projection, mine)
        nominal = self.nominal.isChecked()
        self.asked.show_questions(projection, self.workspace.answers)
        self.radar.show_plan(projection, plan)
        own = tiers.plan_of(projection, mine) if mine else None
        self.plans.show_plans(projection, mine, plan.plan.id, own, nominal=nominal)
        self.explore.show_nominal(nominal)
        stops = tier_rules.stops(projection.case, self.workspace.pack)
        self.explore.show_projection(projection, stops, plan, mine, self.workspace.pack)
        self.plans.show_current(plan)
        case = projection.case
        self.what_if.show_events(case.settings.shocks, earns_abroad=any(one.shares for one in case.months))
        self.assumed.show_projection(projection)

    def _plan_to_show(self, projection: Projection, mine: str) -> PlanResult:
        """The plan looked at before, else the chosen one, else the suggested one."""
        before = self.explore.plan
        if projection is self._explored_on and before is not None and not before.approximate:
            return before
        last, self._explored_on = self._explored_on, projection
        if last is not None and self.current == last.recommended:
            self.current = ""  # whoever looks at the suggestion goes on looking at it
        found = tiers.plan_of(projection, self.current) or tiers.plan_of(projection, mine)
        return found or projection.plan(projection.recommended)

    def _show_answer(self, projection: Projection, mine: str) -> None:
        best = projection.plan(projection.recommended)
        own = tiers.plan_of(projection, mine)
        lines = tier_words.answer_details(projection)
        if own is not None and own.plan.id != best.plan.id:
            lines.insert(0, plan_words.own_choice(own))
        if own is None and mine:
            lines.insert(0, plan_words.lost_choice())
        chosen_by, now = self.workspace.answer(tiers.CHOSEN_RULES), self.workspace.pack.version
        if own is not None and chosen_by and chosen_by != now:
            lines.insert(
                0,
                _(
                    "You chose your plan by the rules of {before}; it is worked out by those of {now} now. "
                    "What is different for you stands on the page Rules.",
                    before=chosen_by,
                    now=now,
                ),
            )
        self.answer.set_answer(tier_words.answer_sentence(projection), "\n".join(lines))
        self.figures.set_figures(plan_words.key_figures(best, nominal=self.nominal.isChecked()))
        self.nominal_note.setVisible(self.nominal.isChecked())
        self.risk.set_value(str(self.workspace.answer("max_lapse")))
        self.why.set_steps(steps_of(projection, best, self.workspace.pack))
        self._show_group(projection)

    def _show_group(self, projection: Projection) -> None:
        income = projection.income
        is_group = income.based_on_group
        self.group.setVisible(is_group)
        self.group.show_words(_("Group figures"), "warn")
        self.to_earnings.setVisible(is_group)
        if is_group:
            earned = sum(1 for month in projection.case.months if month.cny > 0)
            self.group_note.setText(
                months_words.both(
                    months_words.too_few(earned), _("Until then these are figures of people in your work.")
                )
            )
            return
        self.group_note.setText(
            plural(
                "Worked out on {count} month of your own.",
                "Worked out on {count} months of your own.",
                income.months_used + income.zero_months,
            )
        )
