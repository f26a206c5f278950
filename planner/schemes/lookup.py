"""Looks a value up where a province has several by region: without an area, one is assumed and said."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from planner.policy import Pack, Value
from planner.schemes.outcome import Notice
from planner.values import Month, Place, mark


def settled_area(
    key: str, place: Place, on: Month | date, pack: Pack, area: str = ""
) -> tuple[str, tuple[Notice, ...]]:
    """The regional class to ask with: `area`, or the lowest one where only classes have a value.

    A city has those of its own class, or none.
    """
    return (area, ()) if area else _assumed_area(key, place, on, pack)


def regional(
    key: str, place: Place, on: Month | date, pack: Pack, area: str = ""
) -> tuple[Value, tuple[Notice, ...]]:
    """The value of `key`, with a notice if a regional class was assumed; MissingValue if there is none."""
    area, notices = settled_area(key, place, on, pack, area)
    return pack.value(key, place, on, area=area), notices


def regional_or_none(
    key: str, place: Place, on: Month | date, pack: Pack, area: str = ""
) -> tuple[Value | None, tuple[Notice, ...]]:
    """As `regional`, but None where there is no value."""
    area, notices = settled_area(key, place, on, pack, area)
    return pack.find(key, place, on, area=area), notices


@lru_cache(maxsize=4096)
def _assumed_area(key: str, place: Place, on: Month | date, pack: Pack) -> tuple[str, tuple[Notice, ...]]:
    if place.is_city or pack.find(key, place, on) is not None:
        return "", ()
    found = {
        code: value.number
        for code in pack.areas(place.province, on)
        if (value := pack.find(key, place, on, area=code)) is not None
    }
    if not found:
        return "", ()
    area = min(found, key=found.__getitem__)
    notice = Notice(
        "area_assumed",
        mark("This province has several regions; the one with the lowest value is assumed. Choose your own."),
        {"area": area, "areas": list(found), "key": key},
    )
    return area, (notice,)
