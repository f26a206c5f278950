"""Every reader there is: the modules of `planner.earnings.readers`, and those other distributions offer."""

from __future__ import annotations

import importlib
import pkgutil
import warnings
from functools import cache
from importlib.metadata import entry_points

from planner.earnings import readers
from planner.earnings.document import Document
from planner.earnings.reader import ENTRY_POINTS, Reader

_LEAST = 0.25  # less sure than this is not recognised


@cache
def all_readers() -> tuple[Reader, ...]:
    """The program's own readers by module name, then those of entry points by name."""
    found: list[Reader] = []
    for module in sorted(pkgutil.iter_modules(readers.__path__), key=lambda module: module.name):
        found.extend(importlib.import_module(f"{readers.__name__}.{module.name}").READERS)
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            reader = point.load()
        except Exception as error:  # a broken plug-in must not take the own readers away
            warnings.warn(f"reader {point.name} cannot be loaded: {error}", RuntimeWarning, stacklevel=2)
            continue
        if isinstance(reader, Reader):
            found.append(reader)
    return tuple(found)


def surest(document: Document, *more: Reader) -> tuple[Reader | None, float]:
    """The reader that is surest of the document, and how sure it is; `more` go behind the registered ones."""
    best, confidence = None, 0.0
    for reader in (*all_readers(), *more):
        sure = reader.recognise(document)
        if sure >= _LEAST and sure > confidence:
            best, confidence = reader, sure
    return best, confidence
