"""The whole answer for the A4 sheet: months, plans, injury cover, next steps, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from planner.policy import Pack
from planner.projection.plans import EMPLOYEE, NOTHING
from planner.report import assumption_words, injury_words, months_words, plan_words, tier_words
from planner.report.injury_grid import InjuryQuestion, verdict
from planner.report.sheet import Sheet, Table
from planner.schemes.per_order import NO_SECTOR
from planner.text import _, language, plural, yuan
from planner.values import Confidence, Source, WenbaoError, mark, usual_month

if TYPE_CHECKING:
    from planner.earnings import IncomePicture
    from planner.projection.assumptions import Assumption
    from planner.projection.results import PlanResult, Projection

MOST_STEPS = 4
GROUP_MONTH = "income.median"
OWN_MONTHS_SUFFICE = 12  # with fewer, the group's month has a noticeable weight beside the own ones
_SURE = {
    Confidence.SOURCED: mark("Official document"),
    Confidence.WELL_KNOWN: mark("Well known"),
    Confidence.UNCERTAIN: mark("Not certain"),
}
_HEAVY = (
    GROUP_MONTH,
    "base_growth",
    "real_wage_growth",
    "bookkeeping_rate",
    "cpi",
    "mortality_improvement",
    "real_discount_rate",
    "pension_uprating",
)
_NO_DOCUMENT = frozenset({"No official page seen."})  # says what is missing, and is no source
_COLUMNS = 7  # of the table of plans that fit the page


@dataclass(frozen=True)
class StepLine:
    """A step of the plan in the language in use; `due` None where any day is as good.

    `pays`: it leads to paying for a pension.
    """

    what: str
    where: str
    papers: str
    due: date | None
    pays: bool = False


def answer_sheet(
    projection: Projection,
    pack: Pack,
    *,
    person: str,
    picture: IncomePicture | None = None,
    steps: Sequence[StepLine] = (),
    chosen: PlanResult | None = None,
) -> Sheet:
    """The sheet in the language in use; draws the months, so it takes a moment."""
    case = projection.case
    injury, injury_lines, injury_sources = _injury(projection, pack)
    return Sheet(
        person=person,
        day=case.today.isoformat(),
        sentence=tier_words.answer_sentence(projection),
        detail="\n".join(_details(projection, chosen)),
        plans=_plans(projection, chosen),
        plans_note=" ".join(
            (
                _("All amounts are yuan in today's money. The range is the middle half of all futures."),
                tier_words.life_sentence(projection.lasts.half_beyond, projection.lasts.tenth_beyond),
            )
        ),
        pictures=_months(picture),
        injury=injury,
        injury_lines=injury_lines,
        next_step=(
            steps[0].what if steps else _("No step is in the plan yet; the page Next steps may have one.")
        ),
        next_lines=(*_against(projection, steps), *_step_lines(steps)),
        assumptions=tuple(_assumptions(projection)),
        sources=(
            _("Rules of {version}.", version=projection.pack_version),
            *_sources((*(one.source for one in projection.assumptions), *injury_sources)),
        ),
        words={"title": _("Wenbao: what to pay, what it gives, what to do next")},
    )


def _details(projection: Projection, chosen: PlanResult | None) -> list[str]:
    """The person's own choice first, where it is not the suggested plan."""
    lines = tier_words.answer_details(projection)
    if chosen is None or chosen.plan.id == projection.recommended:
        return lines
    return [plan_words.own_choice(chosen), *lines]


def _plans(projection: Projection, chosen: PlanResult | None) -> Table:
    """Doing nothing, the suggested and the chosen plan, the ends of what can be kept up, both schemes."""
    wanted = {projection.recommended, projection.highest_kept, projection.best_return}
    wanted |= {
        plan.plan.id for plan in (tier_words.best_resident(projection), _lowest_employee(projection)) if plan
    }
    rows = [
        plan
        for plan in tier_words.in_order(projection)
        if plan.plan.family == NOTHING or plan.plan.id in wanted
    ]
    mine = chosen.plan.id if chosen is not None else ""
    if chosen is not None and mine not in {plan.plan.id for plan in rows}:
        rows.append(chosen)
    cells = tier_words.table_rows(rows, projection.recommended, mine)
    strong = {at for at, plan in enumerate(rows) if plan.plan.id == projection.recommended}
    return Table(
        tuple(tier_words.table_header()[:_COLUMNS]),
        tuple(tuple(str(cell) for cell in row[:_COLUMNS]) for row in cells),
        frozenset(strong),
    )


def _lowest_employee(projection: Projection) -> PlanResult | None:
    tiers = (plan for plan in projection.plans if plan.plan.family == EMPLOYEE)
    return min(tiers, key=lambda plan: plan.monthly_cost, default=None)


def _months(picture: IncomePicture | None) -> tuple[bytes, ...]:
    if picture is None or not picture.months:
        return ()
    from planner import charts

    out = BytesIO()
    charts.monthly_income(picture, charts.PAPER).savefig(out, dpi=200)
    return (out.getvalue(),)


