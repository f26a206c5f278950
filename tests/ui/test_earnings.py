"""Earnings: what is dropped counts once and is kept, what is not pay goes out, trouble harms nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
import pyzipper
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from planner import text
from planner.ui.main_window import MainWindow
from planner.ui.pages.earnings import EarningsPage
from planner.values import Month
from planner.vault import Store

Bill = Callable[..., Path]


DRY = tuple(map(Decimal, (9000, 0, 0, 3000, 0, 0)))


def earnings(window: MainWindow) -> EarningsPage:
    window.open_page("earnings")
    return cast(EarningsPage, window.pages["earnings"])


def read(page: EarningsPage, qtbot: QtBot, *paths: Path, password: str | None = None) -> None:
    page.import_files(list(paths), password)
    qtbot.waitUntil(lambda: page._task is None, timeout=20_000)


def banners(page: EarningsPage) -> str:
    return "\n".join(banner.text for banner in page.banners.shown())


def waiting(page: EarningsPage) -> str:
    """What is said of files that still need something."""
    return "\n".join(one.text() for one in page.unfinished.findChildren(QLabel))


def total(page: EarningsPage) -> Decimal:
    return page.workspace.picture.total


def test_three_bills_dropped_together_become_months_in_yuan(
    window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    files = [
        data / "samples" / "alipay_app_csv" / "syn_alipay_gig.csv",
        data / "samples" / "wechat_xlsx" / "deg_wechat_records_2026.xlsx",
        data / "samples" / "amazon_settlement_v2" / "syn_settlement_de.txt",
    ]
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(
        QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    page = window.page
    assert isinstance(page, EarningsPage)
    qtbot.waitUntil(lambda: page._task is None, timeout=20_000)
    assert banners(page).startswith("3 files read")
    assert [line.format for line in page.workspace.earnings.files] == [
        "alipay_app_csv",
        "wechat_xlsx",
        "amazon_settlement_v2",
    ]
    months = {month.month: month for month in page.workspace.picture.months}
    assert months[Month(2026, 9)].by_source["alipay"] == Decimal("5966.50")
    assert {line.money.currency for line in page.workspace.earnings.conversions} == {"EUR"}
    assert all(line.rate_day <= line.day for line in page.workspace.earnings.conversions)
    assert page.foreign.card.isVisibleTo(page)
    assert page.chart_card.isVisibleTo(page)


def test_an_empty_page_says_what_to_do(window: MainWindow) -> None:
    page = earnings(window)
    assert "Drop the bills" in page.answer.sentence.text()
    for hidden in (page.chart_card, page.files_card, page.review_card, page.pairs_card, page.foreign.card):
        assert not hidden.isVisibleTo(page)
    assert page.months.isVisibleTo(page)


def test_the_same_file_again_changes_nothing(window: MainWindow, qtbot: QtBot, bill: Bill) -> None:
    page = earnings(window)
    file = bill()
    read(page, qtbot, file)
    before = total(page)
    read(page, qtbot, file)
    assert total(page) == before
    assert "Nothing is counted twice" in banners(page)
    read(page, qtbot, bill(160, name="longer.csv"))
    assert "120 more are in another file too and count once" in banners(page)


def test_what_was_read_is_there_after_a_restart(
    open_window: Callable[[], MainWindow], qtbot: QtBot, bill: Bill
) -> None:
    page = earnings(open_window())
    read(page, qtbot, bill())
    page.months.model_.setData(page.months.model_.index(0, 1), "4,200 元")
    before = page.workspace.picture
    again = open_window()
    assert isinstance(again.page, EarningsPage)
    assert again.workspace.picture == before
    assert again.workspace.earnings.typed_amounts == {Month(2026, 10): Decimal("4200.00")}
    assert again.page.chart_card.isVisibleTo(again.page)
    again.workspace.earnings_edited()
    assert again.workspace.picture == again.workspace.earnings.picture, "alone as in the whole view"
    assert again.workspace.has_files


def test_a_red_packet_is_ticked_out_and_back_with_undo(window: MainWindow, qtbot: QtBot, bill: Bill) -> None:
    page = earnings(window)
    read(page, qtbot, bill(packets=3))
    whole = total(page)
    table = page.review.table
    assert table.ticks.rowCount() == 3
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert total(page) == whole - page.workspace.earnings.doubtful[0].entry.money.amount
    assert window.undo_button.toolTip() == "Undo: what counts as pay"
    window.undo_button.click()
    assert total(page) == whole
    window.redo_button.click()
    assert total(page) < whole


def test_all_alike_go_out_together_also_those_still_to_come(
    window: MainWindow, qtbot: QtBot, bill: Bill
) -> None:
    page = earnings(window)
    read(page, qtbot, bill(60, packets=1))
    page.review.table.selectRow(0)
    page.review.out_alike.click()
    assert [one.included for one in page.workspace.earnings.doubtful] == [False]
    read(page, qtbot, bill(60, packets=1, name="next.csv", first=1000))
    assert [one.included for one in page.workspace.earnings.doubtful] == [False, False]
    window.workspace.undo()
    window.workspace.undo()
    assert [one.included for one in page.workspace.earnings.doubtful] == [True]


def test_a_file_is_removed_and_brought_back(window: MainWindow, qtbot: QtBot, bill: Bill) -> None:
    page = earnings(window)
    read(page, qtbot, bill())
    whole = total(page)
    remove = next(b for b in page.files.findChildren(QPushButton) if b.accessibleName() == "Remove bill.csv")
    remove.click()
    assert not page.workspace.picture.months
    window.workspace.undo()
    assert total(page) == whole
    window.workspace.undo()
    assert not page.workspace.earnings.files
    window.workspace.redo()
    assert total(page) == whole


def test_no_statement_is_said_and_the_others_are_kept(
    window: MainWindow, qtbot: QtBot, bill: Bill, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear friend, this is a letter.\n")
    page = earnings(window)
    read(page, qtbot, letter, bill(), tmp_path / "gone.csv")
    said = banners(page)
    assert "letter.txt: This is no statement that the program can read." in waiting(page)
    assert "gone.csv: There is no file at this place." in said
    assert "1 file read" in said
    assert [line.file_name for line in page.workspace.earnings.files] == ["bill.csv"]
    text.use("zh")
    window.retranslate()
    assert "letter.txt：这不是程序能读的账单。" in waiting(page)


def test_a_locked_archive_asks_for_its_password(
    window: MainWindow, qtbot: QtBot, bill: Bill, tmp_path: Path
) -> None:
    archive = tmp_path / "bill.zip"
    with pyzipper.AESZipFile(archive, "w", encryption=pyzipper.WZ_AES) as zipped:
        zipped.setpassword(b"246810")
        zipped.write(bill(), "bill.csv")
    page = earnings(window)
    read(page, qtbot, archive)
    (line,) = page.unfinished.password_lines()
    assert not page.workspace.earnings.files
    line.setText("111111")
    line.returnPressed.emit()
    qtbot.waitUntil(lambda: page._task is None, timeout=20_000)
    assert any("does not open it" in one.text() for one in page.unfinished.findChildren(QLabel))
    (line,) = page.unfinished.password_lines()
    line.setText("246810")
    line.returnPressed.emit()
    qtbot.waitUntil(lambda: page._task is None, timeout=20_000)
    assert not page.unfinished.password_lines()
    assert page.workspace.picture.months


def test_a_password_wrong_again_and_again_is_told_where_to_find_the_right_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    archive = tmp_path / "bill.zip"
    with pyzipper.AESZipFile(archive, "w", encryption=pyzipper.WZ_AES) as zipped:
        zipped.setpassword(b"246810")
        zipped.writestr("bill.csv", "x")
    page = earnings(window)
    read(page, qtbot, archive)
    for _again in range(3):
        (line,) = page.unfinished.password_lines()
        line.setText("111111")
        line.returnPressed.emit()
        qtbot.waitUntil(lambda: page._task is None, timeout=20_000)
    assert "Each bill has a password of its own" in waiting(page)
    (line,) = page.unfinished.password_lines()
    assert "Each bill has a password of its own" in line.accessibleDescription()


def test_no_file_that_failed_is_left_unsaid(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = earnings(window)
    gone = [tmp_path / f"gone{number}.csv" for number in range(6)]
    read(page, qtbot, *gone)
    assert all(path.name in banners(page) for path in gone)
    assert len(page.banners.shown()) == 1


def test_who_has_bills_sees_the_place_to_drop_more_in_one_line(
    window: MainWindow, qtbot: QtBot, bill: Bill
) -> None:
    page = earnings(window)
    tall = page.drop.sizeHint().height()
    read(page, qtbot, bill())
    assert page.drop.sizeHint().height() < tall
    assert page.drop.button.isVisibleTo(page)


def test_a_locked_archive_can_be_left_out(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    archive = tmp_path / "bill.zip"
    with pyzipper.AESZipFile(archive, "w", encryption=pyzipper.WZ_AES) as zipped:
        zipped.setpassword(b"246810")
        zipped.writestr("bill.csv", "x")
    page = earnings(window)
    read(page, qtbot, archive)
    skip = next(
        b for b in page.unfinished.findChildren(QPushButton) if b.accessibleName() == "Leave out bill.zip"
    )
    skip.click()
    assert not page.unfinished.password_lines()


def test_stopping_keeps_nothing(
    window: MainWindow, qtbot: QtBot, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from planner.earnings import importing

    reading, go_on = threading.Event(), threading.Event()
    whole = importing.read_files

    def slow(*paths: object, **more: object) -> object:
        reading.set()
        go_on.wait(10)
        return whole(*paths, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "read_files", slow)
    page = earnings(window)
    page.import_files([bill()])
    task = page._task
    assert task is not None
    qtbot.waitUntil(reading.is_set)
    assert page.progress.isVisibleTo(page)
    page.progress.stop.click()
    go_on.set()
    assert task.wait(10)
    assert "Nothing of these files was kept" in banners(page)
    assert not page.progress.isVisibleTo(page)
    person = window.workspace.person
    assert person is not None
    assert window.workspace.store.imports(person.id) == []


def test_a_stop_in_the_last_moment_rolls_back_and_after_it_comes_too_late(
    window: MainWindow, bill: Bill
) -> None:
    from planner.ui.models.earnings import take_in
    from planner.ui.tasks import CancelledError, Task

    person, store = window.workspace.person, window.workspace.store
    assert person is not None
    outcomes: list[object] = []
    task = Task(lambda _task: None, None, None, None)

    class StopsAtTheEnd(Task):
        def seal(self) -> None:
            assert self.cancel()
            super().seal()

    late = StopsAtTheEnd(lambda _task: None, None, None, None)
    with pytest.raises(CancelledError):
        take_in(store, person.id, [bill()], None, window.workspace.today, late)
    assert store.imports(person.id) == []
    outcomes += take_in(store, person.id, [bill()], None, window.workspace.today, task)
    assert not task.cancel()
    assert len(outcomes) == len(store.imports(person.id)) == 1


def test_a_full_disk_is_said_and_what_was_there_stays(
    window: MainWindow, qtbot: QtBot, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.values import WenbaoError
    from planner.vault import Store

    page = earnings(window)
    read(page, qtbot, bill())
    before = total(page)

    def full(*_anything: object, **_more: object) -> None:
        raise WenbaoError("disk_full", "The disk is full.")

    monkeypatch.setattr(Store, "add_imports", full)
    read(page, qtbot, bill(30, name="second.csv", first=5000))
    assert "The disk is full." in banners(page)
    assert "What was here before is unchanged" in banners(page)
    assert total(page) == before
    monkeypatch.setattr(Store, "save_typed_months", full)
    page.months.model_.setData(page.months.model_.index(0, 1), "100")
    assert page.months.model_.amounts == {}


def test_mostly_dry_months_are_told_as_a_person_would(window: MainWindow) -> None:
    page = earnings(window)
    page.workspace.type_months({Month(2026, 1) + at: {"cny": cny} for at, cny in enumerate(DRY)})
    assert page.answer.sentence.text() == "Money came in in 2 of 6 months; in those usually about ¥6,000."


def test_months_are_typed_pasted_and_taken_back(window: MainWindow) -> None:
    page = earnings(window)
    assert page.months.model_.paste(0, ["5000", "4,300", "", "6100.50"])
    typed = page.workspace.earnings.typed_amounts
    assert typed == {
        Month(2026, 10): Decimal("5000.00"),
        Month(2026, 9): Decimal("4300.00"),
        Month(2026, 7): Decimal("6100.50"),
    }
    assert page.workspace.months_known == 3
    assert "In the middle of your months you bring in ¥5,000" in page.answer.sentence.text()
    assert not page.months.model_.setData(page.months.model_.index(1, 1), "lots")
    assert "Please type a number" in page.typed_error.text()
    window.workspace.undo()
    assert page.workspace.earnings.typed_amounts == {}


def test_money_that_may_be_the_same_waits_for_the_person(
    window: MainWindow, qtbot: QtBot, bill: Bill, tmp_path: Path
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("日期,金额,币种\n2026-01-03,101.50,CNY\n", "utf-8-sig")
    page = earnings(window)
    read(page, qtbot, bill(2, packets=0), own)
    whole = total(page)
    assert whole == Decimal("303.50")

    def press(words: str) -> None:
        buttons = page.pairs.findChildren(QPushButton)
        next(button for button in buttons if button.text() == words).click()

    press("The same: count it once")
    assert total(page) == Decimal("202.00")
    assert not page.pairs_card.isVisibleTo(page)
    window.workspace.undo()
    press("Both are pay")
    assert total(page) == whole
    assert not page.pairs_card.isVisibleTo(page)


def test_many_rows_are_added_up_off_the_main_thread(
    window: MainWindow, qtbot: QtBot, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.ui.models import workspace

    monkeypatch.setattr(workspace, "ROWS_AT_ONCE", 10)
    page = earnings(window)
    read(page, qtbot, bill())
    whole = total(page)
    one = page.workspace.earnings.doubtful[0]
    page.workspace.set_included([one.id], False)
    assert page.workspace.adding_up
    assert total(page) == whole - one.entry.money.amount  # at once: what was decided is in the answer
    assert not page.workspace.earnings.doubtful[0].included
    page.workspace.undo()
    assert total(page) == whole
    page.workspace.redo()
    page.months.model_.setData(page.months.model_.index(0, 1), "4200")
    assert page.months.model_.amounts == {Month(2026, 10): Decimal("4200.00")}
    settled = total(page)
    qtbot.waitUntil(lambda: not page.workspace.adding_up, timeout=10_000)
    assert total(page) == settled + 4200
    assert not page.progress.isVisibleTo(page)


def test_an_edit_while_files_are_added_up_is_not_lost(
    window: MainWindow, qtbot: QtBot, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from planner.ui.models import earnings as model

    page = earnings(window)
    loaded, go_on = threading.Event(), threading.Event()
    whole = model.load

    def slow(store: Store, person: int) -> model.EarningsView:
        view = whole(store, person)
        if threading.current_thread() is not threading.main_thread():
            loaded.set()
            go_on.wait(10)
        return view

    monkeypatch.setattr(model, "load", slow)
    page.import_files([bill()])
    qtbot.waitUntil(loaded.is_set, timeout=10_000)
    page.months.model_.paste(0, ["4200"])
    go_on.set()
    qtbot.waitUntil(lambda: page._task is None, timeout=10_000)
    assert page.workspace.earnings.typed_amounts == {Month(2026, 10): Decimal("4200.00")}
    assert page.workspace.earnings.files


def test_a_file_says_what_its_other_rows_are(window: MainWindow, qtbot: QtBot, data: Path) -> None:
    page = earnings(window)
    read(page, qtbot, data / "samples" / "alipay_app_csv" / "syn_alipay_gig.csv")
    said = "\n".join(label.text() for label in page.files.findChildren(QLabel))
    assert "12 rows, 5 of them income, ¥6,726.75 before refunds and fees." in said
    assert "money spent: 2; own money moved: " in said


def test_the_tab_key_goes_down_the_page_also_through_what_came_later(
    window: MainWindow, qtbot: QtBot, bill: Bill, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("甲;乙\n张三丰;李四光\n", "utf-8")
    page = earnings(window)
    read(page, qtbot, bill(), odd)
    names = ["Leave out odd.csv", "Choose files…", "Remove bill.csv", "Income by month, typed by me"]
    page.focusNextPrevChild(True)
    first = page.unfinished.findChildren(QPushButton)[0]
    chain, one = [], first.nextInFocusChain()
    while one is not first:
        chain.append(one.accessibleName())
        one = one.nextInFocusChain()
    places = [chain.index(name) for name in names]
    assert places == sorted(places)


def test_what_becomes_of_files_dropped_far_down_is_in_sight(
    window: MainWindow, qtbot: QtBot, bill: Bill
) -> None:
    page = earnings(window)
    read(page, qtbot, bill())
    frame = window.stack.currentWidget()
    assert isinstance(frame, QScrollArea)
    bar = frame.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    read(page, qtbot, bill(30, name="more.csv", first=5000))
    assert bar.value() == 0
