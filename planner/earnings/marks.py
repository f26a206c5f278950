"""What readers put beside the rows of a ledger: marks in keys and reasons, and the work behind a month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from planner.values import Month

NO_ID = "~"
# reason codes that also end a key, because the same line comes back otherwise in a later export
CLOSED, PENDING = "closed", "pending"
FEE_IN_ROW = "fee_in_row"  # a fee column beside an amount: an entry of its own, but not a row of its own
REFUND_IN_ROW = "refund_in_row"  # what a column beside a sale says was given back of it: a part of its row
PAID_OUT = "paid_out"  # what leaves for another account, in that account's currency: a part of its row too
BUSINESS_COST = "business_cost"  # money spent that the person calls a cost of their work
PARTS = frozenset({FEE_IN_ROW, REFUND_IN_ROW, PAID_OUT})


@dataclass(frozen=True, slots=True)
class Work:
    """What was done for a source in a month: `orders` delivered or driven, `hours` online."""

    source: str
    month: Month
    orders: int | None = None
    hours: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """For a file and for the store, hours as decimal text."""
        answer: dict[str, Any] = {"month": str(self.month)}
        if self.orders is not None:
            answer["orders"] = self.orders
        if self.hours is not None:
            answer["hours"] = f"{self.hours:f}"
        return answer
