"""What every calculator's result has in common: notices for the person and steps that can be checked.

Steps are built when they are asked for, not before, so that a batch that shows none does not pay for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.policy import Value
from planner.values import Confidence, Source, State, Step, mark


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning: `code` is stable, `message` an English sentence whose placeholders `values` fills."""

    code: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


Explain = Callable[[], tuple[Step, ...]]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`warnings` may be empty; `steps` recompute the result from the inputs, each with its source."""

    warnings: tuple[Notice, ...] = ()
    explain: Explain = field(default=tuple, repr=False, compare=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.explain()


OWN_INPUT = Source(mark("your own input"), confidence=Confidence.WELL_KNOWN)


def source_of(value: Value | None) -> Source:
    """The source of a pack value as it may be shown: a provisional one is never surer than uncertain."""
    if value is None:
        return OWN_INPUT
    source = value.source
    if value.state is State.PROVISIONAL and source.confidence is not Confidence.UNCERTAIN:
        return replace(source, confidence=Confidence.UNCERTAIN)
    return source


def joined(rule: Source, *inputs: Source) -> Source:
    """The rule's document, as sure as the least sure of the rule and its inputs; their origins come first."""
    confidence = Confidence.weakest(rule.confidence, *(each.confidence for each in inputs))
    origins = tuple(origin for each in (*inputs, rule) for origin in each.origins)
    return replace(rule, confidence=confidence, origins=tuple(dict.fromkeys(origins)))


def doubts(*values: Value | None) -> tuple[Notice, ...]:
    """A notice for each value that is provisional or uncertain."""
    found = []
    for value in values:
        if value is None:
            continue
        place = str(value.place)
        if value.state is State.PROVISIONAL:
            found.append(
                Notice(
                    "provisional_value",
                    mark("A value of {valid_from} is carried on here because no newer one is known."),
                    {"key": value.key, "place": place, "valid_from": value.valid_from.isoformat()},
                )
            )
        elif value.source.confidence is Confidence.UNCERTAIN:
            found.append(
                Notice(
                    "uncertain_value",
                    mark("No official page confirms a value used here; check it before you rely on it."),
                    {"key": value.key, "place": place, "valid_from": value.valid_from.isoformat()},
                )
            )
    return _once(found)


def unconfirmed(source: Source, **about: Any) -> tuple[Notice, ...]:
    """A notice if no official page confirms the rule behind `source`."""
    if source.confidence is not Confidence.UNCERTAIN:
        return ()
    said = mark("No official page confirms how all of this is counted; ask before you rely on it.")
    return (Notice("uncertain_rule", said, about),)


def _once(notices: list[Notice]) -> tuple[Notice, ...]:
    seen: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        seen.setdefault((notice.code, str(notice.values)), notice)
    return tuple(seen.values())
