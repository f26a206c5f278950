"""Whatever comes in, `wenbao calc` answers with exit 0, or refuses with exit 2 and an error object."""

from __future__ import annotations

import io
import json
import os
import sys
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.app import run
from planner.cli.calculators import NAMES
from tests.properties.inputs import STRATEGIES

EXAMPLES = int(os.environ.get("WENBAO_EXAMPLES", "50"))  # a test; more in a long run

quick = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)

ABSURD: tuple[Any, ...] = (
    None,
    True,
    False,
    -1,
    -0.01,
    "-5",
    1e308,
    10**400,
    "1e5",
    "NaN",
    "Infinity",
    "１２３",
    "",
    " ",
    "\ud800",
    "\u0000",
    "0000-00",
    "9999-99",
    "2026-02-30",
    "2026-13",
    "-2026-01",
    "20260101",
    "2026-1",
    "1900-01",
    "2199-12",
    [],
    {},
    [[]],
    [None],
    {"year": None},
    "x" * 10_000,
    "'; DROP TABLE",
    "CN-ZZ",
    "999999",
)


class Stream(io.TextIOWrapper):
    """Standard input with these bytes."""

    def __init__(self, given: bytes) -> None:
        super().__init__(io.BytesIO(given))


def outcome(name: str, given: bytes, *more: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command."""
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = Stream(given), io.StringIO(), io.StringIO()
    try:
        status = run(["calc", name, "--lang", "en", *more])
        return status, sys.stdout.getvalue(), sys.stderr.getvalue()
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


def check(name: str, given: bytes) -> None:
    """Exit 0 and one answer, or exit 2, nothing on output and one error object."""
    status, out, err = outcome(name, given)
    if status == 0:
        assert err == ""
        assert {"steps", "warnings"} <= json.loads(out).keys()
        return
    assert status == 2
    assert out == ""
    document = json.loads(err)
    assert list(document) == ["error"]
    assert set(document["error"]) == {"code", "field", "message"}
    assert document["error"]["code"]
    assert document["error"]["message"]


def written(document: Any) -> bytes:
    return json.dumps(document).encode()


@quick
@given(name=st.sampled_from(NAMES), given=st.binary(max_size=300))
def test_any_bytes(name: str, given: bytes) -> None:
    check(name, given)


@quick
@given(name=st.sampled_from(NAMES), data=st.data())
def test_a_good_document_cut_or_scrambled(name: str, data: st.DataObject) -> None:
    good = written(data.draw(STRATEGIES[name]))
    cut = data.draw(st.integers(0, len(good)))
    check(name, good[:cut] + data.draw(st.binary(max_size=4)) + good[cut + data.draw(st.integers(0, 3)) :])


@pytest.mark.parametrize("name", NAMES)
def test_absurd_values_in_any_field(name: str) -> None:
    @quick
    @given(document=STRATEGIES[name], data=st.data())
    def one(document: dict[str, Any], data: st.DataObject) -> None:
        for _time in range(data.draw(st.integers(1, 3))):
            _spoil(document, data)
        check(name, written(document))

    one()


def _spoil(document: Any, data: st.DataObject) -> None:
    """Puts something absurd somewhere into the document, at any depth."""
    while True:
        keys = list(document) if isinstance(document, dict) else list(range(len(document)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inner = document[key]
        if isinstance(inner, (dict, list)) and inner and data.draw(st.booleans()):
            document = inner
            continue
        document[key] = deepcopy(data.draw(st.sampled_from(ABSURD)))  # it may be spoilt in its turn
        return


MONEY_FIELDS = {
    "pension": ("account_balance", "benefit_base", "extras"),
    "contribution": ("base", "average_wage", "fixed_addon"),
    "resident-pension": ("base_pension", "account_balance", "extras"),
    "death-benefit": ("income_per_head", "account_balance"),
    "income-tax": ("taxable_income", "other_relief"),
    "personal-pension-tax": ("taxable_income", "contribution"),
    "injury": ("monthly_wage", "wage_base", "medical"),
    "subsidy": ("paid_monthly",),
}


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, fields in MONEY_FIELDS.items() for field in fields]
)
def test_negative_money_is_refused_by_its_field(name: str, field: str) -> None:
    @settings(quick, max_examples=10)
    @given(document=STRATEGIES[name], amount=st.integers(-(10**9), -1) | st.just("-0.01"))
    def one(document: dict[str, Any], amount: Any) -> None:
        status, _out, err = outcome(name, written(document | {field: amount}))
        assert status == 2
        assert json.loads(err)["error"]["field"] == field

    one()


@quick
@given(lines=st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")), max_size=8))
def test_lines_of_junk_are_answered_one_by_one(lines: list[bytes]) -> None:
    good = b'{"retire": "2031-05"}'
    given = b"\n".join([*lines, good])
    status, out, err = outcome("min-years", given, "--lines", "--steps", "no")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert len(answers) == sum(1 for line in [*lines, good] if line and not line.isspace())
    assert answers[-1]["months"] == 192
