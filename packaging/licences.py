"""The licences of everything that a packaged build carries, gathered from what is installed here."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import Distribution, distribution
from pathlib import Path

NAMES = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def shipped(root: str = "wenbao") -> dict[str, Distribution]:
    """The distributions that `root` needs on this system, by name, without its extras."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = _plain(waiting.pop())
        if name in found:
            continue
        found[name] = distribution(name)
        for requirement in found[name].requires or []:
            words, _semicolon, condition = requirement.partition(";")
            if "extra" in condition or not _applies(condition):
                continue
            waiting.append(re.split(r"[\s<>=!~\[(]", words.strip(), maxsplit=1)[0])
    found.pop(root)
    return dict(sorted(found.items()))


def gather(target: Path) -> None:
    """Copy every licence text into `target`, a folder for each distribution."""
    shutil.rmtree(target, ignore_errors=True)
    for name, found in shipped().items():
        folder = target / name
        folder.mkdir(parents=True)
        kind = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
        (folder / "ABOUT.txt").write_text(f"{name} {found.version}\n{kind}\n", "utf-8")
        for file in found.files or []:
            source = Path(str(found.locate_file(file)))
            if ".dist-info" in str(file) and NAMES.search(source.name) and source.is_file():
                shutil.copyfile(source, folder / source.name)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _applies(condition: str) -> bool:
    if not condition.strip():
        return True
    from packaging.markers import Marker

    return Marker(condition).evaluate({"extra": ""})
