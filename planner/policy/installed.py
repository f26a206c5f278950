"""Where the packs of this installation are, and the one in use with the person's own corrections over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner import paths
from planner.policy.corrections import read_corrections
from planner.policy.pack import Pack
from planner.policy.shelf import Shelf
from planner.values import InputError, mark

if TYPE_CHECKING:
    from planner.policy.minisign import PublicKey

JURISDICTION = "cn"
SIGNATURE = ".minisig"


def shelf() -> Shelf:
    """The shipped pack for mainland China and the updates in the data folder."""
    return Shelf(paths.resources() / "policy" / JURISDICTION, paths.data() / "policy" / JURISDICTION)


def current_pack() -> Pack:
    """The pack in use, the person's corrections over it: what every command and the window work with."""
    return shelf().current(read_corrections(paths.data()))


def public_key() -> PublicKey:
    """The key that signs our packs."""
    from planner.policy.minisign import PublicKey

    return PublicKey.parse((paths.resources() / "policy" / f"{JURISDICTION}.pub").read_text("utf-8"))


def install_file(file: Path, signature: Path | None = None) -> tuple[Pack, Pack]:
    """Install a signed pack from a file; the signature lies beside it as FILE.minisig unless named.

    Answers the pack that was in use and the one that is now, both without corrections.
    """
    from planner.policy.archive import LARGEST

    beside = signature or file.with_name(file.name + SIGNATURE)
    try:
        with file.open("rb") as stream:
            archive = stream.read(LARGEST + 1)
    except OSError:
        raise InputError(
            "no_file", mark("the file {value} cannot be read"), field="file", value=str(file)
        ) from None
    try:
        text = beside.read_text("utf-8", "replace")
    except OSError:
        raise InputError(
            "unsigned_pack",
            mark("This policy pack has no signature: {name} must lie beside it. Nothing was installed."),
            field="signature",
            name=beside.name,
        ) from None
    here = shelf()
    before = here.current()
    return before, here.install(archive, text, public_key())
