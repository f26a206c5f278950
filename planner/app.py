"""Composition root: decides between the window and a command, and is the only module that knows both."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from planner.ui.main_window import MainWindow
    from planner.vault import Store


def run(arguments: Sequence[str]) -> int:
    """Run the window (no arguments, `demo`, `--self-test`) or a command; answers the exit status."""
    place_caches()
    if not arguments:  # the window opens without the command line's parsers
        return show(is_demo=False, language=None)
    from planner.cli.main import parse, run_command

    options = parse(arguments)
    if options.self_test:
        from planner import selftest

        return selftest.run()
    language = getattr(options, "lang", None)
    if options.command == "demo" and options.pages is not None:
        return draw_demo(options.pages, language)
    if options.command is None or options.command == "demo":
        return show(is_demo=options.command == "demo", language=language)
    return run_command(options)


def show(*, is_demo: bool, language: str | None) -> int:
    """Open the window and stay until it closes."""
    # What a start makes is there to stay: looking through it for garbage would take a tenth of the time.
    gc.disable()
    from planner import text
    from planner.values import WenbaoError

    text.use(language or text.preferred_language())
    application = make_application()
    try:
        store = _store(is_demo)
    except WenbaoError as error:
        return _cannot_open(error)
    from planner.ui import tasks

    tasks.hold()
    window = make_window(store, is_demo=is_demo, language=language)
    window.workspace.open_last_person()
    window.open_page(window.workspace.setting("last_page", "pension_tiers" if is_demo else ""))
    window.painted.connect(lambda: _painted(window))
    _tell_of_mishaps(window)
    window.show()
    status = application.exec()
    store.close()
    return status


def draw_demo(folder: Path, language: str | None) -> int:
    """Draw the pages of the worked example to PNG files and print its comparison, without a display."""
    from planner import demo
    from planner.text import _

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    make_application()
    window = make_window(_store(True), is_demo=True, language=language)
    window.workspace.open_last_person()
    _tell_of_mishaps(window)
    window.show()
    drawn = demo.draw_pages(window, folder)
    workspace = window.workspace
    print(
        _(
            "{person}: what each plan costs and gives",
            person=workspace.person.name if workspace.person else "",
        )
    )
    print()
    print(demo.comparison(workspace.projection) if workspace.projection else _("No projection was made."))
    print()
    print(_("The pages of the window, as pictures:"))
    for file in drawn:
        print(f"  {file}")
    status = 0 if workspace.projection is not None else 1
    window.close()
    workspace.store.close()
    return status


@contextmanager
def _plain_imports() -> Iterator[None]:
    """Python's own import stays in place, whatever is imported meanwhile.

    PySide6 puts another there, which reads the source of each module imported later, to see whether it
    switches to other spellings of Qt's names (`__feature__`). None of ours does, and the reading is a tenth
    of the start.
    """
    plain = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = plain


def make_application() -> QApplication:
    """The one QApplication, in the style that `Look` paints, named for the desktop."""
    with _plain_imports():
        from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    in_style = [*sys.argv[:1], "-style", "Fusion"]
    application = existing if isinstance(existing, QApplication) else QApplication(in_style)
    application.setApplicationName("wenbao")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("wenbao")
    return application


def make_window(store: Store, *, is_demo: bool = False, language: str | None = None) -> MainWindow:
    """The window upon a store, in the language, theme and text size that were used last."""
    from datetime import date

    from planner import text
    from planner.ui import qt_words
    from planner.ui.main_window import MainWindow
    from planner.ui.models.workspace import Workspace
    from planner.ui.theme import Look

    if language is None and "WENBAO_LANG" not in os.environ:
        language = store.setting("language")
    if language in text.LANGUAGES:
        text.use(language)
    qt_words.use(text.language())
    mode = store.setting("theme") or "system"
    scale = store.setting("text_size") or "100"
    look = Look(mode, int(scale) if str(scale).isdigit() else 100)  # type: ignore[arg-type]
    look.install()
    today = date.today()  # noqa: DTZ011 - the day on the wall
    if is_demo:
        from planner import demo

        today = demo.today()
    return MainWindow(Workspace(store, look, today=today, is_demo=is_demo))


def _painted(window: MainWindow) -> None:
    """The page that was open last is on screen: now all the work that could wait."""
    from planner.ui import tasks

    gc.freeze()
    gc.enable()
    preload(window)
    tasks.release()


def preload(window: MainWindow) -> None:
    """After the first paint: the heavy libraries and the exchange rates, on a worker thread."""
    from planner.ui import canvas, tasks

    def work(_task: tasks.Task) -> None:
        from planner.earnings.currency import last_rate_day

        canvas.prepare_matplotlib()
        last_rate_day()

    tasks.run(work, None, window.show_error, lane=canvas.DRAWING)


def place_caches() -> None:
    """Keep matplotlib's list of fonts with our caches; a frozen build would make it at each start."""
    from planner import paths

    if getattr(sys, "frozen", False):
        os.environ["MPLCONFIGDIR"] = str(paths.cache_folder() / "matplotlib")
    else:
        os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))


def _store(is_demo: bool) -> Store:
    from planner import paths
    from planner.vault import Store

    if not is_demo:
        return Store.open(paths.data())
    from planner import demo

    store = Store.in_memory()
    demo.fill(store)
    return store


def _tell_of_mishaps(window: MainWindow) -> None:
    """An error that nobody caught is said in the window, in detail on the terminal; Ctrl+C works there."""
    import signal

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            window.show_error(error)

    sys.excepthook = tell
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _cannot_open(error: Exception) -> int:
    from PySide6.QtWidgets import QMessageBox

    from planner.text import _
    from planner.values import WenbaoError

    assert isinstance(error, WenbaoError)
    words = _(error.message, field=error.field, **error.values)
    print(words, file=sys.stderr)
    QMessageBox.critical(None, _("Wenbao"), words)
    return 1
