"""Each chart draws its numbers, moves only what it says, and gives the same numbers as a table."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from planner import charts, text
from planner.charts.injury import odds
from planner.charts.tier import year_starts
from planner.earnings.picture import IncomePicture, MonthIncome
from planner.values import Month


@dataclass(frozen=True)
class Fan:
    at: Any
    p5: Any
    p25: Any
    p50: Any
    p75: Any
    p95: Any


def fans(level: float = 1.0) -> charts.TierFans:
    ages, months = np.arange(60.0, 86.0), np.arange(0.0, 60.0)
    spread = np.array([0.5, 0.8, 1.0, 1.2, 1.6])
    return charts.TierFans(
        Fan(ages, *np.outer(spread, 1800 * level + 5 * (ages - 60))),
        Fan(months, *np.outer(spread - 0.6, 2000 / level + 0 * months)),
        Month(2026, 11),
    )


def months() -> IncomePicture:
    incomes = [5200, 6100, 1400, 4800, 7300, 5600]
    rows = tuple(MonthIncome(Month(2025, 10) + place, Decimal(cny)) for place, cny in enumerate(incomes))
    return IncomePicture(
        rows, median=Decimal(5400), worst_tenth=Decimal(1400), worst_months=(Month(2025, 12),)
    )


def drawn(figure: Figure) -> np.ndarray:
    """The picture; any warning (a glyph that is missing, say) fails."""
    canvas = FigureCanvasAgg(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def every_chart(style: charts.Style) -> list[Figure]:
    curve = charts.LossCurve("x", np.array([0.0, 10_000.0, 80_000.0]), np.array([0.1, 0.01, 0.001]))
    points = [charts.PlanPoint("a", 0.0, 200, best=True), charts.PlanPoint("b", 0.04, 1500, True, True)]
    return [
        charts.monthly_income(months(), style),
        charts.TierPicture(fans(), style, without=230.0).figure,
        charts.FrontierPicture(points, style, limit=0.05, now=points[1]).figure,
        charts.pension_by_plan([charts.PlanSpread("方案", (1, 2, 3, 4, 5), True)], style),
        charts.loss_exceedance([curve], style),
        charts.event_grid([charts.EventPay("治疗", (8000, 0))], ["职业伤害保障", "没有"], style),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("style", [charts.LIGHT, charts.DARK, charts.PAPER])
def test_every_chart_draws_without_a_missing_letter(language: str, style: charts.Style) -> None:
    text.use(language)
    for figure in every_chart(style):
        picture = drawn(figure)
        assert len(np.unique(picture.reshape(-1, 4), axis=0)) > 20


def test_the_worst_tenth_differs_by_hatching_not_by_colour_alone() -> None:
    figure = charts.monthly_income(months(), charts.LIGHT)
    hatched = [bar for bar in figure.axes[0].patches if bar.get_hatch()]
    assert len(hatched) == 1
    assert hatched[0].get_height() == 1400


def test_two_months_have_no_worst_tenth() -> None:
    whole = months()
    few = replace(whole, months=whole.months[1:3])
    figure = charts.monthly_income(few, charts.LIGHT)
    assert not [bar for bar in figure.axes[0].patches if bar.get_hatch()]
    assert {row[2] for row in charts.monthly_income_rows(few)[1]} == {""}


def test_months_as_a_table_mark_the_worst() -> None:
    header, rows = charts.monthly_income_rows(months())
    assert len(header) == 3
    assert [row[2] for row in rows] == ["", "", "among the worst tenth", "", "", ""]


def test_a_month_in_no_file_has_no_number() -> None:
    rows = (
        MonthIncome(Month(2025, 10), Decimal(900), by_source={"wechat": Decimal(900)}, covered=False),
        MonthIncome(Month(2025, 11), Decimal(0), covered=False),
        MonthIncome(Month(2025, 12), Decimal(0)),
    )
    _header, cells = charts.monthly_income_rows(IncomePicture(rows))
    assert [row[1:] for row in cells] == [
        [Decimal(900), "only partly in the files"],
        [None, "in no file"],
        [Decimal(0), ""],
    ]


@pytest.mark.parametrize("count", [1, 5, 14, 40, 70, 200])
def test_long_histories_name_their_years(count: int) -> None:
    rows = tuple(MonthIncome(Month(2009, 5) + place, Decimal(5000)) for place in range(count))
    figure = charts.monthly_income(IncomePicture(rows), charts.LIGHT)
    named = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert 1 <= len(named) <= 14
    years = {int(words.split("\n")[1]) for words in named if "\n" in words}
    assert years
    if count >= 70:
        assert len(years) >= 5


def test_moving_the_slider_changes_the_artists_and_keeps_the_axes() -> None:
    picture = charts.TierPicture(fans(), charts.LIGHT, tallest=(fans(2.0),))
    pension, cash = picture.figure.axes
    before = (pension.get_ylim(), cash.get_ylim(), pension.get_xlim(), cash.get_xlim())
    picture.update(fans(1.7))
    assert (pension.get_ylim(), cash.get_ylim(), pension.get_xlim(), cash.get_xlim()) == before
    middle = next(line for line in pension.lines if line in picture.artists)
    assert middle.get_ydata()[0] == pytest.approx(1800 * 1.7)


def test_a_moved_picture_is_the_one_drawn_afresh() -> None:
    moved = charts.TierPicture(fans(), charts.LIGHT, tallest=(fans(2.0), fans()))
    moved.update(fans(1.7))
    fresh = charts.TierPicture(fans(1.7), charts.LIGHT, tallest=(fans(2.0), fans()))
    assert np.array_equal(drawn(moved.figure), drawn(fresh.figure))


def test_the_axes_hold_the_tallest_fan() -> None:
    picture = charts.TierPicture(fans(), charts.LIGHT, tallest=(fans(3.0),))
    assert picture.figure.axes[0].get_ylim()[1] >= np.max(fans(3.0).pension.p95)


def test_a_tier_as_a_table_has_a_row_an_age_and_a_month() -> None:
    header, rows = charts.tier_rows(fans())
    assert len(rows) == 26 + 60
    assert all(len(row) == len(header) for row in rows)
    assert rows[0][4] == pytest.approx(1800.0)


def test_the_frontier_mark_moves_alone() -> None:
    points = [charts.PlanPoint("a", 0.0, 200, best=True), charts.PlanPoint("b", 0.2, 1500, best=True)]
    picture = charts.FrontierPicture(points, charts.LIGHT, limit=0.05, now=points[0])
    picture.update(points[1])
    assert tuple(picture.now.get_xdata()) == (0.2,)
    assert picture.artists == (picture.now,)
    assert charts.frontier_rows(points)[1][1][1:3] == ["20.0%", 1500]


def test_a_chance_reads_as_one_in_so_many() -> None:
    assert odds(0.001) == "1 in 1,000"
    text.use("zh")
    assert odds(0.01) == "100 人中 1 人"


def test_losses_as_a_table_interpolate_the_curve() -> None:
    curve = charts.LossCurve("x", np.array([0.0, 100.0]), np.array([0.2, 0.0]))
    header, rows = charts.loss_rows([curve], [50.0])
    assert header[1:] == ["x"]
    assert rows == [["¥50", "10.00%"]]


def test_years_begin_at_januaries() -> None:
    assert year_starts(Month(2026, 11), 30) == [2, 14, 26]
    assert len(year_starts(Month(2026, 11), 480)) <= 7


def test_a_cover_of_which_only_a_range_is_known_has_no_bar_of_its_most() -> None:
    event = charts.EventPay("e", (8000.0, 64_000.0), (600_000.0, 0.0))
    assert [event.words(place) for place in (0, 1)] == ["8,000–608.0k", "64.0k"]
    figure = charts.event_grid([event], ["policy", "scheme"], charts.LIGHT)
    (panel,) = figure.axes
    assert [bar.get_width() for bar in panel.patches] == [8000.0, 64_000.0]
    assert max(max(line.get_xdata()) for line in panel.lines) == 608_000.0
    assert charts.event_rows([event], ["policy", "scheme"])[1] == [["e", "8,000–608,000", 64_000]]
