"""A move of the tier slider, sums and picture, against one bare full draw of the same matplotlib figure."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from planner.policy import Pack, load_pack
from planner.projection import Projection, case_from_json, project
from planner.report import tier_rules
from planner.ui.pages.tiers.explore import ExploreSection
from planner.ui.theme import Look
from planner.ui.words import Words

MOVES, DRAWS = 50, 11
BAR, AIM = 0.8, 0.4
TODAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def projection(pack: Pack) -> Projection:
    """A crowd rider in Guangdong with 14 months of their own, on all 10,000 futures."""
    months = [
        {"month": f"{2025 + (5 + back) // 12}-{(5 + back) % 12 + 1:02d}", "cny": 5600 + 1300 * math.sin(back)}
        for back in range(14)
    ]
    case = {
        "today": TODAY.isoformat(),
        "worker": {
            "born": "1992-03",
            "category": "male_60",
            "province": "CN-GD",
            "occupation": "food_rider_crowd",
        },
        "record": {"employee_months": 30},
        "cash": {"essentials": 2600, "buffer": 6000},
        "earnings": {"monthly": months},
    }
    return project(case_from_json(case, pack), pack)


@pytest.fixture
def section(qapp: QApplication, projection: Projection, pack: Pack, qtbot: Any) -> ExploreSection:
    look = Look("light", 100)
    look.install()
    section = ExploreSection(look, Words())
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setWidget(section)
    frame.resize(1000, 1400)
    qtbot.addWidget(frame)
    frame.show()
    section.frame = frame  # lives as long as the section
    plan = projection.explore(1.0)
    section.show_projection(projection, tier_rules.stops(projection.case, pack), plan, "", pack)
    qtbot.waitUntil(lambda: section.fans.figure is not None and section.frontier.figure is not None)
    QApplication.processEvents()
    return section


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _bare_draw(section: ExploreSection) -> Callable[[], None]:
    """A full draw of the same picture, alone: same size, no window around it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    shown = section.fans.figure
    figure = section._make_fans().figure
    figure.set_size_inches(shown.get_size_inches())
    figure.set_dpi(shown.dpi)
    return FigureCanvasAgg(figure).draw


@pytest.mark.benchmark
def test_a_slider_move(section: ExploreSection, report_ratio: Callable[..., None]) -> None:
    slider = section.slider.slider
    kept = section._fans
    draw = _bare_draw(section)
    section._fans = kept
    assert section.fans.in_view
    assert section.frontier.in_view

    def move(to: int) -> None:
        slider.setValue(to)
        QApplication.processEvents()

    start = slider.minimum()
    move(start)
    draw()
    step = max(1, (slider.maximum() - start) // MOVES)
    moves, draws = [], []
    for place in range(1, MOVES + 1):
        moves.append(_seconds(lambda to=start + place * step: move(to)))
        if place % (MOVES // DRAWS) == 0:
            draws.append(_seconds(draw))
    assert section.plan is not None
    assert section.plan.approximate
    assert sorted(moves)[MOVES * 9 // 10] < 0.1, "a move must not block the window"
    ratio = statistics.median(moves) / statistics.median(draws)
    report_ratio("slider move: sums and picture", ratio, BAR, AIM)
