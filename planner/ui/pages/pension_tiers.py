"""Pension tiers: what can be kept up, what it costs in the worst months, what it gives; the other ways."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from planner import text
from planner.report import assumption_words, months_words, plan_words, tier_rules, tier_words
from planner.text import _, plural
from planner.ui.models import tiers
from planner.ui.models.outlook import WHEN_RETIRED, has_retired
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.pages.tiers.asked import CHANGED_FADING, FADING, JOB, AskedSection
from planner.ui.pages.tiers.assumed import AssumedSection
from planner.ui.pages.tiers.explore import ExploreSection, plan_rule, plan_value, steps_of
from planner.ui.pages.tiers.plans import PlansSection
from planner.ui.pages.tiers.radar import RadarSection
from planner.ui.pages.tiers.waiting import WaitingCard
from planner.ui.pages.tiers.what_if import WhatIfSection
from planner.ui.pages.tolerances import TOLERANCES
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import AnswerCard, label
from planner.ui.widgets.empty import EmptyState
from planner.ui.widgets.fields import ChoiceField
from planner.ui.widgets.figures import FigureRow
from planner.ui.widgets.turning_row import TurningRow
from planner.ui.widgets.why import WhyPanel
from planner.values import WenbaoError, mark

if TYPE_CHECKING:
    from planner.projection.results import PlanResult, Projection

_MISSING = {
    "category": mark("whether you are a man or a woman"),
    "born": mark("when you were born"),
    "province": mark("where you work and pay"),
    "occupation": mark("what you do"),
}

_OWN_VALUES = "settings.assumptions."  # how the field of a refused own value begins


class PensionTiersPage(Page):
    """Shows the workspace's projection; asks for it when opened."""

    name = "pension_tiers"
    heading = mark("Pension tiers")
    asks = mark("Which pension tier can you keep up, and what does it give you?")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._shown: Projection | None = None
        self._explored_on: Projection | None = None
        self._current = ""
        self.empty = EmptyState(self.look, "pension_tiers")
        self.empty.button.clicked.connect(self._empty_button)
        self.waiting = WaitingCard(self.words)
        self.waiting.cancelled.connect(workspace.cancel_projection)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.waiting)
        self._make_answer()
        self.asked = AskedSection(self.look, self.words)
        self.radar = RadarSection(self.look, self.words)
        self.plans = PlansSection(self.look, self.words)
        self.explore = ExploreSection(self.look, self.words)
        self.what_if = WhatIfSection(self.look, self.words)
        self.assumed = AssumedSection(self.look, self.words)
        self._results = (
            self.answer,
            self.why,
            self.asked,
            self.radar,
            self.plans,
            self.explore,
            self.what_if,
            self.assumed,
        )
        for section in self._results[2:]:
            self.body.addWidget(section)
        self.body.addStretch(1)
        self.asked.answered.connect(self._answered)
        self.plans.shown.connect(self._show_plan)
        self.plans.chosen.connect(self._choose)
        self.explore.chosen.connect(self._choose)
        self.explore.settled.connect(self._explored)
        self.explore.failed.connect(self.show_error)
        self.what_if.switched.connect(lambda events: self._save({"shocks": events or None}))
        self.assumed.edited.connect(self._assume)
        workspace.person_changed.connect(self._person_changed)
        workspace.projection_changed.connect(lambda _state: self.mark_stale())
        workspace.projection_progress.connect(self.waiting.show_progress)
        workspace.projection_progress.connect(self.assumed.show_progress)

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.group = Badge("", "warn")
        self.group_note = label(role="text", selectable=True)
        self.to_earnings = QPushButton()
        self.to_earnings.setProperty("tone", "plain")
        self.tell(self.to_earnings.setText, mark("Add my bills"))
        self.tell(self.to_earnings.setAccessibleName, mark("Add my bills"))
        self.to_earnings.clicked.connect(lambda: self.workspace.open_page.emit("earnings"))
        row = TurningRow()
        row.add(self.group)
        row.add(self.group_note, stretches=True)
        row.add(self.to_earnings)
        self.figures = FigureRow()
        self.answer.body.insertWidget(1, self.figures)
        self.risk = ChoiceField(
            self.words,
            mark("How likely may a gap in payments be within a year?"),
            TOLERANCES,
            mark("A missed month of the employee pension costs only that month. Choose what suits you."),
            columns=len(TOLERANCES),
        )
        self.risk.edited.connect(lambda value: self._save({"max_lapse": value}))
        self.answer.body.addWidget(self.risk)
        self.nominal = QCheckBox()
        self.tell(self.nominal.setText, mark("Show pensions in later yuan"))
        self.tell(self.nominal.setAccessibleName, mark("Show pensions in later yuan"))
        self.nominal.toggled.connect(lambda _on: self._show_results(self._shown))
        self.nominal_note = label(role="muted")
        self.tell(
            self.nominal_note.setText,
            mark(
                "These pensions are in the yuan of the year they start, which buy less than today's. "
                "The sentences and pictures stay in today's money."
            ),
        )
        self.answer.body.addWidget(self.nominal)
        self.answer.body.addWidget(self.nominal_note)
        self.answer.body.addWidget(row)
        self.body.addWidget(self.answer)
        self.why = WhyPanel(self.look, rule_name=plan_rule, value_name=plan_value)
        self.body.addWidget(self.why)

    # Deeds

    def activate(self) -> None:
        super().activate()
        if self.workspace.projection_state == "none" and not has_retired(self.workspace):
            # while answers are missing too: the sums then begin with the last of them
            self.workspace.want_projection()

    def _empty_button(self) -> None:
        if self.workspace.missing() or has_retired(self.workspace):
            self.workspace.open_page.emit("my_situation")
        elif self.workspace.projection_error is not None and _own_value(self.workspace.projection_error):
            self._save({"assumptions": None})
        else:
            self.workspace.want_projection()

    def _show_plan(self, plan_id: str) -> None:
        """Look at a row of the table."""
        if self._shown is not None and (plan := tiers.plan_of(self._shown, plan_id)) is not None:
            self._current = plan_id
            self.explore.show_plan(plan)
            self.plans.show_current(plan)
            self.radar.show_plan(self._shown, plan)

    def _explored(self, plan: PlanResult) -> None:
        """The slider came to rest."""
        self._current = plan.plan.id
        self.plans.show_current(plan)
        if self._shown is not None:
            self.radar.show_plan(self._shown, plan)

    def _choose(self, plan_id: str) -> None:
        if not plan_id:
            return
        if plan_id != self._current:
            self._show_plan(plan_id)
        self._save({tiers.CHOSEN: plan_id, tiers.CHOSEN_RULES: self.workspace.pack.version})

    def _assume(self, name: str, value: Decimal | None) -> None:
        own = dict(self.workspace.answer("assumptions") or {})
        own.pop(name, None)
        if value is not None:
            own[name] = str(value)
        self._save({"assumptions": own or None})

    def _answered(self, name: str, value: str) -> None:
        """A question of the page: the answer is kept, and what follows from it is set as an own value."""
        if name != JOB:
            self._assume(name, Decimal(value))
            return
        own = dict(self.workspace.answer("assumptions") or {})
        if value == "yes":
            own[FADING] = CHANGED_FADING
        self._save({JOB: value, "assumptions": own or None})

    def _save(self, changes: dict[str, object]) -> None:
        try:
            self.workspace.save_answers(changes)
        except WenbaoError as error:
            self.show_error(error)

    # Showing

    def retranslate(self) -> None:
        super().retranslate()
        for section in (self.plans, self.explore):
            section.retranslate()

    def _person_changed(self) -> None:
        self._shown, self._current = None, ""
        self.explore.stop()
        self.mark_stale()

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        projection = self.workspace.projection if not self._hopeless() else None
        running = self.workspace.projection_state == "running" and not self._hopeless()
        self.waiting.setVisible(running)
        self.assumed.show_running(running)
        if projection is None and not running:
            self._show_results(None)
            self._show_empty()
            return
        self.empty.hide()
        if projection is None:
            self.waiting.older.setVisible(self._shown is not None)
            self._show_results(self._shown)
            return
        self._show_results(projection)

    def _show_empty(self) -> None:
        """Why there are no numbers, and the one thing to do."""
        missing = self.workspace.missing()
        error = self.workspace.projection_error
        self.empty.show()
        if missing:
            self.empty.set_words(
                _("Four answers are needed first."),
                _("Still missing: {what}.", what=_join([_(_MISSING[name]) for name in missing])),
                _("Answer them"),
            )
        elif has_retired(self.workspace):
            self.empty.set_words(
                _("You have reached your retirement age; there is no tier left to choose."),
                _(WHEN_RETIRED),
                _("Look at my situation"),
            )
        elif self.workspace.projection_state == "failed" and error is not None:
            self.empty.set_words(
                _("The plans could not be worked out."),
                "\n".join(
                    (_what_happened(error), _("All your answers and bills are kept."), _what_to_do(error))
                ),
                _("Use the program's values again") if _own_value(error) else _("Try again"),
            )
        else:
            self.empty.set_words(
                _("The plans are not worked out yet."),
                _("It takes a few seconds, and nothing leaves this computer."),
                _("Work them out"),
            )
        self.empty.button.setAccessibleName(self.empty.button.text())

    def _show_results(self, projection: Projection | None) -> None:
        """The answer and all below it; nothing where there is no projection."""
        for section in self._results:
            section.setVisible(projection is not None)
        self._shown = projection
        if projection is None:
            self.explore.stop()
            self._explored_on = None
            return
        mine = str(self.workspace.answer(tiers.CHOSEN) or "")
        plan = self._plan_to_show(projection, mine)
        self._current = plan.plan.id
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
        if last is not None and self._current == last.recommended:
            self._current = ""  # whoever looks at the suggestion goes on looking at it
        found = tiers.plan_of(projection, self._current) or tiers.plan_of(projection, mine)
        return found or projection.plan(projection.recommended)

    def _show_answer(self, projection: Projection, mine: str) -> None:
        best = projection.plan(projection.recommended)
        own = tiers.plan_of(projection, mine)
        lines = tier_words.answer_details(projection)
        if own is not None and own.plan.id != best.plan.id:
            lines.insert(0, plan_words.own_choice(own))
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

    def _hopeless(self) -> bool:
        """Whether there is nothing to work out for this person."""
        return self.workspace.person is None or bool(self.workspace.missing()) or has_retired(self.workspace)


def _join(parts: list[str]) -> str:
    """A short list in the language's own commas."""
    return ("、" if text.language() == "zh" else ", ").join(parts)


def _own_value(error: Exception) -> str:
    """The name of the assumption whose own value was refused; empty for any other error."""
    field = error.field if isinstance(error, WenbaoError) else ""
    return (field or "").removeprefix(_OWN_VALUES) if (field or "").startswith(_OWN_VALUES) else ""


def _what_happened(error: Exception) -> str:
    if isinstance(error, WenbaoError):
        name = _own_value(error)
        field = assumption_words.title_of(name) if name else error.field
        return _(error.message, field=field, **error.values)
    return _("Something went wrong inside the program ({name}).", name=type(error).__name__)


def _what_to_do(error: Exception) -> str:
    if _own_value(error):
        return _("Take your own values of the assumptions back, then change them once more.")
    if isinstance(error, WenbaoError):
        return _("Change the answer in question in My situation, then try again.")
    return _("Try again; if it comes back, restart Wenbao.")
