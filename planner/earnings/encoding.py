"""Turns the bytes of a text file into text: byte order mark, strict UTF-8, then the likeliest other."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_CHINESE = (
    "交易",
    "金额",
    "收入",
    "支出",
    "日期",
    "时间",
    "余额",
    "账户",
    "记录",
    "币种",
    "备注",
    "收/支",
    "状态",
    "元",
)
_JAPANESE = ("日付", "合計", "注文", "手数料", "決済", "売上", "商品", "の", "ン", "ス")
_SAMPLE = 65_536  # bytes that are enough to tell one encoding from another
_LOST = ("\ufffd", "锟斤拷")  # what remains of characters that some program could not write


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` by the name shown to the person; `lossy`: characters were lost; `cut`: ends inside one."""

    text: str
    encoding: str
    lossy: bool = False
    cut: bool = False


def decode(raw: bytes) -> Decoded:
    """The text of `raw`; bytes that no encoding explains become replacement characters and set `lossy`."""
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw, codec, name)
    wide = _wide_without_mark(raw)
    if wide:
        return _decoded(raw, wide, "utf-16")
    try:
        return _checked(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3 and error.reason == "unexpected end of data":
            return replace(_checked(raw[: error.start].decode("utf-8"), "utf-8"), cut=True)
    return _decoded(raw, *_likeliest(raw[:_SAMPLE]))


def _checked(text: str, name: str) -> Decoded:
    lossy = any(sign in text for sign in _LOST)
    if "\0" in text:
        text, lossy = text.replace("\0", ""), True
    return Decoded(text, name, lossy)


def _decoded(raw: bytes, codec: str, name: str) -> Decoded:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    text = decoder.decode(raw)
    cut = bool(decoder.getstate()[0])
    return replace(_checked(text, name), cut=cut)


def _wide_without_mark(raw: bytes) -> str:
    """UTF-16 that lost its mark: most bytes of one parity are zero in text with digits and commas."""
    sample = raw[:4096]
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _likeliest(sample: bytes) -> tuple[str, str]:
    """Codec and shown name: most words of statements wins, then fewest lost characters."""
    high = sum(byte >= 0x80 for byte in sample)
    lonely = sum(
        1
        for index, byte in enumerate(sample)
        if byte >= 0x80 and not _high(sample, index - 1) and not _high(sample, index + 1)
    )
    best = ("gb18030", "gb18030")
    best_score = (-1, 0)
    for codec, name, words in (
        ("utf-8", "utf-8", (*_CHINESE, *_JAPANESE)),
        ("gb18030", "gb18030", _CHINESE),
        ("cp932", "cp932", _JAPANESE),
        ("cp1252", "cp1252", ()),
    ):
        text = sample.decode(codec, "replace")
        found = sum(word in text for word in words)
        if codec == "cp1252" and lonely * 2 > high:
            found = 1  # single accented letters among plain ones: a western language
        if codec == "cp932" and _is_japanese(sample):
            found += 1
        score = (found, -text.count("\ufffd"))
        if score > best_score:
            best, best_score = (codec, name), score
    return best


def _is_japanese(sample: bytes) -> bool:
    """Whether most pairs are kana or usual kanji in CP932.

    Usual Chinese characters begin above them; a western apostrophe or dash stands before a plain letter.
    """
    japanese = pairs = index = 0
    while index < len(sample) - 1:
        lead, trail = sample[index], sample[index + 1]
        if lead > 0x80:
            pairs += 1
            japanese += lead <= 0x83 or (lead < 0xA0 and trail >= 0x80)
            index += 1
        index += 1
    return japanese * 2 > pairs


def _high(sample: bytes, index: int) -> bool:
    return 0 <= index < len(sample) and sample[index] >= 0x80
