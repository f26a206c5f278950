"""A copy a day, a week of them, each opens by itself and can be put back."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from planner.values import WenbaoError
from planner.vault import Store, backups, header, restore
from planner.vault.connection import DATABASE

NOW = datetime(2026, 11, 24, 12, 0)  # noqa: DTZ001 - the wall's time


def names(store: Store) -> list[str]:
    return [one.name for one in store.people()]


def test_one_copy_a_day_and_a_week_of_them(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    for number in range(10):
        day = date(2026, 11, 1) + timedelta(number)
        assert store.back_up_daily(day) is not None
        assert store.back_up_daily(day) is None
    store.close()
    assert [each.day for each in backups(tmp_path)] == [date(2026, 11, number) for number in range(10, 3, -1)]


def test_a_copy_holds_what_was_not_yet_moved_out_of_the_write_ahead_log(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.create_person("a")
    made = store.back_up_daily(NOW.date())
    assert made is not None
    assert not (made.folder / DATABASE).read_bytes().startswith(b"SQLite format 3")
    copy = Store.open(made.folder)
    assert names(copy) == ["a"]
    copy.close()
    store.close()


@pytest.mark.parametrize("damage", ["none", "file", "key"])
def test_a_copy_is_put_back_and_what_was_there_is_kept(tmp_path: Path, damage: str) -> None:
    store = Store.open(tmp_path)
    store.create_person("a")
    made = store.back_up_daily(NOW.date())
    assert made is not None
    store.create_person("b")
    store.close()
    if damage == "file":
        (tmp_path / DATABASE).write_bytes(os.urandom(4096))
    if damage == "key":
        (tmp_path / header.FILE).unlink()
    aside = restore(tmp_path, made.folder, NOW)
    again = Store.open(tmp_path)
    assert names(again) == ["a"]
    assert again.is_whole()
    again.close()
    if damage == "none":
        old = Store.open(aside)
        assert names(old) == ["a", "b"]
        old.close()


def test_a_damaged_copy_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.create_person("a")
    made = store.back_up_daily(NOW.date())
    assert made is not None
    store.create_person("b")
    store.close()
    (made.folder / DATABASE).write_bytes(os.urandom(8192))
    with pytest.raises(WenbaoError) as caught:
        restore(tmp_path, made.folder, NOW)
    assert caught.value.code == "vault_damaged"
    with pytest.raises(WenbaoError) as caught:
        restore(tmp_path, tmp_path / "nowhere", NOW)
    assert caught.value.code == "no_backup"
    again = Store.open(tmp_path)
    assert names(again) == ["a", "b"]
    again.close()


def test_a_copy_that_was_cut_short_is_no_copy(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    partial = tmp_path / "backups" / "2026-11-01.partial"
    partial.mkdir(parents=True)
    (partial / DATABASE).touch()
    assert backups(tmp_path) == []
