"""The named rounding rules of the law, in one place; half up where a rule says nothing."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum

FEN = Decimal("0.01")


def half_up(value: Decimal, quantum: Decimal = FEN) -> Decimal:
    """`value` to a multiple of `quantum`, halves away from zero."""
    return (value / quantum).quantize(Decimal(1), ROUND_HALF_UP) * quantum


class Rounding(Enum):
    """How an amount of yuan is rounded; the values are the codes used in data and commands."""

    FEN = "fen"
    JIAO = "jiao_half"
    JIAO_UP = "jiao_up"
    YUAN = "yuan_half"
    YUAN_UP = "yuan_up"
    YUAN_DOWN = "yuan_down"

    def apply(self, value: Decimal) -> Decimal:
        quantum, mode = _RULES[self]
        return value.quantize(quantum, mode)


_RULES = {
    Rounding.FEN: (Decimal("0.01"), ROUND_HALF_UP),
    Rounding.JIAO: (Decimal("0.1"), ROUND_HALF_UP),
    Rounding.JIAO_UP: (Decimal("0.1"), ROUND_CEILING),
    Rounding.YUAN: (Decimal("1"), ROUND_HALF_UP),
    Rounding.YUAN_UP: (Decimal("1"), ROUND_CEILING),
    Rounding.YUAN_DOWN: (Decimal("1"), ROUND_FLOOR),
}
