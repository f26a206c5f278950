"""A year of bills cut anywhere, overlapping, in any order: the same ledger, in memory and in the vault."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.earnings import ImportReport, counted, read_files
from planner.vault import Store

HEADER = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
START, DAYS = date(2025, 1, 1), 365


def _year() -> list[tuple[date, str]]:
    """Rows of a year, many of them alike but for their number: two equal orders of a day stay two."""
    chance = random.Random(5)
    rows = []
    for number in range(400):
        day = START + timedelta(days=chance.randrange(DAYS))
        moment = datetime(day.year, day.month, day.day, chance.randrange(24), chance.choice((0, 30)))  # noqa: DTZ001
        kind, direction, status = chance.choice(
            (
                ("二维码收款", "收入", "已收钱"),
                ("微信红包", "收入", "已存入零钱"),
                ("商户消费", "支出", "支付成功"),
            )
        )
        rows.append(
            (
                day,
                f"{moment},{kind},顾客{chance.randrange(4)},/,{direction},¥{chance.choice((6, 12))}.50,零钱,"
                f'{status},{42 * 10**26 + number}\t,{10**20 + number}\t,"/"',
            )
        )
    return sorted(rows)


YEAR = _year()


def _bill(folder: Path, number: int, first: int, last: int) -> Path:
    since, until = START + timedelta(days=first), START + timedelta(days=last)
    lines = ["微信支付账单明细" + "," * 10, *["," * 10] * 15, HEADER]
    lines += [row for day, row in YEAR if since <= day <= until]
    path = folder / f"{number}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


@st.composite
def _cuts(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Spans of days that together are the whole year, each reaching into the next by some days."""
    ends = sorted(draw(st.sets(st.integers(1, DAYS - 2), max_size=5)) | {DAYS - 1})
    spans, start = [], 0
    for end in ends:
        spans.append(
            (max(0, start - draw(st.integers(0, 40))), min(DAYS - 1, end + draw(st.integers(0, 40))))
        )
        start = end + 1
    again = draw(st.lists(st.sampled_from(spans), max_size=2))
    return list(draw(st.permutations([*spans, *again])))


def _whole(folder: Path) -> set[tuple[str, str, str, int]]:
    (result,) = read_files([_bill(folder, 0, 0, DAYS - 1)])
    assert len(result.entries) == len(YEAR)
    return {(entry.key, entry.kind.value, str(entry.day), entry.money.minor) for entry in result.entries}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=_cuts())
def test_the_ledger_is_the_same_set(tmp_path_factory, spans):
    folder = tmp_path_factory.mktemp("year")
    whole = _whole(folder)
    paths = [_bill(folder, number, *span) for number, span in enumerate(spans)]
    report = ImportReport(tuple(read_files(paths)))
    assert {(one.key, one.kind.value, str(one.day), one.money.minor) for one in report.entries} == whole
    store = Store.in_memory()
    person = store.create_person("a").id
    for result in report.files:
        store.add_import(person, result.file, result.digest, result.format, result.entries)
    lines = counted((one.entry, one.kind, one.included) for one in store.entries(person))
    store.close()
    assert {(one.key, one.kind.value, str(one.day), one.money.minor) for one in lines} == whole
