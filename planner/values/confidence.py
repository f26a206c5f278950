"""How sure a value is, where it comes from, and whether it is in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from planner.values.words import mark

NO_PAGE = mark("No official page seen.")


class Confidence(Enum):
    """`sourced`: official document seen; `well-known`: certain, no page seen; `uncertain`: assumed."""

    SOURCED = "sourced"
    WELL_KNOWN = "well-known"
    UNCERTAIN = "uncertain"

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return _RANKS[self]

    @staticmethod
    def weakest(*confidences: Confidence) -> Confidence:
        """The least sure of several; a result is no surer than its weakest input."""
        return max(confidences, key=lambda confidence: confidence.rank, default=Confidence.SOURCED)


_RANKS = {Confidence.SOURCED: 0, Confidence.WELL_KNOWN: 1, Confidence.UNCERTAIN: 2}


class State(Enum):
    """`provisional`: last year's value carried on, or a documented stand-in, because the own one is late."""

    IN_FORCE = "in_force"
    PROVISIONAL = "provisional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the policy data a number stands: key, place code, regional class, the day it is valid from.

    With a `line` it is the row of a table: `key` names the table, `line` is its line in the file.
    """

    key: str
    place: str
    area: str
    valid_from: date
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The official document behind a value: title with number, official address if known (else empty).

    A title of our own words (`NO_PAGE` and its like) is a message id. No title at all means that no document
    is needed: plain arithmetic. `origins` lead from a number back to the values it was made of.
    """

    title: str
    url: str = ""
    confidence: Confidence = Confidence.SOURCED
    checked: date | None = None
    note: str = ""
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    def as_json(self) -> dict[str, str]:
        return {"title": self.title, "url": self.url, "confidence": self.confidence.value}
