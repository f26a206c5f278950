"""Archives as the wallets lock them, and files made to hurt."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import pyzipper

from planner.earnings import container, read_file, read_files
from planner.earnings.container import open_file
from planner.earnings.workbook import cell_text
from planner.values import Kind


def _aes(content: bytes, password: str, name: str = "支付宝交易明细.csv") -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(
        buffer, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        archive.writestr(name, content)
    return buffer.getvalue()


def _zip_crypto(content: bytes, password: str, name: bytes = b"bill.csv") -> bytes:
    """A ZIP with the old cipher, as WeChat mails it; Python reads it but cannot write it."""
    table = [0] * 256
    for index in range(256):
        value = index
        for _bit in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        table[index] = value
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 0xFF]

    def encrypt(data: bytes) -> bytes:
        out = bytearray()
        for byte in data:
            mask = keys[2] | 2
            out.append(byte ^ (mask * (mask ^ 1) >> 8) & 0xFF)
            update(byte)
        return bytes(out)

    for byte in password.encode():
        update(byte)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    crc = zlib.crc32(content)
    body = encrypt(bytes(11) + bytes([crc >> 24])) + encrypt(packed)
    common = struct.pack("<HHHHHIIIHH", 20, 1, 8, 0, 0x5B21, crc, len(body), len(content), len(name), 0)
    local = b"PK\x03\x04" + common + name
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    return local + body + central + end


@pytest.fixture
def alipay(samples):
    return (samples / "alipay_app_csv" / "syn_alipay_gig.csv").read_bytes()


@pytest.mark.parametrize("lock", [_aes, _zip_crypto])
def test_a_locked_archive_asks_for_its_password_and_opens_with_it(read, alipay, lock):
    archive = lock(alipay, "123456")
    assert read(archive, "bill.zip").error == "password_required"
    opened = read(archive, "bill.zip", password="123456")
    assert (opened.error, opened.format, opened.rows[Kind.INCOME]) == (None, "alipay_app_csv", 5)
    assert opened.file == "bill.zip"


@pytest.mark.parametrize("lock", [_aes, _zip_crypto])
def test_every_wrong_password_is_called_wrong(read, alipay, lock):
    archive = lock(alipay, "123456")
    for number in range(300 if lock is _zip_crypto else 3):  # one in 256 passes the old cipher's own check
        assert read(archive, "bill.zip", password=f"no{number}").error == "wrong_password"


def test_a_plain_archive_gives_each_statement_in_it(tmp_path, samples, alipay):
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", alipay)
        archive.writestr("b.xlsx", (samples / "wechat_xlsx" / "deg_wechat_records_2026.xlsx").read_bytes())
        archive.writestr("__MACOSX/._a.csv", b"\0\5")
        archive.writestr("read me.txt", "Hello")
    results = list(read_files([path]))
    assert [(result.file, result.format) for result in results] == [
        ("both.zip/a.csv", "alipay_app_csv"),
        ("both.zip/b.xlsx", "wechat_xlsx"),
    ]
    first = read_file(path)
    assert first.format == "alipay_app_csv"
    assert "more_files" in first.warnings


def test_an_archive_without_a_statement_is_unknown(read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("read me.txt", "Hello")
    assert read(buffer.getvalue(), "x.zip").error == "unknown_format"
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w"):
        pass
    assert read(empty.getvalue(), "x.zip").error == "unknown_format"


def test_a_bomb_is_not_unpacked(read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bill.csv", bytes(64 * 1024 * 1024))
    assert len(buffer.getvalue()) < 100_000
    assert read(buffer.getvalue(), "x.zip").error == "too_large"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bill.csv", bytes(64 * 1024 * 1024))
    raw = bytearray(buffer.getvalue())
    size = struct.pack("<I", 64 * 1024 * 1024)
    small = struct.pack("<I", 1000)
    lying = bytes(raw).replace(size, small)
    assert read(lying, "x.zip").error in ("damaged_file", "too_large")


def test_an_archive_in_an_archive_is_not_followed(read, alipay):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("bill.csv", alipay)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert read(outer.getvalue(), "x.zip").error == "unknown_format"


def test_a_file_too_large_is_not_read(tmp_path, monkeypatch, alipay):
    monkeypatch.setattr(container, "MAX_FILE_BYTES", 1000)
    path = tmp_path / "bill.csv"
    path.write_bytes(alipay)
    assert read_file(path).error == "too_large"


def _workbook(rows, **changes) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    plain = io.BytesIO()
    book.save(plain)
    changed = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for end, change in changes.items():
                if name.endswith(f"{end}.xml"):
                    content = change(content)
            target.writestr(name, content)
    return changed.getvalue()


ROWS = [["日期", "币种", "金额", "来源"], [date(2026, 7, 4), "USD", 520.25, "A"]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files of this system")
def test_only_plain_files_are_opened(tmp_path):
    pipe, loop = tmp_path / "pipe.csv", tmp_path / "loop.csv"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (pipe, loop, tmp_path, Path(os.devnull)):
        assert (read_file(path).file, read_file(path).error) == (path.name, "not_readable")


def test_a_file_that_goes_while_it_is_read_is_an_error_of_that_file(tmp_path, monkeypatch, alipay):
    path = tmp_path / "bill.csv"
    path.write_bytes(alipay)

    def gone(opened_path, password=None):
        for opened in open_file(opened_path, password):
            opened_path.unlink()
            yield opened

    monkeypatch.setattr("planner.earnings.importing.open_file", gone)
    result = read_file(path)
    assert (result.file, result.error) == ("bill.csv", "not_found")


def test_a_workbook_is_read(read):
    result = read(_workbook(ROWS), "x.xlsx")
    assert (result.format, result.error, str(result.entries[0].money)) == ("generic_xlsx", None, "520.25")


def test_entities_are_refused(read):
    def with_entity(content: bytes) -> bytes:
        head, _mark, tail = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        return (head + b"?>" if head else b"") + bomb + tail

    assert read(_workbook(ROWS, sheet1=with_entity), "x.xlsx").error == "unsafe_file"


def test_a_sheet_with_one_far_cell_is_not_spread_out(read):
    def far(content: bytes) -> bytes:
        return content.replace(
            b"</sheetData>", b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row></sheetData>'
        )

    assert read(_workbook(ROWS, sheet1=far), "x.xlsx").error == "too_large"

    def wide(content: bytes) -> bytes:
        return content.replace(b"</sheetData>", b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>')

    assert read(_workbook(ROWS, sheet1=wide), "x.xlsx").error == "too_large"


def test_a_workbook_cut_short_is_damaged(read):
    whole = _workbook(ROWS)
    for length in (30, len(whole) // 2, len(whole) - 5):
        assert read(whole[:length], "x.xlsx").error == "damaged_file"


def test_a_workbook_with_a_broken_part_is_damaged_or_empty(read):
    def noise(_content: bytes) -> bytes:
        return os.urandom(200)

    assert read(_workbook(ROWS, workbook=noise), "x.xlsx").error in ("damaged_file", "unknown_format")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (12.0, "12"),
        (520.25, "520.25"),
        (0.1 + 0.2, "0.3"),
        (1e27, "1.00000E+27"),
        (202608050000000000, "2.02608E+17"),
        (True, "TRUE"),
        (date(2026, 7, 4), "2026-07-04"),
        (datetime(2026, 7, 4, 9, 5), "2026-07-04 09:05:00"),  # noqa: DTZ001
        (float("nan"), "#"),
        ("", ""),
    ],
)
def test_a_cell_is_the_text_a_csv_would_hold(cell, text):
    assert cell_text(cell) == text


def test_an_old_workbook_behind_a_password_asks_for_it(read, samples):
    raw = bytearray((samples / "ccb_xls" / "syn_ccb_debit.xls").read_bytes())
    begins = raw.index(b"\x09\x08\x10\x00")  # the record that opens a workbook, sixteen bytes and its head
    raw[begins + 20 : begins + 22] = b"\x2f\x00"  # the next one now says that a password follows
    assert read(bytes(raw), "a.xls").error == "password_required"
    assert read(bytes(raw), "a.xls", password="000000").error in ("wrong_password", "damaged_file")


def test_a_locked_statement_in_an_archive_is_opened_with_the_same_password(read, data):
    raw = (data / "pdf" / "locked_statement.pdf").read_bytes()
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("说明.txt", "使用说明")
        archive.writestr("statement.pdf", raw)
    for packed in (outer.getvalue(), _aes(raw, "123456", "statement.pdf")):
        assert read(packed, "a.zip").error == "password_required"
        assert read(packed, "a.zip", password="000000").error == "wrong_password"
        assert read(packed, "a.zip", password="123456").data_rows == 4


def test_what_an_archive_does_not_give_is_told_beside_what_it_gives(tmp_path, data, alipay):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("说明.txt", "使用说明")
        archive.writestr("alipay.csv", alipay)
        archive.writestr("statement.pdf", (data / "pdf" / "locked_statement.pdf").read_bytes())
    assert [result.error for result in read_files([path])] == [None, "password_required"]
    assert [result.error for result in read_files([path], password="123456")] == [None, None]
    assert read_file(path).error is None
