"""The Rules page: browse, search within a keystroke, compare, correct with undo, install, be led there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from planner import paths, text
from planner.policy import installed, load_pack, read_corrections
from planner.policy.search import Index
from planner.policy.shelf import Label
from planner.report import law_tables, rule_table
from planner.schemes.contribution import ContributionInput, contribution
from planner.schemes.retirement_age import retirement_age
from planner.ui.models.rules import RulesModel
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.pages.rules import RulesPage
from planner.ui.theme import Look
from planner.ui.widgets.why import WhyPanel
from planner.values import InputError, Month, Place
from planner.vault import Store
from tests.policy.packs import Maker, raised
from tests.ui.frame import framed

TODAY = date(2026, 11, 25)
ZHEJIANG, BEIJING = Place("CN-ZJ"), Place("CN-BJ")


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    store = Store.in_memory()
    made = Workspace(store, Look("light", 100), today=TODAY)
    person = store.create_person("Wang")
    store.save_answers(person.id, {"born": "1992-03", "province": "CN-ZJ", "occupation": "food_rider_crowd"})
    made.open_person(person)
    yield made
    store.close()


@pytest.fixture
def page(workspace: Workspace, qtbot: Any) -> RulesPage:
    made = RulesPage(workspace)
    framed(made, qtbot)
    made.activate()
    return made


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def row(page: RulesPage, key: str, area: str = "") -> int:
    found = page.model.row_of(key, area)
    assert found >= 0
    return found


def cell(page: RulesPage, key: str, column: int, area: str = "") -> str:
    return str(page.model.index(row(page, key, area), column).data())


def choose(page: RulesPage, key: str) -> None:
    page.table.selectRow(row(page, key))


def test_it_opens_at_the_persons_own_place_and_day(page: RulesPage) -> None:
    assert page.answer.sentence.text().startswith("Zhejiang, 2026-11-25:")
    assert "provisional" in page.answer.detail.text()
    assert [cell(page, "pension.base_lower", column) for column in range(5)] == [
        "Lowest contribution base",
        "4,986 yuan a month",
        "provisional",
        "official",
        "2026-01 – 2026-12",
    ]


def test_without_a_place_it_shows_the_nation(workspace: Workspace, qtbot: Any) -> None:
    workspace.save_answers({"province": None})
    page = RulesPage(workspace)
    qtbot.addWidget(page)
    page.activate()
    assert page.answer.sentence.text().startswith("China, 2026-11-25:")


def test_the_model_is_a_proper_one_and_the_state_is_said_in_words(page: RulesPage) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    index = page.model.index(row(page, "pension.base_lower"), 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "State: provisional"
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == page.look.palette.warn


def test_a_missing_value_is_said_not_guessed(page: RulesPage) -> None:
    page.place_field.edited.emit("CN-FJ")
    page.day_field.edited.emit("2023-05-01")
    assert cell(page, "pension.base_lower", 1) == "—"
    assert cell(page, "pension.base_lower", 2) == "no value"
    choose(page, "pension.base_lower")
    assert "There is no value; it is not guessed." in said(page.card)


def test_the_value_in_full_has_source_confidence_check_and_other_years(page: RulesPage) -> None:
    page.place_field.edited.emit("CN-BJ")
    choose(page, "pension.base_lower")
    words = said(page.card)
    assert "7,270 yuan a month" in words
    assert "Last checked on 2026-11-22." in words
    assert "rsj.beijing.gov.cn" in words
    assert [line[2] for line in page.card.history.model_.rows] == [
        "in force",
        "earlier",
        "earlier",
        "earlier",
    ]


@pytest.mark.parametrize(
    ("typed", "key", "place"),
    [
        ("缴费基数下限 北京", "pension.base_lower", BEIJING),
        ("jfjsxx bj", "pension.base_lower", BEIJING),
        ("lowest contribution base beijing", "pension.base_lower", BEIJING),
        ("京人社发〔2025〕11号", "pension.average_wage", BEIJING),
        ("zdgz", "minimum_wage.month", ZHEJIANG),
        ("minimum wage 上海", "minimum_wage.month", Place("CN-SH")),
    ],
)
def test_search_in_chinese_initials_and_english(page: RulesPage, typed: str, key: str, place: Place) -> None:
    page.search.line.setText(typed)
    first = page.model.lines[0]
    assert (first.place, first.key) == (place, key) or any(
        (line.place, line.key) == (place, key) for line in page.model.lines[:4]
    )
    assert not page.answer.isVisibleTo(page)


def test_a_keystroke_is_answered_before_the_next(page: RulesPage) -> None:
    """31 provinces, three years and more: the search itself within a few frames, the table with it."""
    page.search.line.setText("j")
    assert len({line.place.province for line in page.model.lines}) >= 31
    spent = []
    for typed in ("jf", "jfj", "jfjs", "jfjsx", "b", "20", "2025", "base"):
        start = time.perf_counter()
        page.search.line.setText(typed)
        spent.append(time.perf_counter() - start)
    assert sorted(spent)[len(spent) // 2] < 0.1


def test_a_keystroke_measures_the_table_once_and_shows_one_value(
    page: RulesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, "pension.base_lower")
    measured, shown = [], []
    really_fit, really_show = page._fit_columns, page.card.show_line
    monkeypatch.setattr(page, "_fit_columns", lambda: (measured.append(1), really_fit()))
    monkeypatch.setattr(page.card, "show_line", lambda *line: (shown.append(1), really_show(*line)))
    for typed in ("j", "jf", "jfjs"):
        measured.clear()
        shown.clear()
        page.search.line.setText(typed)
        QApplication.processEvents()
        assert page.card.line is not None
        assert (page.card.line.key, len(measured), len(shown)) == ("pension.base_lower", 1, 1), typed


def test_the_first_letter_is_as_quick_as_the_next(page: RulesPage) -> None:
    page.book.prepare(TODAY)
    spent = []
    for letter in "bysejzg":
        page.search.line.setText("")
        QApplication.processEvents()
        start = time.process_time()
        page.search.line.setText(letter)
        page.table.viewport().repaint()
        spent.append(time.process_time() - start)
    assert sorted(spent)[len(spent) // 2] < 0.1


def test_nothing_found_says_what_to_do(page: RulesPage) -> None:
    page.search.line.setText("没有这样的东西")
    assert page.empty.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)
    page.empty.button.click()
    assert page.table.isVisibleTo(page)
    assert page.search.text == ""


def test_a_search_tells_past_rows_from_the_one_that_counts(page: RulesPage) -> None:
    page.search.line.setText("北京 缴费基数下限")
    states = [line.cells[3] for line in page.model.lines if line.place == BEIJING]
    assert states == ["in force", "earlier", "earlier", "earlier"]


def test_tiers_subsidies_and_protection_of_the_place_are_shown(page: RulesPage, qtbot: Any) -> None:
    page.place_field.edited.emit("CN-BJ")
    qtbot.waitUntil(lambda: "1,000–1,999.99 (subsidy 60)" in said(page.place_rules))
    words = said(page.place_rules)
    assert "2/3 of what you pay, at most 1,392.63 yuan a month, for 36 months at most" in words
    assert "Since 2022-07-01, paid by the platform for each order: ride-hailing" in words
    page.compare_field.edited.emit("day")
    qtbot.waitUntil(lambda: not page.place_rules.isVisibleTo(page))


@pytest.mark.parametrize(
    "typed", ["subsidy shanghai", "上海 社会保险补贴", "sh shbxbt", "沪人社规〔2022〕8号"]
)
def test_a_subsidy_is_found_by_its_words(page: RulesPage, typed: str, qtbot: Any) -> None:
    text.use("zh" if "subsidy" not in typed else "en")
    page.retranslate()
    page.search.line.setText(typed)
    qtbot.waitUntil(lambda: "1,131.90" in said(page.place_rules))
    assert not page.empty.isVisibleTo(page)


def test_two_places_beside_each_other_differences_first(page: RulesPage) -> None:
    page.compare_field.edited.emit("place")
    page.other_place_field.edited.emit("CN-BJ")
    assert page.model.header == ("What", "Zhejiang", "Beijing", "Second − first")
    differs = [line.differs for line in page.model.lines]
    assert differs == sorted(differs, reverse=True)
    assert cell(page, "pension.base_lower", 3) == "+2,284 (+45.8%)"
    assert cell(page, "pension.account_rate", 3) == "the same"
    assert page.found.text() == f"{sum(differs)} values differ"


def test_two_days_beside_each_other(page: RulesPage) -> None:
    page.place_field.edited.emit("CN-BJ")
    page.compare_field.edited.emit("day")
    page.other_day_field.edited.emit("2025-08-01")
    assert page.model.header[1:3] == ("2026-11-25", "2025-08-01")
    assert cell(page, "pension.base_lower", 3) == "−108 (−1.5%)"


def test_a_search_narrows_a_comparison(page: RulesPage) -> None:
    page.compare_field.edited.emit("place")
    page.other_place_field.edited.emit("CN-BJ")
    page.search.line.setText("minimum wage")
    assert {line.key for line in page.model.lines} == {"minimum_wage.month", "minimum_wage.hour"}
    assert page.model.header[2:] == ("Beijing", "Second − first")
    page.search.line.setText("no such rule at all")
    assert page.empty.isVisibleTo(page)


def test_only_what_is_compared_with_is_asked(page: RulesPage) -> None:
    others = (page.other_place_field, page.other_day_field)
    assert [field.isVisibleTo(page) for field in others] == [False, False]
    for compared, seen in (("day", page.other_day_field), ("place", page.other_place_field)):
        page.compare_field.edited.emit(compared)
        QApplication.processEvents()
        assert [field.isVisibleTo(page) for field in others] == [field is seen for field in others]
        assert seen.geometry().left() == page.place_field.geometry().left()


def test_what_is_not_certain_stands_out(page: RulesPage) -> None:
    warn = page.look.palette.warn

    def colour(key: str, column: int) -> str:
        found = page.model.index(row(page, key), column).data(Qt.ItemDataRole.ForegroundRole)
        return found.name() if found is not None else ""

    page.place_field.edited.emit("CN-FJ")
    page.day_field.edited.emit("2023-05-01")
    assert cell(page, "pension.base_upper", 3) == "not certain"
    assert colour("pension.base_upper", 3) == warn
    assert colour("pension.account_rate", 3) == ""
    page.compare_field.edited.emit("place")
    page.other_place_field.edited.emit("CN-ZJ")
    page.day_field.edited.emit("2026-11-25")
    assert cell(page, "pension.base_lower", 1).endswith("(provisional, not certain)")
    assert cell(page, "pension.base_lower", 2).endswith("(provisional)")
    assert [colour("pension.base_lower", column) for column in range(4)] == ["", warn, warn, ""]


def test_a_value_found_of_an_earlier_time_is_not_said_to_be_in_force(page: RulesPage) -> None:
    page.search.line.setText("jfjsxx bj 2025")
    page.table.selectRow(1)
    assert page.model.lines[1].cells[3] == "earlier"
    words = said(page.card)
    assert "earlier" in words
    assert "in force" not in words


def test_a_missing_value_can_be_put_in(page: RulesPage) -> None:
    page.place_field.edited.emit("CN-FJ")
    page.day_field.edited.emit("2023-05-01")
    choose(page, "pension.base_lower")
    assert page.card.correct_button.text() == "I know this value…"
    choose(page, "pension.base_upper")
    assert page.card.correct_button.text() == "My city's notice says something else…"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [900, 1100, 1500])
def test_state_and_sureness_are_seen_without_scrolling(
    page: RulesPage, language: str, width: int, qtbot: Any
) -> None:
    text.use(language)
    page.retranslate()
    page.frame.resize(width, 900)
    QApplication.processEvents()
    for typed in ("", "jfjsxx", "minimum wage 2025 Shanghai"):
        page.search.line.setText(typed)
        QApplication.processEvents()
        view = page.table
        sure = page.model.header.index(text._(rule_table.BROWSE[3]))
        shown = view.columnViewportPosition(sure) + view.columnWidth(sure)
        assert shown <= view.viewport().width(), (typed, [view.columnWidth(at) for at in range(sure + 1)])
        assert view.horizontalHeader().length() >= view.viewport().width(), "the rows fill the table"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_state_keeps_its_colour_in_the_chosen_row(mode: str, qtbot: Any) -> None:
    store = Store.in_memory()
    workspace = Workspace(store, Look(mode, 100), today=TODAY)  # type: ignore[arg-type]
    workspace.look.install()
    page = RulesPage(workspace)
    framed(page, qtbot)
    page.place = Place("CN-GD")
    page.activate()
    chosen = row(page, "pension.base_upper")
    page.table.selectRow(chosen)
    cell = page.table.visualRect(page.model.index(chosen, 2))
    picture = page.table.viewport().grab(cell).toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert workspace.look.palette.warn in seen
    assert workspace.look.palette.accent_soft in seen
    store.close()


@pytest.mark.parametrize(("language", "scale"), [("en", 150), ("zh", 150), ("en", 100)])
def test_what_is_compared_is_never_cut(language: str, scale: int, qtbot: Any) -> None:
    text.use(language)  # type: ignore[arg-type]
    store = Store.in_memory()
    workspace = Workspace(store, Look("light", scale), today=TODAY)
    workspace.look.install()
    page = RulesPage(workspace)
    framed(page, qtbot)
    page.frame.resize(950, 900)  # type: ignore[attr-defined]  # a window of 1280 without its rail
    page.place, page.other_place, page.compared = Place("CN-GD"), Place("CN-JS"), "place"
    page.activate()
    QApplication.processEvents()
    metrics = QFontMetrics(page.table.font())
    for line in range(page.model.rowCount()):
        for column in range(4):
            words = page.model.lines[line].cells[column]
            width = page.table.columnWidth(column) - 2 * (workspace.look.px(8) + 3)  # and the margin of Qt
            wraps = Qt.TextFlag.TextWordWrap
            need = metrics.boundingRect(0, 0, width, 9999, wraps, words)
            assert need.height() <= page.table.rowHeight(line), words
            assert need.width() <= width, words
    assert page.table.horizontalScrollBar().maximum() == 0
    store.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_provinces_in_three_years_can_be_browsed_and_found(page: RulesPage, language: str) -> None:
    """Every province on a day of 2024, 2025 and 2026: its lines are whole, in the language in use, and each
    dated value of them is found by the province's Chinese name, its initials and its English name."""
    text.use(language)
    page.retranslate()
    pack, index = page.workspace.pack, Index(page.workspace.pack)
    provinces = pack.places()
    assert len(provinces) == 31
    for place in provinces:
        names = (pack.place_name(place, "zh"), pack.place_name(place, "en"), pack.place_initials(place))
        for year in (2024, 2025, 2026):
            page.place_field.edited.emit(place.code)
            page.day_field.edited.emit(f"{year}-08-01")
            assert page.answer.sentence.text().startswith(pack.place_name(place, language))
            lines = {line.key: line for line in page.model.lines}
            assert len(lines) >= 25, (place, year)
            for line in lines.values():
                assert all(line.cells[:3]), (place, year, line.cells)
                assert not any("_" in cell for cell in line.cells), line.cells
                if language == "zh":
                    assert not re.search("[a-z]{4,}", " ".join(line.cells[:5])), line.cells
            lowest = lines["pension.base_lower"].value
            assert lowest is not None, (place, year)
            for name in names:
                found = index.find(f"{name} {lowest.valid_from.year} pension.base_lower")
                assert lowest.place in {value.place for value in found}, (name, year)


