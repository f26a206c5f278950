"""The futures that every plan is priced on: income, economy and length of life, drawn together.

Everything is in yuan of today; `price` says what a yuan of today costs in each year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from planner.projection.assumptions import Assumption
    from planner.values import Month


@dataclass(frozen=True)
class Paths:
    """Drawn futures, as C-contiguous float32 arrays of shape `(months, paths)` or `(years, paths)`.

    A month is one contiguous row, because plans are priced month by month over all paths at once: a row of
    10,000 paths and the few rows worked on with it stay in the processor's cache.

    - `first`: the first projected month; row t of `income` is month `first + t`.
    - `income` (months, paths): yuan of today a month, net of platform fees and business costs, before
      contributions and tax; a seller's may be negative.
    - `year_of_month` (months,): the row of the yearly arrays that each month falls in; row 0 is `first.year`.
    - `base` (years, paths): real index of the contribution limits and the benefit base, 1.0 at those in
      force today; the nominal one is `base * price`.
    - `wage` (years, paths): real index of the average wage, 1.0 today.
    - `price` (years, paths): price level, 1.0 today.
    - `bookkeeping`, `resident_rate`, `deposit` (years, paths): nominal yearly rates as fractions, of the
      employee scheme's personal account (记账利率), the resident scheme's account and a one-year deposit.
    - `death_month` (paths,) int32: months from `first` until death; may lie beyond the last row.
    - `hurt` (months, paths) bool rows of the first months only: off work ill or hurt in that month.
    """

    first: Month
    income: NDArray[np.float32]
    year_of_month: NDArray[np.int32]
    base: NDArray[np.float32]
    wage: NDArray[np.float32]
    price: NDArray[np.float32]
    bookkeeping: NDArray[np.float32]
    resident_rate: NDArray[np.float32]
    deposit: NDArray[np.float32]
    death_month: NDArray[np.int32]
    hurt: NDArray[np.bool_]
    assumptions: tuple[Assumption, ...] = ()

    @property
    def count(self) -> int:
        """How many paths."""
        return int(self.income.shape[1])

    @property
    def months(self) -> int:
        return int(self.income.shape[0])

    @property
    def years(self) -> int:
        """Calendar years touched, from `first.year` on."""
        return int(self.base.shape[0])

    def head(self, count: int) -> Paths:
        """The first `count` of the same paths, as views: no copy is made, rows are no longer adjacent."""
        return replace(
            self,
            income=self.income[:, :count],
            base=self.base[:, :count],
            wage=self.wage[:, :count],
            price=self.price[:, :count],
            bookkeeping=self.bookkeeping[:, :count],
            resident_rate=self.resident_rate[:, :count],
            deposit=self.deposit[:, :count],
            death_month=self.death_month[:count],
            hurt=self.hurt[:, :count],
        )
