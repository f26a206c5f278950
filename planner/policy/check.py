"""Looks a pack over before it is trusted: gaps, overlaps, provenance, limits that do not fit the wage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import pairwise
from typing import Any

from planner.policy.pack import LATEST, Pack
from planner.policy.rows import Value
from planner.values import NO_PAGE, Confidence, InputError, Month, Name, Source, mark

OFFICIAL = ".gov.cn"
REPOSTS = ("http:", "https:", "github", "gitee", "www.", "转载", "repost", "mirror")

TABLE_REVIEW_MONTHS = 24
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a stable code, where, and a sentence for the catalogue with its values."""

    code: str
    where: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)


def faults(pack: Pack, on: date | None = None, *, like: Pack | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with `pack`; empty if it is clean. Files that cannot be read come alone.

    With a day, also what was last checked too long before it (`review_months` of its key). `like`: the pack
    that the program came with, whose keys, tables, columns and numbers it counts on.
    """
    unreadable = tuple(_unreadable(pack))
    if unreadable:
        return unreadable
    checks = (_value_faults, _area_faults, _missing, _table_faults)
    found = tuple(fault for check in checks for fault in check(pack))
    if like is not None:
        found += tuple(_unlike(pack, like))
    return found if on is None else (*found, *_overdue(pack, on))


def _unlike(pack: Pack, like: Pack) -> Iterator[Fault]:
    """What the program would not find, or not read as the number that it always was."""
    for key in sorted(like.keys()):
        if not pack.knows(key):
            yield Fault("missing_key", key, mark("The program needs this kind of value."))
    for name in like.tables():
        if name not in pack.tables():
            yield Fault("missing_table", name, mark("The program needs this table."))
            continue
        known, rows = like.table(name), pack.table(name)
        for column in known[0] if rows else ():
            if column not in rows[0]:
                where = f"{name} {column}"
                yield Fault("missing_column", where, mark("The program needs this column."))
            elif all(_is_number(row[column]) for row in known if row[column]):
                for row in rows:
                    if row[column] and not _is_number(row[column]):
                        said = mark("{value!r} is no number.")
                        yield Fault("no_number", f"{row.where} {column}", said, {"value": row[column]})


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _overdue(pack: Pack, on: date) -> Iterator[Fault]:
    """One fault for each key of a place, however many years it has, and one for each table."""
    for key in sorted(pack.keys()):
        months = pack.key_info(key).review_months
        newest: dict[tuple[str, str], Value] = {}
        for row in pack.every(key):
            newest[row.place.code, row.area] = row
        for row in newest.values():
            yield from _review(_where(row), row.source.checked, months, on)
    for name in pack.tables():
        checked = [row.source.checked for row in pack.table(name) if row.source.checked is not None]
        yield from _review(name, min(checked, default=None), TABLE_REVIEW_MONTHS, on)


def _review(where: str, checked: date | None, months: int, on: date) -> Iterator[Fault]:
    if checked is None:
        return
    due = (Month.of(checked) + months).last_day
    if due < on:
        yield Fault(
            "review_due",
            where,
            mark("Last checked on {checked}; it had to be checked again by {due}."),
            {"checked": checked, "due": due},
        )


def _unreadable(pack: Pack) -> Iterator[Fault]:
    readers: list[tuple[str, Callable[[], object]]] = [
        *((key, partial(pack.every, key)) for key in sorted(pack.keys())),
        *((name, partial(pack.table, name)) for name in pack.tables()),
    ]
    seen = set()
    for where, read in readers:
        try:
            read()
        except InputError as error:
            if error.field not in seen:
                seen.add(error.field)
                yield _from_error(where, error)


def _value_faults(pack: Pack) -> Iterator[Fault]:
    for key in sorted(pack.keys()):
        rows = pack.every(key)
        yield from _periods(rows)
        for row in rows:
            yield from _provenance(_where(row), row.source)
            yield from _row_faults(row, pack)
            if _area_known(row, pack):
                yield from _share(row, pack)
            else:
                yield Fault(
                    "unknown_area", _where(row), mark("The regional class is not in the list of areas.")
                )
    yield from _limits(pack)


def _periods(rows: Iterable[Value]) -> Iterator[Fault]:
    """Rows come sorted by place, area and start."""
    for before, after in pairwise(rows):
        if (before.place, before.area) != (after.place, after.area):
            continue
        if before.valid_to is None or before.valid_to >= after.valid_from:
            yield Fault("overlap", _where(after), mark("It begins before the row in front of it has ended."))
        elif before.valid_to + _DAY != after.valid_from:
            yield Fault(
                "gap",
                _where(after),
                mark("Nothing is stated from {start} to {end}."),
                {"start": before.valid_to + _DAY, "end": after.valid_from - _DAY},
            )


def _row_faults(row: Value, pack: Pack) -> Iterator[Fault]:
    info = pack.key_info(row.key)
    if row.unit != info.unit:
        yield Fault(
            "wrong_unit", _where(row), mark("Its unit is {unit}, not {expected}."), _units(row, info.unit)
        )
    if row.valid_to is not None and row.valid_to < row.valid_from:
        yield Fault("empty_period", _where(row), mark("It ends before it begins."))
    if pack.place_name(row.place, "en") == row.place.code:
        yield Fault("unknown_place", _where(row), mark("The place is not in the list of places."))
    numbers = row.value if isinstance(row.value, tuple) else (row.value,)
    for number in numbers:
        if not isinstance(number, Decimal):
            continue
        if (info.least is not None and number < info.least) or (info.most is not None and number > info.most):
            yield Fault(
                "out_of_range",
                _where(row),
                mark("{number} is not between {least} and {most}."),
                {"number": number, "least": info.least, "most": info.most},
            )


def _limits(pack: Pack) -> Iterator[Fault]:
    """Contribution limits, and lists of fixed bases, against each other."""
    for lower in pack.every("pension.base_lower"):
        if not _area_known(lower, pack):
            continue
        above = pack.find("pension.base_upper", lower.place, lower.valid_from, area=lower.area)
        if above is not None and above.number <= lower.number:
            yield Fault("limits_crossed", _where(lower), mark("The lowest base is not below the highest."))
    for listed in pack.every("pension.fixed_bases"):
        if not _area_known(listed, pack):
            continue
        ends = [
            pack.find(key, listed.place, listed.valid_from, area=listed.area)
            for key in ("pension.base_lower", "pension.base_upper")
        ]
        bases = listed.value if isinstance(listed.value, tuple) else ()
        if list(bases) != sorted(set(bases)) or [bases[0], bases[-1]] != [
            end.number if end else None for end in ends
        ]:
            yield Fault(
                "bases_do_not_fit",
                _where(listed),
                mark("The fixed bases do not rise from the lowest base to the highest."),
            )


def _share(row: Value, pack: Pack) -> Iterator[Fault]:
    """A limit against the reference wage of the same place and period."""
    info = pack.key_info(row.key)
    if info.share_least is None or info.share_most is None:
        return
    whole = pack.find(info.share_of, row.place, row.valid_from, area=row.area)
    if whole is None or (whole.valid_to is not None and whole.valid_to < row.valid_from):
        return
    share = row.number / whole.number
    if not info.share_least <= share <= info.share_most:
        yield Fault(
            "share_off",
            _where(row),
            mark("It is {share} times the {key} of {whole}."),
            {
                "share": round(share, 3),
                "key": Name(pack.key_info(whole.key).title_en, pack.key_info(whole.key).title_zh),
                "whole": whole.number,
            },
        )


def _area_known(row: Value, pack: Pack) -> bool:
    return not row.area or row.area in {area.code for area in pack.classes(row.place)}


def _area_faults(pack: Pack) -> Iterator[Fault]:
    for province in pack.places():
        found = pack.classes(province)
        for at, one in enumerate(found):
            outside = sorted(city for city in one.cities if city.province != province)
            for city in outside:
                yield Fault(
                    "city_outside",
                    f"areas {province} {one.code}",
                    mark("{city} is elsewhere."),
                    {"city": city},
                )
            for other in found[at + 1 :]:
                same_time = one.valid_from <= (other.valid_to or LATEST) and other.valid_from <= (
                    one.valid_to or LATEST
                )
                for city in sorted(one.cities & other.cities) if same_time else ():
                    yield Fault(
                        "city_in_two_classes",
                        f"areas {province} {one.code}",
                        mark("{city} is also in {other}."),
                        {"city": city, "other": other.code},
                    )


def _missing(pack: Pack) -> Iterator[Fault]:
    """What a province should have on the day the pack was issued, and has not."""
    for key in sorted(pack.keys()):
        if not pack.key_info(key).needed:
            continue
        for province in pack.places():
            areas = pack.areas(province, pack.issued_on) or ("",)
            if not any(pack.find(key, province, pack.issued_on, area=area) for area in (*areas, "")):
                yield Fault("missing", f"{key} {province}", mark("The province has no value."))


def _table_faults(pack: Pack) -> Iterator[Fault]:
    for name in pack.tables():
        rows = pack.table(name)
        if not rows:
            yield Fault("empty_table", name, mark("The table has no rows."))
        for row in rows:
            try:
                yield from _provenance(row.where, row.source)
                _period(row["valid_from"], row["valid_to"])
            except InputError as error:
                yield _from_error(row.where, error)
            except (KeyError, ValueError):
                yield Fault(
                    "no_provenance", row.where, mark("A column of its provenance is wrong or missing.")
                )


def _period(start: str, end: str) -> None:
    for text in (start, end):
        if text:
            date.fromisoformat(text)


def _provenance(where: str, source: Source) -> Iterator[Fault]:
    if source.checked is None:
        yield Fault("not_checked", where, mark("The day it was last checked is missing."))
    if not source.title.strip():
        yield Fault("no_title", where, mark("The title of its document is missing."))
    elif any(word in source.title.casefold() for word in REPOSTS):
        yield Fault("mirror", where, mark("{title} names a copy, not the document."), {"title": source.title})
    if source.confidence is Confidence.SOURCED and source.title in ("", NO_PAGE) and not source.url:
        yield Fault("no_source", where, mark("It is called sourced, but no document is named."))
    if source.url and not _is_official(source.url):
        yield Fault("mirror", where, mark("{url} is not the address of an authority."), {"url": source.url})


def _is_official(url: str) -> bool:
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].partition(":")[0]
    return scheme in ("http", "https") and (host.endswith(OFFICIAL) or host == OFFICIAL[1:])


def _from_error(where: str, error: InputError) -> Fault:
    return Fault(error.code, where, error.message, {"field": error.field, **error.values})


def _where(row: Value) -> str:
    return " ".join(part for part in (row.key, row.place.code, row.area, str(row.valid_from)) if part)


def _units(row: Value, expected: str) -> dict[str, Any]:
    return {"unit": row.unit, "expected": expected}
