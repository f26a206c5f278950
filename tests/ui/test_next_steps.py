"""The page of next steps: one honest card, a yes and a no that cost the same, and all of it found again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)

from planner import text
from planner.projection import Projection
from planner.ui import tasks
from planner.ui.models.counsel import Counsel
from planner.ui.models.workspace import Workspace
from planner.ui.pages.next_steps import NextStepsPage
from planner.ui.theme import Look
from planner.ui.widgets.advice_card import FactLine
from planner.ui.widgets.why import SourceLine
from planner.vault import Store
from tests.ui.frame import framed
from tests.ui.tier_results import case_of, projection_of

TODAY = date(2026, 11, 20)
RIDER = {
    "category": "male_60",
    "born": "1992-03",
    "province": "CN-GD",
    "occupation": "food_rider_crowd",
    "platforms": ["美团"],
    "essentials": "3000",
    "buffer": "20000",
}
PAYS = [{"risk": "pension", "scheme": "employee", "paid_by": "worker", "monthly": "1500"}]
Open = Callable[..., NextStepsPage]


class Prepared(Workspace):
    """A workspace whose projection and its state a test sets."""

    ready: Projection | None = None
    state = "none"
    day = TODAY

    @property
    def projection(self) -> Projection | None:
        return self.ready

    @property
    def projection_state(self) -> str:
        return "ready" if self.ready is not None else self.state

    def want_projection(self) -> None:
        self.projection_changed.emit(self.projection_state)


def months(*yuan: int) -> list[dict[str, Any]]:
    """Typed months up to October 2026."""
    ends = [(2026, 10 - back) if back < 10 else (2025, 22 - back) for back in range(len(yuan))]
    return [
        {"month": f"{year}-{month:02d}", "cny": str(cny)}
        for (year, month), cny in zip(reversed(ends), yuan, strict=True)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def opened(qapp: QApplication, qtbot: Any, folder: Path) -> Iterator[Open]:
    """Opens the page upon the vault; called again, it is the next start."""
    stores: list[Store] = []

    def open_page(
        answers: dict[str, Any] | None = None,
        *,
        earned: list[dict[str, Any]] | None = None,
        today: date = TODAY,
        state: str = "none",
        with_projection: bool = True,
    ) -> NextStepsPage:
        for store in stores:
            store.close()
        stores[:] = [Store.open(folder)]
        store = stores[0]
        workspace = Prepared(store, Look("light", 100), today=today)
        people = store.people()
        person = people[0] if people else store.create_person("王师傅")
        if answers is not None:
            store.save_answers(person.id, answers)
            store.save_typed_months(person.id, earned if earned is not None else months(*[7000] * 12))
        workspace.state = state
        if with_projection:
            workspace.ready = projection_of(case_of(workspace.pack, today))
        workspace.open_person(person)
        page = NextStepsPage(workspace)
        framed(page, qtbot)
        page.activate()
        return page

    yield open_page
    tasks.stop_all()
    for store in stores:
        store.close()


def said(page: NextStepsPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def shown_card(page: NextStepsPage) -> str | None:
    return page._card.id if page._card is not None and page.card.isVisibleTo(page) else None


def choices(page: NextStepsPage) -> list[tuple[str, str]]:
    return [(line.card, line.choice) for line in page.counsel.log()]


def test_without_the_three_answers_the_page_says_what_to_do(opened: Open, qtbot: Any) -> None:
    page = opened({}, with_projection=False)
    assert page.empty.isVisibleTo(page)
    assert shown_card(page) is None
    assert not page.paper.isVisibleTo(page)
    with qtbot.waitSignal(page.workspace.open_page) as signal:
        page.empty.button.click()
    assert signal.args == ["my_situation"]


def test_one_card_and_the_protective_one_first(opened: Open) -> None:
    page = opened({**RIDER, "cover": PAYS}, earned=months(*[7000] * 11, 4200))
    assert shown_card(page) == "N02"
    assert "In 2026-10 you earned ¥4,200" in said(page)
    assert "3 more cards wait" in page.answer.detail.text()
    assert choices(page) == [("N02", "shown")]


@pytest.mark.parametrize(("card", "answers"), [("N06", 5), ("N08", 4), ("N02", 5)])
def test_every_answer_is_one_click_on_a_button_of_the_same_size_and_look(
    opened: Open, card: str, answers: int
) -> None:
    """Accept, no, later and never: nothing is chosen beforehand, nothing stands out, nothing asks again."""
    others = [id for id in ("N02", "N04", "N06", "N08") if id != card]
    page = opened({**RIDER, "cover": PAYS, "cards_off": others}, earned=months(*[7000] * 11, 4200))
    QApplication.processEvents()
    assert shown_card(page) == card
    assert page._card.is_default is (card != "N06")
    buttons = page.card.answers
    assert set(buttons) >= {"nothing", "later", "never"}
    assert len(buttons) == answers
    assert len({button.size().toTuple() for button in buttons.values()}) == 1
    assert len({button.x() for button in buttons.values()}) == 1
    assert len({button.property("tone") for button in buttons.values()}) == 1
    assert len({button.font().toString() for button in buttons.values()}) == 1
    for button in buttons.values():
        assert button.isEnabled()
        assert not any((button.isDefault(), button.autoDefault(), button.isCheckable()))
        assert button.styleSheet() == ""
    words = [len(button.text().split()) for button in buttons.values()]
    assert max(words) - min(words) <= 1


@pytest.mark.parametrize("answer", ["resident_200", "employee_80", "nothing", "later", "never"])
def test_one_click_answers_and_one_click_takes_it_back(opened: Open, answer: str) -> None:
    page = opened(RIDER)
    assert shown_card(page) == "N06"
    page.card.answers[answer].click()
    kept = {"nothing": "declined", "later": "later", "never": "never"}.get(answer, "accepted")
    assert choices(page)[:2] == [("N06", "shown"), ("N06", kept)]
    assert shown_card(page) is None  # no further card right behind an answer
    assert bool(page.counsel.steps()) is (kept == "accepted")
    assert page.undo.isVisibleTo(page)
    assert page.undo.text() == "Take that back"
    page.undo.click()
    assert ("N06", "reversed") in choices(page)
    assert shown_card(page) == "N06"
    assert not page.counsel.steps()
    assert not page.undo.isVisibleTo(page)


def test_an_accepted_card_leaves_dated_steps_that_are_there_after_a_restart(opened: Open) -> None:
    page = opened({**RIDER, "cards_off": ["N04", "N06"]})
    assert shown_card(page) == "N08"
    page.card.answers["checklist"].click()
    steps = page.counsel.steps()
    assert len(steps) == 3
    assert all(kept.due == TODAY + timedelta(days=14) for kept in steps)
    assert page.answer.sentence.text().startswith("By 2026-12-04: Ask the platform")
    again = opened()
    assert [kept.step for kept in again.counsel.steps()] == [kept.step for kept in steps]
    assert again.plan.isVisibleTo(again)
    assert "Bring: Identity card" in said(again)
    assert choices(again) == [("N08", "shown"), ("N08", "accepted")]
    assert shown_card(again) is None


def test_steps_follow_only_from_the_deed_that_the_log_names(opened: Open) -> None:
    page = opened({**RIDER, "cards_off": ["N06"]})
    page.card.answers["checklist"].click()
    accepted = page.counsel.log()[-1]
    assert accepted.shown["taken"] == "checklist"
    assert {kept.step.deed for kept in page.counsel.steps()} == {accepted.shown["deed"]}
    assert accepted.shown["version"] == 1
    assert accepted.shown["at"].startswith("20")


def test_a_step_is_ticked_taken_out_and_put_back(opened: Open) -> None:
    page = opened({**RIDER, "cards_off": ["N06"]})
    page.card.answers["checklist"].click()
    first, second, third = page.counsel.steps()
    page.steps.boxes[first.id].click()
    assert page.counsel.steps()[0].done == TODAY
    page.steps.removals[second.id].click()
    assert [kept.id for kept in page.counsel.steps()] == [first.id, third.id]
    page.workspace.undo()
    assert len(page.counsel.steps()) == 3
    for kept in (second, third):
        page.steps.boxes[kept.id].click()
    assert choices(page)[-1] == ("N08", "done")
    page.workspace.undo()
    assert page.counsel.steps()[2].done is None


def test_a_no_is_not_asked_again_before_its_time_even_after_a_restart(opened: Open) -> None:
    quiet = {**RIDER, "cards_off": ["N04", "N06"]}
    page = opened(quiet)
    page.card.answers["nothing"].click()
    for days, card in ((29, None), (30, "N08")):
        earned = months(*[7000] * 12)
        again = opened(quiet, earned=earned, today=TODAY + timedelta(days=days))
        assert shown_card(again) == card, days


def test_a_never_holds(opened: Open) -> None:
    quiet = {**RIDER, "cards_off": ["N06"]}
    opened(quiet).card.answers["never"].click()
    page = opened(quiet, today=TODAY + timedelta(days=700))
    assert shown_card(page) is None
    assert not page.switches.single["N08"].isChecked()


def test_a_never_is_taken_back_by_its_switch(opened: Open) -> None:
    page = opened({**RIDER, "cards_off": ["N06"]})
    page.card.answers["never"].click()
    again = opened()
    again.switches.single["N08"].click()
    assert choices(again)[-1] == ("N08", "reversed")
    assert shown_card(again) == "N08"


def test_the_next_card_waits_for_the_next_visit(opened: Open) -> None:
    page = opened(RIDER)
    page.card.answers["later"].click()
    assert shown_card(page) is None
    page.activate()
    assert shown_card(page) == "N08"


def test_nothing_is_logged_as_shown_before_it_is_seen(opened: Open) -> None:
    page = opened(RIDER)
    seen = len(page.counsel.log())
    page.frame.hide()
    page.counsel.never(page._card)
    page.refresh()
    assert [choice for _card, choice in choices(page)][seen:] == ["never"]


def test_while_the_numbers_are_worked_out_no_card_pushes_in(opened: Open) -> None:
    page = opened(RIDER, with_projection=False, state="running")
    assert shown_card(page) is None
    assert page.answer.sentence.text() == "Your numbers are being worked out."
    assert choices(page) == []
    page.workspace.state = "failed"
    page.workspace.projection_changed.emit("failed")
    assert shown_card(page) == "N08"
    assert "could not be worked out" in page.answer.detail.text()


def test_each_card_and_all_of_them_can_be_switched_off(opened: Open) -> None:
    page = opened(RIDER)
    page.switches.single["N06"].click()
    assert shown_card(page) == "N08"
    page.switches.single["N08"].click()
    assert shown_card(page) is None
    page.switches.single["N06"].click()
    assert shown_card(page) == "N06"
    page.switches.all_cards.click()
    assert shown_card(page) is None
    assert page.answer.sentence.text() == "Cards are switched off."
    again = opened()
    assert shown_card(again) is None
    assert not again.switches.single["N06"].isEnabled()


def test_without_tailoring_everybody_sees_the_same_list(opened: Open) -> None:
    def listed(answers: dict[str, Any]) -> list[str]:
        page = opened({**answers, "tailored": False})
        assert shown_card(page) is None
        return [label.text() for label in page.everybody.findChildren(QLabel)]

    one = listed(RIDER)
    other = listed(
        {**RIDER, "born": "1970-01", "province": "CN-ZJ", "occupation": "livestreamer_independent"}
    )
    assert one == other
    assert "If you are hurt at work" in one


def test_what_covers_a_person_decides_the_card(opened: Open) -> None:
    page = opened({**RIDER, "cards_off": ["N04", "N06"]})
    assert shown_card(page) == "N08"
    injury = page.cover.risks["injury"].combo
    injury.activated.emit(injury.findData("oip"))
    assert page.workspace.answer("cover") == [{"risk": "injury", "scheme": "oip", "paid_by": "platform"}]
    assert shown_card(page) is None
    pension = page.cover.risks["pension"].combo
    pension.activated.emit(pension.findData("employee_own"))
    assert page.cover.paid["pension"].isVisibleTo(page)
    line = page.cover.paid["pension"].line
    line.setText("1,200")
    line.setModified(True)
    line.editingFinished.emit()
    assert page.workspace.answer("cover")[-1]["monthly"] == "1200"
    again = opened()
    assert again.cover.risks["pension"].value == "employee_own"
    again.workspace.undo()
    assert "monthly" not in again.workspace.answer("cover")[-1]


def test_a_cover_that_this_page_cannot_say_is_kept(opened: Open) -> None:
    odd = [{"risk": "pension", "scheme": "employee", "place": "CN-ZJ", "paid_by": "government"}]
    page = opened({**RIDER, "cover": odd})
    assert page.cover.risks["pension"].combo.currentText() == "Something else"
    medical = page.cover.risks["medical"].combo
    medical.activated.emit(medical.findData("none"))
    assert page.workspace.answer("cover") == [*odd, {"risk": "medical", "scheme": "none"}]


def test_what_happened_is_kept_after_a_yes_and_erased_on_a_word(opened: Open) -> None:
    page = opened(RIDER)
    assert not page.happened.inside.isVisibleTo(page)
    page.happened.allow.click()
    assert page.counsel.may_keep_health
    page.happened.day.day.setDate(QDate(2026, 11, 2))
    page.happened.kind.combo.setCurrentIndex(page.happened.kind.combo.findData("injury"))
    page.happened.add.click()
    assert page.workspace.answer("events") == [{"date": "2026-11-02", "kind": "injury"}]
    assert "Injured, since 2026-11-02" in said(page)
    over = next(each for each in page.happened.findChildren(QPushButton) if each.text() == "It is over")
    over.click()
    assert page.workspace.answer("events")[0]["until"] == "2026-11-20"
    page.happened.forget.click()
    assert page.workspace.answer("events") is None
    assert not page.counsel.may_keep_health
    assert page.workspace.answer("born") == "1992-03"


def test_each_fact_opens_its_document(opened: Open) -> None:
    page = opened({**RIDER, "cards_off": ["N06"]})
    line = next(
        each for each in page.card.findChildren(FactLine) if "is covered" in each.findChild(QLabel).text()
    )
    assert not line.findChildren(SourceLine)
    line.button.click()
    (source,) = line.findChildren(SourceLine)
    assert "Source: " in "\n".join(label.text() for label in source.findChildren(QLabel))
    line.button.click()
    assert not source.isVisibleTo(page)


def test_the_log_is_read_in_words_and_saved_as_a_file(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(RIDER)
    page.card.answers["later"].click()
    for button in page.log.findChildren(QPushButton):
        button.click()
    words = said(page)
    assert "Check passed: You are 16 or older" in words
    assert "Choice: Do nothing." in words
    target = tmp_path / "log"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.save_log.click()
    saved = json.loads(target.with_suffix(".json").read_text("utf-8"))
    assert [entry["choice"] for entry in saved][:2] == ["shown", "later"]
    assert "Saved: " in page.banners.shown()[0].text


def test_a_long_log_shows_the_newest_and_the_rest_on_demand(opened: Open) -> None:
    page = opened(RIDER)
    for back in range(40):
        page.workspace.store.log_card(
            page.workspace.person.id, TODAY - timedelta(days=back), "N06", "later", {}
        )
    page = opened()
    assert said(page).count("Your own worked example") < 20
    page.log.findChild(QPushButton, "", Qt.FindChildOption.FindDirectChildrenOnly).click()
    assert said(page).count("Your own worked example") > 40


def test_the_calendar_holds_what_is_still_to_do(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened({**RIDER, "cards_off": ["N06"]})
    assert not page.calendar.isVisibleTo(page)
    page.card.answers["checklist"].click()
    page.steps.boxes[page.counsel.steps()[0].id].click()
    target = tmp_path / "steps.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.calendar.click()
    assert target.read_text("utf-8").count("BEGIN:VEVENT") == 2
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "x.ics"), ""))
    page.calendar.click()
    assert "x.ics could not be written" in page.banners.shown()[0].text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    page.calendar.click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answer_prints_as_one_page(opened: Open, qtbot: Any, tmp_path: Path, language: str) -> None:
    text.use(language)
    page = opened({**RIDER, "cards_off": ["N06"]})
    page.card.answers["checklist"].click()
    with qtbot.waitSignal(page.save_answer.saved, timeout=20_000) as signal:
        page.save_answer.write(tmp_path / "answer")
    document = pypdfium2.PdfDocument(signal.args[0].read_bytes())
    words = document[0].get_textpage().get_text_bounded().replace("\r", "").replace("\n", "")
    pages = len(document)
    document.close()
    assert pages == 1
    assert "王师傅" in words
    assert page.counsel.steps()[0].step.what.said(text._).replace(" ", "") in words.replace(" ", "")
    assert ("Doing nothing" if language == "en" else "什么都不做") in words


def test_the_page_is_not_offered_before_it_can_be_made(opened: Open) -> None:
    page = opened(RIDER, with_projection=False, state="running")
    assert not page.save_answer.button.isEnabled()
    assert "in a moment" in page.save_answer.note.text()


def test_every_control_has_a_name(opened: Open) -> None:
    page = opened({**RIDER, "cover": PAYS, "cards_off": ["N02", "N06"]})
    page.happened.allow.click()
    page.card.answers["checklist"].click()
    controls = [
        each
        for kind in (QAbstractButton, QComboBox, QLineEdit, QDateEdit)
        for each in page.findChildren(kind)
        if each.isVisibleTo(page) and not each.objectName().startswith("qt_")
    ]
    assert len(controls) > 15
    assert not [each for each in controls if not each.accessibleName()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_code_is_ever_shown(opened: Open, language: str) -> None:
    text.use(language)
    page = opened({**RIDER, "cover": PAYS}, earned=months(*[7000] * 11, 4200))
    page.card.answers["lowest"].click()
    for button in page.log.findChildren(QPushButton):
        button.click()
    words = said(page)
    for code in ("N02", "E12", "employee_", "pension.", "food_rider", "oip", "CN-GD", "{", "}"):
        assert code not in words, code
    if language == "zh":
        assert "Accept" not in words
        assert "接受" in words


def test_the_counsel_of_nobody_is_empty(opened: Open) -> None:
    page = opened(RIDER)
    page.workspace.close_person()
    counsel = Counsel(page.workspace)
    assert counsel.steps() == ()
    assert counsel.log() == ()
    assert counsel.advice().cards == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_large_letters_in_a_small_window_cut_no_switch_and_no_choice(opened: Open, language: str) -> None:
    page = opened({**RIDER, "cover": [{"risk": "injury", "scheme": "oip", "paid_by": "platform"}]})
    text.use(language)
    page.retranslate()
    page.look.set_scale(200)
    page.look.install()
    page.frame.resize(640, 900)
    QApplication.processEvents()
    assert page.frame.horizontalScrollBar().maximum() == 0
    for field in page.cover.risks.values():
        words = field.combo.fontMetrics().horizontalAdvance(field.combo.currentText())
        assert field.combo.width() >= words + page.look.px(40)
    box = page.switches.tailored
    said = box.parentWidget().findChild(QLabel)
    assert said.text() == box.accessibleName()
    assert said.width() < page.width()
    QTest.mouseClick(said, Qt.MouseButton.LeftButton)
    assert not page.counsel.is_tailored
    page.look.set_scale(100)
    page.look.install()
