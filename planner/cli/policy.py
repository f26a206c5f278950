"""`wenbao policy list|show|check`: the law as data: what it holds, what is in force, whether it is sound."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner import paths, text
from planner.policy import Pack, Value, load_pack, read_corrections
from planner.policy.check import Fault, faults
from planner.policy.summary import Known, Span, known_on, span
from planner.text import _, plural
from planner.values import Confidence, InputError, Place, Source, State, mark
from planner.values.step import plain

LISTED = ("pension.base_lower", "pension.benefit_base")
STATES = {
    State.IN_FORCE: mark("in force"),
    State.PROVISIONAL: mark("provisional: carried on or a stand-in"),
    State.MISSING: mark("no value"),
}
CONFIDENCES = {
    Confidence.SOURCED: mark("Official document"),
    Confidence.WELL_KNOWN: mark("Well known"),
    Confidence.UNCERTAIN: mark("Not certain"),
}
UNITS = {
    "yuan/month": mark("yuan a month"),
    "yuan/hour": mark("yuan an hour"),
    "yuan/year": mark("yuan a year"),
    "months": mark("months"),
    "years": mark("years"),
    "percent a year": mark("percent a year"),
    "share of the base": mark("of the base"),
    "share of the base per year": mark("of the base for each year"),
    "share of the average wage": mark("of the average wage"),
    "share of the withdrawal": mark("of the withdrawal"),
    "share of the tax": mark("of the tax"),
    "index": mark("index"),
    "factor": mark("factor"),
    "code": "",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "show", "check"), help=_("what to do"))
    parser.add_argument(
        "place", nargs="?", metavar="PLACE", help=_("show: a province or city, by name or code")
    )
    parser.add_argument("date", nargs="?", metavar="DATE", help=_("show: the day, YYYY-MM-DD (today)"))
    parser.add_argument("--key", metavar="KEY", help=_("show: only keys that begin so, such as pension"))
    parser.add_argument("--pack", metavar="FOLDER", help=_("another pack than the one installed"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def run(options: argparse.Namespace) -> int:
    pack = _pack(options.pack)
    actions: dict[str, Callable[[Pack, argparse.Namespace], int]] = {
        "list": _list,
        "show": _show,
        "check": _check,
    }
    return actions[options.action](pack, options)


def _pack(folder: str | None) -> Pack:
    """The pack named, or the installed one; the person's own corrections lie over it."""
    try:
        return load_pack(Path(folder) if folder else None, read_corrections(paths.data()))
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError):
        raise InputError(
            "no_pack", mark("There is no readable policy pack in {folder}."), field="pack", folder=folder
        ) from None


def _list(pack: Pack, options: argparse.Namespace) -> int:
    day = _day(options.date)
    places = pack.places(cities=True)
    spans = {place: {key: one for key in LISTED if (one := span(pack, key, place, day))} for place in places}
    listed = {place: found for place, found in spans.items() if found or not place.is_city}
    if options.json:
        _print_json(
            {
                "pack": {"name": pack.name, "version": pack.version, "sequence": pack.sequence},
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
                parts.append(_("{title}: {state}", title=title, state=_(STATES[State.MISSING])))
            continue
        years = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
        parts.append(_("{title} {years}: {state}", title=title, years=years, state=_(STATES[one.state])))
    return "\t".join(parts)


def _show(pack: Pack, options: argparse.Namespace) -> int:
    if not options.place:
        raise InputError("missing_field", mark("{field} is missing"), field="place")
    place, day = pack.place(options.place), _day(options.date)
    known = [one for one in known_on(pack, place, day) if one.key.startswith(options.key or "")]
    if options.json:
        _print_json(
            {
                "place": place.code,
                "name": pack.place_name(place, text.language()),
                "on": str(day),
                "values": [_known_json(pack, one) for one in known],
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
    return 0


def _known_lines(pack: Pack, place: Place, day: date, one: Known) -> Iterable[str]:
    title = pack.key_info(one.key).title(text.language())
    name = f"{title} [{one.key}]"
    if one.area:
        name += " · " + pack.area_name(place, one.area, text.language())
    yield ""
    yield name
    value = one.value
    if value is None:
        yield "  " + _("There is no value; it is not guessed.")
        return
    yield f"  {_amount(value)} · {_('your own correction') if value.corrected else _(STATES[value.state])}"
    yield "  " + _period(value, day)
    if value.place != place:
        yield "  " + _("Stated for {place}", place=pack.place_name(value.place, text.language()))
    yield "  " + _source_words(value.source)
    if value.source.url:
        yield "  " + value.source.url
    if note := value.note_in(text.language()):
        yield "  " + _("Note: {note}", note=note)


def _amount(value: Value) -> str:
    amounts = value.value if isinstance(value.value, tuple) else (value.value,)
    shown = " / ".join(_figure(one) if isinstance(one, Decimal) else one for one in amounts)
    unit = UNITS.get(value.unit, value.unit)
    return f"{shown} {_(unit)}" if unit else shown


def _figure(number: Decimal) -> str:
    return f"{number:,f}"


def _period(value: Value, day: date) -> str:
    if value.valid_to is None:
        return _("From {start}, no end known", start=value.valid_from)
    if value.valid_to < day:
        return _("Stated from {start} to {end}; carried on", start=value.valid_from, end=value.valid_to)
    return _("From {start} to {end}", start=value.valid_from, end=value.valid_to)


def _source_words(source: Source) -> str:
    title = _(source.title)
    confidence = _(CONFIDENCES[source.confidence])
    if source.checked is None:
        return _("{title} ({confidence})", title=title, confidence=confidence)
    return _(
        "{title} ({confidence}, last checked {day})", title=title, confidence=confidence, day=source.checked
    )


def _check(pack: Pack, options: argparse.Namespace) -> int:
    found = faults(pack, _day(None))
    if options.json:
        _print_json(
            {"pack": pack.name, "version": pack.version, "faults": [_fault_json(one) for one in found]}
        )
    elif not found:
        print(_("Policy pack {version} is clean.", version=pack.version))
    else:
        for one in found:
            print(f"{one.code}\t{one.where}\t{_(one.message, **one.values)}")
        print(plural("{count} fault", "{count} faults", len(found)))
    return 1 if found else 0


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
        "state": one.state.value,
        "value": None,
    }
    if one.value is not None:
        answer |= value_json(one.value)
    return answer


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
        | {"title": _(value.source.title), "checked": _iso(value.source.checked)},
        "note": value.note_in(text.language()),
    }


def _fault_json(one: Fault) -> dict[str, str]:
    return {"code": one.code, "where": one.where, "message": _(one.message, **one.values)}


def _day(written: str | None) -> date:
    if written is None:
        return date.today()  # noqa: DTZ011  # the person's own calendar day
    try:
        return date.fromisoformat(f"{written}-01" if len(written) == len("2026-08") else written)
    except ValueError:
        raise InputError(
            "bad_date",
            mark("{field} must be a day such as 2026-08-01, not {value!r}"),
            field="date",
            value=written,
        ) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))
