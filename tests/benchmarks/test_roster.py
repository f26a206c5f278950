"""The pensions of 100,000 members, exact to the fen, against the same rule on OpenFisca-Core.

OpenFisca is installed for this alone (extra `bench`; it is AGPL and never shipped). Both start from arrays of
whole numbers; on the other side the law stands in its parameters and the rule in one vector formula of
floats. Both are checked against each other within a fen.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from planner.policy import Pack, load_pack
from planner.schemes.annuity import Age, annuity
from planner.schemes.pension import law_of
from planner.schemes.vector import Roster, pensions
from planner.values import Month
from planner.values.place import PROVINCES

MEMBERS = 100_000
MONTH = Month(2026, 3)
BAR, AIM = 0.5, 0.1
ROUNDS = 9


def roster() -> Roster:
    chance = np.random.default_rng(5)

    def drawn(low: int, high: int) -> np.ndarray:
        return chance.integers(low, high, MEMBERS, dtype=np.int64)

    return Roster(
        places=PROVINCES,
        place=drawn(0, len(PROVINCES)),
        retire=np.full(MEMBERS, MONTH.index, np.int64),
        months=drawn(180, 500),
        index=drawn(4_000, 30_000),
        balance=drawn(1_000_000, 40_000_000),
        age=drawn(50 * 12, 63 * 12),
    )


def openfisca_pensions(pack: Pack) -> Callable[[Roster], np.ndarray]:
    """A tax-benefit system with the law of every province as parameters, and the rule as one formula."""
    core: Any = pytest.importorskip("openfisca_core")
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.periods import MONTH as MONTHLY
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    assert core
    person = build_entity("person", "persons", "A member", is_person=True)
    names = [place.code.replace("-", "_") for place in PROVINCES]
    province_enum = Enum("ProvinceEnum", {name: name for name in names})
    laws = [law_of(place, MONTH, pack) for place in PROVINCES]
    years_codes = sorted({law.years.code for law in laws})
    money_codes = sorted({law.money.code for law in laws})
    wage_codes = sorted({law.wage.code for law in laws})
    divisors = np.array(
        [float(annuity(Age(age // 12, age % 12), pack, MONTH).months) for age in range(80 * 12)]
    )

    def leaf(values: list[float]) -> dict[str, Any]:
        return {
            name: {"values": {"2020-01-01": {"value": value}}}
            for name, value in zip(names, values, strict=True)
        }

    class province(Variable):  # noqa: N801
        value_type = Enum
        possible_values = province_enum
        default_value = province_enum[names[0]]
        entity = person
        definition_period = MONTHLY

    def whole(name: str) -> type:
        fields = {"value_type": int, "entity": person, "definition_period": MONTHLY}
        return type(name, (Variable,), fields)

    class pension(Variable):  # noqa: N801
        value_type = float
        entity = person
        definition_period = MONTHLY

        def formula(persons: Any, period: Any, parameters: Any) -> np.ndarray:  # noqa: N805
            law, where = parameters(period), persons("province", period)
            base = law.benefit_base[where].astype(np.float64)
            months = persons("months", period).astype(np.float64)
            index = persons("average_index", period) / 10_000
            years = _years(law.years_rule[where], months, years_codes)
            wage = law.wage_rule[where]
            indexed = base * index
            rounds_index = np.isin(wage, [wage_codes.index(code) for code in ("indexed_fen", "both_fen")])
            indexed = np.where(rounds_index, _half_up(indexed, 100), indexed)
            half = (base + indexed) / 2
            rounds_half = np.isin(wage, [wage_codes.index(code) for code in ("half_sum_fen", "both_fen")])
            half = np.where(rounds_half, _half_up(half, 100), half)
            threshold = law.threshold[where].astype(np.float64)
            low = index < threshold
            scaled = (base + base * threshold) / 2 * index / np.where(low, threshold, 1)
            basic = np.where(low, scaled, half) * years * 0.01
            personal = persons("balance", period) / 100 / divisors[persons("age", period)]
            return _rounded(law.money_rule[where], basic, personal, money_codes)

    system = TaxBenefitSystem([person])
    for variable in (
        province,
        whole("months"),
        whole("average_index"),
        whole("balance"),
        whole("age"),
        pension,
    ):
        system.add_variable(variable)
    thresholds = [float(law.threshold.number) if law.threshold else 0.0 for law in laws]
    system.parameters = ParameterNode(
        "",
        data={
            "benefit_base": leaf([float(law.benefit_base.number) for law in laws if law.benefit_base]),
            "years_rule": leaf([years_codes.index(law.years.code) for law in laws]),
            "money_rule": leaf([money_codes.index(law.money.code) for law in laws]),
            "wage_rule": leaf([wage_codes.index(law.wage.code) for law in laws]),
            "threshold": leaf(thresholds),
        },
    )

    def calculate(members: Roster) -> np.ndarray:
        simulation = SimulationBuilder().build_default_simulation(system, MEMBERS)
        period = str(MONTH)
        simulation.set_input("province", period, members.place.astype(np.int16))
        simulation.set_input("months", period, members.months)
        simulation.set_input("average_index", period, members.index)
        simulation.set_input("balance", period, members.balance)
        simulation.set_input("age", period, members.age)
        return np.asarray(simulation.calculate("pension", period))

    return calculate


def _half_up(amount: np.ndarray, units: int) -> np.ndarray:
    return np.floor(amount * units + 0.5 + 1e-7) / units


def _up(amount: np.ndarray, units: int) -> np.ndarray:
    return np.ceil(amount * units - 1e-7) / units


def _years(rule: np.ndarray, months: np.ndarray, codes: list[str]) -> np.ndarray:
    exact = months / 12
    forms = {
        "exact": exact,
        "1dp_ceil": _up(exact, 10),
        "2dp_half_up": _half_up(exact, 100),
        "2dp_ceil": _up(exact, 100),
        "4dp_half_up": _half_up(exact, 10_000),
    }
    apart = months // 12 + months % 12 * 0.083
    return np.select([rule == at for at in range(len(codes))], [forms.get(code, apart) for code in codes])


def _rounded(rule: np.ndarray, basic: np.ndarray, personal: np.ndarray, codes: list[str]) -> np.ndarray:
    fen = _half_up(basic, 100) + _half_up(personal, 100)
    jiao_seen_fen = [_up(np.floor(part * 100 + 1e-7) / 100, 10) for part in (basic, personal)]
    forms = {
        "fen": fen,
        "jiao_half_up": _half_up(basic, 10) + _half_up(personal, 10),
        "jiao_ceil": jiao_seen_fen[0] + jiao_seen_fen[1],
        "part_jiao_ceil": _up(basic, 10) + _up(personal, 10),
        "total_jiao_ceil": _up(fen, 10),
    }
    return np.select([rule == at for at in range(len(codes))], [forms[code] for code in codes])


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.benchmark
def test_a_hundred_thousand_pensions(report_ratio: Callable[..., None]) -> None:
    pack, members = load_pack(), roster()
    openfisca = openfisca_pensions(pack)
    mine, theirs = pensions(members, pack).total / 100, openfisca(members)
    assert np.abs(mine - theirs).max() <= 0.01
    ours, others = [], []
    for _round in range(ROUNDS):
        others.append(_seconds(lambda: openfisca(members)))
        ours.append(_seconds(lambda: pensions(members, pack)))
    report_ratio("pensions of 100,000 members", min(ours) / min(others), BAR, AIM)
