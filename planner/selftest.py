"""`wenbao --self-test`: whether this installation is whole, from its words to its window.

The same checks run on the source, on an installed wheel and on a frozen build. They need no display and no
network, and write only into a folder of their own that is gone afterwards.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from planner import __version__, demo, paths, text
from planner.text import _, plural
from planner.values import WenbaoError, mark

Check = Callable[[], str]
FOLDERS = ("demo", "i18n", "icons", "policy", "schemas", "style")
BILL = "alipay_bill.csv"
BILL_ROWS, BILL_INCOME = 9, Decimal("7506.90")
FEW_PATHS = 200
SAMPLE = "稳保：养老金 1,234.56 元"


class MismatchError(Exception):
    """A check found something amiss; its text says what."""


def run() -> int:
    """Run every check, one line each; 0 if all are well, else 1."""
    print(_("Wenbao {version}: checking this installation", version=__version__))
    failures = 0
    for name, check in CHECKS:
        start = time.perf_counter()
        try:
            found = check()
        except Exception as error:
            failures += 1
            print(f"{_('FAILED')}  {_(name)}: {_why(error)}", flush=True)
        else:
            print(f"{_('ok')}  {_(name)}: {found} ({time.perf_counter() - start:.1f} s)", flush=True)
    if failures:
        print(plural("{count} check failed", "{count} checks failed", failures))
        return 1
    print(_("All is well."))
    return 0


def _why(error: Exception) -> str:
    if isinstance(error, WenbaoError):
        return _(error.message, field=error.field, **error.values)
    if isinstance(error, MismatchError):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise MismatchError(otherwise)


def _resources() -> str:
    folder = paths.resources()
    missing = [name for name in FOLDERS if not (folder / name).is_dir()]
    _demand(not missing, ", ".join(missing))
    return str(folder)


def _words() -> str:
    before = text.language()
    try:
        text.use("zh")
        title = _("Pension tiers")
        _demand(title != "Pension tiers", "no Chinese words")
    finally:
        text.use(before)
    return title


def _law() -> str:
    from planner.policy import current_pack
    from planner.policy.check import faults

    pack = current_pack()
    found = faults(pack)
    _demand(not found, "; ".join(_(fault.message, **fault.values) for fault in found[:3]))
    count = sum(len(pack.every(key)) for key in sorted(pack.keys()))
    return _("pack {version}, {count} values", version=pack.version, count=count)


def _sums() -> str:
    from planner.cli import calc
    from planner.cli.calculators import NAMES, find
    from planner.policy import current_pack

    pack = current_pack()
    answered = 0
    for name in NAMES:
        calculator = find(name)
        schema = json.loads((paths.resources() / "schemas" / f"{name}.json").read_text("utf-8"))
        _demand(schema.get("type") == "object", f"{name}.json")
        for example in calculator.examples:
            calc.answer(calculator, calc.parse(json.dumps(example)), pack)
            answered += 1
    # A man born in January 1965 is the first whose age the gradual reform moves: by one month.
    born = {"category": "male_60", "born": "1965-01"}
    statutory = calc.answer(find("retirement-age"), born, pack)["statutory"]
    _demand(statutory == {"years": 60, "months": 1, "month": "2025-02"}, json.dumps(statutory))
    return plural("{count} worked", "{count} worked", answered)


def _bills() -> str:
    from planner.earnings import ImportReport, read_file

    report = ImportReport((read_file(paths.resources() / "demo" / BILL),)).as_json()
    only = report["files"][0]
    _demand(only["error"] is None, str(only["error"]))
    _demand(only["data_rows"] == BILL_ROWS, f"{only['data_rows']} rows")
    _demand(Decimal(report["total_cny"]) == BILL_INCOME, str(report["total_cny"]))
    return _("{rows} rows, {amount}", rows=BILL_ROWS, amount=text.yuan(BILL_INCOME, 2))


def _rates() -> str:
    from datetime import date

    from planner.earnings.currency import yuan_rate

    rate = yuan_rate("USD", date(2024, 6, 3))
    _demand(rate is not None, "USD")
    assert rate is not None
    _demand(Decimal("6.5") < rate.yuan < Decimal("8"), str(rate.yuan))
    return _("1 USD was ¥{yuan} on {day}", yuan=f"{rate.yuan:.4f}", day=rate.day)


def _futures() -> str:
    from planner.policy import current_pack
    from planner.projection import case_from_json, project

    pack = current_pack()
    data = demo.case("rider")
    data["settings"] = {**data["settings"], "paths": FEW_PATHS}
    projection = project(case_from_json(data, pack), pack)
    plans = {plan.plan.id: plan for plan in projection.plans}
    _demand(projection.recommended in plans, projection.recommended)
    _demand(len(plans) >= 3, f"{len(plans)} plans")
    return plural("{count} plan compared", "{count} plans compared", len(plans))


def _vault() -> str:
    from planner.earnings import read_file
    from planner.vault import Store

    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "vault"
        result = read_file(paths.resources() / "demo" / BILL)
        store = Store.open(folder)
        person = store.create_person(SAMPLE).id
        store.add_import(person, BILL, "0", result.format, result.entries)
        store.close()
        again = Store.open(folder)
        whole, kept, people = again.is_whole(), len(again.entries(person)), again.people()
        again.close()
        _demand(whole and kept == len(result.entries), f"{kept} of {len(result.entries)} lines")
        _demand([one.name for one in people] == [SAMPLE], "people")
        secret = SAMPLE.encode()
        readable = [file.name for file in folder.rglob("*") if file.is_file() and secret in file.read_bytes()]
        _demand(not readable, f"not encrypted: {readable}")
    return _("{count} lines kept and read again, encrypted", count=kept)


def _fonts() -> str:
    import warnings

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from planner.charts import style

    face = style.chinese_font()
    _demand(
        bool(face), _("No font with Chinese characters was found. Install Noto Sans CJK SC (fonts-noto-cjk).")
    )
    style.prepare()
    figure = Figure()
    figure.text(0.5, 0.5, SAMPLE)
    canvas = FigureCanvasAgg(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a character without a picture is a warning
        canvas.print_png(io.BytesIO())  # type: ignore[no-untyped-call]
    return face


def _window() -> str:
    from PySide6.QtGui import QGuiApplication

    from planner import app
    from planner.ui.pages import PAGES
    from planner.vault import Store

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = app.make_application()
    store = Store.in_memory()
    demo.fill(store)
    window = app.make_window(store, is_demo=True, language=text.language())
    mishaps: list[BaseException] = []
    usual, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: mishaps.append(error)
    try:
        _demand(bool(window.look.font_family), "no Chinese face")
        window.workspace.open_last_person()
        window.show()
        shown = []
        for entry in (entry for entry in PAGES if entry.exists):
            window.open_page(entry.name)
            _demand(demo.settle(window), f"{entry.name}: {_('did not come to rest')}")
            page = window.page
            _demand(page is not None and page.name == entry.name, entry.name)
            assert page is not None
            wrong = [
                banner.text
                for banner in (*page.banners.shown(), *window.banners.shown())
                if banner.tone == "danger"
            ]
            _demand(not wrong, f"{entry.name}: {'; '.join(wrong)}")
            _demand(not window.grab().isNull(), entry.name)
            shown.append(_(entry.title))
        if mishaps:
            raise mishaps[0]
        _demand(window.workspace.projection is not None, _("No projection was made."))
    finally:
        sys.excepthook = usual
        window.close()
        application.processEvents()
        store.close()
    return f"{', '.join(shown)} ({QGuiApplication.platformName()})"


def _sheet() -> str:
    from planner.report.sheet import Sheet, a4_sheet

    made = a4_sheet(Sheet(person=SAMPLE, day=demo.today().isoformat(), sentence=SAMPLE))
    _demand(made.startswith(b"%PDF"), "no PDF")
    return _("{size} kB of PDF", size=len(made) // 1024)


CHECKS: tuple[tuple[str, Check], ...] = (
    (mark("Files of the program"), _resources),
    (mark("Words in Chinese"), _words),
    (mark("The law as data"), _law),
    (mark("Statutory sums"), _sums),
    (mark("Reading a bill"), _bills),
    (mark("Exchange rates"), _rates),
    (mark("Projection"), _futures),
    (mark("Encrypted store"), _vault),
    (mark("Chinese in pictures"), _fonts),
    (mark("The window"), _window),
    (mark("Printed sheet"), _sheet),
)
