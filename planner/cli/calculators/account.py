"""`wenbao calc account`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import (
    ByYear,
    Choice,
    Field,
    Many,
    MonthOrDay,
    Number,
    Record,
    Whole,
    YearOrMonth,
)
from planner.cli.calculators.pension import money
from planner.policy import Pack
from planner.schemes.account import METHODS, AccountInput, Credit, roll
from planner.schemes.outcome import Outcome
from planner.values import Month, mark


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    opening, until = values["opening"], values["until"]
    credits = tuple(Credit(**credit) for credit in values["credits"])
    found = roll(
        AccountInput(
            first_year=first_year(opening, credits, values.get("rates", {}), until),
            balance=opening["balance"],
            credits=credits,
            until=until,
            rates=values.get("rates", {}),
            method=values.get("method", METHODS[0]),
            retired=values.get("retired"),
        ),
        pack,
    )
    return {"balances": {str(year): money(balance) for year, balance in found.balances.items()}}, found


def first_year(
    opening: Mapping[str, Any], credits: tuple[Credit, ...], rates: Mapping[int, Any], until: Month
) -> int:
    """The first year that is rolled.

    `opening.at` says whether the balance stands at the start or the end of its year. Left out, it is the
    start if anything is said of that year (a credit, a rate, the end of the roll), else the end.
    """
    year: int = opening["year"]
    said = year in rates or until.year <= year or any(credit.year == year for credit in credits)
    at = opening.get("at", "start" if said else "end")
    return year if at == "start" else year + 1


CALCULATOR = Calculator(
    "account",
    mark("Personal account rolled forward year by year"),
    Record(
        Field(
            "opening",
            Record(
                Field("year", Whole(1990, 2199), "Year of the balance.", True),
                Field("balance", Number("0", "1e12"), "Yuan.", True),
                Field(
                    "at",
                    Choice("start", "end"),
                    "When in the year; if left out, the start if a credit, a rate or `until` names the year.",
                ),
            ),
            "Balance to start from.",
            True,
        ),
        Field(
            "credits",
            Many(
                Record(
                    Field("year", Whole(1990, 2199), "Calendar year.", True),
                    Field("monthly", Number("0", "1e9"), "Yuan credited to the account a month.", True),
                    Field("months", Many(Whole(1, 12), longest=12), "Months of the year, 1 to 12.", True),
                ),
                longest=2000,
            ),
            "What was credited.",
            True,
        ),
        Field(
            "rates",
            ByYear(Number("-10", "100")),
            "Bookkeeping rates in percent, instead of the policy data's.",
        ),
        Field("method", Choice(*METHODS), "How a year's own credits earn."),
        Field("retired", MonthOrDay(), "Last month before the pension."),
        Field("until", YearOrMonth(), "Last year, or last month.", True),
    ),
    _answer,
    (
        {
            "opening": {"year": 2024, "balance": 0},
            "credits": [
                {"year": 2024, "monthly": 400, "months": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
                {"year": 2025, "monthly": 400, "months": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},
            ],
            "until": 2025,
        },
        {
            "opening": {"year": 2023, "balance": "10000", "at": "end"},
            "credits": [],
            "rates": {"2024": 3.5},
            "until": "2024-12",
        },
    ),
)
