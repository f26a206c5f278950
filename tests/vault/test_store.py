"""The vault keeps what it is given, whole or not at all, and nobody reads it without its key."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow, WenbaoError
from planner.vault import Rule, Store, schema
from planner.vault.store import DATABASE


def line(key: str, yuan: int = 10, kind: Kind = Kind.INCOME, who: str = "某某配送") -> LedgerEntry:
    return LedgerEntry(
        source="wechat",
        key=key,
        kind=kind,
        money=Money(yuan * 100),
        day=date(2026, 8, 3),
        month=Month(2026, 8),
        counterparty=who,
        description="跑单收入",
        reason="transfer",
        doubtful=True,
        line=7,
    )


@pytest.fixture
def store():
    opened = Store.in_memory()
    yield opened
    opened.close()


def add(store: Store, person: int, *entries: LedgerEntry, file: str = "a.csv") -> int:
    return store.add_import(person, file, "digest", "wechat_csv", entries, [SkippedRow(3, "empty")]).id


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "vault")
    person = store.create_person("小王").id
    store.save_answers(person, {"born": "1990-05", "essentials": "3000.50"})
    store.save_typed_months(person, [{"month": "2026-08", "cny": "5000"}])
    add(store, person, line("1"), line("2", 20))
    store.log_card(person, date(2026, 11, 24), "N06", "accepted", {"facts": []})
    store.add_step(person, {"what": "去社保所"}, date(2026, 12, 1))
    store.set_setting("language", "en")
    before = (store.entries(person), store.imports(person), store.card_log(person), store.steps(person))
    store.close()

    again = Store.open(tmp_path / "vault")
    assert [one.name for one in again.people()] == ["小王"]
    assert again.answers(person) == {"born": "1990-05", "essentials": "3000.50"}
    assert again.typed_months(person) == [{"month": "2026-08", "cny": "5000"}]
    assert (
        again.entries(person), again.imports(person), again.card_log(person), again.steps(person)
    ) == before  # fmt: skip
    assert again.setting("language") == "en"
    assert again.is_whole()
    again.close()


def test_nobody_reads_the_file_without_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    store = Store.open(folder)
    person = store.create_person("小王").id
    add(store, person, *(line(str(number), who="没有人该读到这句话") for number in range(300)))
    store.close()
    raw = b"".join(path.read_bytes() for path in folder.glob("vault.db*"))
    assert len(raw) > 20_000
    assert "没有人该读到这句话".encode() not in raw
    assert not raw.startswith(b"SQLite format 3")
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.glob("vault.*"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_importing_twice_changes_nothing(store: Store) -> None:
    person = store.create_person("a").id
    first = store.add_import(person, "a.csv", "d", "f", [line("1"), line("2")])
    second = store.add_import(person, "b.csv", "e", "f", [line("2"), line("1"), line("3")])
    assert (first.added, first.known) == (2, 0)
    assert (second.added, second.known) == (1, 2)
    assert [one.entry.key for one in store.entries(person)] == ["1", "2", "3"]


def test_taking_a_file_out_keeps_what_another_has_and_can_be_undone(store: Store) -> None:
    person = store.create_person("a").id
    first, _second = add(store, person, line("1"), line("2")), add(store, person, line("2"), line("3"))
    store.remove_import(first)
    assert [one.entry.key for one in store.entries(person)] == ["2", "3"]
    store.restore_import(first)
    assert [one.entry.key for one in store.entries(person)] == ["1", "2", "3"]


def test_a_failing_import_leaves_nothing(store: Store) -> None:
    person = store.create_person("a").id
    add(store, person, line("1"))

    def broken():
        yield line("2")
        raise RuntimeError("the reader broke")

    with pytest.raises(RuntimeError):
        store.add_import(person, "b.csv", "d", "f", broken())
    assert [one.entry.key for one in store.entries(person)] == ["1"]
    assert len(store.imports(person)) == 1


def test_decisions_beat_rules_and_rules_beat_the_reader(store: Store) -> None:
    person = store.create_person("a").id
    add(store, person, line("1"), line("2"), line("3", who="妈妈"))
    store.save_rule(person, Rule("wechat", "transfer", "妈妈", included=False))
    first = store.entries(person)[0].id
    store.set_kind([first], Kind.NEUTRAL)
    found = {one.entry.key: (one.kind, one.included, one.decided) for one in store.entries(person)}
    assert found == {
        "1": (Kind.NEUTRAL, True, "entry"),
        "2": (Kind.INCOME, True, ""),
        "3": (Kind.INCOME, False, "rule"),
    }
    store.set_kind([first], None)
    store.save_rule(person, Rule("wechat", "transfer", "妈妈"))
    assert all(one.included and one.kind is Kind.INCOME for one in store.entries(person))


def test_the_log_is_append_only(store: Store) -> None:
    person = store.create_person("a").id
    store.log_card(person, date(2026, 1, 1), "N08", "declined", {})
    for statement in ("UPDATE card_log SET choice = 'accepted'", "DELETE FROM card_log"):
        with pytest.raises(Exception, match="append-only"):
            store._connection.execute(statement)
    assert [one["choice"] for one in store.card_log(person)] == ["declined"]


def test_a_deleted_person_can_come_back_until_the_next_start(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    person = store.create_person("a").id
    add(store, person, line("1"))
    store.log_card(person, date(2026, 1, 1), "N08", "declined", {})
    store.delete_person(person)
    assert store.people() == []
    store.restore_person(person)
    assert len(store.entries(person)) == 1
    store.delete_person(person)
    store.close()
    again = Store.open(tmp_path)
    for table in ("person", "entry", "import", "import_entry", "card_log", "skipped"):
        assert again._rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    again.close()


def test_the_key_file_survives_a_torn_write(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.create_person("a")
    store.close()
    (tmp_path / "vault.json.previous").write_bytes((tmp_path / "vault.json").read_bytes())
    (tmp_path / "vault.json").write_text("{", "utf-8")
    again = Store.open(tmp_path)
    assert len(again.people()) == 1
    again.close()


def test_a_lost_key_is_said_and_no_new_one_is_made(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    (tmp_path / "vault.json").unlink()
    with pytest.raises(WenbaoError) as caught:
        Store.open(tmp_path)
    assert caught.value.code == "vault_key_missing"
    assert not (tmp_path / "vault.json").exists()


def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    path = tmp_path / DATABASE
    path.write_bytes(os.urandom(8192))
    before = path.read_bytes()
    with pytest.raises(WenbaoError) as caught:
        Store.open(tmp_path)
    assert caught.value.code == "vault_damaged"
    assert path.read_bytes() == before


def test_a_vault_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store._connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    store.close()
    with pytest.raises(WenbaoError) as caught:
        Store.open(tmp_path)
    assert caught.value.code == "vault_too_new"


def test_a_backup_opens_by_itself(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "vault")
    person = store.create_person("a").id
    add(store, person, line("1"))
    store.back_up(tmp_path / "copy")
    store.close()
    copy = Store.open(tmp_path / "copy")
    assert len(copy.entries(person)) == 1
    copy.close()


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 12), max_size=8), min_size=1, max_size=5))
def test_any_order_of_overlapping_files_gives_the_same_ledger(files: list[list[int]]) -> None:
    store = Store.in_memory()
    forward, backward = store.create_person("a").id, store.create_person("b").id
    for number, keys in enumerate(files):
        add(store, forward, *(line(str(key)) for key in keys), file=str(number))
    for number, keys in reversed(list(enumerate(files))):
        add(store, backward, *(line(str(key)) for key in keys), file=str(number))
    wanted = {str(key) for keys in files for key in keys}
    for person in (forward, backward):
        assert {one.entry.key for one in store.entries(person)} == wanted
    store.close()
