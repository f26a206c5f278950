"""An invented rider in Guangdong on a day in November 2026, whose situation a test changes in one point."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from planner.advice.card import Alternative
from planner.advice.inputs import Cover
from planner.advice.nudge import Draft, Group, Nudge
from planner.advice.options import EMPLOYEE, NONE, RESIDENT, Option
from planner.advice.sentence import Sentence
from planner.advice.situation import Situation
from planner.policy import Pack, load_pack
from planner.values import Month, Name, Place

TODAY = date(2026, 11, 20)
Make = Callable[..., Situation]


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack()


LAST = Month(2026, 10)


def _incomes(*yuan: int, last: Month = LAST) -> tuple[tuple[Month, Decimal], ...]:
    """Whole months up to `last`, the oldest first."""
    return tuple((last + (at + 1 - len(yuan)), Decimal(each)) for at, each in enumerate(yuan))


def _option(scheme: str, cost: int, **changes: Any) -> Option:
    names = {NONE: "nothing", RESIDENT: "resident_200", EMPLOYEE: "employee_60"}
    defaults: dict[str, Any] = {
        "id": names[scheme],
        "scheme": scheme,
        "text": Sentence("{plan}, ¥{cost} a month.", {"plan": Name(scheme, scheme), "cost": str(cost)}),
        "name": Name(scheme, scheme),
        "monthly_cost": Decimal(cost),
        "yearly_cost": Decimal(cost * 12),
        "pension": {f"p{at}": Decimal(cost * at) for at in (5, 25, 50, 75, 95)},
        "lapse_year": 0.02,
        "break_even_age": 71.0,
        "heirs": Decimal(9000),
        "net_value_p25": Decimal(1200),
        "cash_kept": 0.99,
    }
    return Option(**{**defaults, **changes})


HAD = {f"p{at}": Decimal(at) for at in (5, 25, 50, 75, 95)}  # yuan a month from what is paid already
OPTIONS = (_option(NONE, 0, pension=HAD), _option(RESIDENT, 17), _option(EMPLOYEE, 900))


@pytest.fixture
def make(pack: Pack) -> Make:
    """A situation in which nothing holds a card back, with the changes that a test asks for."""

    def made(**changes: Any) -> Situation:
        defaults: dict[str, Any] = {
            "today": TODAY,
            "born": Month(1990, 6),
            "category": "male_60",
            "place": Place("CN-GD"),
            "area": "",
            "occupation": "food_rider_crowd",
            "platforms": ("美团",),
            "employee_months": 24,
            "resident_months": 0,
            "average_index": Decimal("0.6"),
            "account_balance": Decimal(8000),
            "need": Decimal(3000),
            "buffer": Decimal(20000),
            "incomes": _incomes(*[7000] * 12),
            "usual_month": Decimal(7000),
            "cover": (),
            "events": (),
            "log": (),
            "pack": pack,
            "options": OPTIONS,
            "recommended": "employee_60",
        }
        return Situation(**{**defaults, **changes})

    return made


def _own_pension(monthly: int | None = 1200, **changes: Any) -> Cover:
    """The employee pension that the worker pays in Guangdong."""
    defaults: dict[str, Any] = {
        "risk": "pension",
        "scheme": "employee",
        "place": Place("CN-GD"),
        "since": date(2025, 1, 1),
        "paid_by": "worker",
        "monthly": None if monthly is None else Decimal(monthly),
    }
    return Cover(**{**defaults, **changes})


def _pay_more(id: str = "N10", **changes: Any) -> Nudge:
    """A card that would have one pay ¥900 a month more for a pension, to try the rules on."""

    def trigger(_situation: Situation) -> Draft:
        return Draft(
            reason=Sentence("Your income rose."),
            facts=(),
            alternatives=(
                Alternative("more", Sentence("Pay more."), Decimal(900), Decimal(10800)),
                Alternative("nothing", Sentence("Do nothing."), Decimal(0), Decimal(0)),
            ),
            what_if_nothing=Sentence("Nothing changes."),
            rule_id="pension.base_lower",
            trigger={},
            cost_month=Decimal(900),
            cost_year=Decimal(10800),
            proposal="more",
            priced=OPTIONS[2],
        )

    defaults: dict[str, Any] = {
        "id": id,
        "title": "Pay more",
        "neutral": "One can pay more.",
        "group": Group.PAY_MORE,
        "risk": "pension",
        "strength": "B",
        "rule_ids": ("pension.base_lower",),
        "version": 1,
        "reviewed": date(2026, 11, 1),
        "trigger": trigger,
    }
    return Nudge(**{**defaults, **changes})


@pytest.fixture
def incomes() -> Callable[..., tuple[tuple[Month, Decimal], ...]]:
    return _incomes


@pytest.fixture
def own_pension() -> Callable[..., Cover]:
    return _own_pension


@pytest.fixture
def pay_more() -> Callable[..., Nudge]:
    return _pay_more


@pytest.fixture
def option() -> Callable[..., Option]:
    return _option


class MissingRule:
    """The pack without one rule, or with one that ended long ago."""

    def __init__(self, pack: Any, key: str, ended: date | None) -> None:
        self._pack, self._key, self._ended = pack, key, ended

    def find(self, key: str, *where: Any, **more: Any) -> Any:
        found = self._pack.find(key, *where, **more)
        if key != self._key:
            return found
        if found is None or self._ended is None:
            return None
        return SimpleNamespace(valid_to=self._ended, number=found.number)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pack, name)


@pytest.fixture
def without_rule(pack: Pack) -> Callable[..., Any]:
    """The pack without a rule, or with it having ended on a day."""
    return lambda key, ended=None: MissingRule(pack, key, ended)
