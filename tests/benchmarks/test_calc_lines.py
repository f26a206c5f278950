"""`wenbao calc pension --lines` on 100,000 lines, against Python's json reading and writing the same lines.

The other side does one Decimal multiplication a line. Both are whole processes, started the same way.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

LINES = 100_000
BAR, AIM = 5.0, 3.5
ROUNDS = 5

YARDSTICK = """
import json, sys
from decimal import Decimal
factor = Decimal("1.0262")
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        document = json.loads(line)
        document["total"] = str(Decimal(document["account_balance"]) * factor)
        sys.stdout.write(json.dumps(document) + "\\n")
"""
PROVINCES = ("CN-BJ", "上海", "CN-GD", "广西", "CN-HB", "CN-JS", "浙江", "CN-SC", "CN-SD", "CN-AH")


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lines as a roster gives them: every place its own law, two in three with the pack's benefit base."""
    chance = random.Random(11)
    path = tmp_path_factory.mktemp("members") / "members.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(LINES):
            line = {
                "province": chance.choice(PROVINCES),
                "retire": f"2025-{chance.randint(1, 12):02d}",
                "contribution_months": chance.randint(180, 480),
                "average_index": round(chance.uniform(0.4, 3), 4),
                "account_balance": f"{chance.uniform(10_000, 400_000):.2f}",
                "age": {"years": chance.randint(50, 63), "months": chance.randint(0, 11)},
            }
            if number % 3 == 0:
                line["benefit_base"] = chance.randint(6000, 12000)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


def _seconds(command: list[str], output: Path) -> float:
    with output.open("wb") as out:
        start = time.perf_counter()
        subprocess.run(command, stdout=out, check=True)
        return time.perf_counter() - start


@pytest.mark.benchmark
def test_pensions_of_a_hundred_thousand_lines(
    members: Path, tmp_path: Path, report_ratio: Callable[..., None]
) -> None:
    out = tmp_path / "answers.jsonl"
    ours = [sys.executable, "-m", "planner", "calc", "pension", str(members), "--lines", "--steps", "no"]
    theirs = [sys.executable, "-c", YARDSTICK, str(members)]
    mine, yardstick = [], []
    for _round in range(ROUNDS):
        yardstick.append(_seconds(theirs, out))
        mine.append(_seconds(ours, out))
    answers = out.read_text("utf-8").splitlines()
    assert len(answers) == LINES
    assert all("error" not in json.loads(answer) for answer in answers)
    report_ratio("calc pension --lines, 100,000 lines", min(mine) / min(yardstick), BAR, AIM)
