"""A personal accident policy (意外险): percentages of a sum by its own disability grades, part of the bill.

Its grades are those of the insurers' scale, never those of work injury; the worker, the platform or the union
pays the premium, so what it costs is part of the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planner.policy import Pack, Row
from planner.schemes.injury import (
    ONCE,
    TREATMENT,
    InjuryInput,
    InjuryResult,
    Item,
    PolicyTerms,
    total_lump,
)
from planner.schemes.outcome import OWN_INPUT, Notice, joined, unconfirmed
from planner.schemes.per_order import lump_step, sector_of
from planner.values import InputError, Source, Step, mark

PAYER = "insurer"

_FEN = Decimal("0.01")
_HUNDRED = Decimal(100)
_AMOUNT = re.compile(r"\s*(?:about )?(\d+(?:\.\d+)?)(?![\d.]*%)(?:\s*-\s*(\d+(?:\.\d+)?))?")
_OF_SUM = re.compile(r"(\d+)% of the death limit")
_OWN_SCALE = re.compile(r"\d+(?:/\d+){9}")
_ASSUMED = {
    "instant_delivery": "platform_rider_meituan_crowd",
    "ride_hailing": "individual_accident_class5_6_driver",
    "city_freight": "individual_accident_class5_6_driver",
}
_ASSUMED_OTHERWISE = "individual_accident_class1_3_desk"
_IN_WINDOW = {
    "on_order": "yes",
    "online_between_orders": "grey",
    "platform_ordered_activity": "grey",
    "offline_commute": "grey",
    "off_duty": "no",
}
_ALL_DAY = ("24 h", "policy year")
_PERHAPS_ALL_DAY = "24 h or"


@dataclass(frozen=True, slots=True)
class _Terms:
    """A policy as it is applied: yuan, None where the product does not say."""

    sum_insured: Decimal | None
    medical_limit: Decimal | None
    deductible: Decimal
    rate: Decimal | None
    daily: Decimal | None
    premium: Decimal | None
    round_the_clock: bool
    perhaps_round_the_clock: bool
    percent_of_grade: tuple[Decimal, ...]
    source: Source
    notices: tuple[Notice, ...]


def accident(data: InjuryInput, pack: Pack) -> InjuryResult:
    """What the policy pays for a death, a grade of its own scale, or a treatment."""
    terms = _terms(data, pack)
    covered = "yes" if terms.round_the_clock or not data.order_state else _IN_WINDOW[data.order_state]
    if covered == "no" and terms.perhaps_round_the_clock:
        covered = "grey"
    why = _why(data, terms, covered)
    items: list[Item] = []
    steps: list[Step] = [
        Step("accident.coverage", "verdict", {"verdict": covered, "because": why[0]}, covered, terms.source)
    ]
    notices = list(terms.notices)
    if covered != "no":
        if data.event == "death":
            _death(terms, items, steps, notices)
        elif data.event == "disability":
            _disability(data, terms, items, steps, notices)
        _medical(data, terms, items, steps, notices)
        _daily(data, terms, items, steps, notices)
    done = tuple(items)
    steps.append(lump_step(done, steps))
    found = tuple(steps)
    return InjuryResult(
        items=done,
        covered=covered,
        total_lump=total_lump(done),
        why=why,
        premium_year=terms.premium,
        warnings=tuple(notices),
        explain=lambda: found,
    )


def _why(data: InjuryInput, terms: _Terms, covered: str) -> tuple[str, ...]:
    if terms.round_the_clock:
        return ("policy_covers_all_day",)
    if not data.order_state:
        return ("order_state_assumed",)
    return (
        {"yes": "inside_policy_window", "grey": "policy_window_unsure", "no": "outside_policy_window"}[
            covered
        ],
    )


def _death(terms: _Terms, items: list[Item], steps: list[Step], notices: list[Notice]) -> None:
    if terms.sum_insured is None:
        notices.append(_unknown("death_disability_sum"))
        return
    if not terms.sum_insured:
        return
    items.append(Item("death_sum", _fen(terms.sum_insured), ONCE, PAYER))
    values = {"sum_insured": terms.sum_insured}
    steps.append(
        Step("accident.death_sum", "half_up(sum_insured, 0.01)", values, items[-1].amount, terms.source)
    )
    notices.append(
        Notice(
            "illness_is_no_accident",
            mark("Sudden death by illness is not an accident unless the policy says so."),
        )
    )


def _disability(
    data: InjuryInput, terms: _Terms, items: list[Item], steps: list[Step], notices: list[Notice]
) -> None:
    assert data.grade is not None
    if not terms.sum_insured or not terms.percent_of_grade:
        if terms.sum_insured != 0:
            notices.append(_unknown("death_disability_sum"))
        return
    percent = terms.percent_of_grade[data.grade - 1]
    amount = _fen(terms.sum_insured * percent / _HUNDRED)
    items.append(Item("disability_sum", amount, ONCE, PAYER))
    steps.append(
        Step(
            "accident.disability_sum",
            "half_up(sum_insured * percent / 100, 0.01)",
            {"sum_insured": terms.sum_insured, "percent": percent, "grade": data.grade},
            amount,
            terms.source,
        )
    )
    notices.append(
        Notice(
            "grade_of_the_insurers_scale",
            mark(
                "The grade counts on the insurers' own scale, where an injury may rank lower or not at all."
            ),
        )
    )


def _medical(
    data: InjuryInput, terms: _Terms, items: list[Item], steps: list[Step], notices: list[Notice]
) -> None:
    if data.medical is None:
        return
    if terms.medical_limit is None or terms.rate is None:
        notices.append(_unknown("medical_limit"))
        return
    amount = _fen(min(max(data.medical - terms.deductible, Decimal(0)) * terms.rate, terms.medical_limit))
    items.append(Item("medical", amount, TREATMENT, PAYER))
    steps.append(
        Step(
            "accident.medical",
            "half_up(min(max(in_catalogue_cost - deductible, 0) * share, limit), 0.01)",
            {
                "in_catalogue_cost": data.medical,
                "deductible": terms.deductible,
                "share": terms.rate,
                "limit": terms.medical_limit,
            },
            amount,
            terms.source,
        )
    )


def _daily(
    data: InjuryInput, terms: _Terms, items: list[Item], steps: list[Step], notices: list[Notice]
) -> None:
    if data.days and terms.daily is None:
        notices.append(_unknown("daily_allowance"))
    if not data.days or not terms.daily:
        return
    amount = _fen(terms.daily * data.days)
    items.append(Item("daily_allowance", amount, TREATMENT, PAYER))
    values = {"daily_allowance": terms.daily, "days": data.days}
    steps.append(
        Step(
            "accident.daily_allowance", "half_up(daily_allowance * days, 0.01)", values, amount, terms.source
        )
    )


def _terms(data: InjuryInput, pack: Pack) -> _Terms:
    own = data.policy or PolicyTerms()
    notices: list[Notice] = []
    row: Row | None = None
    if own.name or own.death_disability_sum is None:
        name = own.name or _assumed(data, pack)
        row = _product(name, pack)
        if not own.name:
            notices.append(
                Notice(
                    "policy_assumed",
                    mark("No policy was named; the terms of {policy} are shown. Enter your own policy."),
                    {"policy": name},
                )
            )
    scale, scale_source = _scale(row, pack)
    if row is None:
        source = joined(scale_source, OWN_INPUT)
    else:
        source = row.source
        notices.extend(unconfirmed(source))
        ranges = [column for column in _COLUMNS if _is_range(row, column)]
        if ranges:
            notices.append(
                Notice(
                    "terms_are_a_range",
                    mark("Policies of this kind differ; the lower end is shown. Enter your own policy."),
                    {"fields": ranges},
                )
            )
    window = row["cover_window"] if row is not None else _ALL_DAY[0]
    insured = _first(own.death_disability_sum, row, "death_disability_sum_yuan")
    return _Terms(
        sum_insured=insured,
        medical_limit=_medical_limit(own, row, insured),
        deductible=_deductible(own, row),
        rate=_first(own.rate, row, "reimbursement_rate"),
        daily=Decimal(0)
        if row is None and own.daily_allowance is None
        else _first(own.daily_allowance, row, "daily_allowance_yuan"),
        premium=_first(own.annual_premium, row, "annual_premium_yuan"),
        round_the_clock=window in _ALL_DAY,
        perhaps_round_the_clock=window.startswith(_PERHAPS_ALL_DAY),
        percent_of_grade=scale,
        source=source,
        notices=tuple(notices),
    )


_COLUMNS = (
    "death_disability_sum_yuan",
    "medical_limit_yuan",
    "deductible_yuan",
    "reimbursement_rate",
    "annual_premium_yuan",
)


def _first(own: Decimal | None, row: Row | None, column: str) -> Decimal | None:
    """The person's own term, else the product's; of a range the lower end."""
    if own is not None or row is None:
        return own
    match = _AMOUNT.match(row[column])
    return Decimal(match[1]) if match else None


def _medical_limit(own: PolicyTerms, row: Row | None, insured: Decimal | None) -> Decimal | None:
    """Yuan, or a share of the sum insured where the product puts it so."""
    of_sum = (
        _OF_SUM.match(row["medical_limit_yuan"]) if row is not None and own.medical_limit is None else None
    )
    if of_sum is None:
        return _first(own.medical_limit, row, "medical_limit_yuan")
    return insured * Decimal(of_sum[1]) / _HUNDRED if insured is not None else None


def _deductible(own: PolicyTerms, row: Row | None) -> Decimal:
    """The higher end of a range, so that the lower end of what is paid is shown; nothing if not said."""
    if own.deductible is not None or row is None:
        return own.deductible or Decimal(0)
    match = _AMOUNT.match(row["deductible_yuan"])
    return Decimal(match[2] or match[1]) if match else Decimal(0)


def _is_range(row: Row, column: str) -> bool:
    match = _AMOUNT.match(row[column])
    return bool(match and match[2])


def _scale(row: Row | None, pack: Pack) -> tuple[tuple[Decimal, ...], Source]:
    """Percent of the sum for grades 1 to 10: the product's own list, else the insurers' scale."""
    rows = sorted(pack.table("accident_grades"), key=lambda each: int(each["grade"]))
    if row is not None:
        if own := _OWN_SCALE.search(row["disability_schedule"]):
            return tuple(Decimal(each) for each in own[0].split("/")), row.source
        if row["disability_schedule"].strip() in ("none", "uncertain"):
            return (), row.source
    return tuple(each.decimal("percent") for each in rows), rows[0].source


def _assumed(data: InjuryInput, pack: Pack) -> str:
    sector = sector_of(data.occupation, pack) if data.occupation else "instant_delivery"
    return _ASSUMED.get(sector, _ASSUMED_OTHERWISE)


def _product(name: str, pack: Pack) -> Row:
    for row in pack.table("commercial_cover"):
        if row["product_type"] == name:
            return row
    raise InputError(
        "unknown_policy",
        mark("{field}: {value!r} is no policy we know"),
        field="policy",
        value=name,
    )


def _unknown(term: str) -> Notice:
    return Notice(
        "policy_term_unknown",
        mark("The policy's {term} is not known, so that part was not counted. Enter it from your policy."),
        {"term": term},
    )


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(_FEN, ROUND_HALF_UP)
