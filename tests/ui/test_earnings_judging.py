"""What a person says of their earnings: unknown tables, currencies, costs, many rows, and back again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import cast

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from planner import text
from planner.earnings import Known, read_file
from planner.ui import tasks
from planner.ui.main_window import MainWindow
from planner.ui.pages.earnings import EarningsPage
from planner.ui.widgets.unknown_file import MaskedSample
from planner.values import Month

Bill = Callable[..., Path]
DIARY = "哪天;谁给的;多少钱\n03.07.2026;美团站点张队长;1.250,50\n14.07.2026;李老板;300,00\n"
HEADER = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"


def earnings(window: MainWindow) -> EarningsPage:
    window.open_page("earnings")
    return cast(EarningsPage, window.pages["earnings"])


def read(page: EarningsPage, qtbot: QtBot, *paths: Path) -> None:
    page.import_files(list(paths))
    settle(page, qtbot)


def settle(page: EarningsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._task is None and not page.workspace.adding_up, timeout=20_000)


def press(parent: object, words: str) -> None:
    buttons = parent.findChildren(QPushButton)  # type: ignore[attr-defined]
    next(b for b in buttons if words in (b.text(), b.accessibleName())).click()


def spent(tmp_path: Path) -> Path:
    """A bill with pay, three times fuel and one meal."""
    rows = [("二维码收款", "美团众包", "收入", "已收钱", 5000)]
    rows += [("商户消费", "中石化加油站", "支出", "支付成功", 200)] * 3
    rows += [("商户消费", "示例餐饮店", "支出", "支付成功", 900)]
    lines = ["微信支付账单明细" + "," * 10, *["," * 10] * 15, HEADER]
    lines += [
        f"2026-07-{number + 1:02d} 10:00:00,{kind},{party},/,{way},¥{yuan}.00,零钱,{status},"
        f'{42 * 10**26 + number}\t,{10**20 + number}\t,"/"'
        for number, (kind, party, way, status, yuan) in enumerate(rows)
    ]
    path = tmp_path / "spent.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def test_an_unknown_table_is_explained_once_and_read_ever_after(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    diary = tmp_path / "diary.csv"
    diary.write_text(DIARY, "utf-8")
    read(page, qtbot, diary)
    (assistant,) = page.unfinished.assistants()
    assert not assistant.button.isEnabled()
    assert "currency" in assistant.problem.text()
    assistant.currency.setCurrentIndex(assistant.currency.findData("CNY"))
    assistant.currency.activated.emit(assistant.currency.currentIndex())
    party = assistant.roles["counterparty"]
    party.setCurrentIndex(party.findData("谁给的"))
    party.activated.emit(party.currentIndex())
    assert assistant.read.model_.rows[0][0] == "2026-07-03"
    assert assistant.read.model_.rows[0][3] == "美团站点张队长"
    amount = assistant.roles["amount"]
    amount.setCurrentIndex(0)
    amount.activated.emit(0)
    assert not assistant.button.isEnabled()
    amount.setCurrentIndex(amount.findData("多少钱"))
    amount.activated.emit(amount.currentIndex())
    assistant.button.click()
    settle(page, qtbot)
    assert page.workspace.picture.total == Decimal("1550.50")
    assert not page.unfinished.isVisibleTo(page)
    diary.write_text(DIARY + "20.08.2026;李老板;49,50\n", "utf-8")
    read(page, qtbot, diary)
    assert page.workspace.picture.total == Decimal("1600.00")
    press(page.more.remembered, "Forget this")
    assert page.workspace.earnings.memory.mappings == {}
    assert "remembered" in page.workspace.undo_words
    page.workspace.undo()
    assert len(page.workspace.earnings.memory.mappings) == 1


def test_a_masked_sample_is_shown_before_it_is_saved(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    odd = tmp_path / "odd.csv"
    odd.write_text("甲;乙\n张三丰;李四光\n王五;13800138000\n", "utf-8")
    read(page, qtbot, odd)
    saved: list[str] = []
    page.unfinished.sample_wanted.disconnect()
    page.unfinished.sample_wanted.connect(lambda _path, words: saved.append(words))
    press(page.unfinished, "Show a masked sample of odd.csv")
    (sample,) = page.unfinished.findChildren(MaskedSample)
    shown = sample.view.toPlainText()
    assert "张三丰" not in shown
    assert "13800138000" not in shown
    assert not saved
    sample.button.click()
    assert saved == [shown]
    press(page.unfinished, "Leave out odd.csv")
    assert not page.unfinished.isVisibleTo(page)


def test_an_assumed_currency_is_said_and_another_is_read_anew_in_one_step(
    window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, data / "samples" / "lazada_income" / "syn_lazada_income.csv")
    (file,) = page.workspace.earnings.files
    assert file.assumed_currency == "MYR"
    said = " ".join(one.text() for one in page.files.findChildren(QLabel))
    assert "The file names no currency; MYR was assumed." in said
    before = page.workspace.picture.total
    page.files.currency.emit(file, "THB")
    settle(page, qtbot)
    assert len(page.workspace.earnings.files) == 1
    assert {line.money.currency for line in page.workspace.earnings.conversions} == {"THB"}
    assert page.workspace.earnings.memory.currencies == {"lazada": "THB"}
    window.workspace.undo()
    assert page.workspace.picture.total == before
    assert [one.assumed_currency for one in page.workspace.earnings.files] == ["MYR"]


def test_a_cost_is_taken_off_only_when_ticked_and_the_tick_can_be_taken_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, spent(tmp_path))
    assert page.workspace.picture.total == 5000
    table = page.more.costs.table
    assert table.model_.rows[0][1] == "中石化加油站"
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.workspace.picture.total == 4400
    assert "is a cost of your work" in " ".join(
        one.text() for one in page.more.remembered.findChildren(QLabel)
    )
    window.workspace.undo()
    assert page.workspace.picture.total == 5000
    window.workspace.redo()
    (rule,) = page.workspace.earnings.rules
    page.more.remembered.rule_forgotten.emit(rule)
    assert page.workspace.picture.total == 5000


def test_three_hundred_suspects_are_judged_in_a_few_steps(
    window: MainWindow, qtbot: QtBot, bill: Bill
) -> None:
    page = earnings(window)
    read(page, qtbot, bill(320, packets=300, hours=24))
    review = page.review
    amounts = [row[2].minor for row in review.table.model_.rows]
    assert len(amounts) == 300
    assert amounts == sorted(amounts, reverse=True)
    assert "300 rows" in review.at_stake.text()
    model = review.table.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    model.clear()
    for row in range(100):
        model.select(review.table.model_.index(row, 0), rows)
    whole = page.workspace.picture.total
    started = time.perf_counter()
    review.out_chosen.click()
    settle(page, qtbot)
    assert time.perf_counter() - started < 5
    left_out = sum(one.entry.money.amount for one in page.workspace.earnings.doubtful if not one.included)
    assert page.workspace.picture.total == whole - left_out
    assert "200 rows" in review.at_stake.text()
    review.open_only.setChecked(True)
    assert review.table.model_.rowCount() == 200
    window.workspace.undo()
    settle(page, qtbot)
    assert page.workspace.picture.total == whole


def payers(tmp_path: Path, name: str = "payers.csv", first: int = 0) -> Path:
    """A bill with thirty red packets of three people, and one of nobody by name."""
    lines = ["微信支付账单明细" + "," * 10, *["," * 10] * 15, HEADER]
    people = ["王队长"] * 15 + ["妈妈"] * 10 + ["老同学"] * 5 + [""]
    lines += [
        f"2026-07-{number % 28 + 1:02d} 10:00:00,微信红包,{who},/,收入,¥100.00,零钱,已存入零钱,"
        f'{42 * 10**26 + first + number}\t,{10**20 + first + number}\t,"/"'
        for number, who in enumerate(people)
    ]
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def test_the_rows_of_one_payer_are_decided_together_and_by_keyboard(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, payers(tmp_path))
    review, workspace = page.review, page.workspace
    assert [row[1:4:2] for row in review.table.model_.rows[:3]] == [
        ("王队长", 15),
        ("妈妈", 10),
        ("老同学", 5),
    ]
    assert {row[0] for row in review.table.model_.rows} == {"not decided"}
    review.table.selectRow(1)
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    assert [row[0] for row in review.table.model_.rows[:3]] == ["not decided", "no", "not decided"]
    assert workspace.picture.total == 2100
    review.table.selectAll()
    assert "31 rows" in review.note.text()
    review.table.clearSelection()
    review.table.selectRow(2)
    qtbot.keyClick(review.table, Qt.Key.Key_Delete)
    assert workspace.picture.total == 1600
    read(page, qtbot, payers(tmp_path, "later.csv", 1000))  # what was said of a payer holds for later bills
    assert workspace.picture.total == 3200
    workspace.undo()
    workspace.undo()
    assert workspace.picture.total == 2100
    review.open_only.setChecked(True)
    assert "妈妈" not in [row[1] for row in review.table.model_.rows]
    review.open_only.setChecked(False)
    review.together.setChecked(False)
    assert review.table.model_.rowCount() == 31


def test_several_payers_are_one_edit(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = earnings(window)
    read(page, qtbot, payers(tmp_path))
    chosen = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.review.table.selectRow(0)
    page.review.table.selectionModel().select(page.review.table.model_.index(1, 0), chosen)
    qtbot.keyClick(page.review.table, Qt.Key.Key_Space)
    assert page.workspace.picture.total == 600
    page.workspace.undo()
    assert page.workspace.picture.total == 3100


def test_a_decision_on_a_payer_without_a_name_takes_in_nobody_else(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, payers(tmp_path))
    (row,) = (number for number, row in enumerate(page.review.table.model_.rows) if row[1] == "(no name)")
    page.review.table.selectRow(row)
    qtbot.keyClick(page.review.table, Qt.Key.Key_Delete)
    assert page.workspace.picture.total == 3000
    assert page.workspace.earnings.rules == ()


def test_many_pairs_are_decided_at_once(window: MainWindow, qtbot: QtBot, bill: Bill, tmp_path: Path) -> None:
    page = earnings(window)
    own = tmp_path / "own.csv"
    rows = "".join(f"2026-01-{1 + 2 * n:02d},{100 + n}.50,CNY\n" for n in range(4))
    own.write_text("日期,金额,币种\n" + rows, "utf-8-sig")
    read(page, qtbot, bill(4, packets=0), own)
    assert len(page.workspace.earnings.pairs) == 4
    whole = page.workspace.picture.total
    press(page.pairs, "All 4 are the same: count each once")
    assert page.workspace.picture.total * 2 == whole
    window.workspace.undo()
    assert page.workspace.picture.total == whole


def test_the_calendar_shows_gaps_and_what_to_fetch_next(window: MainWindow, qtbot: QtBot, bill: Bill) -> None:
    page = earnings(window)
    for name, rows, first, last in (
        ("a", 25, "2026-01-01", "2026-02-28"),
        ("b", 1, "2026-05-01", "2026-06-12"),
    ):
        path = bill(rows, packets=0, name=f"{name}.csv", first=ord(name))
        lines = path.read_text("utf-8-sig").split("\n")
        lines[1] = f"起始时间：[{first} 00:00:00] 终止时间：[{last} 23:59:59]" + "," * 8
        path.write_text("\n".join(lines), "utf-8-sig")
        read(page, qtbot, path)
    known = page.workspace.earnings.coverage.by_source["wechat"]
    assert known[Month(2026, 2)] is Known.WHOLE
    assert known[Month(2026, 3)] is known[Month(2026, 4)] is Known.MISSING
    assert known[Month(2026, 6)] is Known.PARTLY
    grid = page.more.coverage
    place = grid.model_.index(0, grid.model_.coverage.months.index(Month(2026, 3)))
    assert grid.model_.data(place) == "○"
    said_aloud = grid.model_.data(place, Qt.ItemDataRole.AccessibleTextRole)
    assert "missing" in said_aloud
    assert "WeChat" in said_aloud
    assert "2026-06-01 to 2026-11-19" in grid.next.text()


def test_orders_and_hours_are_typed_beside_the_files_and_reach_the_case(
    window: MainWindow, qtbot: QtBot, bill: Bill
) -> None:
    page = earnings(window)
    read(page, qtbot, bill())
    model = page.months.model_
    row = model.months.index(Month(2026, 3))
    whole = page.workspace.picture.total
    assert model.setData(model.index(row, 2), "412")
    assert model.setData(model.index(row, 3), "180.5")
    assert page.workspace.picture.total == whole
    month = next(one for one in page.workspace.monthly_json() if one["month"] == "2026-03")
    assert (month["orders"], month["hours"]) == (412, 180.5)
    assert not model.setData(model.index(row, 2), "12.5")
    assert "whole number" in page.typed_error.text()
    assert not model.setData(model.index(row, 3), "800")
    page.workspace.save_answers({"province": "CN-GD"})
    page.mark_stale()
    said = " ".join(one.text() for one in page.more.measures.findChildren(QLabel))
    assert "minimum wage" in said
    assert model.setData(model.index(row, 2), "")
    assert model.setData(model.index(row, 3), "")
    assert page.workspace.earnings.typed == ()


def test_the_ledger_is_saved_as_an_open_file_that_reads_the_same(
    window: MainWindow, qtbot: QtBot, bill: Bill, tmp_path: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, bill())
    for name in ("all.csv", "all.json"):
        target = tmp_path / name
        page.save_ledger(target)
        assert not page.export.isEnabled()
        qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
        assert read_file(target).total(read_file(bill()).entries[0].kind)["CNY"].amount == (
            page.workspace.picture.total
        )
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))["wenbao_earnings"] == 1
    page.save_ledger(tmp_path / "no" / "such.csv")
    qtbot.waitUntil(lambda: "cannot be written" in "\n".join(b.text for b in page.banners.shown()))
    assert page.export.isEnabled()


def test_refunds_stand_beside_their_sale(window: MainWindow, qtbot: QtBot, data: Path) -> None:
    page = earnings(window)
    read(page, qtbot, data / "samples" / "amazon_settlement_v2" / "syn_settlement_de.txt")
    assert page.more.refunds_card.isVisibleTo(page)
    (row,) = page.more.refunds.model_.rows
    assert row[0] > row[2]
    assert page.foreign.ranges.isVisibleTo(page)
    _month, yuan, low, high = page.foreign.ranges.model_.rows[0]
    assert low < yuan < high


def test_every_part_speaks_chinese(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = earnings(window)
    diary = tmp_path / "diary.csv"
    diary.write_text(DIARY, "utf-8")
    read(page, qtbot, diary, spent(tmp_path))
    text.use("zh")
    window.retranslate()
    said = " ".join(one.text() for one in page.findChildren(QLabel))
    for words in ("哪些月份的账已经有了", "哪些支出是为了干活", "diary.csv：程序没见过这种表格"):
        assert words in said


def fund_flow(tmp_path: Path, rows: int = 1) -> Path:
    """A merchant's flow: a sale, then transfers that came in, the largest last."""
    head = (
        "序号,入账时间,支付宝交易号,支付宝流水号,商户订单号,账务类型,收入（+元）,支出（-元）,账户余额（元）,"
        "对方账户,对方名称,银行订单号,商品名称,备注,业务描述"
    )
    lines = [
        "#支付宝账务明细查询",
        head,
        "1,2026-06-02 10:00:00,TX1,SN1, ,在线支付,100.00, ,100.00,a,买家甲, ,包, , ",
    ]
    lines += [
        f"{at},2026-06-{2 + at % 27:02d} 11:00:00,TX{at},SN{at}, ,转账,{at * 10}.00, ,0.00,b,朋友{at}, , , , "
        for at in range(2, 2 + rows)
    ]
    path = tmp_path / "flow.csv"
    path.write_text("\n".join(lines) + "\n", "gb18030")
    return path


