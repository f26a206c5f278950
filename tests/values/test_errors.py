"""Errors stay whole wherever they are carried."""

from __future__ import annotations

import copy
import pickle

import pytest

from planner.earnings.limits import UnreadableError
from planner.policy import MissingValue
from planner.values import InputError, WenbaoError


@pytest.mark.parametrize("carried", [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy])
@pytest.mark.parametrize(
    "error",
    [
        WenbaoError("worker_lost", "The projection did not come back."),
        InputError("out_of_range", "{field}: {value} is too much", field="worker.born", value=7),
        MissingValue("missing_value", "{key} is not known", field="province", key="pension.base_lower"),
        UnreadableError("too_large", size=3),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_home_from_another_process(error, carried):
    try:
        raise error from ValueError("why")
    except WenbaoError as raised:
        home = carried(raised)
    assert type(home) is type(error)
    assert (home.code, home.field, home.message, home.values) == (
        error.code,
        error.field,
        error.message,
        error.values,
    )
    assert (str(home), home.args, repr(home)) == (str(error), error.args, repr(error))
