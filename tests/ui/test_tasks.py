"""Work off the main thread: results come back, a cancel is silent, a sealed task cannot be stopped."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from planner.ui import tasks
from planner.ui.tasks import CancelledError, Task


def test_the_result_comes_back_on_the_thread_that_asked(qtbot: QtBot) -> None:
    seen: list[tuple[Any, bool]] = []
    tasks.run(
        lambda _task: threading.current_thread() is threading.main_thread(),
        lambda result: seen.append((result, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_an_error_is_handed_over(qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(_task: Task) -> None:
        raise ValueError("x")

    tasks.run(work, None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)


def test_progress_is_reported_and_ends_at_one(qtbot: QtBot) -> None:
    told: list[float] = []
    done: list[int] = []

    def work(task: Task) -> int:
        for number in range(1, 101):
            task.progress(number / 100)
        return 1

    tasks.run(work, done.append, None, lambda share, _words: told.append(share))
    qtbot.waitUntil(lambda: bool(done))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_cancelled_task_reports_nothing_more(qtbot: QtBot) -> None:
    go_on = threading.Event()
    reports: list[object] = []

    def work(task: Task) -> str:
        go_on.wait(5)
        task.check()
        return "late"

    task = tasks.run(work, reports.append, reports.append)
    assert task.cancel()
    go_on.set()
    assert task.wait(5)
    qtbot.wait(50)
    assert reports == []


def test_after_the_seal_a_cancel_comes_too_late(qtbot: QtBot) -> None:
    sealed, go_on = threading.Event(), threading.Event()
    results: list[str] = []

    def work(task: Task) -> str:
        task.seal()
        sealed.set()
        go_on.wait(5)
        return "kept"

    task = tasks.run(work, results.append)
    assert sealed.wait(5)
    assert not task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["kept"]


def test_a_cancel_before_the_seal_stops_at_it() -> None:
    task = Task(lambda _task: None, None, None, None)
    task.cancel()
    with pytest.raises(CancelledError):
        task.seal()


def test_work_in_one_lane_waits_for_its_turn_in_one_thread(qtbot: QtBot) -> None:
    lane = tasks.Lane("test")
    go_on = threading.Event()
    seen: list[tuple[str, threading.Thread]] = []
    ended: list[None] = []

    def work(name: str) -> None:
        go_on.wait(5)
        seen.append((name, threading.current_thread()))

    tasks.run(lambda _task: work("first"), ended.append, lane=lane)
    stopped = tasks.run(lambda _task: work("stopped"), ended.append, lane=lane)
    tasks.run(lambda _task: work("last"), ended.append, lane=lane)
    stopped.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert [name for name, _thread in seen] == ["first", "last"]
    assert len({thread for _name, thread in seen}) == 1
    assert stopped.wait(1)
    assert not tasks.busy()


def test_held_work_begins_when_it_is_let_go(qtbot: QtBot) -> None:
    began: list[str] = []
    tasks.hold()
    tasks.run(lambda _task: began.append("held"))
    tasks.run(lambda _task: began.append("in a lane"), lane=tasks.Lane("test"))
    qtbot.wait(50)
    assert began == []
    assert tasks.busy()
    tasks.release()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert sorted(began) == ["held", "in a lane"]
    tasks.run(lambda _task: began.append("later"))
    qtbot.waitUntil(lambda: "later" in began)


def test_held_work_does_not_keep_a_window_from_closing(qtbot: QtBot) -> None:
    began: list[str] = []
    tasks.hold()
    task = tasks.run(lambda _task: began.append("held"))
    tasks.stop_all()
    assert task.wait(1)
    assert began == []
    assert not tasks.busy()


def test_what_comes_after_the_painting_takes_a_turn_each(qtbot: QtBot) -> None:
    done: list[str] = []
    tasks.after_painting(lambda: done.append("at once"))
    assert done == ["at once"]
    tasks.hold()
    for name in ("first", "second"):
        tasks.after_painting(lambda name=name: (done.append(name), QTimer.singleShot(0, between)))

    def between() -> None:
        done.append("between")

    qtbot.wait(20)
    assert done == ["at once"]
    tasks.release()
    qtbot.waitUntil(lambda: done.count("between") == 2)
    assert done == ["at once", "first", "between", "second", "between"]


def test_what_comes_after_the_painting_can_be_had_before(qtbot: QtBot) -> None:
    done: list[str] = []
    tasks.hold()
    tasks.after_painting(lambda: done.append("first"))
    tasks.catch_up()
    assert done == ["first"]
    tasks.after_painting(lambda: done.append("of a closed window"))
    tasks.stop_all()
    qtbot.wait(20)
    assert done == ["first"]


def test_work_hands_over_to_the_window_sooner_than_python_would(qtbot: QtBot) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    try:
        task = tasks.run(lambda _task: None)
        assert task.wait(20)
        assert sys.getswitchinterval() == pytest.approx(tasks.HANDING_OVER)
    finally:
        sys.setswitchinterval(before)
