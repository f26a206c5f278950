"""Twice the members take twice the time, and no more memory than their roster: the whole command on files."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.cli.main import parse, run_command
from planner.paths import resources

MEMBERS = 10_000
BAR, AIM = 2.1, 2.0
ROUNDS = 3
BYTES_A_MEMBER_BAR, BYTES_A_MEMBER_AIM = 4_000, 2_000  # the roster's own lines and what the ranking sorts by


def roster(folder: Path, members: int) -> Path:
    """The example's people over and over, each born and paid another number of months."""
    head, *rows = (resources() / "demo" / "roster.csv").read_text("utf-8").splitlines()
    names = head.split(",")
    born, paid = names.index("出生年月"), names.index("职工养老缴费月数")
    chance = random.Random(7)
    lines = [head]
    for at in range(members):
        cells = rows[at % len(rows)].split(",")
        cells[0] = f"M{at:06d}"
        cells[born] = f"{chance.randint(1966, 2005)}-{chance.randint(1, 12):02d}"
        cells[paid] = str(chance.randint(0, 70))
        lines.append(",".join(cells))
    file = folder / f"{members}.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def seconds(file: Path, out: Path) -> float:
    arguments = ["batch", str(file), "--out", str(out), "--force", "--today", "2026-11-25", "--lang", "zh"]
    gc.collect()
    start = time.perf_counter()
    assert run_command(parse(arguments)) == 0
    return time.perf_counter() - start


@pytest.mark.benchmark
def test_twice_the_members_take_twice_the_time(
    report_ratio: Callable[[str, float, float, float], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    once, twice = roster(tmp_path, MEMBERS), roster(tmp_path, 2 * MEMBERS)
    seconds(once, tmp_path / "out")
    ones, twos = [], []
    for _round in range(ROUNDS):
        ones.append(seconds(once, tmp_path / "out"))
        twos.append(seconds(twice, tmp_path / "out"))
    with capsys.disabled():
        print(f"\n10,000 members: {min(ones):.2f} s")
    report_ratio("batch of 10,000 members, doubled", min(twos) / min(ones), BAR, AIM)


@pytest.mark.benchmark
def test_memory_grows_by_the_roster_alone(
    report_ratio: Callable[[str, float, float, float], None], tmp_path: Path
) -> None:
    """What 20,000 members more add to the peak, in bytes a member."""
    pytest.importorskip("resource")
    few, many = (peak(roster(tmp_path, members), tmp_path) for members in (MEMBERS, 3 * MEMBERS))
    grown = (many - few) / (2 * MEMBERS)
    report_ratio("memory a member of a batch, bytes", grown, BYTES_A_MEMBER_BAR, BYTES_A_MEMBER_AIM)


def peak(file: Path, folder: Path) -> int:
    """Bytes of a process of its own that works the roster off."""
    script = (
        "import resource, sys; from planner.app import run; status = run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(status)"
    )
    arguments = ["batch", str(file), "--out", str(folder / "out"), "--force", "--today", "2026-11-25"]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True
    )
    return int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024)
