"""Every test: words compiled, an own home folder, no display, no warnings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")

BENCHMARKS = ROOT / "tests" / "benchmarks"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Benchmarks run when they are named; beside other work their ratios would mean nothing."""
    named = any(BENCHMARKS in (path := _path_of(config, word), *path.parents) for word in config.args)
    return True if collection_path == BENCHMARKS and not named else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The same for those that stand beside the page they measure: `-m benchmark` runs them."""
    if config.option.markexpr:
        return
    asked = [
        item for item in items if item.get_closest_marker("benchmark") and BENCHMARKS not in item.path.parents
    ]
    if asked:
        config.hook.pytest_deselected(items=asked)
        items[:] = [item for item in items if item not in asked]


def _path_of(config: pytest.Config, word: str) -> Path:
    return (config.invocation_params.dir / word.partition("::")[0]).resolve()


@pytest.fixture(scope="session", autouse=True)
def _words() -> None:
    sys.path.insert(0, str(ROOT / "packaging"))
    from catalogues import compile_all

    compile_all(ROOT / "resources" / "i18n")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _english() -> None:
    from planner import text

    text.use("en")


@pytest.fixture
def display() -> dict[str, str]:
    """The environment for a program with a real window; the test is left out where there is no X display."""
    if not os.environ.get("DISPLAY"):
        pytest.skip("no X display here (packaging/dev test starts a virtual one)")
    return {**os.environ, "QT_QPA_PLATFORM": "xcb"}


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of copied samples, oracles and every file format ever released."""
    return ROOT / "tests" / "data"
