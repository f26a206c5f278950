"""The words of one language, each found in its compiled catalogue (`.mo`) when it is said.

The standard library decodes thousands of sentences before it gives the first; a start has no time for that.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from pathlib import Path

_MAGIC = 0x950412DE


class Catalogue:
    """A catalogue whose ids stand in order, as the format wants them; the first form is for every count."""

    def __init__(self, file: Path) -> None:
        self._content = file.read_bytes()
        magic, _version, self._count, self._ids, self._words = struct.unpack_from("<5I", self._content)
        if magic != _MAGIC:
            raise ValueError(f"{file.name} is no catalogue")
        self._said: dict[str, str] = {}

    def words(self, message: str) -> str:
        """The words for a message id, the id itself where there are none."""
        words = self._said.get(message)
        if words is None:
            words = self._said[message] = self._find(message)
        return words

    def _find(self, message: str) -> str:
        wanted = message.encode()
        place = bisect_left(range(self._count), wanted, key=self._id)
        if not message or place == self._count or self._id(place) != wanted:
            return message
        return self._first(self._words, place).decode()

    def _id(self, place: int) -> bytes:
        return self._first(self._ids, place)

    def _first(self, table: int, place: int) -> bytes:
        """The first of the forms (one, many) of an entry."""
        length, start = struct.unpack_from("<2I", self._content, table + 8 * place)
        return self._content[start : start + length].partition(b"\0")[0]
