"""Join a language's subject files (resources/i18n/LANG/*.po) into the one catalogue the program reads.

Each subject (cli, schemes, ui, ...) has its own file so that a translator reads one thing at a time.
Run as a script it compiles every language; a message given twice with different words is an error.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def join(folder: Path) -> Catalog:
    """One catalogue from all the subject files of a language's folder."""
    joined = Catalog(locale=folder.name, fuzzy=False)
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=folder.name, abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            known = joined.get(key, message.context)
            if known is not None and known.string != message.string:
                raise ValueError(f"{path.name}: {key!r} is already translated otherwise in another subject")
            joined.add(message.id, message.string, context=message.context)
    return joined


def compile_all(i18n: Path) -> list[Path]:
    """Write LANG/LC_MESSAGES/wenbao.mo for every language folder; answers these files.

    A file is replaced whole, and only when its words changed: others may be reading it.
    """
    compiled = []
    for folder in sorted(path for path in i18n.iterdir() if path.is_dir() and any(path.glob("*.po"))):
        target = folder / "LC_MESSAGES" / "wenbao.mo"
        words = io.BytesIO()
        write_mo(words, join(folder))
        if not target.is_file() or target.read_bytes() != words.getvalue():
            target.parent.mkdir(exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_bytes(words.getvalue())
            fresh.replace(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    for path in compile_all(Path(sys.argv[1] if len(sys.argv) > 1 else "resources/i18n")):
        print(path)
