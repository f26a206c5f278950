"""The one model that the pages share: law, store, the person open, their answers, earnings, projection.

It has never heard of a widget. Each thing a person can do is one method that stores it at once, with its
inverse in the vault's journal, and announces what changed. Work that takes long runs in a task.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from planner.text import _
from planner.ui import tasks
from planner.ui.models.known import OF_THE_LAW, known_answers
from planner.values import InputError, Month, Origin, Place, mark

if TYPE_CHECKING:
    from planner.earnings import IncomePicture
    from planner.policy import Pack
    from planner.projection import Case, Projection
    from planner.ui.models.earnings import Doubtful, EarningsView, ImportOutcome
    from planner.ui.models.known import KnownAnswers
    from planner.ui.theme import Look
    from planner.vault import Edit, Keeper, Person, Store

NEEDED = ("category", "born", "province", "occupation")
DEFAULTS: Mapping[str, Any] = {"max_lapse": "0.05"}
WAIT_BEFORE_PROJECTING = 250  # milliseconds without a further edit
KEPT_PROJECTIONS = 6
ROWS_AT_ONCE = 1500  # rows of bills that add up fast enough to do without a task

_UNDO_WORDS: Mapping[str, str] = {
    "rename": mark("new name"),
    "delete_person": mark("deleting the person"),
    "answers": mark("changed answer"),
    "typed_months": mark("typed months"),
    "add_imports": mark("added files"),
    "remove_import": mark("removed file"),
    "restore_import": mark("file brought back"),
    "kind": mark("what a row is"),
    "included": mark("what counts as pay"),
    "rule": mark("what counts as pay"),
    "remembered": mark("what is remembered for such files"),
    "step_done": mark("step done"),
    "remove_step": mark("removed step"),
    "restore_step": mark("step brought back"),
    "correction": mark("own value of a rule"),
}
_OF_EARNINGS = frozenset(
    {
        *("typed_months", "add_imports", "remove_import", "restore_import"),
        *("kind", "included", "rule", "remembered"),
    }
)
_OF_STEPS = frozenset({"step_done", "remove_step", "restore_step"})
_OF_PEOPLE = frozenset({"rename", "delete_person"})


class Workspace(QObject):
    """State and deeds of the window; `projection_changed` carries none, running, ready or failed."""

    person_changed = Signal()
    people_changed = Signal()
    answers_changed = Signal()
    earnings_changed = Signal()
    steps_changed = Signal()
    undo_changed = Signal()
    projection_changed = Signal(str)
    projection_progress = Signal(float)
    open_page = Signal(str)
    files_offered = Signal(list)
    pack_changed = Signal()
    rule_asked = Signal()
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
        self.store.keepers = {"correction": _corrections}
        self.look = look
        self.today = today
        self.is_demo = is_demo
        self._load_pack = load_pack or _default_pack
        self._pack: Pack | None = None
        self._asked_rule: tuple[str, Place, date, str] | None = None
        self._asked_row: Origin | None = None
        self._person: Person | None = None
        self._answers: dict[str, Any] = {}
        self._known: KnownAnswers | None = None
        self._projections: dict[str, Projection] = {}
        self._wanted = False
        self._task: tasks.Task | None = None
        self._running_key = ""
        self._projection_error: Exception | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_BEFORE_PROJECTING)
        self._timer.timeout.connect(self._start_projection)
        self._earnings: EarningsView | None = None
        self._earnings_due = False  # a few rows, not yet added up because nobody asked
        self._picture: IncomePicture | None = None  # of the rows that are due
        self._earnings_task: tasks.Task | None = None
        self._earnings_edits = 0
        self._edited_last: Person | None = None  # on the page of people, without opening a file
        self.answers_changed.connect(self._inputs_changed)
        self.earnings_changed.connect(self._inputs_changed)

    # The law

    @property
    def pack(self) -> Pack:
        """The law as data; read at its first use."""
        if self._pack is None:
            self._pack = self._load_pack()
        return self._pack

    def reload_pack(self) -> None:
        """The law changed (an update, a correction): read it anew and work everything out again."""
        self._pack = self._known = None
        self._projections.clear()
        self.pack_changed.emit()
        self._inputs_changed()

    def correct_rule(self, key: Mapping[str, Any], row: Mapping[str, Any] | None) -> None:
        """Keep a value of the person's own, or take it back (None), as rows of `policy.CorrectionRows`."""
        self.store.change_beside("correction", key, row)
        self.reload_pack()
        self.undo_changed.emit()

    def show_rule(self, key: str, place: Place, day: date, area: str = "") -> None:
        """Open the Rules page at one value; every number in the window may lead there."""
        self._asked_rule = (key, place, day, area)
        self.open_page.emit("rules")
        self.rule_asked.emit()

    def show_origin(self, origin: Origin) -> None:
        """Open the Rules page where a number comes from: today, if the value still counts then."""
        if origin.line:
            self._asked_row = origin
            self.open_page.emit("rules")
            self.rule_asked.emit()
            return
        place = Place(origin.place)
        now = self.pack.find(origin.key, place, self.today, area=origin.area)
        still = now is not None and now.valid_from == origin.valid_from
        self.show_rule(origin.key, place, self.today if still else origin.valid_from, origin.area)

    def take_asked_rule(self) -> tuple[str, Place, date, str] | None:
        """What `show_rule` asked for, once: key, place, day, regional class."""
        asked, self._asked_rule = self._asked_rule, None
        return asked

    def take_asked_row(self) -> Origin | None:
        """The row of a table that `show_origin` asked for, once."""
        asked, self._asked_row = self._asked_row, None
        return asked

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
        self._show_person(person)

    def close_person(self) -> None:
        """Put the file away; everything is stored already."""
        self._show_person(None)

    def create_person(self, name: str) -> Person:
        """A new person, opened at once."""
        person = self.store.create_person(_proper_name(name))
        self.people_changed.emit()
        self.open_person(person)
        return person

    def rename_person(self, person: Person, name: str) -> None:
        """InputError for an empty name."""
        self.store.rename(person.id, _proper_name(name))
        self._people_edited(person)

    def delete_person(self, person: Person) -> None:
        """Take a person out, closing their file; undo brings them back until the window closes."""
        self.store.delete_person(person.id)
        if self._person is not None and self._person.id == person.id:
            self._show_person(None)
        self._people_edited(person)

    def _people_edited(self, person: Person | None) -> None:
        """`person` was renamed, deleted or brought back; their journal is the one that undo turns next."""
        self._edited_last = person
        if self._person is not None:
            self._person = next((one for one in self.people() if one.id == self._person.id), None)
        self.people_changed.emit()
        self.undo_changed.emit()

    # Answers

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers of the person open, as stored (amounts as decimal text, months as YYYY-MM)."""
        return self._answers

    def answer(self, name: str) -> Any:
        """One answer as far as it is known, or its default, or None."""
        value = self._answers.get(name)
        if value is not None and name in OF_THE_LAW:
            value = self._known_answers().answers.get(name)
        return DEFAULTS.get(name) if value is None else value

    @property
    def lost(self) -> Mapping[str, Any]:
        """The stored answers that the rules or the program do not know any more; to be chosen again.

        They stay stored but count as not given. Names as in `KnownAnswers`.
        """
        return self._known_answers().lost if OF_THE_LAW.intersection(self._answers) else {}

    def _known_answers(self) -> KnownAnswers:
        if self._known is None:
            self._known = known_answers(self._answers, self.pack, self.today)
        return self._known

    def save_answers(self, changes: Mapping[str, Any]) -> None:
        """Store changed answers at once; None takes an answer away."""
        if self._person is None:
            return
        before = dict(self._answers)
        after = {name: value for name, value in {**before, **changes}.items() if value is not None}
        if after == before:
            return
        self.store.save_answers(self._person.id, after)
        self._answers, self._known = after, None
        self._edited()
        self.answers_changed.emit()

    # Earnings

    @property
    def earnings(self) -> EarningsView:
        """What the person's files and typed months come to; empty while nobody's file is open.

        A few rows are added up when they are first asked for.
        """
        from planner.ui.models.earnings import EarningsView, load

        if self._earnings_due and self._person is not None:
            self._earnings_due = False
            self._earnings = load(self.store, self._person.id)
        return EarningsView() if self._earnings is None else self._earnings

    @property
    def adding_up(self) -> bool:
        """Whether many rows are being added up; `earnings_changed` says when it is done."""
        return self._earnings_task is not None

    @property
    def picture(self) -> IncomePicture:
        """The months and their measures; without months while nothing is known."""
        if not self._earnings_due or self._person is None:
            return self.earnings.picture
        if self._picture is None:  # the whole view takes longer, and few pages show it
            from planner.ui.models.income import income_of

            self._picture = income_of(self.store, self._person.id)
        return self._picture

    @property
    def has_files(self) -> bool:
        """Whether files of the person count."""
        if self._earnings_due and self._person is not None:
            return bool(self.store.imports(self._person.id))
        return bool(self.earnings.files)  # counting the rows of large files would take a while

    @property
    def months_known(self) -> int:
        """How many whole months of the person's own are known."""
        return len(self.picture.covered)

    def monthly_json(self) -> list[dict[str, Any]]:
        """The months as a case takes them."""
        return self.picture.monthly_json()

    def import_files(
        self,
        paths: Sequence[Path],
        password: str | None,
        done: Callable[[list[ImportOutcome]], None],
        failed: Callable[[Exception], None],
        progress: Callable[[float, str], None],
        *,
        currency: str = "",
        instead_of: Sequence[int] = (),
    ) -> tasks.Task:
        """Read and store files in a task, all or none; `progress` gets the share done and a file's name."""
        if self._person is None:
            raise InputError("no_person", mark("Open somebody's file first."))
        person, store, today = self._person.id, self.store, self.today

        def work(task: tasks.Task) -> tuple[list[ImportOutcome], EarningsView, int]:
            from planner.ui.models.earnings import load, take_in

            outcomes = take_in(
                store, person, paths, password, today, task, currency=currency, instead_of=instead_of
            )
            edits = self._earnings_edits
            return outcomes, load(store, person), edits

        def stored(result: tuple[list[ImportOutcome], EarningsView, int]) -> None:
            outcomes, view, edits = result
            if self._person is not None and self._person.id == person:
                if edits == self._earnings_edits:
                    self._show_earnings(view)
                else:  # something was edited while this was added up
                    self._load_earnings()
                self._edited()
            done(outcomes)

        return tasks.run(work, stored, failed, progress)

    def remove_import(self, number: int) -> None:
        """Leave a file out; rows that another file also has stay."""
        self.store.remove_import(number)
        self.earnings_edited()

    def set_included(self, entries: Iterable[int], included: bool) -> None:
        """Decide whether these rows count as pay."""
        self.store.set_included(entries, included)
        self.earnings_edited()

    def set_all_alike(self, ones: Sequence[Doubtful], included: bool) -> None:
        """Decide it for each of these rows and all like it, also those of files still to come."""
        from planner.ui.models.earnings import rule_on

        if self._person is not None:
            likes = {one.meant for one in ones}
            alike = [other.id for other in self.earnings.doubtful if other.is_among(likes)]
            self.store.save_rules(self._person.id, [rule_on(one, included) for one in ones], alike)
            self.earnings_edited()

    def type_months(self, changes: Mapping[Month, Mapping[str, Any]]) -> None:
        """Keep what was typed of months (`cny`, `orders`, `hours`); None takes a number away."""
        from planner.ui.models.earnings import retyped

        if self._person is not None:
            self.store.save_typed_months(self._person.id, retyped(self.earnings.typed, changes))
            self.earnings_edited()

    def earnings_edited(self) -> None:
        """What is stored of the earnings has changed: add up anew."""
        self._edited()
        self._load_earnings()

    def _load_earnings(self) -> None:
        """Add up what is stored: when it is asked for, or in a task where it takes long."""
        self._earnings_edits += 1
        self._earnings_due = False
        if self._earnings_task is not None:
            self._earnings_task.cancel()
            self._earnings_task = None
        if self._person is None:
            self._earnings = None
            self.earnings_changed.emit()
            return
        person, store = self._person.id, self.store
        known, files = self._earnings, store.imports(person)
        if sum(file.entries for file in files) <= ROWS_AT_ONCE:
            self._earnings, self._picture, self._earnings_due = None, None, True
            self.earnings_changed.emit()
            return
        from planner.ui.models.earnings import glance, load

        def wrong(error: Exception) -> None:
            self._earnings_task = None
            self.failed.emit(error)

        if known:
            self._earnings = glance(known, files, store, person)

        def work(task: tasks.Task) -> EarningsView:
            if known:
                task.pause(WAIT_BEFORE_PROJECTING / 1000)  # the next edit often follows at once
            return load(store, person, known, task.check)

        self._earnings_task = tasks.run(work, self._show_earnings, wrong)
        self.earnings_changed.emit()

    def _show_earnings(self, view: EarningsView) -> None:
        self._earnings_task, self._earnings_due = None, False
        self._earnings = view
        self.earnings_changed.emit()

    # Settings of the window

    def setting(self, name: str, default: str = "") -> str:
        value = self.store.setting(name)
        return default if value is None else str(value)

    def set_setting(self, name: str, value: str) -> None:
        self.store.set_setting(name, value)

    # Case and projection

    def missing(self) -> tuple[str, ...]:
        """The names of the answers without which nothing can be worked out, in the order of asking."""
        return tuple(name for name in NEEDED if not self._answers.get(name)) or tuple(
            name for name in NEEDED if not self.answer(name)
        )

    def case(self) -> Case | None:
        """The person's case; None while an answer of `missing()` is not given."""
        if self._person is None or self.missing():
            return None
        from planner.projection import case_from_json

        return case_from_json(self.case_json(), self.pack)

    def case_json(self) -> dict[str, Any]:
        """The case in the form that the commands take (`wenbao project`)."""
        answers = {**DEFAULTS, **(self._known_answers().answers if self._answers else {})}
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
            "settings": {name: answers[name] for name in _SETTINGS if answers.get(name)},
        }

    @property
    def projection(self) -> Projection | None:
        """The projection of the case as it is now, if it is ready."""
        if not self._projections:
            return None  # the earnings need not be added up to know that
        return self._projections.get(self._case_key())

    @property
    def projection_state(self) -> str:
        """`none` (answers missing or nothing asked for yet), `running`, `ready` or `failed`."""
        begun = self._projections or self._task or self._timer.isActive() or self._projection_error
        if self._person is None or not begun or self.missing():
            return "none"  # nobody needs the law to know that nothing was asked for
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
            if self._same_futures() is not None:
                self._start_projection()
            else:
                self._timer.start()
        self.projection_changed.emit(self.projection_state)

    def _start_projection(self) -> None:
        self._timer.stop()
        if self._person is None or self.missing() or self.projection is not None:
            return
        if self._task is not None:
            self._task.cancel()
        key, data, near = self._case_key(), self.case_json(), self._same_futures()
        self._projection_error = None
        self._running_key = key

        def work(task: tasks.Task) -> Projection:
            from planner.projection import case_from_json, project

            case = case_from_json(data, self.pack)
            if near is not None:
                return near.at_risk(case.settings.max_lapse)
            projection: Projection = project(
                case, self.pack, progress=task.progress, cancelled=task.cancelled
            )
            return projection

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
        return _key(self.case_json())

    def _same_futures(self) -> Projection | None:
        """A projection that differs from the case in the accepted risk alone: it need only choose anew."""
        mine = self.case_json()
        for risk in _RISKS:
            settings = {**mine["settings"], "max_lapse": risk}
            found = self._projections.get(_key({**mine, "settings": settings}))
            if found is not None:
                return found
        return None

    # Undo

    @property
    def undo_words(self) -> str:
        """What undo would take back, in words; empty if there is nothing."""
        return self._edit_words(undone=False)

    @property
    def redo_words(self) -> str:
        """What redo would make again, in words; empty if there is nothing."""
        return self._edit_words(undone=True)

    def undo(self) -> None:
        """Take back the newest edit: of the person open or just renamed or deleted, or of what all share."""
        self._turn(undo=True)

    def redo(self) -> None:
        """Make again what was taken back last."""
        self._turn(undo=False)

    def _edit_words(self, *, undone: bool) -> str:
        edit = self._next_edit(self._undone_for(undone=undone), undone=undone)
        return _(_UNDO_WORDS[edit.what]) if edit is not None else ""

    def _turn(self, *, undo: bool) -> None:
        person = self._undone_for(undone=not undo)
        edit = self.store.undo(person) if undo else self.store.redo(person)
        if edit is None:
            return
        if edit.what == "correction":
            self.reload_pack()
        elif edit.what in _OF_PEOPLE:
            self._people_edited(self._edited_last or self._person)
        elif edit.what == "answers" and person is not None:
            self._answers, self._known = dict(self.store.answers(person)), None
            self.answers_changed.emit()
        elif edit.what in _OF_EARNINGS:
            self._load_earnings()
        elif edit.what in _OF_STEPS:
            self.steps_changed.emit()
        self.undo_changed.emit()

    def _next_edit(self, person: int | None, *, undone: bool) -> Edit | None:
        return self.store.redoable(person) if undone else self.store.undoable(person)

    def _undone_for(self, *, undone: bool) -> int | None:
        """Whose edit is turned next: of one whose file is not open only what the page of people shows."""
        if self._edited_last is not None:
            edit = self._next_edit(self._edited_last.id, undone=undone)
            if edit is not None and edit.what in _OF_PEOPLE:
                return self._edited_last.id
        return self._person.id if self._person is not None else None

    def _edited(self) -> None:
        """An edit of the person open is the one that undo takes back from now on."""
        self._edited_last = None
        self.undo_changed.emit()

    def _show_person(self, person: Person | None) -> None:
        self._person = person
        self._edited_last = None
        self._answers = dict(self.store.answers(person.id)) if person is not None else {}
        self._known = None
        self.store.set_setting("last_person", str(person.id) if person is not None else "")
        self._earnings, self._earnings_due = None, False
        self._wanted = False
        self.person_changed.emit()
        self.answers_changed.emit()
        self._load_earnings()
        self.steps_changed.emit()
        self.undo_changed.emit()


