"""`wenbao calc average-index`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from planner.cli.calculators import Calculator
from planner.cli.calculators.fields import Choice, Either, Field, Many, Number, PlaceName, Record, Whole
from planner.policy import Pack
from planner.schemes.index import LEFT_OUT, HistoryYear, average_index
from planner.schemes.outcome import Outcome
from planner.values import mark

HISTORY = Many(
    Record(
        Field("year", Whole(1950, 2199), "Calendar year.", True),
        Field("months", Whole(1, 12), "Months contributed in it.", True),
        Field("base", Number("0", "1e9"), "Contribution base, yuan a month."),
        Field("index", Number("0", "1000"), "The year's index, instead of a base."),
        Field(
            "average_wage", Number("1", "1e9"), "Reference wage, yuan a month, instead of the policy data's."
        ),
        one_of=(("base", "index"),),
    ),
    shortest=1,
)
_ZERO = "zero"


def history_of(rows: tuple[Mapping[str, Any], ...]) -> tuple[HistoryYear, ...]:
    return tuple(HistoryYear(**row) for row in rows)


def _answer(values: dict[str, Any], pack: Pack) -> tuple[dict[str, Any], Outcome]:
    unpaid = values.get("unpaid_years")
    if unpaid == LEFT_OUT.value:
        unpaid = LEFT_OUT
    elif unpaid == _ZERO:
        unpaid = Decimal(0)
    found = average_index(
        history_of(values["history"]),
        values["province"],
        pack,
        unpaid_index=unpaid,
    )
    return {
        "average_index": format(found.average_index, "f"),
        "contribution_months": found.contribution_months,
    }, found


CALCULATOR = Calculator(
    "average-index",
    mark("Average contribution index over the contributed months"),
    Record(
        Field("history", HISTORY, "One row a year of contributions, or several.", True),
        Field("province", PlaceName(), "The place that draws the pension: its wages set the index.", True),
        Field(
            "unpaid_years",
            Either(Choice(LEFT_OUT.value, _ZERO), Number("0", "3")),
            "How whole years without contributions count: left out, as zero, or at an index;"
            " as the place does if not given.",
        ),
    ),
    _answer,
    (
        {"province": "CN-GD", "history": [{"year": 2023, "months": 12, "base": 5284}]},
        {
            "province": "黑龙江",
            "history": [
                {"year": 2018, "months": 12, "index": "0.6"},
                {"year": 2024, "months": 6, "index": 1.2},
            ],
            "unpaid_years": 0.6,
        },
    ),
)
