"""The table of rules as a person reads it: what is in force, what a search finds, two beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, partial

from planner.policy import Pack, Value
from planner.policy.search import Index
from planner.policy.summary import Known, known_on
from planner.report import policy_words as words
from planner.text import _, language, plural
from planner.values import Confidence, Place, State, mark

BROWSE = (mark("What"), mark("Value"), mark("State"), mark("How sure"), mark("Valid"), mark("Document"))
SEARCH = (mark("Where"), *BROWSE)


@dataclass(frozen=True)
class Line:
    """One row: `key` at `place` (regional class `area`) on `day`; `value` is None where there is none.

    `asked` is the day that its state is told for: a search also finds what is not in force on it. In a
    comparison `other` is the value at the other place or day, and `differs` says whether they differ.
    """

    key: str
    place: Place
    area: str
    day: date
    value: Value | None
    tell: Callable[[], tuple[str, ...]] = field(repr=False, compare=False)
    asked: date
    other: Value | None = None
    differs: bool = False
    is_compared: bool = False

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """What the row says, in the language of its first showing; made when it is shown."""
        return self.tell()

    @property
    def state(self) -> State:
        return self.value.state if self.value is not None else State.MISSING


def browse(pack: Pack, place: Place, day: date) -> tuple[Line, ...]:
    """Everything in force at `place` on `day`, and what is missing there."""
    return tuple(
        Line(one.key, place, one.area, day, one.value, partial(_cells, pack, place, one), day)
        for one in known_on(pack, place, day)
    )


def search(pack: Pack, index: Index, text: str, near: Place, day: date) -> tuple[Line, ...]:
    """Every dated value that the words are about; each on the day it is in force nearest to `day`."""
    found = []
    for row in index.find(text, near):
        value = as_on(pack, row, day)
        tell = partial(_found_cells, pack, value, day)
        found.append(Line(value.key, value.place, value.area, _nearest(row, day), value, tell, day))
    return tuple(found)


def as_on(pack: Pack, row: Value, day: date) -> Value:
    """A stated row as it counts on `day`: provisional where it is carried on."""
    used = pack.find(row.key, row.place, day, area=row.area)
    return used if used is not None and _is_row(used, row) else row


def state_on(pack: Pack, row: Value, day: date) -> str:
    """The state of a stated row in a word or two; one that gave way to another is an earlier one."""
    used = pack.find(row.key, row.place, day, area=row.area)
    if used is not None and _is_row(used, row):
        return words.short_state(used)
    return _("later") if row.valid_from > day else _("earlier")


def _is_row(used: Value, row: Value) -> bool:
    return (used.place, used.area, used.valid_from) == (row.place, row.area, row.valid_from)


def compare(pack: Pack, one: tuple[Place, date], other: tuple[Place, date]) -> tuple[Line, ...]:
    """The values of two places, or of one place on two days, beside each other; what differs comes first."""
    (place, day), (other_place, other_day) = one, other
    left, right = _by_key(known_on(pack, place, day)), _by_key(known_on(pack, other_place, other_day))
    lines = []
    for key in dict.fromkeys((*left, *right)):
        for mine, theirs in _pairs(left.get(key, []), right.get(key, []), place == other_place):
            value, second = mine.value if mine else None, theirs.value if theirs else None
            differs = (value and value.value) != (second and second.value)
            tell = partial(_compared_cells, pack, key, (place, mine), (other_place, theirs))
            area = mine.area if mine else ""
            lines.append(Line(key, place, area, day, value, tell, day, second, differs, True))
    return tuple(sorted(lines, key=lambda line: not line.differs))


def compare_header(pack: Pack, one: tuple[Place, date], other: tuple[Place, date]) -> tuple[str, ...]:
    """The headings of a comparison: what, both sides, from the first to the second."""
    if one[0] == other[0]:
        sides = [str(one[1]), str(other[1])]
    else:
        sides = [pack.place_name(place, language()) for place, _day in (one, other)]
    return (_("What"), *sides, _("Second − first"))


def difference(one: Value | None, other: Value | None) -> str:
    """From the first to the second: an amount and its share of the first, or in words."""
    if one is None or other is None:
        return _("only one of them is known") if one is not other else ""
    if one.value == other.value:
        return _("the same")
    if not (isinstance(one.value, Decimal) and isinstance(other.value, Decimal)):
        return _("different")
    is_share = one.unit.startswith("share ")
    delta = other.value - one.value
    shown = words.figure(abs(delta), is_share=is_share)
    signed = f"{'+' if delta > 0 else '−'}{shown}"
    if is_share or not one.value:
        return signed
    share = abs(delta / one.value * 100).quantize(Decimal("0.1"))
    return _("{delta} ({share}%)", delta=signed, share=f"{signed[0]}{share}")


def summary(pack: Pack, place: Place, day: date, lines: Sequence[Line]) -> tuple[str, str]:
    """The answer in one sentence, and what of it to be careful with."""
    states = Counter(line.state for line in lines)
    known = len(lines) - states[State.MISSING]
    sentence = _(
        "{place}, {day}: {count} values are known.",
        place=pack.place_name(place, language()),
        day=day,
        count=known,
    )
    doubts = []
    if states[State.PROVISIONAL]:
        doubts.append(
            plural(
                "{count} is provisional: an older value carried on until the new notice.",
                "{count} are provisional: older values carried on until the new notice.",
                states[State.PROVISIONAL],
            )
        )
    unsure = sum(1 for line in lines if line.value and line.value.source.confidence is Confidence.UNCERTAIN)
    if unsure:
        doubts.append(
            plural(
                "{count} is not certain: check it with the office before you rely on it.",
                "{count} are not certain: check them with the office before you rely on them.",
                unsure,
            )
        )
    if states[State.MISSING]:
        doubts.append(
            plural(
                "{count} is missing and is not guessed.",
                "{count} are missing and are not guessed.",
                states[State.MISSING],
            )
        )
    own = sum(1 for line in lines if line.value and line.value.corrected)
    if own:
        doubts.append(plural("{count} is your own correction.", "{count} are your own corrections.", own))
    return sentence, " ".join(doubts)


def _cells(pack: Pack, place: Place, known: Known) -> tuple[str, ...]:
    what = pack.key_info(known.key).title(language())
    if known.area:
        what = _("{what}: {area}", what=what, area=pack.area_name(place, known.area, language()))
    value = known.value
    if value is None:
        return (what, "—", words.short_state(None), "", "", _("not known; it is not guessed"))
    return (
        what,
        words.amount(value),
        words.short_state(value),
        _(words.SHORT_CONFIDENCES[value.source.confidence]),
        words.short_period(value),
        words.title(value.source),
    )


def _found_cells(pack: Pack, value: Value, day: date) -> tuple[str, ...]:
    what, amount, _state, *rest = _cells(pack, value.place, Known(value.key, value.area, value))
    return (pack.place_name(value.place, language()), what, amount, state_on(pack, value, day), *rest)


def _compared_cells(
    pack: Pack, key: str, mine: tuple[Place, Known | None], theirs: tuple[Place, Known | None]
) -> tuple[str, ...]:
    values = [known.value if known else None for _place, known in (mine, theirs)]
    return (
        pack.key_info(key).title(language()),
        _cell(pack, *mine),
        _cell(pack, *theirs),
        difference(*values),
    )


def _cell(pack: Pack, place: Place, known: Known | None) -> str:
    if known is None:
        return "—"
    told = words.amount_and_state(known.value)
    if not known.area:
        return told
    return _("{area}: {value}", area=pack.area_name(place, known.area, language()), value=told)


def _by_key(known: Sequence[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for one in known:
        found.setdefault(one.key, []).append(one)
    return found


def _pairs(
    left: list[Known], right: list[Known], same_place: bool
) -> list[tuple[Known | None, Known | None]]:
    """Regional classes of one place by their code; of two places in their order."""
    if same_place:
        areas = dict.fromkeys([*(one.area for one in left), *(one.area for one in right)])
        by_left, by_right = {one.area: one for one in left}, {one.area: one for one in right}
        return [(by_left.get(area), by_right.get(area)) for area in areas]
    width = max(len(left), len(right))
    wide_left = left if len(left) > 1 or width == 1 else left * width
    wide_right = right if len(right) > 1 or width == 1 else right * width
    return [
        (wide_left[at] if at < len(wide_left) else None, wide_right[at] if at < len(wide_right) else None)
        for at in range(width)
    ]


def _nearest(value: Value, day: date) -> date:
    """The day of its time that is nearest to `day`."""
    if day < value.valid_from:
        return value.valid_from
    return value.valid_to if value.valid_to is not None and value.valid_to < day else day
