"""One line of a calculation as a person can check it: rule, formula, inputs, result, source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from planner.values.confidence import Confidence, Source
from planner.values.month import Month


@dataclass(frozen=True, slots=True)
class Step:
    """`rule` is a stable code (`pension.basic`), `formula` is written with the names in `values`.

    Evaluating `formula` with `values` gives `result` (rounded as the formula says).
    """

    rule: str
    formula: str
    values: Mapping[str, Any]
    result: Any
    source: Source = field(default_factory=lambda: Source("", confidence=Confidence.WELL_KNOWN))

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "formula": self.formula,
            "values": {name: plain(value) for name, value in self.values.items()},
            "result": plain(self.result),
            "source": self.source.as_json(),
        }


def plain(value: Any) -> Any:
    """`value` in JSON's own types: decimals and months as text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
