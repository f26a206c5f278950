"""`wenbao policy ...`: the law as data: what it holds, what is in force, whether it is sound."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from planner import paths, text
from planner.policy import Pack, Row, Value, current_pack, load_pack, read_corrections
from planner.policy.check import Fault, faults
from planner.policy.correcting import find_key
from planner.policy.summary import Known, Span, known_on, rows_on, span
from planner.report import policy_words as words
from planner.report.place_rules import place_rules
from planner.text import _, plural
from planner.values import InputError, Place, State, mark
from planner.values.step import plain

LISTED = ("pension.base_lower", "pension.benefit_base")


HAS_COMMANDS = True


def add_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=summary, description=summary)
        one.add_argument("--lang", choices=text.LANGUAGES, default=argparse.SUPPRESS)
        one.add_argument("--json", action="store_true", help=_("answer in JSON"))
        return one

    def with_pack(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
        one.add_argument("--pack", metavar="FOLDER", help=_("another pack than the one installed"))
        return one

    with_pack(action("list", _("the places, years and states that the pack holds")))
    show = with_pack(action("show", _("everything in force at a place on a day, with its source")))
    show.add_argument("place", nargs="?", metavar="PLACE", help=_("a province or city, by name or code"))
    show.add_argument("date", nargs="?", metavar="DATE", help=_("the day, YYYY-MM-DD (today)"))
    show.add_argument("--key", metavar="KEY", help=_("only keys that begin so, such as pension"))
    with_pack(action("check", _("look for gaps, overlaps, missing sources, overdue reviews and odd values")))

    update = action("update", _("install a signed policy pack from a file"))
    update.add_argument("file", metavar="FILE", help=_("the pack; its signature FILE.minisig lies beside it"))
    update.add_argument("--signature", metavar="FILE", help=_("the signature, if it lies elsewhere"))
    action("rollback", _("go back to the former policy pack"))

    correct = action("correct", _("put a value of your own over the pack's, or take it back"))
    correct.add_argument("key", metavar="KEY", help=_("the kind of value, by its key or its name"))
    correct.add_argument("place", metavar="PLACE", help=_("a province or city, by name or code"))
    correct.add_argument("value", nargs="?", metavar="VALUE", help=_("the value, in the unit of its kind"))
    correct.add_argument("--from", dest="start", metavar="DATE", help=_("the first day it is valid"))
    correct.add_argument("--to", dest="end", metavar="DATE", help=_("the last day it is valid, if known"))
    correct.add_argument(
        "--area", default="", metavar="AREA", help=_("the regional class, where there are some")
    )
    correct.add_argument("--source", default="", metavar="TEXT", help=_("where you have it from"))
    correct.add_argument("--undo", action="store_true", help=_("take your own value back"))
    action("corrections", _("the values of your own"))


def run(options: argparse.Namespace) -> int:
    actions: dict[str, Callable[[argparse.Namespace], int]] = {"list": _list, "show": _show, "check": _check}
    if options.action in actions:
        return actions[options.action](options)
    from planner.cli.policy_changes import ACTIONS

    return ACTIONS[options.action](options)


def _pack(folder: str | None) -> Pack:
    """The pack named, or the one in use; the person's own corrections lie over it."""
    if not folder:
        return current_pack()
    try:
        return load_pack(Path(folder), read_corrections(paths.data()))
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError):
        raise InputError(
            "no_pack", mark("There is no readable policy pack in {folder}."), field="pack", folder=folder
        ) from None


def _list(options: argparse.Namespace) -> int:
    pack, day = _pack(options.pack), read_day(None)
    places = pack.places(cities=True)
    spans = {place: {key: one for key in LISTED if (one := span(pack, key, place, day))} for place in places}
    listed = {place: found for place, found in spans.items() if found or not place.is_city}
    if options.json:
        print_json(
            {
                "pack": pack_json(pack),
                "on": str(day),
                "places": [_listed_json(pack, place, found) for place, found in listed.items()],
                "keys": [_key_json(pack, key) for key in sorted(pack.keys())],
                "tables": list(pack.tables()),
            }
        )
        return 0
    print(
        _(
            "Policy pack {name}, version {version}: {places} places, {keys} kinds of value, {tables} tables",
            name=pack.name,
            version=pack.version,
            places=len(places),
            keys=len(pack.keys()),
            tables=len(pack.tables()),
        )
    )
    if pack.corrections:
        count = len(pack.corrections)
        print(plural("{count} correction of your own", "{count} corrections of your own", count))
    for place, found in listed.items():
        print(f"{place.code}\t{pack.place_name(place, text.language())}\t{_span_words(pack, place, found)}")
    return 0


def _span_words(pack: Pack, place: Place, found: dict[str, Span]) -> str:
    parts = []
    for key in LISTED:
        title = pack.key_info(key).title(text.language())
        one = found.get(key)
        if one is None:
            if not place.is_city:
                parts.append(_("{title}: {state}", title=title, state=words.state(None)))
            continue
        years = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
        state = _(words.STATES[one.state])
        parts.append(_("{title} {years}: {state}", title=title, years=years, state=state))
    return "\t".join(parts)


