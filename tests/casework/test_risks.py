"""Who is at risk, in which order, and what each could join."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from planner.advice.sentence import in_english
from planner.casework.enrolment import SCHEMES, openings_of
from planner.casework.facts import facts_of
from planner.casework.member import Member
from planner.casework.person import DEAR, person_of
from planner.casework.risks import RISKS, findings_of, rank_key
from planner.policy import load_pack
from planner.values import Month, Place
from tests.casework.conftest import TODAY

PACK = load_pack()
SAFE = Member(
    line=2,
    born=Month(1990, 5),
    category="male_60",
    place=Place("CN-GD"),
    occupation="food_rider_crowd",
    platforms=("美团",),
    employee_months=120,
    average_index=6000,
    account_balance=4_000_000,
    income=800_000,
    cover={
        "pension": frozenset({"employee"}),
        "medical": frozenset({"employee"}),
        "injury": frozenset({"oip"}),
    },
)


def person(**changes):
    cover = {**SAFE.cover, **changes.pop("cover", {})}
    member = replace(SAFE, cover=cover, **changes)
    (facts,) = facts_of([member], PACK, TODAY)
    return person_of(member, facts, TODAY, PACK)


def found(**changes):
    return [finding.risk.id for finding in findings_of(person(**changes))]


NONE: frozenset[str] = frozenset()
BOTH = frozenset({"employee", "resident"})
CASES = {
    "injury_on_the_road": {"occupation": "courier", "cover": {"injury": NONE}},
    "no_medical": {"cover": {"medical": NONE}},
    "injury_not_sure": {"platforms": ("美团外卖",), "cover": {"injury": NONE}},
    "pension_to_claim": {"born": Month(1962, 1), "employee_months": 200},
    "past_age_and_short": {"born": Month(1962, 1), "employee_months": 100},
    "pension_too_late": {"born": Month(1970, 1), "employee_months": 10},
    "every_month_counts": {"born": Month(1970, 1), "employee_months": 150},
    "no_pension": {"cover": {"pension": NONE}},
    "tier_too_dear": {"income": 300_000},
    "injury_elsewhere": {"occupation": "livestreamer_independent", "cover": {"injury": NONE}},
    "pension_twice": {"cover": {"pension": BOTH}},
    "medical_twice": {"cover": {"medical": BOTH}},
    "not_told": {"employee_months": None},
}


def test_there_is_a_case_for_each_risk():
    assert list(CASES) == [risk.id for risk in RISKS]


def test_someone_well_covered_is_not_at_risk():
    assert found() == []


@pytest.mark.parametrize("risk", CASES)
def test_each_risk_is_found_alone_and_said_in_full(risk):
    assert found(**CASES[risk]) == [risk]
    (finding,) = findings_of(person(**CASES[risk]))
    said = finding.reason.said(in_english)
    assert said.endswith(".")
    assert "{" not in said


def test_the_graver_risk_ranks_first_whatever_else():
    keys = [
        rank_key(one, findings_of(one))
        for one in (person(**CASES[risk], line=9 - at) for at, risk in enumerate(CASES))
    ]
    assert all(before < after for before, after in pairwise(keys))


def test_among_equals_more_risks_then_the_nearer_to_the_pension_then_the_roster():
    bare = {"occupation": "courier"}
    more = person(**bare, line=9, cover={"injury": NONE, "medical": NONE})
    older = person(**bare, line=8, born=Month(1980, 1), cover={"injury": NONE})
    first = person(**bare, line=3, cover={"injury": NONE})
    second = person(**bare, line=4, cover={"injury": NONE})
    untold = person(**bare, line=2, employee_months=None, cover={"injury": NONE})
    ranked = sorted((second, untold, first, older, more), key=lambda one: rank_key(one, findings_of(one)))
    assert [one.member.line for one in ranked] == [9, 8, 2, 3, 4]  # a question is no further risk


def test_another_cover_ends_the_danger_on_the_road():
    for scheme in ("wii", "accident"):
        assert found(occupation="courier", cover={"injury": frozenset({scheme})}) == []


def test_dear_is_measured_on_a_bad_month_where_it_is_known():
    months = tuple((Month(2026, month), 600_000) for month in range(5, 11))
    cost = person().facts.tier.monthly
    assert found(months=months, essentials=600_000 - cost) == []
    assert found(months=months, essentials=600_000 - cost + 1) == ["tier_too_dear"]
    least = int(cost / DEAR)
    assert found(income=least) == []
    assert found(income=least * 99 // 100) == ["tier_too_dear"]


def test_who_draws_a_pension_is_left_in_peace():
    drawing = {"pension": frozenset({"drawing"})}
    assert found(born=Month(1962, 1), employee_months=None, income=100_000, cover=drawing) == []


def joins(**changes):
    return [opening.scheme.id for opening in openings_of(person(**changes), PACK)]


def test_what_could_be_joined():
    accident = {"injury": frozenset({"accident"})}
    assert joins() == ["oip", "group_accident"]
    assert joins(cover={"pension": NONE, "medical": NONE} | accident) == [
        "employee_pension",
        "resident_pension",
        "employee_medical",
        "resident_medical",
        "oip",
    ]
    assert joins(occupation="courier") == ["wii_single", "group_accident"]
    assert joins(occupation="courier", place=Place("CN-XZ")) == ["group_accident"]
    assert joins(born=Month(1962, 1), cover={"pension": NONE} | accident) == ["oip"]


def test_what_joining_costs():
    one = person(cover={"pension": NONE, "medical": NONE}, hukou=Place("CN-HN"))
    costs = {opening.scheme.id: opening.cost for opening in openings_of(one, PACK)}
    assert costs["employee_pension"] == one.facts.tier.monthly
    assert (
        costs["resident_medical"]
        == PACK.value("medical.resident_yearly", Place("CN-HN"), Month(2026, 11)).number * 100
    )
    assert costs["resident_pension"] > 0
    assert costs["group_accident"] is None


def test_every_scheme_with_a_cost_says_for_how_long():
    priced = {
        opening.scheme.id
        for opening in openings_of(person(cover={"pension": NONE, "medical": NONE}), PACK)
        if opening.cost
    }
    assert all(scheme.period for scheme in SCHEMES if scheme.id in priced)


def test_the_states_of_cover():
    assert person().cover_states == {}
    assert person(cover={"pension": BOTH, "medical": NONE}).cover_states == {
        "pension": "double",
        "medical": "missing",
    }
    untold = replace(SAFE, cover={}, occupation="courier")
    (facts,) = facts_of([untold], PACK, TODAY)
    states = person_of(untold, facts, TODAY, PACK).cover_states
    assert states == {"pension": "not_said", "medical": "not_said", "injury": "missing"}
