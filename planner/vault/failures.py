"""The driver's and the system's errors, turned into ones that say what happened and what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from planner.values import WenbaoError, mark

_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (
        "locked",
        "vault_busy",
        mark("Another program is using {field}. Close it and try again; nothing is lost."),
    ),
    ("full", "disk_full", mark("The disk is full. Make room and try again; what was stored before is kept.")),
    ("readonly", "vault_read_only", mark("{field} is read-only, so nothing can be stored.")),
    ("unable to open", "vault_read_only", mark("{field} is read-only, so nothing can be stored.")),
    (
        "disk i/o",
        "disk_error",
        mark("The disk could not be read or written at {field}. What was stored before is kept."),
    ),
)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Errors of the database or the disk at `where` become a WenbaoError; our own mistakes stay."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except (dbapi2.IntegrityError, dbapi2.ProgrammingError):
        raise
    except dbapi2.DatabaseError as error:
        raise _explanation(str(error).lower(), where) from error
    except OSError as error:
        raise WenbaoError(
            "vault_unreachable",
            mark("The folder {field} cannot be written ({reason}). Nothing that was stored is lost."),
            field=where,
            reason=error.strerror or type(error).__name__,
        ) from error


def _explanation(said: str, where: str) -> WenbaoError:
    for words, code, message in _EXPLAINED:
        if words in said:
            return WenbaoError(code, message, field=where)
    return damaged(where)


def damaged(where: str) -> WenbaoError:
    """What is stored cannot be read with the key that is there."""
    return WenbaoError(
        "vault_damaged",
        mark(
            "What is stored in {field} cannot be read with its key."
            " Restore a backup; the damaged file was not touched."
        ),
        field=where,
    )
