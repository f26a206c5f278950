"""A bill of a hundred thousand rows: the window goes on while it comes in, and memory stays within bounds.

The heartbeat is a timer in the window's own thread: the longest gap between two beats is how long nothing
on screen could have moved. The ordinary test leaves room for a busy machine; the benchmark holds the bar.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from planner.ui.canvas import prepare_matplotlib
from planner.ui.main_window import MainWindow
from planner.ui.pages.earnings import EarningsPage

BEAT = 5  # milliseconds
LOOSE, BAR = 500, 100  # milliseconds that the window may be blocked
MEMORY = 300  # MB above the idle program
HEADER = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
KINDS = (
    ("商户消费", "示例餐饮店", "支出", "支付成功"),
    ("二维码收款", "顾客", "收入", "已收钱"),
    ("二维码收款", "美团众包配送", "收入", "已收钱"),
    ("微信红包", "朋友", "收入", "已存入零钱"),
    ("零钱提现", "示例银行(0000)", "/", "提现已到账"),
)


def write_bill(path: Path, rows: int) -> Path:
    moment = datetime(2024, 1, 1)  # noqa: DTZ001
    step = timedelta(seconds=80_000_000 / rows)
    with path.open("w", encoding="utf-8-sig") as file:
        file.write("微信支付账单明细" + "," * 10 + "\n" + ("," * 10 + "\n") * 15 + HEADER + "\n")
        for number in range(rows):
            kind, party, way, status = KINDS[number % 20 % 5 if number % 7 else 1]
            if kind == "微信红包" and number % 11:
                kind, party, way, status = KINDS[2]
            file.write(
                f"{moment + number * step:%Y-%m-%d %H:%M:%S},{kind},{party}{number % 500},订单{number},"
                f"{way},¥{number % 90 + 3}.{number % 100:02d},零钱,{status},{42 * 10**26 + number}\t,"
                f'{10**20 + number}\t,"/"\n'
            )
    return path


@pytest.fixture
def longest_gap(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Callable[[int], float]:
    def measure(rows: int) -> float:
        """The longest time in milliseconds without a beat, from the drop until all is on screen."""
        path = write_bill(tmp_path / "large.csv", rows)
        window.open_page("earnings")
        page = cast(EarningsPage, window.pages["earnings"])
        window.workspace.create_person("somebody")
        prepare_matplotlib()  # as it is some seconds after a start
        qtbot.wait(500)
        gaps, last = [0.0], [time.perf_counter()]

        def beat() -> None:
            now = time.perf_counter()
            gaps.append(now - last[0])
            last[0] = now

        timer = QTimer()
        timer.timeout.connect(beat)
        timer.start(BEAT)
        page.import_files([path])
        qtbot.waitUntil(lambda: page._task is None, timeout=120_000)
        qtbot.wait(1000)
        timer.stop()
        assert len(page.workspace.earnings.files) == 1
        return 1000 * max(gaps)

    return measure


def test_the_window_goes_on_while_a_large_bill_comes_in(longest_gap: Callable[[int], float]) -> None:
    assert longest_gap(100_000) < LOOSE


@pytest.mark.benchmark
def test_the_window_is_never_blocked_longer_than_the_bar(longest_gap: Callable[[int], float]) -> None:
    rounds = []
    while not rounds or (min(rounds) >= BAR and len(rounds) < 3):  # others use the machine too
        rounds.append(longest_gap(100_000))
    assert min(rounds) < BAR, rounds


_IMPORT = """
import resource, sys
from datetime import date
from pathlib import Path
from planner.ui.models.earnings import load, take_in
from planner.ui.tasks import Task
from planner.vault import Store
import pandas, matplotlib, PySide6.QtWidgets
store = Store.open(Path(sys.argv[2]))
person = store.create_person("a").id
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
task = Task(lambda task: None, None, None, None)
done = take_in(store, person, [Path(sys.argv[1])], None, date(2026, 11, 20), task)
assert done[0].added == int(sys.argv[3]), done
view = load(store, person)
assert view.picture.months
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / unit)
"""


def peak_memory(folder: Path, rows: int) -> float:
    """MB that storing and showing a bill takes above the idle program, in a process of its own."""
    pytest.importorskip("resource", reason="only Unix tells")
    bill = write_bill(folder / "bill.csv", rows)
    answer = subprocess.run(
        [sys.executable, "-c", _IMPORT, str(bill), str(folder / "vault"), str(rows)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return float(answer.stdout)


def test_the_memory_of_a_large_bill_is_bounded(tmp_path: Path) -> None:
    assert peak_memory(tmp_path, 100_000) < MEMORY


@pytest.mark.benchmark
def test_a_million_rows_come_in_within_bounded_memory(tmp_path: Path) -> None:
    assert peak_memory(tmp_path, 1_000_000) < 10 * MEMORY
