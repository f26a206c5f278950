"""What the user got wrong, as a value: a code, the field or place, and a sentence for the catalogue."""

from __future__ import annotations

from typing import Any


class WenbaoError(Exception):
    """An error that is shown to the person.

    `code` is stable and machine-readable, `field` names the input (a JSON path, file, line or column; may be
    empty), `message` is an English sentence with named placeholders filled from `values`, marked with
    `mark()` so that it can be translated.
    """

    def __init__(self, code: str, message: str, *, field: str = "", **values: Any) -> None:
        super().__init__(code, field, message)
        self.code = code
        self.field = field
        self.message = message
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole in another process: the code, field and sentence are the arguments, the values the state."""
        return _made_again, (type(self), *self.args), self.__dict__

    def __str__(self) -> str:
        return self.message.format(field=self.field, **self.values)


class InputError(WenbaoError):
    """An input that cannot be used; the rest of the work can go on."""


def _made_again(kind: type[WenbaoError], *args: str) -> WenbaoError:
    """An error without its `__init__`, which every kind words differently; its attributes follow."""
    return kind.__new__(kind, *args)
