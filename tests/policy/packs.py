"""Signed packs to install: made from the shipped one with keys of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.policy import load_pack
from planner.policy.minisign import PublicKey
from planner.policy.shelf import Label, Shelf

SHIPPED = load_pack().folder


class Maker:
    """Builds packs that differ from the shipped one and signs them."""

    def __init__(self, folder: Path) -> None:
        import policy_pack

        self.tool = policy_pack
        self.folder = folder
        self.key = policy_pack.new_key()

    @property
    def public(self) -> PublicKey:
        return PublicKey.parse(self.key.public_text())

    def pack(self, sequence: int, edit: Callable[[Path], Any] | None = None, name: str = "cn") -> Path:
        """The folder of a pack with this number."""
        made = Path(shutil.copytree(SHIPPED, self.folder / f"{name}-{sequence}", dirs_exist_ok=True))
        head = made / "pack.toml"
        words = head.read_text("utf-8").splitlines()
        kept = [line for line in words if not line.startswith(("name", "version", "sequence"))]
        kept += [f'name = "{name}"', f'version = "2027.{sequence}"', f"sequence = {sequence}"]
        head.write_text("\n".join(kept), "utf-8")
        if edit is not None:
            edit(made)
        return made

    def signed(
        self, sequence: int, edit: Callable[[Path], Any] | None = None, name: str = "cn"
    ) -> tuple[bytes, str]:
        """Archive and signature of a pack with this number."""
        archive: bytes
        signature: str
        archive, signature = self.tool.build(self.pack(sequence, edit, name), self.key)
        return archive, signature

    def sign(self, archive: bytes, label: Label) -> str:
        """A signature for any bytes."""
        signature: str = self.tool.SecretKey.sign(self.key, archive, str(label))
        return signature


def raised(folder: Path) -> None:
    """Beijing's floor of 2026 as another figure."""
    file = folder / "values" / "contribution_limits.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(
        number
        for number, line in enumerate(lines)
        if line.startswith("pension.base_lower,CN-BJ,") and ",2026-07-01," in line
    )
    columns = lines[at].split(",")
    columns[3] = "7300"
    lines[at] = ",".join(columns)
    file.write_text("".join(lines), "utf-8")


def new_shelf(folder: Path) -> Shelf:
    return Shelf(SHIPPED, folder / "kept")
