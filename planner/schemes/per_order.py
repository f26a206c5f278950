"""Per-order occupational injury protection (新就业形态人员职业伤害保障): who is in, when, and what is paid.

Cover hangs on four things: the occupation's industry, the province's start, the platform's start, and whether
an order was in progress. The worst of the four decides. The base of the lump sums is a wage of the province;
the worker's own earnings never enter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from planner.policy import MissingValue, Pack, Row
from planner.schemes.benefits import Bill
from planner.schemes.injury import InjuryInput, InjuryResult, Item, total_lump
from planner.schemes.outcome import Notice, joined, unconfirmed
from planner.values import InputError, Place, Source, Step, mark
from planner.values.rounding import half_up

SCHEME = "oip"
NO_SECTOR = "none"

YES, GREY, NO = "yes", "grey", "no"
_WORST = {YES: 0, GREY: 1, NO: 2}

_EVENT_ITEMS = {
    "treatment": ("medical", "living_guarantee"),
    "disability": (
        "medical",
        "living_guarantee",
        "lump_disability",
        "monthly_disability_allowance",
        "monthly_care_allowance",
    ),
    "death": ("medical", "death_lump", "funeral"),
}
_PLATFORM_PAYS = frozenset({"living_guarantee"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for or against cover: `verdict`, stable code, and the document it rests on."""

    verdict: str
    code: str
    source: Source


def per_order(data: InjuryInput, pack: Pack) -> InjuryResult:
    """Whether the scheme covers the event, and what it pays; nothing where it plainly does not."""
    findings = coverage(data, pack)
    covered = max((finding.verdict for finding in findings), key=_WORST.__getitem__)
    why = tuple(dict.fromkeys(finding.code for finding in findings if finding.verdict == covered))
    verdict_steps = tuple(
        Step(
            "oip.coverage",
            "verdict",
            {"verdict": each.verdict, "because": each.code},
            each.verdict,
            each.source,
        )
        for each in findings
    )
    if covered == NO:
        return InjuryResult(
            items=(),
            covered=NO,
            total_lump=total_lump(()),
            why=why,
            warnings=(),
            explain=lambda: verdict_steps,
        )
    bill = Bill(data, pack)
    bill.notices.extend(_notices(data, covered))
    bill.notices.extend(_unconfirmed_platform(data, findings))
    for row in rows_of(SCHEME, data, pack, _EVENT_ITEMS[data.event]):
        bill.add(row, "platform" if row["item"] in _PLATFORM_PAYS else "fund", SCHEME)
    if data.event == "death":
        add_dependants(bill, SCHEME, pack)
    items = bill.settled()
    steps = (*verdict_steps, *bill.steps, lump_step(items, bill.steps))
    return InjuryResult(
        items=items,
        covered=covered,
        total_lump=total_lump(items),
        why=why,
        warnings=tuple(bill.notices),
        explain=lambda: steps,
    )


def _unconfirmed_platform(data: InjuryInput, findings: tuple[Finding, ...]) -> list[Notice]:
    """Said of a platform that the list is only reported to have."""
    listed = [each for each in findings if each.code == "platform_listed"]
    if not any(unconfirmed(each.source) for each in listed):
        return []
    said = mark("That {platform} is on the list was not seen on an official page; ask the platform.")
    return [Notice("platform_list_unconfirmed", said, {"platform": data.platform})]


def coverage(data: InjuryInput, pack: Pack) -> tuple[Finding, ...]:
    """A finding for each of industry, place, platform and order."""
    sector = sector_of(data.occupation, pack) if data.occupation else ""
    return (
        _industry(data.occupation, sector, data.platform, pack),
        _place(data.place, data.date, pack),
        _platform(data.platform, sector, data.place, data.date, pack),
        _order(data.order_state, pack),
    )


@lru_cache(maxsize=256)
def sector_of(occupation: str, pack: Pack) -> str:
    """The scheme's industry an occupation belongs to; `none` where it belongs to none."""
    for row in pack.table("occupations"):
        if row["code"] == occupation:
            return row["oip_sector"]
    raise InputError(
        "unknown_occupation",
        mark("{field}: {value!r} is no occupation we know"),
        field="occupation",
        value=occupation,
    )


def starts(place: Place, pack: Pack) -> tuple[date, Source] | None:
    """The day the scheme began in the province, with its document."""
    row = _coverage_of(place, pack)
    return (date.fromisoformat(row["from"]), row.source) if row is not None else None


def _coverage_of(place: Place, pack: Pack) -> Row | None:
    return next((row for row in pack.table("oip_coverage") if row["place"] == place.province.code), None)


def _industry(occupation: str, sector: str, platform: str, pack: Pack) -> Finding:
    scope = pack.table("oip_platforms")[0].source
    if not occupation:
        return Finding(YES if platform else GREY, "occupation_not_named", scope)
    if sector == NO_SECTOR:
        return Finding(NO, "occupation_not_in_scheme", scope)
    return Finding(YES, "occupation_in_scheme", scope)


def _place(place: Place, day: date, pack: Pack) -> Finding:
    start = starts(place, pack)
    if start is None:
        raise InputError(
            "missing_value",
            mark("{field}: no start of per-order protection is known for {value}"),
            field="province",
            value=str(place),
        )
    since, source = start
    if day < since:
        return Finding(NO, "before_start_in_province", source)
    return Finding(YES, "scheme_runs_in_province", source)


