"""Earnings: files in, months out, what is not pay ticked out, the rest typed in."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from planner import text
from planner.text import _, plural
from planner.ui.canvas import ChartCanvas
from planner.ui.models.earnings import Doubtful, ImportLine, ImportOutcome
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.tasks import Task
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import AnswerCard, Card, clear, label, rule
from planner.ui.widgets.check_table import CheckTable
from planner.ui.widgets.drop_zone import DropZone
from planner.ui.widgets.earnings_words import (
    error_words,
    format_name,
    reason_words,
    source_name,
    warning_words,
)
from planner.ui.widgets.month_grid import MonthGrid
from planner.ui.widgets.number_table import NumberTable
from planner.values import InputError, Month, mark

TYPED_MONTHS = 36  # how far back the quick table goes


class EarningsPage(Page):
    """What a person brings in by month, from their files and their own typing."""

    name = "earnings"
    heading = mark("Earnings")
    asks = mark("What do you really bring in, and how low are the low months?")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._task: Task | None = None
        self._locked: list[Path] = []
        self._make_answer()
        self._make_files()
        self._make_review()
        self._make_typed()
        self._make_foreign()
        self.body.addStretch(1)
        self.setAcceptDrops(True)
        workspace.person_changed.connect(self._person_changed)
        workspace.earnings_changed.connect(self.mark_stale)

    # Building

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.body.addWidget(self.answer)
        self.chart_card = Card()
        self.chart = ChartCanvas(self.look, height=300)
        self.chart_card.body.addWidget(self.chart)
        self.body.addWidget(self.chart_card)

    def _make_files(self) -> None:
        self.drop = DropZone(self.look)
        self.drop.dropped.connect(self.import_files)
        self.body.addWidget(self.drop)
        self.progress_card = Card("quiet")
        row = QHBoxLayout()
        self.progress_words = label(role="field")
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setRange(0, 1000)
        self.tell(self.progress_bar.setAccessibleName, mark("Progress of reading"))
        self.cancel_button = QPushButton()
        self.tell(self.cancel_button.setText, mark("Stop reading"))
        self.cancel_button.clicked.connect(self.cancel_import)
        row.addWidget(self.progress_words)
        row.addWidget(self.progress_bar, 1)
        row.addWidget(self.cancel_button)
        self.progress_card.body.addLayout(row)
        self.progress_card.hide()
        self.body.addWidget(self.progress_card)
        self.locked_column = QVBoxLayout()
        self.locked_column.setSpacing(10)
        self.body.addLayout(self.locked_column)
        self.files_card = self._card(mark("Files that are counted"))
        self.files_column = QVBoxLayout()
        self.files_column.setSpacing(10)
        self.files_card.body.addLayout(self.files_column)

    def _make_review(self) -> None:
        self.review_card = self._card(
            mark("Is all of this pay?"),
            mark(
                "Red packets and transfers from people may be pay or not. Take the tick away from what is not; "
                "the largest come first."
            ),
        )
        self.review = CheckTable()
        self.tell(self.review.setAccessibleName, mark("Money that may not be pay"))
        self.review.ticked.connect(lambda entry, checked: self.workspace.set_included([entry], checked))
        self.review_card.body.addWidget(self.review)
        row = QHBoxLayout()
        self.out_alike = self._button(mark("Leave out all like this one"), lambda: self._all_alike(False))
        self.in_alike = self._button(mark("Count all like this one"), lambda: self._all_alike(True))
        self.alike_note = label(role="muted")
        row.addWidget(self.out_alike)
        row.addWidget(self.in_alike)
        row.addWidget(self.alike_note, 1)
        self.review_card.body.addLayout(row)
        self.review.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_alike())

    def _make_typed(self) -> None:
        self.typed_card = self._card(
            mark("Income that is in no file"),
            mark(
                "Some apps export nothing. Type what they paid you each month; it is added to what the files say. "
                "A column of numbers can be pasted."
            ),
        )
        self.months = MonthGrid()
        self.tell(self.months.setAccessibleName, mark("Income by month, typed by me"))
        self.months.model_.typed.connect(self._typed)
        self.months.model_.refused.connect(self._refused)
        self.typed_error = label(role="error")
        self.typed_error.hide()
        self.typed_card.body.addWidget(self.months)
        self.typed_card.body.addWidget(self.typed_error)

    def _make_foreign(self) -> None:
        self.foreign_card = self._card(
            mark("Foreign money, turned into yuan"),
            mark(
                "Each amount is converted at the reference rate of its day; the rate's own day stands beside it."
            ),
        )
        self.foreign = NumberTable()
        self.tell(self.foreign.setAccessibleName, mark("Foreign money, turned into yuan"))
        self.foreign_card.body.addWidget(self.foreign)

    def _card(self, heading: str, note: str = "") -> Card:
        card = Card()
        head = label(role="heading")
        self.tell(head.setText, heading)
        card.body.addWidget(head)
        if note:
            line = label(role="muted")
            self.tell(line.setText, note)
            card.body.addWidget(line)
        self.body.addWidget(card)
        return card

    def _button(self, words: str, slot: Any, tone: str = "") -> QPushButton:
        button = QPushButton()
        button.setProperty("tone", tone)
        self.tell(button.setText, words)
        self.tell(button.setAccessibleName, words)
        button.clicked.connect(lambda: slot())
        return button

    # Deeds

    def import_files(self, paths: list[Path], password: str | None = None) -> None:
        """Read and store files in a task; the page stays usable."""
        if self._task is not None:
            self.banners.show_banner("info", mark("One moment: the files before these are still being read."))
            return
        for tone in ("danger", "warn", "good"):
            self.banners.clear(tone)  # type: ignore[arg-type]
        self.progress_words.setText(plural("Reading {count} file…", "Reading {count} files…", len(paths)))
        self.progress_bar.setValue(0)
        self.progress_card.show()
        self._task = self.workspace.import_files(
            paths, password, self._imported, self._import_failed, self._show_progress
        )

    def cancel_import(self) -> None:
        """Stop; nothing of the files that were being read is kept."""
        if self._task is not None:
            self._task.cancel()
            self._end_import()
            self.banners.show_banner("info", mark("Stopped. Nothing of these files was kept."))

    def _show_progress(self, share: float, _words: str) -> None:
        self.progress_bar.setValue(round(share * 1000))

    def _end_import(self) -> None:
        self._task = None
        self.progress_card.hide()

    def _import_failed(self, error: Exception) -> None:
        self._end_import()
        self.show_error(
            error,
            kept=mark("What was here before is unchanged; nothing of these files was kept."),
            todo=mark("Try the files one by one."),
        )

    def _imported(self, outcomes: list[ImportOutcome]) -> None:
        self._end_import()
        taken = [outcome for outcome in outcomes if outcome.stored]
        for outcome in outcomes:
            if outcome.error in ("password_required", "wrong_password"):
                if outcome.path not in self._locked:
                    self._locked.append(outcome.path)
            elif outcome.path in self._locked:
                self._locked.remove(outcome.path)
            self._tell_outcome(outcome)
        self._fill_locked(wrong=[one.path for one in outcomes if one.error == "wrong_password"])
        if taken:
            added = sum(outcome.added for outcome in taken)
            known = sum(outcome.already_there for outcome in taken)
            message = mark("{files} read: {added} new rows were added, {known} were here already.")
            files = plural("{count} file", "{count} files", len(taken))
            self.banners.show_banner("good", message, {"files": files, "added": added, "known": known})

    def _tell_outcome(self, outcome: ImportOutcome) -> None:
        name = outcome.path.name
        if outcome.error and outcome.error not in ("password_required", "wrong_password"):
            self.banners.show_banner(
                "danger",
                mark("{name}: {what}"),
                {"name": name, "what": error_words(outcome.error)},
                hints=[
                    mark("Nothing of this file was kept; everything else stays as it was."),
                    mark(
                        "You can type the months below, or save the statement as CSV or XLSX and try again."
                    ),
                ],
            )
        for code in outcome.warnings:
            words = warning_words(code)
            if words:
                self.banners.show_banner("warn", mark("{name}: {what}"), {"name": name, "what": words})

    def _typed(self, changed: dict[Month, Decimal | None]) -> None:
        self.typed_error.hide()
        self.workspace.type_months(changed)

    def _refused(self, error: InputError) -> None:
        self.typed_error.setText(_(error.message, **error.values))
        self.typed_error.show()

    def _all_alike(self, included: bool) -> None:
        chosen = self._current_doubtful()
        if chosen is not None:
            self.workspace.set_included([one.id for one in self._alike(chosen)], included)

    def _current_doubtful(self) -> Doubtful | None:
        chosen = self.review.current_id()
        return next((one for one in self.workspace.doubtful() if one.id == chosen), None)

    def _alike(self, chosen: Doubtful) -> list[Doubtful]:
        """From the same person or shop; where nobody is named, of the same sort."""
        return [one for one in self.workspace.doubtful() if one.likeness == chosen.likeness]

    # Showing

    def retranslate(self) -> None:
        super().retranslate()
        self.drop.retranslate()
        self.chart.retranslate()

    def _person_changed(self) -> None:
        self._locked.clear()
        self.banners.clear()
        self.cancel_import() if self._task is not None else None
        self.mark_stale()

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        self._fill_locked()
        self._show_answer()
        self._show_chart()
        self._show_files()
        self._show_review()
        self._show_typed()
        self._show_foreign()

    def _show_answer(self) -> None:
        picture = self.workspace.picture
        if picture is None or not picture.months:
            self.answer.set_answer(
                _("Drop the bills you have, and you see your real months."),
                _("No files? Type a few months below; three are enough for a first picture."),
            )
            return
        count = len(picture.months)
        self.answer.set_answer(
            _(
                "In the middle of your months you bring in {median}; in the worst tenth {worst} or less.",
                median=text.yuan(picture.median),
                worst=text.yuan(picture.worst_tenth),
            ),
            plural(
                "{count} month is known, from {first} to {last}.",
                "{count} months are known, from {first} to {last}.",
                count,
                first=text.month(picture.first),
                last=text.month(picture.last),
            ),
        )

    def _show_chart(self) -> None:
        picture = self.workspace.picture
        has = picture is not None and bool(picture.months)
        self.chart_card.setVisible(has)
        if has:
            self.chart.set_name(_("Income by month in yuan, the worst tenth marked"))
            self.chart.set_chart(self._figure, self._rows)

    def _figure(self) -> Any:
        from planner import charts

        return charts.monthly_income(self.workspace.picture, self.look.chart_style())

    def _rows(self) -> tuple[list[str], list[list[Any]]]:
        picture = self.workspace.picture
        return (
            [_("Month"), _("Income (yuan)"), _("Among the worst tenth")],
            [
                [text.month(month.month), month.cny, _("yes") if month.cny <= picture.worst_tenth else ""]
                for month in picture.months
            ],
        )

    def _fill_locked(self, wrong: list[Path] | None = None) -> None:
        clear(self.locked_column)
        for path in self._locked:
            self.locked_column.addWidget(self._locked_card(path, path in (wrong or [])))

    def _locked_card(self, path: Path, wrong: bool) -> Card:
        card = Card()
        card.body.addWidget(label(_("{name} is locked", name=path.name), "heading"))
        card.body.addWidget(
            label(
                _("The wallet sent its password in a message or in the app. It is used once and not kept."),
                "muted",
            )
        )
        row = QHBoxLayout()
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        line.setMaximumWidth(260)
        line.setPlaceholderText(_("Password of the archive"))
        line.setAccessibleName(_("Password for {name}", name=path.name))
        unlock = QPushButton(_("Open the archive"))
        unlock.setProperty("tone", "primary")
        unlock.setAccessibleName(_("Open the archive {name}", name=path.name))
        skip = QPushButton(_("Leave it out"))
        skip.setProperty("tone", "plain")
        skip.setAccessibleName(_("Leave out {name}", name=path.name))
        unlock.clicked.connect(lambda: self.import_files([path], line.text().strip()))
        line.returnPressed.connect(unlock.click)
        skip.clicked.connect(lambda: self._skip(path))
        row.addWidget(line)
        row.addWidget(unlock)
        row.addWidget(skip)
        row.addStretch(1)
        card.body.addLayout(row)
        if wrong:
            card.body.addWidget(
                label(_("This password does not open it. Nothing was read; try again."), "error")
            )
        return card

    def _skip(self, path: Path) -> None:
        self._locked.remove(path)
        self._fill_locked()

    def _show_files(self) -> None:
        clear(self.files_column)
        lines = self.workspace.import_lines()
        self.files_card.setVisible(bool(lines))
        for number, line in enumerate(lines):
            if number:
                self.files_column.addWidget(rule())
            self.files_column.addWidget(self._file_row(line))

    def _file_row(self, line: ImportLine) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(line.file_name, "field", selectable=True))
        head.addWidget(Badge(format_name(line.format), "info"))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(label(self._found_words(line), "text", selectable=True))
        if line.skipped:
            words.addWidget(label(self._skipped_words(line), "muted", selectable=True))
        row.addLayout(words, 1)
        remove = QPushButton(_("Remove"))
        remove.setProperty("tone", "plain")
        remove.setAccessibleName(_("Remove {name}", name=line.file_name))
        remove.clicked.connect(lambda: self.workspace.remove_import(line.id))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _found_words(self, line: ImportLine) -> str:
        values = {"rows": line.rows, "income": line.income_rows, "total": line.income_words}
        if line.first_day is None or line.last_day is None:
            return _("{rows} rows, {income} of them income: {total}.", **values)
        return _(
            "{first} to {last}: {rows} rows, {income} of them income: {total}.",
            first=line.first_day.isoformat(),
            last=line.last_day.isoformat(),
            **values,
        )

    def _skipped_words(self, line: ImportLine) -> str:
        counts = Counter(row.reason for row in line.skipped)
        lines_of = {
            reason: ", ".join(str(row.line) for row in line.skipped if row.reason == reason)
            for reason in counts
        }
        parts = [
            _(
                "{count} × {reason} (line {lines})",
                count=count,
                reason=reason_words(reason),
                lines=_cut(lines_of[reason]),
            )
            for reason, count in counts.most_common()
        ]
        return _("Skipped: {reasons}", reasons="; ".join(parts))

    def _show_review(self) -> None:
        doubtful = self.workspace.doubtful()
        self.review_card.setVisible(bool(doubtful))
        self.review.set_checked_rows(
            [_("Counts as pay"), _("Day"), _("From"), _("What for"), _("Amount"), _("Source")],
            [
                [
                    _("yes") if one.included else _("no"),
                    one.day.isoformat(),
                    one.counterparty,
                    one.description or reason_words(one.reason),
                    text.money(one.money),
                    source_name(one.source),
                ]
                for one in doubtful
            ],
            [one.id for one in doubtful],
            [one.included for one in doubtful],
        )
        self._show_alike()

    def _show_alike(self) -> None:
        chosen = self._current_doubtful()
        self.out_alike.setEnabled(chosen is not None)
        self.in_alike.setEnabled(chosen is not None)
        if chosen is None:
            self.alike_note.setText("")
            return
        count = len(self._alike(chosen))
        name = chosen.counterparty or reason_words(chosen.reason)
        self.alike_note.setText(
            plural("{count} row like “{name}”", "{count} rows like “{name}”", count, name=name)
        )

    def _show_typed(self) -> None:
        this_month = Month.of(self.workspace.today)
        months = [this_month + -back for back in range(1, TYPED_MONTHS + 1)]
        self.months.set_months(months, self.workspace.typed_months(), self.workspace.filed_months())

    def _show_foreign(self) -> None:
        lines = self.workspace.conversions()
        self.foreign_card.setVisible(bool(lines))
        self.foreign.set_rows(
            [
                _("Day"),
                _("Amount"),
                _("Rate to yuan"),
                _("Day of the rate"),
                _("Yuan"),
                _("Source of the rate"),
            ],
            [
                [
                    line.day.isoformat(),
                    text.money(line.money),
                    f"{line.rate:f}",
                    line.rate_day.isoformat(),
                    line.yuan,
                    line.source,
                ]
                for line in lines
            ],
            visible=8,
        )


def _cut(numbers: str, most: int = 40) -> str:
    """A list of line numbers short enough for one line."""
    return numbers if len(numbers) <= most else numbers[: numbers.rfind(",", 0, most)] + "…"
