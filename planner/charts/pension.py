"""The plans beside each other: from a bad to a good future, with the likely half and the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planner.charts.style import (
    LINES_APART,
    Style,
    figure_key,
    heading,
    new_figure,
    thousands,
    width,
)
from planner.text import _

MOST_LETTERS = 14.0  # a longer name takes two lines


@dataclass(frozen=True)
class PlanSpread:
    """`quantiles`: pension at 5, 25, 50, 75 and 95 % of the futures, yuan a month of today."""

    name: str
    quantiles: tuple[float, float, float, float, float]
    recommended: bool = False


def pension_by_plan(spreads: Sequence[PlanSpread], style: Style) -> Figure:
    """A row a plan, the first at the top; the suggested one is filled and in bold."""
    names = [in_two_lines(spread.name) for spread in spreads]
    longest = max((width(line) for name in names for line in name.split("\n")), default=4.0)
    figure, (panel,) = new_figure(
        style,
        size=(9.0, 0.7 + 0.34 * len(spreads)),
        left=min(longest, MOST_LETTERS) + 1.6,
        least=16.0,
    )
    for row, spread in enumerate(reversed(spreads)):
        p5, p25, p50, p75, p95 = spread.quantiles
        colour = style.accent
        panel.plot([p5, p95], [row, row], color=colour, linewidth=1.6, solid_capstyle="butt")
        panel.barh(
            row,
            p75 - p25,
            left=p25,
            height=0.46,
            facecolor=colour if spread.recommended else style.surface,
            edgecolor=colour,
            linewidth=1.4,
            alpha=0.9 if spread.recommended else 1.0,
        )
        panel.plot([p50, p50], [row - 0.3, row + 0.3], color=style.text, linewidth=2.2)
    panel.set_yticks(range(len(spreads)), names[::-1])
    for tick, spread in zip(panel.get_yticklabels(), reversed(spreads), strict=True):
        tick.set_color(style.text)
        tick.set_fontweight("bold" if spread.recommended else "normal")
        if "\n" in tick.get_text():  # two lines have to fit into one row
            tick.set_fontsize(style.points * 0.85)
            tick.set_linespacing(0.85 * LINES_APART)
    panel.set_ylim(-0.6, len(spreads) - 0.4)
    panel.set_xlim(0, max([spread.quantiles[4] for spread in spreads] + [1.0]) * 1.04)
    panel.grid(visible=False, axis="y")
    panel.grid(visible=True, axis="x", color=style.grid, linewidth=0.8)
    panel.xaxis.set_major_formatter(FuncFormatter(thousands))
    panel.xaxis.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 2.5, 5, 10]))
    heading(panel, _("Pension, yuan a month in today's money"), style)
    key: list[Any] = [
        Line2D([], [], color=style.accent, linewidth=1.6, label=_("nine futures in ten")),
        Patch(facecolor=style.surface, edgecolor=style.accent, label=_("the likely half")),
        Line2D([], [], color=style.text, linewidth=2.2, label=_("the middle of all futures")),
    ]
    if any(spread.recommended for spread in spreads):
        key.append(Patch(facecolor=style.accent, label=_("suggested")))
    figure_key(panel, key, style)
    return figure


def pension_rows(spreads: Sequence[PlanSpread]) -> tuple[list[str], list[list[Any]]]:
    """The same as a table."""
    return (
        [_("Plan"), "5 %", "25 %", "50 %", "75 %", "95 %"],
        [[spread.name, *(round(value) for value in spread.quantiles)] for spread in spreads],
    )


def in_two_lines(name: str) -> str:
    """A long name broken after the comma, else the space, nearest to its middle; a short one as it is."""
    commas = [place + 1 for place, letter in enumerate(name[:-1]) if letter in "，,"]
    breaks = commas or [place + 1 for place, letter in enumerate(name[:-1]) if letter == " "]
    if width(name) <= MOST_LETTERS or not breaks:
        return name
    middle = min(breaks, key=lambda place: abs(width(name[:place]) - width(name[place:])))
    return f"{name[:middle].rstrip()}\n{name[middle:].lstrip()}"
