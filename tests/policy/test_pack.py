"""The pack answers by place and date, names what is missing, and carries its provenance everywhere."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.policy import Correction, MissingValue, Pack, load_pack, read_corrections, write_corrections
from planner.policy.corrections import CorrectionRows
from planner.values import Confidence, InputError, Month, Place, State
from planner.values.place import PROVINCES

PACK = load_pack()
GUANGDONG, SHENZHEN, GUANGZHOU = Place("CN-GD"), Place("440300"), Place("440100")


def number(key: str, place: str, on: str, area: str = "") -> Decimal:
    return PACK.value(key, Place(place), date.fromisoformat(on), area=area).number


@pytest.mark.parametrize(
    ("key", "place", "on", "expected"),
    [
        ("pension.base_lower", "CN-BJ", "2025-09-01", "7162"),
        ("pension.base_upper", "CN-BJ", "2025-09-01", "35811"),
        ("pension.base_lower", "440100", "2025-09-01", "5510"),
        ("pension.base_lower", "440300", "2025-09-01", "4775"),
        ("pension.base_lower", "441900", "2024-09-01", "4767"),
        ("pension.base_lower", "441900", "2025-09-01", "4775"),
        ("pension.base_upper", "440300", "2025-09-01", "27549"),
        ("pension.benefit_base", "CN-GD", "2025-09-01", "9493"),
        ("pension.benefit_base", "440300", "2025-09-01", "11293"),
        ("pension.benefit_base", "210200", "2025-03-01", "8956"),
        ("pension.base_lower", "CN-TJ", "2026-08-31", "5124"),
        ("pension.base_lower", "CN-TJ", "2026-09-01", "5180"),
        ("pension.flex_rate", "CN-SH", "2024-02-29", "0.24"),
        ("pension.flex_rate", "CN-SH", "2024-03-01", "0.20"),
        ("pension.flex_rate", "CN-ZJ", "2024-03-01", "0.20"),
        ("pension.bookkeeping_rate", "CN", "2024-12-01", "2.62"),
        ("minimum_wage.month", "440300", "2026-08-01", "2520"),
        ("minimum_wage.month", "CN-GD", "2026-09-01", "2680"),
        ("resident.base_pension", "CN", "2024-08-01", "123"),
        ("injury.death_income", "CN", "2026-08-01", "56502"),
        ("pension.account_rate", "440300", "2026-08-01", "0.08"),
        ("resident.annuity_months", "CN-SH", "2026-08-01", "139"),
        ("income_tax.half_relief_ceiling", "CN", "2022-06-01", "1000000"),
        ("income_tax.half_relief_ceiling", "CN", "2026-06-01", "2000000"),
        ("medical.employee_wait_months", "CN-SH", "2026-06-01", "6"),
    ],
)
def test_values_of_official_notices(key: str, place: str, on: str, expected: str) -> None:
    assert number(key, place, on) == Decimal(expected)


def test_a_regional_class_is_found_by_code_name_or_city() -> None:
    for area in ("guangzhou", "广州及省直", "广州", "Guangzhou and province-direct"):
        assert PACK.value("pension.base_lower", GUANGDONG, date(2025, 9, 1), area=area).number == 5510
    assert PACK.areas(GUANGDONG, date(2025, 1, 1)) == ("guangzhou", "delta", "other")
    assert PACK.areas(GUANGDONG, date(2025, 8, 1)) == ("guangzhou", "other")
    assert PACK.areas(Place("CN-ZJ")) == ()
    assert PACK.find("pension.base_lower", GUANGDONG, date(2025, 9, 1)) is None


def test_a_class_that_ended_is_the_one_that_took_its_cities_in() -> None:
    def delta(day: date) -> Decimal:
        return PACK.value("pension.base_lower", GUANGDONG, day, area="delta").number

    assert (delta(date(2025, 6, 30)), delta(date(2025, 7, 1))) == (4767, 4775)


def test_a_class_that_had_not_begun_has_no_value_then() -> None:
    assert PACK.find("pension.base_lower", GUANGDONG, date(2023, 10, 1), area="other") is None
    with pytest.raises(InputError, match="nowhere"):
        PACK.find("pension.base_lower", GUANGDONG, date(2025, 10, 1), area="nowhere")


def test_a_fixed_list_of_bases_is_a_list() -> None:
    jiangsu = PACK.value("pension.fixed_bases", Place("CN-JS"), date(2025, 5, 1))
    assert isinstance(jiangsu.value, tuple)
    assert len(jiangsu.value) == 12
    assert jiangsu.value[0] == 4952
    tibet = PACK.value("pension.fixed_bases", Place("CN-XZ"), date(2026, 5, 1))
    assert tibet.value[:2] == (Decimal("7172.4"), Decimal("9563.2"))


def test_what_has_ended_is_carried_on_as_provisional() -> None:
    beijing = Place("CN-BJ")
    assert PACK.value("pension.benefit_base", beijing, Month(2025, 12)).state is State.IN_FORCE
    later = PACK.value("pension.benefit_base", beijing, Month(2026, 1))
    assert (later.number, later.state) == (12049, State.PROVISIONAL)
    stated = PACK.value("pension.base_lower", Place("CN-JS"), Month(2026, 3))
    assert (stated.number, stated.state) == (4952, State.PROVISIONAL)
    assert PACK.value("injury.oip.wage_base", SHENZHEN, date(2026, 8, 1)).state is State.PROVISIONAL


def test_what_is_missing_is_named_never_guessed() -> None:
    with pytest.raises(MissingValue) as caught:
        PACK.value("pension.base_lower", Place("CN-FJ"), date(2023, 5, 1))
    assert caught.value.code == "missing_value"
    for word in ("Lowest contribution base", "Fujian", "2023-05-01"):
        assert word in str(caught.value)
    assert PACK.find("pension.benefit_base", Place("CN-BJ"), date(2010, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("广东", "CN-GD"), ("广东省", "CN-GD"), ("guangdong", "CN-GD"), ("cn-gd", "CN-GD"), ("深圳市", "440300"),
     ("Shenzhen", "440300"), ("440300", "440300"),
     ("吉林", "CN-JL"), ("吉林市", "220200"), ("恩施", "422800"),
     ("内蒙古自治区", "CN-NM"), ("新疆", "CN-XJ"), ("恩施州", "422800"),
     ("Xian", "610100"), ("广州", "440100"),
     ("广东省深圳市", "440300"), ("湖北黄石", "420200"), ("辽宁 沈阳", "210100"), ("吉林省吉林市", "220200")],
)  # fmt: skip
def test_a_place_by_any_of_its_names(text: str, code: str) -> None:
    assert PACK.place(text) == Place(code)


@pytest.mark.parametrize("text", ["广东武汉", "广东省某某县", "深圳广东", "州", "省"])
def test_a_city_of_another_province_or_an_unknown_one_is_no_place(text: str) -> None:
    with pytest.raises(InputError):
        PACK.place(text)


def test_an_unknown_place_names_the_field() -> None:
    with pytest.raises(InputError) as caught:
        PACK.place("Atlantis", field="worker.province")
    assert (caught.value.code, caught.value.field) == ("unknown_place", "worker.province")


def test_per_order_protection_has_a_start_in_every_province_and_for_every_platform() -> None:
    starts = {row["place"]: row["from"] for row in PACK.table("oip_coverage")}
    assert set(starts) == {place.code for place in PROVINCES}
    assert sorted(set(starts.values())) == ["2022-07-01", "2025-07-01", "2026-07-01"]
    assert sum(1 for day in starts.values() if day == "2022-07-01") == 7
    assert len(PACK.table("oip_platforms")) == 25


def test_every_table_and_key_reads_and_carries_provenance() -> None:
    for name in PACK.tables():
        rows = PACK.table(name)
        assert rows, name
        for row in rows:
            assert row.source.checked is not None, (name, row)
            assert "github" not in row.source.url, (name, row)
    for key in sorted(PACK.keys()):
        for value in PACK.every(key):
            assert value.source.checked is not None, value
            assert value.unit == PACK.key_info(key).unit, value
            official = not value.source.url or value.source.url.split("/")[2].endswith(".gov.cn")
            assert official, value.source.url


def test_periods_of_one_series_do_not_overlap() -> None:
    for key in sorted(PACK.keys()):
        last: dict[tuple[Place, str], tuple[date, date | None]] = {}
        for value in PACK.every(key):
            before = last.get((value.place, value.area))
            if before is not None:
                assert before[0] < value.valid_from, value
                assert before[1] is None or before[1] < value.valid_from, value
            if value.valid_to is not None:
                assert value.valid_from <= value.valid_to, value
            last[value.place, value.area] = (value.valid_from, value.valid_to)


def test_limits_fit_the_average_wage() -> None:
    for upper in PACK.every("pension.base_upper"):
        wage = PACK.find("pension.average_wage", upper.place, upper.valid_from, area=upper.area)
        if wage is not None and wage.valid_from == upper.valid_from:
            assert abs(upper.number / wage.number - 3) < Decimal("0.002"), upper


@given(
    st.sampled_from(["pension.average_wage", "pension.benefit_base", "pension.base_upper"]),
    st.sampled_from(PROVINCES),
    st.dates(date(2022, 1, 1), date(2028, 12, 31)),
)
def test_a_look_up_equals_a_search_through_all_rows(key: str, place: Place, day: date) -> None:
    begun = [row for row in PACK.series(key, place) if row.valid_from <= day]
    found = PACK.find(key, place, day)
    if not begun:
        assert found is None
    else:
        newest = max(begun, key=lambda row: row.valid_from)
        assert found is not None
        assert (found.value, found.valid_from) == (newest.value, newest.valid_from)
        ended = newest.valid_to is not None and newest.valid_to < day
        assert found.state is (State.PROVISIONAL if ended else newest.state)


def test_a_correction_replaces_its_period_only_and_is_marked() -> None:
    zhejiang = Place("CN-ZJ")
    own = Correction(
        "pension.base_lower",
        zhejiang,
        Decimal("5060"),
        date(2026, 1, 1),
        date(2026, 12, 31),
        entered_on=date(2026, 11, 24),
    )
    pack = load_pack(corrections=[own])
    corrected = pack.value("pension.base_lower", zhejiang, date(2026, 6, 1))
    assert (corrected.number, corrected.corrected, corrected.state) == (5060, True, State.IN_FORCE)
    assert corrected.source.confidence is Confidence.UNCERTAIN
    assert pack.value("pension.base_lower", zhejiang, date(2025, 12, 31)).number == 4986
    assert not pack.value("pension.base_upper", zhejiang, date(2026, 6, 1)).corrected


@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 900))
def test_a_correction_never_changes_a_day_outside_its_period(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    place = Place("CN-SD")
    pack = load_pack(corrections=[Correction("pension.base_lower", place, Decimal(1), start, end)])
    for day in (start - timedelta(days=1), start, end, end + timedelta(days=1)):
        found = pack.find("pension.base_lower", place, day)
        if start <= day <= end:
            assert found is not None
            assert found.number == 1
        elif day < start:
            stated = PACK.find("pension.base_lower", place, day)
            assert (found is None) is (stated is None)
            if found is not None and stated is not None:
                assert (found.value, found.state, found.source) == (
                    stated.value,
                    stated.state,
                    stated.source,
                )


def test_corrections_survive_on_disk(tmp_path) -> None:
    kept = (
        Correction(
            "pension.base_lower", Place("CN-ZJ"), Decimal("5060.5"), date(2026, 1, 1), note="县里的通知"
        ),
        Correction(
            "pension.fixed_bases",
            Place("CN-JS"),
            (Decimal(1), Decimal(2)),
            date(2026, 1, 1),
            date(2026, 12, 31),
        ),
        Correction("pension.years_rule", Place("CN-ZJ"), "4dp_half_up", date(2026, 1, 1)),
    )
    assert read_corrections(tmp_path) == ()
    write_corrections(tmp_path, kept)
    assert read_corrections(tmp_path) == kept


def test_a_row_of_corrections_goes_and_comes_back_at_its_place(tmp_path) -> None:
    kept = tuple(
        Correction(
            "pension.base_lower", Place("CN-ZJ"), Decimal(5000 + month), date(2026, month, 1), area=area
        )
        for month, area in ((3, ""), (1, "1"), (1, ""))
    )
    write_corrections(tmp_path, kept)
    rows = CorrectionRows(tmp_path)
    key = {"key": "pension.base_lower", "place": "CN-ZJ", "area": "1", "valid_from": "2026-01-01"}
    row = rows.read(key)
    assert row is not None
    rows.write(key, None)
    assert rows.read(key) is None
    assert read_corrections(tmp_path) == (kept[0], kept[2])
    rows.write(key, row)
    assert read_corrections(tmp_path) == kept
    rows.write(key, {**row, "value": "6000", "at": 2})
    assert [one.value for one in read_corrections(tmp_path)] == [5003, 5001, 6000]


def test_a_damaged_corrections_file_names_itself(tmp_path) -> None:
    (tmp_path / "corrections.csv").write_text(
        "key,place,area,valid_from,valid_to,value,entered_on,note\npension.base_lower,CN-ZJ,,soon,,x,,\n",
        "utf-8",
    )
    with pytest.raises(InputError, match=r"corrections\.csv"):
        read_corrections(tmp_path)


@given(st.binary(max_size=200))
def test_any_corrections_file_is_read_or_refused(tmp_path_factory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("corrections")
    head = b"key,place,area,valid_from,valid_to,value,entered_on,note\n"
    (folder / "corrections.csv").write_bytes(head + content)
    try:
        found = read_corrections(folder)
    except InputError:
        return
    assert all(isinstance(one, Correction) for one in found)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "", "1 NaN", "x"])
def test_a_correction_that_is_no_number_is_refused(tmp_path, value: str) -> None:
    (tmp_path / "corrections.csv").write_text(
        "key,place,area,valid_from,valid_to,value,entered_on,note\n"
        f"pension.base_lower,CN-ZJ,,2026-01-01,,{value},,\n",
        "utf-8",
    )
    with pytest.raises(InputError, match=r"corrections\.csv"):
        read_corrections(tmp_path)


def test_a_pack_is_one_folder(tmp_path) -> None:
    assert isinstance(load_pack(PACK.folder), Pack)
    with pytest.raises(FileNotFoundError):
        load_pack(tmp_path)


def _platforms_covered(place: str, day: str) -> set[str]:
    begun = next(row["from"] for row in PACK.table("oip_coverage") if row["place"] == place)
    if begun > day:
        return set()
    return {row["platform"] for row in PACK.table("oip_platforms") if row["from"] <= day}


@pytest.mark.parametrize(
    ("place", "day", "count"),
    [
        ("CN-GD", "2022-06-30", 0),
        ("CN-GD", "2022-07-01", 7),
        ("CN-GD", "2025-06-30", 7),
        ("CN-GD", "2025-07-01", 11),
        ("CN-ZJ", "2025-06-30", 0),
        ("CN-ZJ", "2025-07-01", 11),
        ("CN-HA", "2026-06-30", 0),
        ("CN-HA", "2026-07-01", 25),
        ("CN-GD", "2026-07-01", 25),
    ],
)
def test_platforms_join_by_wave_and_place(place: str, day: str, count: int) -> None:
    assert len(_platforms_covered(place, day)) == count


def test_a_platform_of_the_last_wave_is_covered_nowhere_before_it() -> None:
    for place in PROVINCES:
        assert "叮咚买菜" not in _platforms_covered(place.code, "2026-06-30")
        assert "叮咚买菜" in _platforms_covered(place.code, "2026-07-01")


def test_the_wage_of_per_order_benefits_is_a_named_stand_in() -> None:
    value = PACK.value("injury.oip.wage_base", Place("CN-HA"), date(2026, 8, 1))
    assert (value.number, value.state, value.place) == (5790, State.PROVISIONAL, Place("CN"))
    assert value.source.confidence is Confidence.UNCERTAIN


def test_the_most_specific_place_answers() -> None:
    day = date(2025, 6, 1)
    assert PACK.value("resident.base_pension", SHENZHEN, day).number == 620
    assert PACK.value("resident.base_pension", Place("441200"), day).number == 240
    assert PACK.value("resident.base_pension", Place("CN-GD"), day).place == GUANGDONG


def test_every_city_of_a_class_is_a_known_place() -> None:
    known = set(PACK.places(cities=True))
    for province in PACK.places():
        for area in PACK.classes(province):
            assert area.cities <= known


def test_what_the_pack_knows_can_be_named_in_chinese() -> None:
    for key in sorted(PACK.keys()):
        assert any("一" <= letter <= "鿿" for letter in PACK.key_info(key).title_zh), key
    for place in PACK.places(cities=True):
        assert PACK.place(PACK.place_name(place, "zh")) == place
        assert PACK.place(PACK.place_name(place, "en")).province == place.province


def test_every_note_can_be_read_in_chinese() -> None:
    for key in sorted(PACK.keys()):
        for value in PACK.every(key):
            assert bool(value.note_in("zh")) is bool(value.note), value
            assert value.note_in("en") == value.note
            if any(letter.isalpha() and letter.isascii() for letter in value.note):
                assert any("一" <= letter <= "鿿" for letter in value.note_in("zh")), value
