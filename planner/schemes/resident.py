"""The resident pension (城乡居民基本养老保险): a public base pension and an account over fixed months."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from planner.policy import Pack, Value
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, joined, source_of
from planner.values import InputError, Month, Place, Step, mark

_FEN = Decimal("0.01")
_ZERO = Decimal(0)
_ROUNDINGS: dict[str, tuple[Decimal, str, str]] = {
    "fen": (_FEN, ROUND_HALF_UP, "half_up"),
    "jiao_half": (Decimal("0.1"), ROUND_HALF_UP, "half_up"),
    "jiao_down": (Decimal("0.1"), ROUND_FLOOR, "floor_to"),
    "yuan_half": (Decimal(1), ROUND_HALF_UP, "half_up"),
    "yuan_down": (Decimal(1), ROUND_FLOOR, "floor_to"),
}
ROUNDINGS = tuple(_ROUNDINGS)


@dataclass(frozen=True, slots=True)
class Payment:
    """What went into the account for a year: own `tier` and public `subsidy`, yuan."""

    year: int
    tier: Decimal
    subsidy: Decimal = _ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentInput:
    """`base_pension` or place and month; `account_balance` or `payments` with a yearly `rate` (fraction)."""

    base_pension: Decimal | None = None
    place: Place | None = None
    month: Month | None = None
    account_balance: Decimal | None = None
    payments: tuple[Payment, ...] = ()
    rate: Decimal = _ZERO
    extras: Decimal = _ZERO
    rounding: str = "fen"


@dataclass(frozen=True, kw_only=True)
class ResidentPension(Outcome):
    """Yuan a month; `account_balance` is what the personal part was taken from."""

    basic: Decimal
    personal: Decimal
    extras: Decimal
    total: Decimal
    account_balance: Decimal


def resident_pension(data: ResidentInput, pack: Pack) -> ResidentPension:
    """Base pension + account / fixed months + extras."""
    base, base_value = _base(data, pack)
    divisor = pack.value("resident.annuity_months", on=data.month or _LATEST)
    balance_steps: tuple[Step, ...] = ()
    balance = data.account_balance
    if balance is None:
        balance, balance_steps = account_of(data.payments, data.rate)
    quantum, mode, function = _ROUNDINGS[data.rounding]
    personal = (balance / divisor.number).quantize(quantum, mode)
    total = base + personal + data.extras
    held = balance

    def explain() -> tuple[Step, ...]:
        base_source = OWN_INPUT if base_value is None else source_of(base_value)
        return (
            Step("resident.basic", "base_pension", {"base_pension": base}, base, base_source),
            *balance_steps,
            Step(
                "resident.personal",
                f"{function}(account_balance / annuity_months, {quantum})",
                {"account_balance": held, "annuity_months": divisor.number},
                personal,
                source_of(divisor),
            ),
            Step(
                "resident.total",
                "basic + personal + extras",
                {"basic": base, "personal": personal, "extras": data.extras},
                total,
                joined(divisor.source, base_source),
            ),
        )

    return ResidentPension(
        basic=base,
        personal=personal,
        extras=data.extras,
        total=total,
        account_balance=balance,
        warnings=_notices(data, base_value),
        explain=explain,
    )


def account_of(payments: tuple[Payment, ...], rate: Decimal) -> tuple[Decimal, tuple[Step, ...]]:
    """The balance at the end of the last year paid: a year's own payment earns nothing in it."""
    balance = _ZERO
    steps: list[Step] = []
    if not payments:
        return balance, ()
    paid: dict[int, Decimal] = {}
    for payment in payments:
        paid[payment.year] = paid.get(payment.year, _ZERO) + payment.tier + payment.subsidy
    for year in range(min(paid), max(paid) + 1):
        credit = paid.get(year, _ZERO)
        before, balance = balance, (balance * (1 + rate) + credit).quantize(_FEN, ROUND_HALF_UP)
        steps.append(
            Step(
                "resident.account_year",
                "half_up(before * (1 + rate) + paid, 0.01)",
                {"year": year, "before": before, "rate": rate, "paid": credit},
                balance,
                OWN_INPUT,
            )
        )
    return balance, tuple(steps)


_LATEST = Month(2199, 12)


def _base(data: ResidentInput, pack: Pack) -> tuple[Decimal, Value | None]:
    if data.base_pension is not None:
        return data.base_pension, None
    if data.place is None or data.month is None:
        raise InputError(
            "missing_field",
            mark("give {field}, or province and month so that it can be looked up"),
            field="base_pension",
        )
    value = pack.value("resident.base_pension", data.place, data.month)
    return value.number, value


def _notices(data: ResidentInput, base: Value | None) -> tuple[Notice, ...]:
    notices = list(doubts(base))
    if base is not None and data.place is not None and base.place not in (data.place, data.place.province):
        notices.append(
            Notice(
                "national_minimum_used",
                mark("The base pension here is not known for that month: the national minimum stands in."),
                {"base_pension": base.number},
            )
        )
    years = {payment.year for payment in data.payments}
    if len(years) != len(data.payments):
        notices.append(
            Notice("year_paid_twice", mark("A year is paid more than once; the payments were added up."))
        )
    return tuple(notices)