def _show(options: argparse.Namespace) -> int:
    pack = _pack(options.pack)
    if not options.place:
        raise InputError("missing_field", mark("{field} is missing"), field="place")
    place, day = pack.place(options.place), read_day(options.date)
    beginning = _key_beginning(pack, options.key) if options.key else ""
    known = [one for one in known_on(pack, place, day) if one.key.startswith(beginning)]
    if options.json:
        tables = {} if options.key else rows_on(pack, place, day)
        print_json(
            {
                "place": place.code,
                "name": pack.place_name(place, text.language()),
                "on": str(day),
                "pack": pack_json(pack),
                "values": [_known_json(pack, one) for one in known],
                "tables": {name: [row_json(row) for row in rows] for name, rows in tables.items()},
            }
        )
        return 0
    print(
        _(
            "{place} on {day}, from policy pack {version}",
            place=pack.place_name(place, text.language()),
            day=day,
            version=pack.version,
        )
    )
    for one in known:
        for line in _known_lines(pack, place, day, one):
            print(line)
    for rule in () if options.key else place_rules(pack, place, day):
        print(f"\n{rule.title}\n  {rule.sentence}\n  {rule.period}".rstrip())
        if rule.place != place:
            print("  " + _("Stated for {place}", place=pack.place_name(rule.place, text.language())))
        print("  " + words.source(rule.source))
    return 0


def _key_beginning(pack: Pack, asked: str) -> str:
    """What the keys asked for begin with: as typed if some do, else the key of that name."""
    return asked if any(key.startswith(asked) for key in sorted(pack.keys())) else find_key(pack, asked)


def _known_lines(pack: Pack, place: Place, day: date, one: Known) -> Iterable[str]:
    name = f"{pack.key_info(one.key).title(text.language())} [{one.key}]"
    if one.area:
        name += " · " + pack.area_name(place, one.area, text.language())
    yield ""
    yield name
    value = one.value
    if value is None:
        yield "  " + _("There is no value; it is not guessed.")
        return
    yield f"  {words.amount(value)} · {words.state(value)}"
    yield "  " + words.period(value, day)
    if value.place != place:
        yield "  " + _("Stated for {place}", place=pack.place_name(value.place, text.language()))
    yield "  " + words.source(value.source)
    if value.source.url:
        yield "  " + value.source.url
    if note := value.note_in(text.language()):
        yield "  " + _("Note: {note}", note=note)


def _check(options: argparse.Namespace) -> int:
    pack = _pack(options.pack)
    found = faults(pack, read_day(None), like=load_pack())
    if options.json:
        print_json(
            {"pack": pack.name, "version": pack.version, "faults": [_fault_json(one) for one in found]}
        )
    elif not found:
        print(_("Policy pack {version} is clean.", version=pack.version))
    else:
        for one in found:
            print(f"{one.code}\t{one.where}\t{_(one.message, **one.values)}")
        print(plural("{count} fault", "{count} faults", len(found)))
    return 1 if found else 0


def pack_json(pack: Pack) -> dict[str, Any]:
    """Which pack it is."""
    return {"name": pack.name, "version": pack.version, "sequence": pack.sequence}


def _listed_json(pack: Pack, place: Place, found: dict[str, Span]) -> dict[str, Any]:
    return {
        "place": place.code,
        "name": pack.place_name(place, text.language()),
        "years": {
            key: {"from": one.first, "to": one.last, "state": one.state.value, "areas": list(one.areas)}
            for key, one in found.items()
        },
    }


def _key_json(pack: Pack, key: str) -> dict[str, Any]:
    info = pack.key_info(key)
    return {"key": key, "title": info.title(text.language()), "unit": info.unit, "needed": info.needed}


def _known_json(pack: Pack, one: Known) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "key": one.key,
        "title": pack.key_info(one.key).title(text.language()),
        "area": one.area,
        "state": State.MISSING.value,
        "value": None,
    }
    return answer if one.value is None else answer | value_json(one.value)


def value_json(value: Value) -> dict[str, Any]:
    """A dated value with everything that stands behind it."""
    return {
        "value": plain(value.value),
        "unit": value.unit,
        "state": value.state.value,
        "corrected": value.corrected,
        "place": value.place.code,
        "area": value.area,
        "valid_from": _iso(value.valid_from),
        "valid_to": _iso(value.valid_to),
        "published_on": _iso(value.published_on),
        "source": value.source.as_json()
        | {"title": words.title(value.source), "checked": _iso(value.source.checked)},
        "note": value.note_in(text.language()),
    }


_BEHIND = ("source_title", "source_url", "confidence", "checked", "place")


def row_json(row: Row) -> dict[str, Any]:
    """A row of a table: its own columns as text, and its source."""
    source = row.source
    own = {name: value for name, value in row.items() if name not in _BEHIND}
    behind = source.as_json() | {"title": words.title(source), "checked": _iso(source.checked)}
    return own | {"place": row["place"], "source": behind}


def _fault_json(one: Fault) -> dict[str, str]:
    return {"code": one.code, "where": one.where, "message": _(one.message, **one.values)}


def read_day(written: str | None, field: str = "date") -> date:
    """The day that was typed (a month is its first day); none is today."""
    if written is None:
        return date.today()  # noqa: DTZ011  # the person's own calendar day
    try:
        return date.fromisoformat(f"{written}-01" if len(written) == len("2026-08") else written)
    except ValueError:
        raise InputError(
            "bad_date",
            mark("{field} must be a day such as 2026-08-01, not {value!r}"),
            field=field,
            value=written,
        ) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output, readable by a person too."""
    print(json.dumps(document, ensure_ascii=False, indent=1))