def test_regional_classes_are_compared_with_a_place_that_has_none(page: RulesPage) -> None:
    page.place_field.edited.emit("CN-GD")
    page.compare_field.edited.emit("place")
    page.other_place_field.edited.emit("CN-ZJ")
    lines = [line for line in page.model.lines if line.key == "pension.base_lower"]
    assert [line.cells[2] for line in lines] == ["4,986 yuan a month (provisional)"] * 2
    assert {line.area for line in lines} == {"guangzhou", "other"}


# Corrections


def correct(page: RulesPage, value: str, start: str = "2026-01-01") -> None:
    choose(page, "pension.base_lower")
    page.card.correct_button.setChecked(True)
    page.card.value.set_text(value)
    page.card.start.set_value(start)
    page.card.note.set_text("the notice of my city")
    page.card.save.click()


def test_a_correction_is_kept_shown_as_ones_own_and_undone(page: RulesPage, workspace: Workspace) -> None:
    correct(page, "5060")
    (kept,) = read_corrections(paths.data())
    assert (kept.value, kept.valid_from, kept.entered_on) == (Decimal(5060), date(2026, 1, 1), TODAY)
    assert cell(page, "pension.base_lower", 1) == "5,060 yuan a month"
    assert cell(page, "pension.base_lower", 2) == "your own"
    assert "your own correction" in said(page.card)
    assert "the notice of my city" in said(page.card)
    assert workspace.pack.value("pension.base_lower", ZHEJIANG, TODAY).corrected
    assert "1 is your own correction." in page.answer.detail.text()
    (banner,) = page.banners.shown()
    banner.findChild(QPushButton).click()
    assert read_corrections(paths.data()) == ()
    assert cell(page, "pension.base_lower", 1) == "4,986 yuan a month"


