"""Reading rosters: headings and cells as people write them, every fault of a row named, no row lost."""

from __future__ import annotations

import contextlib
import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner import text
from planner.casework import entries
from planner.casework.batch import Assessed, Counts, run
from planner.casework.columns import COLUMNS, header_words, layout_of, month_of
from planner.casework.roster import open_roster
from planner.paths import resources
from planner.policy import load_pack
from planner.values import InputError, Month, Place, WenbaoError
from tests.casework.conftest import TODAY, table

HEAD = ("会员号", "姓名", "出生年月", "性别", "省份", "工种", "职工养老缴费月数", "2026-10")
ROW = ("A1", "王小明", "1990-05", "男", "广东", "众包骑手", "31", "6500")
PACK = load_pack()


def members(found):
    return [one.member for one in found if isinstance(one, Assessed)]


def refused(found):
    return [each for one in found if not isinstance(one, Assessed) for each in one]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_row_is_read_in_any_encoding(read, encoding):
    (member,) = members(read(HEAD, ROW, encoding=encoding))
    assert (member.number, member.name, member.born) == ("A1", "王小明", Month(1990, 5))
    assert (member.category, member.place, member.occupation) == (
        "male_60",
        Place("CN-GD"),
        "food_rider_crowd",
    )
    assert (member.employee_months, member.months) == (31, ((Month(2026, 10), 650_000),))
    assert member.line == 2


def test_a_workbook_reads_like_the_text(tmp_path: Path, read):
    book = Workbook()
    sheet = book.active
    sheet.append(["工会名单"])
    sheet.append(HEAD)
    sheet.append(["A1", "王小明", TODAY.replace(1990, 5, 1), "男", "广东", "众包骑手", 31, 6500.0])
    out = BytesIO()
    book.save(out)
    file = tmp_path / "roster.xlsx"
    file.write_bytes(out.getvalue())
    (one,) = members(run(open_roster(file, PACK, TODAY), Counts()))
    (other,) = members(read(("工会名单",), HEAD, ROW))
    assert one == other


def test_every_title_in_both_languages_is_a_heading():
    words = header_words()
    for language in text.LANGUAGES:
        text.use(language)
        titles = [text._(column.title) for column in COLUMNS]
        assert list(layout_of(titles, words).columns) == [column.name for column in COLUMNS]


def test_private_and_foreign_columns_are_told_and_not_read(read):
    layout = layout_of(("身份证号", "手机", "出生年月", "省", "备注", "生日"), header_words())
    assert layout.private == ("身份证号", "手机")
    assert layout.ignored == ("备注",)
    assert layout.twice == ("生日",)


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("2026-01", Month(2026, 1)),
        ("2026年1月", Month(2026, 1)),
        ("2026年10月收入（元）", Month(2026, 10)),
        ("202603", Month(2026, 3)),
        ("2026-07-01 00:00:00", Month(2026, 7)),
        ("2026-13", None),
        ("月收入", None),
    ],
)
def test_months_as_headings(heading, month):
    assert month_of(heading) == month


def test_every_fault_of_a_row_is_named_and_the_others_go_on(read):
    bad = ("A2", "李四", "1990-13", "?", "火星", "宇航员", "-4", "abc")
    found = read(HEAD, bad, ROW)
    assert [(one.line, one.field) for one in refused(found)] == [
        (2, "born"),
        (2, "sex"),
        (2, "province"),
        (2, "employee_months"),
        (2, "occupation"),
        (2, "2026-10"),
    ]
    assert [member.number for member in members(found)] == ["A1"]
    for one in refused(found):
        assert one.given not in text._(one.error.message, **one.error.values)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (2, "", "missing_field"),
        (2, "2015-01", "out_of_range"),
        (2, "1901-01", "out_of_range"),
        (3, "", "missing_field"),
        (4, "", "missing_field"),
        (4, "全国", "unknown_place"),
        (6, "300", "out_of_range"),
        (6, "31.5", "bad_months"),
        (1, "王" * 200, "too_long"),
    ],
)
def test_what_cannot_be_is_refused(read, column, cell, code):
    row = [*ROW]
    row[column] = cell
    assert [one.error.code for one in refused(read(HEAD, row))] == [code]


def test_a_month_ahead_and_a_member_twice_are_refused(read):
    head = (*HEAD[:-1], "2026-12")
    assert refused(read(head, ROW))[0].error.code == "month_ahead"
    (twice,) = refused(read(HEAD, ROW, ROW))
    assert (twice.error.code, twice.error.values["line"]) == ("member_twice", 2)


