"""A pack: one jurisdiction's law, loaded file by file as it is asked for, looked up by place and date."""

from __future__ import annotations

import csv
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from planner import paths
from planner.policy.corrections import Correction
from planner.policy.rows import Row, Value, damaged, read_rows, read_value
from planner.values import InputError, Month, Name, Place, State, mark

NATION = Place("CN")
LATEST = date(9999, 12, 31)
NATIONAL = "national"

_NATIONWIDE = {
    "place": NATION.code,
    "area": "",
    "valid_to": "",
    "published_on": "",
    "state": State.IN_FORCE.value,
    "note": "",
}


class MissingValue(InputError):  # noqa: N818  # the name says what it is; every error of ours is an InputError
    """A value that the pack does not have: named by key, place and day, never guessed."""


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key of dated values: its unit and its names in English and Chinese (the official term).

    `needed`: every province should have it. `least` and `most` bound what a number may be, in `unit`;
    `share_least` and `share_most` bound its share of the key `share_of` in the same place and period.
    A value is to be checked again within `review_months`.
    """

    key: str
    file: str
    unit: str
    title_en: str
    title_zh: str
    needed: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    share_of: str = ""
    share_least: Decimal | None = None
    share_most: Decimal | None = None
    review_months: int = 12

    def title(self, language: str) -> str:
        return self.title_zh if language == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class Area:
    """A regional class (缴费地区类别) of a province: code, names, and the cities in it while it lasts."""

    province: Place
    code: str
    name_en: str
    name_zh: str
    cities: frozenset[Place]
    valid_from: date
    valid_to: date | None

    def lasts_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class _Series:
    """The rows of one key for one place and area, oldest first."""

    starts: tuple[date, ...]
    rows: tuple[Value, ...]

    def on(self, day: date) -> Value | None:
        """The row in force on `day`; after its end it is carried on as provisional."""
        at = bisect_right(self.starts, day) - 1
        if at < 0:
            return None
        row = self.rows[at]
        ended = row.valid_to is not None and day > row.valid_to
        return replace(row, state=State.PROVISIONAL) if ended else row


class Pack:
    """The law of one jurisdiction as data; see the package's docstring."""

    def __init__(self, folder: Path, corrections: Sequence[Correction] = ()) -> None:
        self.folder = folder
        self.corrections = tuple(corrections)
        head = _toml(folder / "pack.toml")
        self.name: str = head["name"]
        self.version: str = head["version"]
        self.sequence: int = head["sequence"]
        self.issued_on: date = head["issued_on"]
        self._tables: dict[str, tuple[Row, ...]] = {}
        self._files: dict[str, dict[tuple[str, Place, str], _Series]] = {}
        self._found: dict[tuple[str, Place, date, str], Value | None] = {}

    # Dated values

    def value(
        self, key: str, place: Place | None = None, on: date | Month = LATEST, *, area: str = ""
    ) -> Value:
        """The value of `key` at `place` (none: the nation) on a day or in a month; MissingValue if none.

        The most specific place that knows the key answers: the city, its regional class, the province, the
        nation. A month is asked for by its first day.
        """
        found = self.find(key, place, on, area=area)
        if found is None:
            where, info = place or NATION, self.key_info(key)
            raise MissingValue(
                "missing_value",
                mark("There is no value of {key} for {place} on {day} in the policy data.")
                if on != LATEST
                else mark("There is no value of {key} for {place} in the policy data."),
                field=key,
                key=Name(info.title_en, info.title_zh),
                place=Name(*(self.spoken_place(where, area, language) for language in ("en", "zh"))),
                day=str(on),
            )
        return found

    def find(
        self, key: str, place: Place | None = None, on: date | Month = LATEST, *, area: str = ""
    ) -> Value | None:
        """As `value`, but None where there is none; an unknown key is still an error."""
        place = place or NATION
        day = on.first_day if isinstance(on, Month) else on
        asked = (key, place, day, area)
        try:
            return self._found[asked]
        except KeyError:
            found = self._found[asked] = self._look_up(key, place, day, area)
            return found

    def series(self, key: str, place: Place | None = None, *, area: str = "") -> tuple[Value, ...]:
        """Every dated row of `key` stated for exactly this place and area, oldest first."""
        found = self._series(key).get((key, place or NATION, area))
        return found.rows if found else ()

    def every(self, key: str) -> tuple[Value, ...]:
        """Every row of `key`, of all places."""
        rows = [
            row for (name, _place, _area), one in self._series(key).items() if name == key for row in one.rows
        ]
        return tuple(sorted(rows, key=lambda row: (row.place, row.area, row.valid_from)))

    def keys(self) -> tuple[str, ...]:
        return tuple(self._keys)

    def knows(self, key: str) -> bool:
        """Whether this pack has the key at all; an older one may not."""
        return key in self._keys

    def key_info(self, key: str) -> KeyInfo:
        """What `key` is; an unknown key is a KeyError, because only the program names keys."""
        return self._keys[key]

    # Places

    def place(self, text: str, *, field: str = "place") -> Place:
        """The place of an ISO 3166-2 code, a GB/T 2260 code, or a Chinese or English name.

        A city may be named with its province (广东省深圳市).
        """
        asked = text.strip() if isinstance(text, str) else ""
        try:
            return Place(asked.upper())
        except ValueError:
            pass
        found = self._named(asked) or self._city_after_province(asked)
        if found is None:
            raise InputError(
                "unknown_place", mark("{field}: there is no place {value!r}"), field=field, value=text
            )
        return found

    def place_name(self, place: Place, language: str) -> str:
        """The short name of a place (广东, Guangdong); its code where it has no name here."""
        row = self._places.get(place)
        return row["name_zh" if language == "zh" else "name_en"] if row else place.code

    def place_initials(self, place: Place) -> str:
        """The first letters of the place's name as people type them: BJ."""
        row = self._places.get(place)
        return row["initials"] if row else ""

    def places(self, *, cities: bool = False) -> tuple[Place, ...]:
        """The provinces, and the known cities if asked for."""
        return tuple(place for place in self._places if place != NATION and (cities or not place.is_city))

    def spoken_place(self, place: Place, area: str, language: str) -> str:
        """A place with its regional class, as one name: `Guangdong: Other cities`."""
        name = self.place_name(place, language)
        if not area:
            return name
        return f"{name}{'：' if language == 'zh' else ': '}{self.area_name(place, area, language)}"

    def areas(self, province: Place, on: date | Month = LATEST) -> tuple[str, ...]:
        """The codes of the regional classes that a province has on that day; mostly none."""
        day = on.first_day if isinstance(on, Month) else on
        return tuple(area.code for area in self.classes(province) if area.lasts_on(day))

    def classes(self, province: Place) -> tuple[Area, ...]:
        """Every regional class that a province has or had, with its cities and its time."""
        return self._areas.get(province.province, ())

    def area_name(self, province: Place, code: str, language: str) -> str:
        """The name of a regional class; the code where it is unknown."""
        for area in self._areas.get(province.province, ()):
            if area.code == code:
                return area.name_zh if language == "zh" else area.name_en
        return code

    # Tables

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of a table; an unknown name is a KeyError."""
        rows = self._tables.get(name)
        if rows is None:
            path = self.folder / "tables" / f"{name}.csv"
            if not path.is_file():
                raise KeyError(name)
            rows = self._tables[name] = _rows(path)
        return rows

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in (self.folder / "tables").glob("*.csv")))

    # Inside

    @cached_property
    def _keys(self) -> Mapping[str, KeyInfo]:
        return {key: _key_info(key, entry) for key, entry in _toml(self.folder / "keys.toml").items()}

    @cached_property
    def _places(self) -> Mapping[Place, Row]:
        return {Place(row["code"]): row for row in self.table("places")}

    @cached_property
    def _names(self) -> Mapping[str, Place]:
        names: dict[str, Place] = {}
        for place, row in self._places.items():
            for name in (row["name_zh"], row["name_en"], row["full_name_zh"]):
                names.setdefault(_folded(name), place)
        return names

    @cached_property
    def _areas(self) -> Mapping[Place, tuple[Area, ...]]:
        found: dict[Place, tuple[Area, ...]] = {}
        for row in self.table("areas"):
            province = Place(row["place"])
            area = Area(
                province,
                row["area"],
                row["name_en"],
                row["name_zh"],
                frozenset(Place(code) for code in row["cities"].split()),
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            found[province] = (*found.get(province, ()), area)
        return found

    def _named(self, name: str) -> Place | None:
        return self._names.get(_folded(name)) or self._names.get(_folded(_bare(name)))

    def _city_after_province(self, name: str) -> Place | None:
        for province in self.places():
            row = self._places[province]
            for written in (row["full_name_zh"], row["name_zh"]):
                if name.startswith(written):
                    city = self._named(name.removeprefix(written).strip())
                    return city if city is not None and city.province == province else None
        return None

    def _series(self, key: str) -> dict[tuple[str, Place, str], _Series]:
        file = self.key_info(key).file
        known = self._files.get(file)
        if known is None:
            known = self._files[file] = self._read(file)
        return known

    def _read(self, file: str) -> dict[tuple[str, Place, str], _Series]:
        gathered: dict[tuple[str, Place, str], list[Value]] = {}
        for row in self._stated(file):
            value = read_value(row)
            gathered.setdefault((value.key, value.place, value.area), []).append(value)
        for correction in self.corrections:
            info = self._keys.get(correction.key)
            if info is not None and info.file == file:
                where = (correction.key, correction.place, correction.area)
                gathered[where] = correction.laid_over(gathered.get(where, []), info.unit)
        series = {}
        for where, values in gathered.items():
            values.sort(key=lambda value: value.valid_from)
            series[where] = _Series(tuple(value.valid_from for value in values), tuple(values))
        return series

    def _stated(self, file: str) -> Iterator[Row]:
        """The rows of a value file; the rules of the whole country stand in a TOML file of their own."""
        if file != NATIONAL:
            yield from _rows(self.folder / "values" / f"{file}.csv")
            return
        path = self.folder / f"{NATIONAL}.toml"
        try:
            rules = _toml(path)
        except (OSError, ValueError) as error:
            raise damaged(path.name, str(error)) from error
        for key, rows in rules.items():
            if not self.knows(key):
                raise damaged(path.name, key)
            for number, row in enumerate(rows, 1):
                columns = {name: str(value) for name, value in row.items()}
                unit = self.key_info(key).unit
                yield Row(_NATIONWIDE | columns | {"key": key, "unit": unit}, f"{path.name}: {key} {number}")

    def _look_up(self, key: str, place: Place, day: date, area: str) -> Value | None:
        series = self._series(key)
        if area:
            place, area = self._area_of(area, place, day)
        for where in place.lineage:
            classes = [area] if area and where == place.province else self._classes(place, where, day)
            for code in ("", *classes) if where.is_city else (*classes, ""):
                one = series.get((key, where, code))
                found = one.on(day) if one else None
                if found is not None:
                    return found
        return None

    def _classes(self, place: Place, where: Place, day: date) -> list[str]:
        if not place.is_city or where.is_city:
            return []
        return [
            area.code for area in self._areas.get(where, ()) if area.lasts_on(day) and place in area.cities
        ]

    def _area_of(self, asked: str, place: Place, day: date) -> tuple[Place, str]:
        """`asked` as a class of the province, else as a city in it.

        A class that does not exist on `day` is the one that has its cities then; none if there is none.
        """
        province = place.province
        named = [area for area in self.classes(province) if asked in (area.code, area.name_en, area.name_zh)]
        if named:
            then = [area for area in self.classes(province) if area.lasts_on(day)]
            heirs = [area for area in then if area in named or named[-1].cities <= area.cities]
            return place, heirs[0].code if heirs else ""
        city = self.place(asked, field="area")
        if city.province != province:
            raise InputError(
                "unknown_place", mark("{field}: there is no place {value!r}"), field="area", value=asked
            )
        return city, ""


def load_pack(folder: Path | None = None, corrections: Sequence[Correction] = ()) -> Pack:
    """The pack in `folder` (none: the shipped one), with `corrections` over it.

    What a person works with is `planner.policy.current_pack()`: their updates and corrections count there.
    """
    return Pack(folder or paths.resources() / "policy" / "cn", corrections)


def _key_info(key: str, entry: Mapping[str, Any]) -> KeyInfo:
    def bound(name: str) -> Decimal | None:
        return Decimal(entry[name]) if name in entry else None

    return KeyInfo(
        key,
        entry["file"],
        entry["unit"],
        entry["title_en"],
        entry["title_zh"],
        entry.get("needed", False),
        bound("least"),
        bound("most"),
        entry.get("share_of", ""),
        bound("share_least"),
        bound("share_most"),
        entry.get("review_months", 12),
    )


def _folded(name: str) -> str:
    """A name as it is compared: no case, no apostrophe (Xi'an)."""
    return name.casefold().replace("'", "").replace("’", "")


def _bare(name: str) -> str:
    """A Chinese place name without its administrative ending (广东省 -> 广东)."""
    for ending in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "省", "市", "州"):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name


def _rows(path: Path) -> tuple[Row, ...]:
    try:
        return read_rows(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise damaged(path.name, str(error)) from error


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
