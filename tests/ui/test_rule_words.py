"""Every code that a calculator's step can carry has words, in both languages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from planner import text
from planner.cli.calc import parse
from planner.cli.calculators import NAMES, find
from planner.policy import Pack, load_pack
from planner.report import law_tables
from planner.schemes.outcome import OWN_INPUT
from planner.ui.theme import Look
from planner.ui.widgets.rule_words import rule_name, value_name, worked_out
from planner.ui.widgets.why import SourceLine, WhyPanel, shown
from planner.values import Confidence, Source, Step

SCHEMES = Path(__file__).parents[2] / "planner" / "schemes"
RULE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
HAN = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def in_chinese() -> Iterator[None]:
    text.use("zh")
    yield
    text.use("en")


@cache
def pack() -> Pack:
    return load_pack()


@cache
def steps() -> tuple[Step, ...]:
    """The steps of every example of every calculator."""
    found: list[Step] = []
    for name in NAMES:
        calculator = find(name)
        for example in calculator.examples:
            document = parse(json.dumps(example))
            _fields, outcome = calculator.answer(calculator.record.read(document, "", pack()), pack())
            found.extend(outcome.steps)
    return tuple(found)


@cache
def written_rules() -> frozenset[str]:
    """The rules that stand as text in a `Step(...)` anywhere in the schemes."""
    found = set()
    for path in SCHEMES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Step":
                first = node.args[0]
                if isinstance(first, ast.Constant) and RULE.fullmatch(str(first.value)):
                    found.add(str(first.value))
    return frozenset(found)


def test_every_rule_has_chinese_and_english_words(in_chinese: None) -> None:
    codes = {step.rule for step in steps()} | written_rules()
    english = {code: rule_name(code) for code in codes if LATIN.search(rule_name(code))}
    assert not english
    text.use("en")
    raw = {code for code in codes if "_" in rule_name(code) or rule_name(code)[0].islower()}
    assert not raw


def in_words(step: Step) -> str:
    return worked_out(step.formula, "7", lambda name: value_name(name, step.rule))


def test_every_name_in_a_step_has_chinese_and_english_words(in_chinese: None) -> None:
    names = {(name, step.rule) for step in steps() for name in step.values}
    assert not {name for name in names if LATIN.search(value_name(*name))}
    assert not {step.formula for step in steps() if LATIN.search(in_words(step))}
    text.use("en")
    assert not {name for name in names if "_" in value_name(*name)}
    assert not {step.formula for step in steps() if "_" in in_words(step)}


def test_no_formula_is_written_as_a_program_would(in_chinese: None) -> None:
    """No function with its arguments, no quantum, no sign of a programming language."""
    program = re.compile(r"\w\(|//|%(?! ?\))|\*|<=|>=|==| - |, ?0\.|\b(if|else|min|max)\(")
    for language in ("zh", "en"):
        text.use(language)
        assert not {in_words(step) for step in steps() if program.search(in_words(step).replace("（%）", ""))}


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        (
            "half_up(base * rate, 0.01)",
            "缴费基数 × 缴费比例 = 7（四舍五入到分）",
            "contribution base × contribution rate = 7 (rounded to the fen)",
        ),
        (
            "ceil_to(floor_to(account_balance / annuity_months, 0.01), 0.1)",
            "个人账户余额 ÷ 计发月数 = 7（先舍去分以下的零头，再不足一角按一角）",
            "balance of the personal account ÷ annuity months = 7"
            " (cut off after the fen, then rounded up to the next jiao)",
        ),
        (
            "half_up((benefit_base + benefit_base * average_index) / 2"
            " * half_up(contribution_months / 12, 0.01) * per_year, 0.01)",
            "(计发基数 + 计发基数 × 平均缴费指数) ÷ 2 × （缴费月数 ÷ 12，保留 2 位小数） × 每交一年的比例 = 7"
            "（四舍五入到分）",
            "(benefit base + benefit base × average contribution index) ÷ 2"
            " × (months paid ÷ 12, rounded to 2 decimals) × share for each year = 7 (rounded to the fen)",
        ),
        (
            "contribution_months // 12 * share_per_whole_year",
            "(缴费月数里的整年数) × 每个整年的比例 = 7",
            "(whole years in months paid) × share for each whole year = 7",
        ),
        (
            "min(half_up(base * account_rate, 0.01), half_up(base * rate, 0.01))",
            "缴费基数 × 划入账户比例 和 缴费基数 × 缴费比例 中较小的 = 7（四舍五入到分）",
            "the smaller of contribution base × share for the account"
            " and contribution base × contribution rate = 7 (rounded to the fen)",
        ),
        (
            "half_up(min(max(monthly_wage, area_average_wage * low), area_average_wage * high), 0.01)",
            "本人月工资（不低于 当地平均工资 × 下限比例，不超过 当地平均工资 × 上限比例）"
            " = 7（四舍五入到分）",
            "own monthly wage (at least average wage of the area × lowest share,"
            " at most average wage of the area × highest share) = 7 (rounded to the fen)",
        ),
        ("a - (b - c) - d / (e * f)", "a − (b − c) − d ÷ (e × f) = 7", "a − (b − c) − d ÷ (e × f) = 7"),
        ("add_months(born, old_age * 12 + delay)", "出生年月 + 原退休年龄 × 12 + 延迟月数 = 7", None),
    ],
)
def test_a_formula_reads_as_it_is_written_by_hand(
    in_chinese: None, formula: str, zh: str, en: str | None
) -> None:
    assert worked_out(formula, "7") == zh
    if en is not None:
        text.use("en")
        assert worked_out(formula, "7") == en


def test_a_name_says_what_it_is_in_its_rule() -> None:
    assert value_name("rate") == "contribution rate"
    assert value_name("rate", "resident.account_year") == "interest rate"


def test_a_long_quotient_is_shown_short() -> None:
    assert shown(Decimal("0.5999772907914159191552174407")) == "0.599977"
    assert shown(Decimal("990.40")) == "990.40"
    assert shown(Decimal("242400.0")) == "242,400"


def test_inputs_are_said_as_people_say_them(qapp: object) -> None:
    page = QWidget()
    panel = WhyPanel(Look("light", 100))
    panel.setParent(page)
    none = Source("", "", Confidence.WELL_KNOWN)
    values = {"base": Decimal(4952), "rate": Decimal("0.20"), "fixed_addon": Decimal(0)}
    paid = Step(
        "contribution.monthly", "half_up(base * rate, 0.01) + fixed_addon", values, Decimal("990.4"), none
    )
    tier = Step("contribution.base", "base", {"tier": Decimal(4573) / 7621}, Decimal(4573), none)
    base = Step("resident.basic", "base_pension", {"base_pension": Decimal(208)}, Decimal(208), none)
    panel.set_steps([paid, tier, base])
    panel.open()
    said = [each.text() for each in panel.card.findChildren(QLabel)]
    assert "contribution base: 4,952\ncontribution rate: 20%\nfixed amount on top: 0" in said
    assert "tier: 60.005%" in said
    assert "base pension = 208" in said
    assert "base pension: 208" not in said
    assert "Well known" not in said, "nobody vouches for an addition"


@pytest.mark.parametrize("name", law_tables.TABLES)
def test_a_table_is_shown_in_words(in_chinese: None, name: str) -> None:
    codes = re.compile(r"[a-z]+_[a-z_]+|[a-z]{4,}")
    for row in law_tables.rows(pack(), name):
        for cell in law_tables.cells(pack(), row):
            assert not codes.search(str(cell)), row
        origin = row.source.origins[0]
        assert (origin.key, origin.line) == (name, row.line)
    assert not [heading for heading in law_tables.header(name) if LATIN.search(heading)]


def test_every_row_a_step_comes_from_can_be_opened() -> None:
    origins = {origin for step in steps() for origin in step.source.origins if origin.line}
    assert {origin.key for origin in origins} <= set(law_tables.TABLES)
    for origin in origins:
        assert origin.line in {row.line for row in law_tables.rows(pack(), origin.key)}
    unlinked = {
        step.rule
        for step in steps()
        if step.source.title not in ("", "your own input") and not step.source.origins
    }
    assert not unlinked


def test_every_source_is_said_in_chinese(in_chinese: None) -> None:
    titles = {row.source.title for key in sorted(pack().keys()) for row in pack().every(key)}
    titles |= {row.source.title for name in pack().tables() for row in pack().table(name)}
    titles |= {step.source.title for step in steps()}
    assert not {title for title in titles if title and not HAN.search(text._(title))}


def test_nobody_looks_for_an_official_page_of_ones_own_input(qapp: object) -> None:
    def said(source: Source) -> str:
        line = SourceLine(source)
        return "\n".join(each.text() for each in line.findChildren(QLabel))

    assert "No official page seen" not in said(OWN_INPUT)
    assert "No official page seen" in said(Source("人社部发〔2024〕72号", "", Confidence.WELL_KNOWN))
