"""The folder build: compile the words, cut the font, gather licences, freeze, and try the result out.

    python packaging/build.py [--no-test]

Leaves dist/wenbao/, which runs on a machine without Python.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import fonts
import licences
from catalogues import compile_all

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "wenbao" / ("wenbao.exe" if os.name == "nt" else "wenbao")


def build() -> None:
    compile_all(ROOT / "resources" / "i18n")
    if sys.platform.startswith("linux"):  # Windows and macOS have a Chinese face of their own
        fonts.cut(ROOT / "build" / "fonts")
    licences.gather(ROOT / "build" / "licences")
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
            "--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "freeze"),
            str(ROOT / "packaging" / "planner.spec"),
        ],
        check=True,
        cwd=ROOT,
    )  # fmt: skip


def try_out(program: Path = PROGRAM) -> int:
    """The frozen program's own check, far from the checkout and its Python; the exit status."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))
    }
    with tempfile.TemporaryDirectory() as home:
        environment |= {"WENBAO_HOME": home, "HOME": home}
        return subprocess.run([program, "--self-test"], env=environment, cwd=home, check=False).returncode


def size(folder: Path) -> float:
    """Megabytes of the files in a folder, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_symlink()) / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-test", action="store_true", help="do not run the frozen program")
    options = parser.parse_args()
    start = time.monotonic()
    build()
    print(f"{PROGRAM.parent}: {size(PROGRAM.parent):.0f} MB, made in {time.monotonic() - start:.0f} s")
    return 0 if options.no_test else try_out()


if __name__ == "__main__":
    sys.exit(main())
