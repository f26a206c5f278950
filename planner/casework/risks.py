"""Who is at risk and in which order: each risk is one entry with its test, its reason and its next step.

The order of `RISKS` is the ranking: what protects life and limb first, then what cannot be made good later,
then money, then what is only not known. No step asks for more than the lowest tier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.advice.sentence import Sentence
from planner.casework import reasons
from planner.casework.member import INJURY, MEDICAL, PENSION
from planner.casework.person import Person
from planner.values import mark

RULE = mark(
    "Ordered by the gravest risk: first injury and illness, then a pension that is slipping away, then money "
    "paid for nothing, last what is only not known. Among equals those with more risks, then those nearer to "
    "the pension age, then as in the roster."
)


@dataclass(frozen=True, slots=True)
class Risk:
    """`applies` looks at the facts; `reason` says them in words; `step` is what to do next.

    `open`: a question to ask, not a danger that was found.
    """

    id: str
    title: str
    applies: Callable[[Person], bool]
    reason: Callable[[Person], Sentence]
    step: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A risk of one member, with the words that its reason is filled with."""

    risk: Risk
    reason: Sentence


def findings_of(person: Person) -> tuple[Finding, ...]:
    """Every risk of a member, the gravest first."""
    return tuple(Finding(risk, risk.reason(person)) for risk in RISKS if risk.applies(person))


def rank_key(person: Person, findings: Sequence[Finding]) -> tuple[int, int, int, int]:
    """What `RULE` sorts by, small before large, for a member with at least one finding."""
    real = sum(not finding.risk.open for finding in findings)
    return _ORDER[findings[0].risk.id], -real, person.facts.retire.index, person.member.line


RISKS: tuple[Risk, ...] = (
    Risk(
        "injury_on_the_road",
        mark("No injury cover on the road"),
        lambda person: person.lacks_injury_cover and person.on_road,
        reasons.plain(
            mark(
                "Works on the road; the per-order protection does not cover this work, and no other cover is "
                "known."
            )
        ),
        mark(
            "Ask about work injury insurance through a unit, or a group accident policy; without delay, the "
            "work goes on."
        ),
    ),
    Risk(
        "no_medical",
        mark("No medical insurance"),
        lambda person: person.member.is_without(MEDICAL),
        reasons.plain(
            mark("Has no medical insurance; a stay in hospital would be paid out of the own pocket.")
        ),
        mark(
            "Join resident medical insurance at the hukou, or employee medical insurance where the work is; "
            "ask for the waiting time."
        ),
    ),
    Risk(
        "injury_not_sure",
        mark("Injury cover not certain"),
        lambda person: person.may_lack_injury_cover and person.on_road,
        reasons.plain(
            mark("Works on the road; whether the per-order protection covers this work is not certain.")
        ),
        mark(
            "Look in the platform's app whether the protection is shown for an order; if not, treat it as "
            "none."
        ),
    ),
    Risk(
        "pension_to_claim",
        mark("Pension not claimed"),
        lambda person: person.could_claim,
        reasons.to_claim,
        mark("Claim the pension at the social insurance office; ask from which month it is paid."),
    ),
    Risk(
        "past_age_and_short",
        mark("Past the pension age, months missing"),
        lambda person: person.is_past_age_and_short,
        reasons.past_age_and_short,
        mark(
            "Ask the office about paying on past the age, or moving everything to the resident scheme, "
            "before paying anything more."
        ),
    ),
    Risk(
        "pension_too_late",
        mark("Too few months before the pension age"),
        lambda person: person.is_late,
        reasons.late,
        mark(
            "Ask the office for the whole record first (other provinces, an employer's unpaid months); then "
            "compare paying on with the resident scheme."
        ),
    ),
    Risk(
        "every_month_counts",
        mark("Every pension month counts"),
        lambda person: person.is_tight,
        reasons.tight,
        mark(
            "Plan for every month; the lowest tier is enough. Where the place allows it, months of this year "
            "can still be paid before it ends."
        ),
    ),
    Risk(
        "no_pension",
        mark("No pension insurance"),
        lambda person: person.member.is_without(PENSION) and not person.is_past_age,
        reasons.plain(mark("Pays into no pension scheme at present.")),
        mark(
            "Compare the lowest tier of the resident scheme with that of the employee scheme; doing nothing "
            "stays possible."
        ),
    ),
    Risk(
        "tier_too_dear",
        mark("The lowest tier is more than a bad month bears"),
        lambda person: person.finds_tier_dear,
        reasons.dear,
        mark(
            "Do not promise the employee tier: look for a subsidy first, then at the resident scheme or a "
            "reserve from good months."
        ),
    ),
    Risk(
        "injury_elsewhere",
        mark("No injury cover"),
        lambda person: person.lacks_injury_cover and not person.on_road and person.member.is_without(INJURY),
        reasons.plain(
            mark("The per-order protection is not for this work, and there is no other injury cover.")
        ),
        mark(
            "An accident policy for light work costs little; with a labour relation, work injury insurance "
            "is the employer's duty."
        ),
    ),
    Risk(
        "pension_twice",
        mark("Pays two pension schemes"),
        lambda person: person.pays_twice(PENSION),
        reasons.plain(
            mark("Is in the employee and in the resident pension scheme; months paid in both count once.")
        ),
        mark("Keep one of the two; what was paid to the resident scheme for the same months is paid back."),
    ),
    Risk(
        "medical_twice",
        mark("Pays two medical schemes"),
        lambda person: person.pays_twice(MEDICAL),
        reasons.plain(
            mark("Is in the employee and in the resident medical scheme; only one of them pays a bill.")
        ),
        mark(
            "Pause the resident scheme while the employee one runs; ask whether this year's payment comes "
            "back."
        ),
    ),
    Risk(
        "not_told",
        mark("Too little is known"),
        lambda person: person.is_unknown,
        reasons.plain(
            mark("The roster does not say what this member is insured for, or how many months are paid.")
        ),
        mark("Ask the member, and for a printed insurance record (参保缴费证明)."),
        open=True,
    ),
)
_ORDER = {risk.id: at for at, risk in enumerate(RISKS)}
