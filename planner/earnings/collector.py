"""Python's garbage collector, held still while a large ledger is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: a ledger is a million objects without a cycle, walked for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # and back: the new objects go to the oldest generation without a walk over them
            gc.unfreeze()
            gc.enable()
