"""Ten people: what should come out for each, and why, stands in their file under tests/data/cases."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from planner.projection import case_from_json, project
from planner.projection.results import Projection
from tests.projection.certain import pack

FILES = sorted((Path(__file__).parents[1] / "data" / "cases").glob("*.json"))
LARGEST_GAP = 0.12  # to perfect foresight
CLOSE = 0.005  # returns nearer than this may change places


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def told(request) -> tuple[dict, Projection]:
    document = json.loads(request.param.read_text("utf-8"))
    return document["expected"], project(case_from_json(document["case"], pack()), pack())


def test_there_are_ten():
    assert len(FILES) == 10


def test_the_plan_recommended_is_of_the_expected_kind(told):
    expected, projection = told
    chosen = projection.plan(projection.recommended)
    assert chosen.plan.family in expected["families"]
    least, most = expected["lapse_p12"]
    assert least <= chosen.lapse.p12 <= most


def test_the_lowest_employee_tier_lapses_as_often_as_expected(told):
    expected, projection = told
    tier = next(plan for plan in projection.plans if plan.plan.family == "employee")
    least, most = expected["employee_lapse_p12"]
    assert least <= tier.lapse.p12 <= most


def test_pensions_are_in_the_expected_order(told):
    expected, projection = told
    found = [projection.plan(plan).pension_mean for plan in expected["by_pension"]]
    assert found == sorted(found)


def test_returns_are_in_the_expected_order(told):
    expected, projection = told
    found = [projection.plan(plan).irr for plan in expected["by_return"]]
    assert all(better >= worse - CLOSE for better, worse in pairwise(found))


def test_foresight_would_add_little(told):
    _expected, projection = told
    gap = projection.foresight_gap
    assert gap is None or gap < LARGEST_GAP
    assert (gap is None) == (projection.recommended == "nothing")
