"""Pictures drawn from results with matplotlib, for the screen and for paper; nothing here knows a window."""

from __future__ import annotations

import os

from planner import paths

os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))

# matplotlib reads its folder when it is imported
from planner.charts.earnings import monthly_income, monthly_income_rows  # noqa: E402
from planner.charts.style import DARK, LIGHT, PAPER, Style, chinese_font  # noqa: E402

__all__ = [
    "DARK",
    "LIGHT",
    "PAPER",
    "Style",
    "chinese_font",
    "monthly_income",
    "monthly_income_rows",
]
