"""One tier in two panels: the pension over the years it is drawn, and what is left of each month until then.

While a slider moves only `artists` change (`update`), over axes that stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from planner import text
from planner.charts.fan import Fan, FanArtists, ceiling, fan_rows, floor
from planner.charts.style import Style, figure_key, heading, new_figure
from planner.text import _
from planner.values import Month

ROOM = 1.08  # the axes are so much taller than the tallest fan


@dataclass(frozen=True)
class TierFans:
    """`pension`: yuan a month of today by age; `cash`: yuan left in a month, by months after `first`."""

    pension: Fan
    cash: Fan
    first: Month


class TierPicture:
    """The figure and its moving parts; `tallest` are the fans that the axes must be able to hold."""

    def __init__(
        self,
        fans: TierFans,
        style: Style,
        *,
        tallest: tuple[TierFans, ...] = (),
        without: float | None = None,
    ) -> None:
        self.figure: Figure
        self.figure, (pension, cash) = new_figure(style, 2, least=9.5)
        several = (fans, *tallest)
        colour = style.series[0]
        self._pension = FanArtists(pension, fans.pension, style, colour, _("the middle of all futures"))
        self._cash = FanArtists(cash, fans.cash, style, colour, _("the middle of all futures"))
        heading(pension, _("Pension by age\nyuan a month in today's money"), style)
        heading(cash, _("Left each month\nyuan, after needs and payment"), style)
        key: list[Any] = [self._pension.middle, self._pension.inner, self._pension.outer, self._pension.low]
        self._pension.inner.set_label(_("the likely half"))
        self._pension.outer.set_label(_("nine futures in ten"))
        self._pension.low.set_label(_("one in twenty is below"))
        pension.set_ylim(0, ceiling(*(one.pension for one in several)) * ROOM)
        cash.set_ylim(
            floor(*(one.cash for one in several)) * ROOM, ceiling(*(one.cash for one in several)) * ROOM
        )
        cash.axhline(0, color=style.muted, linewidth=1.0)
        ages = np.concatenate([np.asarray(one.pension.at, dtype=np.float64) for one in several])
        pension.set_xlim(ages.min(), ages.max())
        pension.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=[1, 2, 5, 10]))
        months = np.asarray(fans.cash.at, dtype=np.float64)
        cash.set_xlim(months[0], months[-1])
        places = year_starts(fans.first, int(months[-1]))
        cash.set_xticks(places, [_("{year}", year=(fans.first + place).year) for place in places])
        if without is not None:
            line = pension.axhline(without, color=style.text, linewidth=1.3, linestyle=(0, (1, 2)))
            line.set_label(_("if you do nothing"))
            key.append(line)
        figure_key(pension, key, style)

    @property
    def artists(self) -> tuple[Artist, ...]:
        """What moves with the slider."""
        return (*self._pension.artists, *self._cash.artists)

    def update(self, fans: TierFans) -> None:
        """Show another tier on the same axes."""
        self._pension.update(fans.pension)
        self._cash.update(fans.cash)


def year_starts(first: Month, months: int, most: int = 7) -> list[int]:
    """The Januaries within so many months of `first`, at most `most` of them, evenly apart."""
    januaries = [place for place in range(months + 1) if (first + place).month == 1]
    step = -(-len(januaries) // most) if januaries else 1
    return januaries[::step]


def tier_rows(fans: TierFans) -> tuple[list[str], list[list[Any]]]:
    """The pension by age and the cash by month as one table."""
    ages = [_("at {age}", age=f"{age:g}") for age in np.asarray(fans.pension.at, dtype=np.float64)]
    months = [text.month(fans.first + int(place)) for place in np.asarray(fans.cash.at, dtype=np.float64)]
    pension, cash = _("Pension"), _("Left in the month")
    return (
        [_("What"), _("When"), "5 %", "25 %", "50 %", "75 %", "95 %"],
        [[pension, *row] for row in fan_rows(fans.pension, ages)]
        + [[cash, *row] for row in fan_rows(fans.cash, months)],
    )
