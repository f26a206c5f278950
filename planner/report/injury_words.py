"""Words for injury covers: the answer in one sentence, why, what remains, and the names in the grid."""

from __future__ import annotations

from planner.policy import Pack
from planner.report.injury_grid import LOST_INCOME, Cell, InjuryQuestion, lost_income
from planner.schemes.injury import InjuryResult, Item
from planner.schemes.outcome import Notice
from planner.text import _, language, yuan
from planner.values import Confidence, Source, Step, mark

UNLISTED = "-"  # stands for any platform that is not on the list
COVER_NAMES = {
    "oip": mark("Per-order protection"),
    "wii": mark("Work injury insurance"),
    "accident": mark("Accident policy"),
    "nothing": mark("Nothing"),
}
COVER_NOTES = {
    "oip": mark("The platform pays for it, you pay nothing. Grades: GB/T 16180, the work-injury scale."),
    "wii": mark("Only with a labour relation; the employer pays. Grades: GB/T 16180, the work-injury scale."),
    "accident": mark("You or the platform pay. Grades: JR/T 0083, the insurers' own scale."),
    "nothing": mark("What you would bear yourself."),
}
EVENT_NAMES = {
    "treatment": mark("Treatment only"),
    "weeks": mark("Weeks off work"),
    "disability": mark("A lasting disability"),
    "death": mark("Death"),
}
VERDICTS = {"yes": mark("Covered"), "grey": mark("Not certain"), "no": mark("Not covered")}
ORDER_STATES = (
    ("on_order", mark("On an order")),
    ("online_between_orders", mark("Online, between two orders")),
    ("platform_ordered_activity", mark("Platform's training or event")),
    ("offline_commute", mark("Offline, on the way home")),
    ("off_duty", mark("Off duty")),
)
POLICY_NAMES = {
    "platform_rider_meituan_crowd": mark("Meituan crowd riders' policy, 3 yuan a day"),
    "platform_rider_meituan_dedicated": mark("Meituan station riders' policy, paid by the platform"),
    "platform_rider_eleme": mark("Ele.me riders' policy"),
    "individual_accident_class4": mark("Own accident policy, class 4 (some insurers take riders)"),
    "individual_accident_class1_3_desk": mark(
        "Own accident policy, classes 1 to 3 (desk, streaming, packing)"
    ),
    "individual_accident_class5_6_driver": mark("Own accident policy, classes 5 and 6 (drivers)"),
}
_WHY = {
    "occupation_in_scheme": mark(
        "Your trade is one of the three: ride-hailing, instant delivery, city freight."
    ),
    "occupation_not_in_scheme": mark(
        "It is for ride-hailing, instant delivery and intra-city freight only; your trade is not among them."
    ),
    "occupation_not_named": mark("Choose what you do: the protection is for three trades only."),
    "scheme_runs_in_province": mark("The protection runs in this province on that day."),
    "before_start_in_province": mark("In this province the protection had not begun on that day."),
    "platform_assumed_listed": mark(
        "No platform was named: this holds only on the platforms that are listed."
    ),
    "platform_listed": mark("This platform is on the list on that day."),
    "platform_not_listed": mark("This platform is not on the list."),
    "platform_not_yet_listed": mark("This platform was not yet on the list on that day."),
    "platform_of_another_industry": mark("This platform is listed for another trade than yours."),
    "near_a_listed_name": mark("The name is near one on the list, but not the same; ask the platform."),
    "open_to_licensed_platforms": mark(
        "Here every platform of this trade with a local licence is in; ask the platform whether it is."
    ),
    "order_in_progress": mark("An order is in progress."),
    "order_state_assumed": mark("It is assumed that an order was in progress."),
    "online_between_orders": mark(
        "Between two orders it is not settled; do not count on the money before it is confirmed."
    ),
    "activity_ordered_by_platform": mark(
        "What the platform orders besides orders is probably covered, but not for certain."
    ),
    "going_home_offline": mark(
        "On the way home, offline after the last order, claims were refused, and courts agreed."
    ),
    "off_duty": mark("Off duty nothing of this counts as work."),
    "needs_labour_relation": mark("It is owed only if there is a labour relation; that must be shown first."),
    "policy_covers_all_day": mark("This policy covers the whole day, at work and off."),
    "inside_policy_window": mark("The accident falls into the hours that this policy covers."),
    "policy_window_unsure": mark("Whether the policy's hours include this is doubtful; read its terms."),
    "outside_policy_window": mark("The accident falls outside the hours that this policy covers."),
}
_ITEMS = {
    "medical": mark("Medical bill"),
    "rehabilitation_and_assistive_devices": mark("Rehabilitation and devices"),
    "living_guarantee": mark("Living allowance during treatment"),
    "stop_work_pay": mark("Full pay during treatment"),
    "daily_allowance": mark("Daily allowance"),
    "lump_disability": mark("Lump sum for disability"),
    "disability_sum": mark("Sum for disability"),
    "monthly_disability_allowance": mark("Disability allowance"),
    "monthly_care_allowance": mark("Care allowance"),
    "lump_medical_subsidy": mark("Medical subsidy on leaving"),
    "lump_employment_subsidy": mark("Employment subsidy on leaving"),
    "death_lump": mark("Death benefit"),
    "death_sum": mark("Sum for death"),
    "funeral": mark("Funeral allowance"),
    "dependant_allowance": mark("Allowance for dependants"),
}
_PAYERS = {
    "fund": mark("work injury fund"),
    "platform": mark("platform"),
    "employer": mark("employer"),
    "insurer": mark("insurer"),
}
_LEFT = {
    "none": mark(
        "What remains: basic medical insurance for the bill; an accident policy of your own for disability "
        "and death; and if somebody in fact sets your hours and pays you a wage, that is a labour relation, "
        "and the employer must insure you against work injury."
    ),
    "listed": mark(
        "What remains: the policy of the platform if it covers these hours, an accident policy of your own, "
        "and basic medical insurance for the bill."
    ),
}
_AFTER = mark(
    "If it happens: report it in the app at once, and keep photos, the screenshot of the order and every "
    "receipt."
)
_NO_OFFICIAL_TERMS = mark("Market terms, no official document; your own policy decides")


