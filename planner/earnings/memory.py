"""What a person confirmed for earlier files: the columns of a table by its header, a source's currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MAPPINGS, CURRENCIES = "mappings", "currencies"  # their kinds in the store


@dataclass(frozen=True)
class Memory:
    """`mappings`: header digest -> mapping as in a mapping file; `currencies`: source -> currency code."""

    mappings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Mapping[str, Any]]) -> Memory:
        """From what the store remembers; what cannot be used is passed over."""
        mappings, currencies = stored.get(MAPPINGS, {}), stored.get(CURRENCIES, {})
        return cls(
            {name: value for name, value in mappings.items() if isinstance(value, Mapping)},
            {name: value for name, value in currencies.items() if isinstance(value, str)},
        )

    def with_mapping(self, digest: str, mapping: Mapping[str, Any] | None) -> Memory:
        """The memory with the mapping for a header, or without one."""
        return replace(self, mappings=_changed(self.mappings, digest, mapping))

    def with_currency(self, source: str, currency: str | None) -> Memory:
        """The memory with the currency for a source whose files name none, or without one."""
        return replace(self, currencies=_changed(self.currencies, source, currency))


def _changed(known: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    others = {key: kept for key, kept in known.items() if key != name}
    return others if value is None else {**others, name: value}
