"""What a month of medical insurance costs a person who pays it alone.

Employee scheme (职工医保): a rate of a base between the place's own medical limits, or one fixed amount where
the place has that. Resident scheme (城乡居民医保): one payment a year, shown by the month. How much goes to a
personal account (个人账户) is set locally: split where the place's share is known, else said to be unknown.
"""

from __future__ import annotations

from decimal import Decimal

from planner.policy import Pack, Value
from planner.schemes.contribution import ContributionInput, ContributionResult, base_of, to_fen
from planner.schemes.lookup import regional_or_none
from planner.schemes.outcome import OWN_INPUT, Notice, doubts, joined, source_of
from planner.values import InputError, Source, Step, mark

_ZERO = Decimal("0.00")
_MONTHS = 12


def medical_contribution(data: ContributionInput, pack: Pack) -> ContributionResult:
    """The month's payment in the medical scheme asked for."""
    if data.scheme == "resident_medical" and data.rate is None:
        return _resident(data, pack)
    fixed = _find("medical.flex_monthly", data, pack)
    rate, rate_value = _rate(data, pack)
    chosen = data.base is not None or data.tier is not None
    if rate is None or (not chosen and fixed is not None and data.rate is None):
        return _fixed(data, fixed, chosen, pack)
    return _by_rate(data, rate, rate_value, pack)


def _find(key: str, data: ContributionInput, pack: Pack) -> Value | None:
    return pack.find(key, data.place, data.month, area=data.area)


def _rate(data: ContributionInput, pack: Pack) -> tuple[Decimal | None, Value | None]:
    if data.rate is not None:
        return data.rate, None
    value = _find("medical.flex_rate", data, pack)
    return (value.number if value is not None else None), value


def _resident(data: ContributionInput, pack: Pack) -> ContributionResult:
    yearly = pack.value("medical.resident_yearly", data.place, data.month, area=data.area)
    monthly = to_fen(yearly.number / _MONTHS) + data.fixed_addon
    step = Step(
        "contribution.resident_medical",
        "half_up(yearly / 12, 0.01) + fixed_addon",
        {"yearly": yearly.number, "fixed_addon": data.fixed_addon},
        monthly,
        source_of(yearly),
    )
    paid_yearly = Notice(
        "paid_once_a_year",
        mark("It is paid once a year, {yearly} yuan in the enrolment season; places may ask for more."),
        {"yearly": yearly.number},
    )
    return _result(_ZERO, monthly, (*doubts(yearly), paid_yearly), (step,))


def _fixed(data: ContributionInput, fixed: Value | None, chosen: bool, pack: Pack) -> ContributionResult:
    """One amount for all; a chosen base or tier changes nothing there."""
    if fixed is None:
        key = "medical.flex_rate" if chosen else "medical.flex_monthly"
        fixed = pack.value(key, data.place, data.month, area=data.area)
    monthly = to_fen(fixed.number + data.fixed_addon)
    step = Step(
        "contribution.medical_fixed",
        "half_up(amount + fixed_addon, 0.01)",
        {"amount": fixed.number, "fixed_addon": data.fixed_addon},
        monthly,
        source_of(fixed),
    )
    notices = [*doubts(fixed)]
    if chosen:
        notices.append(
            Notice(
                "one_amount_for_all",
                mark("This place has one amount for medical insurance; the base you chose changes nothing."),
            )
        )
    share = _share(data, pack)
    if share is not None and share.number:  # a share of the base says nothing about an amount without one
        share = None
    return _split(_ZERO, monthly, ("amount", fixed.number), tuple(notices), (step,), share)


def _by_rate(
    data: ContributionInput, rate: Decimal, rate_value: Value | None, pack: Pack
) -> ContributionResult:
    lower, assumed = regional_or_none("medical.base_lower", data.place, data.month, pack, data.area)
    upper = _find("medical.base_upper", data, pack)
    notices = [*doubts(rate_value)]
    if data.base is not None or data.tier is not None:
        base, base_step, of_wage = base_of(data, None, pack)
        notices += [*of_wage, *_against(base, lower, upper)]
    else:
        base, base_step = _lowest(data, lower, pack)
        notices += [*assumed, *doubts(lower)]
        notices.append(
            Notice(
                "lowest_base_assumed",
                mark("No base was chosen; the lowest medical base, {base}, was taken."),
                {"base": base},
            )
        )
    monthly = to_fen(base * rate) + data.fixed_addon
    source: Source = OWN_INPUT if rate_value is None else source_of(rate_value)
    step = Step(
        "contribution.medical_rate",
        "half_up(base * rate, 0.01) + fixed_addon",
        {"base": base, "rate": rate, "fixed_addon": data.fixed_addon},
        monthly,
        joined(source, base_step.source),
    )
    share = _share(data, pack) if rate_value is not None else None  # of another rate nothing is known
    return _split(base, monthly, ("base", base), tuple(notices), (base_step, step), share)


def _lowest(data: ContributionInput, lower: Value | None, pack: Pack) -> tuple[Decimal, Step]:
    if lower is None:
        if data.rate is not None:
            raise InputError("missing_field", mark("give {field} or base"), field="tier")
        lower = pack.value("medical.base_lower", data.place, data.month, area=data.area)
    base = lower.number
    return base, Step("contribution.base", "lowest_base", {"lowest_base": base}, base, source_of(lower))


def _against(base: Decimal, lower: Value | None, upper: Value | None) -> list[Notice]:
    if lower is not None and base < lower.number:
        values = {"base": base, "lower": lower.number}
        return [
            Notice("below_lower_limit", mark("The base {base} is below the lower limit {lower}."), values)
        ]
    if upper is not None and base > upper.number:
        values = {"base": base, "upper": upper.number}
        return [
            Notice("above_upper_limit", mark("The base {base} is above the upper limit {upper}."), values)
        ]
    if lower is None:
        said = mark("The limits of that month are not known, so the base was not checked.")
        return [Notice("limits_unknown", said)]
    return []


_NOT_SPLIT = Notice(
    "medical_account_unknown",
    mark("Pool and account parts of a medical contribution are set locally; it is not split here."),
)


def _share(data: ContributionInput, pack: Pack) -> Value | None:
    return _find("medical.account_share", data, pack) if pack.knows("medical.account_share") else None


def _split(
    base: Decimal,
    monthly: Decimal,
    counted: tuple[str, Decimal],
    notices: tuple[Notice, ...],
    steps: tuple[Step, ...],
    share: Value | None,
) -> ContributionResult:
    """Pool and account of `monthly`, where the share for the account of what is `counted` is known."""
    if share is None:
        return _result(base, monthly, (*notices, _NOT_SPLIT), steps)
    name, amount = counted
    account = min(to_fen(amount * share.number), monthly)
    source = source_of(share)
    split = (
        Step(
            "contribution.account",
            f"min(half_up({name} * account_rate, 0.01), monthly)",
            {name: amount, "account_rate": share.number, "monthly": monthly},
            account,
            source,
        ),
        Step(
            "contribution.pool",
            "monthly - account",
            {"monthly": monthly, "account": account},
            monthly - account,
            source,
        ),
    )
    return _result(base, monthly, (*notices, *doubts(share)), (*steps, *split), account)


def _result(
    base: Decimal,
    monthly: Decimal,
    notices: tuple[Notice, ...],
    steps: tuple[Step, ...],
    account: Decimal = _ZERO,
) -> ContributionResult:
    return ContributionResult(
        base=base,
        monthly=monthly,
        pool=monthly - account,
        account=account,
        warnings=notices,
        explain=lambda: steps,
    )
