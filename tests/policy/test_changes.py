"""What changed between two packs, anywhere and for one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.policy import Correction, Pack, load_pack
from planner.policy.changes import all_changes, changes_at, tables_changed
from planner.values import Place, State
from tests.policy.packs import Maker, raised

PACK = load_pack()
BEIJING, TIANJIN = Place("CN-BJ"), Place("CN-TJ")


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(Maker(tmp_path_factory.mktemp("packs")).pack(2, raised))


def test_a_pack_is_no_different_from_itself() -> None:
    assert all_changes(PACK, load_pack()) == ()
    assert changes_at(PACK, load_pack(), BEIJING, date(2020, 1, 1)) == ()


def test_one_value_that_moved_is_one_change(newer: Pack) -> None:
    (change,) = all_changes(PACK, newer)
    assert (change.key, change.place, change.first) == ("pension.base_lower", BEIJING, date(2026, 7, 1))
    assert change.before is not None
    assert change.after is not None
    assert change.after.number == 7300


def test_only_the_place_and_time_asked_for_count(newer: Pack) -> None:
    assert changes_at(PACK, newer, TIANJIN, date(2026, 1, 1)) == ()
    assert changes_at(PACK, newer, BEIJING, date(2025, 1, 1), date(2026, 6, 30)) == ()
    (inside,) = changes_at(PACK, newer, BEIJING, date(2026, 8, 1), date(2026, 12, 31))
    assert (inside.first, inside.last) == (date(2026, 8, 1), date(2026, 12, 31))


def test_what_is_carried_on_counts_for_a_person(newer: Pack) -> None:
    changes = changes_at(PACK, newer, BEIJING, date(2026, 1, 1))
    assert [one.first for one in changes] == [date(2026, 7, 1), date(2027, 7, 1)]
    assert changes[-1].after is not None
    assert (changes[-1].after.number, changes[-1].after.state) == (7300, State.PROVISIONAL)


def test_a_city_sees_what_changes_in_its_province_and_its_class() -> None:
    other = load_pack(
        corrections=[
            Correction("pension.base_lower", Place("CN-GD"), Decimal(5000), date(2026, 8, 1), area="other")
        ]
    )
    zhanjiang, guangzhou = Place("440800"), Place("440100")
    assert [one.key for one in changes_at(PACK, other, zhanjiang, date(2026, 8, 1))] == ["pension.base_lower"]
    assert changes_at(PACK, other, guangzhou, date(2026, 8, 1)) == ()
    (whole,) = changes_at(PACK, other, Place("CN-GD"), date(2026, 8, 1))
    assert whole.area == "other"


def test_a_kind_of_value_that_only_one_pack_has_is_told(tmp_path: Path) -> None:
    def without(folder: Path) -> None:
        keys = folder / "keys.toml"
        text = keys.read_text("utf-8")
        start = text.index('["minimum_wage.hour"]')
        keys.write_text(text[:start] + text[text.index("\n[", start) + 1 :], "utf-8")
        file = folder / "values" / "minimum_wage.csv"
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if not line.startswith("minimum_wage.hour,")), "utf-8")

    older = load_pack(Maker(tmp_path).pack(2, without))
    told = [one for one in all_changes(older, PACK) if one.key == "minimum_wage.hour"]
    assert {one.before for one in told} == {None}
    assert len({one.place for one in told}) == 31
    assert {one.after for one in all_changes(PACK, older)} == {None}


def test_a_correction_without_an_end_gives_way_to_a_newer_notice() -> None:
    own = Correction("pension.base_lower", BEIJING, Decimal(7000), date(2025, 7, 1))
    pack = load_pack(corrections=[own])
    assert pack.value("pension.base_lower", BEIJING, date(2026, 6, 30)).corrected
    stated = PACK.value("pension.base_lower", BEIJING, date(2026, 7, 1))
    assert pack.value("pension.base_lower", BEIJING, date(2026, 7, 1)) == stated


def test_a_correction_without_an_end_does_not_give_way_to_what_is_only_carried_on() -> None:
    jiangsu = Place("CN-JS")
    assert PACK.value("pension.base_lower", jiangsu, date(2026, 1, 1)).state is State.PROVISIONAL
    pack = load_pack(corrections=[Correction("pension.base_lower", jiangsu, Decimal(5000), date(2025, 7, 1))])
    assert pack.value("pension.base_lower", jiangsu, date(2026, 6, 1)).corrected


def test_tables_that_say_something_else_are_named_but_not_those_checked_again(tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        months, ages = (folder / "tables" / f"{name}.csv" for name in ("annuity_months", "retirement_ages"))
        months.write_text(months.read_text("utf-8").replace("61,132,", "61,131,"), "utf-8")
        ages.write_text(ages.read_text("utf-8").replace("2026-11-22", "2027-01-05"), "utf-8")

    assert tables_changed(PACK, load_pack()) == ()
    assert tables_changed(PACK, load_pack(Maker(tmp_path).pack(2, edit))) == ("annuity_months",)


def test_a_value_of_ones_own_stands_against_what_counted_before() -> None:
    """Wuhan states no base of its own; its class does."""
    own = Correction("pension.benefit_base", Place("420100"), Decimal(9300), date(2026, 1, 1))
    (change,) = all_changes(PACK, load_pack(corrections=[own]))
    assert change.before is not None
    assert (change.before.number, change.before.state) == (9112, State.PROVISIONAL)
    (back,) = all_changes(load_pack(corrections=[own]), PACK)
    assert back.after == change.before
    longer = replace(own, valid_from=date(2024, 6, 1))
    told = [one.before.number for one in all_changes(PACK, load_pack(corrections=[longer])) if one.before]
    assert told == [9022, 9112, 9112]
