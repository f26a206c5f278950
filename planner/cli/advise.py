"""`wenbao advise CASE.json`: the card that a person would see today, and what was held back by which rule."""

from __future__ import annotations

import argparse
import json
from typing import Any

from planner.advice.card import Advice
from planner.advice.case import situation_of
from planner.advice.catalogue import NUDGES
from planner.advice.choose import choose, neutral
from planner.advice.inputs import read_cover, read_events, read_log
from planner.cli.main import error_json
from planner.cli.project import add_options, asked, schema
from planner.policy import Pack, current_pack
from planner.projection import Case, Projection, case_from_json, project
from planner.text import _
from planner.values import InputError, mark

__all__ = ["add_options", "answer", "run"]  # the same case, the same options


def run(options: argparse.Namespace) -> int:
    if options.schema:
        print(schema("advise"), end="")
        return 0
    print(json.dumps(answer(asked(options), current_pack()), ensure_ascii=False, indent=1))
    return 0


def answer(data: Any, pack: Pack) -> dict[str, Any]:
    """The answer of the contract; `warnings` say why a card that needs the projection could not come up.

    Beside the case: `cover`, `events`, `log`, and `nudges` with `tailored` (false: everybody's same list) and
    `off` (ids switched off).
    """
    advice, warnings = advise(data, pack)
    return {**advice.as_json(_), "tailored": advice.tailored, "warnings": warnings}


def advise(data: Any, pack: Pack) -> tuple[Advice, list[dict[str, str]]]:
    """The advice for a case, and the errors that kept the projection from being made."""
    tailored, off = _wishes(data.get("nudges")) if isinstance(data, dict) else (True, frozenset())
    if not tailored:
        return neutral(off=off), []
    try:
        case = case_from_json(data, pack)
    except InputError as error:
        if error.code != "too_young":
            raise
        return neutral(off=off), [error_json(error)]  # children get information only
    cover, events, log = (
        read_cover(data.get("cover"), pack),
        read_events(data.get("events")),
        read_log(data.get("log")),
    )
    projection, warnings = _projection(case, pack)
    situation = situation_of(case, pack, cover=cover, events=events, log=log, projection=projection)
    return choose(situation, off=off), warnings


def _projection(case: Case, pack: Pack) -> tuple[Projection | None, list[dict[str, str]]]:
    """The projection, or why there is none: the cards that do without it still hold.

    Only what the rules lack and the age are such reasons; what is wrong with the case is refused.
    """
    try:
        return project(case, pack), []
    except InputError as error:
        if error.code not in _NO_PROJECTION:
            raise
        return None, [error_json(error)]


_NO_PROJECTION = frozenset({"missing_value", "retired_already", "retired_short"})


def _wishes(given: Any) -> tuple[bool, frozenset[str]]:
    """Whether cards may be chosen by the person's numbers, and which are switched off."""
    if given is None:
        return True, frozenset()
    if not isinstance(given, dict):
        raise InputError(
            "bad_object", mark("{field} must be an object, not {value!r}"), field="nudges", value=given
        )
    tailored, off = given.get("tailored", True), given.get("off", [])
    known = [nudge.id for nudge in NUDGES]
    if not isinstance(tailored, bool):
        raise InputError(
            "bad_value", mark("{field} cannot be {value!r}"), field="nudges.tailored", value=tailored
        )
    if not isinstance(off, list) or not all(isinstance(id, str) for id in off):
        raise InputError(
            "bad_list", mark("{field} must be a list, not {value!r}"), field="nudges.off", value=off
        )
    for at, id in enumerate(off):
        if id not in known:
            raise InputError(
                "bad_choice",
                mark("{field} must be one of {choices}, not {value!r}"),
                field=f"nudges.off[{at}]",
                choices=", ".join(known),
                value=id,
            )
    return tailored, frozenset(off)
