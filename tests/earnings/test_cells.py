"""Amounts and dates as provider after provider writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.earnings.cells import (
    clock_text,
    currency_of,
    decimal_mark,
    is_damaged_id,
    minor_units,
    month_start,
    when,
    year_last_order,
    zone_of,
)


@pytest.mark.parametrize(
    ("text", "currency", "mark", "minor"),
    [
        ("¥12.00", "CNY", ".", 1200),
        ("￥860.5", "CNY", ".", 86050),
        ("¥1,200.00", "CNY", ".", 120000),
        ("1 050", "CNY", ".", 105000),
        ("1.249,00", "EUR", ",", 124900),
        ("1\u202f249,00 €", "EUR", ",", 124900),
        ("-4,75", "EUR", ",", -475),
        ("(12.50)", "USD", ".", -1250),
        ("12.50-", "USD", ".", -1250),
        ("CA$ 12.50", "CAD", ".", 1250),
        ("AED 12", "AED", ".", 1200),
        ("\uff11\uff12\uff0e\uff15", "CNY", ".", 1250),
        ("5,000", "JPY", ".", 5000),
        ("12.345", "CNY", ".", 1235),
        ("12.5", "JPY", ".", 13),
        (".5", "USD", ".", 50),
        ("0.00", "USD", ".", 0),
    ],
)
def test_an_amount_is_read(text, currency, mark, minor):
    assert minor_units(text, currency, mark) == minor


@pytest.mark.parametrize("text", ["", "-", "--", "/", " ", "N/A"])
def test_an_empty_cell_is_no_amount(text):
    assert minor_units(text) is None


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "12,34,5", "1e5", "12 Stück x 3", "9" * 40, "9" * 5000, "1,2345.00"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        minor_units(text)


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", "."]), st.booleans())
def test_an_amount_written_with_thousands_is_read_back(minor, mark, grouped):
    text = f"{abs(minor) / 100:,.2f}" if grouped else f"{abs(minor) / 100:.2f}"
    if mark == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert minor_units(f"-{text}" if minor < 0 else text, "EUR", mark) == minor


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["37,74", "1.249,00"], ","),
        (["1,249.00"], "."),
        (["1.249", "12,5"], ","),
        (["1,249"], "."),
        ([], "."),
        (["1.234.567"], ","),
    ],
)
def test_the_decimal_mark_is_what_the_column_proves(cells, mark):
    assert decimal_mark(cells) == mark


@pytest.mark.parametrize(
    ("text", "order", "day", "month"),
    [
        ("2026-07-01 09:05:00", "", (2026, 7, 1), "2026-07"),
        ("2026/7/1 9:05", "", (2026, 7, 1), "2026-07"),
        ("2026年8月3日", "", (2026, 8, 3), "2026-08"),
        ("20260805 09:01:02", "", (2026, 8, 5), "2026-08"),
        ("31.07.2026 22:30:00 UTC", "", (2026, 7, 31), "2026-08"),
        ("2026-06-17 08:14:22 UTC", "", (2026, 6, 17), "2026-06"),
        ("07/03/2026", "mdy", (2026, 7, 3), "2026-07"),
        ("07/03/2026", "dmy", (2026, 3, 7), "2026-03"),
        ("13/03/2026", "", (2026, 3, 13), "2026-03"),
        ("07-03-2026 12:00:00", "mdy", (2026, 7, 3), "2026-07"),
        ("2026-07-31T23:30:00+00:00", "", (2026, 7, 31), "2026-08"),
    ],
)
def test_a_day_is_read_and_put_into_its_month_in_china(text, order, day, month):
    placed = when(text, order=order)
    assert placed is not None
    assert (placed.day, str(placed.month)) == (date(*day), month)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30", "2026-13-01", "07/03/2026", "12:00", "9" * 100, "0000-01-01"]
)
def test_what_is_no_certain_day_is_refused(text):
    assert when(text) is None


def test_a_zone_moves_the_month_but_not_the_day():
    placed = when("07/31/2026 23:30:00", order="mdy", zone=zone_of("PDT"))
    assert placed is not None
    assert (placed.day, str(placed.month)) == (date(2026, 7, 31), "2026-08")


@pytest.mark.parametrize("zone", ["UTC", "PDT", "GMT+8", "+08:00", "Europe/Berlin"])
def test_zones_are_known(zone):
    assert zone_of(zone) is not None


@pytest.mark.parametrize("zone", ["", "XYZ", "../etc/passwd", "Nowhere/Land", "+99:00"])
def test_unknown_zones_are_none(zone):
    assert zone_of(zone) is None


def test_the_order_of_day_and_month_is_what_one_cell_proves():
    assert year_last_order(["03/04/2026", "13/04/2026"]) == "dmy"
    assert year_last_order(["03/04/2026", "04/13/2026"]) == "mdy"
    assert year_last_order(["03/04/2026"]) == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("46204", "2026-07-01 00:00:00"),
        ("46204.5", "2026-07-01 12:00:00"),
        ("46203.999988426", "2026-06-30 23:59:59"),
        ("36525", None),
        ("73051", None),
        ("4620", None),
        ("46204,5", None),
    ],
)
def test_a_spreadsheets_number_of_days_is_a_day_only_in_a_column_of_days(cell, expected):
    found = when(cell, may_be_serial=True)
    assert (str(found.moment) if found else None) == expected
    assert when(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026/7/1 上午9:05", "2026-07-01 09:05:00"),
        ("2026年7月1日 下午 1:05:09", "2026-07-01 13:05:09"),
        ("2026-07-01 12:30 AM", "2026-07-01 00:30:00"),
        ("7/31/2026 9:05:12 PM", "2026-07-31 21:05:12"),
        ("2026/7/1 中午", "None"),
    ],
)
def test_times_of_half_a_day(cell, expected):
    found = when(cell)
    assert str(found and found.moment) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-07", "2026-07-01"),
        ("2026年7月", "2026-07-01"),
        ("202612", "2026-12-01"),
        ("202613", ""),
        ("4200", ""),
    ],
)
def test_a_month_is_its_first_day(cell, expected):
    assert month_start(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("91011", "09:10:11"),
        ("123456", "12:34:56"),
        ("0.5", "12:00:00"),
        (".382071759", "09:10:11"),
        ("9:05", "9:05"),
        ("soon", "soon"),
    ],
)
def test_a_time_of_day_in_a_cell_of_its_own(cell, expected):
    assert clock_text(cell) == expected


def test_an_id_that_a_spreadsheet_damaged_is_noticed():
    assert is_damaged_id("1E+27")
    assert is_damaged_id("2.02608E+25")
    assert not is_damaged_id("2026E27")
    assert not is_damaged_id("20260805000000000001")


@pytest.mark.parametrize(
    ("word", "code"), [("人民币", "CNY"), ("usd", "USD"), ("US$", "USD"), ("元", "CNY"), ("??", "")]
)
def test_currencies_by_code_sign_and_name(word, code):
    assert currency_of(word) == code


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_a_value_error(text):
    try:
        minor = minor_units(text)
    except ValueError:
        return
    assert minor is None or isinstance(minor, int)


@given(st.text(max_size=80))
def test_any_text_is_a_time_or_none(text):
    when(text)
    when(text, order="mdy")


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [("16.99", ",", 1699), ("1.249", ",", 124900), ("1.249,5", ",", 124950), ("12,5", ".", 1250)],
)
def test_the_other_mark_alone_is_a_decimal_one_unless_it_parts_thousands(text, mark, minor):
    assert minor_units(text, "EUR", mark) == minor


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("24 de septiembre de 2026", 9),
        ("3 mrt. 2026 09:00:00 UTC", 3),
        ("1 maj 2026", 5),
        ("12 października 2026", 10),
        ("31 jul 2026 11:30:00 p. m. PDT", 7),
        ("05-Jul-2026", 7),
        ("31-Aug-26", 8),
    ],
)
def test_months_by_name_in_the_languages_of_marketplaces(text, month):
    assert when(text).day.month == month


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [
        ("$(12.50)", ".", -1250),
        ("($12.50)", ".", -1250),
        ("(12.50) USD", ".", -1250),
        ("\u221212,50 zł", ",", -1250),
        ("\u201312.50", ".", -1250),
        ("12.50 \u2212", ".", -1250),
        ("1\u202f249,00 Kč", ",", 124900),
        ("R$ 1.249,00", ",", 124900),
        ("₹1,249.00", ".", 124900),
        ("Rs. 1,249.00", ".", 124900),
        ("US$ -12.50", ".", -1250),
    ],
)
def test_signs_and_minuses_of_other_countries(text, mark, minor):
    assert minor_units(text, "USD", mark) == minor


@pytest.mark.parametrize(("sign", "code"), [("CA$", "CAD"), ("฿", "THB"), ("Rp", "IDR"), ("zł", "PLN")])
def test_signs_that_name_one_currency(sign, code):
    assert currency_of(sign) == code


@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("250.000", "VND", 250_000),
        ("1.250.000", "VND", 1_250_000),
        ("3,280", "JPY", 3280),
        ("3280.00", "JPY", 3280),
    ],
)
def test_three_digits_behind_a_mark_are_thousands_where_there_are_no_cents(text, currency, minor, mark):
    assert minor_units(text, currency, mark) == minor
    assert minor_units("1.249", "USD", ".") == 125  # cents there are: the mark decides


@pytest.mark.parametrize("text", ["12 Aug 10:20", "Aug 31", "31-Aug", "31-Foo-26"])
def test_a_month_by_name_without_its_year_is_no_day(text):
    assert when(text) is None
