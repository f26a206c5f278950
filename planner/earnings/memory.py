"""What a person confirmed for earlier files: the columns of a table by its header, a source's currency."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.earnings.document import Document
from planner.earnings.guess import header_digest
from planner.earnings.reader import Reader
from planner.earnings.readers.generic import GUESSED, ColumnMapping, Generic
from planner.values import InputError

SETTING = "earnings_memory"  # its name in the store
CONFIRMED = 0.5  # surer than header words alone, less than a reader that knows its source


class Remembered(Generic):
    """Reads tables whose header is the one that the mapping was confirmed for."""

    def __init__(self, digest: str, mapping: ColumnMapping) -> None:
        super().__init__(mapping)
        self._digest = digest

    def recognise(self, document: Document) -> float:
        same = any(header_digest(head.names) == self._digest for head in document.heads)
        return CONFIRMED if same and super().recognise(document) >= GUESSED else 0.0


@dataclass(frozen=True)
class Memory:
    """`mappings`: header digest -> mapping as in a mapping file; `currencies`: source -> currency code."""

    mappings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_text(cls, stored: str | None) -> Memory:
        """From what `as_text` gave; what cannot be used is passed over."""
        try:
            data = json.loads(stored or "{}")
            return cls(dict(data.get("mappings", {})), dict(data.get("currencies", {})))
        except (ValueError, AttributeError, TypeError):
            return cls()

    def as_text(self) -> str:
        """For the store's settings."""
        document = {"mappings": self.mappings, "currencies": self.currencies}
        return json.dumps(document, ensure_ascii=False, sort_keys=True)

    def with_mapping(self, digest: str, mapping: Mapping[str, Any] | None) -> Memory:
        """The memory with the mapping for a header, or without one."""
        return replace(self, mappings=_changed(self.mappings, digest, mapping))

    def with_currency(self, source: str, currency: str | None) -> Memory:
        """The memory with the currency for a source whose files name none, or without one."""
        return replace(self, currencies=_changed(self.currencies, source, currency))

    def readers(self) -> list[Reader]:
        """A reader for each header that was confirmed."""
        readers: list[Reader] = []
        for digest, mapping in self.mappings.items():
            try:
                readers.append(Remembered(digest, ColumnMapping.parse(mapping)))
            except InputError:
                continue  # of a version that knew other roles
        return readers


def _changed(known: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    others = {key: kept for key, kept in known.items() if key != name}
    return others if value is None else {**others, name: value}
