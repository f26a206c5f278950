"""The folder of a batch: whole files or none, nothing overwritten unasked, no cell a formula."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from planner.earnings.openfile import harmless
from planner.values import InputError, mark

_BOM = "utf-8-sig"  # a spreadsheet takes a CSV without the mark for a local encoding


class OutputFolder:
    """Files are written in a hidden folder within `folder` and moved into place when they are whole.

    They are readable by their owner alone: rosters are personal data. Leaving the context removes what was
    not published.
    """

    def __init__(self, folder: Path, *, force: bool) -> None:
        self.folder = folder
        self._force = force
        self._hidden: Path | None = None
        self.published: list[str] = []

    def __enter__(self) -> OutputFolder:
        with told(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._hidden = Path(tempfile.mkdtemp(prefix=".wenbao-", dir=self.folder))
        return self

    def __exit__(self, *_error: object) -> None:
        if self._hidden is not None:
            shutil.rmtree(self._hidden, ignore_errors=True)

    def expect(self, names: Iterable[str]) -> None:
        """Refuses to go on where one of `names` is there already and may not be replaced."""
        for name in names:
            if not self._force and (self.folder / name).exists():
                raise InputError(
                    "exists",
                    mark("{file} is already there; choose another folder, or replace it with --force."),
                    field="out",
                    file=str(self.folder / name),
                )

    @property
    def hidden(self) -> Path:
        assert self._hidden is not None
        return self._hidden

    @contextlib.contextmanager
    def text(self, name: str, *, table: bool = True) -> Iterator[TextIO]:
        """The file `name` as it is being written; a table begins with the mark spreadsheets look for."""
        with told(self.folder / name):
            path = self._path(name)
            with path.open("w", encoding=_BOM if table else "utf-8", newline="") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())

    def write(self, name: str, content: bytes) -> None:
        """A whole file at once, published at once."""
        with told(self.folder / name):
            self._path(name).write_bytes(content)
        self.publish(name)

    def _path(self, name: str) -> Path:
        path = self.hidden / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        return path

    def publish(self, *names: str) -> None:
        """Moves finished files into place."""
        self.expect(names)
        for name in names:
            target = self.folder / name
            with told(target):
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (self.hidden / name).replace(target)
            self.published.append(name)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """A disk that refuses becomes an error that names the file."""
    try:
        yield
    except OSError as error:
        raise InputError(
            "not_written",
            mark("{file} cannot be written: {reason}"),
            field="out",
            file=str(path),
            reason=error.strerror or type(error).__name__,
        ) from None


def line_of(cells: Sequence[object]) -> str:
    """A row of a CSV; a text that would begin a formula is shown as text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in cells]
    )
    return out.getvalue()


class Spool:
    """Rows kept on disk until all are there and their order is known; memory holds only what they sort by."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile("w+b", dir=folder)  # noqa: SIM115  # closed by `close`
        self._rows: list[tuple[tuple[int, ...], int, int]] = []
        self._end = 0

    def add(self, key: tuple[int, ...], cells: Sequence[object]) -> None:
        row = line_of(cells).encode()
        self._file.write(row)
        self._rows.append((key, self._end, len(row)))
        self._end += len(row)

    def ranked(self) -> Iterator[str]:
        """The rows in order, the rank before each."""
        for rank, (_key, start, length) in enumerate(sorted(self._rows), 1):
            self._file.seek(start)
            yield f"{rank},{self._file.read(length).decode()}"

    def close(self) -> None:
        self._file.close()
