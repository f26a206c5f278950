"""Files to a ledger: readers (one module a source), de-duplication, currency, the income picture.

`read_file` answers one file, `read_files` several, `ImportReport` puts them together, `income_picture` shows
the months. A bill is 账单, income 收入, a refund 退款, a fee 手续费, own money moved 不计收支.
"""

from planner.earnings.costs import Spending, spendings
from planner.earnings.coverage import Coverage, Known, coverage
from planner.earnings.dedupe import Suspected, counted, like_key, suspected, unique
from planner.earnings.importing import (
    FileResult,
    ImportReport,
    read_file,
    read_files,
    stored_periods,
    stored_work,
)
from planner.earnings.memory import Memory
from planner.earnings.picture import IncomePicture, MonthIncome, TypedMonth, income_picture
from planner.earnings.reader import Work
from planner.earnings.refunds import Returned, returned
from planner.earnings.statistics import Statistics, statistics

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
