"""`wenbao policy update|rollback|correct|corrections`: what changes the law as this installation knows it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from planner import paths
from planner.cli.policy import pack_json, print_json, read_day, value_json
from planner.policy import Correction, Pack, current_pack, read_corrections, write_corrections
from planner.policy.changes import Change, all_changes, tables_changed
from planner.policy.correcting import find_key, make_correction, with_correction, without_correction
from planner.policy.installed import install_file, shelf
from planner.report import law_tables
from planner.report import policy_words as words
from planner.text import _, plural
from planner.values import InputError, mark
from planner.values.step import plain

SHOWN = 40


def _update(options: argparse.Namespace) -> int:
    before, after = install_file(Path(options.file), Path(options.signature) if options.signature else None)
    return _tell(
        _(
            "Policy pack {version} is in use now; it was {former} before.",
            version=after.version,
            former=before.version,
        ),
        before,
        after,
        options,
    )


def _rollback(options: argparse.Namespace) -> int:
    here = shelf()
    before = here.current()
    after = here.roll_back()
    return _tell(
        _(
            "Policy pack {version} is in use again, instead of {former}.",
            version=after.version,
            former=before.version,
        ),
        before,
        after,
        options,
    )


def _correct(options: argparse.Namespace) -> int:
    pack = current_pack()
    key, place = find_key(pack, options.key), pack.place(options.place)
    kept = read_corrections(paths.data())
    start = read_day(options.start, "from") if options.start else None
    if options.undo:
        write_corrections(paths.data(), without_correction(kept, key, place, options.area, start))
        return _tell(_("Your own value is taken back."), pack, current_pack(), options)
    if options.value is None:
        raise InputError(
            "missing_field", mark("Say the right value too, in {unit}."), field="value", unit=_unit(pack, key)
        )
    if start is None:
        raise InputError(
            "missing_field",
            mark("Say from which day it holds, such as {option}."),
            field="from",
            option="--from 2026-01-01",
        )
    new = make_correction(
        pack,
        key,
        place,
        options.value,
        start,
        read_day(options.end, "to") if options.end else None,
        area=options.area,
        entered_on=read_day(None),
        note=options.source,
    )
    write_corrections(paths.data(), with_correction(kept, new))
    return _tell(_("Your own value is kept, and used from now on."), pack, current_pack(), options)


def _corrections(options: argparse.Namespace) -> int:
    pack = current_pack()
    known = [one for one in pack.corrections if pack.knows(one.key)]
    if options.json:
        print_json({"corrections": [_correction_json(one, pack) for one in known]})
        return 0
    if not known:
        print(_("You have no corrections of your own."))
    for one in known:
        print(f"{words.correction(pack, one)}\t{one.note}".rstrip())
    return 0


def _tell(sentence: str, before: Pack, after: Pack, options: argparse.Namespace) -> int:
    """What was done, and what is different now."""
    found = all_changes(before, after)
    if options.json:
        print_json(
            {
                "message": sentence,
                "before": pack_json(before),
                "pack": pack_json(after),
                "changes": [change_json(one) for one in found],
                "tables": list(tables_changed(before, after)),
            }
        )
        return 0
    print(sentence)
    _print_changes(found, before, after)
    if tables := law_tables.changed_words(before, after):
        print(tables)
    return 0


def _print_changes(found: Sequence[Change], before: Pack, after: Pack) -> None:
    print(
        plural("{count} value is different:", "{count} values are different:", len(found))
        if found
        else _("No value is different.")
    )
    for one in found[:SHOWN]:
        print("  " + words.change(one, before, after))
    if len(found) > SHOWN:
        rest = len(found) - SHOWN
        print("  " + plural("and {count} more; --json lists all", "and {count} more; --json lists all", rest))


def change_json(one: Change) -> dict[str, Any]:
    """A change with both values in full."""
    return {
        "key": one.key,
        "place": one.place.code,
        "area": one.area,
        "from": one.first.isoformat(),
        "to": one.last.isoformat() if one.last else None,
        "before": value_json(one.before) if one.before else None,
        "after": value_json(one.after) if one.after else None,
    }


def _correction_json(one: Correction, pack: Pack) -> dict[str, Any]:
    return {
        "key": one.key,
        "place": one.place.code,
        "area": one.area,
        "value": plain(one.value),
        "unit": pack.key_info(one.key).unit,
        "from": one.valid_from.isoformat(),
        "to": one.valid_to.isoformat() if one.valid_to else None,
        "entered_on": one.entered_on.isoformat() if one.entered_on else None,
        "source": one.note,
    }


ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "update": _update,
    "rollback": _rollback,
    "correct": _correct,
    "corrections": _corrections,
}


def _unit(pack: Pack, key: str) -> str:
    """The unit of a kind of value in words."""
    unit = pack.key_info(key).unit
    return _(words.UNITS.get(unit) or unit)