def _platform(platform: str, sector: str, place: Place, day: date, pack: Pack) -> Finding:
    """Whether the list has the platform that day; a name that only begins like a listed one is not sure."""
    rows = pack.table("oip_platforms")
    if not platform:
        return Finding(YES, "platform_assumed_listed", rows[0].source)
    asked = platform.strip().casefold()
    named = [row for row in rows if asked in _names(row)]
    begun = [row for row in named if date.fromisoformat(row["from"]) <= day]
    if not begun:
        trades = {sector} if sector else {row["sector"] for row in named}
        if licensed := _open_to_licensed(trades, place, day, pack):
            return Finding(GREY, "open_to_licensed_platforms", licensed)
        if named:
            return Finding(NO, "platform_not_yet_listed", named[0].source)
        if near := [row for row in rows if any(asked.startswith(name) for name in _names(row))]:
            return Finding(GREY, "near_a_listed_name", near[0].source)
        return Finding(NO, "platform_not_listed", rows[0].source)
    if sector and sector != NO_SECTOR and not any(sector in row["sector"] for row in begun):
        return Finding(GREY, "platform_of_another_industry", begun[0].source)
    return Finding(YES, "platform_listed", begun[0].source)


def _names(row: Row) -> frozenset[str]:
    """What a listed platform is called: as the list has it, in English, and by its app."""
    also = row.get("also", "").split("|")
    return frozenset(name.casefold() for name in (row["platform"], row["name_en"], *also) if name)


def _open_to_licensed(trades: set[str], place: Place, day: date, pack: Pack) -> Source | None:
    """The document, where a province takes in every platform of the trade that has a local licence."""
    row = _coverage_of(place, pack)
    if row is None or not row["open_from"] or row["open_sector"] not in trades:
        return None
    return row.source if date.fromisoformat(row["open_from"]) <= day else None


def _order(state: str, pack: Pack) -> Finding:
    for row in pack.table("oip_order_states"):
        if row["order_state"] == (state or "on_order"):
            return Finding(row["covered"], row["why"] if state else "order_state_assumed", row.source)
    raise AssertionError(f"the policy pack knows no order state {state!r}")


def rows_of(scheme: str, data: InjuryInput, pack: Pack, items: tuple[str, ...]) -> tuple[Row, ...]:
    """The benefit rows of the event: those of every grade, of the grade, of the care level, of the event."""
    wanted = {"all", "treatment_period", data.event, data.care}
    if data.event == "disability":
        wanted.add(str(data.grade))
    return tuple(
        row
        for row in pack.table("injury_benefits")
        if row["scheme"] == scheme and row["item"] in items and row["grade"] in wanted
    )


def add_dependants(bill: Bill, scheme: str, pack: Pack) -> None:
    """The monthly allowances of those the dead person kept, together at most the cap."""
    if not bill.data.dependants:
        return
    rates = {row["item"]: row for row in pack.table("injury_benefits") if row["scheme"] == scheme}
    cap_row = rates["dependant_allowance_cap"]
    extra = rates["dependant_allowance_orphan_or_lone_extra"].decimal("value")
    shares = [
        rates[f"dependant_allowance_{each.relation}"].decimal("value") + (extra if each.alone else 0)
        for each in bill.data.dependants
    ]
    cap = cap_row.decimal("value")
    try:
        base = bill.base(cap_row["base"])
    except MissingValue as missing:
        bill.left_out("dependant_allowance", missing)
        return
    percent = min(sum(shares), cap)
    amount = half_up(base.amount * percent / 100)
    step = Step(
        f"{scheme}.dependant_allowance",
        f"half_up({base.name} * min(sum(percents), cap) / 100, 0.01)",
        {base.name: base.amount, "percents": shares, "cap": cap},
        amount,
        joined(cap_row.source, base.source),
    )
    bill.enter(Item("dependant_allowance", amount, "month", "fund"), step, cap_row)


def lump_step(items: tuple[Item, ...], steps: list[Step]) -> Step:
    """The sum of what is paid once."""
    lumps = [item.amount for item in items if item.period == "once"]
    source = steps[-1].source if steps else Source("")
    return Step("injury.total_lump", "sum(lumps)", {"lumps": lumps}, total_lump(items), source)


def _notices(data: InjuryInput, covered: str) -> list[Notice]:
    notices = []
    if covered == GREY:
        notices.append(
            Notice(
                "not_sure_to_be_covered",
                mark(
                    "It is not certain that this counts as an injury on an order; do not rely on this money."
                ),
            )
        )
    if not data.platform:
        notices.append(
            Notice(
                "platform_not_named",
                mark("No platform was named: this holds only on the platforms that the scheme lists."),
            )
        )
    if not data.order_state:
        notices.append(
            Notice(
                "order_state_assumed",
                mark(
                    "It was assumed that an order was in progress; between orders and on the way home differ."
                ),
            )
        )
    if data.event == "treatment" and data.medical is None and data.days is None:
        notices.append(
            Notice("nothing_to_count", mark("Give medical or days so that an amount can be counted."))
        )
    return notices