def _injury(projection: Projection, pack: Pack) -> tuple[str, tuple[str, ...], tuple[Source, ...]]:
    """Whether an order is covered, the next sentence about it, and the documents."""
    case = projection.case
    sectors = (row["oip_sector"] for row in pack.table("occupations") if row["code"] == case.occupation)
    sector = next(sectors, NO_SECTOR)
    question = InjuryQuestion(
        place=case.place,
        day=case.today,
        occupation=case.occupation,
        platform=case.platforms[0] if case.platforms else "",
        order_state="" if sector == NO_SECTOR else "on_order",
    )
    try:
        result = verdict(question, pack)
        counted = _counted(question, case.platforms, pack)
    except WenbaoError as error:
        return _(error.message, field=error.field, **error.values), (), ()
    return (
        injury_words.answer_sentence(question, result, pack),
        (counted, *injury_words.answer_details(question, result, pack)),
        tuple(step.source for step in result.steps),
    )


def _counted(question: InjuryQuestion, platforms: Sequence[str], pack: Pack) -> str:
    """For which day and whose orders this holds: each platform with its own answer."""
    if not question.order_state or not platforms:
        return _("Counted for {day}.", day=question.day.isoformat())
    opening, closing, between = ("（", "）", "、") if language() == "zh" else (" (", ")", ", ")
    said = []
    for platform in platforms:
        covered = verdict(replace(question, platform=platform), pack).covered
        name = injury_words.platform_name(platform, pack)
        said.append(f"{name}{opening}{_(injury_words.VERDICTS[covered])}{closing}")
    return _(
        "Counted for {day} and orders of: {platforms}.",
        day=question.day.isoformat(),
        platforms=between.join(said),
    )


def _against(projection: Projection, steps: Sequence[StepLine]) -> Iterable[str]:
    """A word where the person's own steps go further than what is suggested."""
    if any(step.pays for step in steps) and projection.plan(projection.recommended).plan.family == NOTHING:
        yield _(
            "You accepted these steps yourself. The suggestion above is to pay nothing for now; look at the "
            "gap risk in the table before you enrol."
        )


def _step_lines(steps: Sequence[StepLine]) -> Iterable[str]:
    for at, step in enumerate(steps[:MOST_STEPS]):
        when = _("by {day}", day=step.due.isoformat()) if step.due else _("any day")
        parts = [when, step.where, step.papers] if at == 0 else [when, step.what, step.where]
        yield " · ".join(part for part in parts if part)
    if len(steps) > MOST_STEPS:
        yield _("and {count} more in the program", count=len(steps) - MOST_STEPS)


def _assumptions(projection: Projection) -> Iterable[str]:
    """What the person set, whose months were used, then the few things that the answer hangs on most.

    The window has them all.
    """
    months = projection.case.months
    own = [one for one in projection.assumptions if one.own]
    yield from map(_assumed, own)
    usual = usual_month(Decimal(str(one.cny)) for one in months)
    if projection.income.based_on_group:
        yield months_words.too_few(sum(1 for month in months if month.cny > 0)).rstrip("。.")
        usual = None
    paid = [one.cny for one in months if one.cny > 0]
    if usual == 0 and paid:
        yield _(
            "Your own earnings: {paid} of {known} months had pay, the one in the middle of those {amount}",
            paid=len(paid),
            known=len(months),
            amount=yuan(usual_month(Decimal(str(cny)) for cny in paid) or 0),
        )
    elif usual is not None:
        yield plural(
            "Your own earnings of {count} month, the one in the middle {amount}",
            "Your own earnings of {count} months, the one in the middle {amount}",
            len(months),
            amount=yuan(usual),
        )
    for one in _weightiest(projection.assumptions):
        if one.name != GROUP_MONTH or usual is None:
            yield _assumed(one)
        elif len(months) < OWN_MONTHS_SUFFICE:
            yield _("Beside them, as they are few: {group}", group=_assumed(one))


def _weightiest(assumptions: Sequence[Assumption]) -> Iterable[Assumption]:
    for name in _HEAVY:
        heavy = next((one for one in assumptions if f"{one.name}.".startswith(f"{name}.")), None)
        if heavy is not None and not heavy.own:
            yield heavy


def _assumed(one: Assumption) -> str:
    span = assumption_words.span(one)
    values = {
        "what": assumption_words.title(one),
        "value": assumption_words.value(one.value, one.unit),
        "unit": assumption_words.unit(one),
        "span": span,
    }
    if span:
        return " ".join(_("{what} {value} {unit} ({span})", **values).split())
    return " ".join(_("{what} {value} {unit}", **values).split())


def _sources(sources: Iterable[Source]) -> list[str]:
    """Each document once, with how sure it is; the official first."""
    surest: dict[str, Confidence] = {}
    for source in sources:
        if source.title and source.title not in _NO_DOCUMENT:
            known = surest.get(source.title)
            surest[source.title] = (
                source.confidence if known is None else Confidence.weakest(known, source.confidence)
            )
    ranked = sorted(surest.items(), key=lambda pair: pair[1].rank)
    opening, closing = ("（", "）") if language() == "zh" else (" (", ")")
    return [f"{_(title)}{opening}{_(_SURE[confidence])}{closing}" for title, confidence in ranked]
