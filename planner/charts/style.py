"""How every chart looks: faces by name, colours told apart by the colour-blind and in grey, fixed margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planner import paths, text

FACES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
)
DOTS_PER_INCH = 96  # as Qt counts, so that a point is a point beside the window's own words
HATCH = "////"
ALL_BESIDE, TWO_BESIDE = 11.5, 17.0  # the largest labels, in points, with which a key has so many columns
TEN_THOUSAND, MILLION = 10_000, 1_000_000
LINE_STYLES = ("-", "--", "-.", ":", (0, (6, 2, 1, 2, 1, 2)), (0, (1, 1)))


@dataclass(frozen=True)
class Style:
    """Colours as `#rrggbb`; `series` differ in lightness too. `points`: size of the labels."""

    surface: str
    text: str
    muted: str
    grid: str
    bar: str
    worst: str
    accent: str
    series: tuple[str, ...]
    points: float = 9.5

    def scaled(self, points: float) -> Style:
        """The same look with labels of another size."""
        return replace(self, points=points)


LIGHT = Style(
    surface="#ffffff",
    text="#16211d",
    muted="#52605a",
    grid="#dbe1dc",
    bar="#3f8f7f",
    worst="#c2410c",
    accent="#0a6a58",
    series=("#0a6a58", "#c2410c", "#2563a8", "#8a6d00", "#7c3f8c", "#52605a"),
)
DARK = Style(
    surface="#1a2120",
    text="#e8eeeb",
    muted="#a8b6b0",
    grid="#36433f",
    bar="#4fa693",
    worst="#ff9a5c",
    accent="#63cfb6",
    series=("#63cfb6", "#ff9a5c", "#7fb4f0", "#e3c55a", "#cf9bdd", "#a8b6b0"),
)
PAPER = LIGHT.scaled(7.5)


@cache
def chinese_font() -> str:
    """The Chinese face that is here: the one shipped in a packaged build, else the first by name; or ''."""
    shipped = paths.shipped_fonts()
    for file in shipped:
        font_manager.fontManager.addfont(file)
    if shipped:
        return str(font_manager.FontProperties(fname=str(shipped[0])).get_name())
    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FACES if name in known), "")


class Margins(LayoutEngine):
    """Keeps the panels at fixed distances from the edges, in inches, at no cost while drawing."""

    _adjust_compatible = True
    _colorbar_gridspec = True

    def __init__(self, left: float, right: float, top: float, bottom: float, between: float = 0.0) -> None:
        super().__init__()
        self.left, self.right, self.top, self.bottom, self.between = left, right, top, bottom, between

    def execute(self, fig: Any) -> None:
        """Place the panels side by side for the size that the figure has now."""
        width, height = fig.get_size_inches()
        panels = fig.axes
        low = min(self.bottom / height, 0.45)
        tall = max(0.1, 1 - low - min(self.top / height, 0.4))
        free = max(0.2 * width, width - self.left - self.right - self.between * (len(panels) - 1))
        wide = free / max(1, len(panels))
        for place, panel in enumerate(panels):
            panel.set_position(((self.left + place * (wide + self.between)) / width, low, wide / width, tall))


def new_figure(
    style: Style,
    panels: int = 1,
    *,
    size: tuple[float, float] = (9.0, 3.1),
    left: float = 4.6,
    head: float = 2.2,
) -> tuple[Figure, tuple[Axes, ...]]:
    """A figure of so many panels side by side; `left` and `head` room in widths of a label's letter."""
    prepare()
    letter = style.points / 72  # inches
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor=style.surface)
    figure.set_layout_engine(
        Margins(left * letter, 1.2 * letter, head * letter, 3.6 * letter, between=(left + 1.6) * letter)
    )
    axes = tuple(figure.add_subplot(1, panels, place + 1) for place in range(panels))
    for panel in axes:
        dress(panel, style)
    return figure, axes


