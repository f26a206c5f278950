"""Social-insurance subsidy (社保补贴) for people with difficulty in finding work and for recent graduates.

Paid back after payment, as a share of what was really paid or a fixed sum, for a limited number of months;
someone near retirement when it is first approved keeps it until then. Places set share, cap and months inside
the national limits, which stand in where a place's own rule is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from planner.policy import Pack, Row
from planner.schemes.contribution import allowed_bases
from planner.schemes.outcome import Notice, Outcome, joined, unconfirmed
from planner.values import InputError, Month, Place, Source, Step, mark

GROUPS = ("hard_to_employ", "graduate")
KINDS = ("both", "pension", "medical")

_FEN = Decimal("0.01")
_NATION = "CN"
_NEAR_RETIREMENT = 60  # months: under five years to go at first approval


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyInput:
    """`paid_monthly` yuan really paid; `kinds` which insurance it was paid for.

    `months_used` of subsidy had so far; `months_to_retirement` when it was first approved.
    """

    place: Place
    group: str
    month: Month
    paid_monthly: Decimal
    kinds: str = "both"
    months_used: int = 0
    months_to_retirement: int | None = None


@dataclass(frozen=True, kw_only=True)
class Subsidy(Outcome):
    """`monthly` yuan at most; `months_left` with this month's."""

    monthly: Decimal
    months_left: int


def subsidy(data: SubsidyInput, pack: Pack) -> Subsidy:
    """What the place gives a month and for how many months more."""
    row = _row_of(data, pack)
    national = _national(data.group, pack)
    left, month_step = _months_left(data, row, national)
    amount, formula, values, source = _amount(data, row, pack)
    monthly = amount if left else amount * 0
    notices = _notices(data, row, left)

    def explain() -> tuple[Step, ...]:
        given = Step("subsidy.monthly", formula, values, amount, source)
        return (month_step, given) if left else (month_step,)

    return Subsidy(monthly=monthly, months_left=left, warnings=notices, explain=explain)


def _row_of(data: SubsidyInput, pack: Pack) -> Row:
    """The place's own rule for the group: the city's, the province's, else the national limits."""
    for place in data.place.lineage:
        rows = [
            row
            for row in pack.table("subsidies")
            if row["place"] == place.code and data.group in row["groups"].split() and _begun(row, data.month)
        ]
        if rows:
            return rows[-1]
    raise InputError(
        "missing_value",
        mark("{field}: no rule for subsidies is known for {value}"),
        field="month",
        value=str(data.month),
    )


def _begun(row: Row, month: Month) -> bool:
    return not row["valid_from"] or date.fromisoformat(row["valid_from"]) <= month.last_day


def _ended(row: Row, month: Month) -> bool:
    return bool(row["valid_to"]) and date.fromisoformat(row["valid_to"]) < month.first_day


def _national(group: str, pack: Pack) -> Row:
    return next(
        row for row in pack.table("subsidies") if row["place"] == _NATION and group in row["groups"].split()
    )


def _months_left(data: SubsidyInput, row: Row, national: Row) -> tuple[int, Step]:
    stated = row if row["months_max"] else national
    most = int(stated["months_max"])
    values: dict[str, object] = {"months_max": most, "months_used": data.months_used}
    formula = "max(months_max - months_used, 0)"
    to_go = data.months_to_retirement
    if data.group == "hard_to_employ" and to_go is not None and to_go < _NEAR_RETIREMENT:
        most = max(most, to_go)
        values["months_to_retirement"] = to_go
        formula = "max(max(months_max, months_to_retirement) - months_used, 0)"
    left = max(most - data.months_used, 0)
    return left, Step("subsidy.months_left", formula, values, left, stated.source)


def _amount(data: SubsidyInput, row: Row, pack: Pack) -> tuple[Decimal, str, dict[str, object], Source]:
    paid = data.paid_monthly
    if row["fixed_yuan"]:
        fixed = Decimal(row["fixed_yuan"].split()[KINDS.index(data.kinds)])
        values: dict[str, object] = {"fixed": fixed, "paid_monthly": paid}
        return (
            min(fixed, paid).quantize(_FEN, ROUND_HALF_UP),
            "half_up(min(fixed, paid_monthly), 0.01)",
            values,
            row.source,
        )
    share = Fraction(row["share"])
    part, whole = Decimal(share.numerator), Decimal(share.denominator)
    values = {"paid_monthly": paid, "part": part, "whole": whole}
    formula, amount, source = "paid_monthly * part / whole", paid * part / whole, row.source
    if row["share_above"]:
        least, limits = _least_contribution(data, pack)
        above = Decimal(row["share_above"])
        values |= {"least_contribution": least, "share_above": above}
        formula = (
            "min(paid_monthly, least_contribution) * part / whole"
            " + max(paid_monthly - least_contribution, 0) * share_above"
        )
        amount = min(paid, least) * part / whole + max(paid - least, Decimal(0)) * above
        source = joined(row.source, limits)
    if row["cap_yuan"]:
        cap = row.decimal("cap_yuan")
        values["cap"] = cap
        formula, amount = f"min({formula}, cap)", min(amount, cap)
    return amount.quantize(_FEN, ROUND_HALF_UP), f"half_up({formula}, 0.01)", values, source


def _least_contribution(data: SubsidyInput, pack: Pack) -> tuple[Decimal, Source]:
    """The pension contribution on the lowest base of the place."""
    choice = allowed_bases(data.place, data.month, pack)
    rate = pack.value("pension.flex_rate", data.place, data.month)
    return choice.lower * rate.number, choice.values[0].source


def _notices(data: SubsidyInput, row: Row, left: int) -> tuple[Notice, ...]:
    found = [
        Notice(
            "needs_registration",
            mark("It needs registered flexible work and is paid back later; ask before you count on it."),
        )
    ]
    if row["place"] == _NATION:
        found.append(
            Notice(
                "national_limits_used",
                mark("The place's own rule is not known: these are the national limits; it may give less."),
            )
        )
    elif _ended(row, data.month):
        found.append(
            Notice(
                "rule_has_ended",
                mark("The rule known here ended on {valid_to}; whether it goes on was not seen."),
                {"valid_to": row["valid_to"]},
            )
        )
    until = row.get("amount_until", "")
    if until and date.fromisoformat(until) < data.month.first_day:
        found.append(
            Notice(
                "amount_carried_on",
                mark("The amount known here held until {until}; a newer one was not seen."),
                {"until": until},
            )
        )
    if not row["cap_yuan"] and not row["fixed_yuan"]:
        found.append(
            Notice(
                "subsidy_cap_local",
                mark("Most places count at most the contribution on the lowest base; yours may have a cap."),
            )
        )
    found.extend(unconfirmed(row.source))
    if not left:
        found.append(Notice("subsidy_used_up", mark("The months of this subsidy are used up.")))
    return tuple(found)
