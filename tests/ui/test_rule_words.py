"""Every code that a calculator's step can carry has words, in both languages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from planner import text
from planner.cli.calc import parse
from planner.cli.calculators import NAMES, find
from planner.policy import Pack, load_pack
from planner.report import law_tables
from planner.schemes.outcome import OWN_INPUT
from planner.ui.widgets.rule_words import formula_words, rule_name, value_name
from planner.ui.widgets.why import SourceLine
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


def test_every_name_in_a_step_has_chinese_and_english_words(in_chinese: None) -> None:
    names = {name for step in steps() for name in step.values}
    assert not {name for name in names if LATIN.search(value_name(name))}
    assert not {step.formula for step in steps() if LATIN.search(formula_words(step.formula))}
    text.use("en")
    assert not {name for name in names if "_" in value_name(name)}
    assert not {step.formula for step in steps() if "_" in formula_words(step.formula)}


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