def answers_of_case(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The answers and the typed months of a case in the commands' JSON, as the store keeps them."""
    from planner.earnings import TypedMonth

    answers: dict[str, Any] = dict(data.get("worker", {}))
    for part in ("record", "cash"):
        for name, value in data.get(part, {}).items():
            answers[name] = value if name in _WHOLE else str(value)
    if "max_lapse" in data.get("settings", {}):
        answers["max_lapse"] = str(data["settings"]["max_lapse"])
    answers.update({name: data[name] for name in ("cover", "events") if name in data})
    months = data.get("earnings", {}).get("monthly", [])
    return answers, [TypedMonth.from_json(month).as_json() for month in months]


_RECORD = ("employee_months", "average_index", "account_balance", "resident_months", "resident_balance")
_CASH = ("essentials", "buffer")
_SETTINGS = ("max_lapse", "scenario", "shocks", "assumptions")
_WHOLE = frozenset({"employee_months", "resident_months"})


_RISKS = ("0.01", "0.05", "0.1", "0.2")  # that the pages offer


def _key(case: Mapping[str, Any]) -> str:
    import hashlib

    text = json.dumps(case, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _proper_name(name: str) -> str:
    stripped = " ".join(name.split())
    if not stripped:
        raise InputError("no_name", mark("Please give a name; any name will do."), field="name")
    return stripped[:60]


def _corrections() -> Keeper:
    from planner import paths
    from planner.policy.corrections import CorrectionRows

    return CorrectionRows(paths.data())


def _default_pack() -> Pack:
    from planner.policy import current_pack

    return current_pack()
