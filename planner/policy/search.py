"""Finds values of a pack by words: Chinese and English names, pinyin initials, years, amounts, documents.

Chinese is found anywhere in a name; letters and digits from the beginning of a word, so that bj is Beijing
and not the middle of ybjf (医保缴费).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from planner.policy.pack import NATION, Pack
from planner.policy.pinyin import initials_from_each_word
from planner.policy.rows import Value
from planner.values import Confidence, Place, State

_STATES = {
    State.IN_FORCE: "in force 现行 有效",
    State.PROVISIONAL: "provisional 暂用 沿用",
    State.MISSING: "missing 缺",
}
_CONFIDENCES = {
    Confidence.SOURCED: "official document 官方 文件",
    Confidence.WELL_KNOWN: "well known 公认",
    Confidence.UNCERTAIN: "not certain uncertain 不确定",
}
_OWN = "own correction 更正"
_BEGINNING = re.compile("(?<![a-z0-9])(?=[a-z0-9])")
_MARK = "\x02"  # before a word of letters or digits


def searchable(parts: Iterable[str]) -> str:
    """Names, one a line, in which the words of `asked` can be looked for."""
    return "\n".join(["", *map(_marked, parts), ""])


def asked(text: str) -> list[str]:
    """The words that somebody typed, each to be looked for in what `searchable` made."""
    return _marked(text.replace("，", " ")).split()


@lru_cache(maxsize=4096)
def _marked(text: str) -> str:
    return _BEGINNING.sub(_MARK, text.casefold())


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Value
    text: str
    order: tuple[int, int, int]


class Index:
    """Every dated value of one pack, ready to be searched; built once (some milliseconds), asked often."""

    def __init__(self, pack: Pack) -> None:
        places = (NATION, *pack.places(cities=True))
        self._places = {place: _place_words(pack, place) for place in places}
        position = {place: at for at, place in enumerate(places)}
        self._entries = [
            _Entry(
                row,
                self._text(pack, row, words),
                (position.get(row.place, 9999), at, -row.valid_from.toordinal()),
            )
            for at, (key, words) in enumerate((key, _key_words(pack, key)) for key in tuple(pack.keys()))
            for row in pack.every(key)
        ]

    def find(self, text: str, near: Place | None = None) -> tuple[Value, ...]:
        """The values that every word of `text` is about: whole names before parts, then `near` first."""
        words = asked(text)
        if not words:
            return ()
        found = [entry for entry in self._entries if all(word in entry.text for word in words)]
        lineage = near.lineage if near else ()

        def rank(entry: _Entry) -> tuple[int, int, tuple[int, int, int]]:
            place = entry.value.place
            distance = lineage.index(place) if place in lineage else len(lineage)
            return (-_closeness(entry.text, words), distance, entry.order)

        return tuple(entry.value for entry in sorted(found, key=rank))

    def _text(self, pack: Pack, row: Value, key_words: tuple[str, ...]) -> str:
        area = (
            [pack.area_name(row.place, row.area, language) for language in ("zh", "en")] if row.area else []
        )
        last = row.valid_to.year if row.valid_to else row.valid_from.year
        amounts = row.value if isinstance(row.value, tuple) else (row.value,)
        parts = [
            *self._places.get(row.place, (row.place.code,)),
            *key_words,
            *area,
            *map(initials_from_each_word, area[:1]),
            *map(str, range(row.valid_from.year, min(last, row.valid_from.year + 30) + 1)),
            *map(str, amounts),
            row.source.title,
            _STATES[row.state],
            _CONFIDENCES[row.source.confidence],
            _OWN if row.corrected else "",
        ]
        return searchable(parts)


def _closeness(text: str, words: list[str]) -> int:
    """2 for a word that is a whole name, 1 for the beginning of one."""
    return sum(2 if f"\n{word}\n" in text else f"\n{word}" in text for word in words)


def _place_words(pack: Pack, place: Place) -> tuple[str, ...]:
    names = [pack.place_name(place, language) for language in ("zh", "en")]
    return (*names, pack.place_initials(place), place.code)


def _key_words(pack: Pack, key: str) -> tuple[str, ...]:
    info = pack.key_info(key)
    return (info.title_zh, info.title_en, initials_from_each_word(info.title_zh), key)
