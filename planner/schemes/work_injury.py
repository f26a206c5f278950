"""Work injury insurance (工伤保险), for comparison: it needs an employer, and the base is the own wage."""

from __future__ import annotations

from dataclasses import replace

from planner.policy import Pack
from planner.schemes.benefits import Bill
from planner.schemes.injury import InjuryInput, InjuryResult, total_lump
from planner.schemes.outcome import Notice
from planner.schemes.per_order import add_dependants, lump_step, rows_of
from planner.values import Step, mark
from planner.values.rounding import half_up

SCHEME = "wii"
LOCAL = "work_injury"

_EVENT_ITEMS = {
    "treatment": ("medical", "stop_work_pay"),
    "disability": (
        "medical",
        "stop_work_pay",
        "lump_disability",
        "monthly_disability_allowance",
        "monthly_care_allowance",
    ),
    "death": ("medical", "death_lump", "funeral"),
}
_SUBSIDIES = ("lump_medical_subsidy", "lump_employment_subsidy")
_EMPLOYER_PAYS = frozenset({"stop_work_pay", "lump_employment_subsidy"})
_EMPLOYER_ALLOWANCE_GRADES = frozenset({5, 6})
_GRADES_THAT_MAY_LEAVE = range(5, 11)


def work_injury(data: InjuryInput, pack: Pack) -> InjuryResult:
    """What the fund and the employer owe an employee; `grey`: the labour relation must be shown first."""
    covered, why = ("no", "off_duty") if data.order_state == "off_duty" else ("grey", "needs_labour_relation")
    bill = Bill(data, pack)
    if covered == "no":
        source = rows_of(SCHEME, data, pack, ("medical",))[0].source
        refusal = Step("wii.coverage", "verdict", {"verdict": covered, "because": why}, covered, source)
        return InjuryResult(
            items=(), covered=covered, total_lump=total_lump(()), why=(why,), explain=lambda: (refusal,)
        )
    bill.notices.extend(_notices(data))
    for row in rows_of(SCHEME, data, pack, _EVENT_ITEMS[data.event]):
        bill.add(row, _payer(row["item"], data.grade), SCHEME)
    if data.event == "disability":
        _least_allowance(bill, pack)
        _on_leaving(bill, pack)
    if data.event == "death":
        add_dependants(bill, SCHEME, pack)
    items = bill.settled()
    steps = (*bill.steps, lump_step(items, bill.steps))
    return InjuryResult(
        items=items,
        covered=covered,
        total_lump=total_lump(items),
        why=(why,),
        warnings=tuple(bill.notices),
        explain=lambda: steps,
    )


def _least_allowance(bill: Bill, pack: Pack) -> None:
    """The monthly disability allowance is made up to the minimum wage of the place."""
    least = pack.find("minimum_wage.month", bill.data.place, bill.data.date)
    for at, item in enumerate(bill.items):
        if item.item != "monthly_disability_allowance" or least is None or item.amount >= least.number:
            continue
        source = bill.looked_up(least)
        amount = half_up(least.number)
        values = {"allowance": item.amount, "minimum_wage": least.number}
        bill.steps.append(Step("wii.least_allowance", "max(allowance, minimum_wage)", values, amount, source))
        bill.items[at] = replace(item, amount=amount)


def _on_leaving(bill: Bill, pack: Pack) -> None:
    """The two subsidies of grades 5 to 10 when the labour relation ends; the province sets them."""
    data = bill.data
    if data.grade not in _GRADES_THAT_MAY_LEAVE:
        return
    local = f"{LOCAL}:{pack.place_name(data.place.province, 'zh')}"
    rows = rows_of(local, data, pack, _SUBSIDIES)
    if not rows:
        bill.notices.append(
            Notice(
                "subsidies_on_leaving_unknown",
                mark("On leaving the employer two further sums are due; this province's are not known here."),
            )
        )
        return
    bill.notices.append(
        Notice(
            "subsidies_on_leaving",
            mark("The medical and the employment subsidy are due only when the labour relation ends."),
        )
    )
    for row in rows:
        bill.add(row, _payer(row["item"], data.grade), SCHEME)


def _notices(data: InjuryInput) -> list[Notice]:
    found = [
        Notice(
            "needs_labour_relation",
            mark("Work injury insurance covers employees; without a labour relation none of this is owed."),
        )
    ]
    if data.order_state == "offline_commute":
        found.append(
            Notice(
                "commuting_fault",
                mark("On the way to or from work it counts only if you were not mainly at fault."),
            )
        )
    if data.event == "disability" and data.grade in _EMPLOYER_ALLOWANCE_GRADES:
        found.append(
            Notice(
                "allowance_without_suitable_work",
                mark("The monthly allowance is owed only while the employer has no suitable work."),
            )
        )
    if data.event != "death" and data.monthly_wage is not None:
        found.append(
            Notice(
                "stop_work_pay_limit",
                mark("Pay while off work lasts up to 12 months; another 12 can be granted."),
            )
        )
    return found


def _payer(item: str, grade: int | None) -> str:
    if item in _EMPLOYER_PAYS:
        return "employer"
    if item == "monthly_disability_allowance" and grade in _EMPLOYER_ALLOWANCE_GRADES:
        return "employer"
    return "fund"
