"""From a number anywhere in the window to the value of the law behind it: one click to the Rules page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.text import _, language
from planner.ui.models.workspace import Workspace
from planner.values import Origin


class RuleLinks(QWidget):
    """A button for each value; made when first seen, because only the page around it knows the law in use."""

    def __init__(self, origins: Sequence[Origin]) -> None:
        super().__init__()
        self._origins = tuple(origins)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.buttons: list[QPushButton] = []

    def showEvent(self, event: QShowEvent) -> None:
        if not self.buttons and (workspace := workspace_of(self)) is not None:
            named: set[str] = set()
            for origin in self._origins:
                name = _name(origin, workspace)
                if name and name not in named:
                    named.add(name)
                    self._add(name, origin, workspace)
        super().showEvent(event)

    def _add(self, name: str, origin: Origin, workspace: Workspace) -> None:
        button = QPushButton(_("Open in Rules: {name}", name=name))
        button.setProperty("tone", "link")
        button.setAccessibleName(button.text())
        button.clicked.connect(lambda: workspace.show_origin(origin))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.append(button)


def _name(origin: Origin, workspace: Workspace) -> str:
    """What the value or the table is called; empty where the law in use does not show it."""
    if origin.line:
        from planner.report import law_tables

        return law_tables.title(origin.key) if origin.key in law_tables.TABLES else ""
    known = workspace.pack.knows(origin.key)
    return workspace.pack.key_info(origin.key).title(language()) if known else ""


def workspace_of(widget: QWidget) -> Workspace | None:
    """The workspace of the page that a widget lies on; None off any page, and on the Rules page itself."""
    from planner.ui.pages.page import Page

    above = widget.parentWidget()
    while above is not None and not isinstance(above, Page):
        above = above.parentWidget()
    return above.workspace if above is not None and above.name != "rules" else None
