"""One module a calculator: its fields, the call of the arithmetic, the fields of its answer.

Each module has `CALCULATOR`; `find` imports only the one that is asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.cli.calculators.fields import Record
from planner.policy import Pack
from planner.schemes.outcome import Outcome
from planner.values import InputError, mark

_MODULES = {
    "retirement-age": "retirement_age",
    "min-years": "min_years",
    "annuity-months": "annuity_months",
    "average-index": "average_index",
    "pension": "pension",
    "contribution": "contribution",
    "account": "account",
    "resident-pension": "resident_pension",
    "injury": "injury",
    "death-benefit": "death_benefit",
    "medical-wait": "medical_wait",
    "medical-years": "medical_years",
    "drawing-place": "drawing_place",
    "switch-scheme": "switch_scheme",
    "subsidy": "subsidy",
    "personal-pension-tax": "personal_pension_tax",
    "income-tax": "income_tax",
}
NAMES = tuple(_MODULES)


@dataclass(frozen=True, slots=True)
class Calculator:
    """`answer` turns the read fields into the answer's own fields and the outcome behind it.

    `examples` are inputs that must be accepted; they stand in the schema.
    """

    name: str
    title: str
    record: Record
    answer: Callable[[dict[str, Any], Pack], tuple[dict[str, Any], Outcome]]
    examples: tuple[Mapping[str, Any], ...]


def find(name: str) -> Calculator:
    """The calculator of that name."""
    module = _MODULES.get(name)
    if module is None:
        raise InputError(
            "unknown_calculator",
            mark("there is no calculator {value!r}; wenbao calc --list shows them"),
            field="name",
            value=name[:40],
        )
    found: Calculator = importlib.import_module(f"planner.cli.calculators.{module}").CALCULATOR
    return found


def schema(calculator: Calculator) -> dict[str, Any]:
    """The JSON Schema of the calculator's input, as shipped in resources/schemas."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": calculator.name,
        "description": calculator.title,
        **calculator.record.schema(),
        "examples": list(calculator.examples),
    }
