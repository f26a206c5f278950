"""Values are found by Chinese and English names, by first letters, years, amounts and documents."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.policy import Correction, load_pack
from planner.policy.pinyin import initials, initials_from_each_word
from planner.policy.search import Index
from planner.values import Place
from planner.values.place import PROVINCES

PACK = load_pack()
INDEX = Index(PACK)
GUANGDONG = Place("CN-GD")


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("缴费基数", "jfjs"),
        ("养老金计发基数", "yljjfjs"),
        ("月最低工资标准", "yzdgzbz"),
        ("城乡居民", "cxjm"),
        ("记账利率", "jzll"),
        ("个人账户 2024", "grzh2024"),
        ("Base", "base"),
        ("，〔〕", ""),
        ("", ""),
    ],
)
def test_first_letters(text: str, letters: str) -> None:
    assert initials(text) == letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("医保缴费基数下限", "ybjfjsxx jfjsxx jsxx xx"),
        ("每缴费一年的计发比例", "mjfyndjfbl jfyndjfbl yndjfbl ndjfbl djfbl jfbl bl"),
        ("城乡居民医保个人缴费（年）", "cxjmybgrjfn jmybgrjfn ybgrjfn grjfn jfn n"),
        ("2025年", "2025n n"),
        ("，〔〕", ""),
    ],
)
def test_first_letters_from_each_word_on(text: str, letters: str) -> None:
    assert initials_from_each_word(text) == letters


@given(st.text())
def test_first_letters_never_fail_and_are_lower_case(text: str) -> None:
    assert initials(text) == initials(text).casefold()


def test_every_kind_of_value_is_found_by_its_name_its_letters_and_its_key() -> None:
    for key in sorted(PACK.keys()):
        info = PACK.key_info(key)
        if not PACK.every(key):
            continue
        for asked in (info.title_zh, info.title_en, initials(info.title_zh), key):
            words = asked.replace("，", " ")
            assert key in {value.key for value in INDEX.find(words)}, (key, asked)


def test_every_province_is_found_by_name_and_letters() -> None:
    for place in PROVINCES:
        for asked in (
            PACK.place_name(place, "zh"),
            PACK.place_name(place, "en"),
            PACK.place_initials(place).lower(),
        ):
            assert place in {value.place for value in INDEX.find(f"{asked} pension.base_upper")}, asked


def test_words_narrow_it_down_and_a_year_does_too() -> None:
    found = INDEX.find("北京 缴费基数下限 2025")
    assert {(value.key, value.place.code) for value in found} == {("pension.base_lower", "CN-BJ")}
    assert {2024, 2025} == {value.valid_from.year for value in found}


@pytest.mark.parametrize(
    ("typed", "places", "keys"),
    [
        ("jfjsxx bj", {"北京"}, {"pension.base_lower"}),
        ("jsxx tj", {"天津"}, {"pension.base_lower", "medical.base_lower"}),
        ("2025 pension.base_up hb", {"河北", "湖北"}, {"pension.base_upper"}),
        ("ybjfjs", None, {"medical.base_lower", "medical.base_upper"}),
    ],
)
def test_letters_are_those_of_words_from_their_beginning(
    typed: str, places: set[str] | None, keys: set[str]
) -> None:
    found = INDEX.find(typed)
    assert {value.key for value in found} == keys
    assert places is None or {PACK.place_name(value.place, "zh") for value in found} == places


def test_letters_of_a_place_bring_the_place_first() -> None:
    """Pinyin of a place's own name before words that only begin so."""
    for place in PROVINCES:
        letters = PACK.place_initials(place).lower()
        alike = {each for each in PROVINCES if PACK.place_initials(each).lower() == letters}
        assert INDEX.find(letters)[0].place.province in {each.province for each in alike}, letters


def test_an_amount_or_a_document_finds_where_it_stands() -> None:
    assert [value.number for value in INDEX.find("7162")] == [7162]
    assert {value.place.code for value in INDEX.find("京人社发〔2025〕11号")} == {"CN-BJ"}


def test_ones_own_place_comes_first_and_the_newest_of_it() -> None:
    found = INDEX.find("最低工资", near=GUANGDONG)
    assert found[0].place == GUANGDONG
    own = [
        value.valid_from for value in found if value.place == GUANGDONG and value.key == "minimum_wage.month"
    ]
    assert own == sorted(own, reverse=True)


def test_a_whole_name_comes_before_a_part_of_one() -> None:
    assert INDEX.find("jl", near=GUANGDONG)[0].place == Place("CN-JL")


def test_nothing_is_found_for_nothing_or_nonsense() -> None:
    assert INDEX.find("") == INDEX.find("  ") == INDEX.find("no such rule anywhere") == ()


def test_ones_own_values_are_found_as_such() -> None:
    own = Correction(
        "pension.base_lower", GUANGDONG, PACK.every("pension.base_lower")[0].number, PACK.issued_on
    )
    pack = load_pack(corrections=[own])
    assert [value.place for value in Index(pack).find("更正")] == [GUANGDONG]


def test_a_search_is_far_quicker_than_a_keystroke() -> None:
    spent = []
    for typed in ("j", "jf", "jfj", "jfjs", "广", "广东", "广东 2", "广东 2025", "base", "不确定"):
        start = time.perf_counter()
        INDEX.find(typed, GUANGDONG)
        spent.append(time.perf_counter() - start)
    assert sorted(spent)[len(spent) // 2] < 0.02
