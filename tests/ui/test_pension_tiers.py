"""The tiers page: the answer first, every state said, slider and table by keyboard, all of it explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QTableView,
    QToolButton,
    QWidget,
)

from planner import text
from planner.policy import load_pack
from planner.projection import Projection
from planner.projection.case import EarnedMonth
from planner.projection.results import Offer, Radar
from planner.report import plan_words, tier_rules
from planner.ui.models import tiers
from planner.ui.models.workspace import Workspace
from planner.ui.pages.pension_tiers import PensionTiersPage
from planner.ui.theme import Look
from planner.values import InputError, Month, mark
from planner.vault import Store
from tests.ui.frame import framed
from tests.ui.tier_results import WORKER, Income, case_of, projection_of

TODAY = date(2026, 8, 1)


class Prepared(Workspace):
    """A workspace whose projection, state and error a test sets itself."""

    ready: Projection | None = None
    state = "none"
    wrong: Exception | None = None
    wanted = 0

    @property
    def projection(self) -> Projection | None:
        return self.ready

    @property
    def projection_state(self) -> str:
        return "ready" if self.ready is not None else self.state

    @property
    def projection_error(self) -> Exception | None:
        return self.wrong

    def want_projection(self) -> None:
        self.wanted += 1

    def become(self, state: str, ready: Projection | None = None, wrong: Exception | None = None) -> None:
        self.state, self.ready, self.wrong = state, ready, wrong
        self.projection_changed.emit(self.projection_state)


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Prepared]:
    store = Store.in_memory()
    yield Prepared(store, Look("light", 100), today=TODAY)
    store.close()


@pytest.fixture
def opened(workspace: Prepared, qtbot: Any) -> Callable[..., PensionTiersPage]:
    def open_page(answers: dict[str, Any] | None = None, **more: Any) -> PensionTiersPage:
        person = workspace.store.create_person("Wang")
        given = WORKER if answers is None else answers
        workspace.store.save_answers(person.id, given)
        workspace.open_person(person)
        if given == WORKER and more.pop("is_ready", True):
            workspace.ready = projection_of(case_of(workspace.pack, TODAY), **more)
        page = PensionTiersPage(workspace)
        framed(page, qtbot)
        page.activate()
        return page

    return open_page


def said(page: QWidget) -> str:
    QApplication.processEvents()  # what was just added is shown
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


# The answer


def test_one_sentence_says_what_is_kept_its_cost_what_it_gives_and_how_likely_a_gap_is(opened: Any) -> None:
    page = opened()
    sentence = page.results.answer.sentence.text()
    for part in ("Employee pension, tier 80%", "¥1,280", "worst months", "¥2,100", "3.8%"):
        assert part in sentence
    assert sentence.count(". ") == 0


def test_it_says_plainly_that_the_lower_tier_returns_more_per_yuan(opened: Any) -> None:
    words = opened().results.answer.detail.text()
    assert "The lower tier returns more for each yuan: Employee pension, tier 60% 3.9%" in words
    assert "tier 80% 3.7%" in words
    assert "Of all, Resident pension, 200 yuan a year returns most for each yuan, 7.0% a year" in words


def test_it_does_not_say_so_when_it_is_not_so(opened: Any, workspace: Prepared) -> None:
    page = opened()
    plans = [replace(plan, irr=0.03) for plan in workspace.ready.plans]
    workspace.become("ready", replace(workspace.ready, plans=tuple(plans)))
    assert "returns more" not in page.results.answer.detail.text()


def test_doing_nothing_is_always_among_the_options(opened: Any) -> None:
    page = opened()
    assert page.results.plans.table.plans.rows[0][0] == "Do nothing"
    assert "Doing nothing is a choice too" in page.results.answer.detail.text()


def test_where_nothing_is_worth_its_cost_the_sentence_says_to_pay_nothing(opened: Any) -> None:
    page = opened(recommended="nothing", highest_kept="nothing")
    assert page.results.answer.sentence.text().startswith("For now it is better to pay nothing")


def test_where_nothing_is_kept_up_what_comes_nearest_is_named_and_no_empty_offer_made(opened: Any) -> None:
    plans = projection_of(case_of(load_pack(), TODAY)).plans
    unsafe = tuple(
        plan if plan.plan.id == "nothing" else replace(plan, lapse=replace(plan.lapse, p12=0.25))
        for plan in plans
    )
    offers = (Offer(0.1, unsafe[0]), Offer(0.2, unsafe[0]))
    page = opened(recommended="nothing", highest_kept="nothing", plans=unsafe, offers=offers)
    assert page.results.answer.sentence.text().endswith("Without paying there is no monthly pension.")
    words = page.results.answer.detail.text()
    assert "Nearest to being kept up is Resident pension, 200 yuan a year: ¥17 a month" in words
    assert "a year missed in 25% of futures" in words
    assert "If you accept a gap" not in words
    assert page.results.explore.detail.text() == "There is no monthly pension."


def test_every_risk_that_can_be_accepted_elsewhere_can_be_accepted_here(
    opened: Any, workspace: Prepared
) -> None:
    page = opened()
    workspace.save_answers({"max_lapse": "0.01"})
    page.refresh()
    assert page.results.risk.buttons["0.01"].isChecked()
    assert len(page.results.risk.buttons) == 4


def test_a_higher_plan_that_could_be_kept_is_named(opened: Any) -> None:
    page = opened(recommended="resident_2000")
    assert (
        "The highest you would keep up at that risk is Employee pension, tier 80%"
        in page.results.answer.detail.text()
    )
    assert "paid once a year" in page.results.answer.sentence.text()


def test_a_plan_whose_cost_moves_names_its_worst_months(opened: Any, workspace: Prepared) -> None:
    page = opened(recommended="matched_12")
    plans = [
        replace(plan, worst_month_cost=600.0) if plan.plan.id == "matched_12" else plan
        for plan in workspace.ready.plans
    ]
    workspace.become("ready", replace(workspace.ready, plans=tuple(plans)))
    assert "¥1,050 a month now and ¥600 in your worst months" in page.results.answer.sentence.text()


# The states


def test_missing_answers_are_named_with_a_way_to_give_them(
    opened: Any, workspace: Prepared, qtbot: Any
) -> None:
    page = opened({"born": "1992-03"})
    assert "where you work and pay, what you do" in page.empty.hint.text()
    assert not page.results.answer.isVisibleTo(page)
    with qtbot.waitSignal(workspace.open_page) as asked:
        page.empty.button.click()
    assert asked.args == ["my_situation"]


def test_opening_the_page_asks_for_the_sums(opened: Any, workspace: Prepared) -> None:
    opened(is_ready=False)
    assert workspace.wanted == 1


def test_running_shows_how_far_and_can_be_stopped(
    opened: Any, workspace: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = []
    monkeypatch.setattr(Prepared, "cancel_projection", lambda self: stopped.append(self))
    page = opened(is_ready=False)
    workspace.become("running")
    assert page.waiting.isVisibleTo(page)
    assert not page.waiting.older.isVisibleTo(page)
    assert not page.results.answer.isVisibleTo(page)
    workspace.projection_progress.emit(0.4)
    assert page.waiting.bar.value() == 400
    page.waiting.button.click()
    assert len(stopped) == 1


def test_while_working_anew_the_older_numbers_stay_and_are_said_to_be_old(
    opened: Any, workspace: Prepared
) -> None:
    page = opened()
    workspace.become("running")
    assert page.results.answer.isVisibleTo(page)
    assert "from before your last change" in said(page.waiting)
    workspace.become("ready", projection_of(case_of(workspace.pack, TODAY)))
    assert not page.waiting.isVisibleTo(page)


def test_stopped_offers_to_go_on(opened: Any, workspace: Prepared) -> None:
    page = opened(is_ready=False)
    workspace.become("running")
    workspace.become("none")
    assert not page.waiting.isVisibleTo(page)
    wanted = workspace.wanted
    page.empty.button.click()
    assert workspace.wanted == wanted + 1


def test_failed_says_what_happened_what_was_kept_and_what_to_do(opened: Any, workspace: Prepared) -> None:
    page = opened(is_ready=False)
    error = InputError(
        "out_of_range", mark("{field} must be between {low} and {high}"), field="x", low=1, high=2
    )
    workspace.become("failed", wrong=error)
    words = said(page.empty)
    for part in ("could not be worked out", "between 1 and 2", "are kept", "My situation"):
        assert part in words
    workspace.become("failed", wrong=ZeroDivisionError("division"))
    assert "Something went wrong inside the program (ZeroDivisionError)" in said(page.empty)
    page.empty.button.click()
    assert workspace.wanted >= 1


def test_somebody_retired_is_told_so_and_nothing_is_worked_out(opened: Any, workspace: Prepared) -> None:
    page = opened({**WORKER, "born": "1955-01"})
    assert "reached your retirement age" in page.empty.sentence.text()
    assert workspace.wanted == 0
    assert not page.results.plans.isVisibleTo(page)


def test_without_own_months_it_says_whose_numbers_these_are(opened: Any, workspace: Prepared) -> None:
    page = opened(income=Income(0, 0.0, True))
    assert page.results.group.isVisibleTo(page)
    assert "figures of people in your work" in page.results.group_note.text()
    assert page.results.to_earnings.isVisibleTo(page)
    case = case_of(workspace.pack, TODAY)
    months = tuple(EarnedMonth(Month(2026, at + 1), cny) for at, cny in enumerate((4000.0, 0.0, 5200.0)))
    few = projection_of(replace(case, months=months), income=Income(0, 0.0, True))
    workspace.become("ready", few)
    assert page.results.group_note.text() == (
        "Of your own, 2 months with income are known; from 6 on your own count. "
        "Until then these are figures of people in your work."
    )
    workspace.become("ready", projection_of(case_of(workspace.pack, TODAY)))
    assert not page.results.group.isVisibleTo(page)
    assert "12 months of your own" in page.results.group_note.text()


# The plans


def test_the_table_goes_scheme_by_scheme_and_marks_the_suggestion(opened: Any) -> None:
    page = opened()
    names = [row[0] for row in page.results.plans.table.plans.rows]
    assert names[:2] == ["Do nothing", "Resident pension, 200 yuan a year"]
    assert "Suggested: Employee pension, tier 80%" in names
    assert page.results.plans.table.current == "employee_80"


def test_a_row_is_shown_by_arrows_and_chosen_by_enter(opened: Any, workspace: Prepared) -> None:
    page = opened()
    table = page.results.plans.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert page.results.explore.plan.plan.id == "employee_100"
    assert page.results.explore.slider.stop.percent == 100
    assert workspace.answer(tiers.CHOSEN) is None
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert workspace.answer(tiers.CHOSEN) == "employee_100"
    assert workspace.answer(tiers.CHOSEN_RULES) == workspace.pack.version
    assert "Your choice: Employee pension, tier 100%" in [row[0] for row in table.plans.rows]
    assert "Your own choice is Employee pension, tier 100%" in page.results.answer.detail.text()
    assert not page.results.plans.choose.button.isEnabled()
    workspace.undo()
    assert workspace.answer(tiers.CHOSEN) is None


def test_the_choice_is_there_again_after_opening_the_file_anew(opened: Any, workspace: Prepared) -> None:
    page = opened()
    page.results.plans.chosen.emit("resident_2000")
    person = workspace.person
    workspace.close_person()
    workspace.open_person(person)
    workspace.become("ready", projection_of(case_of(workspace.pack, TODAY)))
    assert page.results.explore.plan.plan.id == "resident_2000"
    assert page.results.plans.table.current == "resident_2000"


# The slider


def test_the_slider_answers_at_once_roughly_and_from_all_futures_at_rest(opened: Any, qtbot: Any) -> None:
    page = opened()
    page.results.explore.fans.draw_now()
    slider = page.results.explore.slider.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert page.results.explore.plan.approximate
    assert page.results.explore.rough.isVisibleTo(page)
    with qtbot.waitSignal(page.results.explore.settled, timeout=5000):
        pass
    assert not page.results.explore.plan.approximate
    assert not page.results.explore.rough.isVisibleTo(page)
    assert page.results.explore.plan.plan.id == "employee_81"
    page.results.explore.choose.button.click()
    assert page.workspace.answer(tiers.CHOSEN) == "employee_81"
    assert "Employee pension, tier 81%" in page.results.answer.detail.text()


def test_the_payment_beside_the_slider_is_exact_to_the_fen(opened: Any) -> None:
    page = opened()
    stop = page.results.explore.slider.stop
    exact = tier_rules.monthly_payment(page.workspace.projection.case, stop.base, page.workspace.pack)
    assert exact == (stop.base * Decimal("0.2")).quantize(Decimal("0.01"))
    assert text.yuan(exact, 2) in page.results.explore.figures.text


def test_the_whole_range_of_the_place_can_be_reached_by_keyboard(opened: Any) -> None:
    page = opened()
    tier_slider = page.results.explore.slider
    case = page.workspace.projection.case
    stops = tier_rules.stops(case, page.workspace.pack)
    tier_slider.slider.setFocus()
    QTest.keyClick(tier_slider.slider, Qt.Key.Key_Home)
    assert tier_slider.stop == stops[0]
    QTest.keyClick(tier_slider.slider, Qt.Key.Key_End)
    assert tier_slider.stop == stops[-1]
    assert tier_slider.stop.percent == 300
    QTest.keyClick(tier_slider.slider, Qt.Key.Key_PageDown)
    assert tier_slider.stop.percent == 290


def test_a_place_with_a_list_of_bases_gives_the_slider_these_only(workspace: Prepared) -> None:
    pack = workspace.pack
    listed = next(
        place for place in pack.places() if pack.find("pension.fixed_bases", place, TODAY) is not None
    )
    stops = tier_rules.stops(case_of(pack, TODAY, province=str(listed)), pack)
    fixed = pack.value("pension.fixed_bases", listed, TODAY).value
    assert [stop.base for stop in stops] == sorted(fixed)


def test_a_click_on_the_groove_goes_there(opened: Any) -> None:
    page = opened()
    slider = page.results.explore.slider.slider
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    middle = (slider.minimum() + slider.maximum()) / 2
    assert abs(slider.value() - middle) <= 5


def test_the_wheel_belongs_to_the_page_until_the_slider_has_the_focus(opened: Any) -> None:
    page = opened()
    slider = page.results.explore.slider.slider
    assert slider.focusPolicy() == Qt.FocusPolicy.StrongFocus


# Why, assumptions, life


def test_why_goes_down_to_the_document_and_its_confidence(opened: Any) -> None:
    page = opened()
    page.results.explore.why.open()
    words = said(page.results.explore.why)
    for part in (
        "Contribution base",
        "What you pay a month",
        "Basic pension",
        "Monthly pension",
        "2005",
        "Official document",
    ):
        assert part in words
    page.results.plans.shown.emit("resident_2000")
    assert "Resident pension a month" in said(page.results.explore.why)


def test_the_steps_give_what_the_formulas_say(opened: Any, workspace: Prepared) -> None:
    opened()
    for plan in workspace.ready.plans:
        for step in tier_rules.steps_of(workspace.ready.case, plan, workspace.pack):
            if step.rule.startswith("steady."):
                worked = eval(step.formula, {"half_up": lambda value, _to: value}, dict(step.values))
                assert abs(Decimal(worked) - Decimal(step.result)) < Decimal("0.01")


def test_an_assumption_can_be_changed_and_given_back(opened: Any, workspace: Prepared) -> None:
    page = opened()
    assumed = page.results.assumed
    assert assumed.current.name == "real_wage_growth"
    assumed.own.line.setText("2.5")
    assumed.own.line.setModified(True)
    assumed.own.line.editingFinished.emit()
    assert workspace.answer("assumptions") == {"real_wage_growth": "2.5"}
    assumed.table.selectRow(1)
    assert assumed.back.isVisibleTo(page)
    assumed.table.selectRow(0)
    assumed.edited.emit("real_wage_growth", None)
    assert workspace.answer("assumptions") is None


def test_what_is_so_or_not_is_answered_with_yes_or_no(opened: Any, workspace: Prepared) -> None:
    page = opened()
    assumed = page.results.assumed
    at = next(row for row, one in enumerate(assumed._listed) if one.name == "catch_up")
    title, value, unit, span, _sure = assumed.table.model_.rows[at]
    assert (title, value) == ("Months left unpaid may be paid later in the same year", "yes")
    assert (unit, span) == ("", "")
    assumed.table.selectRow(at)
    assert assumed.own_choice.isVisibleTo(page)
    assert not assumed.own.isVisibleTo(page)
    assert [button.text() for button in assumed.own_choice.buttons.values()] == ["yes", "no"]
    assert assumed.own_choice.buttons["1"].isChecked()
    assumed.own_choice.buttons["0"].click()
    assert workspace.answer("assumptions") == {"catch_up": "0"}
    assumed.table.selectRow(0)
    assert assumed.own.isVisibleTo(page)
    assert not assumed.own_choice.isVisibleTo(page)


def test_an_event_that_is_switched_on_is_kept_and_said(opened: Any, workspace: Prepared) -> None:
    page = opened()
    assert list(page.results.what_if.events.buttons) == ["account_suspended", "fee_raised", "illness"]
    page.results.what_if.events.buttons["illness"].click()
    assert workspace.answer("shocks") == ["illness"]
    case = workspace.ready.case
    struck = replace(case, settings=replace(case.settings, shocks=("illness",)))
    workspace.become("ready", projection_of(struck))
    assert "as if within a year this happened: A longer illness" in page.results.answer.detail.text()


def test_a_gap_that_is_likely_comes_with_its_reason(opened: Any) -> None:
    page = opened()
    page.results.plans.shown.emit("employee_150")
    words = page.results.explore.detail.text()
    assert "mostly because of a month with little income (70% of the gaps)" in words


def with_radar(projection: Any, plan_id: str, chance: float, reason: str) -> Any:
    plans = tuple(
        replace(one, radar=Radar(chance, reason)) if one.plan.id == plan_id else one
        for one in projection.plans
    )
    return replace(projection, plans=plans)


def test_the_radar_says_how_likely_why_and_the_smallest_fix(opened: Any, workspace: Prepared) -> None:
    page = opened()
    workspace.become("ready", with_radar(workspace.ready, "employee_80", 0.16, "low_income"))
    assert "in 16% of futures one of the next three payments" in page.results.radar.sentence.text()
    assert "a month with little income" in page.results.radar.sentence.text()
    assert "put ¥1,200 more by" in page.results.radar.fix.text()
    assert page.results.radar.dots.missed == 3
    assert "3" in page.results.radar.dots.accessibleName()
    page.results.plans.shown.emit("employee_60")
    assert "as good as safe" in page.results.radar.sentence.text()
    assert not page.results.radar.fix.isVisibleTo(page)
    page.results.plans.shown.emit("nothing")
    assert "no payment to miss" in page.results.radar.sentence.text()


def test_a_higher_risk_is_offered_plainly(opened: Any) -> None:
    detail = opened().results.answer.detail.text()
    assert "If you accept a gap in 10% of futures" in detail
    assert "A missed month there costs only that month" in detail


def test_the_accepted_risk_is_chosen_on_the_page(opened: Any, workspace: Prepared) -> None:
    page = opened()
    assert page.results.risk.buttons["0.05"].isChecked()
    page.results.risk.buttons["0.2"].click()
    assert workspace.answer("max_lapse") == "0.2"
    assert page.results.risk.buttons["0.2"].isChecked()


def test_later_yuan_are_one_click_off_and_marked(opened: Any, workspace: Prepared) -> None:
    page = opened()
    plans = tuple(replace(one, price_level=2.0) for one in workspace.ready.plans)
    workspace.become("ready", replace(workspace.ready, plans=plans))
    today = page.results.figures.text
    assert not page.results.nominal.isChecked()
    assert not page.results.nominal_note.isVisibleTo(page)
    page.results.nominal.click()
    assert page.results.nominal_note.isVisibleTo(page)
    assert "2.0 times today's" in page.results.figures.text
    assert page.results.figures.text != today
    assert "Pension, later yuan" in [
        page.results.plans.table.model().headerData(column, Qt.Orientation.Horizontal)
        for column in range(page.results.plans.table.model().columnCount())
    ]
    page.results.nominal.click()
    assert page.results.figures.text == today
    assert workspace.answer("nominal") is None


def test_whether_the_work_changed_is_asked_once(opened: Any, workspace: Prepared) -> None:
    page = opened()
    assert not page.results.asked.isVisibleTo(page)
    changed = replace(workspace.ready, income=replace(workspace.ready.income, job_changed=True))
    workspace.become("ready", changed)
    assert page.results.asked.job.isVisibleTo(page)
    assert not page.results.asked.costs.isVisibleTo(page)
    page.results.asked.job.buttons["yes"].click()
    assert workspace.answer("assumptions") == {"fading": "0.97"}
    workspace.become("ready", changed)
    assert not page.results.asked.isVisibleTo(page)


def test_a_no_to_the_changed_work_changes_no_number(opened: Any, workspace: Prepared) -> None:
    page = opened()
    workspace.become(
        "ready", replace(workspace.ready, income=replace(workspace.ready.income, job_changed=True))
    )
    page.results.asked.job.buttons["no"].click()
    assert workspace.answer("assumptions") is None
    assert workspace.answer("job_change") == "no"


def test_a_seller_with_payouts_only_is_asked_for_the_costs(opened: Any, workspace: Prepared) -> None:
    page = opened()
    months = (EarnedMonth(Month(2026, 6), 9000.0), EarnedMonth(Month(2026, 7), 12000.0))
    seller = replace(workspace.ready.case, occupation="cross_border_seller", months=months)
    workspace.become("ready", replace(workspace.ready, case=seller))
    assert page.results.asked.costs.isVisibleTo(page)
    QTest.keyClicks(page.results.asked.costs.line, "60")
    QTest.keyClick(page.results.asked.costs.line, Qt.Key.Key_Return)
    assert workspace.answer("assumptions") == {"cost_ratio": "0.6"}


def test_a_month_left_out_has_a_price(opened: Any, workspace: Prepared) -> None:
    page = opened()
    lowest = workspace.ready.plan("employee_60")
    plan = replace(lowest.plan, id="pause_12", family="pause", pause_from=12, pause_months=12)
    paused = replace(lowest, plan=plan, pension_mean=lowest.pension_mean - 120)
    workspace.become("ready", replace(workspace.ready, plans=(*workspace.ready.plans, paused)))
    assert "costs about ¥10 of pension a month, for life" in page.results.answer.detail.text()


def test_beginning_later_has_a_price(opened: Any) -> None:
    assert "Beginning a year later would cost you about ¥45" in opened().results.answer.detail.text()


def test_what_cannot_be_changed_offers_no_field(opened: Any) -> None:
    page = opened()
    page.results.assumed.table.selectRow(2)
    assert not page.results.assumed.editor.isVisibleTo(page)
    assert "cannot be changed" in page.results.assumed.source.text()


def test_life_is_never_one_date(opened: Any) -> None:
    words = opened().results.assumed.life.text()
    assert "Half of the people" in words
    assert "83" in words
    assert "one in ten beyond 93" in words


def test_three_words_say_what_is_uncertain(opened: Any) -> None:
    page = opened()
    assert [badge.text() for badge in page.results.assumed._badges] == ["income", "wages", "lifetime"]


# Words and names


def test_every_control_has_a_name(opened: Any) -> None:
    page = opened()
    for kind in (QPushButton, QToolButton, QLineEdit, QSlider, QTableView):
        for control in page.findChildren(kind):
            if control.isVisibleTo(page):
                assert control.accessibleName(), control
    assert not page.findChildren(QComboBox)
    assert "80%" in page.results.explore.slider.slider.accessibleDescription()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_code_and_no_word_of_the_other_language_is_shown(opened: Any, language: str) -> None:
    text.use(language)
    page = opened()
    page.results.why.open()
    page.results.explore.why.open()
    cells = [
        str(cell) for table in page.findChildren(QTableView) for row in table.model_.rows for cell in row
    ]
    words = "\n".join([said(page), *cells])
    plain = "\n".join(line for line in words.splitlines() if "http" not in line)
    assert "_" not in plain
    if language == "zh":
        for english in ("month", "pension", "tier", "futures", "yuan", "your"):
            assert english not in plain


def test_a_change_of_language_says_everything_again(opened: Any) -> None:
    page = opened()
    text.use("zh")
    page.retranslate()
    assert page.results.answer.sentence.text().startswith("你交得住的是“职工养老 80% 档”")
    assert page.results.plans.table.plans.header[0] == "方案"
    assert page.results.explore.slider.words.text().startswith("80% 档")


def test_chances_that_are_small_are_not_said_to_be_none() -> None:
    assert plan_words.chance(0.0) == "0%"
    assert plan_words.chance(0.001) == "under 0.5%"
    assert plan_words.chance(0.0384) == "3.8%"
    assert plan_words.chance(0.2) == "20%"


def test_a_small_pension_has_axes_of_its_own_and_the_slider_brings_the_large_ones_back(
    opened: Any, qtbot: Any
) -> None:
    page = opened()
    page.results.plans.shown.emit("resident_2000")
    page.results.explore.fans.draw_now()
    assert page.results.explore.fans.figure.axes[0].get_ylim()[1] < 1000
    QTest.keyClick(page.results.explore.slider.slider, Qt.Key.Key_End)
    page.results.explore.fans.draw_now()
    assert page.results.explore.fans.figure.axes[0].get_ylim()[1] > 5400 * 1.5
    qtbot.waitSignal(page.results.explore.settled, timeout=5000).wait()
    assert page.results.plans.table.current == "employee_300"


def test_the_last_missing_answer_starts_the_sums_while_the_page_is_open(
    qapp: QApplication, qtbot: Any
) -> None:
    store = Store.in_memory()
    workspace = Workspace(store, Look("light", 100), today=TODAY)
    person = store.create_person("Wang")
    store.save_answers(person.id, {"category": "male_60", "born": "1992-03", "province": "CN-GD"})
    workspace.open_person(person)
    page = PensionTiersPage(workspace)
    framed(page, qtbot)
    page.activate()
    assert page.empty.isVisibleTo(page)
    workspace.save_answers({"occupation": "food_rider_crowd"})
    assert page.waiting.isVisibleTo(page)
    qtbot.waitUntil(lambda: workspace.projection is not None, timeout=120_000)
    assert page.results.answer.isVisibleTo(page)
    assert not page.waiting.isVisibleTo(page)
    assert page.results.plans.table.plans.rows[0][0] == workspace.projection.plan("nothing").name.en
    plan = page.results.explore.plan
    assert tier_rules.steps_of(workspace.projection.case, plan, workspace.pack)
    store.close()


def test_an_own_value_that_is_refused_is_named_and_can_be_taken_back(
    opened: Any, workspace: Prepared
) -> None:
    page = opened()
    page.results.assumed.edited.emit("cpi.2026", Decimal(900))
    error = InputError(
        "out_of_range",
        mark("{field} must be between {low} and {high}"),
        field="settings.assumptions.cpi.2026",
        low=-10,
        high=30,
    )
    workspace.become("failed", wrong=error)
    assert "Rise of consumer prices must be between -10 and 30" in page.empty.hint.text()
    page.empty.button.click()
    assert workspace.answer("assumptions") is None


def test_another_risk_chooses_anew_on_the_same_futures(
    qapp: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(store := Store.in_memory(), Look("light", 100), today=TODAY)
    person = store.create_person("Wang")
    store.save_answers(person.id, WORKER)
    workspace.open_person(person)
    workspace.want_projection()
    qtbot.waitUntil(lambda: workspace.projection is not None, timeout=120_000)
    first = workspace.projection
    assert first is not None
    monkeypatch.setattr("planner.projection.projecting.project", None)
    workspace.save_answers({"max_lapse": "0.2"})
    assert workspace.projection_state == "running"
    qtbot.waitUntil(lambda: workspace.projection is not None, timeout=20_000)
    assert workspace.projection.case.settings.max_lapse == 0.2
    assert workspace.projection.income is first.income
    assert workspace.projection.offers[2].plan.plan.id == workspace.projection.recommended


def test_the_sums_are_seen_to_run_where_an_assumption_was_edited(opened: Any, workspace: Prepared) -> None:
    page = opened()
    assert not page.results.assumed.bar.isVisibleTo(page)
    workspace.ready = None
    workspace.become("running")
    workspace.projection_progress.emit(0.4)
    assert page.results.assumed.bar.isVisibleTo(page)
    assert page.results.assumed.bar.value() == 400


@pytest.mark.parametrize(("scale", "wide"), [(100, 1100), (100, 640), (150, 1100), (150, 760), (200, 1000)])
def test_tables_of_the_page_never_scroll_sideways_and_say_the_rest_below(
    opened: Any, workspace: Prepared, scale: int, wide: int
) -> None:
    page = opened()
    workspace.look.set_scale(scale)
    page.frame.resize(wide, 900)
    QApplication.processEvents()
    for table in (page.results.plans.table, page.results.assumed.table):
        shown = [at for at in range(table.model().columnCount()) if not table.isColumnHidden(at)]
        assert sum(table.columnWidth(at) for at in shown) <= table.viewport().width()
        assert all(table.columnWidth(at) >= table.horizontalHeader().sectionSizeHint(at) for at in shown[1:])
        assert {0, 1} <= set(shown)
    header = page.results.plans.table.plans.header
    shown = {name for at, name in enumerate(header) if not page.results.plans.table.isColumnHidden(at)}
    assert {"Plan", "A month", "Pension", "Gap risk"} <= shown
    assert "Paid in all: about" in page.results.explore.detail.text()
    workspace.look.set_scale(100)


def test_long_names_take_as_many_lines_as_they_need(opened: Any, workspace: Prepared) -> None:
    table = opened().results.plans.table
    before = table.rowHeight(0)
    table.resize(420, table.height())
    for row, cells in enumerate(table.plans.rows):
        is_cut = table.sizeHintForIndex(table.model().index(row, 0)).width() > table.columnWidth(0)
        assert (table.rowHeight(row) > before) is is_cut, cells[0]
    assert table.rowHeight(0) == before
    assert any(table.rowHeight(row) > before for row in range(len(table.plans.rows)))