def test_a_transfer_that_may_be_anything_is_asked_about_and_counts_once_ticked(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, fund_flow(tmp_path, 3))
    page.review.together.setChecked(False)
    asked = page.workspace.earnings.doubtful
    assert [(str(one.yuan), one.included, one.decided) for one in asked] == [
        ("40.00", False, ""),
        ("30.00", False, ""),
        ("20.00", False, ""),
    ]
    assert page.review_card.isVisibleTo(page)
    assert "3 rows with ¥90 are not decided yet." in page.review.at_stake.text()
    assert page.workspace.picture.total == 100
    page.review.table.selectRow(0)
    qtbot.keyClick(page.review.table, Qt.Key.Key_Space)
    assert page.workspace.picture.total == 140
    assert [one.included for one in page.workspace.earnings.doubtful] == [True, False, False]
    window.workspace.undo()
    assert page.workspace.picture.total == 100
    window.workspace.redo()
    page.review.table.selectRow(0)
    qtbot.keyClick(page.review.table, Qt.Key.Key_Space)
    assert page.workspace.picture.total == 100
    assert [one.decided for one in page.workspace.earnings.doubtful] == ["entry", "", ""]
    page.review.table.selectRow(2)
    page.review.in_alike.click()
    assert page.workspace.picture.total == 120
    assert page.workspace.earnings.doubtful[2].decided == "rule"


def test_among_many_rows_the_picture_turns_at_once_with_a_ticked_transfer(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = earnings(window)
    read(page, qtbot, fund_flow(tmp_path, 1600))
    largest = page.workspace.earnings.doubtful[0]
    page.workspace.set_included([largest.id], True)
    assert page.workspace.adding_up
    assert page.workspace.picture.total == 100 + largest.yuan
    settle(page, qtbot)
    assert page.workspace.picture.total == 100 + largest.yuan
    page.workspace.set_included([largest.id], False)
    assert page.workspace.picture.total == 100
    settle(page, qtbot)
    assert page.workspace.picture.total == 100
