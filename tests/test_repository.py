"""What the repository says of the world: no registry, no path of a machine; licences that we may ship."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = tuple("".join(parts) for parts in (
    ("pypi", ".org"), ("pythonh", "osted.org"), ("pypi.tuna", ".tsinghua"), ("mirrors.", "aliyun"),
    ("npmjs", ".org"), ("conda", ".anaconda"), ("deb.", "debian.org"), ("index", "-url"),
))  # fmt: skip
MACHINE = re.compile(
    r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers")) + r")/\w"
)
OUTSIDE = re.compile(r"\.\./" + "shared")
COPYLEFT = re.compile(r"(?<!L)(?:GPL|General Public License)", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)


@cache
def _files() -> tuple[Path, ...]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def _texts():
    for path in _files():
        if path.parts[len(ROOT.parts) : len(ROOT.parts) + 2] != ("tests", "data"):
            try:
                yield path.relative_to(ROOT), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_names_a_registry() -> None:
    wrong = [(str(path), host) for path, text in _texts() for host in REGISTRIES if host in text]
    assert not wrong


def test_no_file_names_a_path_of_some_machine() -> None:
    wrong = [
        (str(path), found[0])
        for path, text in _texts()
        if (found := MACHINE.search(text) or OUTSIDE.search(text))
    ]
    assert not wrong


def test_the_repository_holds_no_font_and_nothing_huge() -> None:
    assert not [
        path for path in _files() if path.suffix.lower() in {".ttf", ".otf", ".ttc", ".woff", ".woff2"}
    ]
    assert not [path for path in _files() if path.stat().st_size > 2_000_000]


def _shipped():
    sys.path.insert(0, str(ROOT / "packaging"))
    import licences

    return licences.shipped()


@pytest.mark.parametrize("name", sorted(_shipped()))
def test_a_dependency_is_listed_with_its_licence_and_may_be_shipped(name: str) -> None:
    table = (ROOT / "README.md").read_text("utf-8").lower()
    assert re.search(rf"\|\s*{re.escape(name)}\s*\|", table), "not in the table of licences in README.md"
    said = _licence(_shipped()[name])
    assert said.strip(), "it says nothing of its licence"
    assert LESSER.search(said) or not COPYLEFT.search(said), said


def _licence(found) -> str:
    """What the distribution says of its licence: its metadata, else the head of its licence text."""
    metadata = found.metadata
    said = [metadata.get("License-Expression") or "", (metadata.get("License") or "")[:200]]
    said += [value for value in metadata.get_all("Classifier") or () if value.startswith("License")]
    if not any(said):
        texts = [Path(str(found.locate_file(file))) for file in found.files or () if file.name == "LICENSE"]
        said = [text.read_text("utf-8")[:200] for text in texts]
    return " ".join(said)


def test_what_is_pinned_meets_what_is_asked_for() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = {}
    for line in (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _equals, version = line.partition("==")
            assert version, line
            pinned[name.lower().replace("_", "-")] = version
    wanted = [
        *project["dependencies"],
        *(one for group in project["optional-dependencies"].values() for one in group),
    ]
    for requirement in map(Requirement, wanted):
        if requirement.marker is None or requirement.marker.evaluate():
            name = requirement.name.lower().replace("_", "-")
            assert requirement.specifier.contains(pinned[name]), f"{requirement}: {pinned[name]}"
