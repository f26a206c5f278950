"""The window: look and language are kept, every control has a name, reading never blocks it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner import charts
from planner.ui import tasks
from planner.ui.main_window import MainWindow
from planner.ui.pages import PAGES
from planner.ui.pages.earnings import EarningsPage
from planner.ui.theme import DARK, LIGHT, PAIRS, SCALES, contrast
from tests.ui.conftest import FOUR_ANSWERS

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QAbstractSlider,
    QProgressBar,
)
INNER = ("qt_spinbox_lineedit", "qt_scrollarea_hcontainer", "qt_scrollarea_vcontainer")


def nameless(widget: QWidget) -> list[str]:
    """The controls of the page that a screen reader could not name."""
    found = []
    for control in widget.findChildren(QWidget):
        inside = isinstance(control, QScrollBar | QHeaderView) or control.objectName() in INNER
        popup = isinstance(control.parent(), QWidget) and control.window() is not widget.window()
        corner = isinstance(control.parent(), QAbstractItemView)
        if not isinstance(control, CONTROLS) or inside or popup or corner or not control.isVisibleTo(widget):
            continue
        words = control.text() if isinstance(control, QAbstractButton) else ""
        if not (control.accessibleName() or words):  # Qt names a button by its words
            found.append(f"{type(control).__name__} {control.objectName()}")
    return found


def test_every_control_of_every_page_has_a_name(
    window: MainWindow, qtbot: QtBot, bill: Callable[..., Path]
) -> None:
    window.workspace.save_answers(FOUR_ANSWERS)
    window.open_page("earnings")
    page = window.page
    assert isinstance(page, EarningsPage)
    page.import_files([bill()])
    qtbot.waitUntil(lambda: page._task is None, timeout=20_000)
    for language in ("en", "zh"):
        window.set_language(language)
        for name in window._entries:
            window.open_page(name)
            qtbot.wait(50)
            assert window.page is not None
            assert window.page.accessibleName()
            assert nameless(window.page) == [], name
        assert nameless(window) == []


def test_every_page_says_its_question_in_both_languages(window: MainWindow) -> None:
    for name in window._entries:
        window.open_page(name)
    questions = {name: page.question() for name, page in window.pages.items()}
    window.set_language("zh")
    for name, page in window.pages.items():
        assert page.question_label.text() != questions[name]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in page.question_label.text())


def test_language_theme_size_and_page_are_found_again(open_window: Callable[[], MainWindow]) -> None:
    window = open_window()
    window.open_page("earnings")
    window.set_language("zh")
    window.set_theme("dark")
    window.set_scale(150)
    assert window.look.dark
    again = open_window()
    assert again.page is again.pages["earnings"]
    kept = {name: again.workspace.setting(name) for name in ("language", "theme", "text_size")}
    assert kept == {"language": "zh", "theme": "dark", "text_size": "150"}


def test_a_page_that_does_not_exist_any_more_is_no_trouble(window: MainWindow) -> None:
    window.workspace.set_setting("last_page", "gone")
    window.open_page("gone")
    assert window.page is window.pages["my_situation"]


def test_large_letters_in_a_small_window_leave_no_sideways_scrolling(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.set_scale(150)
    window.resize(1024, 700)
    window.workspace.save_answers(FOUR_ANSWERS)
    for name in window._entries:
        window.open_page(name)
        qtbot.wait(50)
        assert window._frames[name].horizontalScrollBar().maximum() == 0, name
    assert window._rail_buttons["earnings"].text() == ""
    assert window._rail_buttons["earnings"].accessibleName() == "Earnings"
    window.set_scale(100)
    window.resize(1180, 820)
    assert window._rail_buttons["earnings"].text() == "Earnings"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rail_is_wide_enough_for_all_that_is_in_it(
    window: MainWindow, qtbot: QtBot, language: str
) -> None:
    person = window.workspace.create_person("王小明（夜班骑手，worked example with a long name）")
    window.set_language(language)
    body = window._rail.findChild(QWidget, "railBody")
    assert body is not None
    for scale in SCALES:
        for size in ((1180, 820), (760, 520)):
            window.set_scale(scale)
            window.resize(*size)
            qtbot.waitUntil(lambda: body.width() <= window._rail.width(), timeout=2000)
            for button in window._rail_buttons.values():
                assert button.sizeHint().width() <= button.width(), (scale, size, button.text())
    assert person.name in window.person_button.toolTip()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_cannot_be_undone_is_seen_to_be_so(window: MainWindow, mode: str) -> None:
    window.look.set_mode(mode)

    def strength(kind: QIcon.Mode) -> int:
        picture = window.undo_button.icon().pixmap(QSize(20, 20), kind).toImage()
        across, down = range(picture.width()), range(picture.height())
        return max(picture.pixelColor(x, y).alpha() for x in across for y in down)

    assert strength(QIcon.Mode.Disabled) < 0.7 * strength(QIcon.Mode.Normal)


def test_undo_says_what_it_takes_back(window: MainWindow) -> None:
    assert window.undo_button.toolTip() == "Nothing to undo"
    assert not window.undo_button.isEnabled()
    window.workspace.save_answers(FOUR_ANSWERS)
    assert window.undo_button.accessibleName() == "Undo: changed answer"
    window.undo_button.click()
    assert window.workspace.answers == {}
    assert window.redo_button.accessibleName() == "Redo: changed answer"


def test_an_unexpected_error_is_a_banner(window: MainWindow) -> None:
    window.show_error(ZeroDivisionError())
    (banner,) = window.banners.shown()
    assert "ZeroDivisionError" in banner.text
    assert "is kept" in banner.text


def test_text_keeps_its_contrast_in_light_and_dark() -> None:
    for palette in (LIGHT, DARK):
        for ink, ground in PAIRS:
            assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5, (ink, ground)


def test_pictures_have_the_colours_of_the_window() -> None:
    for style, palette in ((charts.LIGHT, LIGHT), (charts.DARK, DARK)):
        for name in ("surface", "text", "muted", "grid", "bar", "worst", "accent", "series"):
            assert getattr(style, name) == getattr(palette, name), name


def test_qt_takes_no_reference_to_none(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_window_answers_while_it_reads(
    window: MainWindow, qtbot: QtBot, bill: Callable[..., Path]
) -> None:
    from planner.ui import canvas

    canvas.prepare_matplotlib()
    window.open_page("earnings")
    page = window.page
    assert isinstance(page, EarningsPage)
    file = bill(20_000, packets=200, hours=0.3)
    gaps = [0.0]
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(10)
    page.import_files([file])
    reading: list[float] = []
    while page._task is not None:
        qtbot.wait(20)
        if page._task is not None:
            reading[:] = gaps
    assert page.workspace.picture.months
    assert len(reading) > 10
    typical_worst = sorted(reading)[-max(2, len(reading) // 50)]
    assert typical_worst < 0.2
    assert max(gaps) < 1.0


def test_a_chart_waits_for_its_library_and_the_window_does_not(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.ui import canvas

    let_go, loaded = threading.Event(), threading.Event()

    def slow() -> None:
        let_go.wait(10)

    monkeypatch.setattr(canvas, "_loaded", loaded)
    monkeypatch.setattr(canvas, "_load", slow)
    window.open_page("earnings")
    page = window.page
    assert isinstance(page, EarningsPage)
    page.months.model_.paste(0, ["5000", "4000", "6000"])
    qtbot.wait(100)
    assert page.chart.figure is None
    let_go.set()
    qtbot.waitUntil(lambda: page.chart.figure is not None, timeout=10_000)


def test_no_part_of_a_page_is_a_window_for_a_moment(window: MainWindow, qapp: QApplication) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    try:
        for entry in PAGES:
            window.open_page(entry.name)
    finally:
        qapp.removeEventFilter(watch)
    assert shown == []


def test_a_page_that_grows_after_the_first_painting_keeps_its_width(window: MainWindow, qtbot: QtBot) -> None:
    tasks.hold()
    window.open_page("earnings")
    page, frame = window.page, window.stack.currentWidget()
    assert page is not None
    assert isinstance(frame, QScrollArea)
    qtbot.wait(20)
    width, height = page.width(), page.height()
    tasks.release()
    always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    qtbot.waitUntil(lambda: frame.verticalScrollBarPolicy() != always and page.height() > height)
    assert page.width() == width
