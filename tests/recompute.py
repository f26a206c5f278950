"""Recomputes the steps of an answer from their own formulas and values, by an evaluator of its own."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from planner.values import Month

Evaluate = Callable[[str, Mapping[str, Any]], Any]


def check_steps(answered: Mapping[str, Any]) -> None:
    """Every step evaluates to its result and names a source."""
    assert answered["steps"], "an answer without steps explains nothing"
    for step in answered["steps"]:
        assert set(step) == {"rule", "formula", "values", "result", "source"}
        found = evaluate_formula(step["formula"], step["values"])
        wanted = step["result"]
        if isinstance(found, Decimal):
            tolerance = Decimal(0) if "half_up" in step["formula"] else Decimal("1e-18")
            assert abs(found - Decimal(wanted)) <= tolerance, step
        else:
            assert found == wanted, step
        assert step["source"]["title"], step
        assert step["source"]["confidence"] in {"sourced", "well-known", "uncertain"}


def _rounded(mode: str) -> Callable[[Decimal, Decimal], Decimal]:
    def apply(value: Decimal, quantum: Decimal) -> Decimal:
        return (value / quantum).quantize(Decimal(1), mode) * quantum

    return apply


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "half_up": _rounded(ROUND_HALF_UP),
    "ceil_to": _rounded(ROUND_CEILING),
    "floor_to": _rounded(ROUND_FLOOR),
    "min": min,
    "max": max,
    "sum": lambda items: sum(items, Decimal(0)),
    "dot": lambda a, b: sum((x * y for x, y in zip(a, b, strict=True)), Decimal(0)),
    "add_months": lambda month, count: str(Month.parse(month) + int(count)),
    "months_between": lambda first, last: Decimal(Month.parse(last) - Month.parse(first)),
}
_OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: lambda a, b: (a / b).to_integral_value(ROUND_FLOOR),
    ast.Mod: lambda a, b: a - (a / b).to_integral_value(ROUND_FLOOR) * b,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
}


def evaluate_formula(formula: str, values: Mapping[str, Any]) -> Any:
    """The value of `formula`, in decimals, with the names in `values` as JSON gives them."""
    return _value(ast.parse(formula, mode="eval").body, {name: _decimals(v) for name, v in values.items()})


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float()):
            return Decimal(str(node.value))
        case ast.Name():
            return names[node.id]
        case ast.BinOp():
            return _OPERATORS[type(node.op)](_value(node.left, names), _value(node.right, names))
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand, names)
        case ast.Compare(ops=[one], comparators=[right]):
            return _OPERATORS[type(one)](_value(node.left, names), _value(right, names))
        case ast.IfExp():
            return _value(node.body if _value(node.test, names) else node.orelse, names)
        case ast.Call(func=ast.Name(id=name)):
            return _FUNCTIONS[name](*(_value(argument, names) for argument in node.args))
    raise AssertionError(f"a formula may not hold {ast.dump(node)}")


def _decimals(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_decimals(item) for item in value]
    if isinstance(value, int):
        return Decimal(value)
    try:
        return Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return value
