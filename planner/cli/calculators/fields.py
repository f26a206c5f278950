"""Reading a calculator's JSON input by declared fields; the same declaration writes its JSON Schema.

A field says its name, how its value is read, and whether it may be left out. Every refusal is an InputError
whose `field` is the path in the document (`history[2].base`). Numbers may be JSON numbers or decimal strings;
true, false, NaN and infinities are no numbers.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from planner.policy import Pack
from planner.values import InputError, Month, Place, mark

LARGEST = Decimal("1e12")
FIRST_YEAR = 1900
LAST_YEAR = 2199

_PLAIN = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,18})?")
_LEAP = r"((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
_DAY_OR_MONTH = (
    r"^((19|20|21)\d{2}-((0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    rf"|{_LEAP}-02-29)$"
)


class Kind(ABC):
    """How one JSON value becomes a value of ours, and the schema of what is accepted."""

    @abstractmethod
    def read(self, raw: Any, path: str, pack: Pack) -> Any: ...

    @abstractmethod
    def schema(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Field:
    """`about` is one English sentence for the schema."""

    name: str
    kind: Kind
    about: str
    required: bool = False


class Number(Kind):
    """A decimal between `low` and `high`."""

    def __init__(self, low: str = "0", high: str = "1e12") -> None:
        self.low = Decimal(low)
        self.high = Decimal(high)

    def read(self, raw: Any, path: str, pack: Pack) -> Decimal:
        kind = type(raw)
        if kind is int:
            value = Decimal(raw)
        elif kind is Decimal:
            value = raw
        elif kind is str and _PLAIN.fullmatch(raw):
            value = Decimal(raw)
        else:
            raise refused("bad_number", mark("{field} must be a number, not {value!r}"), path, raw)
        if not self.low <= value <= self.high:
            if value < 0 <= self.low:
                raise refused("negative", mark("{field} must not be negative"), path, raw)
            raise InputError(
                "out_of_range",
                mark("{field} must be between {low} and {high}"),
                field=path,
                low=format(self.low.normalize(), "f"),
                high=format(self.high.normalize(), "f"),
            )
        return value

    def schema(self) -> dict[str, Any]:
        sign = "-?" if self.low < 0 else ""
        number: dict[str, Any] = {"type": "number", "minimum": _plain(self.low), "maximum": _plain(self.high)}
        return {"anyOf": [number, {"type": "string", "pattern": rf"^{sign}\d{{1,13}}(\.\d{{1,18}})?$"}]}


class Whole(Kind):
    """A whole number between `low` and `high`."""

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def read(self, raw: Any, path: str, pack: Pack) -> int:
        if type(raw) is str and _PLAIN.fullmatch(raw):
            raw = Decimal(raw)
        if type(raw) is Decimal and raw == raw.to_integral_value():
            raw = int(raw) if abs(raw) < LARGEST else self.high + 1
        if type(raw) is not int:
            raise refused("bad_number", mark("{field} must be a whole number, not {value!r}"), path, raw)
        if not self.low <= raw <= self.high:
            raise InputError(
                "out_of_range",
                mark("{field} must be between {low} and {high}"),
                field=path,
                low=self.low,
                high=self.high,
            )
        return raw

    def schema(self) -> dict[str, Any]:
        sign = "-?" if self.low < 0 else ""
        number = {"type": "integer", "minimum": self.low, "maximum": self.high}
        return {"anyOf": [number, {"type": "string", "pattern": rf"^{sign}\d{{1,13}}(\.0{{1,18}})?$"}]}


class Text(Kind):
    """A short text."""

    def __init__(self, longest: int = 100) -> None:
        self.longest = longest

    def read(self, raw: Any, path: str, pack: Pack) -> str:
        if type(raw) is not str or len(raw) > self.longest:
            raise refused("bad_text", mark("{field} must be a short text, not {value!r}"), path, raw)
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}


class YesNo(Kind):
    """true or false."""

    def read(self, raw: Any, path: str, pack: Pack) -> bool:
        if type(raw) is not bool:
            raise refused("bad_choice", mark("{field} must be true or false, not {value!r}"), path, raw)
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Choice(Kind):
    """One of some words."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def read(self, raw: Any, path: str, pack: Pack) -> str:
        if type(raw) is not str or raw not in self.choices:
            raise InputError(
                "bad_choice",
                mark("{field} must be one of {choices}, not {value!r}"),
                field=path,
                choices=", ".join(self.choices),
                value=_short(raw),
            )
        return raw

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


