"""Named events that a person can switch on: each strikes once on every path, within the coming year.

They answer "what if it happens", so they are no part of the base run. Their sizes are in the policy table
`shocks`; the month is drawn from a stream of its own, so that nothing else changes on a path.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.values import InputError, mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from planner.policy import Pack
    from planner.projection.assumptions import Assumed
    from planner.projection.case import Case

SHOCKS: Mapping[str, str] = {
    "account_suspended": mark("The account is suspended"),
    "fee_raised": mark("The platform takes more"),
    "tariff": mark("New tariffs on what is sold abroad"),
    "illness": mark("A longer illness"),
    "currency_down_10": mark("Foreign money falls by a tenth against the yuan"),
}
WITHIN = 12  # months

_STOPS_WORK = ("account_suspended", "illness")


@dataclass(frozen=True)
class Shock:
    """`size` in the unit of its row; `strikes` (paths,): the month, 0..11, in which it comes."""

    name: str
    size: float
    strikes: NDArray[np.int64]

    @property
    def stops_work(self) -> bool:
        """Whether there is no income for `size` months."""
        return self.name in _STOPS_WORK

    def log_change(self, foreign: float) -> float:
        """The lasting change of income in logs, for a person with this share of income in foreign money."""
        if self.name == "fee_raised":
            return math.log1p(-min(0.95, self.size))
        if self.name == "tariff":
            return math.log1p(-min(0.95, self.size * foreign))
        return 0.0


def read_shocks(case: Case, paths: int, assumed: Assumed, pack: Pack) -> tuple[Shock, ...]:
    """The shocks that are switched on; an unknown name is an InputError."""
    from planner.projection.streams import stream  # the names of the events do without NumPy

    rows = {row["name"]: row for row in pack.table("shocks")}
    found = []
    for name in case.settings.shocks:
        if name not in SHOCKS:
            raise InputError(
                "unknown_shock",
                mark("{field}: there is no event {value!r}"),
                field="settings.shocks",
                value=name,
            )
        size = assumed.row(f"shock.{name}", rows[name], scenario="central")
        strikes = stream(case.settings.seed, name).integers(0, WITHIN, paths)
        found.append(Shock(name, max(0.0, size), strikes))
    return tuple(found)
