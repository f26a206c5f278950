"""N02, low-month bend: when a month cannot carry what is paid, the lawful ways to pay less or to pause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from planner.advice.card import NOTHING, WORKER, Alternative, Fact
from planner.advice.ethics import own_interest
from planner.advice.inputs import Cover
from planner.advice.lowest_payment import Payment, payment_of
from planner.advice.nudge import MONTH_END, RESTART, ZERO, Draft, Group, Nudge, StepPattern
from planner.advice.offices import BANK, IDENTITY_CARD, OFFICE, SOCIAL_CARD
from planner.advice.options import EMPLOYEE, RESIDENT, Option
from planner.advice.sentence import Sentence, amount, spoken_month
from planner.advice.situation import Situation
from planner.schemes.outcome import OWN_INPUT, source_of
from planner.values import Confidence, Month, Name, Source, mark

LOWEST = "lowest"
PAUSE = "pause"
_YEAR = 12
_LOOK_AGAIN = 3  # months, where no month ahead carries the payment


def trigger(situation: Situation) -> Draft | None:
    """Fires when the last month, or one in five ahead, brings less than essentials and contribution."""
    cover = _own_pension(situation)
    if cover is None or situation.need is None or not situation.incomes:
        return None
    payment = payment_of(cover, situation)
    if payment is None:
        return None
    month, actual = situation.incomes[-1]
    others = situation.own_payments - (cover.monthly or ZERO)
    wanted = situation.need + payment.now + others
    predicted = situation.predicted_low
    is_actual = actual < wanted
    if not is_actual and (predicted is None or predicted >= wanted):
        return None
    income = actual if is_actual or predicted is None else predicted
    restart = _restart(situation, payment, others)
    option = _cheapest(situation, payment.scheme)
    proposal = _proposal(payment, option, income - situation.need - others)
    cost = payment.lowest if proposal == LOWEST else ZERO
    return Draft(
        reason=_reason(month if is_actual else None, income, wanted),
        facts=_facts(situation, payment, restart),
        alternatives=_ways(payment, restart),
        what_if_nothing=Sentence(
            mark(
                "You go on paying ¥{paid} a month; in a month with ¥{income} you would be ¥{short} short"
                " of your essentials."
            ),
            {"paid": amount(payment.now), "income": amount(income), "short": amount(wanted - income)},
        ),
        rule_id=payment.rule_id,
        trigger={
            "income": income,
            "is_actual": is_actual,
            "need": situation.need,
            "paid": payment.now,
            "lowest": payment.lowest,
        },
        cost_month=cost,
        cost_year=cost * _YEAR,
        proposal=proposal,
        priced=option if proposal == LOWEST else None,
    )


_STEPS: Mapping[str, tuple[StepPattern, ...]] = {
    LOWEST: (
        StepPattern(
            mark("Ask from which month the base can be lowered, and have it set to the lowest."),
            OFFICE,
            (IDENTITY_CARD, SOCIAL_CARD),
            when=MONTH_END,
        ),
        StepPattern(
            mark("Check on the receipt that the lower amount was taken."),
            BANK,
            when=MONTH_END,
        ),
    ),
    PAUSE: (
        StepPattern(
            mark("Ask whether missed months of this year can be paid later, and until when."),
            OFFICE,
            (IDENTITY_CARD,),
            in_days=7,
        ),
        StepPattern(
            mark("If the money is taken automatically, stop that before the next date."),
            BANK,
            when=MONTH_END,
        ),
        StepPattern(
            mark("Start paying again."),
            OFFICE,
            (IDENTITY_CARD, SOCIAL_CARD),
            when=RESTART,
        ),
    ),
}  # fmt: skip


def _steps(way: Alternative) -> tuple[StepPattern, ...]:
    return _STEPS.get(way.id, ())


NUDGE = Nudge(
    id="N02",
    title=mark("Pay less in a low month"),
    neutral=mark(
        "When a month brings too little, you may pay on the lowest base or pause, and start again later."
    ),
    group=Group.PROTECTIVE,
    risk="pension",
    strength="D",
    rule_ids=("pension.base_lower", "pension.flex_rate", "resident.tiers"),
    version=1,
    reviewed=date(2026, 11, 22),
    trigger=trigger,
    steps=_steps,
    beneficiaries=frozenset({WORKER}),
    blocked_by=frozenset({"G7"}),
    repeat_days=90,
)


def _own_pension(situation: Situation) -> Cover | None:
    """The pension cover that the worker pays for."""
    for cover in situation.covers("pension"):
        if cover.scheme in (EMPLOYEE, RESIDENT) and cover.is_paid_by_worker:
            return cover
    return None


def _cheapest(situation: Situation, scheme: str) -> Option | None:
    same = [each for each in situation.options if each.scheme == scheme and each.is_steady]
    return min(same, key=lambda each: each.monthly_cost, default=None)


def _proposal(payment: Payment, option: Option | None, left: Decimal) -> str:
    """The lowest payment where `left` carries it and E6 agrees; the pause where it does not carry or not pay.

    Where only the cash of the months ahead is in doubt, or nobody has priced it, neither is filled in: a
    pause costs months of the pension.
    """
    if left < payment.lowest:
        return PAUSE
    if option is not None and own_interest(option, payment.lowest).passed:
        return LOWEST
    is_a_loss = option is not None and option.net_value_p25 is not None and option.net_value_p25 < 0
    return PAUSE if is_a_loss else ""


def _restart(situation: Situation, payment: Payment, others: Decimal) -> Month:
    """The first month ahead whose usual income, by the trade's season, carries essentials and payment."""
    usual, need = situation.usual_month or ZERO, situation.need or ZERO
    for ahead in range(1, _YEAR + 1):
        month = situation.this_month + ahead
        if usual * _season(situation, month) >= need + others + payment.lowest:
            return month
    return situation.this_month + _LOOK_AGAIN


