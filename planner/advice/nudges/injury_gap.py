"""N08, injury gap: whether the platform's scheme covers an order today, what it pays, and what remains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planner.advice.accidents import hazard_of, loss_facts
from planner.advice.card import NOTHING, Alternative, Fact
from planner.advice.nudge import ZERO, Draft, Group, Nudge, StepPattern
from planner.advice.offices import IDENTITY_CARD
from planner.advice.sentence import Sentence, amount, spoken_day
from planner.advice.situation import Situation
from planner.policy import Row
from planner.schemes.injury import InjuryInput, InjuryResult, injury
from planner.values import InputError, Name, Source, mark

CHECKLIST = "checklist"
PAPERS = "papers"  # the checklist of whoever takes no orders that a scheme could cover
OWN_POLICY = "own_policy"
THROUGH_A_UNIT = "through_a_unit"
_EXAMPLE_GRADES = (10, 8)


@dataclass(frozen=True)
class _Verdict:
    """What the scheme says of orders on one platform (empty: platform not named)."""

    platform: str
    covered: str
    why: tuple[str, ...]
    source: Source

    @property
    def of_the_work(self) -> bool:
        """Whether the scheme is for this kind of work, so that a platform can be asked about orders."""
        return "occupation_not_in_scheme" not in self.why


def trigger(situation: Situation) -> Draft | None:
    """Fires where no injury cover is in force as far as is known, and the trade's accidents are known."""
    if situation.covers("injury"):
        return None
    hazard = hazard_of(situation)
    if not hazard:
        return None
    verdicts = _verdicts(situation)
    if not verdicts:
        return None
    best = min(verdicts, key=lambda each: ("yes", "grey", "no").index(each.covered))
    return Draft(
        reason=_reason(best),
        facts=tuple(_facts(situation, verdicts, best, hazard)),
        alternatives=tuple(_ways(situation, best)),
        what_if_nothing=_nothing(best),
        proposal=CHECKLIST if best.of_the_work else PAPERS,
        rule_id="oip.coverage",
        trigger={
            "injury_cover": situation.cover_state("injury"),
            "occupation": situation.occupation,
            "verdicts": [f"{each.platform}:{each.covered}" for each in verdicts],
        },
    )


_MEDICAL = StepPattern(
    mark("Check that your medical insurance is in force."),
    mark("The national medical insurance app"),
    (IDENTITY_CARD,),
    in_days=14,
)
_STEPS: Mapping[str, tuple[StepPattern, ...]] = {
    CHECKLIST: (
        StepPattern(
            mark("Ask the platform: Which of my orders are covered? Whom do I call after an accident?"
                 " By when must it be reported?"),
            mark("The help page or service line of the platform"),
            in_days=14,
        ),
        StepPattern(
            mark("Put a list of proofs on the phone: picture of the order, of the place and of the injury;"
                 " names of witnesses; police report; all medical papers and receipts."),
            mark("Your phone"),
            in_days=14,
        ),
        _MEDICAL,
    ),
    PAPERS: (
        StepPattern(
            mark("Put a list of proofs on the phone: picture of the place and of the injury; names of"
                 " witnesses; all medical papers and receipts; what you were working on that day."),
            mark("Your phone"),
            in_days=14,
        ),
        _MEDICAL,
    ),
    THROUGH_A_UNIT: (
        StepPattern(
            mark("Ask the company you work for whether it can enrol you in work injury insurance alone."),
            mark("The company, or the social insurance office of the place"),
            (IDENTITY_CARD,),
            in_days=30,
        ),
    ),
    OWN_POLICY: (
        StepPattern(
            mark("Compare policies: trades that are excluded, sum for a grade, limit and deductible of the"
                 " treatment, hours covered."),
            mark("The page about injury cover"),
            in_days=30,
        ),
    ),
}  # fmt: skip


def _steps(way: Alternative) -> tuple[StepPattern, ...]:
    return _STEPS.get(way.id, ())


