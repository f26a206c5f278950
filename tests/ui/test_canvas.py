"""Pictures: drawn in a thread of their own, the window goes on; what moves is drawn over the rest at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from planner import charts
from planner.ui import tasks
from planner.ui.canvas import ChartCanvas, prepare_matplotlib
from planner.ui.theme import Look


class Level:
    """A picture with one line that moves up and down."""

    def __init__(self) -> None:
        self.figure, (panel,) = charts.style.new_figure(charts.LIGHT)
        self.panel = panel
        panel.set_ylim(0, 1)
        (self.line,) = panel.plot([0, 1], [0.5, 0.5], color="#ff0000", linewidth=6)
        self.artists = (self.line,)


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[ChartCanvas]:
    prepare_matplotlib()
    look = Look("light", 100)
    look.install()
    holder = QScrollArea()
    holder.setWidgetResizable(True)
    canvas = ChartCanvas(look, "level")
    holder.setWidget(canvas)
    holder.resize(600, 400)
    qtbot.addWidget(holder)
    holder.show()
    canvas.holder = holder  # type: ignore[attr-defined]  # lives as long as the canvas
    yield canvas
    tasks.stop_all()


def image(canvas: ChartCanvas) -> QImage:
    return canvas._view.grab().toImage()


def red_row(canvas: ChartCanvas) -> float:
    """How far down the line is, from 0 to 1; -1 if it is nowhere."""
    seen = image(canvas)
    middle = seen.width() * 2 // 3
    rows = [y for y in range(seen.height()) if seen.pixelColor(middle, y).name() == "#ff0000"]
    return sum(rows) / len(rows) / seen.height() if rows else -1.0


def test_the_full_picture_is_drawn_beside_the_window(
    canvas: ChartCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matplotlib.figure import Figure

    threads: list[threading.Thread] = []
    draw = Figure.draw

    def seen(figure: Figure, renderer: Any) -> None:
        threads.append(threading.current_thread())
        draw(figure, renderer)

    monkeypatch.setattr(Figure, "draw", seen)
    canvas.set_chart(Level)
    qtbot.waitUntil(lambda: red_row(canvas) > 0)
    canvas.settle()
    qtbot.waitUntil(lambda: len(threads) > 1 and not tasks.busy())
    assert threading.main_thread() not in threads
    assert len(set(threads)) == 1, "matplotlib's fonts belong to one thread"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Every drawing waits until the answered function is called."""
    from matplotlib.figure import Figure

    go_on = threading.Event()
    draw = Figure.draw

    def wait(figure: Figure, renderer: Any) -> None:
        go_on.wait(10)
        draw(figure, renderer)

    monkeypatch.setattr(Figure, "draw", wait)
    yield go_on.set
    go_on.set()


def test_what_moves_meanwhile_is_where_it_is_when_the_picture_comes(
    canvas: ChartCanvas, qtbot: QtBot, slow: Callable[[], None]
) -> None:
    level = Level()
    canvas.set_chart(lambda: level)
    qtbot.waitUntil(tasks.busy)
    assert canvas.figure is None
    level.line.set_ydata([0.95, 0.95])
    canvas.show_moved()
    slow()
    qtbot.waitUntil(lambda: canvas.figure is level.figure)
    high = red_row(canvas)
    level.line.set_ydata([0.1, 0.1])
    canvas.show_moved()
    assert 0 < high < red_row(canvas)


def test_another_chart_while_one_is_drawn_is_the_one_that_stays(
    canvas: ChartCanvas, qtbot: QtBot, slow: Callable[[], None]
) -> None:
    first, second = Level(), Level()
    canvas.set_chart(lambda: first)
    qtbot.waitUntil(tasks.busy)
    canvas.set_chart(lambda: second)
    slow()
    qtbot.waitUntil(lambda: canvas.figure is second.figure)


def test_a_new_size_is_drawn_anew_and_fills_the_room_until_then(canvas: ChartCanvas, qtbot: QtBot) -> None:
    level = Level()
    canvas.set_chart(lambda: level)
    qtbot.waitUntil(lambda: canvas.figure is not None)
    before = canvas._view.width()
    canvas.holder.resize(900, 400)  # type: ignore[attr-defined]
    assert red_row(canvas) > 0, "stretched"
    qtbot.waitUntil(lambda: not tasks.busy())
    assert canvas._view.width() > before
    wide = level.figure.get_size_inches()[0] * level.figure.dpi
    assert wide == pytest.approx(canvas._view.width() * canvas.devicePixelRatioF(), abs=1)


def test_nothing_is_drawn_out_of_view_and_a_change_there_takes_the_old_picture_away(
    canvas: ChartCanvas, qtbot: QtBot
) -> None:
    canvas.set_chart(Level)
    qtbot.waitUntil(lambda: canvas.figure is not None)
    old = canvas.figure
    canvas.hide()
    canvas.redraw()
    qtbot.wait(50)
    assert canvas.figure is old
    assert red_row(canvas) < 0
    canvas.show()
    qtbot.waitUntil(lambda: canvas.figure is not old)
    assert red_row(canvas) > 0


def test_the_picture_is_kept_with_what_moves(canvas: ChartCanvas, qtbot: QtBot, tmp_path: Path) -> None:
    canvas.set_chart(Level)
    canvas.draw_now()
    canvas.settle()
    canvas.save_png(tmp_path / "level.png")
    kept = QImage(str(tmp_path / "level.png"))
    colours = {kept.pixelColor(kept.width() * 2 // 3, y).name() for y in range(kept.height())}
    assert "#ff0000" in colours
    qtbot.waitUntil(lambda: not tasks.busy())
    assert red_row(canvas) > 0


def test_icons_grow_with_the_letters(canvas: ChartCanvas) -> None:
    usual = canvas.table_button.iconSize().width()
    canvas.look.set_scale(150)
    assert canvas.table_button.iconSize().width() == canvas.look.px(16) > usual
