"""What a projection assumes: every uncertain number that enters it, once, with its range and its source.

The modules of chance take their numbers from an `Assumed`, which answers the person's own value where they
gave one, else the value of the scenario, and remembers what it answered. So the list that is shown is by
construction the list of what was used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.projection.words import TITLES
from planner.values import Confidence, InputError, Source, mark

if TYPE_CHECKING:
    from planner.policy import Row

OWN_ASSUMPTION = Source("Our own assumption, no official document", "", Confidence.UNCERTAIN)

YES_NO = "yes or no"  # the unit of what is so (1) or not (0)
_RATES = (-10.0, 30.0)  # percent a year
_BOUNDS: Mapping[str, tuple[float, float]] = {  # by name, or by the part of it before the dot
    "essentials": (0.0, 1e6),
    "buffer": (0.0, 1e9),
    "buffer_target": (0.0, 60.0),
    "catch_up": (0.0, 1.0),
    "average_index": (0.1, 5.0),
    "resident_base_follows": (0.0, 1.0),
    "income.median": (1.0, 1e6),
    "income.between": (0.01, 3.0),
    "income.within": (0.01, 3.0),
    "income": (0.0, 1.0),
    "job_exit": (0.0, 0.95),
    "city_factor": (0.2, 5.0),
    "cost_ratio": (0.0, 0.95),
    "fading": (0.5, 1.0),
    "net_margin": (0.01, 1.0),
    "stock_share": (0.0, 1.0),
    "stock_lead": (0.0, 6.0),
    "payout_lag": (0.0, 30.0),
    "cash_swing": (0.0, 1.0),
    "repricing": (1.0, 600.0),
    "foreign_share": (0.0, 1.0),
    "fx": (0.0, 50.0),
    "injury": (0.0, 10.0),
    "illness": (0.0, 10.0),
    "lost_days": (0.0, 730.0),
    "shock.account_suspended": (0.0, 24.0),
    "shock.illness": (0.0, 24.0),
    "shock": (0.0, 0.95),
    "correlation": (-0.99, 0.99),
    "mortality_improvement": (-5.0, 10.0),
    "mortality_scale": (0.1, 10.0),
    "mortality_log_sd_2050": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number the projection took, in `unit`; `low` and `high` are None where no range is known.

    `name` is stable and is what the person's own value is given by; `value` is the one in use. `unit` is
    that of the policy data, or `YES_NO`.
    """

    name: str
    value: float
    unit: str
    low: float | None
    high: float | None
    source: Source
    confidence: Confidence
    editable: bool = True
    own: bool = False

    @property
    def title(self) -> str:
        """What it is called: a message id."""
        return TITLES.get(self.name) or TITLES[self.name.partition(".")[0]]

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "source": self.source.as_json(),
            "confidence": self.confidence.value,
            "editable": self.editable,
            "own": self.own,
        }


@dataclass(slots=True)
class Assumed:
    """Answers and remembers assumptions: `own` are the person's values by name."""

    own: Mapping[str, float]
    scenario: str = "central"
    _taken: dict[str, Assumption] = field(default_factory=dict)

    def row(self, name: str, row: Row, *, scenario: str | None = None) -> float:
        """The value of a table row with columns `low`, `central`, `high`, `unit`.

        `scenario` fixes the column where the person's choice of scenario has no meaning (a hazard is not low
        because the economy is).
        """
        low, middle, high = (float(row[at]) if row[at] else None for at in ("low", "central", "high"))
        picked = {"low": low, "central": middle, "high": high}[scenario or self.scenario]
        value = middle if picked is None else picked
        if value is None:
            raise KeyError(f"{row.where}: no central value")
        return self.value(name, value, row["unit"], low=low, high=high, source=row.source)

    def value(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        source: Source,
        low: float | None = None,
        high: float | None = None,
        editable: bool = True,
    ) -> float:
        """The person's own value of `name` (`cpi.2031`) or of all its years (`cpi`), else `value`; noted."""
        given = next((at for at in (name, _stem(name)) if at in self.own), None) if editable else None
        used = value if given is None else _possible(name, float(self.own[given]))
        own = given is not None
        confidence = Confidence.UNCERTAIN if own else source.confidence
        self._taken[name] = Assumption(name, used, unit, low, high, source, confidence, editable, own)
        return used

    def taken(self, name: str) -> float:
        """A value that was taken before; a KeyError if it was not."""
        return self._taken[name].value

    def listed(self) -> tuple[Assumption, ...]:
        """Everything that was taken, in the order of taking; an own value of an unknown name is an error.

        One that this case has no use for, such as a seller's margin for a rider, is left alone.
        """
        unknown = sorted(name for name in self.own if name.partition(".")[0] not in TITLES)
        if unknown:
            raise InputError(
                "unknown_assumption",
                mark("{field}: there is no assumption of this name"),
                field=f"settings.assumptions.{unknown[0]}",
            )
        return tuple(self._taken.values())


def _possible(name: str, value: float) -> float:
    """A value that a person gave, if it can be one at all."""
    least, most = _BOUNDS.get(name) or _BOUNDS.get(name.partition(".")[0], _RATES)
    if not least <= value <= most:
        raise InputError(
            "out_of_range",
            mark("{field} must be between {low} and {high}"),
            field=f"settings.assumptions.{name}",
            low=f"{least:g}",
            high=f"{most:g}",
        )
    return value


def _stem(name: str) -> str:
    """The name of all years of a variable that has one value a period."""
    stem, _, rest = name.partition(".")
    return stem if rest.isdigit() else name
