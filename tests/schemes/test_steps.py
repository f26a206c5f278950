"""Every step of every answer recomputes from its own formula and values, and names a source."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.cli.calc import answer, parse
from planner.cli.calculators import NAMES, find
from planner.policy import Pack
from tests.recompute import check_steps


@pytest.mark.parametrize("name", NAMES)
def test_each_step_of_the_examples_recomputes_from_its_formula(name: str, pack: Pack) -> None:
    calculator = find(name)
    for example in calculator.examples:
        check_steps(answer(calculator, parse(json.dumps(example)), pack))


money = st.decimals(0, 2_000_000, places=2)
PROVINCES = ("北京", "上海", "广东", "广西", "青海", "安徽", "山西", "重庆", "浙江")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    province=st.sampled_from(PROVINCES),
    months=st.integers(1, 600),
    index=st.decimals("0.1", 4, places=4),
    balance=money,
    base=st.decimals(1000, 30000, places=2),
    years=st.integers(40, 70),
    part=st.integers(0, 11),
    transitional=st.decimals(0, 3000, places=2),
)
def test_each_step_of_any_pension_recomputes(
    pack: Pack,
    province: str,
    months: int,
    index: Decimal,
    balance: Decimal,
    base: Decimal,
    years: int,
    part: int,
    transitional: Decimal,
) -> None:
    document = {
        "province": province,
        "retire": "2026-05",
        "contribution_months": months,
        "average_index": str(index),
        "account_balance": str(balance),
        "benefit_base": str(base),
        "age": {"years": years, "months": part},
        "transitional": str(transitional),
    }
    answered = answer(find("pension"), document, pack)
    check_steps(answered)
    by_rule = {step["rule"]: step["result"] for step in answered["steps"]}
    for part_name in ("basic", "personal", "total"):
        assert Decimal(by_rule[f"pension.{part_name}"]) == Decimal(answered[part_name])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    balance=money,
    monthly=st.decimals(0, 3000, places=2),
    months=st.sets(st.integers(1, 12)),
    rate=st.decimals("0", "9", places=2),
    method=st.sampled_from(["month_product", "year", "none"]),
    retired=st.none() | st.integers(1, 12),
)
def test_each_step_of_any_account_recomputes(
    pack: Pack,
    balance: Decimal,
    monthly: Decimal,
    months: set[int],
    rate: Decimal,
    method: str,
    retired: int | None,
) -> None:
    last = retired or 12
    document: dict[str, Any] = {
        "opening": {"year": 2024, "balance": str(balance), "at": "start"},
        "credits": [
            {"year": 2024, "monthly": str(monthly), "months": sorted(months)},
            {"year": 2025, "monthly": str(monthly), "months": sorted(m for m in months if m <= last)},
        ],
        "rates": {"2024": str(rate)},
        "method": method,
        "until": 2025,
    }
    if retired:
        document["retired"] = f"2025-{retired:02d}"
    answered = answer(find("account"), document, pack)
    if answered["steps"]:
        check_steps(answered)
        assert answered["steps"][-1]["result"] == answered["balances"]["2025"]
