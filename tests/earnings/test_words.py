"""Every code that a reader can say has a sentence, and every sentence its Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import planner.earnings
from planner import text
from planner.earnings import words
from planner.text import _

SOURCE = "\n".join(path.read_text("utf-8") for path in Path(planner.earnings.__file__).parent.rglob("*.py"))
TABLES = {
    name: getattr(words, name) for name in ("ERRORS", "WARNINGS", "SKIPPED", "REASONS", "FORMATS", "SOURCES")
}


LATIN = {  # names that are not translated
    *("PayPal", "eBay", "Wise", "Stripe", "Shopify", "TikTok Shop", "Shopee", "Lazada", "Etsy", "Upwork"),
    "Uber",
}


@pytest.mark.parametrize("name", [*TABLES, "SUSPECTED", "NO_EARNINGS"])
def test_every_sentence_has_its_chinese(name):
    text.use("zh")
    for code, sentence in getattr(words, name).items():
        shown = _(sentence)
        assert re.search(r"[\u4e00-\u9fff]", shown) or shown in LATIN, (code, shown)


@pytest.mark.parametrize(
    ("table", "pattern"),
    [
        ("ERRORS", r'UnreadableError\("(\w+)"'),
        ("WARNINGS", r'warnings\.add\("(\w+)"'),
        ("SKIPPED", r'\.skip\([^"()]*(?:\([^()]*\))?[^"()]*"(\w+)"'),
        ("REASONS", r'Kind\.[A-Z]+, "(\w+)"'),
        ("FORMATS", r'"(\w+_(?:csv|xlsx|pdf_table|settlement_v2))"'),
    ],
)
def test_every_code_in_the_source_has_a_sentence(table, pattern):
    from planner.earnings import known

    foreign = {name for name, _columns in known._HEADERS}
    found = set(re.findall(pattern, SOURCE)) - (foreign if table == "FORMATS" else set())
    assert found
    assert found <= TABLES[table].keys()
