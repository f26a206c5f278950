"""Where files are dropped, or chosen by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from planner.text import _
from planner.ui.icons import pixmap
from planner.ui.theme import Look
from planner.ui.widgets.card import label, set_tone
from planner.ui.widgets.turning_row import LEAST, TurningRow

MOST_FILES = 200
FEW_LETTERS = 8
PATTERNS = "*.csv *.xlsx *.xls *.txt *.zip *.tsv *.pdf *.html *.json *.ofx *.qif *.sta"


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dragged; of a folder the files that lie directly in it."""
    found: list[Path] = []
    for path in (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()):
        if path.is_dir():
            found.extend(sorted(inside for inside in path.iterdir() if inside.is_file()))
        elif path.is_file():
            found.append(path)
    return found[:MOST_FILES]


class DropZone(QFrame):
    """Emits `dropped` with the local files."""

    dropped = Signal(list)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("dropzone")
        self.setProperty("over", "false")
        self.setAcceptDrops(True)
        self._small = False
        self._around = QVBoxLayout(self)
        row = self._row = TurningRow(spacing=18)
        self._around.addWidget(row)
        self._picture = QLabel()
        row.add(self._picture)
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        self._head = label(role="heading")
        self._note = label(role="muted")
        lines.addWidget(self._head)
        lines.addWidget(self._note)
        row.add(words, stretches=True)
        self.button = QPushButton()
        self.button.setProperty("tone", "primary")
        self.button.clicked.connect(self.choose)
        row.add(self.button)
        look.changed.connect(self.retranslate)
        self.retranslate()

    def set_small(self, small: bool) -> None:
        """One line for who has brought bills already, the whole invitation for who has not."""
        if small != self._small:
            self._small = small
            self.retranslate()

    def retranslate(self) -> None:
        small = self._small
        self._around.setContentsMargins(24, 8 if small else 20, 24, 8 if small else 20)
        self._note.setVisible(not small)
        self._row.set_least(FEW_LETTERS if small else LEAST)
        set_tone(self._head, "role", "field" if small else "heading")
        set_tone(self.button, "tone", "" if small else "primary")
        self._head.setText(_("Drop more bills here") if small else _("Drop your bill files here"))
        self._note.setText(
            _(
                "Alipay, WeChat, Amazon, Payoneer, PayPal, bank statements, or any table. Several at once, "
                "zip too. The files themselves are not changed."
            )
        )
        self.button.setText(_("Choose files…"))
        self.button.setAccessibleName(_("Choose files…"))
        self.setAccessibleName(_("Drop your bill files here"))
        self._picture.setPixmap(
            pixmap("upload", self._look.palette.accent, self._look.px(24 if small else 40))
        )

    def choose(self) -> None:
        """Ask for files by the system's own dialog."""
        kinds = _("Bills and statements ({patterns})", patterns=PATTERNS)
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Choose files…"), "", ";;".join((kinds, _("All files ({patterns})", patterns="*")))
        )
        if names:
            self.dropped.emit([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            set_tone(self, "over", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_tone(self, "over", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        set_tone(self, "over", "false")
        files = local_files(event.mimeData())
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(files)
