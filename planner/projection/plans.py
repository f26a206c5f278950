"""The plans that are compared, as the place allows them."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING, RESIDENT, EMPLOYEE, MATCHED = "nothing", "resident", "employee", "matched"
PEAK_SAVER, STEP_UP, PAUSE, LATE_START = "peak_saver", "step_up", "pause", "late_start"
FAMILIES = (NOTHING, RESIDENT, EMPLOYEE, MATCHED, PEAK_SAVER, STEP_UP, PAUSE, LATE_START)


@dataclass(frozen=True, slots=True)
class Plan:
    """What someone sets out to pay.

    `id` is stable and readable. `scheme` is `none`, `resident` or `employee`. `share`: the base as a share of
    the reference wage (employee); `tier` and `subsidy`: yuan a year (resident); `income_share`: the part of
    the income that is paid in (matched, step-up); `reserve_months`: contributions kept aside beyond the
    buffer (peak-saver); `start`, `pause_from`, `pause_months`: months from the first projected one.
    """

    id: str
    family: str
    scheme: str
    share: float = 0.0
    tier: float = 0.0
    subsidy: float = 0.0
    income_share: float = 0.0
    reserve_months: int = 0
    start: int = 0
    pause_from: int = 0
    pause_months: int = 0
