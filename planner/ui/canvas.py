"""A matplotlib figure in the window: quick while a slider moves, its numbers one click away as a table.

matplotlib is imported, and every full picture drawn, in one thread beside the window's; the picture before
stays until the next one is done. Only artists that move with a slider are drawn in the window's own thread.
"""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from planner.text import _
from planner.ui import tasks
from planner.ui.icons import put_icon
from planner.ui.theme import Look
from planner.ui.widgets.turning_row import TurningRow

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from planner.ui.widgets.number_table import NumberTable

DRAWING = tasks.Lane("wenbao-drawing")  # matplotlib's caches of fonts belong to a thread
PART = 0.01  # of a pixel: matplotlib cuts what it has worked out to whole ones
_loading = threading.Lock()
_loaded = threading.Event()

Rows = tuple[Sequence[str], Sequence[Sequence[Any]]]


class Picture(Protocol):
    """A figure some of whose artists move while a slider does."""

    @property
    def figure(self) -> Figure: ...
    @property
    def artists(self) -> tuple[Artist, ...]: ...


class ChartCanvas(QWidget):
    """Shows what `set_chart` was given; draws it anew when theme, text size or language change.

    The moving artists of a `Picture` are drawn over a kept picture of all the rest: change their data and
    call `show_moved()`, and only they are drawn; `settle()` draws everything once more.
    """

    def __init__(self, look: Look, name: str = "", *, height: int = 300) -> None:
        super().__init__()
        self.look = look
        self._height = height
        self._make: Callable[[], Figure | Picture] | None = None
        self._rows: Callable[[], Rows] | None = None
        self._drawn: _Drawn | None = None
        self._task: tasks.Task | None = None
        self._stale = False  # to be made anew
        self._again = False  # to be drawn anew, once the drawing that runs is done

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.stack = QStackedWidget()
        self._view = _View(look)
        self._view.resized.connect(self._draw_again)
        self.stack.addWidget(self._view)
        self._table: NumberTable | None = None
        column.addWidget(self.stack)
        row = TurningRow(spacing=4)
        row.fill()
        self.table_button = QToolButton()
        self.table_button.setCheckable(True)
        self.table_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.table_button.setProperty("tone", "plain")
        self.table_button.toggled.connect(self.show_table)
        self.save_button = QToolButton()
        self.save_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.save_button.setProperty("tone", "plain")
        self.save_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.save_button)
        self._png_action = menu.addAction("")
        self._csv_action = menu.addAction("")
        self._copy_action = menu.addAction("")
        self._png_action.triggered.connect(self._ask_png)
        self._csv_action.triggered.connect(self._ask_csv)
        self._copy_action.triggered.connect(self.copy_numbers)
        self.save_button.setMenu(menu)
        row.add(self.table_button)
        row.add(self.save_button)
        column.addWidget(row)
        self.set_name(name)
        look.changed.connect(self._look_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self._fit_height()

    @property
    def figure(self) -> Figure | None:
        """The figure on screen."""
        return self._drawn.figure if self._drawn is not None else None

    @property
    def table(self) -> NumberTable:
        """The numbers of the picture; made when they are first asked for."""
        if self._table is None:
            from planner.ui.widgets.number_table import NumberTable

            self._table = NumberTable()
            self._table.setAccessibleName(self._name)
            self.stack.addWidget(self._table)
        return self._table

    @property
    def in_view(self) -> bool:
        """Whether any part of it is on screen now."""
        return self.isVisible() and any(
            not part.visibleRegion().isEmpty() for part in (self, self.stack, self._view)
        )

    def set_name(self, name: str) -> None:
        """What the picture shows, for those who do not see it (already translated)."""
        self._name = name
        self.setAccessibleName(name)
        self._view.setAccessibleName(name)
        if self._table is not None:
            self._table.setAccessibleName(name)

    def set_chart(self, make: Callable[[], Figure | Picture], rows: Callable[[], Rows] | None = None) -> None:
        """`make` answers the figure in the look of the moment, `rows` its numbers as (header, rows)."""
        self._make, self._rows = make, rows
        self.table_button.setVisible(rows is not None)
        self._csv_action.setVisible(rows is not None)
        self._copy_action.setVisible(rows is not None)
        self.redraw()

    def redraw(self) -> None:
        """Draw the figure anew as soon as it is in view: a page of many opens without waiting for all."""
        self._stale = True
        if self.in_view:
            self.update()  # it is drawn after the next painting, never before the first
        else:
            self._view.show_image(None)  # what it shows is no longer true

    def draw_now(self) -> None:
        """Draw in this thread even though the canvas is not on screen (saving, tests)."""
        self._stop_drawing()
        if self._make is not None:
            self._stale = False
            drawn = self._made()
            drawn.draw()
            self._show(drawn)

    def show_moved(self) -> None:
        """Show the moving artists as they are now, over the kept picture of the rest."""
        if self._drawn is not None and self._task is None:  # else the drawing that runs shows them
            self._view.show_image(self._drawn.with_moving())

    def settle(self) -> None:
        """One full draw, and the table of numbers as they are now."""
        self._draw_again()
        if self.table_button.isChecked():
            self._fill_table()

    def set_height(self, height: int) -> None:
        """The height of the picture in pixels at 100 % text."""
        self._height = height
        self._fit_height()

    def show_table(self, as_table: bool) -> None:
        """The numbers instead of the picture, or back."""
        if self.table_button.isChecked() != as_table:
            self.table_button.setChecked(as_table)
            return
        if as_table:
            self._fill_table()
        self.stack.setCurrentWidget(self.table if as_table else self._view)
        self._fit_height()
        self.retranslate()

    def save_png(self, path: Path) -> None:
        if self.figure is not None:
            self._stop_drawing()
            self.figure.savefig(path, dpi=200)

    def save_csv(self, path: Path) -> None:
        """The numbers, for a spreadsheet that expects UTF-8 with a byte order mark."""
        if self._rows is None:
            return
        header, rows = self._rows()
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([["" if cell is None else cell for cell in row] for row in rows])

    def copy_numbers(self) -> None:
        """The numbers on the clipboard, with tabs between the cells."""
        if self._rows is not None:
            from planner.ui.widgets.number_table import cell_text

            header, rows = self._rows()
            lines = [header, *([cell_text(cell) for cell in row] for row in rows)]
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def retranslate(self) -> None:
        shown = self.table_button.isChecked()
        self.table_button.setText(_("Show the picture") if shown else _("Numbers as a table"))
        self.save_button.setText(_("Keep a copy"))
        for button in (self.table_button, self.save_button):
            button.setAccessibleName(button.text())
        self._png_action.setText(_("Save the picture (PNG)…"))
        self._csv_action.setText(_("Save the numbers (CSV)…"))
        self._copy_action.setText(_("Copy the numbers"))
        colours = self.look.palette
        put_icon(self.table_button, "table", colours.accent, self.look.px(16))
        put_icon(self.save_button, "download", colours.accent, self.look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stale:
            QTimer.singleShot(0, self, self._draw_in_view)

    def _draw_in_view(self) -> None:
        """Make the figure anew and have it drawn, if it is looked at and nothing else is being drawn."""
        if not isValid(self) or not self._stale or self._task is not None or not self.in_view:
            return
        if not _loaded.is_set():
            self._task = tasks.run(lambda _task: prepare_matplotlib(), self._loaded, lane=DRAWING)
        elif self._make is not None:
            self._stale = False
            self._draw(self._made())

    def _loaded(self, _nothing: None) -> None:
        if isValid(self):  # the page may be gone by now
            self._task = None
            self._draw_in_view()

    def _draw_again(self) -> None:
        """Draw the same figure once more: it or its room has changed."""
        if self._task is not None:
            self._again = True
        elif self._drawn is not None and not self._stale:
            self._drawn.fit(self._view)
            self._draw(self._drawn)

    def _draw(self, drawn: _Drawn) -> None:
        self._again = False

        def done(_nothing: None) -> None:
            if isValid(self):
                self._task = None
                self._show(drawn)

        self._task = tasks.run(lambda _task: drawn.draw(), done, lane=DRAWING)

    def _stop_drawing(self) -> None:
        """Wait for what is being drawn, and leave it unseen."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait(60)
            self._task = None

    def _made(self) -> _Drawn:
        assert self._make is not None
        drawn = _Drawn(self._make())
        drawn.fit(self._view)
        return drawn

    def _show(self, drawn: _Drawn) -> None:
        """Show what was drawn, and go on with what has changed since."""
        self._drawn = drawn
        if self._stale:
            self.update()
            return
        self._view.show_image(drawn.with_moving())
        if self.table_button.isChecked():
            self._fill_table()
        if self._again or not drawn.fits(self._view):
            self._draw_again()

    def _fill_table(self) -> None:
        if self._rows is not None:
            header, rows = self._rows()
            self.table.set_rows(header, rows, visible=10)

    def _fit_height(self) -> None:
        if self.table_button.isChecked():
            self.stack.setFixedHeight(self.table.height())
        else:
            self.stack.setFixedHeight(self.look.px(self._height))

    def _look_changed(self) -> None:
        self.retranslate()
        self._fit_height()
        if self._make is not None:
            self.redraw()

    def _ask_png(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, _("Save the picture (PNG)…"), "", "PNG (*.png)")
        if name:
            self.save_png(Path(name).with_suffix(".png"))

    def _ask_csv(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, _("Save the numbers (CSV)…"), "", "CSV (*.csv)")
        if name:
            self.save_csv(Path(name).with_suffix(".csv"))


class _View(QWidget):
    """The picture as it was drawn last, stretched until one of the new size is done."""

    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image: QImage | None = None

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(event.rect(), QColor(self._look.palette.surface))  # as the picture's ground
        elif self._image.deviceIndependentSize().toSize() == self.size():
            painter.drawImage(0, 0, self._image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class _Drawn:
    """A figure, its moving artists and the picture of all the rest, in the pixels of a view."""

    def __init__(self, made: Figure | Picture) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self.figure, self._moving = _parts(made)
        for artist in self._moving:
            artist.set_animated(True)
        self._canvas: FigureCanvasAgg = FigureCanvasAgg(self.figure)
        self._dots_per_inch = self.figure.dpi
        self._size = (0, 0, 0.0)
        self._background: Any = None

    def fit(self, view: QWidget) -> None:
        """Take the size of `view` for the next drawing."""
        wide, tall, ratio = self._size = _size(view)
        dots = self._dots_per_inch * ratio
        self.figure.set_dpi(dots)
        self.figure.set_size_inches((wide + PART) / dots, (tall + PART) / dots)

    def fits(self, view: QWidget) -> bool:
        """Whether it was drawn for the size that `view` has now."""
        return self._size == _size(view)

    def draw(self) -> None:
        """Draw everything but the moving artists; in any thread, but one at a time."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        self._background = self._canvas.copy_from_bbox(self.figure.bbox)  # type: ignore[no-untyped-call]

    def with_moving(self) -> QImage:
        """The picture of the rest with the moving artists as they are now."""
        if self._moving:
            self._canvas.restore_region(self._background)  # type: ignore[no-untyped-call]
            for artist in self._moving:
                (artist.axes or self.figure).draw_artist(artist)
        pixels = self._canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        tall, wide, _depth = pixels.shape
        image = QImage(pixels, wide, tall, QImage.Format.Format_RGBA8888)
        copied = image.convertToFormat(QImage.Format.Format_RGB32)
        copied.setDevicePixelRatio(self._size[2])
        return copied


def _size(view: QWidget) -> tuple[int, int, float]:
    """Width and height in pixels of the screen, at least 10, and how many of them a logical pixel has."""
    ratio = view.devicePixelRatioF()
    return max(10, round(view.width() * ratio)), max(10, round(view.height() * ratio)), ratio


def prepare_matplotlib() -> None:
    """Load what the first chart needs, once; called on a worker thread after the first paint."""
    with _loading:
        if not _loaded.is_set():
            _load()
            _loaded.set()


def _load() -> None:
    from planner import paths

    os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from planner.charts import style

    figure, _panels = style.new_figure(style.LIGHT, size=(2.0, 1.0))
    # fonts and tick makers are loaded by the first drawing
    FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]


def _parts(made: Figure | Picture) -> tuple[Figure, tuple[Artist, ...]]:
    from matplotlib.figure import Figure

    return (made, ()) if isinstance(made, Figure) else (made.figure, made.artists)
