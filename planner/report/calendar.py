"""The steps of a plan as a calendar file (iCalendar, RFC 5545): whole days, a reminder the morning before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

LONGEST_LINE = 75  # octets, without the line break
_REMIND = "-PT15H"  # nine o'clock on the day before
_CONTROLS = {code: None for code in range(32) if chr(code) != "\n"} | {127: None}


@dataclass(frozen=True)
class Appointment:
    """`uid` stays the same when the file is made again, so that a calendar replaces it and has it once."""

    uid: str
    day: date
    title: str
    place: str = ""
    notes: str = ""


def calendar_file(appointments: Iterable[Appointment], made: datetime, target: Path | None = None) -> bytes:
    """The file's bytes; also written to `target` if one is given. `made` is in universal time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wenbao//Next steps//EN", "CALSCALE:GREGORIAN"]
    for appointment in appointments:
        lines += _event(appointment, made)
    lines.append("END:VCALENDAR")
    written = "".join(f"{folded(line)}\r\n" for line in lines).encode()
    if target is not None:
        target.write_bytes(written)
    return written


def _event(appointment: Appointment, made: datetime) -> list[str]:
    after = appointment.day + timedelta(days=1)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(appointment.uid)}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{appointment.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{escaped(appointment.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if appointment.place:
        lines.append(f"LOCATION:{escaped(appointment.place)}")
    if appointment.notes:
        lines.append(f"DESCRIPTION:{escaped(appointment.notes)}")
    return [
        *lines,
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(appointment.title)}",
        f"TRIGGER:{_REMIND}",
        "END:VALARM",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """`text` as the value of a text property."""
    plain = text.replace("\r\n", "\n").translate(_CONTROLS)
    for special in ("\\", ";", ","):
        plain = plain.replace(special, f"\\{special}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """`line` broken so that no piece is longer than allowed and no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece])
