"""The calendar of what is known, and which bill to fetch next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.earnings import Known, TypedMonth, coverage
from planner.earnings.covering import next_export
from planner.values import Kind, LedgerEntry, Money, Month


def entry(day: date, source: str = "alipay") -> LedgerEntry:
    return LedgerEntry(source, str(day), Kind.INCOME, Money(100), day, Month.of(day))


def test_months_are_whole_mostly_partly_or_missing():
    periods = [
        ("alipay", date(2026, 1, 1), date(2026, 2, 22)),
        ("alipay", date(2026, 4, 1), date(2026, 4, 3)),
    ]
    known = coverage([], periods)
    assert known.months == tuple(Month(2026, month) for month in range(1, 5))
    assert [known.by_source["alipay"][month] for month in known.months] == [
        Known.WHOLE,
        Known.MOSTLY,
        Known.MISSING,
        Known.PARTLY,
    ]
    assert known.gaps == (("alipay", Month(2026, 3)),)


def test_a_source_that_says_no_period_is_covered_from_its_first_line_to_its_last():
    known = coverage([entry(date(2026, 1, 15)), entry(date(2026, 3, 31))])
    assert [known.by_source["alipay"][month] for month in known.months] == [
        Known.PARTLY,
        Known.WHOLE,
        Known.WHOLE,
    ]


def test_the_worst_of_the_sources_is_the_state_of_a_month_and_typing_fills_it():
    periods = [
        ("alipay", date(2026, 1, 1), date(2026, 1, 31)),
        ("wechat", date(2026, 1, 1), date(2026, 1, 9)),
    ]
    known = coverage([], periods)
    assert known.state(Month(2026, 1)) is Known.PARTLY
    typed = coverage([], [], [TypedMonth(Month(2026, 1), Decimal(100))])
    assert typed.state(Month(2026, 1)) is Known.TYPED
    assert typed.state(Month(2026, 2)) is Known.MISSING
    assert coverage([]).months == ()


def test_the_next_bill_begins_where_the_last_ends():
    known = coverage(
        [], [("alipay", date(2026, 1, 1), date(2026, 3, 31)), ("wechat", date(2026, 1, 1), date(2026, 3, 9))]
    )
    today = date(2026, 5, 20)
    assert next_export(known, "alipay", today) == (date(2026, 4, 1), date(2026, 5, 19))
    assert next_export(known, "wechat", today) == (date(2026, 3, 1), date(2026, 5, 19))
    assert next_export(known, "alipay", date(2026, 4, 1)) is None
    assert next_export(known, "paypal", today) is None


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_file_that_breaks_off_covers_no_more_than_its_rows(read, wechat, newest_first) -> None:
    months = range(1, 5)
    rows = [
        f'2026-{month:02d}-15 09:00:00,二维码收款,顾客,/,收入,¥12.00,零钱,已收钱,{10**8 + month}\t,1\t,"/"'
        for month in (reversed(months) if newest_first else months)
    ]
    bill = wechat(*rows, "2026-08-02 09:00:00,二维码收款,顾客", end="")
    head, rest = bill.split("\n", 1)
    told = "起始时间：[2026-01-01 00:00:00] 终止时间：[2026-09-30 23:59:59],,,,,,,,,"
    result = read("\n".join((head, told, rest)))
    assert result.warnings == ("truncated",)
    first, last = date(2026, 1, 1), date(2026, 4, 15)
    assert result.period == ((date(2026, 1, 15), date(2026, 9, 30)) if newest_first else (first, last))


def test_what_lies_far_back_can_be_left_out():
    known = coverage(
        [entry(date(2020, 3, 1)), entry(date(2026, 2, 3), "wechat"), entry(date(2026, 4, 3), "wechat")]
    )
    recent = known.recent(3)
    assert recent.months == (Month(2026, 2), Month(2026, 3), Month(2026, 4))
    assert list(recent.by_source) == ["wechat"]
