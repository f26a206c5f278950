"""Earnings: files in, months out, what is not pay ticked out, the rest typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QScrollArea, QWidget

from planner import text
from planner.text import _, plural
from planner.ui import tasks
from planner.ui.canvas import ChartCanvas, Rows
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.tasks import Task
from planner.ui.widgets.card import AnswerCard, Card, label
from planner.ui.widgets.drop_zone import DropZone
from planner.ui.widgets.earnings_words import error_words, listed, warning_words
from planner.ui.widgets.import_progress import ImportProgress
from planner.ui.widgets.unfinished import UnfinishedFiles
from planner.ui.words import Later
from planner.values import InputError, Month, mark, usual_month

if TYPE_CHECKING:
    from planner.earnings.guess import Guess
    from planner.ui.models.earnings import ImportLine, ImportOutcome

TYPED_MONTHS = 36  # how far back the quick table goes


class EarningsPage(Page):
    """What a person brings in by month, from their files and their own typing."""

    name = "earnings"
    heading = mark("Earnings")
    asks = mark("What do you really bring in, and how low are the low months?")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._task: Task | None = None
        self._count = 0
        self._make_coming_in()
        self._make_answer()
        self.drop = DropZone(self.look)
        self.drop.dropped.connect(self.import_files)
        self.body.addWidget(self.drop)
        self.later(self._make_review, self._show_review)
        self.later(self._make_more, lambda: self.more.show_view(self.workspace.earnings))
        self.later(self._make_files, self._show_files)
        self.later(self._make_typed, self._show_typed)
        self.later(self._make_foreign, lambda: self.foreign.show_view(self.workspace.earnings))
        self.later(
            lambda: self.more.make_remembered(), lambda: self.more.show_remembered(self.workspace.earnings)
        )
        self.body.addStretch(1)
        workspace.person_changed.connect(self._person_changed)
        workspace.earnings_changed.connect(self.mark_stale)

    # Building

    def _make_coming_in(self) -> None:
        self.progress = ImportProgress(self.words)
        self.progress.stopped.connect(self.cancel_import)
        self.unfinished = UnfinishedFiles(self.look)
        self.unfinished.unlock.connect(lambda path, password: self.import_files([path], password))
        self.unfinished.explained.connect(self._confirm_mapping)
        self.unfinished.sample_wanted.connect(self._ask_sample)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.unfinished)

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.body.addWidget(self.answer)
        self.chart_card = Card()
        self.chart = ChartCanvas(self.look, height=300)
        self.chart_card.body.addWidget(self.chart)
        self.body.addWidget(self.chart_card)

    def _make_files(self) -> None:
        from planner.ui.widgets.file_list import FileList

        self.files_card = self.add_card(mark("Files that are counted"))
        self.files = FileList()
        self.files.removed.connect(lambda number: self.attempt(lambda: self.workspace.remove_import(number)))
        self.files.currency.connect(self._choose_currency)
        self.files_card.body.addWidget(self.files)
        self.export = QPushButton()
        self.tell(self.export.setText, mark("Save all that counts as one table…"))
        self.tell(self.export.setAccessibleName, mark("Save all that counts as one table…"))
        self.export.clicked.connect(self._ask_export)
        self.files_card.body.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_review(self) -> None:
        from planner.ui.widgets.review import PairList, Review

        self.review_card = self.add_card(
            mark("Is all of this pay?"),
            mark(
                "Red packets and transfers from people may be pay or not. What is ticked counts: take the "
                "tick away from what is not, tick what is (space bar); what is worth most comes first."
            ),
        )
        self.review = Review(self.words)
        self.review.ticked.connect(
            lambda entries, counts: self.attempt(lambda: self.workspace.set_included(entries, counts))
        )
        self.review.alike.connect(
            lambda ones, counts: self.attempt(lambda: self.workspace.set_all_alike(ones, counts))
        )
        self.review_card.body.addWidget(self.review)
        self.pairs_card = self.add_card(
            mark("The same money twice?"),
            mark("Both rows count until you say that they are the same."),
        )
        self.pairs = PairList()
        self.pairs.decided.connect(
            lambda entries, counts: self.attempt(lambda: self.workspace.set_included(entries, counts))
        )
        self.pairs_card.body.addWidget(self.pairs)

    def _make_more(self) -> None:
        from planner.ui.pages.earnings_sections import EarningsSections

        self.more = EarningsSections(self)

    def _make_foreign(self) -> None:
        from planner.ui.pages.earnings_foreign import ForeignMoney

        self.foreign = ForeignMoney(self)

    def _make_typed(self) -> None:
        from planner.ui.widgets.month_grid import MonthGrid

        card = self.add_card(
            mark("Income that is in no file"),
            mark(
                "Some apps export nothing. Click a field and type what they paid you that month; it is added "
                "to what the files say. Orders and hours show what an order and an hour bring. A column of "
                "numbers can be pasted."
            ),
        )
        self.months = MonthGrid()
        self.tell(self.months.setAccessibleName, mark("Income by month, typed by me"))
        self.months.model_.typed.connect(self._typed)
        self.months.model_.refused.connect(self._refused)
        self.typed_error = label(role="error")
        self.typed_error.hide()
        card.body.addWidget(self.months)
        card.body.addWidget(self.typed_error)

    # Deeds

    def take_files(self, paths: Sequence[Path]) -> bool:
        self.import_files(paths)
        return True

    def import_files(
        self,
        paths: Sequence[Path],
        password: str | None = None,
        *,
        currency: str = "",
        instead_of: Sequence[int] = (),
    ) -> None:
        """Read and store files in a task; the page stays usable."""
        if self._task is not None:
            self.banners.show_banner("info", mark("One moment: the files before these are still being read."))
            return
        self.banners.clear()
        self._go_up()
        self._count = len(paths)
        self._show_progress(0.0, "")
        try:
            self._task = self.workspace.import_files(
                paths,
                password,
                self._imported,
                self._import_failed,
                self._show_progress,
                currency=currency,
                instead_of=instead_of,
            )
        except InputError as error:
            self._end_import()
            self.show_error(error)

    def _go_up(self) -> None:
        """Bills may be dropped far down, and what becomes of them is told at the top."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.verticalScrollBar().setValue(0)

    def cancel_import(self) -> None:
        """Stop; nothing of the files that were being read is kept. Too late: they come in as usual."""
        if self._task is not None and self._task.cancel():
            self._end_import()
            self.banners.show_banner("info", mark("Stopped. Nothing of these files was kept."))

    def _show_progress(self, share: float, name: str) -> None:
        if name:
            words = _("Reading {name}…", name=name)
        elif share > 0:
            words = _("Keeping what was read…")
        else:
            words = plural("Reading {count} file…", "Reading {count} files…", self._count)
        self.progress.show_work(words, share if share > 0 else None)

    def _end_import(self) -> None:
        self._task = None
        self.progress.hide()

    def _import_failed(self, error: Exception) -> None:
        self._end_import()
        self.show_error(
            error,
            kept=mark("What was here before is unchanged; nothing of these files was kept."),
            todo=mark("Try the files one by one."),
        )

    def _imported(self, outcomes: list[ImportOutcome]) -> None:
        self._end_import()
        waiting = self.unfinished.take(outcomes)
        self._tell_stored([one for one in outcomes if one.stored], [one for one in outcomes if one.known])
        self._tell_trouble([one for one in outcomes if one.path not in waiting])
        if waiting and (lines := self.unfinished.password_lines()):
            lines[0].setFocus()

    def _tell_stored(self, taken: Sequence[ImportOutcome], known: Sequence[ImportOutcome]) -> None:
        if known:
            self.banners.show_banner(
                "info",
                mark("{names}: read before. Nothing is counted twice."),
                {"names": Later(lambda: listed([one.name for one in known]))},
            )
        if taken:
            twice = sum(one.already_there for one in taken)
            message = (
                mark("{files} read: {added} new rows; {known} more are in another file too and count once.")
                if twice
                else mark("{files} read: {added} new rows.")
            )
            self.banners.show_banner(
                "good",
                message,
                {
                    "files": Later(lambda: plural("{count} file", "{count} files", len(taken))),
                    "added": text.number(Decimal(sum(one.added for one in taken))),
                    "known": text.number(Decimal(twice)),
                },
            )

    def _tell_trouble(self, outcomes: Sequence[ImportOutcome]) -> None:
        """A banner for each kind of trouble, with the files that are in it."""
        warned: dict[str, list[str]] = {}
        failed: dict[tuple[str, str], list[str]] = {}
        for one in outcomes:
            if one.error:
                failed.setdefault((one.error, one.looks_like), []).append(one.name)
            for code in filter(warning_words, one.warnings):
                warned.setdefault(code, []).append(one.name)
        for code, names in warned.items():
            self.banners.show_banner(
                "warn",
                mark("{name}: {what}"),
                {"name": Later(partial(listed, names)), "what": Later(partial(warning_words, code))},
            )
        for trouble, names in failed.items():
            self.banners.show_banner(
                "danger",
                mark("{name}: {what}"),
                {"name": Later(partial(listed, names)), "what": Later(partial(error_words, *trouble))},
                hints=[mark("Nothing of it was kept; everything else stays as it was.")],
            )

    def _confirm_mapping(self, path: Path, guess: Guess, mapping: Mapping[str, Any]) -> None:
        from planner.ui.models import judging

        if self._task is None and self.attempt(
            lambda: judging.remember_mapping(self.workspace, guess.digest, mapping)
        ):
            self.unfinished.put_aside(path)
            self.import_files([path])

    def _choose_currency(self, file: ImportLine, currency: str) -> None:
        """Keep the currency for this source, and read the file again if it was taken for another."""
        from planner.ui.models import judging

        if not self.attempt(lambda: judging.remember_currency(self.workspace, file.source, currency)):
            return
        path = Path(file.path)
        if currency == file.assumed_currency:
            self.banners.show_banner(
                "good", mark("Kept: files of this kind are in {currency}."), {"currency": currency}
            )
        elif file.path and path.is_file():
            self.import_files([path], currency=currency, instead_of=[file.id])
        else:
            self.banners.show_banner(
                "info",
                mark(
                    "{name} is no longer where it was. Remove it and drop it once more; it is read in "
                    "{currency}."
                ),
                {"name": file.file_name, "currency": currency},
            )

    def _ask_export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, self.export.text(), "wenbao-earnings.csv", "CSV (*.csv);;JSON (*.json)"
        )
        if name:
            self.save_ledger(Path(name))

    def save_ledger(self, target: Path) -> None:
        """Write the open earnings file in a task and say what was written."""
        from planner.ui.models import judging

        def ended() -> None:
            self.export.setEnabled(True)
            self._go_up()  # where it is told

        def written(count: int) -> None:
            ended()
            self.banners.show_banner(
                "good",
                mark("{name} saved: {count} rows. It is not encrypted; keep it where only you can read it."),
                {"name": target.name, "count": text.number(Decimal(count))},
            )

        def wrong(error: Exception) -> None:
            ended()
            self.show_error(error)

        self.export.setEnabled(False)
        workspace = self.workspace
        tasks.run(lambda _task: judging.export_ledger(workspace, target), written, wrong)

    def _ask_sample(self, path: Path, sample: str) -> None:
        from planner.ui.models import judging

        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save this sample…"), f"{path.stem}-masked.txt", _("Text ({patterns})", patterns="*.txt")
        )
        if name and self.attempt(lambda: judging.write(Path(name), sample)):
            self.banners.show_banner("good", mark("{name} saved."), {"name": Path(name).name})

    def _typed(self, changed: Mapping[Month, Mapping[str, Any]]) -> None:
        self.typed_error.hide()
        self.attempt(lambda: self.workspace.type_months(changed))

    def _refused(self, error: InputError) -> None:
        self.typed_error.setText(_(error.message, **error.values))
        self.typed_error.show()

    # Showing

    def retranslate(self) -> None:
        super().retranslate()
        self.drop.retranslate()
        self.unfinished.retranslate()
        self.chart.retranslate()

    def _person_changed(self) -> None:
        tasks.catch_up()
        self.cancel_import()
        self.unfinished.forget()
        self.banners.clear()
        self.typed_error.hide()
        self.mark_stale()

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        self.drop.set_small(self.workspace.has_files)
        self._show_answer()
        self._show_chart()
        self.show_parts()

    def _show_review(self) -> None:
        view = self.workspace.earnings
        self.review_card.setVisible(bool(view.doubtful))
        self.review.show_rows(view.doubtful)
        self.pairs_card.setVisible(bool(view.pairs))
        self.pairs.show_pairs(view.pairs)

    def _show_files(self) -> None:
        files = self.workspace.earnings.files
        self.files_card.setVisible(bool(files))
        self.files.show_files(files)

    def _show_typed(self) -> None:
        view = self.workspace.earnings
        this_month = Month.of(self.workspace.today)
        months = [this_month + -back for back in range(1, TYPED_MONTHS + 1)]
        self.months.set_months(months, view.typed_amounts, view.filed_amounts, view.typed_work)

    def _show_answer(self) -> None:
        picture = self.workspace.picture
        if picture.median is None or picture.worst_tenth is None:
            if self.workspace.adding_up:
                self.answer.set_answer(_("Adding up your months…"))
                return
            self.answer.set_answer(
                _("Drop the bills you have, and you see your real months."),
                _("No files? Type a few months below; three are enough for a first picture."),
            )
            return
        known = [month.month for month in picture.covered]
        lines = [
            plural(
                "{count} month is known, from {first} to {last}.",
                "{count} months are known, from {first} to {last}.",
                len(known),
                first=text.month(known[0]),
                last=text.month(known[-1]),
            )
            if len(known) > 1
            else _("Only {month} is known as a whole.", month=text.month(known[0]))
        ]
        if picture.uncovered:
            lines.append(
                plural(
                    "{count} more month is not wholly in the files and does not count.",
                    "{count} more months are not wholly in the files and do not count.",
                    len(picture.uncovered),
                )
            )
        if picture.doubtful >= 1:
            lines.append(
                _("{amount} of it may not be pay; please look below.", amount=text.yuan(picture.doubtful))
            )
        if self.workspace.adding_up:
            lines.append(_("Adding up your months…"))
        paid = picture.paid
        sentence = (
            _(
                "Money came in in {paid} of {known} months; in those usually about {amount}.",
                paid=len(paid),
                known=len(known),
                amount=text.yuan(usual_month(month.cny for month in paid) or 0),
            )
            if picture.median == 0 and paid
            else _(
                "In the middle of your months you bring in {median}; in the worst tenth about {worst}.",
                median=text.yuan(picture.median),
                worst=text.yuan(picture.worst_tenth),
            )
            if picture.worst_says_something
            else _(
                "About {median} a month so far. Three months or more show how low the low ones are.",
                median=text.yuan(picture.median),
            )
        )
        self.answer.set_answer(
            sentence,
            " ".join(lines) if text.language() == "en" else "".join(lines),
        )

    def _show_chart(self) -> None:
        has = bool(self.workspace.picture.months)
        self.chart_card.setVisible(has)
        if has:
            self.chart.set_name(_("Income by month in yuan, the worst tenth marked"))
            self.chart.set_chart(self._figure, self._rows)

    def _figure(self) -> Any:
        from planner import charts

        return charts.monthly_income(self.workspace.picture, self.look.chart_style())

    def _rows(self) -> Rows:
        from planner import charts

        return charts.monthly_income_rows(self.workspace.picture)
