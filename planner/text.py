"""One catalogue of words for the command line, the report and the window.

Message ids are whole English sentences with named placeholders: ``_("{count} months", count=3)``. The
arithmetic below speaks in codes and marks its few sentences with `planner.values.words.mark`; they are
translated here when shown.
"""

from __future__ import annotations

import gettext
import locale
import os
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from planner import paths
from planner.values.money import Money, currency_decimals
from planner.values.month import Month
from planner.values.words import Name

LANGUAGES = ("zh", "en")
DOMAIN = "wenbao"

_language = "zh"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def preferred_language() -> str:
    """The language to start in: WENBAO_LANG, else the system's, else Chinese."""
    named = (os.environ.get(name) for name in ("WENBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    # getlocale() calls the C locale English, so it is asked only where no variable says anything
    wish = next(filter(None, named), None) or locale.getlocale()[0] or ""
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
    said = {
        name: value.said(_language) if isinstance(value, Name) else value for name, value in values.items()
    }
    return words.format(**said) if said else words


def plural(one: str, many: str, count: int, /, **values: Any) -> str:
    """The words for `count` things; `{count}` is filled in."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)


def number(value: Decimal | float, decimals: int = 0) -> str:
    """`value` with thousands separated and so many decimals, halves away from zero: `12,345.60`."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded if rounded else abs(rounded):,f}"


def yuan(value: Decimal | float, decimals: int = 0) -> str:
    """An amount of yuan as the person reads it: `¥12,345`, `12,345 元`; whole yuan unless told otherwise."""
    return _("¥{amount}", amount=number(value, decimals))


def money(value: Money) -> str:
    """An amount of any currency with its code; yuan as `yuan` says them, with fen."""
    if value.currency == "CNY":
        return yuan(value.amount, 2)
    amount = number(value.amount, currency_decimals(value.currency))
    return f"{value.currency} {amount}"


def month(value: Month) -> str:
    """A month as the person reads it: `2058-07` or `2058年7月`."""
    return _("{year}-{month:02d}", year=value.year, month=value.month)


def percent(share: Decimal | float, decimals: int = 0) -> str:
    """A share (0.05) as percent (`5%`)."""
    exact = share if isinstance(share, Decimal) else Decimal(str(share))
    return f"{number(exact * 100, decimals)}%"


def duration(months: int) -> str:
    """A length of time in years and months: `3 years 6 months`, `20 years`, `5 months`."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(plural("{count} year", "{count} years", years))
    if rest or not years:
        parts.append(plural("{count} month", "{count} months", rest))
    return " ".join(parts)
