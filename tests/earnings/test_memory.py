"""What was confirmed once holds for the next file: columns by header, the currency of a silent source."""

from __future__ import annotations

from datetime import date

import pytest

from planner.earnings import Memory, read_file, read_files
from planner.earnings.guess import guess_file, preview
from planner.values import InputError, Kind

DIARY = "哪天;谁给的;多少钱\n03.07.2026;美团站点张队长;1.250,50\n14.07.2026;李老板;300,00\n"


@pytest.fixture
def diary(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(DIARY, "utf-8")
    return path


def confirmed(path):
    found = guess_file(path)
    assert found is not None
    mapping = {**found.as_mapping(), "currency": "CNY"}
    mapping["columns"]["counterparty"] = "谁给的"
    return found, mapping


def test_a_confirmed_table_is_read_whatever_the_order_of_its_columns(diary, tmp_path):
    found, mapping = confirmed(diary)
    memory = Memory().with_mapping(found.digest, mapping)
    (result,) = read_files([diary], memory=Memory.of({"mappings": memory.mappings}))
    assert (result.error, len(result.entries)) == (None, 2)
    turned = tmp_path / "next.csv"
    turned.write_text("多少钱;哪天;谁给的\n80,00;15.08.2026;李老板\n", "utf-8")
    (other,) = read_files([turned], memory=memory)
    assert [str(entry.money) for entry in other.entries] == ["80.00"]
    assert other.entries[0].counterparty == "李老板"
    assert read_file(turned).error == "unknown_format"
    assert read_file(turned, memory=memory.with_mapping(found.digest, None)).error == "unknown_format"


def test_a_reader_that_knows_its_source_goes_before_what_was_confirmed(samples):
    path = samples / "alipay_app_csv" / "syn_alipay_gig.csv"
    found = guess_file(path)
    assert found is not None
    memory = Memory().with_mapping(found.digest, {**found.as_mapping(), "currency": "USD"})
    assert read_file(path, memory=memory).format == "alipay_app_csv"


@pytest.mark.parametrize("stored", [{}, {"mappings": {"d": 3}}, {"currencies": {"lazada": None}}, {"x": {}}])
def test_what_cannot_be_used_of_a_memory_is_passed_over(stored):
    assert Memory.of(stored) == Memory()


def test_a_mapping_of_another_version_is_passed_over(diary):
    found, _mapping = confirmed(diary)
    memory = Memory().with_mapping(found.digest, {"columns": {"mood": "哪天"}})
    assert read_file(diary, memory=memory).error == "unknown_format"


def test_the_preview_reads_the_first_rows_as_the_file_will_be_read(diary):
    found, mapping = confirmed(diary)
    shown, whole = preview(found, mapping), read_file(diary, mapping=mapping)
    assert [entry.money for entry in shown.entries] == [entry.money for entry in whole.entries]
    with pytest.raises(InputError):
        preview(found, {"columns": {"amount": "多少钱"}})


def test_a_currency_once_said_holds_for_the_source_and_makes_other_lines(samples):
    path = samples / "lazada_income" / "syn_lazada_income.csv"
    assumed = read_file(path)
    assert assumed.assumed_currency == "MYR"
    said = read_file(path, memory=Memory().with_currency("lazada", "THB"))
    assert {entry.money.currency for entry in said.entries} == {"THB"}
    assert said.assumed_currency == ""
    assert not {entry.key for entry in said.entries} & {entry.key for entry in assumed.entries}
    same = read_file(path, currency="MYR")
    assert [entry.key for entry in same.entries] == [entry.key for entry in assumed.entries]


def test_the_days_of_sale_and_payout_are_both_kept(samples):
    shopee = read_file(next((samples / "shopee_income_xlsx").glob("*.xlsx")))
    sales = [entry for entry in shopee.entries if entry.kind is Kind.INCOME]
    assert all(entry.sold is not None and entry.sold <= entry.day for entry in sales)
    stripe = read_file(samples / "stripe_csv" / "syn_stripe_balance_itemized.csv")
    assert stripe.entries[0].settled == date(2026, 8, 5)  # when it leaves, not when it is available
    assert stripe.entries[0].days_to_payout == 4
    amazon = read_file(samples / "amazon_settlement_v2" / "syn_settlement_de.txt")
    waits = {entry.days_to_payout for entry in amazon.entries if entry.kind is Kind.INCOME}
    assert waits
    assert None not in waits
    assert all(
        entry.days_to_payout is None
        for entry in read_file(samples / "alipay_app_csv" / "syn_alipay_gig.csv").entries
    )