def test_an_own_value_can_be_taken_back_later(page: RulesPage) -> None:
    correct(page, "5,060 元")
    choose(page, "pension.base_lower")
    assert page.card.take_back_button.isVisibleTo(page)
    page.card.take_back_button.click()
    assert read_corrections(paths.data()) == ()
    assert not page.card.take_back_button.isVisibleTo(page)


def test_corrections_are_undone_and_redone_in_the_order_of_all_edits(
    page: RulesPage, workspace: Workspace
) -> None:
    workspace.save_answers({"born": "1990-01"})
    correct(page, "5060")
    correct(page, "5070")
    workspace.save_answers({"born": "1991-01"})
    assert not page.banners.shown()  # its Undo would take back another edit now
    choose(page, "pension.base_lower")
    page.card.take_back_button.click()

    def state() -> tuple[object, list[str]]:
        return workspace.answer("born"), [str(one.value) for one in read_corrections(paths.data())]

    states = [
        ("1991-01", []),
        ("1991-01", ["5070"]),
        ("1990-01", ["5070"]),
        ("1990-01", ["5060"]),
        ("1990-01", []),
        ("1992-03", []),
    ]
    assert state() == states[0]
    assert workspace.undo_words == "own value of a rule"
    for at in states[1:]:
        workspace.undo()
        assert state() == at
    assert cell(page, "pension.base_lower", 1) == "4,986 yuan a month"
    for at in reversed(states[:-1]):
        workspace.redo()
        assert state() == at
    workspace.undo()
    assert cell(page, "pension.base_lower", 1) == "5,070 yuan a month"


