"""Same case and seed, same bytes: on any number of threads, alone or beside others, in any process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from planner.projection import case_from_json, project
from tests.projection.certain import pack

FILE = Path(__file__).parents[1] / "data" / "cases" / "seller_in_dollars.json"
PATHS = 500
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def document() -> dict:
    case = json.loads(FILE.read_text("utf-8"))["case"]
    return {**case, "settings": {"paths": PATHS}}


def answer(seed: int | None = None) -> bytes:
    case = case_from_json(document(), pack())
    if seed is not None:
        case = replace(case, settings=replace(case.settings, seed=seed))
    return told(project(case, pack()).as_json("en"))


def told(answered: dict) -> bytes:
    return json.dumps({**answered, "seconds": 0}, ensure_ascii=False).encode()


def test_projections_side_by_side_do_not_disturb_each_other():
    alone = [answer(seed) for seed in (1, 2)]
    assert alone[0] != alone[1]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(answer, (1, 2, 1, 2))) == alone * 2


@pytest.mark.parametrize("threads", ["1", "2", "7"])
def test_any_number_of_threads_answers_the_same(threads, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(document()), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "planner", "--lang", "en", "project", str(file)],
        env={**os.environ, **dict.fromkeys(THREADS, threads)},
        check=True,
        capture_output=True,
    )
    assert told(json.loads(done.stdout)) == answer()


def test_what_is_explored_from_many_threads_is_what_one_finds():
    projection = project(case_from_json(document(), pack()), pack())
    shares = [0.6, 0.75, 0.9, 1.2] * 2

    def explored(share: float) -> str:
        return json.dumps(projection.explore(share, quick=True).as_json())

    one = [explored(share) for share in shares]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(explored, shares)) == one
