"""The open earnings file: what is written is read again, what others write is read, no formula gets out."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
import pytest

from planner.earnings import ImportReport, Work, openfile, read_file
from planner.paths import resources
from planner.values import Kind, Month
from planner.vault import Store

SCHEMA = json.loads((resources() / "schemas" / "earnings.json").read_text("utf-8"))
KEPT = (Kind.INCOME, Kind.REFUND, Kind.FEE, Kind.EXPENSE, Kind.NEUTRAL)


@pytest.mark.parametrize(
    "name",
    [
        "alipay_app_csv/syn_alipay_gig.csv",
        "payoneer_csv/syn_payoneer.csv",
        "paypal_activity_csv/syn_paypal_activity_en.csv",
    ],
)
@pytest.mark.parametrize("write", [lambda entries: openfile.as_json("test", entries), openfile.as_csv])
def test_what_is_written_is_read_again(samples, read, name, write):
    entries = [entry for entry in read_file(samples / name).entries if entry.kind in KEPT]
    result = read(write(entries), name="earnings.txt")
    assert result.error is None

    def told(several):
        return sorted(
            (e.kind.value, str(e.money), e.money.currency, e.day, str(e.month), e.counterparty)
            for e in several
        )

    assert told(result.entries) == told(entries)


def every_sample(samples):
    return [path for path in sorted(samples.glob("*/*")) if path.suffix not in (".md", ".json")]


def test_the_json_written_keeps_its_schema(samples):
    work = [Work("uber", Month(2026, 8), 12, Decimal("40.5"))]
    for path in every_sample(samples):
        jsonschema.validate(json.loads(openfile.as_json("test", read_file(path).entries, work)), SCHEMA)


@pytest.mark.parametrize("write", [lambda entries: openfile.as_json("wenbao", entries), openfile.as_csv])
def test_what_this_program_wrote_is_the_same_payments_when_it_comes_back(samples, tmp_path, write):
    originals = [result for path in every_sample(samples) if not (result := read_file(path)).error]
    lines = ImportReport(originals).entries
    (tmp_path / "earnings.txt").write_text(write(lines), "utf-8", newline="")
    back = read_file(tmp_path / "earnings.txt")
    assert back.error is None
    assert back.skipped == ()
    assert {(entry.source, entry.key) for entry in back.entries} == {
        (line.source, line.key) for line in lines
    }
    both = ImportReport([*originals, back])
    assert len(both.entries) == len(lines)
    assert both.as_json()["total_cny"] == ImportReport(originals).as_json()["total_cny"]
    assert both.as_json()["suspected"] == ImportReport(originals).as_json()["suspected"]


def test_an_own_export_put_into_the_vault_it_came_from_adds_nothing(samples, tmp_path):
    store = Store.in_memory()
    person = store.create_person("a").id
    bill = read_file(samples / "paypal_activity_csv" / "syn_paypal_activity_en.csv")
    store.add_import(person, "bill", bill.digest, bill.format, bill.entries)
    lines = [stored.entry for stored in store.entries(person)]
    (tmp_path / "export.csv").write_text("\ufeff" + openfile.as_csv(lines), "utf-8", newline="")
    back = read_file(tmp_path / "export.csv")
    kept = store.add_import(person, "export", back.digest, back.format, back.entries)
    assert (kept.added, kept.known) == (0, len(lines))
    assert [stored.entry for stored in store.entries(person)] == lines
    store.close()


def test_an_id_that_only_looks_like_ours_stays_with_its_file(read):
    entries = [
        {"id": number, "date": "2026-08-03", "kind": "income", "amount": "12"}
        for number in ("depot:7", "wechat:", "7")
    ]
    result = read(json.dumps({"wenbao_earnings": 1, "entries": entries}))
    assert {entry.source for entry in result.entries} == {"open"}
    assert len(result.entries) == 3


def test_orders_of_the_rows_of_a_month_are_added(read):
    text = "id,date,kind,amount,currency,counterparty,note,orders,hours\n"
    text += "1,2026-08-03,income,120,CNY,Depot,,30,8\n2,2026-08-04,income,130,CNY,Depot,,40,7.5\n"
    (work,) = read(text).work
    assert (work.orders, work.hours) == (70, Decimal("15.5"))


def test_work_that_this_program_wrote_is_not_other_work(read):
    done = [Work("uber", Month(2026, 8), 12, None), Work("depot", Month(2026, 8), 3, None)]
    back = read(openfile.as_json("wenbao", (), done), name="earnings.json")
    assert [(record.source, record.orders) for record in back.work] == [("uber", 12), ("open", 3)]


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
        {"date": "2026-08-03", "kind": "fee", "amount": "-12"},
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
