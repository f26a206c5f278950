"""The pensions of many people at once, in whole fen: the same cents as `pension` gives one by one.

Every amount is an integer of 64 bits and every division is the last one of its part, rounded as the place
rounds; nothing here is a float. What a place and a month fix is looked up once for all of its people. People
whose numbers are beyond 64 bits are refused, not rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from planner.policy import Pack, Value
from planner.schemes.annuity import Age, annuity
from planner.schemes.conventions import Cut, YearsRule
from planner.schemes.pension import BasicLaw, law_of
from planner.values import InputError, Month, Place, mark

Ints = npt.NDArray[np.int64]

INDEX_UNIT = 10_000  # average indices are whole ten-thousandths
LARGEST_MONTHS = 1_200
LARGEST_AGE = 120 * 12 + 11  # months

_LIMIT = 2.0**61  # a numerator is doubled, and a denominator added, to round halves
_TENTHS = 10  # annuity months have one decimal
_NO_THRESHOLD = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Arrays of one length, a member each; whole numbers only.

    `place` indexes `places`; `retire` is `Month.index`; `index` in ten-thousandths; `balance`,
    `transitional`, `extras` and `benefit_base` in fen (a base of 0: the pack's); `age` in completed months.
    """

    places: tuple[Place, ...]
    place: Ints
    retire: Ints
    months: Ints
    index: Ints
    balance: Ints
    age: Ints
    benefit_base: Ints | None = None
    transitional: Ints | None = None
    extras: Ints | None = None


@dataclass(frozen=True, slots=True)
class Pensions:
    """Fen a month, a member each; `short`: fewer months than the minimum for a monthly pension."""

    basic: Ints
    personal: Ints
    transitional: Ints
    extras: Ints
    total: Ints
    short: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Stage:
    """A rounding stage of every law: n / d to `unit` fen is (2n + weight x d + offset) // 2d units."""

    unit: Ints
    weight: Ints
    offset: Ints


@dataclass(frozen=True, slots=True)
class _Laws:
    """What the places and months of a roster fix, a row for each place and month that occurs."""

    base: Ints
    index_base: Ints
    years: Ints
    shares: Ints
    denominators: Ints
    threshold: Ints
    indexed_fen: npt.NDArray[np.bool_]
    half_sum_fen: npt.NDArray[np.bool_]
    minimum: Ints
    divisors: Ints
    annuity: Ints
    basic: tuple[_Stage, ...]
    part: tuple[_Stage, ...]
    total: tuple[_Stage, ...]


def pensions(roster: Roster, pack: Pack) -> Pensions:
    """The pension of every member; what a member's place does not have is an error that names it."""
    _check(roster)
    nothing = np.zeros(len(roster.place), np.int64)
    if not len(nothing):
        return Pensions(nothing, nothing, nothing, nothing, nothing, np.zeros(0, np.bool_))
    pairs, of = _pairs(roster)
    laws = _laws(pairs, pack)
    base = laws.base[of]
    if roster.benefit_base is not None:
        base = np.where(roster.benefit_base > 0, roster.benefit_base, base)
    if not base.all():
        _base_missing(pairs[int(of[int(np.argmin(base))])], pack)
    years = laws.years[of]
    numerator = laws.shares[years, roster.months]
    wages, two = _wages(base, _index_base(roster, base, laws, of), roster.index, laws, of)
    _fits(wages, numerator)
    basic = _cut(wages * numerator, two * laws.denominators[years], laws.basic, of)
    divisor = laws.annuity[laws.divisors[of], roster.age]
    personal = _cut(roster.balance * _TENTHS, divisor, laws.part, of)
    transitional = nothing
    if roster.transitional is not None:
        transitional = _cut(roster.transitional, None, laws.part, of)
    extras = roster.extras if roster.extras is not None else nothing
    total = _cut(basic + personal + transitional + extras, None, laws.total, of)
    return Pensions(basic, personal, transitional, extras, total, roster.months < laws.minimum[of])


