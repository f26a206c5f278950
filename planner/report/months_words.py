"""Whose months the sums rest on: the person's own, or those of people in the same work."""

from __future__ import annotations

from planner.projection import LEAST_MONTHS
from planner.text import _, plural


def too_few(earned: int) -> str:
    """Why not the own months: so many of them with income are known, fewer than are needed."""
    if not earned:
        return _("No month with income of your own is known yet.")
    return plural(
        "Of your own, {count} month with income is known; from {needed} on your own count.",
        "Of your own, {count} months with income are known; from {needed} on your own count.",
        earned,
        needed=LEAST_MONTHS,
    )


def both(first: str, second: str) -> str:
    """Two sentences, one after the other."""
    return _("{first} {second}", first=first, second=second)
