"""How every chart looks: faces by name, colours told apart by the colour-blind and in grey, fixed margins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.legend import Legend
from matplotlib.text import Text
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
HEADING = 1.05  # the size of a heading's letters to those of labels
_RIGHT, _APART, _MARK = 1.2, 1.6, 4.0  # letters: beside the last panel, between two, of an entry's mark
_PIECES = re.compile(r"[\u2e80-\uffef][，。：；、）]*|[^\s\u2e80-\uffef]+\s*|\s+")
TEN_THOUSAND, MILLION = 10_000, 1_000_000
LINES_APART = 1.6  # of the height of an l: Chinese letters are taller, and touch at the usual 1.2
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
    """Keeps the panels at fixed distances from the edges, at no cost while drawing.

    All lengths are in letters of a label: `left` of each panel, `head` above all, `foot` below, `least` the
    width that a panel needs; where the figure is too narrow for that, all letters become smaller. Headings
    and the key take the lines that they need in the width there is.
    """

    _adjust_compatible = True
    _colorbar_gridspec = True

    def __init__(self, style: Style, *, left: float, head: float, foot: float, least: float) -> None:
        super().__init__()
        self.style, self.left, self.head, self.foot, self.least = style, left, head, foot, least
        self.headings: list[tuple[Text, str]] = []  # of the panels, from left to right
        self.key: Key | None = None
        self.ratio = 1.0  # of the letters to those of the style

    @property
    def letter(self) -> float:
        """Inches."""
        return self.style.points * self.ratio / 72

    def execute(self, fig: Any) -> None:
        """Place the panels side by side for the size that the figure has now."""
        width, height = map(float, fig.get_size_inches())
        panels = fig.axes
        between = (len(panels) - 1) * (self.left + _APART)
        self._fit_letters(fig, width, self.left + _RIGHT + between + len(panels) * self.least)
        across = width / self.letter
        wide = max(1.0, across - self.left - _RIGHT - between) / len(panels)
        top = self.head + self._wrap_headings(wide)
        if self.key is not None:
            top += 1.5 * self.key.fit(across, self.style.points * self.ratio)
        tall = height / self.letter
        low = min(self.foot / tall, 0.45)
        high = max(0.1, 1 - low - min(top / tall, 0.6))
        for place, panel in enumerate(panels):
            start = self.left + place * (wide + self.left + _APART)
            panel.set_position((start / across, low, wide / across, high))

    def _fit_letters(self, figure: Any, width: float, needed: float) -> None:
        """Letters of the style, or smaller ones so that `needed` of them are not wider than the figure."""
        ratio = min(1.0, width / (needed * self.style.points / 72))
        if abs(ratio - self.ratio) < 0.01:
            return
        for words in figure.findobj(Text):
            words.set_fontsize(words.get_fontsize() * ratio / self.ratio)
        for panel in figure.axes:
            panel.tick_params(labelsize=self.style.points * ratio)
        self.ratio = ratio

    def _wrap_headings(self, wide: float) -> float:
        """Break the headings for panels of so many letters; answers the letters that they take in height."""
        most = 0
        for place, (title, words) in enumerate(self.headings):
            beside = _RIGHT if place == len(self.headings) - 1 else self.left
            room = (wide + beside) / HEADING
            lines = [part for line in words.split("\n") for part in in_lines(line, room)]
            title.set_text("\n".join(lines))
            most = max(most, len(lines))
        return 1.6 * most


class Key(Artist):
    """The key of a whole figure, along its top, in as many columns as there is room for."""

    def __init__(self, figure: Figure, handles: Sequence[Any], style: Style) -> None:
        super().__init__()
        self.style, self.handles = style, list(handles)
        self.labels = [str(handle.get_label()) for handle in handles]
        self.columns = 0
        self._legend: Legend | None = None
        figure.add_artist(self)

    def fit(self, across: float, points: float) -> int:
        """Lay it out for a line of `across` letters of so many points; answers the lines it takes."""
        columns = columns_of_key(self.labels, across)
        if columns != self.columns or points != self.style.points:
            self.columns, self.style = columns, self.style.scaled(points)
            figure = self.get_figure(root=True)
            assert figure is not None
            self._legend = Legend(
                figure,
                self.handles,
                self.labels,
                loc="upper left",
                ncols=columns,
                borderaxespad=0.1,
                **_plain(self.style),
            )
        return -(-len(self.labels) // columns)

    def draw(self, renderer: RendererBase) -> None:
        if self._legend is not None:
            self._legend.draw(renderer)


def new_figure(
    style: Style,
    panels: int = 1,
    *,
    size: tuple[float, float] = (9.0, 3.1),
    left: float = 4.6,
    head: float = 0.9,
    foot: float = 2.0,
    least: float = 9.0,
) -> tuple[Figure, tuple[Axes, ...]]:
    """A figure of so many panels side by side; see `Margins`. `head` is besides headings and key."""
    prepare()
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor=style.surface)
    figure.set_layout_engine(Margins(style, left=left, head=head, foot=foot, least=least))
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
    pad = style.points * (0.6 + 1.9 * key_rows)
    size = style.points * HEADING
    title = panel.set_title(words, loc="left", fontsize=size, color=style.text, pad=pad)
    title.set_linespacing(LINES_APART)
    margins_of(panel).headings.append((title, words))


def key_above(panel: Axes, style: Style, *, ncols: int, handles: Sequence[Any] = ()) -> None:
    """The key in one line between the panel and its heading; of all that has a label if not of `handles`."""
    panel.legend(
        handles=handles or panel.get_legend_handles_labels()[0],
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=ncols,
        borderaxespad=0.2,
        **_plain(style),
    )


def figure_key(panel: Axes, handles: Sequence[Any], style: Style) -> None:
    """One key for all panels of the figure, with the handles' own labels."""
    figure = panel.get_figure(root=True)
    assert figure is not None
    margins_of(panel).key = Key(figure, handles, style)


def columns_of_key(labels: Sequence[str], across: float) -> int:
    """How many entries of a key find room beside each other in a line of `across` letters."""
    for columns in range(len(labels), 1, -1):
        rows, longer = divmod(len(labels), columns)  # the first columns are longer by one
        ends = [(at + 1) * rows + min(at + 1, longer) for at in range(columns)]
        beside = [labels[start:end] for start, end in pairwise([0, *ends])]
        if sum(max(map(width, column)) + _MARK for column in beside) <= across:
            return columns
    return 1


def margins_of(panel: Axes) -> Margins:
    """What places the panels of a figure made by `new_figure`."""
    figure = panel.get_figure(root=True)
    margins = figure.get_layout_engine() if figure is not None else None
    assert isinstance(margins, Margins)
    return margins


def _plain(style: Style) -> dict[str, Any]:
    """A key without a frame, in the colour of the words."""
    return {
        "fontsize": style.points,
        "labelcolor": style.text,
        "frameon": False,
        "handlelength": 2.0,
        "borderpad": 0.2,
        "handletextpad": 0.5,
        "columnspacing": 1.2,
    }


def in_lines(words: str, most: float) -> list[str]:
    """The words in lines of at most `most` letters: broken at spaces, Chinese anywhere but before a stop."""
    lines = [""]
    for piece in _PIECES.findall(words):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > most:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def width(words: str) -> float:
    """How wide a label is, in letters of its size: Chinese ones are whole, others about half."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.56 for letter in words)


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
