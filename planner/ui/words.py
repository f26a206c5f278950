"""Remembers which control says what, so that all is said again when the language changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from planner.text import _


class Later:
    """A value for a placeholder that is said in the language in use when it is shown."""

    def __init__(self, say: Callable[[], str]) -> None:
        self._say = say

    def __str__(self) -> str:
        return self._say()


class Words:
    """Sentences bound to the setters that show them; the message ids are marked where they are written."""

    def __init__(self) -> None:
        self._bound: list[tuple[Callable[[str], Any], str, dict[str, Any]]] = []

    def tell(self, setter: Callable[[str], Any], message: str, **values: Any) -> None:
        """Call `setter` with the words for `message`, now and after every change of language."""
        self._bound.append((setter, message, values))
        setter(_(message, **values))

    def forget(self) -> None:
        """Drop all bindings (the controls are gone)."""
        self._bound.clear()

    def retell(self) -> None:
        """Say everything again in the language in use."""
        for setter, message, values in list(self._bound):
            with contextlib.suppress(RuntimeError):  # the control was deleted in between
                setter(_(message, **values))
