"""Two pictures of an injury: what each cover pays for each event, and how often it costs more than X."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator
from numpy.typing import ArrayLike

from planner import text
from planner.charts.style import (
    LINE_STYLES,
    Style,
    figure_key,
    heading,
    key_above,
    new_figure,
    short_number,
    thousands,
)
from planner.text import _

HATCHES = ("", "////", "....", "xxxx")
RAREST = 1e-5  # chances below one in a hundred thousand are not drawn


@dataclass(frozen=True)
class LossCurve:
    """With `cover`, a year costs more than `losses` (yuan) out of one's own pocket with chance `exceeded`."""

    cover: str
    losses: ArrayLike
    exceeded: ArrayLike


def loss_exceedance(curves: Sequence[LossCurve], style: Style) -> Figure:
    """The chance, on a scale of tens, that an accident costs more than the sum below."""
    figure, (panel,) = new_figure(style, head=2.4, left=9.0, least=16.0, foot=3.6)
    for place, curve in enumerate(curves):
        chance = np.asarray(curve.exceeded, dtype=np.float64)
        panel.plot(
            np.asarray(curve.losses, dtype=np.float64),
            np.where(chance > 0, chance, np.nan),
            color=style.series[place % len(style.series)],
            linestyle=LINE_STYLES[place % len(LINE_STYLES)],
            linewidth=2.0,
            label=curve.cover,
        )
    panel.set_yscale("log")
    panel.set_ylim(bottom=RAREST)
    panel.yaxis.set_minor_locator(NullLocator())
    panel.yaxis.set_major_formatter(FuncFormatter(odds))
    panel.xaxis.set_major_formatter(FuncFormatter(thousands))
    panel.xaxis.set_major_locator(MaxNLocator(nbins=7))
    panel.set_xlabel(
        _("What an accident costs you yourself, in yuan"), color=style.muted, fontsize=style.points
    )
    heading(panel, _("How many workers in a year lose more than this"), style, key_rows=1)
    key_above(panel, style, ncols=4)
    return figure


def loss_rows(curves: Sequence[LossCurve], at: Sequence[float]) -> tuple[list[str], list[list[Any]]]:
    """The chance of losing more than each of the sums `at`, per cover."""
    rows = []
    for sum_lost in at:
        chances = [
            float(
                np.interp(
                    sum_lost,
                    np.asarray(curve.losses, dtype=np.float64),
                    np.asarray(curve.exceeded, dtype=np.float64),
                )
            )
            for curve in curves
        ]
        rows.append([text.yuan(sum_lost), *(text.percent(chance, 2) for chance in chances)])
    return [_("Costs more than"), *(curve.cover for curve in curves)], rows


@dataclass(frozen=True)
class EventPay:
    """`paid`: yuan each cover pays for `event` for certain; `more`: up to so much besides, or nothing."""

    event: str
    paid: tuple[float, ...]
    more: tuple[float, ...] = ()

    def most(self, place: int) -> float:
        """The most that a cover may pay; above `paid` where only a range is known."""
        return self.paid[place] + (self.more[place] if self.more else 0.0)

    def words(
        self,
        place: int,
    ) -> str:
        """The amount over the bar of a cover, or the range."""
        paid, most = self.paid[place], self.most(place)
        return f"{short_number(paid)}–{short_number(most)}" if most > paid else short_number(paid)


def event_grid(events: Sequence[EventPay], covers: Sequence[str], style: Style) -> Figure:
    """A panel an event with its own scale, a bar a cover, lying so that large letters find room beside it.

    Bars differ in colour and hatching; a range is a broken line, and not a bar that could be taken for a sum.
    """
    figure, panels = new_figure(style, len(events), left=1.6, foot=0.6, least=5.5)
    size = style.points * 0.9
    for panel, event in zip(panels, events, strict=True):
        longest = max(*(event.most(place) for place in range(len(covers))), 1.0)
        for place, paid in enumerate(event.paid):
            colour, hatch = style.series[place % len(style.series)], HATCHES[place % len(HATCHES)]
            bars = panel.barh(
                place,
                paid,
                height=0.66,
                facecolor=style.surface if hatch else colour,
                edgecolor=colour,
                hatch=hatch or None,
                label=covers[place],
            )
            most, words = event.most(place), event.words(place)
            if most > paid:
                panel.plot([paid, most], [place, place], color=colour, linestyle=(0, (4, 3)), linewidth=1.4)
                panel.plot([most, most], [place - 0.2, place + 0.2], color=colour, linewidth=1.4)
                panel.text(paid, place - 0.16, f" {words}", va="bottom", fontsize=size, color=style.text)
            else:
                panel.bar_label(bars, [words], padding=3, fontsize=size, color=style.text)
        panel.set_xticks([])
        panel.set_yticks([])
        panel.grid(visible=False)
        panel.spines["bottom"].set_visible(False)
        panel.axvline(0, color=style.grid, linewidth=0.8)
        panel.set_ylim(len(covers) - 0.5, -0.5)
        panel.set_xlim(0, longest * (1.0 + _LETTERS_BESIDE * style.points))
        heading(panel, event.event, style)
    figure_key(panels[0], panels[0].get_legend_handles_labels()[0], style)
    return figure


_LETTERS_BESIDE = 0.075  # of the longest bar, for each point of the letters: room for the amount beside it


def event_rows(events: Sequence[EventPay], covers: Sequence[str]) -> tuple[list[str], list[list[Any]]]:
    """The same as a table."""
    return [_("Event"), *covers], [
        [event.event, *(_cell(event, place) for place in range(len(covers)))] for event in events
    ]


def _cell(event: EventPay, place: int) -> int | str:
    paid, most = event.paid[place], event.most(place)
    return f"{text.number(paid)}–{text.number(most)}" if most > paid else round(paid)


def odds(chance: float, _place: object = None) -> str:
    """A chance as `1 in 1,000`."""
    return _("1 in {count}", count=text.number(round(1 / chance))) if chance > 0 else ""
