"""A person's correction from the words they typed, checked against what the pack knows; taking one back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from planner.policy.corrections import Correction
from planner.policy.pack import KeyInfo, Pack
from planner.policy.rows import Content
from planner.values import InputError, Place, mark

_SPACES = re.compile(r"[,，¥￥元]")
_SHARE = "share "


def find_key(pack: Pack, text: str) -> str:
    """The key of a code or of a title in either language; an InputError names what was asked for."""
    asked = text.strip().casefold()
    for key in sorted(pack.keys()):
        info = pack.key_info(key)
        if asked in (key, info.title_en.casefold(), info.title_zh.casefold()):
            return key
    raise InputError(
        "unknown_key",
        mark("There is no kind of value called {value!r}; `wenbao policy list --json` names them all."),
        field="key",
        value=text,
    )


def make_correction(
    pack: Pack,
    key: str,
    place: Place,
    value: str,
    valid_from: date,
    valid_to: date | None = None,
    *,
    area: str = "",
    entered_on: date | None = None,
    note: str = "",
) -> Correction:
    """A correction of `key` by the words of `value`; an InputError if it cannot be meant so."""
    info = pack.key_info(key)
    if valid_to is not None and valid_to < valid_from:
        raise InputError("ends_before", mark("It would end before it begins."), field="to")
    if area and area not in {one.code for one in pack.classes(place)}:
        raise InputError(
            "unknown_place", mark("{field}: there is no place {value!r}"), field="area", value=area
        )
    return Correction(
        key, place, read_content(pack, info, value), valid_from, valid_to, area, entered_on, note.strip()
    )


def read_content(pack: Pack, info: KeyInfo, text: str) -> Content:
    """What somebody typed for a kind of value: a number, percent for a share, a list, or a known code."""
    known = [row.value for row in pack.every(info.key)]
    if any(isinstance(one, str) for one in known):
        codes = sorted({one for one in known if isinstance(one, str)})
        if text.strip() not in codes:
            raise InputError(
                "unknown_code",
                mark("It can only be one of: {codes}."),
                field="value",
                codes=", ".join(codes),
            )
        return text.strip()
    is_list = any(isinstance(one, tuple) for one in known)
    words = text.replace("/", " ").split() if is_list else [text]
    numbers = tuple(_number(word, info) for word in words)
    if not is_list:
        return numbers[0]
    if not numbers or list(numbers) != sorted(set(numbers)):
        raise InputError(
            "bad_list", mark("Write the amounts in rising order, with spaces between."), field="value"
        )
    return numbers


def _number(word: str, info: KeyInfo) -> Decimal:
    plain = _SPACES.sub("", word).strip()
    is_percent = plain.endswith(("%", "％")) and info.unit.startswith(_SHARE)
    try:
        number = Decimal(plain.rstrip("%％") if is_percent else plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not -12 <= number.adjusted() <= 12 or len(number.as_tuple().digits) > 24:
        raise InputError("bad_number", mark("{value} is no number"), field="value", value=word.strip() or "-")
    if is_percent:
        number /= 100
    if (info.least is not None and number < info.least) or (info.most is not None and number > info.most):
        raise InputError(
            "out_of_range",
            mark("{number} is not between {least} and {most}."),
            field="value",
            number=number,
            least=info.least,
            most=info.most,
        )
    return number


def with_correction(kept: Sequence[Correction], new: Correction) -> tuple[Correction, ...]:
    """`kept` with `new` last, instead of one that began on the same day for the same thing."""
    others = [one for one in kept if _thing(one) != _thing(new) or one.valid_from != new.valid_from]
    return (*others, new)


def without_correction(
    kept: Sequence[Correction], key: str, place: Place, area: str = "", valid_from: date | None = None
) -> tuple[Correction, ...]:
    """`kept` without the correction of that thing (from that day; none: the last one entered).

    An InputError if there is none.
    """
    meant = [
        one for one in kept if _thing(one) == (key, place, area) and valid_from in (None, one.valid_from)
    ]
    if not meant:
        raise InputError(
            "no_correction",
            mark("You have no correction of your own there, so nothing was taken back."),
            field="key",
        )
    return tuple(one for one in kept if one is not meant[-1])


def _thing(one: Correction) -> tuple[str, Place, str]:
    return (one.key, one.place, one.area)
