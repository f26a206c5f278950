"""The wheel and the source archive: built, looked into, and tried out in an empty environment.

    python packaging/wheel.py

Leaves both in dist/. The trial happens in a folder of its own, so that nothing of the checkout is found.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
IN_WHEEL = (
    "planner/app.py",
    "planner/_resources/policy/cn/pack.toml",
    "planner/_resources/i18n/zh/LC_MESSAGES/wenbao.mo",
    "planner/_resources/demo/rider.json",
    "planner/_resources/schemas/pension.json",
    "planner/_resources/style/window.qss",
)
IN_SOURCE = ("pyproject.toml", "README.md", "LICENSE", "packaging/dev", "planner/app.py", "tests/conftest.py")
NOWHERE = (
    ".pyc",
    ".tmp",
    ".db",
    ".git/",
    ".venv/",
    "__pycache__",
    "/build/",
    "/dist/",
    ".hypothesis",
    ".orig",
)


def build() -> tuple[Path, Path]:
    """The wheel and the source archive, freshly made."""
    for old in (*DIST.glob("wenbao-*.whl"), *DIST.glob("wenbao-*.tar.gz")):
        old.unlink()
    _run([sys.executable, "-m", "hatchling", "build", "-d", str(DIST)], ROOT)
    (wheel,), (source,) = DIST.glob("wenbao-*.whl"), DIST.glob("wenbao-*.tar.gz")
    return wheel, source


def look_into(wheel: Path, source: Path) -> None:
    """SystemExit if something is missing in an archive, or there that should not be."""
    with zipfile.ZipFile(wheel) as archive:
        _compare(wheel, archive.namelist(), IN_WHEEL)
    with tarfile.open(source) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    _compare(source, names, IN_SOURCE)


def _compare(archive: Path, names: Iterable[str], wanted: Iterable[str]) -> None:
    names = set(names)
    missing = [name for name in wanted if name not in names]
    strange = [name for name in names if any(part in f"/{name}" for part in NOWHERE)]
    if missing or strange:
        raise SystemExit(f"{archive.name}: missing {missing}, out of place {strange[:5]}")
    print(f"{archive.name}: {len(names)} files, {archive.stat().st_size / 1e6:.1f} MB")


def try_out(wheel: Path) -> None:
    """Install the wheel where nothing else is and let it check itself."""
    with tempfile.TemporaryDirectory() as home:
        environment = Path(home) / "environment"
        venv.create(environment, with_pip=True)
        programs = environment / ("Scripts" if os.name == "nt" else "bin")
        install = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "-q", "install"]
        _run([*install, "-c", str(ROOT / "packaging" / "constraints.txt"), str(wheel)], Path(home))
        _run([str(programs / "wenbao"), "--self-test"], Path(home), {"WENBAO_HOME": home})


def _run(command: list[str], folder: Path, more: dict[str, str] | None = None) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(command, cwd=folder, env=environment | (more or {}), check=True)


def main() -> int:
    try:
        wheel, source = build()
        look_into(wheel, source)
        try_out(wheel)
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd[0]} failed ({error.returncode})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
