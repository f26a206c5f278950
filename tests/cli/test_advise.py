"""`wenbao advise`: the JSON of the contract, refusals that name the field, answers without a projection."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.app import run

CARD = {
    "id",
    "is_default",
    "reason",
    "facts",
    "alternatives",
    "cost_month",
    "cost_year",
    "what_if_nothing",
    "deadline",
    "rule_id",
    "strength",
    "beneficiaries",
}
PAYS = {
    "risk": "pension",
    "scheme": "employee",
    "place": "CN-GD",
    "from": "2024-11",
    "to": None,
    "paid_by": "worker",
    "monthly": 1500,
}
Advise = Callable[..., dict[str, Any]]


def case(*, last: int = 7300, **changes: Any) -> dict[str, Any]:
    """An invented rider in Guangdong, twelve months up to October 2026."""
    earned = [6800, 7200, 5100, 3900, 6900, 7400, 7600, 8100, 8800, 8600, 7300, last]
    months = ["2025-11", "2025-12", *(f"2026-{month:02d}" for month in range(1, 11))]
    return {
        "today": "2026-11-20",
        "worker": {
            "born": "1992-03",
            "category": "male_60",
            "province": "CN-GD",
            "hukou": "CN-HN",
            "occupation": "food_rider_crowd",
            "platforms": ["美团"],
        },
        "record": {"employee_months": 24, "average_index": 0.6, "account_balance": 8000},
        "cash": {"essentials": 3000, "buffer": 12000},
        "earnings": {"monthly": [{"month": at, "cny": cny} for at, cny in zip(months, earned, strict=True)]},
        "settings": {"paths": 200, "seed": 1},
        "cover": [],
        "events": [],
        "log": [],
        **changes,
    }


@pytest.fixture
def advise(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Advise:
    def ask(data: Any, *, status: int = 0, language: str = "en") -> dict[str, Any]:
        raw = json.dumps(data).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert run(["advise", "--lang", language]) == status
        captured = capsys.readouterr()
        answered: dict[str, Any] = json.loads(captured.err if status else captured.out)
        return answered

    return ask


def ids(answer: dict[str, Any]) -> list[str]:
    return [card["id"] for card in answer["cards"]]


def test_a_card_has_every_field_of_the_contract(advise: Advise) -> None:
    answer = advise(case())
    assert ids(answer) == ["N06"]
    (card,) = answer["cards"]
    assert set(card) >= CARD
    assert card["is_default"] is False
    assert len(card["alternatives"]) == 3
    assert card["beneficiaries"] == ["public_fund", "worker"]
    assert {"id": "N08", "because": "E12"} in answer["held_back"]
    assert answer["warnings"] == []


def test_the_low_month_comes_first_and_its_numbers_are_yuan(advise: Advise) -> None:
    (card,) = advise(case(last=4100, cover=[PAYS]))["cards"]
    assert card["id"] == "N02"
    costs = {way["id"]: way["cost_month"] for way in card["alternatives"]}
    assert costs["nothing"] == 1500
    assert costs["pause"] == 0
    assert 800 < costs["lowest"] < 1200
    assert card["rule_id"] == "pension.base_lower"


def test_schemes_may_be_called_as_the_calculators_call_them(advise: Advise) -> None:
    said = case(last=4100, cover=[{**PAYS, "scheme": "employee_pension"}])
    assert advise(said) == advise(case(last=4100, cover=[PAYS]))


@pytest.mark.parametrize("scheme", ["none", "lapsed", "unknown"])
def test_a_cover_that_is_none_bends_no_payment(advise: Advise, scheme: str) -> None:
    assert ids(advise(case(last=4100, cover=[{**PAYS, "scheme": scheme}]))) == ["N06"]


def test_the_answer_is_the_same_each_time_and_in_the_language_asked_for(advise: Advise) -> None:
    assert advise(case()) == advise(case())
    (card,) = advise(case(), language="zh")["cards"]
    assert card["title"] == "用你自己的数算一遍"


def test_the_log_is_heeded(advise: Advise) -> None:
    no = [{"date": "2026-11-10", "id": "N06", "choice": "declined"}]
    answer = advise(case(log=no))
    assert ids(answer) == ["N08"]
    assert {"id": "N06", "because": "E12"} in answer["held_back"]
    full = [*no, {"date": "2026-11-12", "id": "N08", "choice": "later"}]
    assert ids(advise(case(log=full))) == []


def test_cards_are_switched_off_one_by_one_or_made_the_same_for_all(advise: Advise) -> None:
    answer = advise(case(nudges={"off": ["N06"]}))
    assert ids(answer) == ["N08"]
    assert {"id": "N06", "because": "E14"} in answer["held_back"]
    everybody = advise(case(nudges={"tailored": False}))
    other = case(nudges={"tailored": False})
    other["worker"]["born"] = "1970-01"
    assert everybody == advise(other)
    assert everybody["tailored"] is False


def test_whom_no_projection_fits_still_gets_an_answer(advise: Advise) -> None:
    old, child = case(), case()
    old["worker"]["born"] = "1955-01"
    child["worker"]["born"] = "2011-06"
    retired = advise(old)
    assert retired["cards"] == []
    assert {held["because"] for held in retired["held_back"]} == {"G9"}
    assert retired["warnings"]
    young = advise(child)
    assert all(not card["is_default"] and card["cost_month"] == 0 for card in young["cards"])
    assert [warning["code"] for warning in young["warnings"]] == ["too_young"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cover": {"risk": "pension"}}, "cover"),
        ({"cover": ["pension"]}, "cover[0]"),
        ({"cover": [{"risk": "weather", "scheme": "x"}]}, "cover[0].risk"),
        ({"cover": [{"risk": "pension"}]}, "cover[0].scheme"),
        ({"cover": [{**PAYS, "from": "sometime"}]}, "cover[0].from"),
        ({"cover": [{**PAYS, "place": "CN-QQ"}]}, "cover[0].place"),
        ({"cover": [{**PAYS, "place": False}]}, "cover[0].place"),
        ({"cover": [{**PAYS, "to": []}]}, "cover[0].to"),
        ({"cover": [{**PAYS, "paid_by": "aunt"}]}, "cover[0].paid_by"),
        ({"cover": [{**PAYS, "monthly": -1}]}, "cover[0].monthly"),
        ({"events": [{"kind": "injury"}]}, "events[0].date"),
        ({"events": [{"date": "2026-13-01", "kind": "injury"}]}, "events[0].date"),
        ({"log": [{"date": "2026-11-01", "id": "N06", "choice": "perhaps"}]}, "log[0].choice"),
        ({"nudges": {"off": ["N99"]}}, "nudges.off[0]"),
        ({"nudges": {"tailored": "no"}}, "nudges.tailored"),
        ({"nudges": []}, "nudges"),
        ({"worker": {}}, "worker.born"),
        ({"settings": {"assumptions": {"wonder": 1}}}, "settings.assumptions.wonder"),
        ({"settings": {"shocks": ["meteor"]}}, "settings.shocks"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(
    advise: Advise, changes: dict[str, Any], field: str
) -> None:
    error = advise(case(**changes), status=2)["error"]
    assert error["field"] == field
    assert error["message"]
    assert error["code"]


@pytest.mark.parametrize("data", [[], "case", 3, None])
def test_what_is_no_object_is_refused(advise: Advise, data: Any) -> None:
    assert advise(data, status=2)["error"]["code"] == "bad_object"


def test_the_case_is_read_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case()), "utf-8")
    assert run(["advise", str(path), "--lang", "en"]) == 0
    assert ids(json.loads(capsys.readouterr().out)) == ["N06"]
