"""A card: one honest proposal or piece of news, with everything a person needs to take it or leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from planner.advice.sentence import Say, Sentence, in_english
from planner.values import Name, Source
from planner.values.step import plain

WORKER = "worker"
PUBLIC_FUND = "public_fund"
NOTHING = "nothing"

Number = Decimal | int | float


@dataclass(frozen=True)
class Fact:
    """Something that is so: `code` is stable, `value` in `unit` is what `text` says in words."""

    code: str
    text: Sentence
    value: Number | str | None = None
    unit: str = ""
    source: Source | None = None

    def as_json(self, say: Say) -> dict[str, Any]:
        source = None
        if self.source is not None:
            source = {**self.source.as_json(), "title": say(self.source.title) if self.source.title else ""}
        return {
            "code": self.code,
            "text": self.text.said(say),
            "value": _number(self.value),
            "unit": self.unit,
            "source": source,
        }


@dataclass(frozen=True)
class Alternative:
    """One way to go on; costs in yuan, None where nobody can know. `more` holds plain numbers to show beside.

    `beneficiaries` gain money if it is taken; one that pays anybody but the worker or a public fund is only
    ever listed.
    """

    id: str
    text: Sentence
    cost_month: Decimal | None = None
    cost_year: Decimal | None = None
    beneficiaries: frozenset[str] = frozenset({WORKER})
    more: Mapping[str, Number | str | None] = field(default_factory=dict)

    def as_json(self, say: Say) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text.said(say),
            "cost_month": _number(self.cost_month),
            "cost_year": _number(self.cost_year),
            "beneficiaries": sorted(self.beneficiaries),
            **{name: _number(value) for name, value in self.more.items()},
        }


@dataclass(frozen=True)
class Gate:
    """The answer of an ethics gate, kept in the log: `values` are what it looked at."""

    id: str
    passed: bool
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """Costs in yuan are those of accepting what is proposed: nothing, where nothing is pre-filled.

    `default` is the id of the alternative that is pre-filled; empty where the person chooses among equals.
    `trigger` holds the numbers that made the card fire.
    """

    id: str
    version: int
    reason: Sentence
    facts: tuple[Fact, ...]
    alternatives: tuple[Alternative, ...]
    cost_month: Decimal
    cost_year: Decimal
    what_if_nothing: Sentence
    rule_id: str
    strength: str
    beneficiaries: frozenset[str]
    title: str
    default: str = ""
    deadline: date | None = None
    trigger: Mapping[str, Any] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()

    def __post_init__(self) -> None:
        ids = [each.id for each in self.alternatives]
        if len(ids) < 2 or NOTHING not in ids or len(set(ids)) != len(ids):
            raise ValueError(f"{self.id}: at least two ways to go on, one of them doing nothing, not {ids}")
        if self.default and self.default not in ids:
            raise ValueError(f"{self.id}: the default {self.default!r} is none of {ids}")
        if not self.rule_id or not self.beneficiaries:
            raise ValueError(f"{self.id}: rule and beneficiaries are missing")

    @property
    def is_default(self) -> bool:
        """Whether something is pre-filled, to be confirmed or left."""
        return bool(self.default)

    def as_json(self, say: Say = in_english) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_default": self.is_default,
            "default": self.default or None,
            "title": say(self.title),
            "reason": self.reason.said(say),
            "facts": [fact.as_json(say) for fact in self.facts],
            "alternatives": [each.as_json(say) for each in self.alternatives],
            "cost_month": _number(self.cost_month),
            "cost_year": _number(self.cost_year),
            "what_if_nothing": self.what_if_nothing.said(say),
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "rule_id": self.rule_id,
            "strength": self.strength,
            "beneficiaries": sorted(self.beneficiaries),
        }

    def as_log(self, say: Say = in_english) -> dict[str, Any]:
        """What the log keeps of a showing: the card as it was read, its version, trigger and gates."""
        return {
            **self.as_json(say),
            "version": self.version,
            "trigger": plain(_documents(self.trigger)),
            "gates": [
                {"id": gate.id, "passed": gate.passed, "values": plain(_documents(gate.values))}
                for gate in self.gates
            ],
        }


@dataclass(frozen=True)
class Held:
    """A nudge that would have fired, and the code of the rule that held it back (`G1`, `E12`...)."""

    id: str
    because: str


@dataclass(frozen=True)
class Advice:
    """At most one card, and what was held back; without tailoring the same neutral list for everybody."""

    cards: tuple[Card, ...]
    held_back: tuple[Held, ...]
    tailored: bool = True

    def as_json(self, say: Say = in_english) -> dict[str, Any]:
        return {
            "cards": [card.as_json(say) for card in self.cards],
            "held_back": [{"id": held.id, "because": held.because} for held in self.held_back],
        }


def _number(value: Number | str | None) -> float | int | str | None:
    if isinstance(value, Decimal):
        return round(float(value), 2)
    return value


def _documents(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {"en": value.en, "zh": value.zh} if isinstance(value, Name) else value
        for name, value in values.items()
    }
