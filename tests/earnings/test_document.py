"""Rows out of text: quotes, torn ends, delimiters; the fast way and the careful way agree."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.earnings import bulk
from planner.earnings.document import Content, Document


def _document(text: str) -> Document:
    return Document("t", content=Content(text.encode()))


def _rows(text: str) -> list[list[str]]:
    document = _document(text)
    header = document.header("a", "b", "c")
    assert header is not None
    return [row.cells for row in document.rows(header)]


def test_a_header_is_found_below_any_preamble_under_any_delimiter():
    for delimiter in ",\t;|":
        document = _document(
            f"Bill\n\nof somebody\n{delimiter.join(('C', 'a ', ' b'))}\n1{delimiter}2{delimiter}3\n"
        )
        header = document.header("a", "b", "c")
        assert header is not None
        assert (header.row, header.delimiter, header["a"], header["c"]) == (3, delimiter, 1, 0)


def test_full_width_forms_and_hard_spaces_in_names_do_not_matter():
    document = _document("金额（元）,收／支,\u00a0Type \n1,2,3\n")
    assert document.header("金额(元)", "收/支", "type") is not None


def test_the_first_of_two_columns_of_one_name_is_taken():
    document = _document("a,b,b\n1,2,3\n")
    header = document.header("a", "b")
    assert header is not None
    assert header["b"] == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b,c\n"1,5",2,3\n', [["1,5", "2", "3"]]),
        ('a,b,c\n"x\ny",2,3\n4,5,6\n', [["x\ny", "2", "3"], ["4", "5", "6"]]),
        ('a,b,c\n点击"多多",2,3\n', [['点击"多多"', "2", "3"]]),
        ('a,b,c\n"5寸屏,2,3\n4,5,6\n', [["5寸屏", "2", "3"], ["4", "5", "6"]]),
        ("a,b,c\r\n1,2,3\r\n\r\n4,5\r\n", [["1", "2", "3"], ["4", "5"]]),
        ("a,b,c\n1\t,\u00a02 ,3\n", [["1", "2", "3"]]),
    ],
    ids=["quoted comma", "quoted line end", "quotes inside", "stray quote", "crlf", "padding"],
)
def test_rows_are_parted(text, rows):
    assert _rows(text) == rows


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("a,b,c\n1,2,3\n4,5", True),
        ("a,b,c\n1,2,3\n4,5,6", False),
        ('a,b,c\n1,2,3\n4,"5', True),
        ('a,b,c\n1,2,3\n4,5,"6', True),
        ("a,b,c\n1,2,3\n4,5\n", False),
    ],
)
def test_the_torn_end_of_a_half_written_file_is_noticed(text, torn):
    document = _document(text)
    header = document.header("a", "b", "c")
    assert header is not None
    assert [is_torn for _row, is_torn in document.whole_rows(header)] == [False, torn]


@pytest.mark.parametrize(
    "name", ["wechat_csv/deg_wechat_records.csv", "alipay_app_csv/deg_alipay_records.csv"]
)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
@pytest.mark.parametrize("size", [200, 4000])
def test_a_large_bill_gives_what_a_small_one_gives(samples, read, name, ends, size):
    raw = samples.joinpath(name).read_bytes().replace(b"\r", b"").replace(b"\n", ends)
    small = read(raw)
    with patch("planner.earnings.document.LARGE", 1), patch.object(bulk, "BATCH_BYTES", size):
        large = read(raw)
    assert large == small
    assert large.data_rows > 9


CELL = st.text(st.sampled_from('ab ,"\t中¥.1\n'), max_size=6)


def _written(cell: str) -> str:
    plain = not set(cell) & set(',"\n')
    return cell if plain else '"' + cell.replace('"', '""') + '"'


PLACES = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=40), st.integers(8, 200), PLACES)
def test_the_fast_way_answers_as_the_careful_way_or_not_at_all(cells, size, places):
    text = "a,b,c\n" + "".join(",".join(map(_written, row)) + "\n" for row in cells)
    _compare(text, size, places)


@settings(max_examples=400)
@given(st.text(st.sampled_from('ab,"\n中'), max_size=120), st.integers(8, 200), PLACES)
def test_the_fast_way_gives_every_line_of_any_text(text, size, places):
    _compare("a,b,c\n" + text + "\n", size, places)


def test_a_quoted_delimiter_in_a_column_that_nobody_asked_for_hides_no_cell():
    _compare('a,b,c\n",a,"\n', 8, [1])


def _compare(text: str, size: int, places: Sequence[int]) -> None:
    document = _document(text)
    with patch("planner.earnings.document.LARGE", 1), patch.object(bulk, "BATCH_BYTES", size):
        header = document.header("a", "b", "c")
        assert header is not None
        try:
            batches = list(bulk.regular_batches(document, header, places))
        except bulk.IrregularError:
            return
    fast = {
        line: [column[index].strip() for column in columns]
        for lines, columns in batches
        for index, line in enumerate(lines)
    }
    careful = {row.line: [row.cell(place) for place in places] for row in document.rows(header)}
    assert {line: cells for line, cells in fast.items() if any(cells)} == {
        line: cells for line, cells in careful.items() if any(cells)
    }