def test_an_empty_cell_is_not_known_and_a_zero_is_none(read):
    (first, second) = members(read(HEAD, (*ROW[:6], "", ""), ("A2", *ROW[1:6], "0", "0")))
    assert (first.employee_months, first.months) == (None, ())
    assert (second.employee_months, second.months) == (0, ((Month(2026, 10), 0),))


@pytest.mark.parametrize(
    ("province", "city", "place", "area"),
    [
        ("广东省深圳市", "", "440300", ""),
        ("广东", "深圳市", "440300", ""),
        ("CN-GD", "440300", "440300", ""),
        ("深圳", "", "440300", ""),
        ("Guangdong", "无名镇", "CN-GD", ""),
        ("湖北", "class1", "420100", "class1"),
    ],
)
def test_places(province, city, place, area):
    where, found, _unknown = entries.place(province, city, PACK)
    assert (where.code, found) == (place, area)


def test_a_city_of_another_province_is_refused():
    with pytest.raises(InputError):
        entries.place("湖南", "深圳", PACK)


@pytest.mark.parametrize(
    ("cell", "months"), [("31", 31), ("2年7个月", 31), ("2年", 24), ("31.0", 31), ("-", None), ("7月", 7)]
)
def test_spans(cell, months):
    assert entries.span(cell) == months


@pytest.mark.parametrize(
    ("cell", "fen"), [("1.2万", 1_200_000), ("￥3,800.5", 380_050), ("0", 0), ("-", None)]
)
def test_amounts(cell, fen):
    assert entries.fen(entries.folded(cell)) == fen


@pytest.mark.parametrize(
    ("risk", "cell", "schemes"),
    [
        ("pension", "职工、居民", {"employee", "resident"}),
        ("pension", "灵活就业养老", {"employee"}),
        ("pension", "无", set()),
        ("medical", "城乡居民医保", {"resident"}),
        ("injury", "职业伤害保障,意外险", {"oip", "accident"}),
        ("injury", "工伤保险", {"wii"}),
    ],
)
def test_covers(risk, cell, schemes):
    assert entries.cover(risk, cell) == schemes


def test_a_file_without_a_roster_is_refused(tmp_path: Path):
    file = tmp_path / "roster.csv"
    file.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(InputError) as caught:
        open_roster(file, PACK, TODAY)
    assert caught.value.code == "no_roster"


@pytest.mark.parametrize(
    ("raw", "code"), [(None, "not_found"), (b"", "no_roster"), (b"PK\x03\x04", "damaged_file")]
)
def test_a_file_that_gives_nothing_is_refused_as_the_roster(tmp_path: Path, raw: bytes | None, code: str):
    file = tmp_path / "roster.csv"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        open_roster(file, PACK, TODAY)
    assert (caught.value.code, caught.value.field) == (code, "roster")


def test_the_schema_has_the_columns_and_takes_their_examples():
    from jsonschema import Draft202012Validator

    schema = json.loads((resources() / "schemas" / "roster.json").read_text("utf-8"))
    assert list(schema["properties"]) == [column.name for column in COLUMNS]
    check = Draft202012Validator(schema)
    row = {column.name: column.example for column in COLUMNS if column.example}
    check.validate(row | {"2026-01": "-300"})
    for wrong in (
        {**row, "born": "May"},
        {**row, "phone": "1"},
        {key: row[key] for key in row if key != "sex"},
    ):
        assert not check.is_valid(wrong)


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "男",
            "女",
            "1990-05",
            "广东",
            "深圳",
            "众包骑手",
            "无",
            "职工",
            "31",
            "6500",
            "-5",
            "#",
            '"',
            "=1+1",
        ]
    ),
    st.text(max_size=30),
    st.integers(-(10**20), 10**20).map(str),
    st.dates().map(str),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=8))
def test_junk_is_answered_or_refused_row_by_row(tmp_path: Path, rows):
    file = tmp_path / "roster.csv"
    file.write_bytes(table([HEAD, *rows]).encode("utf-8", "replace"))
    counts = Counts()
    found = list(run(open_roster(file, PACK, TODAY), counts))
    assert counts.rows == len(found) == counts.members + counts.refused
    assert all(isinstance(one, Assessed) or one for one in found)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_a_roster_or_an_error_of_ours(tmp_path: Path, raw):
    file = tmp_path / "roster.csv"
    file.write_bytes(b"" if not raw else ",".join(HEAD).encode() + b"\n" + raw)
    with contextlib.suppress(WenbaoError):
        list(run(open_roster(file, PACK, TODAY), Counts()))
