"""One catalogue of words for the command line, the report and the window.

Message ids are whole English sentences with named placeholders: ``_("{count} months", count=3)``. The
arithmetic below speaks in codes and marks its few sentences with `planner.values.words.mark`; they are
translated here when shown.
"""

from __future__ import annotations

import gettext
import locale
import os
from typing import Any

from planner import paths

LANGUAGES = ("zh", "en")
DOMAIN = "wenbao"

_language = "zh"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def preferred_language() -> str:
    """The language to start in: WENBAO_LANG, else the system's, else Chinese."""
    wish = os.environ.get("WENBAO_LANG") or locale.getlocale()[0] or ""
    return "en" if wish.lower().startswith("en") else "zh"


def use(language: str) -> None:
    """Switch every later look-up to `language` (`zh` or `en`)."""
    global _language, _catalogue
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    _language = language
    _catalogue = (
        gettext.translation(DOMAIN, paths.resources() / "i18n", [language], fallback=False)
        if language != "en"
        else gettext.NullTranslations()
    )


def language() -> str:
    """The language in use."""
    return _language


def _(message: str, /, **values: Any) -> str:
    """The words for `message` in the language in use, its placeholders filled from `values`."""
    words = _catalogue.gettext(message)
    return words.format(**values) if values else words


def plural(one: str, many: str, count: int, /, **values: Any) -> str:
    """The words for `count` things; `{count}` is filled in."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)
