"""The average index: gaps by the place's custom, wages of the drawing place, decimals as printed."""

from __future__ import annotations

from decimal import Decimal

from planner.policy import Pack
from planner.schemes.index import LEFT_OUT, HistoryYear, average_index
from planner.values import Place


def year(of: int, index: str, months: int = 12) -> HistoryYear:
    return HistoryYear(of, months, index=Decimal(index))


GAP = (year(2019, "1.2"), year(2022, "0.6"))  # 2020 and 2021 unpaid


def mean(pack: Pack, place: str, history: tuple[HistoryYear, ...], **more: object) -> str:
    return str(average_index(history, Place(place), pack, **more).average_index)  # type: ignore[arg-type]


def test_unpaid_years_are_left_out_unless_the_place_counts_them(pack: Pack) -> None:
    assert mean(pack, "CN-HN", GAP) == "0.9000"
    assert mean(pack, "CN-HL", GAP) == "0.7500"
    assert mean(pack, "CN-BJ", GAP) == "0.4500"


def test_the_places_custom_can_be_overruled(pack: Pack) -> None:
    assert mean(pack, "CN-HL", GAP, unpaid_index=LEFT_OUT) == "0.9000"
    assert mean(pack, "CN-HN", GAP, unpaid_index=Decimal(0)) == "0.4500"


def test_months_weigh_and_nothing_is_clamped(pack: Pack) -> None:
    assert mean(pack, "CN-HN", (year(2023, "0.4", 6), year(2024, "3.4", 12))) == "2.4000"


def test_a_place_may_keep_three_decimals(pack: Pack) -> None:
    assert mean(pack, "CN-XZ", (year(2023, "0.67125"),)) == "0.671"
    assert mean(pack, "CN-YN", (year(2023, "0.67125"),)) == "0.6713"


def test_after_a_move_the_wage_of_the_drawing_place_counts(pack: Pack) -> None:
    paid = (HistoryYear(2025, 12, base=Decimal(7000)),)
    high, low = Decimal(mean(pack, "CN-SH", paid)), Decimal(mean(pack, "CN-HA", paid))
    assert high < low


def test_shanxi_counts_with_five_decimals(pack: Pack) -> None:
    """Its forms print four, but 5514.81855 is 7253 times 0.76035."""
    assert mean(pack, "CN-SX", (year(2023, "0.760352"),)) == "0.76035"
