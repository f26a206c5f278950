"""What is said when the data folder cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.values import InputError, mark


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """An InputError that names `folder` instead of an error of the disk."""
    try:
        yield
    except OSError as error:
        raise InputError(
            "cannot_write",
            mark("The folder {folder} cannot be written ({why}), so nothing was changed."),
            field="folder",
            folder=str(folder),
            why=error.strerror or type(error).__name__,
        ) from error
