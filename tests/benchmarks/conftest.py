"""One line for every measured ratio, printed after the tests, whether it holds or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_LINES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LINES] = []


@pytest.fixture
def report_ratio(request: pytest.FixtureRequest) -> Callable[[str, float, float, float], None]:
    """`report(name, ratio, bar, aim)` keeps a line for the end of the run; a missed bar fails."""

    def report(name: str, ratio: float, bar: float, aim: float) -> None:
        holds = ratio <= bar
        verdict = ("holds, aim met" if ratio <= aim else "holds") if holds else "MISSED"
        request.config.stash[_LINES].append(
            f"{ratio:7.2f}  bar {bar:<4}  aim {aim:<4}  {verdict:<15}  {name}"
        )
        assert holds, f"{name}: {ratio:.2f} is above {bar}"

    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(_LINES, [])
    if lines:
        terminalreporter.section("ratios")
        for line in lines:
            terminalreporter.write_line(line)
