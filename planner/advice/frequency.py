"""How often a person is spoken to (E3, E12): one active card, two a month, and a no that is respected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from planner.advice.inputs import ACCEPTED, DECLINED, DONE, LATER, NEVER, REVERSED, SHOWN, LogEntry

CARDS_A_MONTH = 2
AFTER_A_DECLINE = timedelta(days=30)
AFTER_TWO_DECLINES = timedelta(days=180)
AFTER_LATER = timedelta(days=7)
UNANSWERED = timedelta(days=30)  # an open card that nobody answered is put away

_ANSWERS = frozenset({ACCEPTED, DECLINED, LATER, NEVER})


def standing(log: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
    """The log without the answers that the person took back, and without the taking back."""
    kept: list[LogEntry | None] = []
    last_answer_at: dict[str, int] = {}
    for entry in log:
        if entry.choice == REVERSED:
            taken_back = last_answer_at.pop(entry.id, None)
            if taken_back is not None:
                kept[taken_back] = None
            continue
        if entry.choice in _ANSWERS:
            last_answer_at[entry.id] = len(kept)
        kept.append(entry)
    return tuple(entry for entry in kept if entry is not None)


def open_cards(log: Sequence[LogEntry], today: date) -> tuple[str, ...]:
    """The ids of the cards shown and not answered, the latest first; an answer taken back opens its card."""
    shown: dict[str, date] = {}
    opened: dict[str, date] = {}
    for entry in log:
        opened.pop(entry.id, None)
        if entry.choice == SHOWN:
            shown[entry.id] = entry.day
        if entry.choice in (SHOWN, REVERSED) and entry.id in shown:
            opened[entry.id] = shown[entry.id]
    return tuple(card for card, day in reversed(opened.items()) if today - day < UNANSWERED)


def active_card(log: Sequence[LogEntry], today: date) -> str | None:
    """The id of the card that was shown last and is not yet answered."""
    return next(iter(open_cards(log, today)), None)


def settled(card: str, log: Sequence[LogEntry], today: date) -> tuple[LogEntry, ...]:
    """The log without the showing of this card that is still open: what was known when it was shown."""
    log = standing(log)
    answers = [at for at, entry in enumerate(log) if entry.id == card and entry.choice != SHOWN]
    answered = max(answers, default=-1)

    def is_open(at: int, entry: LogEntry) -> bool:
        return entry.id == card and at > answered and today - entry.day < UNANSWERED

    return tuple(entry for at, entry in enumerate(log) if not is_open(at, entry))


def showings(log: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
    """An entry for each time a card was put before the person, by its showing or else by its answer."""
    found: list[LogEntry] = []
    open_since: dict[str, date] = {}
    for entry in standing(log):
        shown = open_since.get(entry.id)
        is_open = shown is not None and entry.day - shown < UNANSWERED
        if entry.choice == DONE:
            continue
        if not is_open:
            found.append(entry)
        if entry.choice == SHOWN:
            if not is_open:
                open_since[entry.id] = entry.day
        else:
            open_since.pop(entry.id, None)
    return tuple(found)


def month_is_full(log: Sequence[LogEntry], today: date) -> bool:
    """Whether two cards were shown in this calendar month or in the last thirty days."""
    days = [entry.day for entry in showings(log) if entry.day <= today]
    this_month = [day for day in days if (day.year, day.month) == (today.year, today.month)]
    lately = [day for day in days if today - day < timedelta(days=30)]
    return max(len(this_month), len(lately)) >= CARDS_A_MONTH


def is_cooling_down(card: str, log: Sequence[LogEntry], today: date) -> bool:
    """Whether a no, a later or a never to this card still counts."""
    own = [
        entry
        for entry in standing(log)
        if entry.id == card and entry.choice in _ANSWERS and entry.day <= today
    ]
    if any(entry.choice == NEVER for entry in own):
        return True
    since_yes = own[max((at + 1 for at, entry in enumerate(own) if entry.choice == ACCEPTED), default=0) :]
    declined = [entry.day for entry in since_yes if entry.choice == DECLINED]
    if declined:
        wait = AFTER_TWO_DECLINES if len(declined) > 1 else AFTER_A_DECLINE
        if today - declined[-1] < wait:
            return True
    later = [entry.day for entry in since_yes if entry.choice == LATER]
    return bool(later) and today - later[-1] < AFTER_LATER


def last_answer(card: str, log: Sequence[LogEntry], *choices: str) -> date | None:
    """The day of the last such entry for the card."""
    days = [
        entry.day for entry in standing(log) if entry.id == card and (not choices or entry.choice in choices)
    ]
    return days[-1] if days else None