NUDGE = Nudge(
    id="N08",
    title=mark("If you are hurt at work"),
    neutral=mark("Find out whether an injury on an order is covered, by whom, and what to keep as proof."),
    group=Group.INFORMATION,
    risk="injury",
    strength="C",
    rule_ids=("oip.coverage", "oip.lump_disability"),
    version=1,
    reviewed=date(2026, 11, 22),
    trigger=trigger,
    steps=_steps,
    is_information=True,
)


def _verdicts(situation: Situation) -> tuple[_Verdict, ...]:
    found = []
    for platform in situation.platforms or ("",):
        try:
            result = _ask(situation, platform, "treatment", order_state="on_order")
        except InputError:
            return ()
        source = next(
            (step.source for step in result.steps if step.values.get("because") in result.why),
            result.steps[0].source,
        )
        found.append(_Verdict(platform, result.covered, result.why, source))
    return tuple(found)


def _ask(
    situation: Situation,
    platform: str,
    event: str,
    *,
    grade: int | None = None,
    order_state: str = "on_order",
) -> InjuryResult:
    return injury(
        InjuryInput(
            scheme="oip",
            place=situation.place,
            date=situation.today,
            event=event,
            grade=grade,
            occupation=situation.occupation,
            platform=platform,
            order_state=order_state,
        ),
        situation.pack,
    )


def _reason(best: _Verdict) -> Sentence:
    if best.covered == "yes":
        return Sentence(
            mark(
                "Your orders carry injury cover that the platform pays for. This says what it pays and needs."
            )
        )
    if best.covered == "grey":
        return Sentence(
            mark("It is not settled whether your orders carry injury cover. This says what to ask.")
        )
    if not best.of_the_work:
        return Sentence(mark("No per-order injury scheme covers your work. This says what remains."))
    return Sentence(
        mark("The per-order injury scheme does not cover your orders now. This says what remains.")
    )


def _facts(
    situation: Situation, verdicts: tuple[_Verdict, ...], best: _Verdict, hazard: dict[str, Row]
) -> Iterator[Fact]:
    for verdict in verdicts:
        yield _coverage_fact(situation, verdict)
    if best.covered != "no":
        yield from _payments(situation, best)
        yield Fact(
            "gap",
            Sentence(
                mark(
                    "Not covered: the way home with the app closed, and your free time. Not settled: waiting"
                    " for an order."
                )
            ),
            None,
            "",
            _state_source(situation),
        )
    if best.of_the_work and (situation.platforms or best.covered != "no"):
        yield Fact(
            "check_per_order",
            Sentence(
                mark(
                    "Worth checking on each order: that it runs in the app under your own name. An order for"
                    " somebody else, or outside the app, is hard to prove."
                )
            ),
        )
    yield from loss_facts(situation, hazard)


def _coverage_fact(situation: Situation, verdict: _Verdict) -> Fact:
    pack = situation.pack
    row = next((row for row in pack.table("occupations") if row["code"] == situation.occupation), None)
    platforms = {each["platform"]: each["name_en"] for each in pack.table("oip_platforms")}
    values: dict[str, str | int | Name] = {
        "day": spoken_day(situation.today),
        "place": Name(pack.place_name(situation.place, "en"), pack.place_name(situation.place, "zh")),
        "work": Name(row["name_en"], row["name_zh"]) if row else situation.occupation,
        "platform": Name(platforms.get(verdict.platform, verdict.platform), verdict.platform),
    }
    message = _SAID.get(verdict.why[0] if verdict.why else "", _UNSAID[verdict.covered])
    if verdict.covered == "yes":
        message = _ON_A_PLATFORM if verdict.platform else _ON_A_LISTED_PLATFORM
    return Fact(
        f"coverage.{verdict.platform or 'any'}",
        Sentence(message, values),
        verdict.covered,
        "",
        verdict.source,
    )


