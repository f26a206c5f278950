"""Rules: what applies at a place on a day, where it is written, how sure it is, and knowing it better."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QScrollArea, QTableView, QWidget

from planner.policy import Pack, Row
from planner.report import rule_table
from planner.report.place_rules import PlaceRule, place_rules
from planner.report.rule_table import Line
from planner.text import _, language, plural
from planner.ui import tasks
from planner.ui.models.rules import RuleBook, RulesModel
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.widgets.card import AnswerCard, Card, label
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.day_field import DayField
from planner.ui.widgets.empty import EmptyState
from planner.ui.widgets.fields import SearchField
from planner.ui.widgets.item_words import ItemWords
from planner.ui.widgets.law_tables_card import LawTablesCard
from planner.ui.widgets.pack_card import PackCard
from planner.ui.widgets.pick_field import PickField
from planner.ui.widgets.place_rules_card import PlaceRulesCard
from planner.ui.widgets.rule_card import RuleCard
from planner.ui.widgets.text_field import TextField
from planner.values import InputError, Origin, Place, WenbaoError, mark

NATION = Place("CN")
WAIT_TO_PREPARE = 200  # milliseconds after the page is shown; then the first letter is as quick as the next
WAIT_WHILE_TYPING = 150  # milliseconds before the lists below follow the search
VISIBLE_ROWS = 9
MEASURED_ROWS = 24  # of a long search, to find how wide its columns are
WIDEST = 300  # pixels of a column at 100 %
NARROWEST = 170  # what is left of a name or a value where the columns need the room
NARROWEST_COMPARED = 130  # so that the difference is seen beside both
DOCUMENT = 130  # the document stands in full below
_COMPARE = (("", mark("nothing")), ("place", mark("another place")), ("day", mark("another day")))


class RulesPage(Page):
    """Browse by place and day, search everywhere, or two beside each other; one value in full below."""

    name = "rules"
    heading = mark("Rules")
    asks = mark("Which rules apply where you are, and where is it written?")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.book = RuleBook(workspace)
        self.place: Place | None = None
        self.day = workspace.today
        self.other_place: Place | None = None
        self.other_day = workspace.today.replace(year=workspace.today.year - 1, day=1)
        self.compared = ""
        self._chosen: tuple[str, str] | None = None  # key and regional class of the value in full
        self._make_answer()
        self._make_question()
        self._make_table()
        self.card = RuleCard(self.words, self.look)
        self.card.corrected.connect(self._correct)
        self.card.taken_back.connect(self._take_back)
        self.body.addWidget(self.card)
        self.place_rules = PlaceRulesCard(self.words)
        self.body.addWidget(self.place_rules)
        self.tables_card = LawTablesCard(self.words)
        self.body.addWidget(self.tables_card)
        self._lists: tuple[PlaceRule, ...] = ()
        self._found_rows: tuple[Row, ...] | None = None
        self._lists_timer = QTimer(self, singleShot=True)
        self._lists_timer.timeout.connect(self._show_lists)
        self._prepare_timer = QTimer(self, singleShot=True)
        self._prepare_timer.timeout.connect(lambda: self.book.prepare(self.day))
        self.pack_card = PackCard(self.words)
        self.pack_card.update_asked.connect(self._choose_file)
        self.pack_card.roll_back_asked.connect(self._roll_back)
        self.body.addWidget(self.pack_card)
        self.body.addStretch(1)
        workspace.person_changed.connect(self._person_changed)
        workspace.pack_changed.connect(self.mark_stale)
        workspace.undo_changed.connect(lambda: self.banners.clear("good"))
        workspace.rule_asked.connect(self.mark_stale)

    # Building

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.body.addWidget(self.answer)

    def _make_question(self) -> None:
        card = Card()
        self.search = TextField(
            self.words,
            mark("Search all rules"),
            mark(
                "Chinese, pinyin initials or English; a place, a year or a document number narrows it down."
            ),
            placeholder=mark("For example: jfjs, Zhejiang 2025, minimum wage"),
        )
        self.search.line.setClearButtonEnabled(True)
        self.search.line.textChanged.connect(lambda _text: self._fill())
        self.place_field = SearchField(self.words, mark("Where"), placeholder=mark("Type a province or city"))
        self.place_field.edited.connect(self._place_edited)
        self.day_field = DayField(self.words, mark("On which day?"))
        self.day_field.edited.connect(self._day_edited)
        self.compare_field = PickField(self.words, mark("Compare with"))
        self.compare_field.edited.connect(self._compare_edited)
        self.other_place_field = SearchField(
            self.words, mark("The other place"), placeholder=mark("Type a province or city")
        )
        self.other_place_field.edited.connect(self._other_place_edited)
        self.other_day_field = DayField(self.words, mark("The other day"))
        self.other_day_field.edited.connect(self._other_day_edited)
        self._asked = Columns(3, across=28, down=12)
        self._asked.set_parts(
            [
                self.place_field,
                self.day_field,
                self.compare_field,
                self.other_place_field,
                self.other_day_field,
            ]
        )
        card.body.addWidget(self.search)
        card.body.addWidget(self._asked)
        self.body.addWidget(card)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(
            self.search.line.setFocus
        )

    def _make_table(self) -> None:
        self.found = label(role="muted")
        self.body.addWidget(self.found)
        self.model = RulesModel(self.look)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(ItemWords(self.look, self.table))
        self.table.viewport().installEventFilter(self)
        self.tell(self.table.setAccessibleName, mark("Rules"))
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setResizeContentsPrecision(MEASURED_ROWS)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._row_chosen(now.row())
        )
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        copy.activated.connect(self._copy)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.body.addWidget(self.table)
        self.empty = EmptyState(self.look, "rules")
        self.empty.button.clicked.connect(lambda: self.search.set_text(""))
        self.body.addWidget(self.empty)
        self.empty.hide()

    # Showing

    def refresh(self) -> None:
        """The workspace anew: place of the person, the pack in use, and what another page asked to see."""
        pack = self._read_pack()
        if pack is None:
            return
        if self.place is None:
            self.place = self._own_place(pack)
        if (asked := self.workspace.take_asked_rule()) is not None:
            self.show_rule(*asked)
            return
        if (asked_row := self.workspace.take_asked_row()) is not None:
            self.show_row(asked_row)
            return
        self._fill_fields(pack)
        self.pack_card.show_pack(pack, self.book.former())
        self._fill()
        self._prepare_timer.start(WAIT_TO_PREPARE)
        self._tell_news(pack)

    def _tell_news(self, pack: Pack) -> None:
        """The rules are others than when this person last worked with them: what is different for them."""
        try:
            news = self.book.news(self._own_place(pack))
        except OSError:  # the data folder cannot be written; the news wait
            return
        if news is None:
            return
        changes, anywhere, before = news
        self.pack_card.show_changes(changes, anywhere, before, pack)
        self.banners.show_banner(
            "info",
            mark("The rules of {version} are in use now. What is different stands at the end of this page."),
            {"version": pack.version},
        )

    def show_rule(self, key: str, place: Place, day: date, area: str = "") -> None:
        """Go to one value: its place and day, its row chosen, itself in full."""
        self.place, self.day, self.compared = place, day, ""
        self._chosen = (key, area)
        self._empty_search()
        self.refresh()
        QTimer.singleShot(0, lambda: self._into_view(self.card))

    def show_row(self, origin: Origin) -> None:
        """Go to one row of a table, chosen and in full."""
        self._empty_search()
        self.refresh()
        self._lists_timer.stop()
        self._show_lists()
        self.tables_card.show_row(origin)
        QTimer.singleShot(0, lambda: self._into_view(self.tables_card))

    def _empty_search(self) -> None:
        self.search.line.blockSignals(True)
        self.search.set_text("")
        self.search.line.blockSignals(False)

    def _show_lists(self) -> None:
        """The lists and tables below the values, a moment after the typing."""
        self.place_rules.show_rules(self._lists, self.workspace.pack)
        self.tables_card.show_pack(self.workspace.pack, self._found_rows)
        if self.compared:
            self.tables_card.hide()

    def _into_view(self, widget: QWidget) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and widget.isVisible():
            above.ensureWidgetVisible(widget, 0, self.look.px(40))

    def look_changed(self) -> None:
        self._fit()

    def retranslate(self) -> None:
        for field in (self.search, self.place_field, self.day_field, self.card.value, self.card.start):
            field.retranslate()
        super().retranslate()

    def _read_pack(self) -> Pack | None:
        try:
            return self.workspace.pack
        except WenbaoError as error:
            self.show_error(
                error, todo=mark("Mend or remove the file that is named, then open this page again.")
            )
            return None

    def _own_place(self, pack: Pack) -> Place:
        province = self.workspace.answer("province")
        return pack.place(str(province)) if province else NATION

    def _fill_fields(self, pack: Pack) -> None:
        choices = [(NATION.code, pack.place_name(NATION, language()))]
        choices += [(place.code, pack.place_name(place, language())) for place in pack.places(cities=True)]
        for field, place in ((self.place_field, self.place), (self.other_place_field, self.other_place)):
            field.set_choices(choices)
            field.set_value(place.code if place else None)
        self.day_field.set_value(self.day)
        self.other_day_field.set_value(self.other_day)
        self.compare_field.set_choices([(value, _(words)) for value, words in _COMPARE], self.compared)

    def _fill(self) -> None:
        """The table for what is asked now."""
        pack, text = self.workspace.pack, self.search.text
        place = self.place or NATION
        comparing = bool(self.compared)
        self._show_asked()
        found = self.book.search(text, place, self.day) if text else ()
        if comparing:
            other = (
                (self.other_place or place, self.day) if self.compared == "place" else (place, self.other_day)
            )
            lines = rule_table.compare(pack, (place, self.day), other)
            if text:
                keys = {line.key for line in found}
                lines = tuple(line for line in lines if line.key in keys)
            header: Sequence[str] = rule_table.compare_header(pack, (place, self.day), other)
            differing = sum(line.differs for line in lines)
            self.found.setText(plural("{count} value differs", "{count} values differ", differing))
        elif text:
            lines, header = found, [_(words) for words in rule_table.SEARCH]
        else:
            lines = rule_table.browse(pack, place, self.day)
            header = [_(words) for words in rule_table.BROWSE]
            self.found.setText(_("Choose a line to see all about it below."))
        if not text:
            sentence, doubts = rule_table.summary(
                pack, place, self.day, rule_table.browse(pack, place, self.day)
            )
            self.answer.set_answer(sentence, doubts)
        self.answer.setVisible(not text)
        self._lists, self._found_rows = (), None
        if text and not comparing:
            self._lists = self.book.search_lists(text, self.day)
            self._found_rows = self.book.search_tables(text)
            count = len(lines) + len(self._lists) + len(self._found_rows)
            self.found.setText(plural("{count} rule found", "{count} rules found", count))
        elif not comparing:
            self._lists = place_rules(pack, place, self.day)
        self._lists_timer.start(WAIT_WHILE_TYPING if text else 0)
        self._show_lines(header, lines)

    def _show_asked(self) -> None:
        """The fields that the question needs; what is compared with comes last."""
        others = {"place": self.other_place_field, "day": self.other_day_field}
        for name, field in others.items():
            field.setVisible(name == self.compared)
        needed = [others[self.compared]] if self.compared else []
        self._asked.set_parts([self.place_field, self.day_field, self.compare_field, *needed])

    def _show_lines(self, header: Sequence[str], lines: Sequence[Line]) -> None:
        self.model.show(header, lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines and not self._lists and not self._found_rows)
        self.empty.set_words(
            _("Nothing is called “{text}”.", text=self.search.text),
            _("Try fewer words, the first letters (jfjs), or a place with a year."),
            _("Show all rules again"),
        )
        self._fit()
        row = self.model.row_of(*self._chosen) if self._chosen else -1
        if row < 0:
            self.card.show_line(None, self.workspace.pack)
        else:  # the table tells which row is current, and the card shows it
            chosen = self.model.index(row, 0)
            self.table.selectionModel().setCurrentIndex(
                chosen,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.table.scrollTo(chosen, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _fit(self) -> None:
        line = QFontMetrics(self.table.font()).height() + self.look.px(14)
        rows = self.table.verticalHeader()
        rows.setMinimumSectionSize(line)
        rows.setDefaultSectionSize(line)
        self._fit_columns()
        shown = min(max(1, self.model.rowCount()), VISIBLE_ROWS)
        tall = line * shown if not self.compared else min(line * shown, rows.length())
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + tall + bar + 6)

    def _fit_columns(self) -> None:
        """Columns as wide as their words; the document gives way first, then the longest names and values.

        What is compared stands in full, on several lines where it must.
        """
        count = self.model.columnCount()
        if not count:
            return
        self.table.setWordWrap(False)
        self.table.resizeColumnsToContents()
        widths = [min(self.table.columnWidth(at), self.look.px(WIDEST)) for at in range(count)]
        last = count - 1
        least = self.look.px(NARROWEST_COMPARED if self.compared else NARROWEST)
        room = self.table.viewport().width()
        if not self.compared:
            widths[last] = min(widths[last], max(self.look.px(DOCUMENT), room - sum(widths[:last])))
        wider = range(least + 1, max(widths) + 1)
        most = least + bisect_right(wider, room, key=lambda most: sum(min(width, most) for width in widths))
        widths = [min(width, most) for width in widths]
        widths[last] = max(widths[last], room - sum(widths[:last]))
        for at, width in enumerate(widths):
            self.table.setColumnWidth(at, width)
        self.table.setWordWrap(bool(self.compared))
        if self.compared:
            self.table.resizeRowsToContents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_sized = isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width()
        if is_sized and watched is self.table.viewport():
            self._fit_columns()
        return super().eventFilter(watched, event)

    # What the person does

    def _row_chosen(self, row: int) -> None:
        if 0 <= row < len(self.model.lines):
            line = self.model.lines[row]
            self._chosen = (line.key, line.area)
            self.card.show_line(line, self.workspace.pack)

    def _place_edited(self, code: object) -> None:
        if code:
            self.place = Place(str(code))
            self._fill()

    def _day_edited(self, day: object) -> None:
        self.day = date.fromisoformat(str(day))
        self._fill()

    def _compare_edited(self, value: object) -> None:
        self.compared = str(value or "")
        self._fill()

    def _other_place_edited(self, code: object) -> None:
        if code:
            self.other_place = Place(str(code))
            self._fill()

    def _other_day_edited(self, day: object) -> None:
        self.other_day = date.fromisoformat(str(day))
        self._fill()

    def _person_changed(self) -> None:
        self.place = None
        self.mark_stale()

    def _copy(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            QGuiApplication.clipboard().setText("\t".join(self.model.lines[row].cells))

    # Own values

    def _correct(self, value: str, start: date, note: str) -> None:
        line = self.card.line
        if line is None:
            return
        area = "" if line.place.is_city else line.area
        try:
            self.book.correct(line.key, line.place, area, value, start, note)
        except InputError as error:
            self.card.show_error(error)
            return
        except WenbaoError as error:
            self.show_error(error)
            return
        self.card.correct_button.setChecked(False)
        self._say_kept(mark("Your own value is kept, and used from now on."))

    def _take_back(self) -> None:
        line = self.card.line
        if line is None or line.value is None:
            return
        value = line.value
        own = [
            one
            for one in self.book.corrections()
            if (one.key, one.place, one.area) == (value.key, value.place, value.area)
            and one.valid_from <= value.valid_from
        ]
        try:
            self.book.take_back(value.key, value.place, value.area, max(one.valid_from for one in own))
        except WenbaoError as error:
            self.show_error(error)
            return
        self._say_kept(mark("Your own value is taken back."))

    def _say_kept(self, words: str) -> None:
        """Say it, and offer undo until there is another edit."""
        self.banners.clear()
        self.banners.show_banner("good", words, action=(mark("Undo"), self._undo))

    def _undo(self) -> None:
        self.banners.clear()
        self._try(self.workspace.undo)

    # Packs

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Install newer rules from a file…"), "", f"{_('Policy packs')} (*.zip)"
        )
        if name:
            self.install(Path(name))

    def install(self, file: Path) -> None:
        """Check and install a pack off the main thread, then say what is different."""
        self.pack_card.update_button.setEnabled(False)
        self.pack_card.version.setText(_("Checking the file…"))
        tasks.run(lambda _task: self.book.install(file), self._installed, self._refused)

    def _roll_back(self) -> None:
        self._try(lambda: self._installed(self.book.roll_back()))

    def _installed(self, _packs: tuple[Pack, Pack]) -> None:
        self.pack_card.update_button.setEnabled(True)
        self.banners.clear()
        self.workspace.reload_pack()

    def _refused(self, error: Exception) -> None:
        self.pack_card.update_button.setEnabled(True)
        self.pack_card.show_pack(self.workspace.pack, self.book.former())
        self.show_error(error, kept=mark("The rules that were in use stay in use."))

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except WenbaoError as error:
            self._refused(error)
