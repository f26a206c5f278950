"""No row is lost: whatever stands in a row, it becomes an entry or is listed with its line and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.earnings.document import Content, Document
from planner.earnings.marks import PARTS
from planner.earnings.registry import surest

LAYOUTS = {
    "wechat": "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注",
    "alipay": "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注",
    "payoneer": "Transaction Date,Transaction Time,Time Zone,Transaction ID,Description,"
    "Credit Amount,Debit Amount,Currency,Status,Running Balance",
    "paypal": "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID",
    "amazon": "settlement-id\ttotal-amount\tcurrency\ttransaction-type\tamount-type\tamount-description\t"
    "amount\tposted-date",
    "cmb": "交易日期,交易时间,收入,支出,余额,交易类型,交易备注",
    "generic": "日期,币种,金额,退款,手续费,备注",
}
CELLS = st.sampled_from(
    (
        *(
            "",
            " ",
            "/",
            "--",
            "2026-08-01 09:00:00",
            "2026-08-01",
            "20260801",
            "09:00:00",
            "08/13/2026",
            "2026-02-30",
        ),
        *(
            "12.00",
            "¥12.00",
            "-3,50",
            "1.249,00",
            "0.00",
            "zwölf",
            "1E+27",
            "100000001",
            "USD",
            "CNY",
            "JPY",
            "??",
        ),
        *(
            "收入",
            "支出",
            "退款",
            "提现",
            "交易成功",
            "交易关闭",
            "Completed",
            "Pending",
            "PDT",
            "Order",
            "Refund",
        ),
        *(
            "ItemPrice",
            "Principal",
            "合计",
            'a "quoted" word',
            "two\nlines",
            "a,b",
            "#",
            "2099-01-01 00:00:00",
        ),
    )
)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, Sequence[Sequence[str]]]:
    header = draw(st.sampled_from(sorted(LAYOUTS)))
    width = len(LAYOUTS[header].replace("\t", ",").split(","))
    row = st.one_of(
        st.lists(CELLS, min_size=width, max_size=width),
        st.lists(CELLS, min_size=1, max_size=width + 2),
    )
    return header, draw(st.lists(row, max_size=15))


@settings(max_examples=300)
@given(_tables())
def test_every_row_is_an_entry_or_listed(table):
    name, rows = table
    delimiter = "\t" if "\t" in LAYOUTS[name] else ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    places, line = {}, 2
    for row in rows:
        before = out.tell()
        writer.writerow(row)
        written = out.getvalue()[before:]
        if any(cell.strip() for cell in row):
            places[line] = row
        line += written.count("\n")
    text = f"{LAYOUTS[name]}\n{out.getvalue()}"
    document = Document("t", content=Content(text.encode()))
    reader, _sure = surest(document)
    assert reader is not None
    assert reader.source == name
    reading = reader.read(document)
    known = {entry.line for entry in reading.entries} | {row.line for row in reading.skipped}
    # A cell with a line end in a row of the wrong length is taken for several rows, each of them known.
    assert set(places) <= known
    counted = {entry.line for entry in reading.entries if entry.reason not in PARTS}
    assert counted <= set(range(2, line))
    assert all(row.reason for row in reading.skipped)
    assert reading.data_rows <= len(known)
