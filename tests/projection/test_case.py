"""Cases from JSON: what is read, what is refused and by which field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.projection import Case, case_from_json
from planner.projection.case import MAX_LAPSE, PATHS, SEED
from planner.values import InputError, Month, Place
from tests.projection.certain import pack


def document() -> dict[str, Any]:
    return {
        "today": "2026-11-25",
        "worker": {
            "born": "1994-05-17",
            "category": "male_60",
            "province": "广东",
            "area": "440100",
            "hukou": "CN-HN",
            "occupation": "food_rider_crowd",
            "platforms": ["meituan"],
        },
        "record": {"employee_months": 30, "average_index": "0.8", "account_balance": "9000.50"},
        "cash": {"essentials": 3000, "buffer": "2500"},
        "earnings": {
            "monthly": [
                {"month": "2026-10", "cny": -120.5},
                {"month": "2026-09", "cny": "6100.25", "orders": 900, "hours": 210, "shares": {"USD": 0.8}},
            ]
        },
        "settings": {
            "paths": 500,
            "seed": 7,
            "scenario": "low",
            "max_lapse": 0.1,
            "assumptions": {"buffer": 1},
        },
    }


def test_a_full_case_is_read():
    case = case_from_json(document(), pack())
    assert isinstance(case, Case)
    assert (case.today, case.born, case.this_month, case.first) == (
        date(2026, 11, 25),
        Month(1994, 5),
        Month(2026, 11),
        Month(2026, 12),
    )
    assert case.age_months == 32 * 12 + 6
    assert (case.place, case.hukou, case.area) == (Place("CN-GD"), Place("CN-HN"), "440100")
    assert case.record.account_balance == Decimal("9000.50")
    assert case.record.average_index == 0.8
    assert [str(month.month) for month in case.months] == ["2026-09", "2026-10"]
    assert (case.months[0].orders, case.months[0].hours, case.months[0].shares) == (900, 210.0, {"USD": 0.8})
    assert case.months[1].cny == -120.5
    assert (case.settings.paths, case.settings.seed, case.settings.scenario) == (500, 7, "low")
    assert case.settings.assumptions == {"buffer": 1.0}


def test_little_is_enough():
    least = {
        "today": "2026-11-25",
        "worker": {"born": "1994-05", "category": "female_50", "province": "CN-SC"},
    }
    case = case_from_json(least, pack())
    assert (case.months, case.cash.essentials, case.cash.buffer, case.hukou) == ((), None, None, None)
    assert (case.settings.paths, case.settings.seed, case.settings.max_lapse) == (PATHS, SEED, MAX_LAPSE)
    assert case.occupation == "other"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"today": None}, "missing_field", "today"),
        ({"today": "yesterday"}, "bad_date", "today"),
        ({"today": 20261125}, "bad_date", "today"),
        ({"worker": None}, "missing_field", "worker"),
        ({"worker": []}, "bad_object", "worker"),
        ({"worker__born": None}, "missing_field", "worker.born"),
        ({"worker__born": "1994"}, "bad_month", "worker.born"),
        ({"worker__born": "2015-01"}, "too_young", "worker.born"),
        ({"worker__born": "2026-12"}, "born_ahead", "worker.born"),
        ({"worker__area": "Atlantis"}, "unknown_place", "worker.area"),
        ({"worker__area": "330100"}, "unknown_place", "worker.area"),
        ({"worker__category": "male"}, "bad_choice", "worker.category"),
        ({"worker__province": "Atlantis"}, "unknown_place", "worker.province"),
        ({"worker__province": "CN"}, "unknown_place", "worker.province"),
        ({"worker__province": 44}, "bad_text", "worker.province"),
        ({"worker__occupation": "astronaut"}, "bad_choice", "worker.occupation"),
        ({"worker__platforms": "meituan"}, "bad_list", "worker.platforms"),
        ({"record__employee_months": -1}, "out_of_range", "record.employee_months"),
        ({"record__employee_months": 1.5}, "bad_number", "record.employee_months"),
        ({"record__employee_months": 18 * 12 + 7}, "out_of_range", "record.employee_months"),
        ({"record__resident_months": 18 * 12 + 7}, "out_of_range", "record.resident_months"),
        ({"record__average_index": "high"}, "bad_number", "record.average_index"),
        ({"record__account_balance": "1e30"}, "out_of_range", "record.account_balance"),
        ({"record__account_balance": True}, "bad_number", "record.account_balance"),
        ({"cash__essentials": "NaN"}, "bad_number", "cash.essentials"),
        ({"cash__buffer": -5}, "out_of_range", "cash.buffer"),
        ({"earnings__monthly": {}}, "bad_list", "earnings.monthly"),
        ({"earnings__monthly__0": 3}, "bad_object", "earnings.monthly[0]"),
        ({"earnings__monthly__0__month": "2026-12"}, "month_ahead", "earnings.monthly[0].month"),
        ({"earnings__monthly__0__month": "2026-09"}, "month_twice", "earnings.monthly[1].month"),
        ({"earnings__monthly__0__month": "1994-04"}, "out_of_range", "earnings.monthly[0].month"),
        ({"earnings__monthly__1__cny": None}, "missing_field", "earnings.monthly[1].cny"),
        ({"earnings__monthly__1__hours": 800}, "out_of_range", "earnings.monthly[1].hours"),
        ({"earnings__monthly__1__shares": {"USD": 2}}, "out_of_range", "earnings.monthly[1].shares.USD"),
        ({"earnings__monthly__1__shares": {"usd": 1}}, "bad_currency", "earnings.monthly[1].shares.usd"),
        (
            {"earnings__monthly__1__shares": {"USD": 0.8, "EUR": 0.3}},
            "out_of_range",
            "earnings.monthly[1].shares",
        ),
        ({"settings__paths": 0}, "out_of_range", "settings.paths"),
        ({"settings__seed": -1}, "out_of_range", "settings.seed"),
        ({"settings__scenario": "rosy"}, "bad_choice", "settings.scenario"),
        ({"settings__max_lapse": 1.2}, "out_of_range", "settings.max_lapse"),
        ({"settings__assumptions": {"cpi": "much"}}, "bad_number", "settings.assumptions.cpi"),
    ],
)
def test_what_is_wrong_is_named(changes, code, field):
    data = document()
    for path, value in changes.items():
        *parents, last = path.split("__")
        target: Any = data
        for name in parents:
            target = target[int(name)] if isinstance(target, list) else target[name]
        target[int(last) if isinstance(target, list) else last] = value
    with pytest.raises(InputError) as caught:
        case_from_json(data, pack())
    assert (caught.value.code, caught.value.field) == (code, field)
    assert field in str(caught.value)


@pytest.mark.parametrize("data", [None, [], "case", 3])
def test_no_object_is_no_case(data):
    with pytest.raises(InputError):
        case_from_json(data, pack())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"settings": {"seed": 2**63}}, "0 and 9223372036854775807"),
        ({"cash": {"buffer": -1}}, "0 and 1000000000"),
    ],
)
def test_limits_are_said_in_plain_digits(changes, said):
    with pytest.raises(InputError, match=said):
        case_from_json(document() | changes, pack())