def prepare() -> None:
    """Chinese letters in every picture, and text that stays text in a PDF."""
    face = chinese_font()
    mpl.rcParams["font.family"] = [face, "DejaVu Sans"] if face else ["DejaVu Sans"]
    mpl.rcParams["pdf.fonttype"] = 42
    mpl.rcParams["svg.fonttype"] = "none"
    mpl.rcParams["hatch.linewidth"] = 0.9


def dress(panel: Axes, style: Style) -> None:
    """Quiet axes: a light grid across, no box, labels in the colours of the look."""
    panel.set_facecolor(style.surface)
    for side, spine in panel.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(style.grid)
    panel.grid(axis="y", color=style.grid, linewidth=0.8)
    panel.set_axisbelow(True)
    panel.tick_params(colors=style.muted, labelsize=style.points, length=0, pad=4)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    panel.yaxis.set_major_formatter(FuncFormatter(thousands))


def heading(panel: Axes, words: str, style: Style, *, key_rows: int = 0) -> None:
    """What the panel shows, above it at the left edge; `key_rows` lines are left for the key."""
    size = style.points
    pad = size * (0.6 + 1.9 * key_rows)
    panel.set_title(words, loc="left", fontsize=size * 1.05, color=style.text, pad=pad)


def key_above(panel: Axes, style: Style, **more: Any) -> None:
    """The key in one line between the panel and its heading."""
    legend(panel, style, loc="lower left", bbox_to_anchor=(0.0, 1.0), **more)


def legend(panel: Axes, style: Style, **where: Any) -> None:
    """The key, without a frame, in the colour of the words."""
    panel.legend(
        fontsize=style.points,
        labelcolor=style.text,
        frameon=False,
        handlelength=2.0,
        borderaxespad=0.2,
        borderpad=0.2,
        handletextpad=0.5,
        columnspacing=1.2,
        **where,
    )


def columns_of_key(style: Style, entries: int) -> int:
    """How many entries of a key stand beside each other in labels of this size."""
    return entries if style.points <= ALL_BESIDE else 2 if style.points <= TWO_BESIDE else 1


def room_for_key(style: Style, entries: int, heading_lines: int = 1) -> float:
    """Room above the panels for the key and a heading, in widths of a label's letter."""
    rows = -(-entries // columns_of_key(style, entries))
    return 1.5 * rows + 1.6 * heading_lines + 0.9


def figure_key(figure: Figure, handles: Sequence[Any], style: Style, labels: Sequence[str] = ()) -> None:
    """One key for all panels, along the top; see `room_for_key`."""
    figure.legend(
        handles=handles,
        labels=labels or [handle.get_label() for handle in handles],
        loc="upper left",
        ncols=columns_of_key(style, len(handles)),
        fontsize=style.points,
        labelcolor=style.text,
        frameon=False,
        handlelength=2.0,
        handletextpad=0.5,
        columnspacing=1.2,
        borderaxespad=0.1,
    )


def thousands(value: float, _place: object = None) -> str:
    """A tick: `12,000`."""
    return text.number(value, 0 if value == int(value) else 1)


def short_number(value: float) -> str:
    """An amount over a bar: `8,000`, `63.7k`, `1.16m`; in Chinese by ten thousands (`6.4万`)."""
    unit, words = _scale(abs(value))
    return words.format(amount=text.number(value / unit, 2 if unit == MILLION else 1 if unit > 1 else 0))


def _scale(size: float) -> tuple[int, str]:
    if size < TEN_THOUSAND:
        return 1, "{amount}"
    if text.language() == "zh":
        return TEN_THOUSAND, "{amount}万"
    return (1000, "{amount}k") if size < MILLION else (MILLION, "{amount}m")


def shares(value: float, _place: object = None) -> str:
    """A tick: `5%`."""
    return text.percent(value, 0 if round(value * 100, 6) == round(value * 100) else 1)
