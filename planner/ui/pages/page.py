"""The base of every page: one question, the answer first, then the picture, the table and the why.

A page subclass sets `name`, `heading` (the rail's word) and `asks` (its question), builds its controls in
`__init__` into `self.body`, and binds every visible string with `self.tell(setter, mark("..."))` so that a
change of language retells it. `refresh()` is where a page shows the workspace anew; it is called when the
page is opened, when the language or look changes, and by the page itself when a signal it listens to fires.
What lies below the first screen is added by `later`, so that a starting window need not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from planner.text import _
from planner.ui import tasks
from planner.ui.models.workspace import Workspace
from planner.ui.widgets.banner import Banner, Banners
from planner.ui.widgets.card import Card, label
from planner.ui.widgets.tab_order import follow_layout
from planner.ui.words import Words
from planner.values import WenbaoError, mark

READING_WIDTH = 1060
MY_SITUATION = "my_situation"  # where most answers are given


class Page(QWidget):
    """One question of the window."""

    name: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    asks: ClassVar[str] = ""
    is_long: ClassVar[bool] = True  # whether what `later` adds is in sight at once
    rests_on: ClassVar[tuple[str, ...]] = ()  # names in `Workspace.lost` that are told of at the top

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workspace = workspace
        self.look = workspace.look
        self.words = Words()
        self._stale = True
        self._shows: list[Callable[[], object]] = []  # how the parts that `later` added show themselves

        column = QWidget(self)
        column.setMaximumWidth(READING_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer = QHBoxLayout(self)  # a row asks the column for its height at the width it really gets
        outer.setContentsMargins(32, 4, 32, 32)
        outer.addStretch(0)
        outer.addWidget(column, 1)
        outer.addStretch(0)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)

        self.question_label = QLabel()
        self.question_label.setProperty("role", "question")
        self.question_label.setWordWrap(True)
        self.body.addWidget(self.question_label)
        self.banners = Banners(self.look)
        self.body.addWidget(self.banners)
        self.tell(self.question_label.setText, self.asks)
        self.look.changed.connect(self._look_changed)
        self._told_lost: Mapping[str, Any] = {}
        workspace.person_changed.connect(self._forget_told)

    def title(self) -> str:
        """The page's word in the rail."""
        return _(self.heading)

    def question(self) -> str:
        """The page's question, at its top."""
        return _(self.asks)

    def tell(self, setter: Callable[[str], Any], message: str, **values: Any) -> None:
        """Show the words for `message` by `setter`, again after every change of language."""
        self.words.tell(setter, message, **values)

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.words.retell()
        self.setAccessibleName(self.title())
        self.banners.retranslate()
        self.mark_stale()

    def activate(self) -> None:
        """The page was opened: show the workspace as it is now."""
        self.setAccessibleName(self.title())
        if self._stale:
            self._refresh()

    def focusNextPrevChild(self, forward: bool) -> bool:
        follow_layout(self)
        return super().focusNextPrevChild(forward)

    def mark_stale(self) -> None:
        """The workspace changed: refresh now if the page is on screen, else when it is next opened."""
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _refresh(self) -> None:
        self._stale = False
        self._tell_lost()
        self.refresh()

    def _tell_lost(self) -> None:
        """Say once which answers are not known any more; what is chosen again takes it away."""
        lost: dict[str, Any] = {}
        if self.rests_on:  # whoever rests on none need not wait for the law
            lost = {name: value for name, value in self.workspace.lost.items() if name in self.rests_on}
        if lost == self._told_lost:
            return
        self._told_lost = lost
        self.banners.clear("warn")
        if lost:
            from planner.ui.widgets.fields import lost_words

            self.banners.show_banner(
                "warn",
                mark("Not known any more to the rules or to this program: {lost}"),
                {"lost": lost_words(*lost.values())},
                hints=[mark("It stays stored but is left out; please choose again.")],
                action=None
                if self.name in (MY_SITUATION, "injury_cover")
                else (mark("Go to My situation"), lambda: self.workspace.open_page.emit(MY_SITUATION)),
            )

    def _forget_told(self) -> None:
        """What was said at the top was about somebody else."""
        self._told_lost = {}
        self.banners.clear()

    def refresh(self) -> None:
        """Show the workspace anew; subclasses show their top and then, by `show_parts`, all below it."""

    def later(self, make: Callable[[], object], show: Callable[[], object] = lambda: None) -> None:
        """Add by `make` what comes below, and fill it by `show` whenever the page is shown anew.

        At once, except in a window that is only starting: there each part takes a turn of its own once the
        page has been painted.
        """
        tasks.after_painting(partial(self._make_part, make, show))

    def show_parts(self) -> None:
        """Show the workspace in the parts that `later` has added so far; the others do it when they come."""
        for show in self._shows:
            show()

    def _make_part(self, make: Callable[[], object], show: Callable[[], object]) -> None:
        foot = self._take_foot()
        make()
        if foot is not None:
            self.body.addItem(foot)
        self._shows.append(show)
        if not self._stale:
            show()

    def _take_foot(self) -> QLayoutItem | None:
        """The stretch that keeps a short page at the top, out of the layout; None while it is not there."""
        number = self.body.count() - 1
        last = self.body.itemAt(number)
        return self.body.takeAt(number) if last is not None and last.spacerItem() is not None else None

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Files were dropped on the window; whether this page does something with them."""
        return False

    def add_card(self, heading: str, note: str = "") -> Card:
        """A card below the others with a heading and a quieter line (message ids)."""
        card = Card()
        for words, role in ((heading, "heading"), (note, "muted")):
            if words:
                line = label(role=role)  # type: ignore[arg-type]
                self.tell(line.setText, words)
                card.body.addWidget(line)
        self.body.addWidget(card)
        return card

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Do what the person asked for; what goes wrong is said in a banner, and the page shows what is."""
        try:
            deed()
        except WenbaoError as error:
            self.show_error(error)
            self.mark_stale()
            return False
        self.banners.clear("danger")
        return True

    def show_error(self, error: Exception, *, kept: str = "", todo: str = "") -> Banner:
        """A banner for what went wrong, what was kept and what to do (message ids); never a dialog."""
        if isinstance(error, WenbaoError):
            message, values = error.message, {"field": error.field, **error.values}
        else:
            message, values = (
                mark("Something went wrong inside the program ({name})."),
                {"name": type(error).__name__},
            )
        return self.banners.show_banner(
            "danger", message, values, hints=[hint for hint in (kept, todo) if hint]
        )

    def _look_changed(self) -> None:
        self.banners.repaint_icons()
        self.look_changed()
        self.mark_stale()

    def look_changed(self) -> None:
        """Theme or text size changed; for pages that paint for themselves beyond `refresh`."""