def answer_sentence(question: InjuryQuestion, result: InjuryResult, pack: Pack) -> str:
    """Whether an order is covered there on that day: yes, no or not certain, in one sentence."""
    place = pack.place_name(question.place, language())
    trade = occupation_name(question.occupation, pack)
    code = result.why[0] if result.why else ""
    day = question.day.isoformat()
    platform = platform_name(question.platform, pack)
    if result.covered == "yes":
        if platform:
            return _(
                "Yes. In {place} on {day}, an injury on an order of {platform} is covered by per-order "
                "protection, and it costs you nothing.",
                place=place,
                day=day,
                platform=platform,
            )
        return _(
            "Yes, on the listed platforms. In {place} on {day}, an injury on their orders is covered by "
            "per-order protection, and it costs you nothing.",
            place=place,
            day=day,
        )
    if code == "occupation_not_in_scheme":
        return _("No per-order injury protection covers you: not as {trade}, in no province.", trade=trade)
    if result.covered == "grey":
        return _("Not certain. In {place} on {day} nobody can promise you this cover.", place=place, day=day)
    if code in ("platform_not_listed", "platform_not_yet_listed"):
        return _(
            "No. On {day} the orders of {platform} are not in per-order protection.",
            day=day,
            platform=platform,
        )
    if code == "before_start_in_province":
        return _("No. In {place} per-order protection had not begun on {day}.", place=place, day=day)
    return _("No. In this situation per-order protection does not pay.")


def answer_details(question: InjuryQuestion, result: InjuryResult, pack: Pack) -> list[str]:
    """Why it is so, and what remains or what to do."""
    reasons = [why_words(code) for code in result.why]
    if result.covered == "yes":
        reasons = [why_words(code) for code in result.why if code in _ASSUMPTIONS]
        return [*reasons, _(_AFTER)]
    in_none = "occupation_not_in_scheme" in result.why
    return [*reasons, _(_LEFT["none" if in_none else "listed"])]


_ASSUMPTIONS = frozenset({"platform_assumed_listed", "order_state_assumed", "policy_assumed"})


def why_words(code: str) -> str:
    """A reason for or against cover, as a sentence."""
    known = _WHY.get(code)
    return _(known) if known else code.replace("_", " ")


def cover_name(cover: str) -> str:
    return _(COVER_NAMES[cover])


def event_name(event: str, question: InjuryQuestion) -> str:
    """The event with the example's numbers."""
    if event == "treatment":
        return _("Treatment only, a bill of {bill}", bill=yuan(question.medical))
    if event == "weeks" and question.monthly_wage is not None:
        return _(
            "{days} days off work, a bill of {bill}, {lost} of income lost",
            days=question.days,
            bill=yuan(question.medical),
            lost=yuan(lost_income(question, event)),
        )
    if event == "weeks":
        return _("{days} days off work, a bill of {bill}", days=question.days, bill=yuan(question.medical))
    if event == "disability":
        return _("A lasting disability: grade {grade} of the work-injury scale", grade=question.grade)
    return _("Death")


def item_name(code: str) -> str:
    """A benefit's name."""
    known = _ITEMS.get(code)
    return _(known) if known else code.replace("_", " ")


def item_words(item: Item) -> str:
    """`medical bill: ¥8,000 (work injury fund)`."""
    name = item_name(item.item)
    payer = _(_PAYERS[item.payer]) if item.payer in _PAYERS else item.payer
    if item.period == "month":
        return _("{name}: {amount} a month ({payer})", name=name, amount=yuan(item.amount), payer=payer)
    return _("{name}: {amount} ({payer})", name=name, amount=yuan(item.amount), payer=payer)


