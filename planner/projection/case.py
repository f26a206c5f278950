"""A person's case: what a projection starts from, read from the JSON object of `wenbao project`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from planner.policy import Pack
from planner.schemes.retirement_age import CATEGORIES
from planner.values import InputError, Month, Place, mark

SCENARIOS = ("low", "central", "high")
OTHER_WORK = "other"

PATHS, LEAST_PATHS, MOST_PATHS = 10_000, 1, 100_000
SEED = 20_260_101
MAX_LAPSE = 0.05
YOUNGEST = 16  # years; the age from which the employee scheme may be joined
WORK_FROM = 14  # years; nobody has paid before, whatever the rules of the time were

_MOST_YUAN = 10**9
_MOST_MONTHS = 720
_MOST_EARNED = 1200  # months of history
_CURRENCY = re.compile(r"[A-Z]{3}")
_ROUNDED = 0.01  # by which shares may exceed the whole


@dataclass(frozen=True, slots=True)
class EarnedMonth:
    """A month's income in yuan, net of fees and business costs (negative when a seller lost money).

    `orders` and `hours` where known; `shares`: the part of it that came in each foreign currency.
    """

    month: Month
    cny: float
    orders: int | None = None
    hours: float | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What was paid before: months, average index (平均缴费工资指数), account balances in yuan."""

    employee_months: int = 0
    average_index: float | None = None
    account_balance: Decimal = Decimal(0)
    resident_months: int = 0
    resident_balance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cash:
    """`essentials` yuan a month that must be spent, `buffer` yuan put by; None where it was not said."""

    essentials: float | None = None
    buffer: float | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """`max_lapse`: the accepted chance of a lapse within 12 months. `least_pension`: the floor, yuan of today
    a month that the pension should reach in nineteen of twenty futures; 0: none.

    `shocks` are named events switched on; `assumptions` holds the person's own value for an assumed one.
    """

    paths: int = PATHS
    seed: int = SEED
    scenario: str = "central"
    max_lapse: float = MAX_LAPSE
    least_pension: float = 0.0
    shocks: tuple[str, ...] = ()
    assumptions: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One person on the day `today`; `category` is that of the retirement age, `area` a regional class."""

    today: date
    born: Month
    category: str
    place: Place
    area: str = ""
    hukou: Place | None = None
    occupation: str = OTHER_WORK
    platforms: tuple[str, ...] = ()
    record: Record = Record()
    cash: Cash = Cash()
    months: tuple[EarnedMonth, ...] = ()
    settings: Settings = Settings()

    @property
    def this_month(self) -> Month:
        return Month.of(self.today)

    @property
    def first(self) -> Month:
        """The first month that is projected: the one after today's."""
        return self.this_month + 1

    @property
    def age_months(self) -> int:
        """Completed months of age, in the month of `today`."""
        return self.this_month - self.born


def case_from_json(data: object, pack: Pack) -> Case:
    """The case of a JSON object; what is wrong in it is an InputError that names the field."""
    top = _Fields(data, "")
    today = top.day("today")
    worker = top.inner("worker", needed=True)
    born = Month.parse(worker.need("born"), field="worker.born")
    age = Month.of(today) - born
    if age < 0:
        raise InputError(
            "born_ahead", mark("{field}: {month} lies ahead"), field="worker.born", month=str(born)
        )
    if age < YOUNGEST * 12:
        raise InputError(
            "too_young",
            mark("{field}: pension contributions begin at {age} years of age"),
            field="worker.born",
            age=YOUNGEST,
        )
    place = pack.place(worker.text("province", needed=True), field="worker.province")
    if place == Place("CN"):
        raise InputError(
            "unknown_place", mark("{field}: there is no place {value!r}"), field="worker.province", value="CN"
        )
    hukou = worker.text("hukou")
    settings = _settings(top.inner("settings"))
    return Case(
        today=today,
        born=born,
        category=worker.choice("category", CATEGORIES),
        place=place,
        area=_area(worker, place, today, pack),
        hukou=pack.place(hukou, field="worker.hukou") if hukou else None,
        occupation=worker.choice(
            "occupation", tuple(row["code"] for row in pack.table("occupations")), OTHER_WORK
        ),
        platforms=worker.texts("platforms"),
        record=_record(top.inner("record"), age),
        cash=_cash(top.inner("cash")),
        months=_months(top.inner("earnings"), born, Month.of(today)),
        settings=settings,
    )


