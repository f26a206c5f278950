"""A reader from another distribution takes part like the program's own."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from planner.earnings import registry
from planner.earnings.reader import CERTAIN, ENTRY_POINTS, Reader, Reading
from planner.values import Kind, Money


class _Diary:
    source = "diary"

    def recognise(self, document):
        return CERTAIN if "dear diary" in document.head_text else 0.0

    def read(self, document):
        from datetime import date

        from planner.values import Month

        reading = Reading("diary_txt", self.source, last_day=document.last_day, data_rows=1)
        day = date(2026, 7, 1)
        reading.add(2, "1", Kind.INCOME, Money(100), day, Month.of(day), reason="payment_received")
        return reading.finish()


DIARY = _Diary()


@pytest.fixture
def plug_ins(monkeypatch):
    def install(*points: EntryPoint) -> None:
        monkeypatch.setattr(registry, "entry_points", lambda group: points if group == ENTRY_POINTS else ())
        registry.all_readers.cache_clear()

    yield install
    monkeypatch.undo()
    registry.all_readers.cache_clear()


def test_every_own_reader_keeps_the_contract():
    readers = registry.all_readers()
    assert {reader.source for reader in readers} >= {
        "alipay",
        "wechat",
        "amazon",
        "payoneer",
        "paypal",
        "cmb",
        "generic",
    }
    assert all(isinstance(reader, Reader) for reader in readers)


def test_a_reader_by_entry_point_is_asked_and_reads(plug_ins, read, monkeypatch):
    monkeypatch.setattr(EntryPoint, "load", lambda _self: DIARY)
    plug_ins(EntryPoint("diary", "somewhere:DIARY", ENTRY_POINTS))
    result = read("dear diary\nI earned one yuan\n", "diary.txt")
    assert (result.format, result.source, result.rows[Kind.INCOME]) == ("diary_txt", "diary", 1)


def test_a_broken_plug_in_is_named_and_takes_nothing_away(plug_ins, read, samples):
    plug_ins(EntryPoint("broken", "no_such_module:READER", ENTRY_POINTS))
    with pytest.warns(RuntimeWarning, match="broken"):
        registry.all_readers()
    assert read((samples / "payoneer_csv" / "syn_payoneer.csv").read_bytes()).format == "payoneer_csv"
