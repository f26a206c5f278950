"""The lines of the Rules page: what is in force, what a search finds, two compared, lists in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner import text
from planner.policy import Correction, load_pack
from planner.policy.search import Index
from planner.report import policy_words
from planner.report.place_rules import PlaceRules, place_rules
from planner.report.rule_table import browse, compare, compare_header, search, summary
from planner.values import NO_PAGE, Place, State
from planner.values.place import PROVINCES

PACK = load_pack()
DAY = date(2026, 8, 1)
BEIJING, ZHEJIANG, GUANGDONG = Place("CN-BJ"), Place("CN-ZJ"), Place("CN-GD")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_province_in_three_years_reads_in_both_languages(language: str, year: int) -> None:
    text.use(language)
    for place in PROVINCES:
        for line in browse(PACK, place, date(year, 8, 1)):
            assert all(line.cells[:3]), line
            assert "_" not in "".join(line.cells[:5]), line.cells
            if line.value is not None:
                assert line.cells[5], line


def test_units_and_codes_all_have_words() -> None:
    for key in sorted(PACK.keys()):
        for value in PACK.every(key):
            assert value.unit in policy_words.UNITS, value
            assert not isinstance(value.value, str) or value.value in policy_words.CODES, value


def test_a_summary_counts_what_to_be_careful_with() -> None:
    lines = browse(PACK, GUANGDONG, DAY)
    sentence, doubts = summary(PACK, GUANGDONG, DAY, lines)
    provisional = sum(line.state is State.PROVISIONAL for line in lines)
    assert sentence == f"Guangdong, 2026-08-01: {len(lines)} values are known."
    assert f"{provisional} are provisional" in doubts


def test_a_search_line_carries_the_state_of_the_day() -> None:
    lines = search(PACK, Index(PACK), "北京 计发基数", BEIJING, DAY)
    assert [line.cells[3] for line in lines] == ["provisional", "earlier", "earlier"]
    assert lines[0].state is State.PROVISIONAL
    future = search(PACK, Index(PACK), "北京 计发基数", BEIJING, date(2023, 6, 1))
    assert [line.cells[3] for line in future] == ["later", "later", "in force"]


def test_a_comparison_puts_what_differs_first_and_says_by_how_much() -> None:
    lines = compare(PACK, (BEIJING, DAY), (ZHEJIANG, DAY))
    assert compare_header(PACK, (BEIJING, DAY), (ZHEJIANG, DAY)) == (
        "What",
        "Beijing",
        "Zhejiang",
        "Second − first",
    )
    by_key = {line.key: line for line in lines}
    lower = by_key["pension.base_lower"]
    assert (lower.differs, lower.cells[3]) == (True, "−2,284 (−31.4%)")
    assert by_key["pension.flex_rate"].cells[1:] == ("20% of the base", "20% of the base", "the same")
    switched = [line.differs for line in lines]
    assert switched == sorted(switched, reverse=True)


def test_a_place_compared_with_itself_is_the_same_throughout() -> None:
    assert not any(line.differs for line in compare(PACK, (GUANGDONG, DAY), (GUANGDONG, DAY)))


def test_what_only_one_side_has_is_said() -> None:
    lines = compare(PACK, (Place("CN-JS"), date(2025, 8, 1)), (BEIJING, date(2025, 8, 1)))
    fixed = next(line for line in lines if line.key == "pension.fixed_bases")
    assert fixed.cells[2:] == ("—", "only one of them is known")


def test_a_share_reads_as_percent_and_ones_own_value_as_ones_own() -> None:
    own = load_pack(corrections=[Correction("pension.flex_rate", BEIJING, Decimal("0.195"), DAY)])
    value = own.value("pension.flex_rate", BEIJING, DAY)
    assert policy_words.amount_and_state(value) == "19.5% of the base (your own)"
    text.use("zh")
    assert policy_words.amount(value) == "19.5%（占缴费基数）"


def test_our_own_words_for_a_document_are_translated() -> None:
    value = PACK.value("pension.base_upper", Place("CN-FJ"), date(2023, 5, 1))
    assert value.source.title == NO_PAGE
    text.use("zh")
    assert policy_words.title(value.source) == "没有见到官方网页"


def test_lists_of_a_city_are_its_own_or_its_provinces() -> None:
    rules = place_rules(PACK, Place("440300"), DAY)
    assert {rule.place.code for rule in rules} == {"440300", "CN-GD"}
    assert {rule.title for rule in rules} >= {"Per-order injury protection", "Tiers of the resident pension"}
    for rule in rules:
        assert rule.source.title
        assert rule.source.checked is not None


def test_lists_are_found_in_both_languages_and_by_letters() -> None:
    english = PlaceRules(PACK, DAY).find("subsidy chongqing")
    text.use("zh")
    chinese = PlaceRules(PACK, DAY)
    assert [rule.sentence for rule in chinese.find("重庆 补贴")] == [
        "补你实际缴费的 2/3，每月最多 758.03 元，最长 36 个月"
    ]
    assert len(english) == len(chinese.find("cq shbxbt")) == 1
    assert chinese.find("") == chinese.find("没有这种东西") == ()
