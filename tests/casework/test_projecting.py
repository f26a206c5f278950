"""Projections on workers: who is left out, how many wait, what a lost worker becomes."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any

import pytest

from planner.advice.sentence import in_english
from planner.casework import projecting
from planner.casework.member import Member, case_of
from planner.casework.projecting import Projected, projected, projections
from planner.policy import load_pack
from planner.projection.case import Settings
from planner.values import Month, Place, WenbaoError
from tests.casework.conftest import TODAY

MEMBER = Member(line=2, born=Month(1990, 5), category="male_60", place=Place("CN-GD"), income=500_000)


class Pool:
    """Answers at once in this process; `breaks`: as when the system ended a worker."""

    breaks = False
    submitted: list[int]

    def __init__(self, *_arguments: Any, **_more: Any) -> None:
        type(self).submitted = []

    def submit(self, _work: Any, member: Member, *_more: Any) -> Future[Projected]:
        self.submitted.append(member.line)
        future: Future[Projected] = Future()
        if self.breaks:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(Projected(member))
        return future

    def shutdown(self, **_more: Any) -> None:
        self.submitted.append(0)


@pytest.fixture
def pool(monkeypatch):
    monkeypatch.setattr(projecting, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(Pool, "breaks", False)
    return Pool


def test_members_come_back_in_their_order_and_few_wait(pool):
    found = projections((replace(MEMBER, line=line) for line in range(1, 100)), TODAY, workers=1)
    assert next(found).member.line == 1
    assert len(pool.submitted) < 10
    assert [one.member.line for one in found] == list(range(2, 100))
    assert pool.submitted[-1] == 0


def test_stopping_early_ends_the_workers(pool):
    found = projections((replace(MEMBER, line=line) for line in range(1, 100)), TODAY, workers=1)
    next(found)
    found.close()
    assert pool.submitted[-1] == 0


def test_who_draws_a_pension_is_left_out(pool):
    drawing = replace(MEMBER, line=3, cover={"pension": frozenset({"drawing"})})
    assert [one.member.line for one in projections([MEMBER, drawing], TODAY, workers=1)] == [2]


def test_a_lost_worker_is_an_error_of_ours(pool, monkeypatch):
    monkeypatch.setattr(Pool, "breaks", True)
    with pytest.raises(WenbaoError) as caught:
        list(projections([MEMBER], TODAY, workers=1))
    assert caught.value.code == "worker_lost"
    assert pool.submitted[-1] == 0


def test_a_member_as_a_case():
    case = case_of(MEMBER, TODAY, Settings())
    assert [(str(one.month), one.cny) for one in case.months] == [
        ("2026-08", 5000.0),
        ("2026-09", 5000.0),
        ("2026-10", 5000.0),
    ]
    assert case.record.average_index is None
    assert case.cash.essentials is None


@pytest.mark.parametrize(("months", "said"), [(200, "no contributions left"), (170, "missing: 10.")])
def test_past_the_pension_age_it_says_what_is_left_to_do(months, said):
    past = replace(MEMBER, born=Month(1966, 1), category="male_60", employee_months=months)
    found = projected(past, TODAY, Settings(paths=10), load_pack())
    assert found.why_none is not None
    assert said in found.why_none.said(in_english)