class MonthOrDay(Kind):
    """`YYYY-MM` or `YYYY-MM-DD` in years a person can have; read as the month."""

    def read(self, raw: Any, path: str, pack: Pack) -> Month:
        if type(raw) is str:
            return _sane_month(raw, path)
        return Month.parse(raw, field=path)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": _DAY_OR_MONTH}


class Day(Kind):
    """`YYYY-MM-DD`, or `YYYY-MM` for the first of the month."""

    def read(self, raw: Any, path: str, pack: Pack) -> date:
        month = Month.parse(raw, field=path)
        _sane_year(month.year, path, raw)
        return date.fromisoformat(raw) if len(raw) > 7 else month.first_day

    def schema(self) -> dict[str, Any]:
        return MonthOrDay().schema()


class YearOrMonth(Kind):
    """A year (its December) or a month."""

    def read(self, raw: Any, path: str, pack: Pack) -> Month:
        if type(raw) is str and re.fullmatch(r"\d{4}", raw):
            raw = int(raw)
        if type(raw) is int:
            _sane_year(raw, path, raw)
            return Month(raw, 12)
        return MonthOrDay().read(raw, path, pack)

    def schema(self) -> dict[str, Any]:
        year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
        return {"anyOf": [year, {"type": "string", "pattern": r"^(19|20|21)\d{2}$"}, MonthOrDay().schema()]}


class PlaceName(Kind):
    """An ISO 3166-2 code, a GB/T 2260 code, or a Chinese or English name."""

    def read(self, raw: Any, path: str, pack: Pack) -> Any:
        if type(raw) is not str or not raw or len(raw) > 40:
            raise refused("unknown_place", mark("{field}: {value!r} is no place we know"), path, raw)
        return _place(raw, path, pack)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": 40}


class Many(Kind):
    """A list of at most `longest` items."""

    def __init__(self, item: Kind, longest: int = 200, shortest: int = 0) -> None:
        self.item = item
        self.longest = longest
        self.shortest = shortest

    def read(self, raw: Any, path: str, pack: Pack) -> tuple[Any, ...]:
        if type(raw) is not list:
            raise refused("bad_list", mark("{field} must be a list, not {value!r}"), path, raw)
        if not self.shortest <= len(raw) <= self.longest:
            raise InputError(
                "bad_list",
                mark("{field} must have between {low} and {high} items"),
                field=path,
                low=self.shortest,
                high=self.longest,
            )
        read = self.item.read
        return tuple(read(item, f"{path}[{at}]", pack) for at, item in enumerate(raw))

    def schema(self) -> dict[str, Any]:
        items = self.item.schema()
        return {"type": "array", "items": items, "minItems": self.shortest, "maxItems": self.longest}


class ByYear(Kind):
    """An object whose keys are years."""

    def __init__(self, item: Kind) -> None:
        self.item = item

    def read(self, raw: Any, path: str, pack: Pack) -> dict[int, Any]:
        if type(raw) is not dict:
            raise refused("bad_object", mark("{field} must be an object, not {value!r}"), path, raw)
        found = {}
        for key, item in raw.items():
            if not re.fullmatch(r"(19|20|21)\d{2}", key):
                raise refused("bad_year", mark("{field} must have years as keys, not {value!r}"), path, key)
            found[int(key)] = self.item.read(item, f"{path}.{key}", pack)
        return found

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "patternProperties": {r"^(19|20|21)\d{2}$": self.item.schema()},
            "additionalProperties": False,
        }


