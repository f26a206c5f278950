"""What the codes of the readers say to a person, in the language in use."""

from __future__ import annotations

from collections.abc import Iterable

from planner.earnings import words
from planner.text import _, language


def error_words(code: str, looks_like: str = "") -> str:
    """Why a file could not be read."""
    return _(words.error_sentence(code, looks_like))


def warning_words(code: str) -> str:
    """What to know about a file that was read; empty for a code without a sentence."""
    return _(words.WARNINGS[code]) if code in words.WARNINGS else ""


def reason_words(code: str) -> str:
    """Why a row is what it is, or why it was skipped."""
    sentence = words.REASONS.get(code) or words.SKIPPED.get(code)
    return _(sentence) if sentence else ""


def suspicion_words(code: str) -> str:
    """Why two rows may be the same money."""
    return _(words.SUSPECTED[code])


def format_name(code: str) -> str:
    """The name of a kind of file; a reader from a plug-in shows its own."""
    return _(words.FORMATS[code]) if code in words.FORMATS else code


def source_name(code: str) -> str:
    """The name of the wallet, marketplace or bank that a row comes from."""
    return _(words.SOURCES[code]) if code in words.SOURCES else code


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the language in use parts them."""
    return ("、" if language() == "zh" else ", ").join(names)
