"""The months as bars: how uneven they are, which are the worst tenth, where the middle lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from planner import text
from planner.charts.style import HATCH, Style, heading, key_above, new_figure
from planner.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.earnings.picture import IncomePicture, MonthIncome
    from planner.values import Month

MOST_TICKS = 13
LARGE = 12.0  # points from which the key takes two lines


def monthly_income(picture: IncomePicture, style: Style) -> Figure:
    """A bar a month; the worst tenth hatched and in another colour, partly known months only outlined."""
    rows = 2 if style.points > LARGE else 1
    figure, (panel,) = new_figure(style, head=0.8 + 1.6 * rows, foot=3.2, least=18.0)
    months = picture.months
    worst = set(picture.worst_months) if picture.worst_says_something else set()
    bars = panel.bar(range(len(months)), [float(month.cny) for month in months], width=0.72, color=style.bar)
    for bar, month in zip(bars, months, strict=True):
        if month.month in worst:
            bar.set(facecolor=style.surface, edgecolor=style.worst, hatch=HATCH, linewidth=1.2)
        elif not month.covered:
            bar.set(facecolor=style.surface, edgecolor=style.bar, linestyle="--", linewidth=1.0)
    key: list[Any] = []
    if picture.median is not None:
        key.append(
            panel.axhline(
                float(picture.median),
                color=style.text,
                linewidth=1.4,
                linestyle=(0, (6, 3)),
                label=_("the middle: {amount}", amount=text.yuan(picture.median)),
            )
        )
    if worst:
        marked = Patch(facecolor=style.surface, edgecolor=style.worst, hatch=HATCH)
        marked.set_label(_("the worst tenth: {amount}", amount=text.yuan(picture.worst_tenth or 0)))
        key.append(marked)
    if any(not month.covered for month in months):
        partly = Patch(facecolor=style.surface, edgecolor=style.bar, linestyle="--")
        partly.set_label(_("only partly in the files"))
        key.append(partly)
    panel.set_xlim(-0.6, max(len(months), 6) - 0.4)
    panel.axhline(0, color=style.muted, linewidth=0.8)
    places = _tick_places([month.month for month in months])
    panel.set_xticks(places, [_tick(months[place], place == places[0]) for place in places])
    heading(panel, _("Yuan a month"), style, key_rows=rows if key else 0)
    if key:
        key_above(panel, style, handles=key, ncols=-(-len(key) // rows))
    top = max([float(month.cny) for month in months] + [float(picture.median or 0), 1.0])
    low = min([float(month.cny) for month in months] + [0.0])
    panel.set_ylim(low * 1.08, top * 1.06)
    return figure


def monthly_income_rows(picture: IncomePicture) -> tuple[list[str], list[list[Any]]]:
    """The same numbers as a table; a month of which nothing is known has no number."""
    worst = set(picture.worst_months) if picture.worst_says_something else set()

    def note(one: MonthIncome) -> str:
        if one.month in worst:
            return _("among the worst tenth")
        if one.covered:
            return ""
        return _("only partly in the files") if one.by_source else _("in no file")

    return (
        [_("Month"), _("Income (yuan)"), _("Remark")],
        [
            [text.month(one.month), one.cny if one.covered or one.by_source else None, note(one)]
            for one in picture.months
        ],
    )


def _tick_places(months: Sequence[Month]) -> list[int]:
    """Every month, or every second, third, sixth or twelfth of the year, so that Januaries are among them."""
    for step in (1, 2, 3, 6):
        if len(months) <= step * MOST_TICKS:
            break
    else:
        step = 12 * -(-len(months) // (12 * MOST_TICKS))
    return [
        place
        for place, month in enumerate(months)
        if (month.index if step > 12 else month.month - 1) % step == 0
    ] or [0]


def _tick(income: MonthIncome, first: bool) -> str:
    """The month's number, with the year below each January and the first."""
    month = income.month
    return f"{month.month}\n{month.year}" if first or month.month == 1 else str(month.month)