def test_a_correction_is_undone_whoever_s_file_is_open(page: RulesPage, workspace: Workspace) -> None:
    correct(page, "5060")
    workspace.close_person()
    assert workspace.undo_words == "own value of a rule"
    workspace.undo()
    assert read_corrections(paths.data()) == ()
    workspace.create_person("Li")
    workspace.redo()
    assert len(read_corrections(paths.data())) == 1
    assert workspace.redo_words == ""


def test_an_undo_that_cannot_be_kept_changes_nothing(page: RulesPage, workspace: Workspace) -> None:
    correct(page, "5060")
    file = paths.data() / "corrections.csv"
    kept = file.read_bytes()
    file.write_text("key\nbroken", "utf-8")
    with pytest.raises(InputError):
        workspace.undo()
    file.write_bytes(kept)
    assert workspace.undo_words == "own value of a rule"
    workspace.undo()
    assert read_corrections(paths.data()) == ()


def test_a_correction_that_cannot_be_right_is_refused_in_its_place(page: RulesPage) -> None:
    correct(page, "50")
    assert page.card.value.error == "50 is not between 2000 and 12000."
    assert page.card.form.isVisibleTo(page)
    assert read_corrections(paths.data()) == ()


def test_a_correction_in_a_city_of_a_class_is_the_citys_own(page: RulesPage, workspace: Workspace) -> None:
    page.place_field.edited.emit("440800")
    correct(page, "5000", "2026-08-01")
    on = date(2026, 9, 1)
    assert workspace.pack.value("pension.base_lower", Place("440800"), on).number == 5000
    assert workspace.pack.value("pension.base_lower", Place("441200"), on).number == 4775


