"""The open earnings file: what is written is read again, what others write is read, no formula gets out."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
import pytest

from planner.earnings import openfile, read_file
from planner.paths import resources
from planner.values import Kind, Month

SCHEMA = json.loads((resources() / "schemas" / "earnings.json").read_text("utf-8"))
KEPT = (Kind.INCOME, Kind.REFUND, Kind.FEE, Kind.EXPENSE, Kind.NEUTRAL)


@pytest.mark.parametrize("name", ["alipay_app_csv/syn_alipay_gig.csv", "payoneer_csv/syn_payoneer.csv"])
@pytest.mark.parametrize("write", [lambda entries: openfile.as_json("test", entries), openfile.as_csv])
def test_what_is_written_is_read_again(samples, read, name, write):
    entries = [
        entry for entry in read_file(samples / name).entries if entry.kind in KEPT and entry.money.minor > 0
    ]
    result = read(write(entries), name="earnings.txt")
    assert result.error is None

    def told(several):
        return sorted(
            (e.kind.value, str(e.money), e.money.currency, e.day, str(e.month), e.counterparty)
            for e in several
        )

    assert told(result.entries) == told(entries)


def test_the_json_written_keeps_its_schema(samples):
    entries = [
        e for e in read_file(samples / "wechat_csv" / "deg_wechat_records.csv").entries if e.kind in KEPT
    ]
    jsonschema.validate(json.loads(openfile.as_json("test", entries)), SCHEMA)


def test_orders_and_hours_of_a_platform_come_with_its_payments(read):
    document = {
        "wenbao_earnings": 1,
        "source": "A platform",
        "entries": [{"id": "W31", "date": "2026-08-03", "kind": "income", "amount": "1520.50"}],
        "work": [{"month": "2026-08", "orders": 610, "hours": "212.5"}],
    }
    jsonschema.validate(document, SCHEMA)
    result = read(json.dumps(document), name="platform.json")
    assert [(str(entry.money), entry.money.currency) for entry in result.entries] == [("1520.50", "CNY")]
    (work,) = result.work
    assert (work.month, work.orders, work.hours) == (Month(2026, 8), 610, Decimal("212.5"))
    assert result.summary["work"] == [{"source": "open", "month": "2026-08", "orders": 610, "hours": "212.5"}]


def test_what_cannot_be_read_is_listed_by_its_number(read):
    entries = [
        {"date": "2026-08-03", "kind": "income", "amount": "12"},
        {"date": "someday", "kind": "income", "amount": "12"},
        {"date": "2026-08-03", "kind": "gift", "amount": "12"},
        {"date": "2026-08-03", "kind": "income", "amount": "-12"},
        {"date": "2026-08-03", "kind": "income", "amount": "12", "currency": "shells"},
        {"date": "2026-08-03", "kind": "income", "amount": {"a": 1}},
    ]
    result = read(json.dumps({"wenbao_earnings": 1, "entries": entries}))
    assert [(row.line, row.reason) for row in result.skipped] == [
        (2, "bad_date"),
        (3, "bad_amount"),
        (4, "bad_amount"),
        (5, "bad_currency"),
        (6, "bad_amount"),
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"wenbao_earnings": 1, "entries": [', "damaged_file"),
        ('{"wenbao_earnings": 2, "entries": []}', "unknown_format"),
        ('{"wenbao_earnings": 1, "a": ' + "[" * 100_000, "damaged_file"),
    ],
)
def test_a_broken_document_is_refused(read, text, error):
    assert read(text).error == error


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "plain", "'quoted", ""])
def test_no_cell_begins_a_formula_and_none_is_changed_for_good(cell):
    written = openfile.harmless(cell)
    assert not written.startswith(("=", "+", "-", "@", "\t"))
    assert openfile.unescaped(written) == cell
