"""Words for the values of the law: amounts with their units, periods, states, sources, what changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from planner.policy import Correction, Pack, Value
from planner.policy.changes import Change
from planner.policy.rows import Content
from planner.text import _, language
from planner.values import Confidence, Place, Source, State, mark

STATES = {
    State.IN_FORCE: mark("in force"),
    State.PROVISIONAL: mark("provisional: carried on or a stand-in"),
    State.MISSING: mark("no value"),
}
SHORT_STATES = {
    State.IN_FORCE: mark("in force"),
    State.PROVISIONAL: mark("provisional"),
    State.MISSING: mark("no value"),
}
CONFIDENCES = {
    Confidence.SOURCED: mark("Official document"),
    Confidence.WELL_KNOWN: mark("Well known"),
    Confidence.UNCERTAIN: mark("Not certain"),
}
SHORT_CONFIDENCES = {
    Confidence.SOURCED: mark("official"),
    Confidence.WELL_KNOWN: mark("well known"),
    Confidence.UNCERTAIN: mark("not certain"),
}
UNITS = {
    "yuan/month": mark("yuan a month"),
    "yuan/hour": mark("yuan an hour"),
    "yuan/year": mark("yuan a year"),
    "months": mark("months"),
    "years": mark("years"),
    "percent a year": mark("percent a year"),
    "share of the base": mark("of the base"),
    "share of the base per year": mark("of the base for each year"),
    "share of the average wage": mark("of the average wage"),
    "share of the withdrawal": mark("of the withdrawal"),
    "share of the tax": mark("of the tax"),
    "share of the balance": mark("of the balance"),
    "index": mark("index"),
    "decimals": mark("decimals"),
    "factor": mark("factor"),
    "code": "",
}
CODES = {
    "whole_years": mark("by whole years of age"),
    "monthly": mark("by years and months of age"),
    "fen": mark("to the fen"),
    "jiao_half_up": mark("to the jiao, halves up"),
    "jiao_ceil": mark("up to the next jiao"),
    "total_jiao_ceil": mark("the total up to the next jiao"),
    "part_jiao_ceil": mark("each part up to the next jiao"),
    "year_end": mark("yes, by the end of the year"),
    "none": mark("no"),
    "at_pension_age": mark("at the pension age"),
    "indexed_fen": mark("the indexed wage to the fen"),
    "both_fen": mark("the indexed wage and the half sum to the fen"),
    "half_sum_fen": mark("half of the two wages' sum, to the fen"),
    "province": mark("the province's base"),
    "exact": mark("not rounded"),
    "2dp_half_up": mark("to 2 decimals, halves up"),
    "4dp_half_up": mark("to 4 decimals, halves up"),
    "1dp_ceil": mark("up to 1 decimal"),
    "2dp_ceil": mark("up to 2 decimals"),
    "whole_years*1%+residual_months*0.083%": mark("1% for a whole year and 0.083% for each month left"),
}
_SHARE = "share "


def amount(value: Value) -> str:
    """The value with its unit: `7,162 yuan a month`, `20% of the base`, a code in words."""
    return _amount(value.value, value.unit)


def correction(pack: Pack, one: Correction) -> str:
    """A correction in one line: where, what, how much, from when."""
    info = pack.key_info(one.key)
    return _(
        "{place}: {what}, {amount}, from {day}",
        place=place_name(pack, one.place, one.area),
        what=info.title(language()),
        amount=_amount(one.value, info.unit),
        day=one.valid_from,
    )


def _amount(content: Content, kind: str) -> str:
    amounts = content if isinstance(content, tuple) else (content,)
    is_share = kind.startswith(_SHARE)
    shown = " / ".join(figure(one, is_share=is_share) for one in amounts)
    unit = UNITS.get(kind, kind)
    if not unit:
        return shown
    said = _(unit)
    return f"{shown}{said}" if said.startswith("（") else f"{shown} {said}"


def figure(one: Decimal | str, *, is_share: bool = False) -> str:
    """One number as it is written in a notice, or the words of a code."""
    if isinstance(one, str):
        return _(CODES[one]) if one in CODES else one
    if is_share:
        percent = (one * 100).normalize()
        return f"{percent:f}%"
    return f"{one:,f}"


def state(value: Value | None) -> str:
    """The state in words, or that it is the person's own correction."""
    if value is None:
        return _(STATES[State.MISSING])
    return _("your own correction") if value.corrected else _(STATES[value.state])


