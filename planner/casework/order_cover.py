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
NEAR_A_LISTED_NAME = "near_a_listed_name"
NOT_KNOWN_HERE = "start_not_known"

_WORST: Mapping[str, int] = {YES: 0, GREY: 1, NO: 2}


@lru_cache(maxsize=16384)
def order_cover(
    occupation: str, platforms: tuple[str, ...], place: Place, day: date, pack: Pack
) -> tuple[str, str]:
    """The verdict on an order in progress and its reason, a code of the scheme or one of the three above.

    With several platforms an order of each is looked at; where they differ the answer is grey. A name that
    only begins like a listed one (美团外卖) is grey: the list names apps, not what people call them.
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
    if worst.code == "platform_not_listed" and _is_near(platform, pack):
        return GREY, NEAR_A_LISTED_NAME
    if worst.verdict == YES and not platform:
        return YES, "platform_assumed_listed"
    return worst.verdict, worst.code if worst.verdict != YES else "platform_listed"


def _is_near(platform: str, pack: Pack) -> bool:
    name = platform.casefold()
    return any(
        len(listed) > 1 and (name.startswith(listed) or (listed.startswith(name) and len(name) > 1))
        for row in pack.table("oip_platforms")
        for listed in (row["platform"].casefold(), row["name_en"].casefold())
    )
