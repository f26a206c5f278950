"""Which card a person sees: triggers, guardrails, ethics and frequency, the protective before all others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from planner.advice import ethics, frequency, guardrails
from planner.advice.card import NOTHING, Advice, Alternative, Card, Held
from planner.advice.catalogue import NUDGES
from planner.advice.inputs import ACCEPTED
from planner.advice.nudge import ZERO, Draft, Group, Nudge
from planner.advice.sentence import Sentence
from planner.advice.situation import Situation
from planner.values import mark

ONE_AT_A_TIME = "E12"
OFF = "E14"
MINOR = "E13"


def choose(situation: Situation, *, off: Collection[str] = (), nudges: Sequence[Nudge] = NUDGES) -> Advice:
    """The card of the day, or none, and everything that fired and was held back with the rule that did it."""
    ready: list[tuple[Nudge, Draft]] = []
    held: list[Held] = []
    pay_more = tuple(each.id for each in nudges if each.group is Group.PAY_MORE)
    for nudge in sorted(nudges, key=lambda each: each.group):
        draft = None if nudge.id in off else nudge.trigger(situation)
        if nudge.id in off:
            held.append(Held(nudge.id, OFF))
        elif draft is not None:
            reasons = list(_blocked(nudge, situation, pay_more))
            held.extend(Held(nudge.id, reason) for reason in reasons)
            if not reasons:
                ready.append((nudge, draft))
    chosen = _next(ready, situation)
    held.extend(Held(nudge.id, ONE_AT_A_TIME) for nudge, _draft in ready if nudge is not chosen)
    cards = tuple(card(nudge, draft, situation) for nudge, draft in ready if nudge is chosen)
    return Advice(cards, tuple(held))


def neutral(nudges: Sequence[Nudge] = NUDGES, *, off: Collection[str] = ()) -> Advice:
    """The same list for everybody (E10): what there is to know, nothing of the person, nothing pre-filled."""
    return Advice(
        tuple(
            Card(
                id=nudge.id,
                version=nudge.version,
                title=nudge.title,
                reason=Sentence(nudge.neutral),
                facts=(),
                alternatives=_NEUTRAL_WAYS,
                cost_month=ZERO,
                cost_year=ZERO,
                what_if_nothing=Sentence(mark("Nothing changes if you leave this.")),
                rule_id=nudge.rule_ids[0],
                strength=nudge.strength,
                beneficiaries=nudge.beneficiaries,
            )
            for nudge in nudges
            if nudge.id not in off
        ),
        (),
        tailored=False,
    )


def card(nudge: Nudge, draft: Draft, situation: Situation) -> Card:
    """The draft as a card; nothing is pre-filled unless every gate passes."""
    gates = ethics.gates(nudge, draft, situation)
    is_default = bool(draft.proposal) and all(gate.passed for gate in gates)
    return Card(
        id=nudge.id,
        version=nudge.version,
        title=nudge.title,
        reason=draft.reason,
        facts=draft.facts,
        alternatives=(
            draft.alternatives if is_default else _rotated(nudge.id, draft.alternatives, situation)
        ),
        cost_month=draft.cost_month if is_default else ZERO,
        cost_year=draft.cost_year if is_default else ZERO,
        what_if_nothing=draft.what_if_nothing,
        rule_id=draft.rule_id,
        strength=nudge.strength,
        beneficiaries=nudge.beneficiaries,
        default=draft.proposal if is_default else "",
        deadline=draft.deadline,
        trigger=draft.trigger,
        gates=gates,
    )


def _blocked(nudge: Nudge, situation: Situation, pay_more: tuple[str, ...]) -> Iterator[str]:
    """The codes of the rules that hold this nudge back today."""
    heeds = nudge.blocked_by | (guardrails.PAY_MORE if nudge.group is Group.PAY_MORE else frozenset())
    raised = guardrails.raised(situation, nudge.risk, pay_more, changes_own_cover=nudge.changes_own_cover)
    if not nudge.for_near_pension:
        heeds |= {"G9"}
    yield from sorted(raised & heeds)
    if not nudge.is_information and not ethics.grown_up(situation).passed:
        yield MINOR
    if nudge.heeds_frequency and _too_soon(nudge, situation):
        yield ONE_AT_A_TIME


def _too_soon(nudge: Nudge, situation: Situation) -> bool:
    log, today = situation.log, situation.today
    if frequency.is_cooling_down(nudge.id, log, today):
        return True
    accepted = frequency.last_answer(nudge.id, log, ACCEPTED)
    return accepted is not None and today - accepted < timedelta(days=nudge.repeat_days)


def _next(ready: Sequence[tuple[Nudge, Draft]], situation: Situation) -> Nudge | None:
    """The open card, else the first if the month is not full; the protective go ahead of an open other."""
    log, today = situation.log, situation.today
    by_id = {nudge.id: nudge for nudge, _draft in ready}
    is_open = next((by_id[id] for id in frequency.open_cards(log, today) if id in by_id), None)
    full = frequency.month_is_full(log, today)
    first = next((nudge for nudge, _draft in ready if not (full and nudge.heeds_frequency)), None)
    if is_open is None or (first is not None and first.group is Group.PROTECTIVE):
        return is_open if is_open is not None and is_open.group is Group.PROTECTIVE else first
    return is_open


def _rotated(card_id: str, ways: tuple[Alternative, ...], situation: Situation) -> tuple[Alternative, ...]:
    """Another one stands first each time, so that no place in the list is anybody's advice."""
    before = frequency.settled(card_id, situation.log, situation.today)
    turn = len(frequency.showings(before)) % len(ways)
    return ways[turn:] + ways[:turn]


_NEUTRAL_WAYS = (
    Alternative("look", Sentence(mark("Look at it in the program.")), ZERO, ZERO),
    Alternative(NOTHING, Sentence(mark("Do nothing.")), ZERO, ZERO),
)