class Either(Kind):
    """A word, or else something of another kind."""

    def __init__(self, words: Choice, otherwise: Kind) -> None:
        self.words = words
        self.otherwise = otherwise

    def read(self, raw: Any, path: str, pack: Pack) -> Any:
        if type(raw) is str and raw in self.words.choices:
            return raw
        return self.otherwise.read(raw, path, pack)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.words.schema(), self.otherwise.schema()]}


class Record(Kind):
    """An object of declared fields.

    Of each group of names in `one_of` at least one must be given, of each in `not_both` at most one.
    """

    def __init__(
        self,
        *fields: Field,
        one_of: tuple[tuple[str, ...], ...] = (),
        not_both: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.fields = fields
        self.one_of = one_of
        self.not_both = not_both
        self._readers = {field.name: field.kind.read for field in fields}
        self._required = tuple(field.name for field in fields if field.required)
        self._one_of = tuple((frozenset(group), group[0]) for group in one_of)

    def read(self, raw: Any, path: str, pack: Pack) -> dict[str, Any]:
        if type(raw) is not dict:
            raise refused("bad_object", mark("{field} must be an object, not {value!r}"), path, raw)
        below = f"{path}." if path else ""
        readers = self._readers
        if not raw.keys() <= readers.keys():
            name = next(name for name in raw if name not in readers)
            raise InputError(
                "unknown_field", mark("{field} is no field of this calculation"), field=below + _shown(name)
            )
        found = {
            name: readers[name](value, below + name, pack) for name, value in raw.items() if value is not None
        }
        for name in self._required:
            if name not in found:
                raise InputError("missing_field", mark("{field} is missing"), field=below + name)
        for group, first in self._one_of:
            if group.isdisjoint(found):
                raise InputError("missing_field", mark("{field} is missing"), field=below + first)
        for first, second in self.not_both:
            if first in found and second in found:
                raise InputError(
                    "either_or",
                    mark("give {field} or {other}, not both"),
                    field=below + second,
                    other=below + first,
                )
        return found

    def schema(self) -> dict[str, Any]:
        properties = {}
        for field in self.fields:
            kind = field.kind.schema()
            if not field.required:
                kind = {"anyOf": [kind, {"type": "null"}]}
            properties[field.name] = {"description": field.about, **kind}
        document: dict[str, Any] = {
            "type": "object",
            "properties": properties,
            "required": [field.name for field in self.fields if field.required],
            "additionalProperties": False,
        }
        conditions: list[dict[str, Any]] = [
            {"anyOf": [_given(name) for name in group]} for group in self.one_of
        ]
        conditions += [{"not": {"allOf": [_given(name) for name in pair]}} for pair in self.not_both]
        return document | ({"allOf": conditions} if conditions else {})


def refused(code: str, message: str, path: str, value: object) -> InputError:
    """An InputError that shows the refused value, cut short."""
    return InputError(code, message, field=path, value=_short(value))


def _given(name: str) -> dict[str, Any]:
    """`name` is there and not null."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


@lru_cache(maxsize=8192)
def _sane_month(raw: str, path: str) -> Month:
    month = Month.parse(raw, field=path)
    _sane_year(month.year, path, raw)
    return month


@lru_cache(maxsize=8192)
def _place(raw: str, path: str, pack: Pack) -> Place:
    return pack.place(raw, field=path)


def _sane_year(year: int, path: str, raw: object) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            "out_of_range",
            mark("{field} must be between {low} and {high}"),
            field=path,
            low=FIRST_YEAR,
            high=LAST_YEAR,
        )


def _short(value: object) -> object:
    if isinstance(value, (dict, list)):
        return "{...}" if isinstance(value, dict) else "[...]"
    if isinstance(value, str):
        return value if len(value) <= 40 else value[:40] + "..."
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < LARGEST else "a very large number"
    return value if not isinstance(value, Decimal) else str(value)[:40]


def _shown(name: str) -> str:
    """A name that can be printed anywhere."""
    return _cut(name.encode("ascii", "backslashreplace").decode() if not name.isprintable() else name)


def _cut(name: str) -> str:
    return name if len(name) <= 60 else name[:60] + "..."


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
