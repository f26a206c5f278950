"""Every row of the collected table of pension bases is found again by place, class and day."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.policy import Pack, load_pack
from planner.values import Place, State

TABLE = Path(__file__).parents[1] / "data" / "policy" / "pension_bases.csv"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['place']}{row['area']}-{row['day']}")
@pytest.mark.parametrize("column", ["average_wage", "base_lower", "base_upper", "flex_rate"])
def test_the_contribution_series_of_the_day(pack: Pack, row: dict[str, str], column: str) -> None:
    found = pack.find(f"pension.{column}", Place(row["place"]), _day(row["day"]), area=row["area"])
    if row[column]:
        assert found is not None
        assert found.number == Decimal(row[column])
        if column.startswith("base"):
            assert found.state is State(row["state"])
    elif column != "average_wage":
        assert found is None, "a limit that was not found is missing, not that of another year"


@pytest.mark.parametrize(
    "row",
    [row for row in _rows() if row["benefit_base"]],
    ids=lambda row: f"{row['place']}{row['area']}-{row['day']}",
)
def test_the_benefit_base_runs_with_the_calendar_year_of_retirement(pack: Pack, row: dict[str, str]) -> None:
    for month in (1, 6, 12):
        day = date(int(row["year"]), month, 1)
        found = pack.value("pension.benefit_base", Place(row["place"]), day, area=row["area"])
        assert found.state is State.IN_FORCE
        if not row["area"] or not found.place.is_city:  # cities of Hubei have their own figures
            assert found.number == Decimal(row["benefit_base"])


def _day(text: str) -> date:
    return date.fromisoformat(text)
