"""A kill at any moment leaves the vault readable, with each import whole or absent."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.vault import Store

LINES = 4_000
IMPORTER = """
import sys
from datetime import date
from pathlib import Path
from planner.values import Kind, LedgerEntry, Money, Month
from planner.vault import Store

store = Store.open(Path(sys.argv[1]))
person = store.people()[0].id
start = len(store.imports(person))
print("ready", flush=True)
for number in range(start, start + 1000):
    store.add_import(person, f"{number}.csv", str(number), "wechat_csv", [
        LedgerEntry(source="wechat", key=f"{number}-{row}", kind=Kind.INCOME, money=Money(100),
                    day=date(2026, 8, 1), month=Month(2026, 8), line=row)
        for row in range(int(sys.argv[2]))
    ])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_each_import_is_whole_or_absent_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    store = Store.open(tmp_path)
    person = store.create_person("a").id
    store.close()
    survived = []
    for _round in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(tmp_path), str(LINES)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == b"ready"
            time.sleep(chance.uniform(0.0, 0.6))
            process.send_signal(signal.SIGKILL)
        again = Store.open(tmp_path)
        assert again.is_whole()
        sizes = {one.file: one.entries for one in again.imports(person)}
        assert set(sizes.values()) <= {LINES}
        assert len(again.entries(person)) == LINES * len(sizes)
        survived.append(len(sizes))
        again.close()
    assert survived == sorted(survived)
    assert survived[-1] > 0, "no import was ever finished; the test has proved nothing"