def _area(worker: _Fields, place: Place, today: date, pack: Pack) -> str:
    """The regional class or city as it is written, once the pack knows it."""
    area = worker.text("area")
    if area:
        try:
            pack.find("pension.base_lower", place, today, area=area)
        except InputError as error:
            raise InputError(
                error.code, error.message, field=worker.path("area"), **dict(error.values)
            ) from None
    return area


def _record(fields: _Fields, age: int) -> Record:
    """The record of someone `age` months old: nobody has paid for longer than they can have worked."""
    longest = min(age - WORK_FROM * 12, _MOST_MONTHS)
    return Record(
        employee_months=fields.whole("employee_months", 0, 0, longest),
        average_index=fields.number("average_index", 0.01, 20),
        account_balance=fields.decimal("account_balance"),
        resident_months=fields.whole("resident_months", 0, 0, longest),
        resident_balance=fields.decimal("resident_balance"),
    )


def _cash(fields: _Fields) -> Cash:
    return Cash(fields.number("essentials", 0, _MOST_YUAN), fields.number("buffer", 0, _MOST_YUAN))


def _settings(fields: _Fields) -> Settings:
    max_lapse = fields.number("max_lapse", 0, 1)
    assumptions = fields.inner("assumptions")
    return Settings(
        paths=fields.whole("paths", PATHS, LEAST_PATHS, MOST_PATHS),
        seed=fields.whole("seed", SEED, 0, 2**63 - 1),
        scenario=fields.choice("scenario", SCENARIOS, "central"),
        max_lapse=MAX_LAPSE if max_lapse is None else max_lapse,
        least_pension=fields.number("least_pension", 0, _MOST_YUAN) or 0.0,
        shocks=fields.texts("shocks"),
        assumptions={name: assumptions.needed_number(name, -(10**9), 10**9) for name in assumptions.names},
    )


def _months(fields: _Fields, born: Month, today: Month) -> tuple[EarnedMonth, ...]:
    """The earned months, oldest first; those after the running month or before the birth are refused."""
    found: dict[Month, EarnedMonth] = {}
    for row in fields.objects("monthly", _MOST_EARNED):
        month = Month.parse(row.need("month"), field=row.path("month"))
        if month > today:
            raise InputError(
                "month_ahead",
                mark("{field}: {month} has not been earned yet"),
                field=row.path("month"),
                month=str(month),
            )
        if month < born:
            raise InputError(
                "out_of_range",
                mark("{field}: {month} lies before the birth"),
                field=row.path("month"),
                month=str(month),
            )
        if month in found:
            raise InputError(
                "month_twice",
                mark("{field}: {month} is given twice"),
                field=row.path("month"),
                month=str(month),
            )
        orders = row.number("orders", 0, 10**6)
        found[month] = EarnedMonth(
            month,
            row.needed_number("cny", -_MOST_YUAN, _MOST_YUAN),
            None if orders is None else round(orders),
            row.number("hours", 0, 744),
            _shares(row.inner("shares")),
        )
    return tuple(found[month] for month in sorted(found))


def _shares(fields: _Fields) -> dict[str, float]:
    """Currency to its part of the month; together no more than the whole."""
    for name in fields.names:
        if not _CURRENCY.fullmatch(name):
            raise InputError(
                "bad_currency",
                mark("{field}: {value!r} is no currency code such as USD"),
                field=fields.path(name),
                value=name,
            )
    shares = {name: fields.needed_number(name, 0, 1) for name in fields.names}
    if sum(shares.values()) > 1 + _ROUNDED:
        raise InputError(
            "out_of_range", mark("{field}: the parts are more than the whole"), field=fields.path("")
        )
    return shares


