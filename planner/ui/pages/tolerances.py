"""How likely a gap in payments may be within a year: the same choices on every page that asks."""

from __future__ import annotations

from planner.values import mark

TOLERANCES = (
    ("0.01", mark("Almost never: 1 in 100")),
    ("0.05", mark("Rarely: 1 in 20")),
    ("0.1", mark("Now and then: 1 in 10")),
    ("0.2", mark("I can live with 1 in 5")),
)
