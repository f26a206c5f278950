"""The statutory facts of many members at once: whole months and whole fen, the same as one by one.

What a place, a month of birth or a trade fixes is looked up once for all who share it; pensions and missing
months are worked out in arrays. Pensions are at today's values: the base and the rules of this month, the age
and the minimum of the real pension month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from planner.casework.incomes import Incomes, incomes_of
from planner.casework.member import DRAWING, INDEX_UNIT, PENSION, Member
from planner.casework.order_cover import order_cover
from planner.policy import Pack
from planner.schemes.contribution import ContributionInput, allowed_bases, contribution
from planner.schemes.min_years import min_months
from planner.schemes.pension import law_of
from planner.schemes.retirement_age import retirement_age
from planner.schemes.vector import Roster, pensions
from planner.values import InputError, Month, Place

MET, IN_TIME, LATER, UNKNOWN = "met", "in_time", "later", "unknown"

_LONGEST_WAIT = 480  # months of paying on; the minimum never asks for more
_Ints = npt.NDArray[np.int64]
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class LowestTier:
    """The lowest lawful month there today: fen paid and credited, its index in ten-thousandths."""

    monthly: int
    account: int
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one member, months and fen; None where it is not known.

    - `retire`: the statutory month; `months_left`: months that can still be paid before it, this one not.
    - `minimum`: months needed in it; `missing`: how many must still be paid before a pension can begin.
    - `reach`: `met`, `in_time`, `later` (only by paying on past the age) or `unknown`; `start`: the month in
      which a pension can begin when every month is paid from now on.
    - `pension_now`: a month, on the present record, None when it is short of the minimum; `pension_on`: when
      the lowest tier is paid until `start`. `doubts`: codes of what is missing or assumed in the rules.
    """

    retire: Month
    months_left: int
    minimum: int
    missing: int | None
    reach: str
    start: Month | None
    pension_now: int | None
    pension_on: int | None
    tier: LowestTier | None
    incomes: Incomes
    order_cover: str
    order_why: str
    doubts: tuple[str, ...]

    @property
    def share_of_income(self) -> Decimal | None:
        """The lowest tier as a share of the usual income, four places; None without an income above zero."""
        if self.tier is None or not self.incomes.usual or self.incomes.usual < 0:
            return None
        share = Decimal(self.tier.monthly) / self.incomes.usual
        return share.quantize(Decimal("0.0001"), ROUND_HALF_UP)

    @property
    def spare(self) -> int | None:
        """How many of the months left may go unpaid without missing the minimum; below zero: too few."""
        return None if self.missing is None else self.months_left - self.missing


def facts_of(members: Sequence[Member], pack: Pack, today: date) -> list[Facts]:
    """The facts of each member, in their order."""
    if not members:
        return []
    month = Month.of(today)
    ages = _each(members, lambda one: (one.category, one.born), lambda key: retirement_age(*key, pack))
    tiers = _each(members, lambda one: one.place, lambda place: lowest_tier(place, month, pack))
    retire = _ints([age.statutory.month.index for age in ages])
    left = np.maximum(retire - month.index, 0)
    minimum = _ints([age.min_contribution_months for age in ages])
    known = np.array([one.employee_months is not None for one in members])
    paid = _ints([one.employee_months or 0 for one in members])
    earliest = np.maximum(retire, month.index)
    enough_then = paid + left >= minimum
    extra = np.where(enough_then, 0, _paying_on(earliest, paid + left, pack))
    start = earliest + extra
    now, on = _pensions(members, tiers, paid, left + extra, earliest, start, month, pack)
    enough = paid >= minimum
    still = np.where(enough_then, np.maximum(minimum - paid, 0), left + extra)
    found = []
    for at, member in enumerate(members):
        is_known = bool(known[at])
        drawing = member.has(PENSION, DRAWING)
        reach = UNKNOWN
        if is_known:
            reach = MET if enough[at] else LATER if extra[at] else IN_TIME
        verdict, why = order_cover(member.occupation, member.platforms, member.place, today, pack)
        found.append(
            Facts(
                retire=ages[at].statutory.month,
                months_left=int(left[at]),
                minimum=int(minimum[at]),
                missing=int(still[at]) if is_known else None,
                reach=reach,
                start=Month.from_index(int(start[at])) if is_known and not drawing else None,
                pension_now=now[at] if is_known and enough[at] and not drawing else None,
                pension_on=on[at] if is_known and not drawing else None,
                tier=tiers[at],
                incomes=incomes_of(member, month),
                order_cover=verdict,
                order_why=why,
                doubts=_doubts(member.place, month, pack),
            )
        )
    return found


