"""What advice needs beside a case: the cover a person has, what happened to them, and the log of cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from planner.policy import Pack
from planner.values import InputError, Month, Place, mark

RISKS = ("pension", "medical", "injury", "unemployment")
NO_COVER = frozenset({"none", "lapsed", "unknown"})
"""Schemes that say there is no cover, none any more, or that nobody knows."""

_SCHEMES: Mapping[str, str] = {  # as the calculators call them
    "employee_pension": "employee",
    "employee_medical": "employee",
    "resident_pension": "resident",
    "resident_medical": "resident",
}
PAYERS = ("worker", "employer", "platform", "government")

SHOWN = "shown"
ACCEPTED = "accepted"
DECLINED = "declined"
LATER = "later"
NEVER = "never"
DONE = "done"
REVERSED = "reversed"
_SAID_OTHERWISE = {"accept": ACCEPTED, "decline": DECLINED}
CHOICES = (SHOWN, ACCEPTED, DECLINED, LATER, NEVER, DONE, REVERSED)

SPELLS = frozenset({"injury", "sickness", "illness", "birth", "maternity", "job_loss"})
ENDINGS: Mapping[str, frozenset[str]] = {
    "recovered": frozenset({"injury", "sickness", "illness"}),
    "back_to_work": SPELLS,
    "new_job": frozenset({"job_loss"}),
}
DEBT, DEBT_PAID = "debt", "debt_paid"
CLAIM = "benefit_claim"
SPELL_LASTS = timedelta(days=180)  # without a word of its end; ours, editable by an ending event


@dataclass(frozen=True)
class Cover:
    """A cover someone has or had; `until` None while it goes on, `monthly` yuan of their own if said.

    `scheme` is `employee`, `resident`, `oip`, `wii`, `accident`, one of `NO_COVER`, or another cover's name.
    """

    risk: str
    scheme: str
    place: Place | None = None
    since: date | None = None
    until: date | None = None
    paid_by: str = ""
    monthly: Decimal | None = None

    @property
    def is_paid_by_worker(self) -> bool:
        return self.paid_by in ("", "worker")

    def is_active(self, day: date) -> bool:
        begun = self.since is None or self.since <= day
        return self.scheme not in NO_COVER and begun and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Event:
    """Something that happened to a person; `until` if its end is known."""

    day: date
    kind: str
    until: date | None = None


@dataclass(frozen=True)
class LogEntry:
    """A card that was shown, or what was chosen on it, that day."""

    day: date
    id: str
    choice: str


def read_cover(data: object, pack: Pack) -> tuple[Cover, ...] | None:
    """The list `cover` of a case; None (unknown) where there is no list."""
    if data is None:
        return None
    return tuple(_cover(row, f"cover[{number}]", pack) for number, row in _rows(data, "cover"))


def read_events(data: object) -> tuple[Event, ...]:
    """The list `events` of a case, the oldest first."""
    events = [
        Event(
            _day(row, "date", f"events[{number}]"),
            _text(row, "kind", f"events[{number}]"),
            _day_or_none(row, "until", f"events[{number}]", last=True),
        )
        for number, row in _rows(data, "events")
    ]
    return tuple(sorted(events, key=lambda event: event.day))


def read_log(data: object) -> tuple[LogEntry, ...]:
    """The list `log` of a case, in the order of its days."""
    entries = [
        LogEntry(
            _day(row, "date", f"log[{number}]"),
            _text(row, "id", f"log[{number}]"),
            _choice(row, f"log[{number}]"),
        )
        for number, row in _rows(data, "log")
    ]
    return tuple(sorted(entries, key=lambda entry: entry.day))


def in_spell(events: Iterable[Event], today: date) -> bool:
    """Whether an injury, sickness, maternity or job loss is going on (G4)."""
    known = [event for event in events if event.day <= today]

    def ended(event: Event) -> bool:
        last = event.until if event.until is not None else event.day + SPELL_LASTS
        return last < today or any(
            event.kind in ENDINGS.get(other.kind, ()) and other.day >= event.day for other in known
        )

    return any(event.kind in SPELLS and not ended(event) for event in known)


def in_debt(events: Iterable[Event], today: date) -> bool:
    """Whether overdue debt at a high price was stated and not yet paid off (G3)."""
    state = False
    for event in events:
        if event.day <= today and event.kind in (DEBT, DEBT_PAID):
            state = event.kind == DEBT
    return state


def _cover(row: Mapping[str, Any], where: str, pack: Pack) -> Cover:
    scheme = _text(row, "scheme", where)
    return Cover(
        risk=_one_of(row, "risk", RISKS, where),
        scheme=_SCHEMES.get(scheme, scheme),
        place=pack.place(row["place"], field=f"{where}.place") if _is_said(row, "place") else None,
        since=_day_or_none(row, "from", where),
        until=_day_or_none(row, "to", where, last=True),
        paid_by=_one_of(row, "paid_by", PAYERS, where) if _is_said(row, "paid_by") else "",
        monthly=_yuan_or_none(row, "monthly", where),
    )


def _rows(data: object, field: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    if data is None:
        return
    if not isinstance(data, list):
        raise InputError("bad_list", mark("{field} must be a list, not {value!r}"), field=field, value=data)
    for number, row in enumerate(data):
        if not isinstance(row, dict):
            raise InputError(
                "bad_object",
                mark("{field} must be an object, not {value!r}"),
                field=f"{field}[{number}]",
                value=row,
            )
        yield number, row


def _is_said(row: Mapping[str, Any], name: str) -> bool:
    return row.get(name) is not None and row[name] != ""


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not _is_said(row, name):
        raise InputError("missing_field", mark("{field} is missing"), field=f"{where}.{name}")
    if not isinstance(value, str):
        raise _wrong(f"{where}.{name}", value)
    return value


def _one_of(row: Mapping[str, Any], name: str, choices: tuple[str, ...], where: str) -> str:
    value = _text(row, name, where)
    if value not in choices:
        raise InputError(
            "bad_choice",
            mark("{field} must be one of {choices}, not {value!r}"),
            field=f"{where}.{name}",
            choices=", ".join(choices),
            value=value,
        )
    return value


def _choice(row: Mapping[str, Any], where: str) -> str:
    said = _text(row, "choice", where)
    known = _SAID_OTHERWISE.get(said, said)
    return _one_of({"choice": known}, "choice", CHOICES, where)


def _day(row: Mapping[str, Any], name: str, where: str, *, last: bool = False) -> date:
    """A day, or the first (or `last`) day of a month."""
    text = _text(row, name, where)
    try:
        if len(text) == len("2026-08"):
            month = Month.parse(text)
            return month.last_day if last else month.first_day
        return date.fromisoformat(text)
    except (ValueError, InputError):
        raise InputError(
            "bad_date",
            mark("{field} must be a date such as 2026-08-01, not {value!r}"),
            field=f"{where}.{name}",
            value=text,
        ) from None


def _day_or_none(row: Mapping[str, Any], name: str, where: str, *, last: bool = False) -> date | None:
    return _day(row, name, where, last=last) if _is_said(row, name) else None


def _yuan_or_none(row: Mapping[str, Any], name: str, where: str) -> Decimal | None:
    value = row.get(name)
    if value is None:
        return None
    try:
        yuan = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(f"{where}.{name}", value) from None
    if isinstance(value, bool) or not yuan.is_finite() or yuan < 0:
        raise _wrong(f"{where}.{name}", value)
    return yuan


def _wrong(field: str, value: object) -> InputError:
    return InputError("bad_value", mark("{field} cannot be {value!r}"), field=field, value=value)
