"""Which province pays the pension of someone who paid in several (待遇领取地).

The order of the law: the hukou province if the relation is there; else the province of the relation with
enough years; else the last earlier province with enough years; else everything is collected at the hukou
province. Months in a temporary account (临时基本养老保险缴费账户) never make a place of relation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.policy import Pack
from planner.schemes.outcome import Notice, Outcome, source_of
from planner.values import InputError, Place, Step, mark

SEXES = ("male", "female")

_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Stay:
    """Months paid at a place, the first stay first; `temporary`: into a temporary account.

    Where that is not known (None), the age in years at joining and the sex tell.
    """

    place: Place
    months: int
    temporary: bool | None = None
    age: int | None = None


@dataclass(frozen=True, kw_only=True)
class DrawingPlace(Outcome):
    """`province` pays; `why` is a stable code; `total_months` of all places count for years and minimum."""

    province: Place
    why: str
    total_months: int


def drawing_place(
    hukou: Place, relation: Place, stays: tuple[Stay, ...], pack: Pack, *, sex: str = ""
) -> DrawingPlace:
    """`hukou` and `relation` (where the person is insured now, or was last) by province."""
    if not stays:
        raise InputError("empty", mark("{field} must not be empty"), field="places")
    stays = _settled(stays, hukou.province, sex, pack)
    home, last = hukou.province, relation.province
    needed = pack.value("drawing_place.years_needed")
    least = int(needed.number * _MONTHS_OF_YEAR)
    months = _by_province(stays)
    earlier = [place for place in months if place != last and months[place] >= least]
    there = months.get(last, 0)
    if last == home:
        place, why = home, "relation_at_hukou"
    elif there >= least:
        place, why = last, "enough_years_at_relation"
    elif earlier:
        place, why = earlier[-1], "last_place_with_enough_years"
    else:
        place, why = home, "collected_at_hukou"
    source = source_of(needed)
    tested = [(each, months[each]) for each in months if last != home]
    steps = (
        *(
            Step(
                "drawing_place.enough_years",
                "months >= years_needed * 12",
                {"province": str(each), "months": paid, "years_needed": needed.number},
                paid >= least,
                source,
            )
            for each, paid in tested
        ),
        Step(
            "drawing_place.province",
            "province",
            {"province": str(place), "because": why, "hukou": str(home), "relation": str(last)},
            str(place),
            source,
        ),
    )
    return DrawingPlace(
        province=place,
        why=why,
        total_months=sum(each.months for each in stays),
        warnings=_notices(last, home, stays, months),
        explain=lambda: steps,
    )


def _settled(stays: tuple[Stay, ...], home: Place, sex: str, pack: Pack) -> tuple[Stay, ...]:
    """Each stay with `temporary` known: by age, whoever joins a province not their own for the first time."""
    settled: list[Stay] = []
    known = {home}
    for stay in stays:
        temporary = stay.temporary
        if temporary is None:
            limit = pack.value(f"temporary_account.age_{sex}").number if sex else None
            too_old = limit is not None and stay.age is not None and stay.age >= limit
            temporary = too_old and stay.place.province not in known
        known.add(stay.place.province)
        settled.append(replace(stay, temporary=temporary))
    return tuple(settled)


def _by_province(stays: tuple[Stay, ...]) -> dict[Place, int]:
    """Months that count by province, in the order in which each was last paid in."""
    months: dict[Place, int] = {}
    for stay in stays:
        if stay.temporary:
            continue
        province = stay.place.province
        months[province] = months.pop(province, 0) + stay.months
    return months


def _notices(
    last: Place, home: Place, stays: tuple[Stay, ...], months: dict[Place, int]
) -> tuple[Notice, ...]:
    found = []
    only_temporary = {stay.place.province for stay in stays if stay.temporary} - months.keys()
    if last in only_temporary and last != home:
        found.append(
            Notice(
                "relation_is_temporary",
                mark("Months in a temporary account do not make this the place of the relation."),
                {"place": str(last)},
            )
        )
    if last not in {stay.place.province for stay in stays}:
        found.append(
            Notice(
                "nothing_paid_at_relation",
                mark("Nothing was paid at the place of the relation; check the places."),
                {"place": str(last)},
            )
        )
    return tuple(found)