def cell_lines(cell: Cell) -> list[str]:
    """What the cover pays for the event, a line each; empty where it pays nothing."""
    if cell.missing is not None:
        if cell.missing.field == "monthly_wage":
            return [_("Type what you earn in a usual month above to see this.")]
        return [_(cell.missing.message, field=cell.missing.field, **cell.missing.values)]
    if cell.result is None:
        return []
    hidden = {"disability_sum"} if cell.most is not None else set()
    if cell.event == "treatment":
        hidden |= LOST_INCOME
    shown = [item for item in cell.result.items if item.item not in hidden]
    lines = [item_words(item) for item in shown if item.amount]
    if cell.most is not None:
        lines.insert(
            0, _("From nothing (no grade) to {most} (grade 1), on their own scale", most=yuan(cell.most))
        )
    return lines


def cell_doubts(cell: Cell, pack: Pack) -> list[str]:
    """What is excluded, contested or only assumed."""
    if cell.result is None:
        return []
    words = [notice_words(notice, pack) for notice in cell.result.warnings if notice.code not in _SAID_ABOVE]
    if cell.covered != "yes":
        words = [why_words(code) for code in cell.result.why] + words
    return list(dict.fromkeys(words))


_SAID_ABOVE = frozenset(
    {
        "needs_labour_relation",
        "not_sure_to_be_covered",
        "platform_not_named",
        "order_state_assumed",
        "policy_assumed",
    }
)


def notice_words(notice: Notice, pack: Pack) -> str:
    """A calculator's notice; the names of products and terms in words."""
    values = dict(notice.values)
    if "policy" in values:
        values["policy"] = policy_name(str(values["policy"]), pack)
    if "item" in values:
        values["item"] = item_name(str(values["item"]))
    if "term" in values:
        values["term"] = _(_TERMS.get(str(values["term"]), mark("term")))
    return _(notice.message, **values)


_TERMS = {
    "death_disability_sum": mark("sum insured"),
    "medical_limit": mark("limit for medical bills"),
    "daily_allowance": mark("daily allowance"),
}


def stays_words(cell: Cell) -> str:
    """What the person bears of the bill and the lost income."""
    amount = yuan(cell.stays or 0)
    if cell.covered == "grey":
        return _("If it is recognised, stays with you: {amount}", amount=amount)
    return _("Stays with you: {amount}", amount=amount)


def cost_words(cell: Cell) -> str:
    """What the cover costs the worker."""
    if cell.cover == "oip":
        return _("Costs you nothing")
    if cell.cover == "wii":
        return _("The employer pays")
    premium = cell.result.premium_year if cell.result is not None else None
    if cell.cover == "accident":
        return _("Costs {amount} a year", amount=yuan(premium)) if premium else _("Cost not known")
    return _("Costs nothing")


def policy_shown(cell: Cell, question: InjuryQuestion, pack: Pack) -> str:
    """Which accident policy a cell is about: the one chosen, or the one assumed."""
    if question.policy is not None:
        return policy_name(question.policy.name, pack)
    notices = cell.result.warnings if cell.result is not None else ()
    assumed = next((notice for notice in notices if notice.code == "policy_assumed"), None)
    return policy_name(str(assumed.values["policy"]), pack) if assumed is not None else ""


def policy_name(code: str, pack: Pack) -> str:
    """A kind of policy in words; one's own is named so."""
    if not code:
        return _("My own policy")
    known = POLICY_NAMES.get(code)
    return _(known) if known else code.replace("_", " ")


def platform_name(platform: str, pack: Pack) -> str:
    """A platform as the language has it; one that is not on the list has no name here."""
    if platform == UNLISTED:
        return _("that platform")
    if language() == "en":
        for row in pack.table("oip_platforms"):
            if row["platform"] == platform:
                return row["name_en"]
    return platform


def occupation_name(code: str, pack: Pack) -> str:
    column = "name_en" if language() == "en" else "name_zh"
    name = next((row[column] for row in pack.table("occupations") if row["code"] == code), code)
    return name.lower() if language() == "en" else name


def worded_steps(result: InjuryResult) -> tuple[Step, ...]:
    """The steps with words for the codes in them, and the truth about terms that no document gives."""
    return tuple(_worded(step) for step in result.steps)


def _worded(step: Step) -> Step:
    values = dict(step.values)
    outcome = step.result
    if "because" in values:
        values["because"] = why_words(str(values["because"]))
        values["verdict"] = _(VERDICTS.get(str(values["verdict"]), str(values["verdict"])))
        outcome = values["verdict"]
    source = step.source
    if not source.title and source.confidence is Confidence.UNCERTAIN:
        source = Source(_(_NO_OFFICIAL_TERMS), "", source.confidence, source.checked, source.note)
    return Step(step.rule, step.formula, values, outcome, source)
