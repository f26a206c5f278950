"""What is known of a place on a day, and for which years."""

from __future__ import annotations

from datetime import date

from planner.policy import load_pack
from planner.policy.summary import known_on, span
from planner.values import Place, State

PACK = load_pack()


def _by_key(place: str, day: str) -> dict[tuple[str, str], State]:
    return {(one.key, one.area): one.state for one in known_on(PACK, Place(place), date.fromisoformat(day))}


def test_a_province_with_classes_lists_each_of_them() -> None:
    known = _by_key("CN-GD", "2025-01-01")
    lower = {area: state for (key, area), state in known.items() if key == "pension.base_lower"}
    assert lower == dict.fromkeys(("guangzhou", "delta", "other"), State.IN_FORCE)
    assert known["pension.base_upper", ""] is State.IN_FORCE


def test_a_city_answers_once() -> None:
    known = _by_key("440300", "2025-09-01")
    assert [area for key, area in known if key == "pension.base_lower"] == [""]


def test_what_a_province_should_have_and_has_not_is_listed_as_missing() -> None:
    known = _by_key("CN-FJ", "2023-05-01")
    assert known["pension.base_lower", ""] is State.MISSING
    assert ("pension.fixed_bases", "") not in known


def test_the_years_of_a_place() -> None:
    beijing = span(PACK, "pension.base_lower", Place("CN-BJ"), date(2026, 8, 1))
    assert beijing is not None
    assert (beijing.first, beijing.last, beijing.state) == (2023, 2027, State.IN_FORCE)
    hubei = span(PACK, "pension.base_lower", Place("CN-HB"), date(2026, 8, 1))
    assert hubei is not None
    assert hubei.state is State.PROVISIONAL
    assert set(hubei.areas) == {"class1", "class2", "class3"}
    assert span(PACK, "pension.base_lower", Place("330100"), date(2026, 8, 1)) is None
