"""Work longer than 200 ms, off the main thread, with progress and cancel, safe when the window closes."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

HANDING_OVER = 0.001  # seconds

_running: set[Task] = set()
_held: list[Task] | None = None  # those that wait for `release`
_later: deque[Callable[[], object]] = deque()  # what the main thread does after `release`, one a turn


class CancelledError(Exception):
    """Raised inside a task's function by `Task.check` after a cancel; nothing is reported then."""


class Lane:
    """One thread in which pieces of work are done one after another."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def put(self, work: Callable[[], None]) -> None:
        """Do `work`, which raises nothing, when its turn comes; called from the main thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._go, name=self._name, daemon=True)
            self._thread.start()
        self._work.put(work)

    def _go(self) -> None:
        while True:
            self._work.get()()


class Task(QObject):
    """One piece of work in a thread; its callbacks run in the thread that started it (the main thread)."""

    _finished = Signal(object, object)
    _progressed = Signal(float, str)

    def __init__(
        self,
        function: Callable[[Task], Any],
        on_done: Callable[[Any], Any] | None,
        on_error: Callable[[Exception], Any] | None,
        on_progress: Callable[[float, str], Any] | None,
        lane: Lane | None = None,
    ) -> None:
        super().__init__()
        self._function = function
        self._on_done = on_done
        self._on_error = on_error
        self._on_progress = on_progress
        self._cancel = threading.Event()
        self._sealed = False
        self._gate = threading.Lock()
        self._last_progress = 0.0
        self._finished.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._lane = lane
        self._ended = threading.Event()

    def start(self) -> None:
        # Each question that Qt asks of Python while it paints waits so long for a thread at work, and a
        # painting asks a hundred. With Python's own 5 ms the window stands still for half a second.
        sys.setswitchinterval(HANDING_OVER)
        _running.add(self)
        if _held is not None:
            _held.append(self)
        else:
            self.begin()

    def begin(self) -> None:
        """Start the thread, or take a place in the lane."""
        if self._lane is not None:
            self._lane.put(self._work)
        else:
            threading.Thread(target=self._work, name="wenbao-task", daemon=True).start()

    def cancel(self) -> bool:
        """Ask the work to stop; neither result nor error is reported any more.

        False if it is past the point where it can stop (`seal`): then it ends and reports as usual.
        """
        with self._gate:
            if self._sealed:
                return False
            self._cancel.set()
            return True

    def seal(self) -> None:
        """Called by the work before what cannot be taken back: leave if a cancel came, else refuse any."""
        with self._gate:
            self.check()
            self._sealed = True

    def cancelled(self) -> bool:
        """Whether a cancel was asked for; hand this to functions that take a `cancelled` callback."""
        return self._cancel.is_set()

    def check(self) -> None:
        """Leave the work here if a cancel was asked for."""
        if self._cancel.is_set():
            raise CancelledError

    def pause(self, seconds: float) -> None:
        """Wait so long before going on; a cancel ends the work."""
        self._cancel.wait(seconds)
        self.check()

    def progress(self, share: float, words: str = "") -> None:
        """Report the share done (0 to 1); called from the work as often as it likes."""
        now = time.monotonic()
        if share >= 1 or now - self._last_progress >= 0.05:
            self._last_progress = now
            self._progressed.emit(float(share), words)

    def wait(self, seconds: float) -> bool:
        """Whether the work has ended within `seconds`."""
        return self._ended.wait(seconds)

    def _work(self) -> None:
        result: Any = None
        error: Exception | None = None
        try:
            self.check()
            result = self._function(self)
        except Exception as caught:
            error = caught
        try:
            self._finished.emit(result, error)
        except RuntimeError:  # the application is gone
            _running.discard(self)
        self._ended.set()

    @Slot(object, object)
    def _finish(self, result: Any, error: Exception | None) -> None:
        _running.discard(self)
        if self._cancel.is_set() or isinstance(error, CancelledError):
            return
        if error is None:
            if self._on_done is not None:
                self._on_done(result)
        elif self._on_error is not None:
            self._on_error(error)
        else:
            raise error

    @Slot(float, str)
    def _show_progress(self, share: float, words: str) -> None:
        if self._on_progress is not None and not self._cancel.is_set():
            self._on_progress(share, words)


def run(
    function: Callable[[Task], Any],
    on_done: Callable[[Any], Any] | None = None,
    on_error: Callable[[Exception], Any] | None = None,
    on_progress: Callable[[float, str], Any] | None = None,
    lane: Lane | None = None,
) -> Task:
    """Start `function(task)` in a thread of its own, or when its turn comes in the thread of `lane`.

    The function may use `task.progress`, `.check` and `.cancelled`.
    """
    task = Task(function, on_done, on_error, on_progress, lane)
    task.start()
    return task


def hold() -> None:
    """From now on tasks wait for `release`: the first painting of a window comes before all other work."""
    global _held
    _held = _held or []


def release() -> None:
    """Begin what was held back, and hold nothing any more."""
    global _held
    waiting, _held = _held or [], None
    for task in waiting:
        task.begin()
    if _later:
        QTimer.singleShot(0, _next_turn)


def after_painting(deed: Callable[[], object]) -> None:
    """Do `deed` in the main thread: at once, or while work is held, in a turn of its own after `release`."""
    if _held is None and not _later:
        deed()
    else:
        _later.append(deed)


def catch_up() -> None:
    """Do now what `after_painting` put off."""
    while _later:
        _later.popleft()()


def _next_turn() -> None:
    try:
        if _later:
            _later.popleft()()
    finally:
        if _later:  # after what this turn has posted: its painting
            QTimer.singleShot(0, _next_turn)


def busy() -> bool:
    """Whether any task has not yet reported."""
    return bool(_running)


def stop_all(seconds: float = 3.0) -> None:
    """Cancel everything and wait a little; called when the window closes."""
    tasks = list(_running)
    for task in tasks:
        task.cancel()
    _later.clear()
    release()
    deadline = time.monotonic() + seconds
    for task in tasks:
        task.wait(max(0.0, deadline - time.monotonic()))
        _running.discard(task)
