"""The window: a rail of pages on the left, one question at a time on the right, a few tools above."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner import text
from planner.text import _
from planner.ui import qt_words, tasks
from planner.ui.icons import put_icon
from planner.ui.models.workspace import Workspace
from planner.ui.pages import PAGES, PageEntry
from planner.ui.pages.page import Page
from planner.ui.theme import MODES, SCALES, Mode
from planner.ui.widgets.banner import Banners
from planner.ui.words import Words
from planner.values import WenbaoError, mark
from planner.vault import Person

PEOPLE = PageEntry("people", mark("People"), "planner.ui.pages.people:PeoplePage")
_MODE_WORDS: dict[Mode, str] = {
    "system": mark("Like the system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
}
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
RAIL_WIDTH = 224
NARROW_RAIL = 68
NARROW_WINDOW = 700  # below this, at 100 % text, the rail shows its icons only


class MainWindow(QMainWindow):
    """`painted` is emitted once, when the page that was open last has been painted for the first time."""

    painted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = workspace.look
        self.words = Words()
        self.pages: dict[str, Page] = {}
        self._entries = {entry.name: entry for entry in (*PAGES, PEOPLE) if entry.exists}
        self._frames: dict[str, QScrollArea] = {}
        self._seen = False
        self._narrow = False
        self.setObjectName("window")
        self.resize(1180, 820)
        self.setMinimumSize(760, 520)
        self.setAcceptDrops(True)

        content = QWidget()
        content.setObjectName("content")
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_rail())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._make_topbar())
        self.banners = Banners(self.look)
        holder = QHBoxLayout()
        holder.setContentsMargins(32, 0, 32, 0)
        holder.addWidget(self.banners)
        right.addLayout(holder)
        self.stack = QStackedWidget()
        right.addWidget(self.stack, 1)
        row.addLayout(right, 1)
        self.setCentralWidget(content)
        self._make_shortcuts()

        workspace.person_changed.connect(self._person_changed)
        workspace.people_changed.connect(self._person_changed)
        workspace.failed.connect(self.show_error)
        workspace.undo_changed.connect(self._show_undo)
        workspace.open_page.connect(self.open_page)
        workspace.files_offered.connect(self.offer_files)
        self.look.changed.connect(self._look_changed)
        self._look_changed()
        self._person_changed()
        self._show_undo()
        self._check_fonts()

    # Pages

    @property
    def page(self) -> Page | None:
        """The page on screen."""
        frame = self.stack.currentWidget()
        return next((self.pages[name] for name, one in self._frames.items() if one is frame), None)

    def open_page(self, name: str) -> None:
        """Show a page, building it at its first visit; an unknown name shows the first page."""
        entry = self._entries.get(name) or self._entries[PAGES[0].name]
        if self.workspace.person is None and entry is not PEOPLE:
            entry = PEOPLE
        if entry.name not in self.pages:
            self._build(entry)
        self.stack.setCurrentWidget(self._frames[entry.name])
        for button_name, button in self._rail_buttons.items():
            button.setChecked(button_name == entry.name)
        self.pages[entry.name].activate()
        if entry is not PEOPLE:
            self.workspace.set_setting("last_page", entry.name)

    def _build(self, entry: PageEntry) -> None:
        page = entry.build(self.workspace)
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack.addWidget(frame)
        frame.setWidget(page)  # last: each move of the page styles all its parts anew
        if page.is_long:  # its bar is there before the parts that fill it, so that nothing moves aside
            frame.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            as_needed = partial(frame.setVerticalScrollBarPolicy, Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            tasks.after_painting(as_needed)
        self.pages[entry.name] = page
        self._frames[entry.name] = frame
        if not self._seen:
            page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._seen and isinstance(event, QPaintEvent):
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)
        return super().eventFilter(watched, event)

    # The rail

    def _make_rail(self) -> QWidget:
        self._rail = QWidget()
        self._rail.setObjectName("rail")
        self._rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self._rail)
        outer.setContentsMargins(0, 0, 1, 0)
        scroll = QScrollArea()
        scroll.setObjectName("railScroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(scroll)
        body = QWidget()
        body.setObjectName("railBody")
        scroll.setWidget(body)
        self._rail_column = column = QVBoxLayout(body)
        column.setSpacing(4)

        self._brand = QLabel()
        self._brand.setObjectName("brand")
        self._brand_note = QLabel()
        self._brand_note.setObjectName("brandNote")
        self._brand_note.setWordWrap(True)
        self.words.tell(self._brand.setText, mark("Wenbao"))
        self.words.tell(self._brand_note.setText, mark("Your pension and cover, worked out on this computer"))
        column.addWidget(self._brand)
        column.addWidget(self._brand_note)
        column.addSpacing(14)

        self._rail_buttons: dict[str, QPushButton] = {}
        self._rail_group = QButtonGroup(self)
        self._rail_group.setExclusive(False)
        for place, entry in enumerate((entry for entry in PAGES if entry.exists), start=1):
            button = self._rail_button(entry)
            self.words.tell(partial(self._name_button, button), entry.title)
            button.setShortcut(QKeySequence(f"Ctrl+{place}"))
            button.setProperty("keys", f"Ctrl+{place}")
            column.addWidget(button)
        column.addStretch(1)

        self.person_button = self._rail_button(PEOPLE)
        self.person_button.clicked.disconnect()
        self.person_menu = QMenu(self.person_button)
        self.person_menu.aboutToShow.connect(self._fill_person_menu)
        self.person_button.setMenu(self.person_menu)
        column.addWidget(self.person_button)
        self._lock_note = QLabel()
        self._lock_note.setObjectName("brandNote")
        self._lock_note.setWordWrap(True)
        column.addWidget(self._lock_note)
        if self.workspace.is_demo:
            self.words.tell(self._lock_note.setText, mark("Worked example: nothing you do here is kept."))
        else:
            self.words.tell(
                self._lock_note.setText, mark("Kept on this computer only; not yet locked by a password.")
            )
        return self._rail

    def _name_button(self, button: QPushButton, words: str) -> None:
        button.setAccessibleName(words)
        button.setText("" if self._narrow else words)
        button.setToolTip(" ".join(filter(None, (words, button.property("keys")))))

    def _rail_button(self, entry: PageEntry) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("tone", "rail")
        button.setProperty("icon_name", entry.name)
        button.clicked.connect(lambda _checked, name=entry.name: self.open_page(name))
        self._rail_buttons[entry.name] = button
        return button

    # The tools above

    def _make_topbar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("topbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(28, 10, 24, 2)
        row.setSpacing(2)
        self.undo_button = self._tool("undo", "", QKeySequence.StandardKey.Undo)
        self.redo_button = self._tool("redo", "", QKeySequence.StandardKey.Redo)
        self.undo_button.clicked.connect(lambda: self._try(self.workspace.undo))
        self.redo_button.clicked.connect(lambda: self._try(self.workspace.redo))
        self.language_button = self._tool("language", mark("Language"))
        self.size_button = self._tool("text_size", mark("Size of the text"))
        self.theme_button = self._tool("theme", mark("Light or dark"))
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        row.addStretch(1)
        for button in (self.language_button, self.size_button, self.theme_button):
            row.addWidget(button)

        self._language_actions: dict[str, QAction] = {}
        self._language_actions = self._choices(
            self.language_button, {code: _LANGUAGE_NAMES[code] for code in text.LANGUAGES}, self.set_language
        )
        self._size_actions = self._choices(
            self.size_button,
            {str(scale): f"{scale} %" for scale in SCALES},
            lambda scale: self.set_scale(int(scale)),
        )
        self._theme_actions = self._choices(self.theme_button, dict.fromkeys(MODES, ""), self.set_theme)
        for mode, words in _MODE_WORDS.items():
            self.words.tell(self._theme_actions[mode].setText, words)
        return bar

    def _tool(self, icon_name: str, words: str, key: QKeySequence.StandardKey | None = None) -> QToolButton:
        button = QToolButton()
        button.setProperty("tone", "tool")
        button.setProperty("icon_name", icon_name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if words:
            self.words.tell(button.setAccessibleName, words)
            self.words.tell(button.setToolTip, words)
        if key is not None:
            button.setShortcut(QKeySequence(key))
        return button

    def _choices(
        self, button: QToolButton, choices: dict[str, str], chosen: Callable[[str], object]
    ) -> dict[str, QAction]:
        menu = QMenu(button)
        group = QActionGroup(menu)
        actions = {}
        for value, words in choices.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked, value=value: chosen(value))
            actions[value] = action
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return actions

    def _make_shortcuts(self) -> None:
        for keys, slot in (
            ("Ctrl+=", lambda: self._step_scale(1)),
            ("Ctrl++", lambda: self._step_scale(1)),
            ("Ctrl+-", lambda: self._step_scale(-1)),
            ("Ctrl+P", lambda: self.open_page("people")),
            ("Ctrl+L", self._other_language),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # Deeds

    def set_language(self, language: str) -> None:
        """Say everything in `language` from now on, and remember it."""
        text.use(language)
        self.workspace.set_setting("language", language)
        self.retranslate()

    def set_theme(self, mode: str) -> None:
        if mode in MODES:
            self.workspace.set_setting("theme", mode)
            self.look.set_mode(mode)

    def set_scale(self, scale: int) -> None:
        self.workspace.set_setting("text_size", str(scale))
        self.look.set_scale(scale)

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        qt_words.use(text.language())
        self.words.retell()
        self.banners.retranslate()
        self._person_changed()
        self._show_undo()
        self._check_marks()
        for page in self.pages.values():
            page.retranslate()

    def show_error(self, error: Exception) -> None:
        """What went wrong outside any one page."""
        if isinstance(error, WenbaoError):
            self.banners.show_banner("danger", error.message, {"field": error.field, **error.values})
        else:
            self.banners.show_banner(
                "danger",
                mark("Something went wrong inside the program ({name})."),
                {"name": type(error).__name__},
                hints=[mark("What you entered before is kept. Try again; if it comes back, restart Wenbao.")],
            )

    def offer_files(self, paths: list[Path]) -> None:
        """Bills were dropped or chosen somewhere: read them on the page of earnings."""
        if self.workspace.person is not None:
            self.open_page("earnings")
            self.pages["earnings"].take_files(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.workspace.person is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from planner.ui.widgets.drop_zone import local_files

        files = local_files(event.mimeData())
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.offer_files(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        tasks.stop_all()
        super().closeEvent(event)

    def _try(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except WenbaoError as error:
            self.show_error(error)

    def _show_undo(self) -> None:
        """The two buttons say what they would take back or make again."""
        for button, what, with_what, alone in (
            (self.undo_button, self.workspace.undo_words, mark("Undo: {what}"), mark("Nothing to undo")),
            (self.redo_button, self.workspace.redo_words, mark("Redo: {what}"), mark("Nothing to redo")),
        ):
            words = _(with_what, what=what) if what else _(alone)
            button.setEnabled(bool(what))
            button.setAccessibleName(words)
            button.setToolTip(words)

    def _other_language(self) -> None:
        self.set_language("en" if text.language() == "zh" else "zh")

    def _step_scale(self, step: int) -> None:
        place = SCALES.index(self.look.scale) + step
        if 0 <= place < len(SCALES):
            self.set_scale(SCALES[place])

    def _fill_person_menu(self) -> None:
        menu = self.person_menu
        menu.clear()
        current = self.workspace.person
        for person in self.workspace.people():
            action = menu.addAction(person.name)
            action.setCheckable(True)
            action.setChecked(current is not None and person.id == current.id)
            action.triggered.connect(lambda _checked, person=person: self._switch(person))
        menu.addSeparator()
        menu.addAction(_("Add or change people…"), lambda: self.open_page("people"))
        if current is not None:
            menu.addAction(_("Close this file"), self._close_person)

    def _switch(self, person: Person) -> None:
        self.workspace.open_person(person)
        self.open_page(self.workspace.setting("last_page", PAGES[0].name))

    def _close_person(self) -> None:
        self.workspace.close_person()
        self.open_page("people")

    def _person_changed(self) -> None:
        person = self.workspace.person
        name = person.name if person is not None else _("Nobody's file is open")
        self._name_button(self.person_button, _("People: {name}", name=name))
        if not self._narrow:
            room = self._rail.width() - self.look.px(100)  # less the icon, the arrow and the margins
            letters = self.person_button.fontMetrics()
            self.person_button.setText(letters.elidedText(name, Qt.TextElideMode.ElideRight, room))
        self.person_button.setChecked(False)
        self.setWindowTitle(_("Wenbao - {name}", name=name) if person is not None else _("Wenbao"))
        for entry_name, button in self._rail_buttons.items():
            if entry_name != PEOPLE.name:
                button.setEnabled(person is not None)
        if person is None and self.page is not None:
            self.open_page(PEOPLE.name)

    def _look_changed(self) -> None:
        colours = self.look.palette
        self._fit_rail()
        for button in self._rail_buttons.values():
            put_icon(button, button.property("icon_name"), colours.muted, self.look.px(20))
        for tool in (
            self.undo_button,
            self.redo_button,
            self.language_button,
            self.size_button,
            self.theme_button,
        ):
            put_icon(tool, tool.property("icon_name"), colours.muted, self.look.px(18))
        self.banners.repaint_icons()
        self._check_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        """Where large letters leave no room for the page, the rail keeps only its icons."""
        narrow = self.width() < self.look.px(NARROW_WINDOW)
        self._rail.setFixedWidth(self.look.px(NARROW_RAIL) if narrow else min(self.look.px(RAIL_WIDTH), 340))
        side = 4 if narrow else 14
        self._rail_column.setContentsMargins(side, 20, side, 14)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._brand, self._brand_note, self._lock_note):
            part.setHidden(narrow)
        for button in self._rail_buttons.values():
            button.setText("" if narrow else button.accessibleName())
        self._person_changed()

    def _check_marks(self) -> None:
        self._language_actions[text.language()].setChecked(True)
        self._size_actions[str(self.look.scale)].setChecked(True)
        self._theme_actions[self.look.mode].setChecked(True)

    def _check_fonts(self) -> None:
        if not self.look.font_family:
            self.banners.show_banner(
                "warn",
                mark("No font with Chinese characters was found. Install Noto Sans CJK SC (fonts-noto-cjk)."),
            )
