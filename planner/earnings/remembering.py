"""Readers of the tables whose columns a person confirmed before."""

from __future__ import annotations

from planner.earnings.document import Document
from planner.earnings.guess import header_digest
from planner.earnings.memory import Memory
from planner.earnings.reader import Reader
from planner.earnings.readers.generic import GUESSED, ColumnMapping, Generic
from planner.values import InputError

CONFIRMED = 0.5  # surer than header words alone, less than a reader that knows its source


class Remembered(Generic):
    """Reads tables whose header is the one that the mapping was confirmed for."""

    def __init__(self, digest: str, mapping: ColumnMapping) -> None:
        super().__init__(mapping)
        self._digest = digest

    def recognise(self, document: Document) -> float:
        same = any(header_digest(head.names) == self._digest for head in document.heads)
        return CONFIRMED if same and super().recognise(document) >= GUESSED else 0.0


def remembered_readers(memory: Memory) -> list[Reader]:
    """A reader for each header that was confirmed."""
    readers: list[Reader] = []
    for digest, mapping in memory.mappings.items():
        try:
            readers.append(Remembered(digest, ColumnMapping.parse(mapping)))
        except InputError:
            continue  # of a version that knew other roles
    return readers
