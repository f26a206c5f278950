"""The plans a person can choose from, as the cards speak of them: the projection in few numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from planner.advice.sentence import Sentence
from planner.values import Name

EMPLOYEE = "employee"
RESIDENT = "resident"
NONE = "nothing"


@dataclass(frozen=True)
class Option:
    """A plan of the projection; yuan of today, None where the projection does not say.

    `yearly_cost` is what a year asks for, to the fen: twelve rounded months may miss it. `pension` yuan a
    month at p5, p25, p50, p75, p95. `lapse_year` is the chance of a month unpaid within twelve.
    `net_value_p25` is what is drawn less what is paid at the 25th percentile, at the worker's own discount;
    `cash_kept` the share of the next twelve simulated months whose cash after paying covers the essentials.
    `is_steady`: the same is paid every month, without a rule that bends it.
    """

    id: str
    scheme: str
    text: Sentence
    name: Name
    monthly_cost: Decimal
    yearly_cost: Decimal
    pension: Mapping[str, Decimal]
    lapse_year: float
    break_even_age: float | None = None
    heirs: Decimal | None = None
    reaches_minimum: float | None = None
    net_value_p25: Decimal | None = None
    cash_kept: float | None = None
    is_recommended: bool = False
    is_steady: bool = True
