"""What a higher pension costs in the chance of a gap: a point a plan, the best ones joined, yours marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planner import text
from planner.charts.style import Style, figure_key, heading, new_figure, shares
from planner.text import _

ABOVE = 1.2  # the axis is so much taller than the highest point: room for the words at the limit


@dataclass(frozen=True)
class PlanPoint:
    """`lapse`: chance of a gap within a year; `pension`: its mean, yuan a month; `best`: on the line."""

    name: str
    lapse: float
    pension: float
    best: bool = False
    recommended: bool = False


class FrontierPicture:
    """The figure; the mark of the current choice moves with the slider."""

    def __init__(self, points: Sequence[PlanPoint], style: Style, *, limit: float, now: PlanPoint) -> None:
        self.figure: Figure
        self.figure, (panel,) = new_figure(style, foot=3.6, least=20.0)
        line = sorted(
            (point for point in points if point.best), key=lambda point: (point.lapse, point.pension)
        )
        panel.plot(
            [point.lapse for point in line],
            [point.pension for point in line],
            color=style.series[0],
            linewidth=1.8,
            label=_("no plan gives more at the same chance"),
        )
        panel.scatter(
            [point.lapse for point in points],
            [point.pension for point in points],
            s=34,
            facecolor=style.surface,
            edgecolor=style.series[0],
            linewidth=1.5,
            zorder=3,
        )
        chosen = [point for point in points if point.recommended]
        panel.scatter(
            [point.lapse for point in chosen],
            [point.pension for point in chosen],
            s=70,
            marker="D",
            color=style.series[0],
            zorder=4,
            label=_("suggested"),
        )
        (self.now,) = panel.plot(
            [now.lapse],
            [now.pension],
            linestyle="none",
            marker="o",
            markersize=13,
            markerfacecolor="none",
            markeredgecolor=style.worst,
            markeredgewidth=2.4,
            zorder=5,
            label=_("the plan you are looking at"),
        )
        panel.axvline(limit, color=style.text, linewidth=1.2, linestyle=(0, (6, 3)))
        reach = max([point.lapse for point in points] + [limit, now.lapse, 0.02])
        top = max([point.pension for point in points] + [now.pension, 1.0])
        right = min(1.0, reach * 1.06) + 0.01
        panel.set_xlim(-0.02 * reach, right)
        panel.set_ylim(0, top * ABOVE)
        is_left = limit < right / 2
        panel.annotate(  # above all points, on the side of the line with more room
            _("the most you accept: {share}", share=text.percent(limit, 0)),
            (limit, 1),
            xycoords=("data", "axes fraction"),
            xytext=(style.points * (0.6 if is_left else -0.6), 0),
            textcoords="offset points",
            ha="left" if is_left else "right",
            va="top",
            fontsize=style.points,
            color=style.text,
        )
        panel.xaxis.set_major_formatter(FuncFormatter(shares))
        panel.xaxis.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 2.5, 5, 10]))
        panel.set_xlabel(
            _("Chance of missing a payment within a year"), color=style.muted, fontsize=style.points
        )
        heading(panel, _("Pension, yuan a month in today's money"), style)
        figure_key(panel, panel.get_legend_handles_labels()[0], style)

    @property
    def artists(self) -> tuple[Artist, ...]:
        return (self.now,)

    def update(self, now: PlanPoint) -> None:
        """Move the mark to another plan."""
        self.now.set_data([now.lapse], [now.pension])


def frontier_rows(points: Sequence[PlanPoint]) -> tuple[list[str], list[list[Any]]]:
    """The plans as a table."""
    return (
        [_("Plan"), _("Chance of a gap within a year"), _("Pension (yuan a month)"), _("No plan gives more")],
        [
            [point.name, text.percent(point.lapse, 1), round(point.pension), _("yes") if point.best else ""]
            for point in points
        ],
    )
