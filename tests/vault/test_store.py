"""The vault keeps what it is given, whole or not at all, and nobody reads it without its key."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.values import InputError, Kind, LedgerEntry, Money, Month, SkippedRow, WenbaoError
from planner.vault import Rule, Store, backups, header, schema
from planner.vault.connection import DATABASE, connect, open_existing


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
def store() -> Iterator[Store]:
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


def test_every_edit_can_be_taken_back_and_made_again(store: Store) -> None:
    person = store.create_person("a").id
    file = add(store, person, line("1"), line("2"))
    step = store.add_step(person, {"what": "x"})
    first, second = (one.id for one in store.entries(person))

    def state() -> tuple[object, ...]:
        return (
            store.people(), store.answers(person), store.typed_months(person), store.entries(person),
            store.rules(person), store.steps(person),
        )  # fmt: skip

    edits = [
        ("rename", lambda: store.rename(person, "b")),
        ("answers", lambda: store.save_answers(person, {"born": "1990-05"})),
        ("answers", lambda: store.save_answers(person, {"born": "1991-05"})),
        ("typed_months", lambda: store.save_typed_months(person, [{"month": "2026-08", "cny": "1"}])),
        ("kind", lambda: store.set_kind([first, second], Kind.NEUTRAL)),
        ("included", lambda: store.set_included([first], False)),
        ("included", lambda: store.set_included([first], None)),
        ("rule", lambda: store.save_rule(person, Rule("wechat", "transfer", "", Kind.FEE))),
        ("rule", lambda: store.save_rule(person, Rule("wechat", "transfer", "", Kind.INCOME, False))),
        ("rule", lambda: store.save_rule(person, Rule("wechat", "transfer"))),
        ("step_done", lambda: store.set_step_done(step, date(2026, 12, 1))),
        ("remove_step", lambda: store.remove_step(step)),
        ("included", lambda: store.set_included([second], False)),
        ("rule", lambda: store.save_rule(person, Rule("wechat", "transfer", "", None, False), [second])),
        ("remove_import", lambda: store.remove_import(file)),
        ("add_imports", lambda: add(store, person, line("1"), line("3"))),
        ("delete_person", lambda: store.delete_person(person)),
    ]
    states = [state()]
    for _what, edit in edits:
        edit()
        states.append(state())
        assert states[-1] != states[-2]
    for (what, _edit), before in zip(reversed(edits), reversed(states[:-1]), strict=True):
        undone = store.undo(person)
        assert undone is not None
        assert undone.what == what
        assert state() == before
    first_of_all = store.undoable(person)
    assert first_of_all is not None
    assert first_of_all.what == "add_imports"
    for (what, _edit), after in zip(edits, states[1:], strict=True):
        again = store.redo(person)
        assert again is not None
        assert again.what == what
        assert state() == after
    assert store.redo(person) is None


def test_a_new_edit_ends_redo_and_no_edit_is_noted_for_nothing(store: Store) -> None:
    person = store.create_person("a").id
    store.save_answers(person, {"born": "1990-05"})
    store.save_answers(person, {"born": "1990-05"})
    store.undo(person)
    assert store.undoable(person) is None
    store.save_answers(person, {"born": "1992-05"})
    assert store.redoable(person) is None
    assert store.answers(person) == {"born": "1992-05"}


def test_undo_works_after_reopening_and_not_upon_what_is_erased(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    person = store.create_person("a").id
    store.save_answers(person, {"born": "1990-05"})
    store.close()
    store = Store.open(tmp_path)
    store.undo(person)
    assert store.answers(person) == {}
    store.remove_import(add(store, person, line("1")))
    store.close()
    store = Store.open(tmp_path)
    assert store.undo(person) is None
    assert store.entries(person) == []
    store.close()


def test_a_full_disk_stops_an_import_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path)
    person = store.create_person("a").id
    add(store, person, line("1"))
    pages = store._rows("PRAGMA page_count")[0][0]

    def nearly_full(folder: Path) -> Any:
        connection = open_existing(folder)
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr("planner.vault.store.open_existing", nearly_full)
        with pytest.raises(WenbaoError) as caught:
            add(store, person, *(line(f"n{number}") for number in range(2000)))
    assert caught.value.code == "disk_full"
    assert [one.entry.key for one in store.entries(person)] == ["1"]
    add(store, person, line("2"))
    assert store.is_whole()
    store.close()


def test_nobody_waits_for_files_that_are_being_stored(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    person = store.create_person("a").id
    add(store, person, line("1"))
    seen = []

    def look() -> None:
        store.set_setting("last_page", "rules")
        seen.append((store.setting("last_page"), len(store.entries(person)), store.answers(person)))

    with store._aside() as connection, store._transaction(connection):
        connection.execute("DELETE FROM import_entry")
        other = threading.Thread(target=look)
        other.start()
        other.join(20)
        assert seen == [("rules", 1, {})]
    add(store, person, line("2"))
    store.close()
    again = Store.open(tmp_path)
    assert again.setting("last_page") == "rules"
    again.set_setting("last_page", "people")
    again.close()


def test_a_setting_that_waits_is_kept_at_the_latest_when_the_vault_closes(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store._aside() as connection, store._transaction(connection):
        other = threading.Thread(target=store.set_setting, args=("theme", "dark"))
        other.start()
        other.join(20)
    store.close()
    again = Store.open(tmp_path)
    assert again.setting("theme") == "dark"
    again.close()


def test_a_read_only_vault_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store._rows("PRAGMA query_only = ON")
    with pytest.raises(WenbaoError) as caught:
        store.create_person("a")
    assert caught.value.code == "vault_read_only"
    store.close()


def test_another_program_holding_the_vault_is_said(tmp_path: Path) -> None:
    store, other = Store.open(tmp_path), Store.open(tmp_path)
    other._rows("PRAGMA busy_timeout = 10")
    with store._transaction(), pytest.raises(WenbaoError) as caught:
        other.create_person("a")
    assert caught.value.code == "vault_busy"
    other.create_person("b")
    assert [one.name for one in store.people()] == ["b"]
    store.close()
    other.close()


def test_a_folder_that_cannot_be_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("a file", "utf-8")
    with pytest.raises(WenbaoError) as caught:
        Store.open(tmp_path / "vault")
    assert caught.value.code == "vault_unreachable"


def test_a_changed_page_is_found(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    person = store.create_person("a").id
    add(store, person, *(line(str(number)) for number in range(500)))
    assert store.is_whole()
    store.close()
    path = tmp_path / DATABASE
    raw = bytearray(path.read_bytes())
    raw[len(raw) - 2000] ^= 0xFF
    path.write_bytes(raw)
    again = Store.open(tmp_path)
    assert not again.is_whole()
    again.close()


@pytest.mark.parametrize("stage", ["header", "empty", "half"])
def test_a_first_start_cut_short_begins_anew(tmp_path: Path, stage: str) -> None:
    """Killed after the key was written, after the file was made, or within the first transaction."""
    header.create(tmp_path)
    if stage != "header":
        (tmp_path / DATABASE).touch()
    if stage == "half":
        connection = connect(tmp_path / DATABASE, header.read(tmp_path)[0].key)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY)")
        connection.close()
    store = Store.open(tmp_path)
    store.create_person("a")
    assert store.is_whole()
    store.close()


def test_the_older_generation_of_the_key_file_still_opens_a_vault_not_yet_changed_over(
    tmp_path: Path,
) -> None:
    Store.open(tmp_path).close()
    header.create(tmp_path)  # a new key was written, then the power went
    store = Store.open(tmp_path)
    assert store.is_whole()
    store.close()


def test_lines_of_the_first_version_are_there_after_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        old.setattr(schema, "VERSION", 1)
        store = Store.open(tmp_path)
        person = store.create_person("a").id
        with store._transaction() as connection:
            connection.execute(
                "INSERT INTO import VALUES (1, ?, 'f', 'd', 'x', 'now', '{}', NULL)", (person,)
            )
            connection.execute(
                "INSERT INTO entry VALUES (1, ?, 'wechat', 'k', 'income', 1250, 'CNY', '2026-07-03',"
                " '2026-07', 'c', 'd', 'r', 0, NULL)",
                (person,),
            )
            connection.execute("INSERT INTO import_entry VALUES (1, 1, 17)")
        store.close()
    again = Store.open(tmp_path)
    (one,) = again.entries(person)
    assert (one.entry.money, one.entry.settled, one.entry.sold) == (Money(1250), None, None)
    assert [each.name for each in backups(tmp_path)] == [f"before-version-{schema.VERSION}"]
    later = replace(one.entry, key="l", settled=date(2026, 7, 9), sold=date(2026, 7, 1))
    again.add_import(person, "g", "e", "x", [later])
    kept = next(each.entry for each in again.entries(person) if each.entry.key == "l")
    assert (kept.settled, kept.sold, kept.days_to_payout) == (date(2026, 7, 9), date(2026, 7, 1), 8)
    again.close()


def test_an_upgrade_that_breaks_off_leaves_the_old_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path)
    store.create_person("a")
    store.close()

    def breaks(connection: object) -> None:
        schema._run(connection, "CREATE TABLE later (id INTEGER) STRICT;")
        raise RuntimeError("broke off")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, breaks))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(RuntimeError):
        Store.open(tmp_path)
    before = [each.name for each in backups(tmp_path)]
    monkeypatch.undo()
    assert before == [f"before-version-{schema.VERSION + 1}"]
    again = Store.open(tmp_path)
    assert [one.name for one in again.people()] == ["a"]
    assert again._rows("SELECT name FROM sqlite_master WHERE name = 'later'") == []
    again.close()


def test_a_consent_is_for_one_purpose_and_its_end_erases_what_it_allowed(store: Store) -> None:
    person = store.create_person("a").id
    for purpose in ("income", "wallets", "health"):
        store.give_consent(person, purpose)
    assert store.consents(person) == ("health", "income", "wallets")
    add(store, person, line("1"))
    store.save_answers(person, {"born": "1990-05", "events": [{"kind": "injury"}]})
    store.withdraw_consent(person, "health")
    assert store.consents(person) == ("income", "wallets")
    assert store.answers(person) == {"born": "1990-05"}
    assert store.undo(person) is None
    assert len(store.entries(person)) == 1
    store.withdraw_consent(person, "income")
    assert len(store.entries(person)) == 1
    store.withdraw_consent(person, "wallets")
    assert store._rows("SELECT count(*) FROM entry") == [(0,)]
    with pytest.raises(ValueError, match="unknown purpose"):
        store.give_consent(person, "anything")


def test_what_is_kept_holds_no_floats(store: Store) -> None:
    for (table,) in store._rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        types = {row[2] for row in store._rows(f"PRAGMA table_info({table})")}
        assert types <= {"INTEGER", "TEXT"}, table


def test_opening_brings_in_nothing_heavy() -> None:
    heavy = "{'numpy', 'pandas', 'PySide6', 'cryptography'}"
    code = f"import sys, planner.vault; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


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


def test_what_was_remembered_for_files_to_come_is_taken_back_like_any_edit(store: Store) -> None:
    first, second = store.create_person("a").id, store.create_person("b").id
    store.remember(first, "currencies", "lazada", "THB")
    store.remember(second, "mappings", "0f", {"columns": {"date": "哪天"}})
    store.remember(first, "currencies", "lazada", "MYR")
    assert store.remembered() == {
        "currencies": {"lazada": "MYR"},
        "mappings": {"0f": {"columns": {"date": "哪天"}}},
    }
    edit = store.undo(first)
    assert edit is not None
    assert edit.what == "remembered"
    assert store.remembered()["currencies"] == {"lazada": "THB"}
    store.undo(first)
    assert list(store.remembered()) == ["mappings"]  # of the other person: not touched
    store.redo(first)
    store.remember(first, "currencies", "lazada", None)
    assert store.undo(first) is not None
    assert store.remembered()["currencies"] == {"lazada": "THB"}


@pytest.mark.parametrize("damaged", [False, True])
def test_what_the_second_version_remembered_is_there_after_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
        old.setattr(schema, "VERSION", 2)
        store = Store.open(tmp_path)
        text = '{"currencies": {"lazada": "THB"}, "mappings": {"0f": {"columns": {}}}}'
        store.set_setting("earnings_memory", text[: 20 if damaged else None])
        store.set_setting("language", "en")
        store.close()
    again = Store.open(tmp_path)
    whole = {"currencies": {"lazada": "THB"}, "mappings": {"0f": {"columns": {}}}}
    assert again.remembered() == ({} if damaged else whole)
    assert (again.setting("earnings_memory"), again.setting("language")) == (None, "en")
    again.close()


class Shelf:
    """Rows beside the vault, in a dictionary; a full one takes none."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.is_full = False

    def read(self, key: Mapping[str, Any]) -> dict[str, Any] | None:
        return self.rows.get(key["name"])

    def write(self, key: Mapping[str, Any], row: Mapping[str, Any] | None) -> None:
        if self.is_full:
            raise InputError("full", "full")
        self.rows.pop(key["name"], None)
        if row is not None:
            self.rows[key["name"]] = dict(row)


