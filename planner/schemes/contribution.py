"""What a month of contributions costs: base within the place's limits, rate, pool part and account part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from planner.policy import MissingValue, Pack, Value
from planner.schemes.lookup import regional, settled_area
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, source_of
from planner.values import InputError, Month, Place, Source, Step, mark

SCHEMES = ("employee_pension", "employee_medical", "resident_medical")

_FEN = Decimal("0.01")
_ONE = Decimal(1)
_ZERO = Decimal(0)
_BASE_ROUNDINGS: dict[str, tuple[Decimal, str, str]] = {
    "fen": (_FEN, ROUND_HALF_UP, "half_up"),
    "yuan_half": (_ONE, ROUND_HALF_UP, "half_up"),
    "yuan_up": (_ONE, ROUND_CEILING, "ceil_to"),
    "yuan_down": (_ONE, ROUND_FLOOR, "floor_to"),
}
BASE_ROUNDINGS = tuple(_BASE_ROUNDINGS)


@dataclass(frozen=True, slots=True)
class BaseChoice:
    """The contribution bases (缴费基数) a flexible worker may choose there then, yuan a month.

    Between `lower` and `upper`, or only those of `fixed` where the place has a list. `average_wage` is the
    reference wage that a tier of 100 % means. `values` are the pack rows behind, `area` the region used.
    """

    lower: Decimal
    upper: Decimal
    fixed: tuple[Decimal, ...] | None
    average_wage: Decimal | None
    area: str
    values: tuple[Value, ...]
    warnings: tuple[Notice, ...] = ()

    def allows(self, base: Decimal) -> bool:
        return base in self.fixed if self.fixed else self.lower <= base <= self.upper

    def nearest(self, base: Decimal) -> Decimal:
        """The allowed base next to `base`; the lower one when two are as near."""
        if self.fixed:
            return min(sorted(self.fixed), key=lambda allowed: abs(allowed - base))
        return min(max(base, self.lower), self.upper)

    def at_most(self, base: Decimal) -> Decimal:
        """The highest allowed base that is not above `base`; the lowest of all when none is."""
        if self.fixed:
            return max((each for each in self.fixed if each <= base), default=min(self.fixed))
        return min(max(base, self.lower), self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionInput:
    """`tier` (share of the reference wage) or `base` (yuan a month); what is None comes from the pack.

    `fixed_addon`: yuan a month on top, such as a large-amount medical supplement.
    """

    place: Place
    month: Month
    tier: Decimal | None = None
    base: Decimal | None = None
    scheme: str = "employee_pension"
    area: str = ""
    average_wage: Decimal | None = None
    rate: Decimal | None = None
    base_rounding: str | None = None
    fixed_addon: Decimal = _ZERO


@dataclass(frozen=True, kw_only=True)
class ContributionResult(Outcome):
    """Yuan a month; `pool` and `account` add up to `monthly`."""

    base: Decimal
    monthly: Decimal
    pool: Decimal
    account: Decimal


def allowed_bases(place: Place, month: Month, pack: Pack, area: str = "") -> BaseChoice:
    """The bases open to a flexible worker; without an `area` that of the lowest floor is assumed."""
    return _allowed_bases(place, month, pack, area)


@lru_cache(maxsize=4096)
def _allowed_bases(place: Place, month: Month, pack: Pack, area: str) -> BaseChoice:
    area, assumed = settled_area("pension.base_lower", place, month, pack, area)
    notices = list(assumed)
    lower = pack.value("pension.base_lower", place, month, area=area)
    upper = pack.value("pension.base_upper", place, month, area=area)
    wage = pack.find("pension.average_wage", place, month, area=area)
    listed = pack.find("pension.fixed_bases", place, month, area=area)
    fixed = listed.value if listed is not None and isinstance(listed.value, tuple) else None
    values = tuple(value for value in (lower, upper, wage, listed) if value is not None)
    notices.extend(doubts(lower, upper))
    return BaseChoice(
        lower.number,
        upper.number,
        fixed,
        wage.number if wage is not None else None,
        area,
        values,
        tuple(notices),
    )


def contribution(data: ContributionInput, pack: Pack) -> ContributionResult:
    """Base, monthly payment and its two parts for the scheme asked for."""
    if data.scheme == "employee_pension":
        return _employee_pension(data, pack)
    from planner.schemes.medical_contribution import medical_contribution

    return medical_contribution(data, pack)


def _employee_pension(data: ContributionInput, pack: Pack) -> ContributionResult:
    choice = _limits_or_none(data, pack)
    notices = list(choice.warnings) if choice is not None else []
    if choice is None:
        notices.append(
            Notice(
                "limits_unknown", mark("The limits of that month are not known, so the base was not checked.")
            )
        )
    base, base_step, of_wage = base_of(data, choice, pack)
    notices.extend(each for each in of_wage if each not in notices)
    if choice is not None:
        notices.extend(_against_limits(base, choice))
    rate, rate_source = _rate(data, pack)
    share = pack.value("pension.account_rate", data.place, data.month)
    monthly = to_fen(base * rate)
    account = min(to_fen(base * share.number), monthly)
    pool = monthly - account
    addon = data.fixed_addon

    def explain() -> tuple[Step, ...]:
        return (
            base_step,
            Step(
                "contribution.monthly",
                "half_up(base * rate, 0.01) + fixed_addon",
                {"base": base, "rate": rate, "fixed_addon": addon},
                monthly + addon,
                rate_source,
            ),
            Step(
                "contribution.account",
                "min(half_up(base * account_rate, 0.01), half_up(base * rate, 0.01))",
                {"base": base, "account_rate": share.number, "rate": rate},
                account,
                share.source,
            ),
            Step(
                "contribution.pool",
                "monthly - account",
                {"monthly": monthly + addon, "account": account},
                pool + addon,
                rate_source,
            ),
        )

    return ContributionResult(
        base=base,
        monthly=monthly + addon,
        pool=pool + addon,
        account=account,
        warnings=tuple(notices),
        explain=explain,
    )


def _limits_or_none(data: ContributionInput, pack: Pack) -> BaseChoice | None:
    """The limits; None where the pack lacks one of them, so that the base cannot be checked."""
    try:
        return allowed_bases(data.place, data.month, pack, data.area)
    except MissingValue:
        return None


def base_of(
    data: ContributionInput, choice: BaseChoice | None, pack: Pack
) -> tuple[Decimal, Step, tuple[Notice, ...]]:
    """The base as chosen, or tier x reference wage; at a limit the published, locally rounded one.

    The notices are those of the reference wage, where it was looked up.
    """
    if data.base is not None:
        base = data.base.quantize(_FEN, ROUND_HALF_UP)
        return base, Step("contribution.base", "base", {"base": base}, base, OWN_INPUT), ()
    if data.tier is None:
        raise InputError("missing_field", mark("give {field} or base"), field="tier")
    wage, source, notices = _wage(data, choice, pack)
    quantum, mode, function = _BASE_ROUNDINGS[data.base_rounding or "fen"]
    base = (data.tier * wage).quantize(quantum, mode)
    if choice is not None and data.average_wage is None and data.base_rounding is None:
        for value in choice.values:
            if value.key in ("pension.base_lower", "pension.base_upper") and abs(value.number - base) < 1:
                published = value.number
                step = Step(
                    "contribution.base_published_limit",
                    "published_limit",
                    {"published_limit": published, "tier": data.tier, "average_wage": wage},
                    published,
                    source_of(value),
                )
                return published, step, ()
    step = Step(
        "contribution.base",
        f"{function}(tier * average_wage, {quantum})",
        {"tier": data.tier, "average_wage": wage},
        base,
        source,
    )
    return base, step, notices


def _wage(
    data: ContributionInput, choice: BaseChoice | None, pack: Pack
) -> tuple[Decimal, Source, tuple[Notice, ...]]:
    if data.average_wage is not None:
        return data.average_wage, OWN_INPUT, ()
    area = choice.area if choice is not None else data.area
    value, assumed = regional("pension.average_wage", data.place, data.month, pack, area)
    return value.number, source_of(value), (*assumed, *doubts(value))


def _rate(data: ContributionInput, pack: Pack) -> tuple[Decimal, Source]:
    if data.rate is not None:
        return data.rate, OWN_INPUT
    value = pack.value("pension.flex_rate", data.place, data.month)
    return value.number, source_of(value)


def _against_limits(base: Decimal, choice: BaseChoice) -> list[Notice]:
    limits = {"base": base, "lower": choice.lower, "upper": choice.upper}
    if base < choice.lower:
        return [
            Notice("below_lower_limit", mark("The base {base} is below the lower limit {lower}."), limits)
        ]
    if base > choice.upper:
        return [
            Notice("above_upper_limit", mark("The base {base} is above the upper limit {upper}."), limits)
        ]
    if choice.fixed and base not in choice.fixed:
        nearest = choice.nearest(base)
        return [
            Notice(
                "not_a_fixed_base",
                mark("This place has a list of bases and {base} is not in it; the nearest is {nearest}."),
                {"base": base, "nearest": nearest, "fixed": list(choice.fixed)},
            )
        ]
    return []


def to_fen(amount: Decimal) -> Decimal:
    return amount.quantize(_FEN, ROUND_HALF_UP)
