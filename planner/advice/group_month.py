"""The month of people in the same work, which stands in while a person's own months are not known."""

from __future__ import annotations

from planner.policy import Pack, Row


def group_month(occupation: str, pack: Pack) -> Row | None:
    """The row of `income_priors` with the group's usual month (yuan: `low`, `central`, `high`).

    None where the occupation has no group.
    """
    groups = {row["code"]: row["income_prior"] for row in pack.table("occupations")}
    group = groups.get(occupation, "")
    rows = (row for row in pack.table("income_priors") if row["metric"] == "prior_median_active_month")
    return next((row for row in rows if row["occupation"] == group), None)