def test_rows_beside_the_vault_are_turned_in_everybodys_order(store: Store) -> None:
    shelf = Shelf()
    store.keepers = {"shelf": lambda: shelf}
    first, second = store.create_person("a").id, store.create_person("b").id
    store.save_answers(first, {"born": "1990-05"})
    store.save_answers(second, {"born": "1991-05"})
    store.change_beside("shelf", {"name": "x"}, {"value": "1"})
    store.change_beside("shelf", {"name": "x"}, {"value": "1"})  # nothing new: no edit
    store.change_beside("shelf", {"name": "x"}, {"value": "2"})
    store.save_answers(first, {"born": "1992-05"})

    store.undo(second)
    assert shelf.rows == {"x": {"value": "1"}}
    assert store.answers(first) == {"born": "1992-05"}
    store.undo(first)
    assert (store.answers(first), shelf.rows) == ({"born": "1990-05"}, {"x": {"value": "1"}})
    store.undo(None)
    assert shelf.rows == {}
    assert store.undo(None) is None
    store.undo(second)
    assert store.answers(second) == {}
    for _edit in range(3):
        store.redo(second)
    assert (store.answers(second), shelf.rows) == ({"born": "1991-05"}, {"x": {"value": "2"}})
    store.delete_person(first)
    assert store.undo(second) is not None
    store.change_beside("shelf", {"name": "y"}, {"value": "1"})
    assert [store.redoable(person) for person in (first, second, None)] == [None, None, None]


