"""Chance: what contribution plans cost and give on thousands of futures of one person.

`income`, `economy`, `lifetime`, `setbacks` and `paths` draw the futures; `plans`, `engine`, `measures` and
`projecting` price every plan on the same ones. No files and no clock are read here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.projection.case import Case, case_from_json
    from planner.projection.projecting import project
    from planner.projection.results import Projection

LEAST_MONTHS = 6  # with income; with fewer, only the figures of people in the same work are used

__all__ = ["LEAST_MONTHS", "Case", "Projection", "case_from_json", "project"]

_HOMES = {
    "Case": "planner.projection.case",
    "case_from_json": "planner.projection.case",
    "project": "planner.projection.projecting",
    "Projection": "planner.projection.results",
}


def __getattr__(name: str) -> Any:
    """Loads what is asked for, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
