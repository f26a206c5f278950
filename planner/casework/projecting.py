"""The full projection of many members on worker processes: few futures each, in the order they come.

Every member has the same seed, so that a row is the same alone or in any batch. At most a few members a
worker wait at a time; stopping the iteration ends the workers.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date

from planner.advice.sentence import Sentence
from planner.casework.member import DRAWING, PENSION, Member, case_of
from planner.policy import Pack, current_pack
from planner.projection.case import Settings
from planner.projection.projecting import project
from planner.values import Name, WenbaoError, mark

PATHS = 500  # futures a member: the ranking of plans is steady from here, a chance is right to 2 points
_WAITING = 4  # members a worker


@dataclass(frozen=True, slots=True)
class Projected:
    """The suggested plan of a member: yuan a month of today; `why_none` instead where there is none."""

    member: Member
    plan: Name | None = None
    monthly_cost: float = 0.0
    lapse_year: float = 0.0
    pension_low: float = 0.0
    pension: float = 0.0
    pension_nothing: float = 0.0
    reaches_minimum: float = 0.0
    why_none: Sentence | None = None


def projections(
    members: Iterable[Member], today: date, *, paths: int = PATHS, workers: int | None = None
) -> Generator[Projected, None, None]:
    """One for each member, in their order; those who draw a pension already have none.

    A worker that the system ended is a WenbaoError.
    """
    settings = Settings(paths=paths)
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker
    )
    most = _WAITING * (workers or multiprocessing.cpu_count())
    waiting: deque[Future[Projected]] = deque()
    try:
        for member in members:
            if member.has(PENSION, DRAWING):
                continue
            waiting.append(pool.submit(_in_worker, member, today, settings))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise WenbaoError("worker_lost", _LOST) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_LOST = mark("A worker process ended early, perhaps for want of memory; try fewer with --workers.")
_PAST_AGE = {
    "retired_already": mark("The pension age is reached; there are no contributions left to plan."),
    "retired_short": mark(
        "The pension age is reached; months of payments still missing: {missing}. Ask the office about paying"
        " on or moving to the resident scheme; that is not reckoned here."
    ),
}
_pack: Pack | None = None


def _start_worker() -> None:
    """A worker leaves Ctrl-C to the process that started it, and reads the rules once."""
    global _pack
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _pack = current_pack()


def _in_worker(member: Member, today: date, settings: Settings) -> Projected:
    assert _pack is not None
    return projected(member, today, settings, _pack)


def projected(member: Member, today: date, settings: Settings, pack: Pack) -> Projected:
    """The projection of one member in few numbers."""
    try:
        found = project(case_of(member, today, settings), pack)
    except WenbaoError as error:
        if error.code in _PAST_AGE:
            return Projected(member, why_none=Sentence(_PAST_AGE[error.code], error.values))
        return Projected(member, why_none=Sentence(error.message, {**error.values, "field": error.field}))
    plans = {plan.plan.id: plan for plan in found.plans}
    best, nothing = plans[found.recommended], plans["nothing"]
    return Projected(
        member=member,
        plan=best.name,
        monthly_cost=best.monthly_cost,
        lapse_year=best.lapse.p12,
        pension_low=best.pension.p25,
        pension=best.pension.p50,
        pension_nothing=nothing.pension.p50,
        reaches_minimum=best.reaches_minimum,
    )
