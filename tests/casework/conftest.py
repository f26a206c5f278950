"""Rosters made for a test: a table of cells in any encoding or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from planner.casework.batch import Assessed, Counts, run
from planner.casework.roster import Refused, open_roster
from planner.policy import Pack, load_pack

TODAY = date(2026, 11, 25)
Rows = list[Assessed | tuple[Refused, ...]]


@cache
def _pack() -> Pack:
    return load_pack()


@pytest.fixture
def pack() -> Pack:
    return _pack()


def table(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Rows]:
    """What a roster of these rows comes to; the first row is the header."""

    def reading(*rows: Sequence[str], encoding: str = "utf-8", counts: Counts | None = None) -> Rows:
        file = tmp_path / "roster.csv"
        file.write_bytes(table(rows).encode(encoding))
        return list(run(open_roster(file, _pack(), TODAY), counts or Counts()))

    return reading
