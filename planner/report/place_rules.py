"""Rules of a place that are lists, in words: resident tiers, subsidies, per-order protection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.policy import Pack, Row
from planner.policy.pinyin import initials_from_each_word
from planner.policy.search import asked, searchable
from planner.policy.summary import rows_on
from planner.report import policy_words as words
from planner.text import _, language, plural
from planner.values import Place, Source, mark

GROUPS = {
    "hard_to_employ": mark("people with difficulty finding work"),
    "graduate": mark("graduates who have not found work"),
}
SECTORS = {
    "ride_hailing": mark("ride-hailing"),
    "instant_delivery": mark("food and instant delivery"),
    "city_freight": mark("freight within the city"),
}
_TIERS = mark("Tiers of the resident pension")
_SUBSIDY = mark("Social insurance subsidy for {group}")
_PER_ORDER = mark("Per-order injury protection")


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """A rule of `place` as a title and a sentence, in the language in use, with its document."""

    place: Place
    title: str
    sentence: str
    period: str
    source: Source


def place_rules(pack: Pack, place: Place, day: date) -> tuple[PlaceRule, ...]:
    """The lists in force at `place` (or in what it lies in) on `day`."""
    found: list[PlaceRule] = []
    for name, rows in rows_on(pack, place, day).items():
        if name in _TELLERS:
            found.extend(_TELLERS[name](rows, day))
    return tuple(found)


class PlaceRules:
    """The lists of all places on one day in one language, ready to be searched."""

    def __init__(self, pack: Pack, day: date) -> None:
        stated = {row["place"] for name in _TELLERS for row in pack.table(name)}
        self._rules: list[tuple[str, PlaceRule]] = []
        for place in pack.places(cities=True):
            if place.code in stated:
                names = [pack.place_name(place, each) for each in ("zh", "en")]
                about = [*names, pack.place_initials(place), str(day.year)]
                for rule in place_rules(pack, place, day):
                    if rule.place == place:
                        letters = initials_from_each_word(rule.title)
                        said = searchable([*about, rule.title, letters, words.title(rule.source)])
                        self._rules.append((said, rule))

    def find(self, text: str) -> tuple[PlaceRule, ...]:
        """The lists that every word of `text` is about."""
        wanted = asked(text)
        return tuple(rule for said, rule in self._rules if wanted and all(word in said for word in wanted))


def _tiers(rows: Iterable[Row], day: date) -> list[PlaceRule]:
    years = sorted({int(row["year"]) for row in rows if int(row["year"]) <= day.year})
    newest = [row for row in rows if years and row["year"] == str(years[-1])]
    if not newest:
        return []
    parts = []
    for row in newest:
        low, high = (words.figure(Decimal(row[column] or "0")) for column in ("tier_from", "tier_to"))
        tier = low if low == high or not row["tier_to"] else f"{low}–{high}"
        if row["subsidy"]:
            subsidy = words.figure(Decimal(row["subsidy"]))
            parts.append(_("{tier} (subsidy {subsidy})", tier=tier, subsidy=subsidy))
        else:
            parts.append(tier)
    sentence = _("You choose what to pay a year, in yuan: {tiers}", tiers=_join(parts))
    return [_rule(newest[0], _(_TIERS), sentence)]


def _subsidies(rows: Iterable[Row], _day: date) -> list[PlaceRule]:
    found = []
    for row in rows:
        parts = []
        if row["fixed_yuan"]:
            amounts = " / ".join(words.figure(Decimal(one)) for one in row["fixed_yuan"].split())
            parts.append(_("{amounts} yuan a month", amounts=amounts))
        elif row["share"]:
            parts.append(_("{share} of what you pay", share=row["share"]))
        if row["cap_yuan"]:
            parts.append(_("at most {amount} yuan a month", amount=words.figure(Decimal(row["cap_yuan"]))))
        if row["months_max"].isdecimal():
            months = int(row["months_max"])
            parts.append(plural("for {count} month at most", "for {count} months at most", months))
        group = _(GROUPS.get(row["groups"], row["groups"]))
        found.append(_rule(row, _(_SUBSIDY, group=group), ("，" if language() == "zh" else ", ").join(parts)))
    return found


def _per_order(rows: Iterable[Row], _day: date) -> list[PlaceRule]:
    found = []
    for row in rows:
        sectors = _join([_(SECTORS.get(one, one)) for one in row["sectors"].split()])
        sentence = _(
            "Since {day}, paid by the platform for each order: {sectors}", day=row["from"], sectors=sectors
        )
        found.append(_rule(row, _(_PER_ORDER), sentence))
    return found


_TELLERS: Mapping[str, Callable[[tuple[Row, ...], date], list[PlaceRule]]] = {
    "resident_tiers": _tiers,
    "subsidies": _subsidies,
    "oip_coverage": _per_order,
}


def _rule(row: Row, title: str, sentence: str) -> PlaceRule:
    start, end = row["valid_from"], row["valid_to"]
    if start and end:
        period = _("From {start} to {end}", start=start, end=end)
    elif end:
        period = _("Until {end}", end=end)
    else:
        period = _("From {start}, no end known", start=start) if start else ""
    return PlaceRule(Place(row["place"]), title, sentence, period, row.source)


def _join(parts: Iterable[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(parts)