def _season(situation: Situation, month: Month) -> Decimal:
    """What the trade earns in that month of the year against its average month."""
    pack = situation.pack
    prior = next(
        (row["income_prior"] for row in pack.table("occupations") if row["code"] == situation.occupation), ""
    )
    profile = next((row["profile"] for row in pack.table("income_priors") if row["occupation"] == prior), "")
    for row in pack.table("seasonality"):
        if row["profile"] == profile and int(row["month"]) == month.month:
            return row.decimal("index")
    return Decimal(1)


def _reason(month: Month | None, income: Decimal, wanted: Decimal) -> Sentence:
    if month is not None:
        return Sentence(
            mark(
                "In {month} you earned ¥{income}. Essentials and contribution together come to ¥{wanted}."
                " You may lawfully pay less or pause."
            ),
            {"month": spoken_month(month), "income": amount(income), "wanted": amount(wanted)},
        )
    return Sentence(
        mark(
            "About one month in five ahead may bring ¥{income} or less. Essentials and contribution"
            " together come to ¥{wanted}. You may lawfully pay less or pause."
        ),
        {"income": amount(income), "wanted": amount(wanted)},
    )


def _facts(situation: Situation, payment: Payment, restart: Month) -> tuple[Fact, ...]:
    pack = situation.pack
    place = Name(pack.place_name(situation.place, "en"), pack.place_name(situation.place, "zh"))
    facts = [
        Fact(
            "paid_now",
            Sentence(
                mark("You did not say what you pay; the lowest payment of ¥{paid} a month was assumed.")
                if payment.is_assumed
                else mark("You pay ¥{paid} a month now."),
                {"paid": amount(payment.now)},
            ),
            payment.now,
            "yuan/month",
            OWN_INPUT,
        ),
        Fact(
            "lowest_payment",
            Sentence(
                mark("The lowest lawful payment in {place} is ¥{lowest} a month, which is ¥{year} a year."),
                {
                    "place": place,
                    "lowest": amount(payment.lowest),
                    "year": amount(payment.lowest * _YEAR),
                },
            ),
            payment.lowest,
            "yuan/month",
            payment.source,
        ),
        Fact(
            "lost_by_a_month",
            Sentence(
                mark(
                    "Each month not paid makes the later pension smaller by about ¥{lost} a month, in"
                    " today's money and by today's rules."
                ),
                {"lost": f"{payment.lost_by_a_month:.2f}"},
            ),
            payment.lost_by_a_month,
            "yuan/month",
            payment.loss_source,
        ),
        Fact(
            "restart",
            Sentence(
                mark("You can start again in any month; {month} is the first that should carry it."),
                {"month": spoken_month(restart)},
            ),
            str(restart),
            "month",
            Source(mark("your own months and the season of the trade"), confidence=Confidence.UNCERTAIN),
        ),
        Fact(
            "catch_up",
            Sentence(
                mark(
                    "Some places take a missed month back within the same calendar year: ask before you"
                    " pause. Years that are over cannot be bought back."
                )
            ),
        ),
    ]
    needed = situation.retirement.min_contribution_months
    paid = situation.employee_months
    if payment.scheme == EMPLOYEE and paid < needed:
        facts.append(
            Fact(
                "months_to_minimum",
                Sentence(
                    mark("You have {paid} of the {needed} months that a monthly pension needs."),
                    {"paid": paid, "needed": needed},
                ),
                needed - paid,
                "months",
                situation.retirement.steps[0].source,
            )
        )
    wait = pack.find("medical.employee_wait_most_months", situation.place, situation.this_month)
    if wait is not None and any(each.paid_by in ("", "worker") for each in situation.covers("medical")):
        facts.append(
            Fact(
                "keep_medical",
                Sentence(
                    mark(
                        "Medical insurance is another matter: after a break, care may wait for up to"
                        " {months} months."
                    ),
                    {"months": int(wait.number)},
                ),
                wait.number,
                "months",
                source_of(wait),
            )
        )
    return tuple(facts)


def _ways(payment: Payment, restart: Month) -> tuple[Alternative, ...]:
    lowest = Alternative(
        LOWEST,
        Sentence(mark("Pay the lowest, ¥{lowest} a month."), {"lowest": amount(payment.lowest)}),
        payment.lowest,
        payment.lowest * _YEAR,
    )
    pause = Alternative(
        PAUSE,
        Sentence(
            mark("Pause now and start again in {month}."),
            {"month": spoken_month(restart)},
        ),
        ZERO,
        ZERO,
        more={"restart": str(restart)},
    )
    go_on = Alternative(
        NOTHING,
        Sentence(mark("Change nothing and go on paying ¥{paid} a month."), {"paid": amount(payment.now)}),
        payment.now,
        payment.now * _YEAR,
    )
    return (lowest, pause, go_on) if payment.lowest < payment.now else (pause, go_on)