class _Fields:
    """A JSON object read field by field; every refusal names the field by its path."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise InputError(
                "bad_object",
                mark("{field} must be an object, not {value!r}")
                if where
                else mark("the case must be an object"),
                field=where,
                value=data,
            )
        self._data: Mapping[str, Any] = data
        self._where = where

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self._data)

    def path(self, name: str) -> str:
        """Where the field `name` stands; the object itself for an empty one."""
        return ".".join(part for part in (self._where, name) if part)

    def need(self, name: str) -> Any:
        value = self._data.get(name)
        if value is None or value == "":
            raise InputError("missing_field", mark("{field} is missing"), field=self.path(name))
        return value

    def inner(self, name: str, *, needed: bool = False) -> _Fields:
        value = self._data.get(name)
        if value is None:
            if needed:
                self.need(name)
            value = {}
        return _Fields(value, self.path(name))

    def objects(self, name: str, most: int) -> tuple[_Fields, ...]:
        rows = self._list(name)
        if len(rows) > most:
            raise InputError(
                "out_of_range",
                mark("{field} must be between {low} and {high}"),
                field=self.path(name),
                low=0,
                high=most,
            )
        return tuple(_Fields(row, f"{self.path(name)}[{at}]") for at, row in enumerate(rows))

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.need(name) if needed else self._data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong("bad_text", mark("{field} must be text, not {value!r}"), name, value)
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._list(name)
        for value in values:
            if not isinstance(value, str):
                raise self._wrong("bad_text", mark("{field} must be text, not {value!r}"), name, value)
        return tuple(values)

    def choice(self, name: str, choices: tuple[str, ...], default: str = "") -> str:
        value = self.text(name, needed=not default) or default
        if value not in choices:
            raise InputError(
                "bad_choice",
                mark("{field} must be one of {choices}, not {value!r}"),
                field=self.path(name),
                choices=", ".join(choices),
                value=value,
            )
        return value

    def day(self, name: str) -> date:
        value = self.need(name)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self._wrong(
                "bad_date", mark("{field} must be a date such as 2026-08-01, not {value!r}"), name, value
            ) from None

    def decimal(self, name: str) -> Decimal:
        """An amount of yuan from 0 on."""
        self.number(name, 0, _MOST_YUAN)
        value = self._data.get(name)
        return Decimal(0) if value is None else Decimal(str(value))

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        value = self.number(name, low, high)
        if value is None:
            return default
        if value != round(value):
            raise self._wrong("bad_number", mark("{field} must be a whole number"), name, value)
        return int(self._data[name]) if isinstance(self._data[name], int) else round(value)

    def needed_number(self, name: str, low: float, high: float) -> float:
        self.need(name)
        value = self.number(name, low, high)
        assert value is not None
        return value

    def number(self, name: str, low: float, high: float) -> float | None:
        """A JSON number or decimal string within the limits; None where there is none."""
        value = self._data.get(name)
        if value is None:
            return None
        try:
            number = math.nan if isinstance(value, bool) else float(Decimal(str(value)))
        except (InvalidOperation, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise self._wrong("bad_number", mark("{field} must be a number, not {value!r}"), name, value)
        if not low <= number <= high:
            raise InputError(
                "out_of_range",
                mark("{field} must be between {low} and {high}"),
                field=self.path(name),
                low=str(low),
                high=str(high),
            )
        return number

    def _list(self, name: str) -> list[Any]:
        value = self._data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong("bad_list", mark("{field} must be a list, not {value!r}"), name, value)
        return value

    def _wrong(self, code: str, message: str, name: str, value: object) -> InputError:
        return InputError(code, message, field=self.path(name), value=value)
