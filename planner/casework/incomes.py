"""What a member earns: the ordinary month and a bad one, from single months or the one number given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planner.advice.situation import LOW_SHARE, quantile
from planner.casework.member import Member
from planner.values import Month

_YEAR = 12
LEAST_MONTHS = 3  # from which one month in five can be said to be bad


@dataclass(frozen=True, slots=True)
class Incomes:
    """Fen a month: the middle one of the last twelve known, and one that one in five is no better than."""

    usual: int | None = None
    low: int | None = None
    months: int = 0


def incomes_of(member: Member, this_month: Month) -> Incomes:
    """From the whole months of the last year; without any, the income that was given, and no bad month."""
    last = [Decimal(fen) for month, fen in member.months if 0 < this_month - month <= _YEAR]
    if not last:
        return Incomes(member.income)
    usual, low = quantile(last, Decimal("0.5")), quantile(last, LOW_SHARE)
    return Incomes(_whole(usual), _whole(low) if len(last) >= LEAST_MONTHS else None, len(last))


def _whole(fen: Decimal | None) -> int | None:
    return None if fen is None else int(fen.quantize(Decimal(1), ROUND_HALF_UP))