def test_the_worked_example_keeps_nothing(workspace: Workspace, page: RulesPage) -> None:
    workspace.is_demo = True
    correct(page, "5060")
    assert "nothing was changed" in page.card.value.error
    assert read_corrections(paths.data()) == ()


# Packs


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    made = Maker(tmp_path / "packs")
    monkeypatch.setattr(installed, "public_key", lambda: made.public)
    return made


def saved(maker: Maker, folder: Path, edit: Callable[[Path], Any] = raised) -> Path:
    archive, signature = maker.signed(2, edit)
    file = folder / "pack.zip"
    file.write_bytes(archive)
    file.with_name("pack.zip.minisig").write_text(signature, "utf-8")
    return file


def test_an_update_says_what_changes_and_can_be_rolled_back(
    page: RulesPage, workspace: Workspace, maker: Maker, tmp_path: Path, qtbot: Any
) -> None:
    workspace.save_answers({"province": "CN-BJ"})
    page.install(saved(maker, tmp_path))
    qtbot.waitUntil(lambda: workspace.pack.sequence == 2, timeout=20_000)
    assert "Beijing: Lowest contribution base from 2026-11-25" in said(page.pack_card)
    assert "→ 7,300 yuan a month" in said(page.pack_card)
    workspace.save_answers({"province": "CN-GD"})
    page.pack_card.roll_back_button.click()
    assert workspace.pack.sequence == load_pack().sequence
    assert not page.pack_card.roll_back_button.isVisibleTo(page)
    assert "No value of your place is different; 1 elsewhere is." in said(page.pack_card)


