"""The Chinese face for packaged builds: an OFL subset cut from the build machine's Noto Sans CJK.

The repository holds no font. A build carries the simplified face, regular and bold, with every character of
GBK (so that a rare name is not a box) and no other script of the collection.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Noto Sans CJK SC"
WEIGHTS = ("Regular", "Bold")
FOLDERS = (
    "/usr/share/fonts/opentype/noto",  # Debian, Ubuntu
    "/usr/share/fonts/google-noto-cjk",  # Fedora
    "/usr/share/fonts/noto-cjk",  # Arch
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
)
LICENCE = Path(__file__).parent / "OFL.txt"


def characters() -> set[int]:
    """Code points of GBK, Latin, Latin-1, and the signs that the window uses."""
    wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2000, 0x2070))
    wanted |= {ord(sign) for sign in "←↑→↓↔⇒−×÷±≈≤≥≠∞√✓✔✕✗●○■□▲△▼▽◆◇★☆①②③④⑤⑥⑦⑧⑨⑩"}
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                wanted.add(ord(bytes((high, low)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    return wanted


def cut(target: Path) -> list[Path]:
    """Write the subsets and their licence into `target`, unless they are there; answers the font files.

    FileNotFoundError if this machine has no Noto Sans CJK.
    """
    files = [target / f"NotoSansCJKsc-{weight}.otf" for weight in WEIGHTS]
    if all(file.is_file() for file in (*files, target / LICENCE.name)):
        return files
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LICENCE, target / LICENCE.name)
    for weight, file in zip(WEIGHTS, files, strict=True):
        collection = _collection(f"NotoSansCJK-{weight}.ttc")
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"])
        options.name_IDs += [13, 14]  # the licence and where it is
        options.drop_tables += ["VORG", "BASE", "vhea", "vmtx"]  # nothing here is set in columns
        font = _face(collection)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters())
        cutter.subset(font)
        font.save(file)
    return files


def _face(collection: Path) -> TTFont:
    for number, face in enumerate(TTCollection(collection, lazy=True).fonts):
        if FAMILY in (face["name"].getDebugName(1), face["name"].getDebugName(16)):
            # Measuring every outline again would take most of the time and change nothing of use.
            return TTFont(collection, fontNumber=number, recalcBBoxes=False, recalcTimestamp=False)
    raise FileNotFoundError(f"{collection} has no face {FAMILY}")


def _collection(name: str) -> Path:
    found = next((path for folder in FOLDERS if (path := Path(folder) / name).is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{name} is not on this machine; on Debian install fonts-noto-cjk")
    return found


if __name__ == "__main__":
    for font_file in cut(Path(sys.argv[1] if len(sys.argv) > 1 else "build/fonts")):
        print(f"{font_file} {font_file.stat().st_size / 1e6:.1f} MB")
