"""Reads the table of statutory injury benefits: each row a rate on a named base, for an item and a grade."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from planner.policy import MissingValue, Pack, Row, Value
from planner.schemes.injury import MONTH, ONCE, TREATMENT, InjuryInput, Item
from planner.schemes.lookup import regional
from planner.schemes.outcome import OWN_INPUT, Notice, doubts, joined, source_of, unconfirmed
from planner.values import InputError, Source, Step, mark

_FEN = Decimal("0.01")
_PERCENT = Decimal("0.01")
_PER_DAYS = re.compile(r"local_minimum_monthly_wage_per_(\d+)_days")
_CLAMPED = re.compile(r"own_12m_avg_contribution_wage_clamped_(\d+)_(\d+)pct")


@dataclass(frozen=True, slots=True)
class BaseAmount:
    """A base in yuan with the name steps give it and where it comes from."""

    name: str
    amount: Decimal
    source: Source
    steps: tuple[Step, ...] = ()


@dataclass
class Bill:
    """Collects the items of one event with their steps and notices.

    An item whose base is not known is left out and said; `settled` refuses a bill that would be empty by it.
    """

    data: InjuryInput
    pack: Pack
    items: list[Item] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _bases: dict[str, BaseAmount] = field(default_factory=dict)
    _missing: list[MissingValue] = field(default_factory=list)
    _uncertain: dict[str, Source] = field(default_factory=dict)

    def add(self, row: Row, payer: str, scheme: str) -> None:
        """The item of `row`, if it comes to anything."""
        unit, rate = row["unit"], row.decimal("value")
        if unit == "amount" or rate == 0:
            return
        handler = _UNITS.get(unit) or (_living if _PER_DAYS.fullmatch(unit) else None)
        if handler is None:
            return
        try:
            made = handler(self, row, rate)
        except MissingValue as missing:
            self.left_out(row["item"], missing)
            return
        if made is None:
            return
        amount, period, formula, values, source = made
        step = Step(f"{scheme}.{row['item']}", formula, values, amount, joined(row.source, source))
        self.enter(Item(row["item"], amount, period, payer), step, row)

    def enter(self, item: Item, step: Step, row: Row) -> None:
        """An item that was counted by `row`."""
        self.items.append(item)
        self.steps.append(step)
        if unconfirmed(row.source):
            self._uncertain.setdefault(item.item, row.source)

    def left_out(self, item: str, missing: MissingValue) -> None:
        """An item that cannot be counted, because a value is not in the policy data."""
        self._missing.append(missing)
        said = mark("Not counted ({item}): the policy data has no value of {value} for {place} on {day}.")
        about = {name: missing.values[name] for name in ("place", "day")}
        self.notices.append(
            Notice("part_not_counted", said, {"item": item, "value": missing.values["key"], **about})
        )

    def settled(self) -> tuple[Item, ...]:
        """The items; MissingValue where what is missing would leave the event without any, or without a sum.

        Rules that no official page confirms are said with them.
        """
        lumps = any(item.period == ONCE for item in self.items)
        if self._missing and not (lumps or (self.items and self.data.event == "treatment")):
            raise self._missing[0]
        for source in list(self._uncertain.values())[:1]:
            self.notices.extend(unconfirmed(source, items=list(self._uncertain)))
        return tuple(self.items)

    def base(self, code: str) -> BaseAmount:
        """The base a row names; looked up once, its doubts noted once."""
        found = self._bases.get(code)
        if found is None:
            found = self._bases[code] = _base(self, code)
            self.steps.extend(found.steps)
        return found

    def looked_up(self, value: Value) -> Source:
        self.notices.extend(each for each in doubts(value) if each not in self.notices)
        return source_of(value)


Made = tuple[Decimal, str, str, Mapping[str, object], Source]


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(_FEN, ROUND_HALF_UP)


def _months(bill: Bill, row: Row, rate: Decimal) -> Made:
    base = bill.base(row["base"])
    values = {base.name: base.amount, "months": rate}
    return _fen(base.amount * rate), ONCE, f"half_up({base.name} * months, 0.01)", values, base.source


def _multiple(bill: Bill, row: Row, rate: Decimal) -> Made:
    base = bill.base(row["base"])
    values = {base.name: base.amount, "multiple": rate}
    return _fen(base.amount * rate), ONCE, f"half_up({base.name} * multiple, 0.01)", values, base.source


def _percent_of_base(bill: Bill, row: Row, rate: Decimal) -> Made:
    base = bill.base(row["base"])
    values = {base.name: base.amount, "percent": rate}
    formula = f"half_up({base.name} * percent / 100, 0.01)"
    return _fen(base.amount * rate * _PERCENT), MONTH, formula, values, base.source


def _share_of_cost(bill: Bill, row: Row, rate: Decimal) -> Made | None:
    cost = bill.data.medical
    if cost is None or row["item"] != "medical":
        return None
    values = {"in_catalogue_cost": cost, "share": rate}
    return _fen(cost * rate), TREATMENT, "half_up(in_catalogue_cost * share, 0.01)", values, OWN_INPUT


def _living(bill: Bill, row: Row, rate: Decimal) -> Made | None:
    days = bill.data.days
    match = _PER_DAYS.fullmatch(row["unit"])
    if days is None or match is None:
        return None
    base = bill.base(row["base"])
    per = Decimal(match[1])
    values = {base.name: base.amount, "days": days, "days_of_month": per, "share": rate}
    formula = f"half_up({base.name} * share * days / days_of_month, 0.01)"
    return _fen(base.amount * rate * days / per), TREATMENT, formula, values, base.source


def _own_wage_percent(bill: Bill, row: Row, rate: Decimal) -> Made | None:
    wage = bill.data.monthly_wage
    if wage is None:
        return None
    values = {"monthly_wage": wage, "percent": rate}
    formula = "half_up(monthly_wage * percent / 100, 0.01)"
    return _fen(wage * rate * _PERCENT), MONTH, formula, values, OWN_INPUT


def _fixed_yuan(bill: Bill, row: Row, rate: Decimal) -> Made:
    return _fen(rate), ONCE, "half_up(amount, 0.01)", {"amount": rate}, row.source


_UNITS: dict[str, Callable[[Bill, Row, Decimal], Made | None]] = {
    "months": _months,
    "multiple": _multiple,
    "pct_of_base": _percent_of_base,
    "share_of_in_catalogue_cost": _share_of_cost,
    "pct_of_own_wage": _own_wage_percent,
    "yuan": _fixed_yuan,
}


def _base(bill: Bill, code: str) -> BaseAmount:
    data, pack = bill.data, bill.pack
    if code == "provincial_private_unit_monthly_avg_wage_prev_year":
        if data.wage_base is not None:
            return BaseAmount("wage_base", data.wage_base, OWN_INPUT)
        value = pack.value("injury.oip.wage_base", data.place, data.date)
        return BaseAmount("wage_base", value.number, bill.looked_up(value))
    if code == "national_urban_disposable_income_prev_year":
        value = pack.value("injury.death_income", on=data.date)
        return BaseAmount("income_of_year_before", value.number, bill.looked_up(value))
    if code == "local_monthly_minimum_wage":
        value = pack.value("minimum_wage.month", data.place, data.date)
        return BaseAmount("minimum_wage", value.number, bill.looked_up(value))
    if match := _CLAMPED.fullmatch(code):
        return _clamped_wage(bill, Decimal(match[1]) * _PERCENT, Decimal(match[2]) * _PERCENT)
    return _pooling_wage(bill)


def _pooling_wage(bill: Bill) -> BaseAmount:
    """The average wage of the pooling area (统筹地区): the reference wage of the contribution limits."""
    if bill.data.scheme == "wii" and bill.data.wage_base is not None:
        return BaseAmount("area_average_wage", bill.data.wage_base, OWN_INPUT)
    value, assumed = regional("pension.average_wage", bill.data.place, bill.data.date, bill.pack)
    bill.notices.extend(assumed)
    return BaseAmount("area_average_wage", value.number, bill.looked_up(value))


def _clamped_wage(bill: Bill, low: Decimal, high: Decimal) -> BaseAmount:
    own = bill.data.monthly_wage
    if own is None:
        raise InputError("missing_field", mark("{field} is missing"), field="monthly_wage")
    area = bill.base("pooling_area_monthly_avg_wage_prev_year")
    clamped = _fen(min(max(own, area.amount * low), area.amount * high))
    step = Step(
        "injury.own_wage_base",
        "half_up(min(max(monthly_wage, area_average_wage * low), area_average_wage * high), 0.01)",
        {"monthly_wage": own, "area_average_wage": area.amount, "low": low, "high": high},
        clamped,
        area.source,
    )
    return BaseAmount("own_wage_base", clamped, area.source, (step,))
