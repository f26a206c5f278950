"""What two packs, or one before and after a correction, say differently: for a place and time, or at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.policy.pack import LATEST, NATION, Pack
from planner.policy.rows import Value
from planner.values import Place

EARLIEST = date(1990, 1, 1)
_DAY = timedelta(days=1)
_CHECKED = frozenset({"source_title", "source_url", "checked", "note"})


@dataclass(frozen=True, slots=True)
class Change:
    """From `first` to `last` (None: open) `key` was `before` and is `after`; None where there is no value."""

    key: str
    place: Place
    area: str
    first: date
    last: date | None
    before: Value | None
    after: Value | None


def changes_at(
    before: Pack, after: Pack, place: Place, first: date, last: date | None = None, *, area: str = ""
) -> tuple[Change, ...]:
    """What changed for somebody at `place` from `first` to `last`: as looked up, with carried values."""
    found: list[Change] = []
    for key in _keys(before, after):
        codes = (area,) if area or place.is_city else ("", *_classes(key, place, first, before, after))
        for code in codes:
            found.extend(_compared(key, place, code, before, after, first, last))
    return tuple(found)


def all_changes(before: Pack, after: Pack) -> tuple[Change, ...]:
    """What changed anywhere, in the places where it is stated; a city does not repeat its province."""
    found: list[Change] = []
    for key in _keys(before, after):
        stated = {
            (row.place, row.area) for pack in (before, after) if pack.knows(key) for row in pack.every(key)
        }
        for place, area in sorted(stated, key=lambda one: (one[0] != NATION, one)):
            found.extend(_compared_rows(key, place, area, before, after))
    return tuple(found)


def tables_changed(before: Pack, after: Pack) -> tuple[str, ...]:
    """The names of the tables that say something else; when and where it was checked does not count."""
    names = sorted({*before.tables(), *after.tables()})
    return tuple(name for name in names if _rows(before, name) != _rows(after, name))


def _rows(pack: Pack, name: str) -> list[dict[str, str]]:
    rows = pack.table(name) if name in pack.tables() else ()
    return [{column: text for column, text in row.items() if column not in _CHECKED} for row in rows]


def _keys(before: Pack, after: Pack) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*after.keys(), *before.keys())))


def _classes(key: str, place: Place, first: date, *packs: Pack) -> list[str]:
    """The regional classes that still last on `first` and for which one of the packs states the key."""
    return sorted(
        {
            one.code
            for pack in packs
            if pack.knows(key)
            for one in pack.classes(place)
            if (one.valid_to or LATEST) >= first and pack.series(key, place, area=one.code)
        }
    )


def _compared(
    key: str, place: Place, area: str, before: Pack, after: Pack, first: date, last: date | None
) -> Iterator[Change]:
    days = _breaks(_bearing_on(key, place, before, after), first, last or LATEST)
    told = (
        (day, _found(before, key, place, area, day), _found(after, key, place, area, day)) for day in days
    )
    yield from _joined(key, place, area, told, days, last)


def _bearing_on(key: str, place: Place, *packs: Pack) -> list[Value]:
    """The rows of the place and of what it lies in."""
    return [row for pack in packs if pack.knows(key) for row in pack.every(key) if row.place in place.lineage]


def _found(pack: Pack, key: str, place: Place, area: str, day: date) -> Value | None:
    """As looked up; None where the pack does not know the key or the class."""
    known = pack.knows(key) and (not area or area in {one.code for one in pack.classes(place)})
    return pack.find(key, place, day, area=area) if known else None


def _compared_rows(key: str, place: Place, area: str, before: Pack, after: Pack) -> Iterator[Change]:
    """By what is stated; where only one pack states something, against what counts in the other one."""
    series = [pack.series(key, place, area=area) if pack.knows(key) else () for pack in (before, after)]
    if series[0] == series[1]:
        return
    days = _breaks(_bearing_on(key, place, before, after), EARLIEST, LATEST)

    def told(day: date) -> tuple[date, Value | None, Value | None]:
        old, new = (_row_on(rows, day) for rows in series)
        if old is None and new is not None:
            old = _found(before, key, place, area, day)
        elif new is None and old is not None:
            new = _found(after, key, place, area, day)
        return day, old, new

    yield from _joined(key, place, area, map(told, days), days, None)


def _row_on(rows: Iterable[Value], day: date) -> Value | None:
    return next(
        (row for row in rows if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)), None
    )


def _breaks(rows: Iterable[Value], first: date, last: date) -> list[date]:
    """The days on which something may begin or end, `first` among them."""
    days = {first}
    for row in rows:
        days.add(row.valid_from)
        if row.valid_to is not None:
            days.add(row.valid_to + _DAY)
    return sorted(day for day in days if first <= day <= last)


def _joined(
    key: str,
    place: Place,
    area: str,
    told: Iterable[tuple[date, Value | None, Value | None]],
    days: list[date],
    last: date | None,
) -> Iterator[Change]:
    """One change for each stretch of days over which both sides stay what they are."""
    ends: list[date | None] = [*(day - _DAY for day in days[1:]), last]
    open_: Change | None = None
    for (day, old, new), end in zip(told, ends, strict=True):
        if _same(old, new):
            continue
        if (
            open_ is not None
            and open_.last == day - _DAY
            and _same(open_.before, old)
            and _same(open_.after, new)
        ):
            open_ = replace(open_, last=end)
            continue
        if open_ is not None:
            yield open_
        open_ = Change(key, place, area, day, end, old, new)
    if open_ is not None:
        yield open_


def _same(one: Value | None, other: Value | None) -> bool:
    """Whether a person would see no difference: value, unit, state and whose it is."""
    if one is None or other is None:
        return one is other
    return (one.value, one.unit, one.state, one.corrected) == (
        other.value,
        other.unit,
        other.state,
        other.corrected,
    )
