"""Any valid input is answered; its steps recompute, and every amount of the answer is the result of a step.

The long run of 20,000 inputs: WENBAO_EXAMPLES=20000 pytest tests/properties/test_calculators.py
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.cli.calc import answer, parse
from planner.cli.calculators import NAMES, find, schema
from planner.values import InputError
from tests.properties.inputs import NAMES as NAMES_OF_PLACES
from tests.properties.inputs import PACK, STRATEGIES
from tests.recompute import check_steps

EXAMPLES = int(os.environ.get("WENBAO_EXAMPLES", "1600"))
EACH = max(EXAMPLES // len(NAMES), 1)
PLACES = {"province", "city", "hukou", "relation"}

relaxed = settings(
    max_examples=EACH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def answered(name: str, document: dict[str, Any]) -> dict[str, Any]:
    return answer(find(name), parse(json.dumps(document)), PACK)


def test_every_calculator_has_its_inputs() -> None:
    assert set(STRATEGIES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_any_valid_input_is_answered_with_steps_that_recompute(name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(find(name)))

    @relaxed
    @given(STRATEGIES[name])
    def check(document: dict[str, Any]) -> None:
        validator.validate(document)
        found = answered(name, document)
        check_steps(found)
        results = {_number(step["result"]) for step in found["steps"]}
        for amount in _amounts(found):
            assert amount == 0 or amount in results, (amount, found)

    check()


def _number(value: Any) -> Any:
    try:
        return Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return value


def _amounts(found: dict[str, Any]) -> list[Decimal]:
    """The money of an answer: decimal texts with two places, at the top and inside items and balances."""
    given_back = {"extras", "transitional", "relief", "marginal_rate", "average_index", "annuity_months"}
    tops = [value for name, value in found.items() if name not in given_back and _is_money(value)]
    tops += [item["amount"] for item in found.get("items", ())]
    tops += list(found.get("balances", {}).values())
    return [Decimal(each) for each in tops if found.get("premium_year") != each]


def _is_money(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).lstrip("-").isdigit() and "." in value


@settings(max_examples=max(EACH, 100))
@given(
    place=st.sampled_from(sorted({place.code for place in PACK.places()})),
    months=st.integers(120, 500),
    index=st.decimals("0.3", 3, places=4),
    balance=st.decimals(0, 900_000, places=2),
    more=st.sampled_from(["contribution_months", "average_index", "account_balance"]),
)
def test_more_paid_in_never_gives_less_pension(
    place: str, months: int, index: Decimal, balance: Decimal, more: str
) -> None:
    document: dict[str, Any] = {
        "province": place,
        "retire": "2026-03",
        "contribution_months": months,
        "average_index": str(index),
        "account_balance": str(balance),
        "annuity_months": 139,
    }
    step = {"contribution_months": 1, "average_index": Decimal("0.0001"), "account_balance": Decimal("0.01")}
    raised = document | {more: str(Decimal(document[more]) + step[more])}
    assert Decimal(answered("pension", raised)["total"]) >= Decimal(answered("pension", document)["total"])


@settings(max_examples=max(EACH, 200))
@given(year=st.integers(1899, 2201), month=st.integers(0, 13), day=st.integers(0, 32))
def test_the_schema_takes_exactly_the_days_that_are_days(year: int, month: int, day: int) -> None:
    """A birthday on the 29th to the 31st is one; the schema and the reader agree on what is none."""
    document = {"category": "male_60", "born": f"{year}-{month:02d}-{day:02d}"}
    try:
        answered("retirement-age", document)
        taken = True
    except InputError:
        taken = False
    valid = jsonschema.Draft202012Validator(schema(find("retirement-age"))).is_valid(document)
    assert valid == taken


@pytest.mark.parametrize("name", NAMES)
def test_a_number_may_be_a_json_number_or_text_and_a_place_a_code_or_a_name(name: str) -> None:
    @settings(max_examples=max(EACH // 10, 20), suppress_health_check=list(HealthCheck))
    @given(STRATEGIES[name])
    def check(document: dict[str, Any]) -> None:
        found = answered(name, document)
        assert answered(name, _with_text(document)) == found
        assert answered(name, _with_codes(document)) == found
        assert answered(name, {field.name: None for field in find(name).record.fields} | document) == found

    check()


def _with_text(given: Any) -> Any:
    """Every JSON number as decimal text."""
    if isinstance(given, dict):
        return {key: _with_text(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_with_text(value) for value in given]
    return str(given) if isinstance(given, (int, float)) and not isinstance(given, bool) else given


def _with_codes(given: Any) -> Any:
    """Every province by its ISO code."""
    if isinstance(given, dict):
        return {
            key: PACK.place(value).code if key in PLACES and value in NAMES_OF_PLACES else _with_codes(value)
            for key, value in given.items()
        }
    return [_with_codes(value) for value in given] if isinstance(given, list) else given


ROUNDING = {"pension.basic", "pension.personal", "pension.transitional", "pension.total", "index.average"}
DOUBTS = {
    "uncertain_value",
    "provisional_value",
    "uncertain_rule",
    "platform_list_unconfirmed",
    "not_sure_to_be_covered",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_uncertain_in_a_step_is_said_in_a_warning(name: str) -> None:
    """But for how a province rounds, and for a cover that pays nothing."""

    @settings(max_examples=max(EACH // 10, 20), suppress_health_check=list(HealthCheck))
    @given(STRATEGIES[name])
    def check(document: dict[str, Any]) -> None:
        found = answered(name, document)
        uncertain = {step["rule"] for step in found["steps"] if step["source"]["confidence"] == "uncertain"}
        if uncertain - ROUNDING and found.get("covered") != "no":
            assert DOUBTS & {warning["code"] for warning in found["warnings"]}, (uncertain, found)

    check()