def test_a_row_that_its_keeper_refuses_leaves_the_journal_as_it_was(store: Store) -> None:
    shelf = Shelf()
    store.keepers = {"shelf": lambda: shelf}
    person = store.create_person("a").id
    store.change_beside("shelf", {"name": "x"}, {"value": "1"})
    shelf.is_full = True
    with pytest.raises(InputError):
        store.change_beside("shelf", {"name": "x"}, None)
    with pytest.raises(InputError):
        store.undo(person)
    shelf.is_full = False
    assert store.undo(person) is not None
    assert shelf.rows == {}


def test_the_third_versions_edits_are_there_after_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        old.setattr(schema, "VERSION", 3)
        store = Store.open(tmp_path)
        person = store.create_person("a").id
        store.save_answers(person, {"born": "1990-05"})
        store.save_answers(person, {"born": "1992-05"})
        store.undo(person)
        store.close()
    again = Store.open(tmp_path)
    assert again.is_whole()
    again.redo(person)
    assert again.answers(person) == {"born": "1992-05"}
    again.undo(person)
    again.undo(person)
    assert again.answers(person) == {}
    again.delete_person(person)
    again.close()
    last = Store.open(tmp_path)
    assert last._rows("SELECT * FROM edit") == []  # a person's edits still go with them
    last.close()
