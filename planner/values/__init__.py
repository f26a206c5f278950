"""Plain types that every package shares; they know nothing of files, screens or the law."""

from planner.values.confidence import NO_PAGE, Confidence, Origin, Source, State
from planner.values.errors import InputError, WenbaoError
from planner.values.ledger import Kind, LedgerEntry, SkippedRow
from planner.values.money import Money, currency_decimals
from planner.values.month import Month
from planner.values.place import Place
from planner.values.rounding import FEN, Rounding, half_up
from planner.values.step import Step
from planner.values.usual import usual_month
from planner.values.words import Name, mark

__all__ = [
    "FEN",
    "NO_PAGE",
    "Confidence",
    "InputError",
    "Kind",
    "LedgerEntry",
    "Money",
    "Month",
    "Name",
    "Origin",
    "Place",
    "Rounding",
    "SkippedRow",
    "Source",
    "State",
    "Step",
    "WenbaoError",
    "currency_decimals",
    "half_up",
    "mark",
    "usual_month",
]