def test_a_person_is_told_once_what_changed_since_they_were_last_here(
    page: RulesPage, workspace: Workspace, maker: Maker, tmp_path: Path
) -> None:
    workspace.save_answers({"province": "CN-BJ"})
    installed.install_file(saved(maker, tmp_path))
    workspace.reload_pack()
    (banner,) = page.banners.shown()
    assert "The rules of 2027.2 are in use now." in banner.text
    assert "→ 7,300 yuan a month" in said(page.pack_card)
    page.banners.clear()
    page.refresh()
    assert page.banners.shown() == []


def test_an_update_names_the_tables_with_other_rows(
    page: RulesPage, workspace: Workspace, maker: Maker, tmp_path: Path
) -> None:
    def lower_the_months_at_sixty(folder: Path) -> None:
        table = folder / "tables" / "annuity_months.csv"
        table.write_text(table.read_text("utf-8").replace("139", "138"), "utf-8")

    workspace.save_answers({"province": "CN-BJ"})
    installed.install_file(saved(maker, tmp_path, lower_the_months_at_sixty))
    workspace.reload_pack()
    assert "No value is different." in said(page.pack_card)
    assert f"Tables with other rows: {law_tables.title('annuity_months')}" in said(page.pack_card)


def test_a_bad_update_says_why_and_what_stays(
    page: RulesPage, workspace: Workspace, maker: Maker, tmp_path: Path, qtbot: Any
) -> None:
    file = saved(maker, tmp_path)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    page.install(file)
    qtbot.waitUntil(lambda: bool(page.banners.shown()), timeout=20_000)
    (banner,) = page.banners.shown()
    assert "changed after it was signed" in banner.text
    assert "The rules that were in use stay in use." in banner.text
    assert workspace.pack.sequence == load_pack().sequence
    assert page.pack_card.update_button.isEnabled()


def test_a_file_without_its_signature_is_refused(page: RulesPage, tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "pack.zip").write_bytes(b"")
    page.install(tmp_path / "pack.zip")
    qtbot.waitUntil(lambda: bool(page.banners.shown()), timeout=20_000)
    assert "pack.zip.minisig must lie beside it" in page.banners.shown()[0].text


def test_damaged_corrections_are_said_on_the_page(workspace: Workspace, qtbot: Any) -> None:
    paths.data().mkdir(parents=True, exist_ok=True)
    (paths.data() / "corrections.csv").write_text(
        "key,place,area,valid_from,valid_to,value,entered_on,note\nx,CN-ZJ,,soon,,x,,\n", "utf-8"
    )
    page = RulesPage(workspace)
    qtbot.addWidget(page)
    page.activate()
    assert "corrections.csv" in page.banners.shown()[0].text


# Being led here


def test_any_number_leads_here(workspace: Workspace, page: RulesPage, qtbot: Any) -> None:
    class Other(Page):
        name = "other"

    other = Other(workspace)
    frame = QScrollArea()
    frame.setWidget(other)
    qtbot.addWidget(frame)
    asked = ContributionInput(place=BEIJING, month=Month(2026, 8), tier=Decimal("0.6"))
    result = contribution(asked, workspace.pack)
    why = WhyPanel(workspace.look)
    other.body.addWidget(why)
    frame.show()
    why.set_steps(result.steps)
    why.open()
    QApplication.processEvents()
    buttons = {
        button.text(): button
        for button in why.findChildren(QPushButton)
        if button.text().startswith("Open in")
    }
    opened = []
    workspace.open_page.connect(opened.append)
    buttons["Open in Rules: Lowest contribution base"].click()
    assert opened == ["rules"]
    assert (page.place, page.day, page.card.line and page.card.line.key) == (
        BEIJING,
        TODAY,
        "pension.base_lower",
    )
    assert "7,270 yuan a month" in said(page.card)