def short_state(value: Value | None) -> str:
    """The state in a word or two, for a table."""
    if value is None:
        return _(SHORT_STATES[State.MISSING])
    return _("your own") if value.corrected else _(SHORT_STATES[value.state])


def short_period(value: Value) -> str:
    """From when to when, for a table; whole months without their days."""
    start, end = value.valid_from, value.valid_to
    if start.day == 1 and (end is None or (end + timedelta(days=1)).day == 1):
        first, last = f"{start:%Y-%m}", f"{end:%Y-%m}" if end is not None else ""
    else:
        first, last = str(start), str(end or "")
    return f"{first} – {last}" if last else _("from {start}", start=first)


def period(value: Value, day: date | None = None) -> str:
    """From when to when; with a day after its end, that it is carried on."""
    if value.valid_to is None:
        return _("From {start}, no end known", start=value.valid_from)
    if day is not None and value.valid_to < day:
        return _("Stated from {start} to {end}; carried on", start=value.valid_from, end=value.valid_to)
    return _("From {start} to {end}", start=value.valid_from, end=value.valid_to)


def title(source: Source) -> str:
    """The title of the document, our own words for it in the language in use."""
    return _(source.title).rstrip("。.") if source.title else ""  # ours is a sentence, here part of another


def source(one: Source) -> str:
    """Document, confidence and the day of the last check."""
    confidence = _(CONFIDENCES[one.confidence])
    if one.checked is None:
        return _("{title} ({confidence})", title=title(one), confidence=confidence)
    return _(
        "{title} ({confidence}, last checked {day})", title=title(one), confidence=confidence, day=one.checked
    )


def place_name(pack: Pack, place: Place, area: str = "") -> str:
    """A place with its regional class in the language in use."""
    return pack.spoken_place(place, area, language())


def change(one: Change, before: Pack, after: Pack) -> str:
    """One change in one line: where, what, from when, from what to what."""
    pack = after if after.knows(one.key) else before
    where = place_name(pack, one.place, one.area)
    what = pack.key_info(one.key).title(language())
    old = amount_and_state(one.before)
    new = amount_and_state(one.after)
    if one.last is None:
        return _(
            "{place}: {what} from {day}: {old} → {new}",
            place=where,
            what=what,
            day=one.first,
            old=old,
            new=new,
        )
    return _(
        "{place}: {what} from {day} to {end}: {old} → {new}",
        place=where,
        what=what,
        day=one.first,
        end=one.last,
        old=old,
        new=new,
    )


def amount_and_state(value: Value | None) -> str:
    """The amount, and its state where that is not simply in force and sure."""
    if value is None:
        return short_state(None)
    doubts = doubts_of(value)
    if not doubts:
        return amount(value)
    return _(
        "{amount} ({state})", amount=amount(value), state=("、" if language() == "zh" else ", ").join(doubts)
    )


def doubts_of(value: Value) -> tuple[str, ...]:
    """What to know before one relies on a value: provisional, one's own, not certain; mostly nothing."""
    if value.corrected:
        return (short_state(value),)
    doubts = [] if value.state is State.IN_FORCE else [short_state(value)]
    if value.source.confidence is Confidence.UNCERTAIN:
        doubts.append(_(SHORT_CONFIDENCES[Confidence.UNCERTAIN]))
    return tuple(doubts)
