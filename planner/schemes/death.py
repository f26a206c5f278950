"""What the employee scheme pays after a death that was no work injury (遗属待遇), and who gets the account.

Funeral grant (丧葬补助金) and survivor lump sum (抚恤金) are months of the urban income per head of the year
before, in the province. Of the personal account the whole balance goes to the heirs; the pool share does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.policy import Pack, Row, Value
from planner.schemes.outcome import OWN_INPUT, Notice, Outcome, doubts, joined, source_of, unconfirmed
from planner.values import InputError, Place, Source, Step, mark

_FEN = Decimal("0.01")
_ZERO = Decimal(0)
_TWELVE = 12
_ALLOWANCE_SINCE = date(2025, 1, 1)
_DISABILITY_ALLOWANCE = Notice(
    "disability_allowance",
    mark(
        "Someone who has become fully unable to work before the retirement age, by an official appraisal, "
        "may claim a monthly disability allowance while living ({document}): with the minimum years and "
        "five years or less to go, as much as the pension; earlier, the basic part; without the minimum "
        "years, for a limited time. It is not worked out here; ask the office."
    ),
    {"document": "人社部发〔2024〕72号"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathInput:
    """`contribution_months` with deemed ones; `pension_years_drawn` None: died before drawing a pension.

    `income_per_head` yuan a year; `account_balance` yuan, what is left of the account on that day.
    """

    place: Place
    date: date
    contribution_months: int
    pension_years_drawn: Decimal | None = None
    income_per_head: Decimal | None = None
    account_balance: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class DeathBenefit(Outcome):
    """Yuan, once. `account` is what heirs get of it; None where its balance was not given."""

    funeral: Decimal
    survivor: Decimal
    survivor_months: int
    account: Decimal | None


def death_benefit(data: DeathInput, pack: Pack) -> DeathBenefit:
    """Both grants and the account; nothing but the account without a contribution."""
    funeral_months = pack.value("death.funeral_months", on=data.date)
    value, income, source = _income(data, pack)
    survivor_months, steps, rule = _survivor_months(data, pack)
    months_of_funeral = funeral_months.number if data.contribution_months else _ZERO
    law = joined(funeral_months.source, source)
    funeral, funeral_step = _grant("death.funeral", income, months_of_funeral, law)
    survivor, survivor_step = _grant("death.survivor", income, Decimal(survivor_months), law)
    steps = (*steps, funeral_step, survivor_step)
    account = None
    if data.account_balance is not None:
        share = pack.value("death.account_share", on=data.date)
        account = _fen(data.account_balance * share.number)
        values = {"account_balance": data.account_balance, "share": share.number}
        formula = "half_up(account_balance * share, 0.01)"
        steps = (*steps, Step("death.account", formula, values, account, source_of(share)))
    return DeathBenefit(
        funeral=funeral,
        survivor=survivor,
        survivor_months=survivor_months,
        account=account,
        warnings=_notices(data, value, rule),
        explain=lambda: steps,
    )


def _grant(rule: str, income: Decimal, months: Decimal, source: Source) -> tuple[Decimal, Step]:
    """That many months of a yearly income."""
    amount = _fen(income * months / _TWELVE)
    values = {"income_per_head": income, "months": months}
    return amount, Step(rule, "half_up(income_per_head * months / 12, 0.01)", values, amount, source)


def _income(data: DeathInput, pack: Pack) -> tuple[Value | None, Decimal, Source]:
    if data.income_per_head is not None:
        return None, data.income_per_head, OWN_INPUT
    value = pack.value("death.income_per_head", data.place, data.date)
    return value, value.number, source_of(value)


def _survivor_months(data: DeathInput, pack: Pack) -> tuple[int, tuple[Step, ...], Source]:
    """Months of the lump sum by whole contribution years, less those of pension drawn down to a floor."""
    years = data.contribution_months // _TWELVE
    row = _row_of(years, data.date, pack)
    start, base, further = (int(row[name]) for name in ("years_from", "months", "months_per_further_year"))
    months = base + (years - start) * further if data.contribution_months else 0
    if not data.contribution_months:
        values = {"contribution_months": 0}
        return 0, (Step("death.survivor_months", "contribution_months", values, 0, row.source),), row.source
    earned = Step(
        "death.survivor_months",
        "months_of_bracket + (contribution_months // 12 - years_from) * months_per_further_year",
        {
            "months_of_bracket": base,
            "contribution_months": data.contribution_months,
            "years_from": start,
            "months_per_further_year": further,
        },
        months,
        row.source,
    )
    if data.pension_years_drawn is None:
        return months, (earned,), row.source
    less = pack.value("death.survivor_less_per_pension_year", on=data.date)
    floor = pack.value("death.survivor_floor_months", on=data.date)
    drawn = int(data.pension_years_drawn)
    left = max(months - drawn * int(less.number), int(floor.number))
    lessened = Step(
        "death.survivor_months_left",
        "max(months - pension_years_drawn // 1 * less_per_year, floor)",
        {
            "months": months,
            "pension_years_drawn": data.pension_years_drawn,
            "less_per_year": less.number,
            "floor": floor.number,
        },
        left,
        joined(less.source, floor.source),
    )
    return left, (earned, lessened), row.source


def _row_of(years: int, day: date, pack: Pack) -> Row:
    for row in pack.table("death_survivor"):
        if (
            date.fromisoformat(row["valid_from"]) <= day
            and int(row["years_from"]) <= years
            and (not row["years_below"] or years < int(row["years_below"]))
        ):
            return row
    raise InputError(
        "missing_value", mark("{field}: the rules before {day} are not known"), field="date", day="2021-09-01"
    )


def _notices(data: DeathInput, income: Value | None, rule: Source) -> tuple[Notice, ...]:
    found = [*doubts(income), *(unconfirmed(rule) if data.contribution_months else ())]
    if data.contribution_months % _TWELVE:
        found.append(
            Notice(
                "whole_years_counted",
                mark("Only whole contribution years were counted; ask the office about the months beyond."),
            )
        )
    if data.account_balance is None:
        found.append(
            Notice(
                "account_balance_not_given",
                mark("What is left of the personal account goes to the heirs; give account_balance."),
            )
        )
    if data.contribution_months and data.pension_years_drawn is None and data.date >= _ALLOWANCE_SINCE:
        found.append(_DISABILITY_ALLOWANCE)
    return tuple(found)


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(_FEN, ROUND_HALF_UP)
