"""An amount of one currency in whole minor units; amounts of two currencies never add up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NO_DECIMALS = frozenset({"JPY", "KRW", "VND", "IDR"})


def currency_decimals(currency: str) -> int:
    """How many decimals the currency's amounts have: yen, won, dong and rupiah none, the others two."""
    return 0 if currency in _NO_DECIMALS else 2


@dataclass(slots=True, unsafe_hash=True)  # not frozen: a bill makes a hundred thousand; never change one
class Money:
    """`minor` whole minor units (fen, cents, yen) of `currency`, an ISO 4217 code."""

    minor: int
    currency: str = "CNY"

    @classmethod
    def of(cls, amount: Decimal, currency: str = "CNY") -> Money:
        """From an amount in major units, rounded half up to the currency's own decimals."""
        scaled = amount.scaleb(currency_decimals(currency))
        return cls(int(scaled.quantize(Decimal(1), ROUND_HALF_UP)), currency)

    @property
    def amount(self) -> Decimal:
        """In major units, with the currency's own decimals."""
        return Decimal(self.minor).scaleb(-currency_decimals(self.currency))

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other

    def __str__(self) -> str:
        return f"{self.amount:f}"
