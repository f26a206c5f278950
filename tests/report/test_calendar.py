"""The calendar file: each step once, on its day, with its words whole, as RFC 5545 asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planner.report.calendar import LONGEST_LINE, Appointment, calendar_file, escaped, folded

MADE = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
STEP = Appointment(
    "wenbao-1-7@wenbao", date(2026, 12, 31), "去问一下; 再缴费, 好吗", "税务局\n办税厅", "身份证；社保卡"
)


def parsed(written: bytes) -> list[tuple[str, str]]:
    """Names and values, unfolded and with the escapes taken out."""
    text = written.decode().replace("\r\n ", "")
    pairs = [line.split(":", 1) for line in text.split("\r\n") if line]
    plain = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}

    def value(raw: str) -> str:
        out, at = "", 0
        while at < len(raw):
            out += plain.get(raw[at : at + 2], raw[at])
            at += 2 if raw[at : at + 2] in plain else 1
        return out

    return [(name, value(raw)) for name, raw in pairs]


def test_a_step_is_a_whole_day_with_a_reminder_the_day_before() -> None:
    lines = dict(parsed(calendar_file([STEP], MADE)))
    assert lines["DTSTART;VALUE=DATE"] == "20261231"
    assert lines["DTEND;VALUE=DATE"] == "20270101"
    assert lines["DTSTAMP"] == "20261120T083000Z"
    assert lines["TRIGGER"] == "-PT15H"
    assert lines["SUMMARY"] == STEP.title
    assert lines["LOCATION"] == STEP.place
    assert lines["UID"] == STEP.uid


def test_every_begin_has_its_end_and_the_lines_end_as_they_must() -> None:
    written = calendar_file([STEP, STEP], MADE)
    names = parsed(written)
    opened: list[str] = []
    for name, value in names:
        if name == "BEGIN":
            opened.append(value)
        if name == "END":
            assert opened.pop() == value
    assert not opened
    assert [value for name, value in names if name == "BEGIN"].count("VEVENT") == 2
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_the_file_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "步骤.ics"
    assert calendar_file([STEP], MADE, target) == target.read_bytes()


@given(st.text())
def test_any_words_come_back_whole_and_no_line_is_too_long(words: str) -> None:
    words = words.encode("utf-8", "ignore").decode()
    kept = "".join(
        each for each in words.replace("\r\n", "\n") if each == "\n" or (ord(each) > 31 and each != "\x7f")
    )
    written = calendar_file([Appointment("1", date(2026, 1, 1), words or "x")], MADE)
    assert dict(parsed(written))["SUMMARY"] == (kept if words else "x")
    assert all(len(line) <= LONGEST_LINE for line in written.split(b"\r\n"))


def test_folding_cuts_no_letter() -> None:
    line = "SUMMARY:" + "缴" * 60
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in folded(line).split("\r\n"))
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
