"""Signatures of formats that are known but have no reader here, so that no other reader guesses at them.

A format that gets a reader may stay listed: a reader that recognises a document goes before this list.
"""

from __future__ import annotations

from planner.earnings.document import Document

# Names of columns that together stand in no other format.
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (("temu_settlement", ("PO单号", "销售回款")),)


def foreign_format(document: Document) -> str:
    """The name of the known format that the document is, or nothing."""
    return next((name for name, columns in _HEADERS if document.header(*columns)), "")
