"""What a pack knows of a place, on one day and over the years: for the `policy` command and the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.policy.pack import NATION, Pack
from planner.policy.rows import Row, Value
from planner.values import Place, State

_NOT_RULES = frozenset({"places", "areas"})


@dataclass(frozen=True, slots=True)
class Known:
    """What one key is at a place on a day; `value` is None where the pack has none (missing)."""

    key: str
    area: str
    value: Value | None

    @property
    def state(self) -> State:
        return self.value.state if self.value else State.MISSING


@dataclass(frozen=True, slots=True)
class Span:
    """The years for which a place has rows of its own for a key, and the state on a day."""

    place: Place
    first: int
    last: int
    state: State
    areas: tuple[str, ...]


def known_on(pack: Pack, place: Place, day: date) -> tuple[Known, ...]:
    """Every key at `place` on `day`, in the order of the pack; a regional value once for each class.

    A key that only some places have (a list of fixed bases) is left out where there is none; one that every
    province should have is listed as missing.
    """
    found: list[Known] = []
    keys = pack.keys()
    for key in keys:
        whole = pack.find(key, place, day)
        classes = () if place.is_city else _classes(pack, key, place, day)
        found.extend(Known(key, area, pack.find(key, place, day, area=area)) for area in classes)
        if whole is not None or (not classes and pack.key_info(key).needed and place != NATION):
            found.append(Known(key, whole.area if whole else "", whole))
    return tuple(found)


def rows_on(pack: Pack, place: Place, day: date) -> dict[str, tuple[Row, ...]]:
    """The rows of each table that are about `place` (or what it lies in) and valid on `day`, by table.

    Where a city and its province both have rows of a table, the city's are given.
    """
    found: dict[str, tuple[Row, ...]] = {}
    for name in pack.tables():
        rows = pack.table(name)
        if name in _NOT_RULES or not rows or "place" not in rows[0]:
            continue
        valid = [row for row in rows if _is_valid(row, day)]
        for where in place.lineage:
            if here := tuple(row for row in valid if row["place"] == where.code):
                found[name] = here
                break
    return found


def _is_valid(row: Row, day: date) -> bool:
    ends = row["valid_to"]
    return row["valid_from"] <= day.isoformat() and (not ends or day.isoformat() <= ends)


def span(pack: Pack, key: str, place: Place, day: date) -> Span | None:
    """The years covered by the place's own rows of `key`; None if it has none."""
    rows = [row for row in pack.every(key) if row.place == place]
    if not rows:
        return None
    state = max(
        (one.state for one in known_on_key(pack, key, place, day)),
        key=(State.IN_FORCE, State.PROVISIONAL, State.MISSING).index,
    )
    ends = [row.valid_to.year if row.valid_to else max(day.year, row.valid_from.year) for row in rows]
    areas = tuple(dict.fromkeys(row.area for row in rows if row.area))
    return Span(place, min(row.valid_from.year for row in rows), max(ends), state, areas)


def known_on_key(pack: Pack, key: str, place: Place, day: date) -> tuple[Known, ...]:
    """One key at `place` on `day`, once for each regional class that has a value of its own."""
    classes = () if place.is_city else _classes(pack, key, place, day)
    return tuple(Known(key, area, pack.find(key, place, day, area=area)) for area in classes or ("",))


def _classes(pack: Pack, key: str, place: Place, day: date) -> tuple[str, ...]:
    return tuple(
        area for area in pack.areas(place, day) if (row := pack.find(key, place, day, area=area)) and row.area
    )
