"""What a person earned by month, from what is stored: all that most pages need of the earnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.earnings import (
    IncomePicture,
    TypedMonth,
    counted,
    income_picture,
    stored_periods,
    stored_work,
)

if TYPE_CHECKING:
    from planner.vault import Store


def income_of(store: Store, person: int) -> IncomePicture:
    """The same picture as in a whole `EarningsView`; takes long for many rows."""
    files = store.imports(person)
    return income_picture(
        counted((one.entry, one.kind, one.included) for one in store.entries(person)),
        typed_months(store, person),
        periods=stored_periods(file.summary for file in files),
        work=stored_work(file.summary for file in files),
    )


def typed_months(store: Store, person: int) -> tuple[TypedMonth, ...]:
    """The months that the person typed."""
    return tuple(TypedMonth.from_json(month) for month in store.typed_months(person))
