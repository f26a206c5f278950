"""A matplotlib figure in the window: quick while a slider moves, its numbers one click away as a table.

matplotlib is imported on a worker thread; a figure that is shown before waits for it, the window does not.
"""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
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
from planner.ui.icons import icon
from planner.ui.theme import Look
from planner.ui.widgets.number_table import NumberTable, cell_text

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

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
        self._canvas: Any = None
        self._moving: tuple[Artist, ...] = ()
        self._background: Any = None
        self._stale = False

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.stack = QStackedWidget()
        self._place = QWidget()
        self._place_column = QVBoxLayout(self._place)
        self._place_column.setContentsMargins(0, 0, 0, 0)
        self.table = NumberTable()
        self.stack.addWidget(self._place)
        self.stack.addWidget(self.table)
        column.addWidget(self.stack)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
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
        row.addWidget(self.table_button)
        row.addWidget(self.save_button)
        column.addLayout(row)
        self.set_name(name)
        look.changed.connect(self._look_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self._fit_height()

    @property
    def figure(self) -> Figure | None:
        """The figure on screen."""
        return self._canvas.figure if self._canvas is not None else None

    @property
    def in_view(self) -> bool:
        """Whether any part of it is on screen now."""
        parts = [self, self.stack, *([self._canvas] if self._canvas is not None else [])]
        return self.isVisible() and any(not part.visibleRegion().isEmpty() for part in parts)

    def set_name(self, name: str) -> None:
        """What the picture shows, for those who do not see it (already translated)."""
        self._name = name
        self.setAccessibleName(name)
        self.table.setAccessibleName(name)
        if self._canvas is not None:
            self._canvas.setAccessibleName(name)

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
        QTimer.singleShot(0, self, self._draw_in_view)

    def draw_now(self) -> None:
        """Draw even though the canvas is not on screen (saving, tests)."""
        self._stale = False
        self._draw()

    def show_moved(self) -> None:
        """Show the moving artists as they are now, over the kept picture of the rest."""
        if self._canvas is None or self._background is None:
            return
        self._canvas.restore_region(self._background)
        self._draw_moving()
        self._canvas.blit(self._canvas.figure.bbox)

    def settle(self) -> None:
        """One full draw, and the table of numbers as they are now."""
        if self._canvas is not None:
            self._canvas.draw_idle()
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
        self.stack.setCurrentIndex(1 if as_table else 0)
        self._fit_height()
        self.retranslate()

    def save_png(self, path: Path) -> None:
        if self.figure is not None:
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
            header, rows = self._rows()
            lines = [header, *([cell_text(cell) for cell in row] for row in rows)]
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def retranslate(self) -> None:
        shown = self.table_button.isChecked()
        self.table_button.setText(_("Show the picture") if shown else _("Show the numbers as a table"))
        self.save_button.setText(_("Keep a copy"))
        for button in (self.table_button, self.save_button):
            button.setAccessibleName(button.text())
        self._png_action.setText(_("Save the picture (PNG)…"))
        self._csv_action.setText(_("Save the numbers (CSV)…"))
        self._copy_action.setText(_("Copy the numbers"))
        colours = self.look.palette
        self.table_button.setIcon(icon("table", colours.accent, self.look.px(16)))
        self.save_button.setIcon(icon("download", colours.accent, self.look.px(16)))

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.redraw()

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if self._stale:
            self.redraw()

    def _draw_in_view(self) -> None:
        if not self._stale:
            return
        if self.in_view and not _loaded.is_set():
            tasks.run(lambda _task: prepare_matplotlib(), self._loaded)
        elif self.in_view:
            self.draw_now()
        elif self._canvas is not None:
            self._canvas.hide()  # what it shows is no longer true

    def _loaded(self, _nothing: None) -> None:
        if isValid(self):  # the page may be gone by now
            self._draw_in_view()

    def _draw(self) -> None:
        if self._make is None:
            return
        canvas_class = _canvas_class()
        made = self._make()
        figure, self._moving = _parts(made)
        self._background = None
        old = self._canvas
        canvas = canvas_class(figure)
        if self._moving:
            for artist in self._moving:
                artist.set_animated(True)
            canvas.mpl_connect("draw_event", self._drawn)
        canvas.setAccessibleName(self._name)
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.setMinimumHeight(10)
        self._place_column.addWidget(canvas)
        self._canvas = canvas
        if old is not None:
            self._place_column.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        if self.table_button.isChecked():
            self._fill_table()
        self.retranslate()

    def _drawn(self, _event: Any) -> None:
        """Everything but the moving artists was drawn: keep that picture and add them."""
        self._background = self._canvas.copy_from_bbox(self._canvas.figure.bbox)
        self._draw_moving()

    def _draw_moving(self) -> None:
        for artist in self._moving:
            (artist.axes or self._canvas.figure).draw_artist(artist)

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


def prepare_matplotlib() -> None:
    """Load what the first chart needs, once; called on a worker thread after the first paint."""
    with _loading:
        if not _loaded.is_set():
            _load()
            _loaded.set()


def _load() -> None:
    from planner import paths

    os.environ.setdefault("QT_API", "pyside6")
    os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))
    from matplotlib.backends import backend_qtagg  # noqa: F401
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from planner.charts import style

    figure, _panels = style.new_figure(style.LIGHT, size=(2.0, 1.0))
    # fonts and tick makers are loaded by the first drawing
    FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]


def _parts(made: Figure | Picture) -> tuple[Figure, tuple[Artist, ...]]:
    from matplotlib.figure import Figure

    return (made, ()) if isinstance(made, Figure) else (made.figure, made.artists)


def _canvas_class() -> Any:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    return FigureCanvasQTAgg
