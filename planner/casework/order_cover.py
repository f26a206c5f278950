"""Whether the per-order protection (职业伤害保障) covers a member's orders today: `yes`, `no` or `grey`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from planner.policy import Pack
from planner.schemes.injury import InjuryInput
from planner.schemes.per_order import GREY, NO, YES, coverage
from planner.values import InputError, Place

SOME_PLATFORMS = "some_platforms"
NOT_KNOWN_HERE = "start_not_known"

_WORST: Mapping[str, int] = {YES: 0, GREY: 1, NO: 2}


@lru_cache(maxsize=16384)
def order_cover(
    occupation: str, platforms: tuple[str, ...], place: Place, day: date, pack: Pack
) -> tuple[str, str]:
    """The verdict on an order in progress and its reason, a code of the scheme or one of the two above.

    With several platforms an order of each is looked at; where they differ the answer is grey.
    """
    found = [_one(occupation, name, place, day, pack) for name in platforms or ("",)]
    verdicts = {verdict for verdict, _why in found}
    if len(verdicts) > 1:
        return GREY, SOME_PLATFORMS
    return found[0]


def _one(occupation: str, platform: str, place: Place, day: date, pack: Pack) -> tuple[str, str]:
    asked = InjuryInput(
        scheme="oip",
        place=place,
        date=day,
        event="treatment",
        occupation=occupation,
        platform=platform,
        order_state="on_order",
    )
    try:
        findings = coverage(asked, pack)
    except InputError as error:
        if error.code != "missing_value":
            raise
        return GREY, NOT_KNOWN_HERE
    worst = max(findings, key=lambda finding: _WORST[finding.verdict])
    if worst.verdict == YES and not platform:
        return YES, "platform_assumed_listed"
    return worst.verdict, worst.code if worst.verdict != YES else "platform_listed"
