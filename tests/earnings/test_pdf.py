"""Bank statements as PDF: the table comes out as the converters' tables do, wrapped cells and all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from planner.earnings import read_file
from planner.values import Kind

EMPLOYER = "上海示例企业管理顾问有限公司"
BOC_HEADS = ("记账日期", "记账时间", "币别", "金额", "余额", "交易名称", "渠道", "附言", "对方账户名")
BOC_ROWS = tuple(
    (day, clock, "人民币", amount, balance, kind, way, note, party)
    for day, clock, amount, balance, kind, way, note, party in (
        ("2026-08-05", "16:00:44", "5,771.00", "6,618.09", "工资", "柜台", "-----", "示例配送有限公司"),
        ("2026-08-06", "19:06:14", "-16.00", "6,602.09", "网上快捷支付", "银企对接", "午饭", "支付宝-示例"),
        ("2026-08-07", "08:07:59", "3,000.00", "9,602.09", "网上快捷提现", "银企对接", "余额提现", "支付宝"),
        ("2026-08-09", "12:23:04", "50.00", "9,652.09", "网上快捷退款", "银企对接", "退款", "支付宝-示例"),
    )
)
WIDTHS = (1300, 1150, 900, 1250, 1250, 1500, 1250, 1500, 1900)


@pytest.fixture
def draw(qapp, tmp_path):
    """Writes rows as a PDF of several pages; a cell wider than its column wraps."""
    from PySide6.QtCore import QMarginsF, QRectF
    from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

    def drawing(
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        on_page: int = 30,
        *,
        step: int = 480,
        centred: bool = True,
        widths: Sequence[int] = WIDTHS,
    ) -> Path:
        path = tmp_path / "statement.pdf"
        writer = QPdfWriter(str(path))
        landscape = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF()
        )
        writer.setPageLayout(landscape)
        writer.setResolution(1200)
        painter = QPainter(writer)
        font = QFont("Noto Sans CJK SC")
        font.setPixelSize(140)
        painter.setFont(font)
        for start in range(0, len(rows), on_page):
            if start:
                writer.newPage()
            painter.drawText(QRectF(800, 500, 8000, 300), title)
            for line, cells in enumerate([heads, *rows[start : start + on_page]]):
                left = 600.0
                for cell, width in zip(cells, widths, strict=False):
                    area = QRectF(left, 1000 + step * line, width - 80, step - 20)
                    painter.drawText(area, 0x1000 | (0x80 if centred else 0x20), cell)  # wrap in the height
                    left += width
        painter.end()
        return path

    return drawing


def test_a_statement_as_pdf_gives_its_payments(draw):
    result = read_file(draw("中国银行交易流水明细清单", BOC_HEADS, BOC_ROWS))
    assert (result.error, result.format, result.encoding) == (None, "boc_debit_pdf_table", "pdf")
    assert [entry.kind for entry in result.entries] == [Kind.INCOME, Kind.EXPENSE, Kind.NEUTRAL, Kind.REFUND]
    assert [str(entry.money) for entry in result.entries] == ["5771.00", "16.00", "3000.00", "50.00"]
    assert result.entries[0].counterparty == "示例配送有限公司"


def test_the_heads_repeated_on_every_page_are_no_payments(draw):
    days = [f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}" for day in range(70)]
    rows = [
        (day, "09:00:00", "人民币", "100.00", f"{place}00.00", "工资", "柜台", "", "示例")
        for place, day in enumerate(days, 1)
    ]
    result = read_file(draw("中国银行交易流水明细清单", BOC_HEADS, rows, on_page=10))
    assert result.rows[Kind.INCOME] == 70
    assert result.warnings == ()
    assert str(result.total(Kind.INCOME)["CNY"]) == "7000.00"


def test_a_cell_that_wraps_stays_with_its_payment(draw):
    long = (*BOC_ROWS[0][:7], "八月份配送劳务费结算款", EMPLOYER)
    result = read_file(draw("中国银行交易流水明细清单", BOC_HEADS, [BOC_ROWS[1], long, BOC_ROWS[3]]))
    assert result.data_rows == 3
    assert result.entries[1].counterparty == EMPLOYER
    assert result.entries[1].description == "工资 八月份配送劳务费结算款"


@pytest.mark.parametrize("chinese_first", [True, False])
def test_heads_in_two_languages_are_one_line_of_heads(draw, chinese_first):
    chinese = ("记账日期", "货币", "", "交易金额", "联机余额", "交易摘要", "对手信息")
    english = ("Date", "Currency", "", "Amount", "Balance", "Type", "Party")
    rows = [
        (f"2026-05-{day:02d}", "CNY", "", "1,200.00", f"{day},000.00", "代发劳务费", "示例公司")
        for day in range(1, 13)
    ]
    first, second = (chinese, english) if chinese_first else (english, chinese)
    pages = [second, *rows[:5], first, second, *rows[5:]]
    result = read_file(draw("招商银行交易流水", first, pages, step=240))
    assert (result.format, result.data_rows, result.rows[Kind.INCOME]) == ("cmb_debit_pdf_table", 12, 12)
    assert {entry.counterparty for entry in result.entries} == {"示例公司"}


def test_days_may_stand_in_any_column(draw):
    heads = ("序号", "摘要", "币别", "钞汇", "交易日期", "交易金额", "账户余额", "附言", "对方账号与户名")
    rows = [
        ("1", "工资", "人民币元", "钞", "20260501", "6,000.50", "7,000.50", "四月", "示例公司"),
        ("2", "消费", "人民币元", "钞", "20260502", "-10.00", "6,990.50", "店", "示例店"),
    ]
    result = read_file(draw("中国建设银行个人活期账户交易明细", heads, rows))
    assert (result.format, result.as_json()["income_sum"]) == ("ccb_xls", {"CNY": "6000.50"})
    assert result.rows[Kind.EXPENSE] == 1


@pytest.mark.parametrize("centred", [True, False])
def test_heads_that_wrap_are_put_together(draw, centred):
    heads = ("交易日期", "帐号", "储种", "序号", "币种", "摘要", "收入/支出金额", "余额", "对方户名")
    rows = [
        (
            f"2026-05-{day:02d}",
            "0011",
            "活期",
            str(day),
            "人民币",
            "工资",
            "+5,000.00",
            "9,000.00",
            "示例公司",
        )
        for day in range(1, 9)
    ]
    narrow = (1300, 1150, 900, 800, 1250, 1100, 950, 1500, 1900)
    title = "中国工商银行借记账户历史明细（电子版）"
    result = read_file(draw(title, heads, rows, on_page=4, centred=centred, widths=narrow))
    assert (result.format, result.data_rows) == ("icbc_debit_pdf_table", 8)
    assert result.as_json()["income_sum"] == {"CNY": "40000.00"}
    assert {entry.counterparty for entry in result.entries} == {"示例公司"}


def test_cells_that_begin_at_the_top_and_wrap_go_on_below(draw):
    long = EMPLOYER * 3
    rows = [(*BOC_ROWS[0][:8], long), (*BOC_ROWS[1][:8], "支付宝"), (*BOC_ROWS[2][:8], long)]
    result = read_file(draw("中国银行交易流水明细清单", BOC_HEADS, rows, centred=False, step=960))
    assert [entry.counterparty for entry in result.entries] == [long, "支付宝", long]


def test_a_letter_as_pdf_is_no_statement(draw):
    assert read_file(draw("尊敬的客户", ("您好",), [("谢谢",)])).error == "unknown_format"


def test_a_locked_pdf_asks_for_its_password(data):
    path = data / "pdf" / "locked_statement.pdf"
    assert read_file(path).error == "password_required"
    assert read_file(path, password="000000").error == "wrong_password"
    result = read_file(path, password="123456")
    assert (result.error, result.data_rows) == (None, 4)


def test_a_damaged_pdf_is_said_to_be(tmp_path, data):
    raw = (data / "pdf" / "locked_statement.pdf").read_bytes()
    for end in (20, 500, len(raw) // 2):
        path = tmp_path / f"{end}.pdf"
        path.write_bytes(raw[:end])
        assert read_file(path, password="123456").error in (
            "damaged_file",
            "unknown_format",
            "wrong_password",
        )
