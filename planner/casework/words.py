"""Words for the codes of a batch: verdicts, reasons, notes; message ids for whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping

from planner.casework.facts import IN_TIME, LATER, MET, UNKNOWN
from planner.casework.member import INJURY, MEDICAL, PENSION
from planner.casework.order_cover import NOT_KNOWN_HERE, SOME_PLATFORMS
from planner.casework.person import DOUBLE, MISSING, NOT_SAID
from planner.values import mark

VERDICTS: Mapping[str, str] = {"yes": mark("Covered"), "grey": mark("Not certain"), "no": mark("Not covered")}
REACH: Mapping[str, str] = {
    MET: mark("already enough"),
    IN_TIME: mark("in time, if paid"),
    LATER: mark("only by paying on past the age"),
    UNKNOWN: mark("not known"),
}
STATES: Mapping[str, str] = {DOUBLE: mark("paid twice"), MISSING: mark("missing"), NOT_SAID: mark("not said")}
RISKS_OF_LIFE: Mapping[str, str] = {
    PENSION: mark("Pension"),
    MEDICAL: mark("Medical insurance"),
    INJURY: mark("Injury cover"),
}
CATEGORIES: Mapping[str, str] = {
    "male_60": mark("man"),
    "female_55": mark("woman, 55"),
    "female_50": mark("woman, 50"),
}
ORDER_WHY: Mapping[str, str] = {
    "occupation_not_named": mark("the occupation is not told"),
    "occupation_not_in_scheme": mark("only for ride-hailing, instant delivery and city freight"),
    "before_start_in_province": mark("not yet begun in this province"),
    "platform_assumed_listed": mark("if the platform is on the list; none was named"),
    "platform_listed": mark("the platform is on the list, during an order"),
    "platform_not_listed": mark("the platform is not on the list"),
    "platform_not_yet_listed": mark("the platform is not yet on the list"),
    "platform_of_another_industry": mark("the platform is listed for another trade"),
    SOME_PLATFORMS: mark("on some of the platforms, not on all"),
    "open_to_licensed_platforms": mark("every platform with a local licence is in; ask the platform"),
    "near_a_listed_name": mark("the name is near one on the list, but not the same"),
    NOT_KNOWN_HERE: mark("no start in this province is known"),
}
NOTES: Mapping[str, str] = {
    "category_assumed": mark("kind of post not told: flexible work (55) assumed"),
    "city_unknown": mark("city not known here: the province's values"),
    "index_assumed": mark("average index not told: the lowest tier's assumed"),
    "balance_missing": mark("account balance not told: counted as nothing, so the pension is higher"),
    "area_assumed": mark("several regions in the province: the lowest assumed"),
    "provisional_value": mark("a base of last year is carried on"),
    "uncertain_value": mark("no official page confirms a base used here"),
    "base_unknown": mark("no benefit base is known here: no pension worked out"),
    "tier_unknown": mark("no contribution base is known here"),
}
