"""Files to a ledger: readers (one module a source), de-duplication, currency, the income picture.

`read_file` answers one file, `read_files` several, `ImportReport` puts them together, `income_picture` shows
the months. A bill is 账单, income 收入, a refund 退款, a fee 手续费, own money moved 不计收支.

Each name is loaded when it is first asked for: the window shows what is stored without loading the readers.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.earnings.costs import Spending, spendings
    from planner.earnings.covering import Coverage, Known, coverage
    from planner.earnings.dedupe import Suspected, counted, like_key, suspected, unique
    from planner.earnings.figures import Statistics, statistics
    from planner.earnings.importing import FileResult, ImportReport, read_file, read_files
    from planner.earnings.marks import Work
    from planner.earnings.memory import Memory
    from planner.earnings.picture import IncomePicture, MonthIncome, TypedMonth, adjusted, income_picture
    from planner.earnings.refunds import Returned, returned
    from planner.earnings.stored import stored_periods, stored_work

_HOMES = {
    "costs": ("Spending", "spendings"),
    "covering": ("Coverage", "Known", "coverage"),
    "dedupe": ("Suspected", "counted", "like_key", "suspected", "unique"),
    "importing": ("FileResult", "ImportReport", "read_file", "read_files"),
    "marks": ("Work",),
    "memory": ("Memory",),
    "picture": ("IncomePicture", "MonthIncome", "TypedMonth", "adjusted", "income_picture"),
    "refunds": ("Returned", "returned"),
    "figures": ("Statistics", "statistics"),
    "stored": ("stored_periods", "stored_work"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Coverage",
    "FileResult",
    "ImportReport",
    "IncomePicture",
    "Known",
    "Memory",
    "MonthIncome",
    "Returned",
    "Spending",
    "Statistics",
    "Suspected",
    "TypedMonth",
    "Work",
    "adjusted",
    "counted",
    "coverage",
    "income_picture",
    "like_key",
    "read_file",
    "read_files",
    "returned",
    "spendings",
    "statistics",
    "stored_periods",
    "stored_work",
    "suspected",
    "unique",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
