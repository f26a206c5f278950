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
from planner.charts.style import LINE_STYLES, Style, heading, key_above, new_figure, thousands
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
    figure, (panel,) = new_figure(style, head=4.0, left=9.0)
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
    heading(panel, _("How many workers in a year lose more than this"), style, over_key=True)
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
    """`paid`: yuan that each cover pays once for `event`, in the order of the covers; None: not counted."""

    event: str
    paid: tuple[float | None, ...]


def event_grid(events: Sequence[EventPay], covers: Sequence[str], style: Style) -> Figure:
    """Groups of bars, an event each: how far apart the covers are; bars differ in colour and hatching."""
    figure, (panel,) = new_figure(style, head=4.0, left=5.6)
    wide = 0.8 / max(1, len(covers))
    for place, cover in enumerate(covers):
        heights = [event.paid[place] or 0.0 for event in events]
        bars = panel.bar(
            [group + (place - (len(covers) - 1) / 2) * wide for group in range(len(events))],
            heights,
            width=wide * 0.9,
            facecolor=style.series[place % len(style.series)] if not HATCHES[place % 4] else style.surface,
            edgecolor=style.series[place % len(style.series)],
            hatch=HATCHES[place % 4] or None,
            label=cover,
        )
        panel.bar_label(
            bars,
            [text.number(height) if height else "0" for height in heights],
            padding=2,
            fontsize=style.points * 0.9,
            color=style.muted,
        )
    panel.set_xticks(range(len(events)), [event.event for event in events])
    panel.set_ylim(0, max([pay or 0.0 for event in events for pay in event.paid] + [1.0]) * 1.12)
    heading(panel, _("Paid at once, in yuan"), style, over_key=True)
    key_above(panel, style, ncols=4)
    return figure


def odds(chance: float, _place: object = None) -> str:
    """A chance as `1 in 1,000`."""
    return _("1 in {count}", count=text.number(round(1 / chance))) if chance > 0 else ""
