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
from tests.properties.inputs import PACK, STRATEGIES
from tests.recompute import check_steps

EXAMPLES = int(os.environ.get("WENBAO_EXAMPLES", "1600"))
EACH = max(EXAMPLES // len(NAMES), 1)

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