def test_an_old_number_leads_to_its_own_time(workspace: Workspace, page: RulesPage) -> None:
    source = workspace.pack.value("pension.base_lower", BEIJING, date(2024, 1, 1)).source
    workspace.show_origin(source.origins[0])
    assert (page.place, page.day) == (BEIJING, date(2023, 7, 1))
    assert "6,326 yuan a month" in said(page.card)


def test_a_number_from_a_table_leads_to_its_row(workspace: Workspace, page: RulesPage, qtbot: Any) -> None:
    other = Page(workspace)
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setWidget(other)
    qtbot.addWidget(frame)
    why = WhyPanel(workspace.look)
    other.body.addWidget(why)
    frame.show()
    result = retirement_age("male_60", Month(1990, 3), workspace.pack)
    why.set_steps(result.steps)
    why.open()
    QApplication.processEvents()
    links = [button for button in why.findChildren(QPushButton) if "Retirement ages" in button.text()]
    opened: list[str] = []
    workspace.open_page.connect(opened.append)
    links[0].click()
    QApplication.processEvents()
    assert opened == ["rules"]
    card = page.tables_card
    assert card.pick.value == "retirement_ages"
    assert card.table.currentIndex().row() == 0
    assert "first birth month that retires later: 1965-01" in said(card)
    assert result.steps[0].source.title in said(card)


@pytest.mark.parametrize(
    ("asked", "table"),
    [
        ("quick deduction 144000", "income_tax_brackets"),
        ("Guangdong subsidies", "subsidies"),
        ("death rates 60", "mortality"),
        ("assumptions couriers injuries", "hazard"),
    ],
)
def test_a_search_finds_the_rows_of_tables(page: RulesPage, asked: str, table: str) -> None:
    page.search.set_text(asked)
    page._show_lists()
    assert page.tables_card.isVisible()
    assert page.tables_card.pick.value == table
    assert 0 < page.tables_card.table.model().rowCount() < 30
    page.search.set_text("no such rule at all")
    page._show_lists()
    assert not page.tables_card.isVisible()


def test_a_rule_asked_for_before_the_page_exists_is_shown_when_it_opens(
    workspace: Workspace, qtbot: Any
) -> None:
    workspace.show_rule("minimum_wage.month", BEIJING, TODAY)
    page = RulesPage(workspace)
    qtbot.addWidget(page)
    page.activate()
    assert page.card.line is not None
    assert (page.card.line.key, page.place) == ("minimum_wage.month", BEIJING)


# Both languages, keyboard


def test_everything_is_said_in_chinese_too(page: RulesPage) -> None:
    text.use("zh")
    page.retranslate()
    choose(page, "pension.base_lower")
    assert page.model.header[2] == "状态"
    assert cell(page, "pension.base_lower", 1) == "4,986 元/月"
    for message in (page.answer.sentence.text(), page.found.text(), page.card.correct_button.text()):
        assert any("一" <= letter <= "鿿" for letter in message), message
    codes = [one.cells for one in page.model.lines if any("_" in cell for cell in one.cells)]
    assert codes == [], "no code is shown to a person"


def test_every_control_has_a_name(page: RulesPage) -> None:
    choose(page, "pension.base_lower")
    page.card.correct_button.setChecked(True)
    for control in (
        page.search.line,
        page.place_field.combo,
        page.day_field.day,
        page.compare_field.combo,
        page.table,
        page.card.value.line,
        page.card.start.day,
        page.card.note.line,
        page.card.history,
    ):
        assert control.accessibleName(), control


def test_ctrl_c_copies_the_line(page: RulesPage, qapp: QApplication) -> None:
    choose(page, "pension.base_lower")
    page._copy()
    assert qapp.clipboard().text().startswith("Lowest contribution base\t4,986 yuan a month\tprovisional")


def test_an_empty_model_has_no_cells(workspace: Workspace) -> None:
    model = RulesModel(workspace.look)
    assert (model.rowCount(), model.columnCount(), model.row_of("x")) == (0, 0, -1)


def test_a_label_reads_back_what_it_says() -> None:
    label = Label("cn", 3, "2027.3", "2027-03-01", 12)
    assert Label.parse(str(label)) == label
