"""The packs on this machine: the shipped one and the signed updates installed beside it, newest in use.

An update is a zip archive with a minisign signature whose trusted comment carries `pack:`, `sequence:`,
`version:`, `date:` and `size:` fields, separated by tabs. It is put in place by one rename after every check,
so that whatever goes wrong leaves the former pack in use. Each installed folder has a digest beside it; one
that no longer fits its digest is passed over.
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.policy.corrections import Correction
from planner.policy.pack import Pack
from planner.policy.writing import writing
from planner.values import InputError, mark

if TYPE_CHECKING:
    from planner.policy.minisign import PublicKey

KEPT_UPDATES = 3
_DIGEST = ".b2"
_SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Label:
    """What the trusted comment of a signature says the signed pack is; `size` in bytes, None if not said."""

    pack: str
    sequence: int
    version: str
    date: str
    size: int | None

    @classmethod
    def parse(cls, comment: str) -> Label:
        parts = dict(part.partition(":")[::2] for part in comment.split("\t"))
        try:
            size = parts.get("size")
            return cls(
                parts["pack"],
                int(parts["sequence"]),
                parts["version"],
                parts["date"],
                None if size is None else int(size),
            )
        except (KeyError, ValueError):
            raise InputError(
                "unlabelled_pack",
                mark("The signature does not say which policy pack it is for, so nothing was installed."),
                field="signature",
            ) from None

    def __str__(self) -> str:
        parts = {"pack": self.pack, "sequence": self.sequence, "version": self.version, "date": self.date}
        return "\t".join(f"{name}:{value}" for name, value in {**parts, "size": self.size}.items())


class Shelf:
    """`shipped` is the pack of the program; `kept` the folder of installed updates (it need not exist)."""

    def __init__(self, shipped: Path, kept: Path) -> None:
        self.shipped, self.kept = shipped, kept

    def current(self, corrections: Sequence[Correction] = ()) -> Pack:
        """The pack in use: the newest one that is whole and was not set aside."""
        return Pack(self._in_use()[1], corrections)

    def former(self) -> Pack | None:
        """The pack that `roll_back` would return to."""
        older = self._usable()[1:]
        return Pack(older[0][1]) if older else None

    def of_version(self, version: str) -> Pack | None:
        """The pack with which an earlier result was made, if it is still here, to say what changed since."""
        return next(
            (Pack(folder) for _n, folder in self._whole() if _head(folder)["version"] == version), None
        )

    def remember_shipped(self) -> None:
        """Keep a copy of the shipped pack, so that it can be asked after the program brings a newer one."""
        number = int(_head(self.shipped)["sequence"])
        target = self.kept / str(number)
        if target.exists():
            return
        self.kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=self.kept, ignore_cleanup_errors=True) as made:
            copy = Path(shutil.copytree(self.shipped, Path(made) / "pack"))
            target.with_name(target.name + _DIGEST).write_text(_digest(copy), "ascii")
            copy.rename(target)

    def install(self, archive: bytes, signature: str, key: PublicKey) -> Pack:
        """Check a signed archive, put it in place and answer it; an InputError says why it was refused."""
        label = self._checked(archive, signature, key)
        self._check_newer(label)
        with writing(self.kept):
            return self._put(archive, label)

    def _put(self, archive: bytes, label: Label) -> Pack:
        self.kept.mkdir(parents=True, exist_ok=True)
        target = self.kept / str(label.sequence)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=self.kept, ignore_cleanup_errors=True) as made:
            fresh = Path(made) / "pack"
            _unpack(archive, fresh)
            _check_content(fresh, label, Pack(self.shipped))
            if target.exists():
                shutil.rmtree(target)
            target.with_name(target.name + _DIGEST).write_text(_digest(fresh), "ascii")
            fresh.rename(target)
        self._write_set_aside(self._set_aside() - {label.sequence})
        self._prune()
        return Pack(target)

    def roll_back(self) -> Pack:
        """Go back to the former pack and answer it; the newer one stays on the shelf, set aside."""
        usable = self._usable()
        if len(usable) < 2:
            raise InputError(
                "no_former_pack", mark("There is no former policy pack to go back to."), field="pack"
            )
        with writing(self.kept):
            self._write_set_aside(self._set_aside() | {usable[0][0]})
        return self.current()

    # Checks

    def _checked(self, archive: bytes, text: str, key: PublicKey) -> Label:
        from planner.policy.minisign import Signature

        signature = Signature.parse(text)
        signature.check_key(key)
        signature.check_comment(key)
        label = Label.parse(signature.comment)
        if label.size is not None and len(archive) < label.size:
            raise InputError(
                "truncated_pack",
                mark("The policy pack is cut off: {have} of {whole} bytes are there. Nothing was installed."),
                field="pack",
                have=len(archive),
                whole=label.size,
            )
        signature.check_data(key, archive)
        return label

    def _check_newer(self, label: Label) -> None:
        name = _head(self.shipped)["name"]
        if label.pack != name:
            raise InputError(
                "wrong_pack",
                mark("This is the policy pack {pack}, not {expected}; it was not installed."),
                field="pack",
                pack=label.pack,
                expected=name,
            )
        newest = max(sequence for sequence, _folder in self._whole())
        in_use = self._in_use()[0]
        if label.sequence < newest or label.sequence == in_use:
            raise InputError(
                "older_pack",
                mark("This policy pack (number {number}) is in use already; there is nothing newer in it.")
                if label.sequence == newest
                else mark(
                    "This policy pack (number {number}) is older than number {newest}; it was not installed."
                ),
                field="pack",
                number=label.sequence,
                newest=newest,
            )

    # What is on the shelf

    def _in_use(self) -> tuple[int, Path]:
        return self._usable()[0]

    def _usable(self) -> list[tuple[int, Path]]:
        """Number and folder of the whole packs not set aside, newest first; never none."""
        aside = self._set_aside()
        whole = self._whole()
        return [one for one in whole if one[0] not in aside] or whole[-1:]

    def _whole(self) -> list[tuple[int, Path]]:
        found = {int(_head(self.shipped)["sequence"]): self.shipped}
        for folder in self.kept.iterdir() if self.kept.is_dir() else ():
            if folder.name.isdecimal() and folder.is_dir() and int(folder.name) not in found:
                recorded = folder.with_name(folder.name + _DIGEST)
                if recorded.is_file() and recorded.read_text("ascii", "replace") == _digest(folder):
                    found[int(folder.name)] = folder
        return sorted(found.items(), reverse=True)

    def _set_aside(self) -> set[int]:
        path = self.kept / _SET_ASIDE
        return (
            {int(word) for word in path.read_text("ascii").split() if word.isdecimal()}
            if path.is_file()
            else set()
        )

    def _write_set_aside(self, numbers: set[int]) -> None:
        self.kept.mkdir(parents=True, exist_ok=True)
        aside = self.kept / f"{_SET_ASIDE}.new"
        aside.write_text(" ".join(map(str, sorted(numbers))), "ascii")
        aside.replace(self.kept / _SET_ASIDE)

    def _prune(self) -> None:
        for number, folder in [one for one in self._whole() if one[1] != self.shipped][KEPT_UPDATES:]:
            shutil.rmtree(folder, ignore_errors=True)
            (self.kept / f"{number}{_DIGEST}").unlink(missing_ok=True)


def _unpack(archive: bytes, folder: Path) -> None:
    from planner.policy.archive import read_archive

    for name, content in read_archive(archive).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _check_content(folder: Path, label: Label, shipped: Pack) -> None:
    """The pack must read, be sound, have what the shipped one has, and be what its signature says."""
    from planner.policy.check import faults

    try:
        pack = Pack(folder)
        said = (pack.name, pack.sequence, pack.version)
        found = faults(pack, like=shipped)
    except (OSError, KeyError, ValueError, TypeError):
        raise InputError(
            "no_archive",
            mark("The file is no policy pack, or it is cut off, so nothing was installed."),
            field="pack",
        ) from None
    if said != (label.pack, label.sequence, label.version):
        raise InputError(
            "mislabelled_pack",
            mark("The policy pack is not the one that its signature names, so it was not installed."),
            field="pack",
        )
    if found:
        raise InputError(
            "unsound_pack",
            mark("The policy pack has faults ({count}; the first at {where}), so it was not installed."),
            field="pack",
            count=len(found),
            where=found[0].where,
        )


def _digest(folder: Path) -> str:
    """Of the names and bytes of all files of a pack."""
    import hashlib

    from planner.policy.archive import pack_files

    digest = hashlib.blake2b(digest_size=32)
    for name, path in pack_files(folder).items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _head(folder: Path) -> dict[str, Any]:
    with (folder / "pack.toml").open("rb") as file:
        return tomllib.load(file)
