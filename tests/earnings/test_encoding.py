"""Every encoding that providers and spreadsheets write, told from the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.earnings.encoding import decode

CHINESE = "交易时间,交易类型,金额(元)\n2026-08-01,二维码收款,¥12.00\n"
JAPANESE = "日付,商品,合計\n2026/07/03,テストのケース,1200\n"
GERMAN = "Datum;Währung;Brutto\n03.07.2026;EUR;Größe äöü 1.249,00\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "utf-16-le", "utf-16"),
        (CHINESE, "utf-16-be", "utf-16"),
        (JAPANESE, "utf-8", "utf-8"),
        (JAPANESE, "cp932", "cp932"),
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "cp1252", "cp1252"),
        ("plain\n", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_told_and_nothing_is_lost(text, codec, name):
    text = text.replace("¥", "￥")
    found = decode(text.encode(codec))
    assert (found.text.removeprefix("\ufeff"), found.encoding, found.lossy, found.cut) == (
        text,
        name,
        False,
        False,
    )


def test_a_few_broken_bytes_lose_a_character_and_not_the_encoding():
    found = decode(CHINESE.encode().replace("二".encode(), b"\xe4\xba") * 20)
    assert (found.encoding, found.lossy) == ("utf-8", True)
    assert "收款" in found.text


def test_bytes_that_end_inside_a_character_are_cut():
    for codec in ("utf-8", "gb18030", "utf-16"):
        found = decode((CHINESE + "顾").encode(codec)[:-1])
        assert found.cut, codec
        assert found.text.removeprefix("\ufeff").startswith("交易时间")


@given(st.binary(max_size=400))
def test_any_bytes_become_text(raw):
    found = decode(raw)
    assert "\0" not in found.text
    assert found.encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "cp932", "cp1252")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffd\ufeff"), max_size=200))
def test_utf8_is_never_taken_for_anything_else(text):
    found = decode(text.encode())
    assert (found.text, found.encoding) == (text, "utf-8") or "\0" in text or "锟斤拷" in text


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("sku,title\nA,帆布バッグ-青\n", "cp932", "cp932"),
        ("sku,title\nA,コットンのかばん\n", "cp932", "cp932"),
        ("sku,title\nA,帆布包-蓝色\n", "gb18030", "gb18030"),
        ("sku,title\nA,the seller’s bag – large\n", "cp1252", "cp1252"),
        ("sku,title\nA,Größe „groß“, 12 €\n", "cp1252", "cp1252"),
    ],
)
def test_few_characters_are_enough_to_tell_an_encoding(text, codec, name):
    found = decode(text.encode(codec))
    assert (found.text, found.encoding) == (text, name)