def _pairs(roster: Roster) -> tuple[tuple[tuple[Place, Month], ...], npt.NDArray[np.intp]]:
    """The places and months that occur, and which of them is each member's."""
    first = int(roster.retire.min())
    span = int(roster.retire.max()) - first + 1
    keys = roster.place * span + (roster.retire - first)
    present = np.zeros(len(roster.places) * span, np.bool_)
    present[keys] = True
    found = np.flatnonzero(present)
    row_of_key = np.zeros(len(present), np.intp)
    row_of_key[found] = np.arange(len(found))
    return _spelled(roster.places, first, span, tuple(found.tolist())), row_of_key[keys]


@lru_cache(maxsize=16)
def _spelled(
    places: tuple[Place, ...], first: int, span: int, keys: tuple[int, ...]
) -> tuple[tuple[Place, Month], ...]:
    return tuple((places[key // span], Month.from_index(first + key % span)) for key in keys)


def _index_base(roster: Roster, base: Ints, laws: _Laws, of: npt.NDArray[np.intp]) -> Ints:
    """The base behind the indexed wage: another one only where the law says so and the base is the law's."""
    if not laws.index_base.any():
        return base
    other = laws.index_base[of]
    if roster.benefit_base is not None:
        other = np.where(roster.benefit_base > 0, 0, other)
    return np.where(other > 0, other, base)


def _wages(
    base: Ints, index_base: Ints, index: Ints, laws: _Laws, of: npt.NDArray[np.intp]
) -> tuple[Ints, Ints]:
    """Base + indexed wage in fen as numerator, twice their unit as denominator.

    Rounded inside where the place does; below a place's threshold taken at the threshold and in proportion.
    """
    indexed = index_base * index
    if laws.indexed_fen.any():
        to_fen = (2 * indexed + INDEX_UNIT) // (2 * INDEX_UNIT) * INDEX_UNIT
        indexed = np.where(laws.indexed_fen[of], to_fen, indexed)
    wages = base * INDEX_UNIT + indexed
    two = np.full(len(of), 2 * INDEX_UNIT, np.int64)
    if laws.half_sum_fen.any():
        to_fen = (wages + INDEX_UNIT) // (2 * INDEX_UNIT) * (2 * INDEX_UNIT)
        wages = np.where(laws.half_sum_fen[of], to_fen, wages)
    if laws.threshold.any():
        threshold = laws.threshold[of]
        low = index < threshold
        at_threshold = (base * INDEX_UNIT + index_base * threshold) * np.where(low, index, 0)
        wages = np.where(low, at_threshold, wages)
        two = np.where(low, two * threshold, two)
    return wages, two


def _cut(
    numerator: Ints, denominator: Ints | None, stages: tuple[_Stage, ...], of: npt.NDArray[np.intp]
) -> Ints:
    """numerator / denominator fen (None: whole fen already), rounded as each member's place does."""
    amount, below = numerator, denominator
    for stage in stages:
        unit = stage.unit[of]
        whole = unit if below is None else unit * below
        amount = (2 * amount + stage.weight[of] * whole + stage.offset[of]) // (2 * whole) * unit
        below = None
    return amount


@lru_cache(maxsize=16)
def _laws(pairs: tuple[tuple[Place, Month], ...], pack: Pack) -> _Laws:
    """Looks every place and month up once."""
    found = [law_of(place, month, pack) for place, month in pairs]
    rules = tuple(dict.fromkeys((law.years, law.accrual.number) for law in found))
    shares = [_shares(years, per_year) for years, per_year in rules]
    tables = [_divisors(pack, _annuity_rule(pack, month)) for _place, month in pairs]
    kinds = list({id(table): table for table in tables}.values())
    place_of = {id(table): at for at, table in enumerate(kinds)}
    return _Laws(
        base=_ints([_fen_of(law.benefit_base) for law in found]),
        index_base=_ints([_fen_of(law.index_base) for law in found]),
        years=_ints([rules.index((law.years, law.accrual.number)) for law in found]),
        shares=np.array([numerators for numerators, _denominator in shares], np.int64),
        denominators=_ints([denominator for _numerators, denominator in shares]),
        threshold=_ints([_threshold(law) for law in found]),
        indexed_fen=np.array([law.wage.indexed for law in found]),
        half_sum_fen=np.array([law.wage.half_sum for law in found]),
        minimum=_ints([law.minimum_months for law in found]),
        divisors=_ints([place_of[id(table)] for table in tables]),
        annuity=np.array(kinds, np.int64),
        basic=_stages([law.money.basic for law in found]),
        part=_stages([law.money.part for law in found]),
        total=_stages([law.money.total for law in found]),
    )


def _fen_of(value: Value | None) -> int:
    return _whole(value.number * 100) if value is not None else 0


def _threshold(law: BasicLaw) -> int:
    return _whole(law.threshold.number * INDEX_UNIT) if law.threshold is not None else _NO_THRESHOLD


def _base_missing(pair: tuple[Place, Month], pack: Pack) -> NoReturn:
    """The pack's own error says which value of which place is missing."""
    place, month = pair
    pack.value("pension.benefit_base", place, month)
    raise AssertionError("a missing benefit base is an error of the pack's own")


@lru_cache(maxsize=64)
def _shares(years: YearsRule, per_year: Decimal) -> tuple[tuple[int, ...], int]:
    """The accrued share for every number of months as integers over one denominator."""
    counted = [years.share(Decimal(months), per_year) for months in range(LARGEST_MONTHS + 1)]
    denominator = int(counted[0][1])
    digits = max(-int(numerator.normalize().as_tuple().exponent) for numerator, _denominator in counted)
    scale = 10 ** max(digits, 0)
    return tuple(_whole(numerator * scale) for numerator, _denominator in counted), denominator * scale


def _annuity_rule(pack: Pack, month: Month) -> Month:
    """The first month of the rule that holds in `month`: months of one rule share a table."""
    return Month.of(pack.value("pension.annuity_rule", on=month).valid_from)


@lru_cache(maxsize=16)
def _divisors(pack: Pack, month: Month) -> tuple[int, ...]:
    """Annuity months in tenths for every age in months."""
    return tuple(
        _whole(annuity(Age(age // 12, age % 12), pack, month).months * _TENTHS)
        for age in range(LARGEST_AGE + 1)
    )


_LIFT = {ROUND_HALF_UP: (1, 0), ROUND_CEILING: (2, -2), ROUND_FLOOR: (0, 0)}
_WHOLE_FEN = (1, ROUND_FLOOR)  # the stage of a law that has none: what is whole fen stays


def _stages(cuts: list[Cut]) -> tuple[_Stage, ...]:
    """The stages of every law side by side."""
    depth = max(len(cut.stages) for cut in cuts)
    padded = [cut.stages + (_WHOLE_FEN,) * (depth - len(cut.stages)) for cut in cuts]
    return tuple(
        _Stage(
            _ints([stages[at][0] for stages in padded]),
            _ints([_LIFT[stages[at][1]][0] for stages in padded]),
            _ints([_LIFT[stages[at][1]][1] for stages in padded]),
        )
        for at in range(depth)
    )


def _check(roster: Roster) -> None:
    """Refuses what no record can hold, by the name of its array."""
    _between("place", roster.place, 0, len(roster.places) - 1)
    _between("retire", roster.retire, Month(1900, 1).index, Month(2199, 12).index)
    _between("months", roster.months, 0, LARGEST_MONTHS)
    _between("index", roster.index, 0, 1000 * INDEX_UNIT)
    _between("balance", roster.balance, 0, 10**14)
    _between("age", roster.age, 0, LARGEST_AGE)
    for name, most in (("benefit_base", 10**9), ("transitional", 10**14), ("extras", 10**14)):
        given = getattr(roster, name)
        if given is not None:
            _between(name, given, 0, most)


def _between(name: str, given: Ints, low: int, high: int) -> None:
    if given.dtype != np.int64 or given.ndim != 1:
        raise TypeError(f"{name} must be a one-dimensional int64 array")
    if len(given) and (int(given.min()) < low or int(given.max()) > high):
        raise InputError(
            "out_of_range", mark("{field} must be between {low} and {high}"), field=name, low=low, high=high
        )


def _fits(*factors: Ints) -> None:
    """Every product stays inside 64 bits; an estimate in floats is enough to tell."""
    most = np.ones(len(factors[0]))
    for each in factors:
        most *= each
    if most.max() >= _LIMIT:
        raise InputError(
            "out_of_range", mark("{field} must be between {low} and {high}"), field="index", low=0, high=100
        )


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int64)


def _whole(number: Decimal) -> int:
    whole = int(number)
    if whole != number:
        raise ValueError(f"{number} is not a whole number of the unit")
    return whole
