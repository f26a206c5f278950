"""Pictures drawn from results with matplotlib, for the screen and for paper; nothing here knows a window."""

from __future__ import annotations

import os

from planner import paths

os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))

# matplotlib reads its folder when it is imported
from planner.charts.earnings import monthly_income, monthly_income_rows
from planner.charts.frontier import FrontierPicture, PlanPoint, frontier_rows
from planner.charts.injury import EventPay, LossCurve, event_grid, event_rows, loss_exceedance, loss_rows
from planner.charts.pension import PlanSpread, pension_by_plan, pension_rows
from planner.charts.style import DARK, LIGHT, PAPER, Style, chinese_font
from planner.charts.tier import TierFans, TierPicture, tier_rows

__all__ = [
    "DARK",
    "LIGHT",
    "PAPER",
    "EventPay",
    "FrontierPicture",
    "LossCurve",
    "PlanPoint",
    "PlanSpread",
    "Style",
    "TierFans",
    "TierPicture",
    "chinese_font",
    "event_grid",
    "event_rows",
    "frontier_rows",
    "loss_exceedance",
    "loss_rows",
    "monthly_income",
    "monthly_income_rows",
    "pension_by_plan",
    "pension_rows",
    "tier_rows",
]
