"""The first letters of Chinese words as people type them: 缴费基数 is jfjs."""

from __future__ import annotations

from bisect import bisect_right

# GB 2312 orders its 3,755 common characters by pinyin: where each first letter begins.
_BEGINS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_END = 0xD7F9
_CODES = tuple(code for code, _letter in _BEGINS)


def initials(text: str) -> str:
    """One letter for each common Chinese character, letters and digits as they are, nothing for the rest."""
    return "".join(map(_initial, text))


def _initial(character: str) -> str:
    if character.isascii():
        return character.casefold() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _CODES[0] <= code <= _END:
        return ""
    return _BEGINS[bisect_right(_CODES, code) - 1][1]
