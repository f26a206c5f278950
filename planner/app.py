"""Composition root: decides between the window and a command, and is the only module that knows both."""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run the window (no arguments, `demo`, `--self-test`) or a command; answers the exit status."""
    from planner.cli.main import parse, run_command

    options = parse(arguments)
    if options.command is not None:
        return run_command(options)
    raise SystemExit("the window is not built yet")
