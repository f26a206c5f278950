"""The shipped policy pack."""

from __future__ import annotations

import pytest

from planner.policy import Pack, load_pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack()
