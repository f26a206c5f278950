"""Start: the window when called alone, a command otherwise."""

from __future__ import annotations

import sys


def main() -> int:
    """The exit status of the command line in sys.argv."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a worker of `wenbao batch` starts this program once more

    from planner.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
