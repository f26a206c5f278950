"""Layouts and habits that the samples lack: invented files, their numbers computed by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.earnings import read_file
from planner.earnings.marks import PARTS

VARIANTS = Path(__file__).resolve().parent.parent / "data" / "variants"
CASES: list[dict[str, Any]] = json.loads((VARIANTS / "expected.json").read_text("utf-8"))["files"]
of_variants = pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])


def test_every_variant_has_its_numbers():
    assert {case["file"] for case in CASES} == {path.name for path in VARIANTS.iterdir()} - {"expected.json"}


@of_variants
def test_a_variant_gives_the_numbers_computed_by_hand(case):
    answer = read_file(VARIANTS / case["file"]).as_json()
    compared = case.keys() - {"why"}
    assert {name: answer[name] for name in compared} == {name: case[name] for name in compared}


@of_variants
def test_no_row_of_a_variant_is_lost(case):
    result = read_file(VARIANTS / case["file"])
    rows = {entry.line for entry in result.entries if entry.reason not in PARTS}
    assert rows.isdisjoint(row.line for row in result.skipped)
    assert result.data_rows == len(rows)


def test_what_a_row_gave_back_is_a_part_of_it():
    result = read_file(VARIANTS / "alipay_web_17_columns.csv")
    parts = [(entry.reason, str(entry.money)) for entry in result.entries if entry.reason in PARTS]
    assert parts == [("fee_in_row", "1.00"), ("refund_in_row", "50.00")]


@pytest.mark.parametrize("name", ["alipay_app_older_order.csv", "boc_bad_clock.csv", "icbc_words.csv"])
def test_a_file_behind_another_repeats_its_header(read, name):
    raw = (VARIANTS / name).read_bytes()
    once, twice = read(raw), read(raw + b"\n" + raw)
    assert "bad_date" not in twice.warnings
    assert {(entry.key, entry.kind) for entry in twice.entries} == {(e.key, e.kind) for e in once.entries}
