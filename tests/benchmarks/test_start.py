"""From the start of the process to the first paint of the page last open, against a bare window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner import demo
from planner.vault import Store

BAR, AIM = 2.0, 1.5
ROUNDS = 9

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QTimer.singleShot(0, application.quit)

application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Label("Wenbao"))
window.resize(1180, 820)
window.show()
application.exec()
"""
OURS = """
import sys
from planner import app

def painted(window):
    print("painted", flush=True)
    window.close()

app.preload = painted
sys.exit(app.run([]))
"""


def _seconds(script: str, environment: dict[str, str]) -> float:
    """From before the process is made until it says that it has painted."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        seconds = time.perf_counter() - start
        process.wait(60)
    assert said == "painted"
    assert process.returncode == 0
    return seconds


@pytest.mark.benchmark
@pytest.mark.parametrize("page", ["my_situation", "earnings", "pension_tiers"])
def test_start(page: str, tmp_path: Path, report_ratio) -> None:
    store = Store.open(tmp_path / "data")
    demo.fill(store)
    store.set_setting("last_page", page)
    store.close()
    environment = {**os.environ, "WENBAO_HOME": str(tmp_path), "QT_QPA_PLATFORM": _platform()}
    # As installed: with its bytecode, whatever the checkout is told about writing some.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path / "bytecode")
    _seconds(OURS, environment), _seconds(BARE, environment)
    ours, bare = [], []
    for _round in range(ROUNDS):
        bare.append(_seconds(BARE, environment))
        ours.append(_seconds(OURS, environment))
    report_ratio(f"start to the first paint of {page} ({_platform()})", min(ours) / min(bare), BAR, AIM)


def _platform() -> str:
    return "xcb" if sys.platform.startswith("linux") and os.environ.get("DISPLAY") else "offscreen"
