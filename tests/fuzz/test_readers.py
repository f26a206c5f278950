"""Samples with bytes changed, cut, doubled and mixed: a result every time, and nothing raised.

WENBAO_FUZZ_ROUNDS sets how many times each sample is damaged (4,200 rounds are some 200,000 files).
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import pytest

from planner.earnings import ImportReport, read_file
from planner.earnings.marks import PARTS
from planner.values import Kind

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = [
    path
    for place in ("samples", "marketplaces")
    for path in sorted((DATA / place).glob("*/*"))
    if path.parent.name != "LICENSES" and path.name not in ("README.md", "expected.json")
]
PIECES = (
    b'"',
    b"\n",
    b"\r",
    b",",
    b"\t",
    b"\0",
    b"\xff\xfe",
    b"\x80",
    b"1E+27",
    b"9" * 400,
    "，￥".encode(),
    b"-",
    b"",
)
ROUNDS = int(os.environ.get("WENBAO_FUZZ_ROUNDS", "60"))
LONGEST = 10.0  # seconds for one file
MOST_MEMORY = 500  # MB that the damaged files may add


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _change in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(6)
        if kind == 0:
            data[at : at + chance.randint(0, 40)] = chance.choice(PIECES)
        elif kind == 1:
            del data[at:]
        elif kind == 2 and data:
            data[at % len(data)] = chance.randrange(256)
        elif kind == 3:
            start = chance.randrange(len(data) + 1)
            data[at:at] = data[start : start + 300]
        elif kind == 4:
            data[at:at] = chance.choice(PIECES) * chance.randint(1, 50)
        else:
            start = chance.randrange(len(data) + 1)
            del data[start : start + chance.randint(1, 200)]
        if not data:
            data = bytearray(b"\n")
    return bytes(data)


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_damaged_sample_gives_a_result_and_loses_no_row(path, tmp_path):
    chance = random.Random(path.name)
    raw = path.read_bytes()
    damaged, before = tmp_path / "damaged.bin", _peak_memory()
    for _round in range(ROUNDS):
        damaged.write_bytes(_mutated(raw, chance))
        started = time.perf_counter()
        result = read_file(damaged, password=chance.choice((None, "1234")))
        assert time.perf_counter() - started < LONGEST
        _check(result)
    assert _peak_memory() - before < MOST_MEMORY


def _peak_memory() -> float:
    """The most memory this process ever had, in MB."""
    resource = pytest.importorskip("resource", reason="only Unix tells")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _check(result) -> None:
    answer = result.as_json()
    if result.error:
        assert result.entries == ()
        return
    counted = {entry.line for entry in result.entries if entry.reason not in PARTS}
    listed = {row.line for row in result.skipped}
    if result.format == "ofx":  # several payments may stand in one line
        assert result.data_rows <= len(result.entries) + len(result.skipped)
    else:
        assert result.data_rows <= len(counted | listed)
    assert sum(answer[f"{kind.value}_rows"] for kind in Kind) >= len(counted)
    assert all(entry.money.minor > 0 for entry in result.entries if entry.kind is Kind.INCOME)
    ImportReport((result,)).as_json()


def test_noise_behind_every_signature_gives_a_result(tmp_path):
    chance = random.Random(1)
    for number, start in enumerate(
        (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"\xef\xbb\xbf", b"")
    ):
        for size in (0, 1, 20, 3000):
            path = tmp_path / f"{number}-{size}"
            path.write_bytes(start + chance.randbytes(size))
            assert read_file(path, password="x").error is not None


def test_a_line_without_end_and_a_cell_without_end_are_refused_or_read(tmp_path):
    header = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
    for tail in ("x" * 2_000_000, '"' + "x" * 2_000_000, "," * 2_000_000, '"x",' * 500_000, "\n" * 300_000):
        path = tmp_path / "long.csv"
        path.write_text(header + tail, "utf-8")
        _check(read_file(path))
