"""Work injury insurance (工伤保险), for comparison: it needs an employer, and the base is the own wage."""

from __future__ import annotations

from planner.policy import Pack
from planner.schemes.benefits import Bill
from planner.schemes.injury import InjuryInput, InjuryResult, total_lump
from planner.schemes.outcome import Notice
from planner.schemes.per_order import add_dependants, lump_step, rows_of
from planner.values import Step, mark

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
    bill.notices.append(
        Notice(
            "needs_labour_relation",
            mark("Work injury insurance covers employees; without a labour relation none of this is owed."),
        )
    )
    for row in rows_of(SCHEME, data, pack, _EVENT_ITEMS[data.event]):
        bill.add(row, _payer(row["item"], data.grade), "wii")
    if data.event == "disability":
        local = f"{LOCAL}:{pack.place_name(data.place.province, 'zh')}"
        for row in rows_of(local, data, pack, _SUBSIDIES):
            bill.add(row, _payer(row["item"], data.grade), "wii")
    if data.event == "death":
        add_dependants(bill, SCHEME, pack)
    items = tuple(bill.items)
    steps = (*bill.steps, lump_step(items, bill.steps))
    return InjuryResult(
        items=items,
        covered=covered,
        total_lump=total_lump(items),
        why=(why,),
        warnings=tuple(bill.notices),
        explain=lambda: steps,
    )


def _payer(item: str, grade: int | None) -> str:
    if item in _EMPLOYER_PAYS:
        return "employer"
    if item == "monthly_disability_allowance" and grade in _EMPLOYER_ALLOWANCE_GRADES:
        return "employer"
    return "fund"
