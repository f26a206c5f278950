"""The one model that the pages share: law, store, the person open, their answers, earnings, projection.

It has never heard of a widget. Each thing a person can do is one method that stores it at once, puts its
inverse on the undo stack and announces what changed. Work that takes long runs in a task.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from planner.text import _
from planner.ui import tasks
from planner.values import InputError, Month, WenbaoError, mark

if TYPE_CHECKING:
    from planner.policy import Pack
    from planner.projection import Case, Projection
    from planner.ui.theme import Look
    from planner.vault import Person, Store

NEEDED = ("born", "province", "occupation")
DEFAULTS: Mapping[str, Any] = {"category": "male_60", "max_lapse": "0.05"}
WAIT_BEFORE_PROJECTING = 250  # milliseconds without a further edit
KEPT_PROJECTIONS = 6


class Workspace(QObject):
    """State and deeds of the window; `projection_changed` carries none, running, ready or failed."""

    person_changed = Signal()
    people_changed = Signal()
    answers_changed = Signal()
    earnings_changed = Signal()
    projection_changed = Signal(str)
    projection_progress = Signal(float)
    open_page = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        store: Store,
        look: Look,
        *,
        today: date,
        load_pack: Callable[[], Pack] | None = None,
        is_demo: bool = False,
    ) -> None:
        super().__init__()
        self.store = store
        self.look = look
        self.today = today
        self.is_demo = is_demo
        self.undo_stack = QUndoStack(self)
        self._load_pack = load_pack or _default_pack
        self._pack: Pack | None = None
        self._person: Person | None = None
        self._answers: dict[str, Any] = {}
        self._projections: dict[str, Projection] = {}
        self._wanted = False
        self._task: tasks.Task | None = None
        self._running_key = ""
        self._projection_error: Exception | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_BEFORE_PROJECTING)
        self._timer.timeout.connect(self._start_projection)
        self._picture: Any = None
        self.answers_changed.connect(self._inputs_changed)
        self.earnings_changed.connect(self._inputs_changed)

    # The law

    @property
    def pack(self) -> Pack:
        """The law as data; read at its first use."""
        if self._pack is None:
            self._pack = self._load_pack()
        return self._pack

    # People

    @property
    def person(self) -> Person | None:
        """Whose file is open; None when nobody's."""
        return self._person

    def people(self) -> list[Person]:
        return list(self.store.people())

    def open_last_person(self) -> None:
        """Open who was open when the window closed; on the very first start create the one who sits here."""
        people = self.people()
        last = self.store.setting("last_person")
        found = next((person for person in people if str(person.id) == last), None)
        if found is None and last is None:
            found = people[0] if people else self.store.create_person(_("Me"))
        self._show_person(found)

    def open_person(self, person: Person) -> None:
        self.undo_stack.clear()
        self._show_person(person)

    def close_person(self) -> None:
        """Put the file away; everything is stored already."""
        self.undo_stack.clear()
        self._show_person(None)

    def create_person(self, name: str) -> Person:
        """A new person, opened at once."""
        person = self.store.create_person(_proper_name(name))
        self.people_changed.emit()
        self.open_person(person)
        return person

    def rename_person(self, person: Person, name: str) -> None:
        new, old = _proper_name(name), person.name
        if new == old:
            return

        def give(value: str) -> None:
            self.store.rename(person.id, value)
            if self._person is not None and self._person.id == person.id:
                self._person = next((one for one in self.people() if one.id == person.id), None)
            self.people_changed.emit()

        self._do(mark("Rename"), lambda: give(new), lambda: give(old))

    # Answers

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers of the person open, as stored (amounts as decimal text, months as YYYY-MM)."""
        return self._answers

    def answer(self, name: str) -> Any:
        """One answer, or its default, or None."""
        value = self._answers.get(name)
        return DEFAULTS.get(name) if value is None else value

    def save_answers(self, changes: Mapping[str, Any]) -> None:
        """Store changed answers at once; None takes an answer away."""
        if self._person is None:
            return
        before = dict(self._answers)
        after = {name: value for name, value in {**before, **changes}.items() if value is not None}
        if after == before:
            return
        person = self._person

        def write(answers: dict[str, Any]) -> None:
            self.store.save_answers(person.id, answers)
            self._answers = dict(answers)
            self.answers_changed.emit()

        self._do(mark("Change an answer"), lambda: write(after), lambda: write(before))

    # Settings of the window

    def setting(self, name: str, default: str = "") -> str:
        value = self.store.setting(name)
        return default if value is None else str(value)

    def set_setting(self, name: str, value: str) -> None:
        self.store.set_setting(name, value)

    # Case and projection

    def missing(self) -> tuple[str, ...]:
        """The names of the answers without which nothing can be worked out, in the order of asking."""
        return tuple(name for name in NEEDED if not self._answers.get(name))

    def case(self) -> Case | None:
        """The person's case; None while an answer of `missing()` is not given."""
        if self._person is None or self.missing():
            return None
        from planner.projection import case_from_json

        return case_from_json(self.case_json(), self.pack)

    def case_json(self) -> dict[str, Any]:
        """The case in the form that the commands take (`wenbao project`)."""
        answers = {**DEFAULTS, **self._answers}
        worker = {
            "born": answers.get("born"),
            "category": answers.get("category"),
            "province": answers.get("province"),
            "area": answers.get("area", ""),
            "hukou": answers.get("hukou") or answers.get("province"),
            "occupation": answers.get("occupation"),
            "platforms": list(answers.get("platforms", [])),
        }
        record = {name: answers[name] for name in _RECORD if answers.get(name) is not None}
        cash = {name: answers[name] for name in _CASH if answers.get(name) is not None}
        return {
            "today": self.today.isoformat(),
            "worker": {name: value for name, value in worker.items() if value not in (None, "")},
            "record": record,
            "cash": cash,
            "earnings": {"monthly": self.monthly_json()},
            "settings": {"max_lapse": answers["max_lapse"]},
        }

    @property
    def projection(self) -> Projection | None:
        """The projection of the case as it is now, if it is ready."""
        return self._projections.get(self._case_key())

    @property
    def projection_state(self) -> str:
        """`none` (answers missing or nothing asked for yet), `running`, `ready` or `failed`."""
        if self._person is None or self.missing():
            return "none"
        if self.projection is not None:
            return "ready"
        if self._task is not None or self._timer.isActive():
            return "running"
        return "failed" if self._projection_error is not None else "none"

    @property
    def projection_error(self) -> Exception | None:
        return self._projection_error

    def want_projection(self) -> None:
        """A page that shows the projection was opened: keep it up to date from now on."""
        self._wanted = True
        if self.projection is not None or self.missing() or self._person is None:
            self.projection_changed.emit(self.projection_state)
        elif self._task is None or self._running_key != self._case_key():
            self._start_projection()

    def cancel_projection(self) -> None:
        """Stop the projection that is running; the next change of an answer starts another."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.projection_changed.emit(self.projection_state)

    def _inputs_changed(self) -> None:
        self._projection_error = None
        if self._task is not None and self._running_key != self._case_key():
            self._task.cancel()
            self._task = None
        if self._wanted and self._person is not None and not self.missing() and self.projection is None:
            self._timer.start()
        self.projection_changed.emit(self.projection_state)

    def _start_projection(self) -> None:
        self._timer.stop()
        if self._person is None or self.missing() or self.projection is not None:
            return
        if self._task is not None:
            self._task.cancel()
        key, data = self._case_key(), self.case_json()
        self._projection_error = None
        self._running_key = key

        def work(task: tasks.Task) -> Projection:
            from planner.projection import case_from_json, project

            case = case_from_json(data, self.pack)
            return project(case, self.pack, progress=task.progress, cancelled=task.cancelled)

        def done(projection: Projection) -> None:
            self._task = None
            self._projections[key] = projection
            while len(self._projections) > KEPT_PROJECTIONS:
                self._projections.pop(next(iter(self._projections)))
            self.projection_changed.emit(self.projection_state)

        def wrong(error: Exception) -> None:
            self._task = None
            self._projection_error = error
            self.projection_changed.emit("failed")

        self._task = tasks.run(work, done, wrong, lambda share, _words: self.projection_progress.emit(share))
        self.projection_changed.emit("running")

    def _case_key(self) -> str:
        text = json.dumps(self.case_json(), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    # Undo

    def _do(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do it now and keep its inverse; `words` is a message id."""
        self.undo_stack.push(_Deed(words, do, undo))

    def _show_person(self, person: Person | None) -> None:
        self._person = person
        self._answers = dict(self.store.answers(person.id)) if person is not None else {}
        self.store.set_setting("last_person", str(person.id) if person is not None else "")
        self._picture = None
        self._wanted = False
        self.person_changed.emit()
        self.answers_changed.emit()
        self.earnings_changed.emit()


class _Deed(QUndoCommand):
    """Something a person did, with its inverse."""

    def __init__(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(words)
        self._do, self._undo = do, undo

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._undo()


_RECORD = ("employee_months", "average_index", "account_balance", "resident_months", "resident_balance")
_CASH = ("essentials", "buffer")


def _proper_name(name: str) -> str:
    stripped = " ".join(name.split())
    if not stripped:
        raise InputError("no_name", mark("Please give a name; any name will do."), field="name")
    return stripped[:60]


def _default_pack() -> Pack:
    from planner.policy import load_pack

    return load_pack()
