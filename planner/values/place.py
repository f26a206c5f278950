"""A place as the law sees it: the nation, a province (ISO 3166-2) or a city (GB/T 2260 code)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GB_PROVINCES = {
    "11": "CN-BJ",
    "12": "CN-TJ",
    "13": "CN-HE",
    "14": "CN-SX",
    "15": "CN-NM",
    "21": "CN-LN",
    "22": "CN-JL",
    "23": "CN-HL",
    "31": "CN-SH",
    "32": "CN-JS",
    "33": "CN-ZJ",
    "34": "CN-AH",
    "35": "CN-FJ",
    "36": "CN-JX",
    "37": "CN-SD",
    "41": "CN-HA",
    "42": "CN-HB",
    "43": "CN-HN",
    "44": "CN-GD",
    "45": "CN-GX",
    "46": "CN-HI",
    "50": "CN-CQ",
    "51": "CN-SC",
    "52": "CN-GZ",
    "53": "CN-YN",
    "54": "CN-XZ",
    "61": "CN-SN",
    "62": "CN-GS",
    "63": "CN-QH",
    "64": "CN-NX",
    "65": "CN-XJ",
}
_FORM = re.compile(r"CN|CN-[A-Z]{2}|\d{6}")


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """`code` is `CN`, `CN-GD` or `440300`; names belong to the policy data."""

    code: str

    def __post_init__(self) -> None:
        known = _FORM.fullmatch(self.code) and (
            self.code == "CN" or self.code in _GB_PROVINCES.values() or self.code[:2] in _GB_PROVINCES
        )
        if not known:
            raise ValueError(f"not a place code: {self.code!r}")

    @property
    def is_city(self) -> bool:
        return self.code[0].isdigit()

    @property
    def province(self) -> Place:
        """The province it lies in; the nation answers itself."""
        return Place(_GB_PROVINCES[self.code[:2]]) if self.is_city else self

    @property
    def lineage(self) -> tuple[Place, ...]:
        """Itself and what it lies in, the smallest first: city, province, nation."""
        wider = [self, self.province, Place("CN")]
        return tuple(dict.fromkeys(wider))

    def __str__(self) -> str:
        return self.code


PROVINCES: tuple[Place, ...] = tuple(Place(code) for code in _GB_PROVINCES.values())
