"""The months: net of sellers' refunds and fees, worst tenth, swing, what is covered and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.earnings import (
    ImportReport,
    Known,
    TypedMonth,
    adjusted,
    counted,
    coverage,
    income_picture,
    read_file,
    stored_periods,
)
from planner.values import InputError, Kind, LedgerEntry, Money, Month

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"


def _income(
    month: str, yuan: int, source="wechat", kind=Kind.INCOME, reason="x", currency="CNY", doubtful=False
):
    day = date.fromisoformat(f"{month}-15")
    key = f"{source}{month}{yuan}{kind}{reason}"
    return LedgerEntry(
        source, key, kind, Money(yuan * 100, currency), day, Month.of(day), reason=reason, doubtful=doubtful
    )


def test_no_entries_no_picture():
    picture = income_picture([])
    assert (picture.months, picture.median, picture.worst_tenth) == ((), None, None)


def test_net_is_income_less_a_sellers_refunds_and_fees():
    picture = income_picture(
        [
            _income("2026-07", 1000),
            _income("2026-07", 100, kind=Kind.REFUND, reason="sale_refund"),
            _income("2026-07", 30, kind=Kind.FEE, reason="marketplace_fee"),
            _income("2026-07", 500, kind=Kind.REFUND, reason="purchase_refund"),  # a purchase is no earning
            _income("2026-07", 400, kind=Kind.EXPENSE),
            _income("2026-07", 900, kind=Kind.NEUTRAL),
        ]
    )
    (month,) = picture.months
    assert (month.gross, month.refunds, month.fees, month.cny) == (1000, 100, 30, 870)
    assert picture.total == 870


def test_the_measures_of_uneven_months():
    yuan = [5000, 5200, 4800, 0, 5100, 4900, 5000, 5300, 4700, 1000, 5000, 5000]
    entries = [_income(f"2025-{month:02d}", amount) for month, amount in enumerate(yuan, 1) if amount]
    picture = income_picture(entries)
    assert picture.median == 5000
    assert picture.worst_months == (Month(2025, 4), Month(2025, 10))  # a tenth of twelve months is two
    assert picture.worst_tenth == 500
    assert picture.dry_months == 1
    assert picture.mean == Decimal("4250.00")
    assert picture.swing == pytest.approx(0.396, abs=0.01)


def test_a_month_of_which_the_file_knows_little_is_shown_but_not_measured():
    result = read_file(SAMPLES / "alipay_app_csv" / "syn_alipay_gig.csv")
    picture = income_picture(result.entries, periods=ImportReport((result,)).periods)
    assert [(str(month.month), str(month.cny), month.covered) for month in picture.months] == [
        ("2026-08", "760.25", False),
        ("2026-09", "5966.50", True),
    ]
    assert picture.uncovered == (Month(2026, 8),)
    assert picture.median == Decimal("5966.50")
    assert picture.doubtful == 200


def test_covered_months_without_income_are_dry_and_counted_from_the_first_pay_on():
    entries = [_income("2026-02", 1000)]
    picture = income_picture(entries, periods=[("wechat", date(2026, 1, 1), date(2026, 4, 30))])
    assert [str(month.cny) for month in picture.months] == ["1000.00", "0.00", "0.00"]
    assert picture.dry_months == 2


def test_pay_of_more_than_three_years_ago_is_not_measured():
    entries = [
        _income("2019-09", 35),
        _income("2020-11", 2300),
        _income("2025-04", 12000),
        _income("2026-03", 5000),
    ]
    periods = [
        ("wechat", date(2019, 8, 1), date(2023, 6, 30)),
        ("wechat", date(2025, 4, 1), date(2026, 3, 31)),
    ]
    picture = income_picture(entries, periods=periods)
    assert (picture.months[0].month, picture.months[-1].month) == (Month(2025, 4), Month(2026, 3))
    assert len(picture.covered) == 12
    assert picture.older_months == 2


def test_a_hole_between_two_files_is_not_covered():
    entries = [_income("2026-01", 1000), _income("2026-05", 1000)]
    periods = [
        ("wechat", date(2026, 1, 1), date(2026, 1, 31)),
        ("wechat", date(2026, 5, 1), date(2026, 5, 31)),
    ]
    picture = income_picture(entries, periods=periods)
    assert picture.uncovered == (Month(2026, 2), Month(2026, 3), Month(2026, 4))
    assert picture.median == 1000


def test_a_file_that_names_no_period_beside_one_that_does_covers_its_own_months():
    entries = [_income(f"2026-{month:02d}", 1000) for month in (1, 2, 5, 6)]
    periods = [("wechat", date(2026, 1, 1), date(2026, 2, 28))]
    picture = income_picture(entries, periods=periods)
    assert picture.uncovered == (Month(2026, 3), Month(2026, 4))
    known = coverage(entries, periods).by_source["wechat"]
    assert [state for month, state in known.items() if month.month in (3, 4)] == [Known.MISSING] * 2
    assert known[Month(2026, 5)] is Known.PARTLY


def test_typed_months_join_in():
    typed = [
        TypedMonth(Month(2026, 7), Decimal("3000.00"), "美团", orders=400),
        TypedMonth(Month(2026, 8), Decimal(2000)),
    ]
    picture = income_picture([_income("2026-07", 1000)], typed)
    assert [month.cny for month in picture.months] == [4000, 2000]
    assert picture.months[0].by_source == {"wechat": 1000, "美团": 3000}
    assert picture.monthly_json()[0] == {"month": "2026-07", "cny": 4000.0, "orders": 400}
    assert picture.source_shares["typed"] == pytest.approx(1 / 3)


def test_a_typed_month_is_kept_as_text_and_read_back():
    typed = TypedMonth(Month(2026, 7), Decimal("3000.50"), "美团", orders=400, hours=Decimal("180.5"))
    assert TypedMonth.from_json(typed.as_json()) == typed
    assert TypedMonth.from_json({"month": "2026-07", "cny": 12}) == TypedMonth(
        Month(2026, 7), Decimal("12.00")
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"month": "2026-13", "cny": "1"}, "typed_months.month"),
        ({"month": "2026-07"}, "typed_months.cny"),
        ({"month": "2026-07", "cny": "NaN"}, "typed_months.cny"),
        ({"month": "2026-07", "cny": "-5"}, "typed_months.cny"),
        ({"month": "2026-07", "cny": "1e99"}, "typed_months.cny"),
        ({"month": "2026-07", "cny": "5", "orders": "many"}, "typed_months.orders"),
    ],
)
def test_a_typed_month_that_is_none_is_refused(data, field):
    with pytest.raises(InputError) as caught:
        TypedMonth.from_json(data)
    assert caught.value.field == field


def test_a_ticked_out_line_and_a_changed_kind_change_the_picture():
    pay, gift, rent = (
        _income("2026-07", 1000),
        _income("2026-07", 200, doubtful=True),
        _income("2026-07", 300),
    )
    entries = counted([(pay, pay.kind, True), (gift, gift.kind, False), (rent, Kind.FEE, True)])
    assert income_picture(entries).total == 700


def test_foreign_shares_and_what_has_no_rate():
    picture = income_picture(
        [_income("2026-07", 100, currency="USD"), _income("2026-07", 50, currency="AED")]
    )
    assert picture.currency_shares == {"USD": 1.0}
    assert {currency: str(money) for currency, money in picture.unconverted.items()} == {"AED": "50.00"}
    assert picture.monthly_json()[0]["shares"] == {"USD": 1.0}


def test_an_amount_without_any_rate_is_said_even_if_it_is_all_there_is():
    picture = income_picture([_income("2026-07", 50, currency="VND")])
    assert picture.months == ()
    assert str(picture.unconverted["VND"]) == "5000"


def test_a_month_too_new_for_a_rate_names_the_rate_it_took():
    picture = income_picture([_income("2026-11", 100, currency="USD")])
    assert picture.old_rates["USD"] < date(2026, 11, 8)


def test_stored_summaries_give_the_periods_back():
    result = read_file(SAMPLES / "alipay_app_csv" / "syn_alipay_gig.csv")
    assert stored_periods([result.summary, {}]) == (("alipay", date(2026, 8, 30), date(2026, 9, 30)),)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9000), st.booleans()), min_size=1, max_size=60))
def test_the_months_add_to_the_total_and_the_worst_is_not_above_the_middle(rows):
    entries = [
        _income(str(Month.from_index(24300 + month)), yuan, kind=Kind.FEE if fee else Kind.INCOME)
        for month, yuan, fee in rows
    ]
    picture = income_picture(entries)
    expected = sum(-e.money.amount if e.kind is Kind.FEE else e.money.amount for e in entries)
    assert picture.total == expected == sum(month.cny for month in picture.months)
    if picture.median is not None:
        assert picture.worst_tenth <= picture.mean
        assert picture.worst_tenth <= picture.median
        assert len(picture.worst_months) >= 1
        assert all(sum(m.by_source.values()) == m.cny for m in picture.months)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 9999), st.booleans()), min_size=2))
def test_a_picture_adjusted_is_the_picture_of_what_is_left(rows):
    entries = [
        replace(_income(f"2025-{month:02d}", yuan, doubtful=out), key=str(number))
        for number, (month, yuan, out) in enumerate(rows)
    ]
    left = [one for one in entries if not one.doubtful]
    periods = [("wechat", date(2025, 1, 1), date(2025, 12, 31))]
    whole = income_picture(entries, periods=periods)
    less = adjusted(whole, fewer=[one for one in entries if one.doubtful])
    expected = {month.month: month.cny for month in income_picture(left, periods=periods).months}
    assert {month.month: month.cny for month in less.months if month.gross} == {
        month: yuan for month, yuan in expected.items() if yuan
    }
    assert less.doubtful == 0
    assert less.total == sum((one.money.amount for one in left), start=Decimal(0))
    if len(less.months) == len(whole.months):  # else it begins later: months before the first pay are cut
        assert adjusted(less, more=[one for one in entries if one.doubtful]).total == whole.total


def test_months_that_brought_something_are_told_apart_from_dry_ones() -> None:
    typed = [
        TypedMonth(Month(2026, 1) + at, Decimal(cny), "typed")
        for at, cny in enumerate((9000, 0, 0, 3000, 0, 0))
    ]
    picture = income_picture((), typed)
    assert picture.median == 0
    assert [month.cny for month in picture.paid] == [9000, 3000]
