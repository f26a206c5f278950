"""Where resources, data and caches are: in a checkout, in an installed wheel, in a frozen build."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import platformdirs

APP = "wenbao"


@cache
def resources() -> Path:
    """The folder that holds policy/, i18n/, schemas/, icons/, demo/ and style/."""
    package = Path(__file__).resolve().parent
    candidates = [package / "_resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    for folder in candidates:
        if (folder / "policy").is_dir():
            return folder
    raise FileNotFoundError("Wenbao's resources folder is missing; install the program again")


def shipped_fonts() -> list[Path]:
    """The font files that a packaged build brings along; none in a checkout, whose system has its own."""
    folder = resources() / "fonts"
    return sorted(path for path in folder.glob("*") if path.suffix in {".otf", ".ttf"})


def data() -> Path:
    """The folder for what the person keeps (vault, corrections); WENBAO_HOME overrides it."""
    home = os.environ.get("WENBAO_HOME")
    return Path(home) / "data" if home else Path(platformdirs.user_data_dir(APP, appauthor=False))


def cache_folder() -> Path:
    """The folder for what can be made again (font list); WENBAO_HOME overrides it."""
    home = os.environ.get("WENBAO_HOME")
    return Path(home) / "cache" if home else Path(platformdirs.user_cache_dir(APP, appauthor=False))
