"""`wenbao import` is killed while it writes: afterwards the person has the whole bill or none of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.vault import Store

ROWS = 25_000
SPILLED = 1_000_000  # bytes in the log of the database: the transaction is under way


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    header = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
    lines = ["微信支付账单明细" + "," * 10, *["," * 10] * 15, header]
    for number in range(ROWS):
        moment = (
            f"2026-{1 + number % 9:02d}-{1 + number % 28:02d} 12:{number // 60 % 60:02d}:{number % 60:02d}"
        )
        lines.append(
            f"{moment},二维码收款,顾客,/,收入,¥{1 + number % 90}.50,零钱,已收钱,{4 * 10**27 + number}\t,/\t,/"
        )
    path = tmp_path_factory.mktemp("bill") / "wechat.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def _import(bill: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "planner", "import", str(bill), "--json", "--profile", "小王"],
        env={**os.environ, "WENBAO_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _kept(home: Path) -> int:
    store = Store.open(home / "data")
    try:
        assert store.is_whole()
        return sum(len(store.entries(person.id)) for person in store.people())
    finally:
        store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_kill_in_the_middle_of_writing_leaves_all_or_nothing(bill: Path, tmp_path: Path) -> None:
    caught_writing = 0
    for wait in (0.0, 0.05, 0.15):
        with _import(bill, tmp_path) as process:
            log = tmp_path / "data" / "vault.db-wal"
            deadline = time.monotonic() + 60
            while process.poll() is None and time.monotonic() < deadline:
                if log.exists() and log.stat().st_size > SPILLED:
                    break
                time.sleep(0.001)
            time.sleep(wait)
            caught_writing += process.poll() is None
            process.kill()
        kept = _kept(tmp_path)
        assert kept in (0, ROWS)
        if kept:
            break
    assert caught_writing, "the import was never caught while it wrote; the test has proved nothing"
    with _import(bill, tmp_path) as process:
        assert process.wait(120) == 0
    assert _kept(tmp_path) == ROWS
