"""The start: what is on screen first waits for nothing that is not on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner import demo
from planner.vault import Store

HEAVY = ("numpy", "pandas", "matplotlib", "openpyxl", "currency_converter")
LATER = (
    *("planner.cli.main", "planner.earnings.cells", "planner.earnings.guess", "planner.earnings.readers"),
    *("planner.projection.case", "planner.projection.law", "planner.ui.models.earnings"),
    *("planner.ui.pages.tiers.results", "planner.ui.pages.earnings_sections"),
)
START = """
import builtins, gc, sys
plain = builtins.__import__
from planner import app

def painted(window):
    print(*[name for name in sys.argv[1:] if name in sys.modules])
    print(gc.isenabled())
    print(builtins.__import__ is plain)
    window.close()

app.preload = painted
sys.exit(app.run([]))
"""


@pytest.mark.parametrize("page", ["my_situation", "earnings", "pension_tiers"])
def test_the_first_painting_waits_for_no_library_that_it_does_not_show(page: str, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    demo.fill(store)
    store.set_setting("last_page", page)
    store.close()
    environment = {**os.environ, "WENBAO_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", START, *HEAVY, *LATER],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded, collecting, importing = done.stdout.splitlines()
    assert loaded == ""
    assert collecting == "True", "garbage is collected again once the page is there"
    assert importing == "True", "nothing reads the source of every module once more"
