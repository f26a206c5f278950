"""The worked examples: two invented people, in the window or, without a display, drawn to files."""

from __future__ import annotations

import json
import time
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner import paths, text
from planner.text import _
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection import Projection
    from planner.ui.main_window import MainWindow
    from planner.vault import Store

PEOPLE = {
    "rider": mark("Rider Wang (worked example)"),
    "seller": mark("Seller Lin (worked example)"),
}
TALLEST = 6000  # pixels of a drawn page
LONGEST = 180.0  # seconds to wait for a page's work


def case(name: str) -> dict[str, Any]:
    """One of `PEOPLE` as the commands take a case (`wenbao project`, `wenbao advise`)."""
    found: dict[str, Any] = json.loads((paths.resources() / "demo" / f"{name}.json").read_text("utf-8"))
    return found


def today() -> date:
    """The day that the examples stand on, so that they look the same on every later day."""
    return date.fromisoformat(case(next(iter(PEOPLE)))["today"])


def fill(store: Store) -> None:
    """Put the invented people into `store`; the first one is opened."""
    from planner.ui.models.workspace import answers_of_case

    first = None
    for name, title in PEOPLE.items():
        answers, months = answers_of_case(case(name))
        person = store.create_person(_(title))
        store.save_answers(person.id, answers)
        store.save_typed_months(person.id, months)
        first = first or person
    if first is not None:
        store.set_setting("last_person", str(first.id))


def settle(window: MainWindow, seconds: float = LONGEST) -> bool:
    """Let the window work until nothing runs any more; whether it came to rest in time."""
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

    from planner.ui import tasks

    deadline = time.monotonic() + seconds
    quiet_since = time.monotonic()
    while time.monotonic() < deadline:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if tasks.busy() or window.workspace.projection_state == "running":
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > 0.4:
            return True
        time.sleep(0.005)
    return False


def draw_pages(window: MainWindow, folder: Path) -> list[Path]:
    """Every page of the window, whole, as PNG files in `folder`, in the order of the rail."""
    from planner.ui.pages import PAGES

    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    entries = [entry for entry in PAGES if entry.exists]
    for place, entry in enumerate(entries, start=1):
        window.open_page(entry.name)
        settle(window)
        page = window.page
        if page is not None:
            beside = window.height() - page.visibleRegion().boundingRect().height()
            needed = max(page.heightForWidth(page.width()), page.sizeHint().height()) + beside
            window.resize(window.width(), min(TALLEST, max(820, needed)))
            settle(window)
        file = folder / f"{place}-{entry.name}.png"
        if not window.grab().save(str(file)):
            raise OSError(f"cannot write {file}")
        drawn.append(file)
        window.resize(window.width(), 820)
    return drawn


def comparison(projection: Projection) -> str:
    """The plans of a projection as a table of text for a terminal."""
    from planner.report import tier_words

    rows = tier_words.table_rows(tier_words.in_order(projection), projection.recommended, "")
    note = _("Yuan of today, {count} futures", count=text.number(projection.paths))
    return f"{_table([tier_words.table_header(), *rows])}\n{note}"


def _table(rows: list[list[str]]) -> str:
    """Columns for a terminal, where a Chinese character is two cells wide; all but the first set right."""
    widths = [max(_cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        parts = []
        for column, (words, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - _cells(words))
            parts.append(words + blank if column == 0 else blank + words)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def _cells(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
