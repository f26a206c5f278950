"""Which stored answers the rules and the program of now still know: an update may have taken a place away.

Nothing stored is changed here; what is not known counts as not given until it is chosen again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from planner.values import InputError, Month, Place

if TYPE_CHECKING:
    from planner.policy import Pack

OF_THE_LAW = frozenset(
    {
        *("category", "born", "province", "area", "hukou", "occupation", "platforms"),
        *("max_lapse", "scenario", "shocks", "assumptions", "cover", "injury"),
    }
)
"""The answers that are checked; all others are taken as they are."""

OWN_POLICY = "own"  # the accident policy whose terms the person typed
GRADES = range(1, 11)  # of a disability


@dataclass(frozen=True)
class KnownAnswers:
    """`answers` without what is not known; `lost`: that, by name (`injury.place` within an answer)."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    lost: Mapping[str, Any] = field(default_factory=dict)


def known_answers(answers: Mapping[str, Any], pack: Pack, today: date) -> KnownAnswers:
    """The stored `answers` as far as this pack and this program know them on the day `today`."""
    check = _Check(answers, pack, today)
    lost: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        good = check.part(name, value, lost) if value is not None and name in OF_THE_LAW else value
        if good is not None:
            kept[name] = good
    return KnownAnswers(kept, lost)


class _Check:
    """Looks up only what the answers at hand need: most people gave a few, and the window is opening."""

    def __init__(self, answers: Mapping[str, Any], pack: Pack, today: date) -> None:
        self._answers, self._pack, self._today = answers, pack, today

    def part(self, name: str, value: Any, lost: dict[str, Any]) -> Any:
        """What is known of the answer `name`, None for nothing; what is not goes into `lost`."""
        match name:
            case "platforms" | "shocks" if isinstance(value, list):
                known = self._choices(name) or ()
                good: Any = [one for one in value if one in known]
                gone: Any = [one for one in value if one not in known]
            case "assumptions" if isinstance(value, dict):
                from planner.projection.words import TITLES

                good = {one: own for one, own in value.items() if one.partition(".")[0] in TITLES}
                gone = sorted(value.keys() - good)
            case "injury" if isinstance(value, dict):
                parts = {one: self.part(f"injury.{one}", own, lost) for one, own in value.items()}
                return {one: own for one, own in parts.items() if f"injury.{one}" not in lost}
            case "cover" if isinstance(value, list):
                rows = [self._cover(row) for row in value]
                good = [row for row in rows if row is not None]
                gone = [row for row, known_row in zip(value, rows, strict=True) if row != known_row]
            case _:
                is_known = self._is_known(name, value)
                good, gone = (value, None) if is_known else (None, value)
        if gone:
            lost[name] = gone
        return good

    def _choices(self, name: str) -> Collection[Any] | None:
        """What may be chosen for the answer `name`; None where it is not one of a list."""
        pack = self._pack
        match name:
            case "category":
                from planner.schemes.retirement_age import CATEGORIES

                return CATEGORIES
            case "province" | "hukou" | "injury.place":
                return frozenset(map(str, pack.places(cities=True)))
            case "occupation" | "injury.occupation":
                return frozenset(row["code"] for row in pack.table("occupations"))
            case "platforms":
                rows = pack.table("oip_platforms")
                return frozenset(one for row in rows for one in (row["platform"], *row["also"].split("|")))
            case "injury.platform":
                from planner.report.injury_words import UNLISTED

                return frozenset({"", UNLISTED}.union(self._choices("platforms") or ()))
            case "injury.order_state":
                from planner.report.injury_words import ORDER_STATES

                return tuple(state for state, _words in ORDER_STATES)
            case "injury.policy":
                from planner.report.injury_grid import policies

                return (OWN_POLICY, *policies(pack))
            case "injury.grade" | "injury.insurers_grade":
                return GRADES
            case "scenario":
                from planner.projection.case import SCENARIOS

                return SCENARIOS
            case "shocks":
                from planner.projection.shocks import SHOCKS

                return SHOCKS
        return None

    def _is_known(self, name: str, value: Any) -> bool:
        if value is None:
            return True
        choices = self._choices(name)
        try:
            if choices is not None:
                return value in choices
            if name == "born":
                Month.parse(value, field=name)
            elif name == "area":
                self._look_for_area(value)
            elif name == "injury.day":
                date.fromisoformat(value)
            elif name == "max_lapse" or name.startswith("injury."):
                return value == "" or Decimal(str(value)).is_finite()
            else:
                return False  # not of the form that it is kept in
        except (InputError, InvalidOperation, TypeError, ValueError):
            return False
        return True

    def _look_for_area(self, area: str) -> None:
        """InputError where the place has no such regional class."""
        place = self._answers.get("province")
        if place in (self._choices("province") or ()):
            self._pack.find("pension.base_lower", Place(str(place)), self._today, area=area)

    def _cover(self, row: Any) -> Any:
        """A cover as far as it is known: without a place that is gone; None of a kind that is gone."""
        from planner.advice.inputs import read_cover

        for known in (row, {**row, "place": None} if isinstance(row, dict) else None):
            try:
                read_cover([known], self._pack)
            except InputError:
                continue
            return known
        return None
