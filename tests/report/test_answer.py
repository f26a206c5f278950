"""The whole answer of a person on one page: every part of it, in both languages, from real results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from planner import text
from planner.earnings import income_picture
from planner.earnings.picture import TypedMonth
from planner.policy import Pack, load_pack
from planner.projection import Projection, case_from_json, project
from planner.report import injury_words, plan_words, tier_words
from planner.report.answer import StepLine, answer_sheet
from planner.report.sheet import a4_sheet
from planner.values import Month

STEPS = tuple(
    StepLine(f"Step {number}", "the office", "Bring: identity card", date(2026, 12, number + 1), pays=True)
    for number in range(6)
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def projection(pack: Pack) -> Projection:
    months = [{"month": f"2026-{month:02d}", "cny": 5000 + 400 * month} for month in range(1, 11)]
    data: dict[str, Any] = {
        "today": "2026-11-20",
        "worker": {
            "born": "1992-03",
            "category": "male_60",
            "province": "CN-GD",
            "occupation": "food_rider_crowd",
            "platforms": ["美团"],
        },
        "cash": {"essentials": 3000, "buffer": 12000},
        "earnings": {"monthly": months},
        "settings": {"paths": 200},
    }
    return project(case_from_json(data, pack), pack)


def picture() -> Any:
    return income_picture(
        (), typed=[TypedMonth(Month(2026, month), Decimal(5000 + 400 * month)) for month in range(1, 11)]
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_of_the_answer_is_on_the_one_page(
    qapp: object, projection: Projection, pack: Pack, language: str
) -> None:
    text.use(language)
    made = a4_sheet(answer_sheet(projection, pack, person="王师傅", picture=picture(), steps=STEPS))
    document = pypdfium2.PdfDocument(made)
    pages = len(document)
    words = document[0].get_textpage().get_text_bounded().replace("\r", "").replace("\n", "").replace(" ", "")
    document.close()
    assert pages == 1
    parts = [
        tier_words.answer_sentence(projection),
        plan_words.name_of(projection.plan("nothing")),
        plan_words.name_of(projection.plan(projection.recommended)),
        "Step 0",
        "Step 3",
        projection.pack_version,
        "2026-11-20",
        text._("Official document"),
        text._("Not certain"),
    ]
    assert not [part for part in parts if part.replace(" ", "") not in words]
    assert "Step4" not in words
    assert ("2 more in the program" if language == "en" else "软件里还有 2 步").replace(" ", "") in words


def test_doing_nothing_stands_beside_what_is_suggested(projection: Projection, pack: Pack) -> None:
    sheet = answer_sheet(projection, pack, person="Wang")
    assert sheet.plans is not None
    names = [row[0] for row in sheet.plans.rows]
    assert plan_words.name_of(projection.plan("nothing")) in names
    (strong,) = sheet.plans.strong
    assert plan_words.name_of(projection.plan(projection.recommended)) in names[strong]
    assert not sheet.pictures


def test_the_plan_that_the_person_chose_is_there_too(projection: Projection, pack: Pack) -> None:
    mine = next(plan for plan in projection.plans if plan.plan.id not in {
        projection.recommended, projection.highest_kept, projection.best_return, "nothing"
    })  # fmt: skip
    sheet = answer_sheet(projection, pack, person="Wang", chosen=mine)
    assert sheet.plans is not None
    assert any(plan_words.name_of(mine) in row[0] and "choice" in row[0] for row in sheet.plans.rows)


def test_what_the_person_assumed_themselves_is_named_first(projection: Projection, pack: Pack) -> None:
    last = projection.assumptions[-1]
    own = replace(projection, assumptions=(*projection.assumptions[:-1], replace(last, own=True)))
    plain = answer_sheet(projection, pack, person="Wang").assumptions
    assert answer_sheet(own, pack, person="Wang").assumptions[1:] == plain
    assert 5 <= len(plain) <= 9
    assert len(set(plain)) == len(plain)


def test_no_document_is_named_twice_and_none_that_is_missing(projection: Projection, pack: Pack) -> None:
    sources = answer_sheet(projection, pack, person="Wang").sources
    assert len(set(sources)) == len(sources)
    assert not [line for line in sources if "No official page" in line]


def test_who_has_no_scheme_is_told_so_on_paper(projection: Projection, pack: Pack) -> None:
    case = replace(projection.case, occupation="livestreamer_independent", platforms=())
    sheet = answer_sheet(replace(projection, case=case), pack, person="Wang")
    assert "No per-order injury protection covers you" in sheet.injury


def test_both_schemes_stand_beside_nothing_with_their_gap_risk(projection: Projection, pack: Pack) -> None:
    waiting = replace(projection, recommended="nothing", highest_kept="nothing", best_return="nothing")
    sheet = answer_sheet(waiting, pack, person="Wang", steps=STEPS)
    assert sheet.plans is not None
    lowest = min(
        (plan for plan in projection.plans if plan.plan.family == "employee"),
        key=lambda plan: plan.monthly_cost,
    )
    rows = {row[0]: row for row in sheet.plans.rows}
    assert plan_words.name_of(lowest) in rows
    assert any(name.startswith("Resident pension") for name in rows)
    at = sheet.plans.header.index("Gap risk")
    assert rows[plan_words.name_of(lowest)][at] == plan_words.chance(lowest.lapse.p12)
    assert sheet.next_lines[0].startswith("You accepted these steps yourself")
    assert not answer_sheet(waiting, pack, person="Wang").next_lines


def test_whose_months_were_used_is_said(projection: Projection, pack: Pack) -> None:
    first, second, *_rest = answer_sheet(projection, pack, person="Wang").assumptions
    assert first == "Your own earnings of 10 months, the one in the middle ¥7,200"
    assert second.startswith("Beside them, as they are few: ")
    few = replace(projection, income=replace(projection.income, based_on_group=True))
    few = replace(few, case=replace(few.case, months=few.case.months[:2]))
    said = answer_sheet(few, pack, person="Wang").assumptions
    assert said[0] == "Of your own, 2 months with income are known; from 6 on your own count"
    assert said[1].startswith("Income of people in the same work")
    dry = tuple(
        replace(month, cny=0.0 if at > 3 else month.cny) for at, month in enumerate(projection.case.months)
    )
    mostly_dry = replace(projection, case=replace(projection.case, months=dry))
    said = answer_sheet(mostly_dry, pack, person="Wang").assumptions
    assert said[0] == "Your own earnings: 4 of 10 months had pay, the one in the middle of those ¥6,000"
    nobody = replace(projection, case=replace(projection.case, months=()))
    assert "Your own earnings" not in answer_sheet(nobody, pack, person="Wang").assumptions[0]


def test_only_steps_that_lead_to_paying_are_held_against_paying_nothing(
    projection: Projection, pack: Pack
) -> None:
    waiting = replace(projection, recommended="nothing", highest_kept="nothing", best_return="nothing")
    proofs = [replace(step, pays=False) for step in STEPS]
    lines = answer_sheet(waiting, pack, person="Wang", steps=proofs).next_lines
    assert not any(line.startswith("You accepted these steps") for line in lines)


def test_the_cover_is_told_for_each_platform_and_the_day(projection: Projection, pack: Pack) -> None:
    case = replace(projection.case, platforms=("美团", injury_words.UNLISTED))
    sheet = answer_sheet(replace(projection, case=case), pack, person="Wang")
    assert sheet.injury_lines[0] == (
        "Counted for 2026-11-20 and orders of: Meituan (Covered), that platform (Not covered)."
    )