def lowest_tier(place: Place, month: Month, pack: Pack) -> LowestTier | None:
    """The lowest tier open to a flexible worker; None where the rules of the place do not say."""
    return _lowest_tier(place, month, pack)


@lru_cache(maxsize=4096)
def _lowest_tier(place: Place, month: Month, pack: Pack) -> LowestTier | None:
    try:
        choice = allowed_bases(place, month, pack)
        base = min(choice.fixed) if choice.fixed else choice.lower
        paid = contribution(ContributionInput(place=place, month=month, base=base, area=choice.area), pack)
        if choice.average_wage:
            index = base / choice.average_wage
        else:
            index = pack.value("pension.lower_share", on=month).number
    except InputError as error:
        if error.code != "missing_value":
            raise
        return None
    return LowestTier(_whole(paid.monthly * 100), _whole(paid.account * 100), _whole(index * INDEX_UNIT))


@lru_cache(maxsize=4096)
def _doubts(place: Place, month: Month, pack: Pack) -> tuple[str, ...]:
    """What the rules of a place leave open, as the codes of `words.NOTES`."""
    codes = []
    try:
        law = law_of(place, month, pack)
        codes += ["base_unknown"] if law.benefit_base is None else [each.code for each in law.doubts]
    except InputError:
        codes.append("base_unknown")
    try:
        codes += [each.code for each in allowed_bases(place, month, pack).warnings]
    except InputError:
        codes.append("tier_unknown")
    return tuple(dict.fromkeys(codes))


def _has_base(place: Place, month: Month, pack: Pack) -> bool:
    return "base_unknown" not in _doubts(place, month, pack)


def _paying_on(retire: _Ints, paid: _Ints, pack: Pack) -> _Ints:
    """Months to pay past `retire` (`Month.index`) until the minimum of the month then reached is there.

    The same as `min_years.paying_on` of each; the minimum is read at the month in which the pension starts.
    """
    first = int(retire.min())
    needed = _ints(
        [min_months(Month.from_index(at), pack) for at in range(first, int(retire.max()) + _LONGEST_WAIT + 1)]
    )
    extra = np.zeros(len(retire), np.int64)
    short = np.flatnonzero(paid < needed[retire - first])
    while len(short):
        extra[short] += 1
        waited = extra[short]
        still = paid[short] + waited < needed[retire[short] - first + waited]
        short = short[still]
    return extra


def _pensions(
    members: Sequence[Member],
    tiers: Sequence[LowestTier | None],
    paid: _Ints,
    more: _Ints,
    earliest: _Ints,
    start: _Ints,
    month: Month,
    pack: Pack,
) -> tuple[list[int | None], list[int | None]]:
    """Fen a month on the present record, and after `more` months of the lowest tier."""
    count = len(members)
    priced = np.array(
        [
            tier is not None and _has_base(one.place, month, pack)
            for one, tier in zip(members, tiers, strict=True)
        ]
    )
    places = tuple(dict.fromkeys(one.place for one in members))
    number = {place: at for at, place in enumerate(places)}
    born = _ints([one.born.index for one in members])
    lowest = _ints([tier.index if tier else 0 for tier in tiers])
    account = _ints([tier.account if tier else 0 for tier in tiers])
    said = [one.average_index for one in members]
    index = np.where([each is None for each in said], lowest, _ints([each or 0 for each in said]))
    balance = _ints([one.account_balance or 0 for one in members])
    whole = np.maximum(paid + more, 1)
    later_index = (2 * (paid * index + more * lowest) + whole) // (2 * whole)
    place = _ints([number[one.place] for one in members])

    def priced_pensions(months: _Ints, index: _Ints, balance: _Ints, drawn: _Ints) -> list[int | None]:
        rows = np.flatnonzero(priced)
        found: list[int | None] = [None] * count
        if len(rows):
            roster = Roster(
                places=places,
                place=place[rows],
                retire=np.full(len(rows), month.index, np.int64),
                months=months[rows],
                index=index[rows],
                balance=balance[rows],
                age=(drawn - born)[rows],
            )
            for at, total in zip(rows.tolist(), pensions(roster, pack).total.tolist(), strict=True):
                found[at] = total
        return found

    return (
        priced_pensions(paid, index, balance, earliest),
        priced_pensions(paid + more, later_index, balance + more * account, start),
    )


def _each(members: Sequence[Member], key: Callable[[Member], _K], found: Callable[[_K], _V]) -> list[_V]:
    """`found` for each member, asked once for each key that occurs."""
    keys = [key(member) for member in members]
    known = {each: found(each) for each in dict.fromkeys(keys)}
    return [known[each] for each in keys]


def _ints(numbers: Sequence[int]) -> _Ints:
    return np.array(numbers, np.int64)


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