def _payments(situation: Situation, best: _Verdict) -> Iterator[Fact]:
    for grade in _EXAMPLE_GRADES:
        result = _ask(situation, best.platform, "disability", grade=grade)
        yield Fact(
            f"pays.grade_{grade}",
            Sentence(
                mark("Grade {grade} of 10 on an order: about ¥{lump} once, beside the treatment."),
                {"grade": grade, "lump": amount(result.total_lump)},
            ),
            result.total_lump,
            "yuan",
            _source_of(result),
        )
    result = _ask(situation, best.platform, "death")
    yield Fact(
        "pays.death",
        Sentence(
            mark("Death on an order: about ¥{lump} once, to the family."), {"lump": amount(result.total_lump)}
        ),
        result.total_lump,
        "yuan",
        _source_of(result),
    )


def _ways(situation: Situation, best: _Verdict) -> Iterator[Alternative]:
    if best.of_the_work:
        asks = mark("Keep a list of proofs and put three questions to the platform.")
        yield Alternative(CHECKLIST, Sentence(asks), ZERO, ZERO)
    else:
        keeps = mark("Keep a list of proofs and of the insurance you have.")
        yield Alternative(PAPERS, Sentence(keeps), ZERO, ZERO)
    if best.covered != "yes":
        row = next(
            (
                each
                for each in situation.pack.table("oip_coverage")
                if each["place"] == situation.place.province.code
            ),
            None,
        )
        if row is not None and row["voluntary_single"]:
            yield Alternative(
                THROUGH_A_UNIT,
                Sentence(
                    mark(
                        "Ask whether the company you work for can enrol you in work injury insurance alone;"
                        " this place has such a scheme for some people."
                    )
                ),
                ZERO,
                ZERO,
            )
        yield Alternative(
            OWN_POLICY,
            Sentence(
                mark(
                    "Compare accident policies yourself on the page about injury cover. The insurer earns on"
                    " it; this program earns nothing and recommends none."
                )
            ),
            beneficiaries=frozenset({"worker", "insurer"}),
        )
    yield Alternative(NOTHING, Sentence(mark("Do nothing.")), ZERO, ZERO)


def _nothing(best: _Verdict) -> Sentence:
    if best.covered == "yes":
        return Sentence(mark("Your orders stay covered as they are. Without proofs a claim takes longer."))
    return Sentence(
        mark(
            "Nothing changes: after an accident at work, medical insurance, whoever caused it, and your own"
            " money pay."
        )
    )


def _source_of(result: InjuryResult) -> Source | None:
    paid = [step for step in result.steps if step.rule.startswith("oip.") and step.rule != "oip.coverage"]
    return paid[-1].source if paid else None


def _state_source(situation: Situation) -> Source | None:
    return next(
        (
            row.source
            for row in situation.pack.table("oip_order_states")
            if row["order_state"] == "offline_commute"
        ),
        None,
    )


_ON_A_PLATFORM = mark(
    "On {day} in {place}, an accident during an order of {platform} is covered. The platform pays for the"
    " cover, you pay nothing."
)
_ON_A_LISTED_PLATFORM = mark(
    "On {day} in {place}, an accident during an order is covered if your platform is on the list. The"
    " platform pays for the cover, you pay nothing."
)
_SAID = {
    "occupation_not_in_scheme": mark(
        "No per-order scheme covers this work ({work}): it is for ride-hailing, instant delivery and freight"
        " within a city."
    ),
    "before_start_in_province": mark("In {place} the per-order scheme has not begun by {day}."),
    "platform_not_listed": mark("{platform} is not on the scheme's list of platforms."),
    "platform_not_yet_listed": mark("{platform} is on the scheme's list, but not yet on {day}."),
    "platform_of_another_industry": mark(
        "{platform} is listed for another kind of work than yours ({work}); ask the platform."
    ),
}
_UNSAID = {
    "yes": _ON_A_LISTED_PLATFORM,
    "grey": mark("It is not settled whether an accident during an order of {platform} is covered."),
    "no": mark("An accident during an order of {platform} is not covered by the per-order scheme."),
}
