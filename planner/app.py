"""Composition root: decides between the window and a command, and is the only module that knows both."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from planner.ui.main_window import MainWindow
    from planner.vault import Store


def run(arguments: Sequence[str]) -> int:
    """Run the window (no arguments, `demo`, `--self-test`) or a command; answers the exit status."""
    from planner.cli.main import parse, run_command

    options = parse(arguments)
    if options.self_test:
        from planner import selftest

        return selftest.run()
    if options.command is None or options.command == "demo":
        return show(is_demo=options.command == "demo", language=getattr(options, "lang", None))
    return run_command(options)


def show(*, is_demo: bool, language: str | None) -> int:
    """Open the window and stay until it closes."""
    from planner import paths
    from planner.values import WenbaoError

    application = make_application()
    try:
        store = _store(is_demo)
    except WenbaoError as error:
        return _cannot_open(error)
    window = make_window(store, is_demo=is_demo, language=language)
    if is_demo:
        _fill_demo(window)
    window.workspace.open_last_person()
    window.open_page(window.workspace.setting("last_page", "pension_tiers" if is_demo else ""))
    window.painted.connect(lambda: preload(window))
    window.show()
    os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))
    status = application.exec()
    store.close()
    return status


def make_application() -> QApplication:
    """The one QApplication, named for the desktop."""
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("wenbao")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("wenbao")
    return application


def make_window(store: Store, *, is_demo: bool = False, language: str | None = None) -> MainWindow:
    """The window upon a store, in the language, theme and text size that were used last."""
    from datetime import date

    from planner import text
    from planner.ui.main_window import MainWindow
    from planner.ui.models.workspace import Workspace
    from planner.ui.theme import Look

    if language is None and "WENBAO_LANG" not in os.environ:
        language = store.setting("language")
    if language in text.LANGUAGES:
        text.use(language)
    mode = store.setting("theme") or "system"
    scale = store.setting("text_size") or "100"
    look = Look(mode, int(scale) if str(scale).isdigit() else 100)  # type: ignore[arg-type]
    look.install()
    return MainWindow(Workspace(store, look, today=date.today(), is_demo=is_demo))  # noqa: DTZ011 - the wall's day


def preload(window: MainWindow) -> None:
    """After the first paint: the heavy libraries, on a worker thread."""
    from planner.ui import canvas, tasks

    tasks.run(lambda _task: canvas.prepare_matplotlib(), None, window.show_error)


def _store(is_demo: bool) -> Store:
    from planner import paths
    from planner.vault import Store

    return Store.in_memory() if is_demo else Store.open(paths.data())


def _fill_demo(window: MainWindow) -> None:
    """The worked example: an invented rider's answers and months from resources/demo."""
    import json

    from planner import paths
    from planner.text import _
    from planner.ui.models.workspace import answers_of_case

    data = json.loads((paths.resources() / "demo" / "rider.json").read_text(encoding="utf-8"))
    workspace = window.workspace
    answers, months = answers_of_case(data)
    person = workspace.store.create_person(_("Rider Wang (worked example)"))
    workspace.store.save_answers(person.id, answers)
    workspace.store.save_typed_months(person.id, months)


def _cannot_open(error: Exception) -> int:
    from PySide6.QtWidgets import QMessageBox

    from planner.text import _
    from planner.values import WenbaoError

    assert isinstance(error, WenbaoError)
    words = _(error.message, field=error.field, **error.values)
    print(words, file=sys.stderr)
    QMessageBox.critical(None, _("Wenbao"), words)
    return 1
