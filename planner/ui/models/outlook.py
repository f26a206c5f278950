"""What the first three answers already say: when one can retire and whether the years will be enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.values import Month, WenbaoError, mark

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.schemes.retirement_age import RetirementAge
    from planner.ui.models.workspace import Workspace

WHEN_RETIRED = mark(
    "If your contribution years are not enough, ask your local social insurance office how to go on: phone "
    "12333. If your birth date is wrong here, change it in My situation."
)


@dataclass(frozen=True)
class Outlook:
    """`enough_on`: the month in which the minimum years are full if every month from `now` is paid."""

    now: Month
    born: Month
    category: str
    age: RetirementAge
    paid_months: int

    @property
    def retire(self) -> Month:
        return self.age.statutory.month

    @property
    def needed_months(self) -> int:
        return self.age.min_contribution_months

    @property
    def missing_months(self) -> int:
        return max(0, self.needed_months - self.paid_months)

    @property
    def enough_on(self) -> Month:
        return self.now + self.missing_months

    @property
    def months_left(self) -> int:
        return max(0, self.retire - self.now)

    @property
    def reaches(self) -> bool:
        """Whether paying every month from now until retirement is enough."""
        return self.missing_months <= self.months_left

    @property
    def retired_already(self) -> bool:
        return self.retire <= self.now


def outlook(born: Month, category: str, paid_months: int, now: Month, pack: Pack) -> Outlook:
    """The outlook of someone born in `born` who has paid `paid_months` by `now`."""
    from planner.schemes.retirement_age import retirement_age

    return Outlook(now, born, category, retirement_age(category, born, pack), paid_months)


def has_retired(workspace: Workspace) -> bool:
    """Whether the statutory retirement month of the open person has come; no while it cannot be told."""
    born, category = workspace.answer("born"), workspace.answer("category")
    if not born or not category:
        return False
    now = Month.of(workspace.today)
    try:
        month = Month.parse(born, field="born")
        return outlook(month, str(category), 0, now, workspace.pack).retired_already
    except WenbaoError:
        return False
