"""The formula of a step as a person would write it: signs as by hand, how it is rounded as a short note."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from decimal import Decimal

from planner.text import _, language, plural
from planner.values import mark

_SUM, _PRODUCT, _ATOM = 1, 2, 3  # how tightly the words hold together; looser ones inside need brackets
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_RELATIONS = {ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥", ast.Eq: "=", ast.NotEq: "≠"}
_ROUNDED = {  # by function: to the fen, the jiao, the yuan
    "half_up": (mark("rounded to the fen"), mark("rounded to the jiao"), mark("rounded to the yuan")),
    "ceil_to": (
        mark("rounded up to the next fen"),
        mark("rounded up to the next jiao"),
        mark("rounded up to the next yuan"),
    ),
    "floor_to": (
        mark("cut off after the fen"),
        mark("cut off after the jiao"),
        mark("cut off after the yuan"),
    ),
}
_MONEY = (Decimal("0.01"), Decimal("0.1"), Decimal(1))
_COUNTED = frozenset(  # no amounts of money: what is made of these alone is rounded to decimals
    {
        "at_age",
        "at_next_age",
        "contribution_months",
        "deemed_months",
        "indices",
        "months",
        "unpaid_index",
        "unpaid_months",
    }
)
_MONTHS_A_YEAR = 12

Names = Callable[[str], str]


class Formula:
    """A step's formula, which is written as a Python expression; ValueError if it is none."""

    def __init__(self, formula: str, name_of: Names) -> None:
        try:
            tree = ast.parse(formula, mode="eval").body
        except SyntaxError as error:
            raise ValueError(formula) from error
        self._name_of = name_of
        self._notes: list[str] = []
        tree = _rounded_last(tree)
        while (rounded := _rounding(tree)) is not None:
            tree, note = rounded
            self._notes.insert(0, note)
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add) and isinstance(tree.right, ast.Name):
            rounded = _rounding(tree.left)
            if rounded is not None:  # an amount that is whole already is added: the same rounding
                tree.left, note = rounded
                self._notes.append(note)
        self._tree = tree

    def words(self) -> str:
        """What is worked out, without the rounding at its end."""
        bound = self._bound(self._tree)
        if bound is not None:
            value, note = bound
            return _("{value} ({note})", value=value, note=note)
        return self._written(self._tree)[0]

    def worked_out(self, result: str) -> str:
        """`words = result`, then how it is rounded."""
        if not self._notes:
            return _("{formula} = {result}", formula=self.words(), result=result)
        note = self._notes[0]
        for further in self._notes[1:]:
            note = _("{first}, then {second}", first=note, second=further)
        return _("{formula} = {result} ({note})", formula=self.words(), result=result, note=note)

    def _written(self, node: ast.expr) -> tuple[str, int]:
        """The words for a part, and how tightly they hold together."""
        if isinstance(node, ast.Name):
            return self._name_of(node.id), _ATOM
        if isinstance(node, ast.Constant):
            return str(node.value), _ATOM
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.Compare):
            return self._comparison(node), 0
        if isinstance(node, ast.IfExp):
            then, condition, other = (self._written(each)[0] for each in (node.body, node.test, node.orelse))
            return _(
                "{then} if {condition}, otherwise {other}", then=then, condition=condition, other=other
            ), 0
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        return ast.unparse(node), 0

    def _within(self, node: ast.expr, least: int = _PRODUCT) -> str:
        """The words for a part inside others, in brackets unless they hold together as tightly as `least`."""
        words, tightness = self._written(node)
        return words if tightness >= least else f"({words})"

    def _arithmetic(self, node: ast.BinOp) -> tuple[str, int]:
        by_twelve = isinstance(node.right, ast.Constant) and node.right.value == _MONTHS_A_YEAR
        if isinstance(node.op, ast.FloorDiv):
            if by_twelve:
                return _("whole years in {months}", months=self._within(node.left)), _SUM
            if isinstance(node.right, ast.Constant) and node.right.value == 1:
                return self._noted(self._within(node.left), _("whole ones only")), _ATOM
            quotient = f"{self._within(node.left)} ÷ {self._within(node.right, _ATOM)}"
            return self._noted(quotient, _("without the fraction")), _ATOM
        if isinstance(node.op, ast.Mod) and by_twelve:
            return _("months of {months} beyond whole years", months=self._within(node.left)), _SUM
        sign = _SIGNS.get(type(node.op))
        if sign is None:
            return ast.unparse(node), 0
        tightness = _SUM if isinstance(node.op, ast.Add | ast.Sub) else _PRODUCT
        after = tightness if isinstance(node.op, ast.Add | ast.Mult) else tightness + 1
        return f"{self._within(node.left, tightness)} {sign} {self._within(node.right, after)}", tightness

    def _comparison(self, node: ast.Compare) -> str:
        words = self._within(node.left, _SUM)
        for operator, right in zip(node.ops, node.comparators, strict=True):
            words = f"{words} {_RELATIONS[type(operator)]} {self._within(right, _SUM)}"
        return words

    def _call(self, node: ast.Call, name: str) -> tuple[str, int]:
        rounded = _rounding(node)
        if rounded is not None:
            inner, note = rounded
            return self._noted(self._written(inner)[0], note), _ATOM
        bound = self._bound(node)
        if bound is not None:
            return self._noted(*bound), _ATOM
        if name in ("min", "max"):
            return self._one_of(name, node.args), 0
        parts = [self._within(each) for each in node.args]
        if name == "sum":
            return _("sum of {items}", items=parts[0]), _SUM
        if name == "dot":
            return _("sum of ({first} × {second})", first=parts[0], second=parts[1]), _PRODUCT
        if name == "months_between":
            return _("months from {first} to {second}", first=parts[0], second=parts[1]), _SUM
        if name == "add_months":
            return f"{parts[0]} + {self._within(node.args[1], _SUM)}", _SUM
        return ast.unparse(node), 0

    def _bound(self, node: ast.expr) -> tuple[str, str] | None:
        """A value and the limit that it is held to; None where two workings are compared instead."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 2):
            return None
        value, limit = node.args
        is_plain = isinstance(limit, ast.Name | ast.Constant)
        if node.func.id not in ("min", "max") or not (is_plain or isinstance(value, ast.Name | ast.Call)):
            return None
        held = mark("at most {limit}") if node.func.id == "min" else mark("at least {limit}")
        note = _(held, limit=self._within(limit, _SUM))
        inner = self._bound(value)
        if inner is None:
            return self._written(value)[0], note
        return inner[0], _("{first}, {second}", first=inner[1], second=note)

    def _one_of(self, name: str, args: Sequence[ast.expr]) -> str:
        parts = [self._within(each, _SUM) for each in args]
        listed = _("{first} and {second}", first=_comma(parts[:-1]), second=parts[-1])
        if len(parts) == 2:
            words = mark("the smaller of {listed}") if name == "min" else mark("the larger of {listed}")
        else:
            words = mark("the smallest of {listed}") if name == "min" else mark("the largest of {listed}")
        return _(words, listed=listed)

    def _noted(self, value: str, note: str) -> str:
        return _("({value}, {note})", value=value, note=note)


def _rounding(node: ast.expr) -> tuple[ast.expr, str] | None:
    """What is rounded, and the words for how; None for anything else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ROUNDED):
        return None
    inner, quantum = node.args[0], Decimal(ast.unparse(node.args[1]))
    names = {each.id for each in ast.walk(inner) if isinstance(each, ast.Name)} - _FUNCTIONS
    if quantum in _MONEY and not names <= _COUNTED:
        return inner, _(_ROUNDED[node.func.id][_MONEY.index(quantum)])
    exponent = quantum.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if node.func.id == "ceil_to":
        return inner, plural("rounded up to {count} decimal", "rounded up to {count} decimals", decimals)
    if node.func.id == "floor_to":
        return inner, plural("cut off after {count} decimal", "cut off after {count} decimals", decimals)
    return inner, plural("rounded to {count} decimal", "rounded to {count} decimals", decimals)


_FUNCTIONS = frozenset(_ROUNDED) | {"min", "max", "sum", "dot", "add_months", "months_between"}


def _rounded_last(node: ast.expr) -> ast.expr:
    """The larger or smaller of rounded values is the larger or smaller one, rounded: the same number."""
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max")
    ):
        return node
    roundings = {_how(each) for each in node.args if not isinstance(each, ast.Constant)}
    if len(roundings) != 1 or None in roundings:
        return node
    first = next(each for each in node.args if isinstance(each, ast.Call))
    inner = [each.args[0] if isinstance(each, ast.Call) else each for each in node.args]
    return ast.Call(first.func, [ast.Call(node.func, inner, []), first.args[1]], [])


def _how(node: ast.expr) -> str | None:
    """Function and unit of a rounding."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ROUNDED:
        return f"{node.func.id} {ast.unparse(node.args[1])}"
    return None


def _comma(parts: Sequence[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(parts)
