"""Messages at the top of a page that stop nobody: what happened, what was kept, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from planner.text import _
from planner.ui.icons import pixmap, put_icon
from planner.ui.theme import Look
from planner.ui.widgets.card import label
from planner.values import mark

Tone = Literal["danger", "warn", "good", "info"]
_ICONS = {"danger": "warning", "warn": "warning", "good": "check", "info": "info"}
_NAMES = {
    "danger": mark("Error"),
    "warn": mark("Please note"),
    "good": mark("Done"),
    "info": mark("Note"),
}


class Banner(QFrame):
    """One message; it stays until the person closes it or the page takes it away."""

    def __init__(
        self,
        look: Look,
        tone: Tone,
        message: str,
        values: Mapping[str, Any] | None = None,
        hints: Sequence[str] = (),
        action: tuple[str, Callable[[], Any]] | None = None,
        closable: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", tone)
        self.tone, self._look = tone, look
        self._message, self._values, self._hints, self._action = (
            message,
            dict(values or {}),
            tuple(hints),
            action,
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 10, 12)
        row.setSpacing(12)
        self._picture = QLabel()
        side = Qt.AlignmentFlag.AlignTop if self._hints else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._picture, 0, side)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        row.addLayout(self.lines, 1)
        self._head = label(role="text", selectable=True)
        self._head.setProperty("role", f"banner-{tone}")
        self.lines.addWidget(self._head)
        self._hint_labels = [label(role="text", selectable=True) for _hint in self._hints]
        for hint_label in self._hint_labels:
            self.lines.addWidget(hint_label)
        self._button: QPushButton | None = None
        if action is not None:
            self._button = QPushButton()
            self._button.setProperty("tone", "plain")
            self._button.clicked.connect(lambda: action[1]())
            row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._close: QToolButton | None = None
        if closable:
            self._close = QToolButton()
            self._close.setProperty("tone", "tool")
            self._close.clicked.connect(self.dismiss)
            row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()
        self.repaint_icons()

    @property
    def text(self) -> str:
        """Everything the banner says."""
        return "\n".join([self._head.text(), *(hint.text() for hint in self._hint_labels)])

    def retranslate(self) -> None:
        self._head.setText(_(self._message, **self._values))
        for hint_label, hint in zip(self._hint_labels, self._hints, strict=True):
            hint_label.setText(_(hint, **self._values))
        if self._button is not None and self._action is not None:
            self._button.setText(_(self._action[0]))
        if self._close is not None:
            self._close.setAccessibleName(_("Close this message"))
            self._close.setToolTip(_("Close this message"))
        self.setAccessibleName(_(_NAMES[self.tone]))
        self.setAccessibleDescription(self.text)

    def repaint_icons(self) -> None:
        colours = self._look.palette
        self._picture.setPixmap(pixmap(_ICONS[self.tone], _ink(self.tone, self._look), self._look.px(22)))
        if self._close is not None:
            put_icon(self._close, "close", colours.muted, self._look.px(16))

    def dismiss(self) -> None:
        """Take this banner away."""
        self.hide()
        self.setParent(None)
        self.deleteLater()


class ErrorBanner(Banner):
    """A banner in the tone of an error."""

    def __init__(
        self, look: Look, message: str, values: Mapping[str, Any] | None = None, **more: Any
    ) -> None:
        super().__init__(look, "danger", message, values, **more)


class Banners(QWidget):
    """The banners of one page, the newest first; nothing is shown twice."""

    LIMIT = 4

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def shown(self) -> list[Banner]:
        """The banners on the page, the newest first."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        return [banner for item in items if item and isinstance(banner := item.widget(), Banner)]

    def show_banner(
        self,
        tone: Tone,
        message: str,
        values: Mapping[str, Any] | None = None,
        *,
        hints: Sequence[str] = (),
        action: tuple[str, Callable[[], Any]] | None = None,
    ) -> Banner:
        """Add a banner; `message`, `hints` and the action's words are message ids filled from `values`."""
        banner = Banner(self._look, tone, message, values, hints, action)
        for old in self.shown():
            if old.text == banner.text:
                old.dismiss()
        for old in self.shown()[self.LIMIT - 1 :]:
            old.dismiss()
        self._column.insertWidget(0, banner)
        banner.destroyed.connect(self._tidy)
        self.show()
        return banner

    def clear(self, tone: Tone | None = None) -> None:
        """Take away all banners, or those of one tone."""
        for banner in self.shown():
            if tone is None or banner.tone == tone:
                banner.dismiss()
        self._tidy()

    def retranslate(self) -> None:
        for banner in self.shown():
            banner.retranslate()

    def repaint_icons(self) -> None:
        for banner in self.shown():
            banner.repaint_icons()

    def _tidy(self) -> None:
        try:
            self.setVisible(bool(self.shown()))
        except RuntimeError:  # the page itself is going
            return


def _ink(tone: Tone, look: Look) -> str:
    colours = look.palette
    return {"danger": colours.danger, "warn": colours.warn, "good": colours.good, "info": colours.accent}[
        tone
    ]
