"""The window upon a vault of its own, and bills to drop on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from planner import paths
from planner.ui import tasks
from planner.ui.main_window import MainWindow
from planner.ui.models.workspace import Workspace
from planner.ui.theme import Look
from planner.vault import Store

TODAY = date(2026, 11, 20)
FOUR_ANSWERS = {
    "category": "male_60",
    "born": "1990-05",
    "province": "CN-GD",
    "occupation": "food_rider_crowd",
}


@pytest.fixture
def open_window(qapp: QApplication) -> Iterator[Callable[[], MainWindow]]:
    """Opens a window upon the vault in the home folder; called again, it is the next start."""
    opened: list[MainWindow] = []

    def close() -> None:
        tasks.stop_all()
        for window in opened:
            window.close()
            window.workspace.store.close()
            window.deleteLater()
        opened.clear()
        # a new style sheet would paint the windows of all earlier tests too
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def open_one() -> MainWindow:
        close()
        look = Look("light", 100)
        look.install()
        window = MainWindow(Workspace(Store.open(paths.data()), look, today=TODAY))
        opened.append(window)
        window.workspace.open_last_person()
        window.open_page(window.workspace.setting("last_page"))
        window.show()
        return window

    yield open_one
    close()


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    """The first start, on an empty vault."""
    return open_window()


@pytest.fixture(scope="session")
def bill(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes a WeChat bill from January 2026 on, a row every `hours`, the first `packets` red packets."""

    def write(
        rows: int = 120, packets: int = 3, name: str = "bill.csv", first: int = 0, hours: float = 48
    ) -> Path:
        lines = ["微信支付账单明细" + "," * 10] + ["," * 10] * 15
        lines.append(
            "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
        )
        moment = datetime(2026, 1, 1, 9)  # noqa: DTZ001 - as the wallet writes it
        for number in range(rows):
            is_packet = number < packets
            kind, party = ("微信红包", f"朋友{number}") if is_packet else ("二维码收款", "顾客")
            lines.append(
                f"{moment + number * timedelta(hours=hours)},{kind},{party},/,收入,"
                f"¥{100 + number % 50}.50,零钱,{'已存入零钱' if is_packet else '已收钱'},"
                f'{4200000000000000000000000000 + first + number}\t,{10**20 + number}\t,"/"'
            )
        path = tmp_path_factory.mktemp("bills") / name
        path.write_text("\n".join(lines) + "\n", "utf-8-sig")
        return path

    return write
